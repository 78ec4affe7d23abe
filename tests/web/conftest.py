"""What the tests of pages ask for: someone signed in, and an application with a few routes of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Blueprint, Flask, abort, g, jsonify

from app.data.database import dispose
from app.factory import create_app
from app.web import policy
from app.web.policy import Guard
from tests.support.client import InspectingClient
from tests.support.databases import Store, settings

SignIn = Callable[..., InspectingClient]


@pytest.fixture
def sign_in(acceptance: None) -> SignIn:
    """`sign_in(client, person_id)` signs one of the acceptance fixture’s people in, through the page."""

    def do(client: InspectingClient, person_id: str) -> InspectingClient:
        client.get("/sign-in")
        client.submit(person=person_id)
        return client

    return do


def extra_routes() -> Blueprint:
    """One route for each guard and each way of failing."""
    routes = Blueprint("extra", __name__)

    @routes.get("/extra/signed-in")
    def signed_in() -> object:
        return jsonify(name=g.person.name)

    @routes.get("/schools/<urn>/extra")
    def school(urn: str) -> object:
        return jsonify(school=g.school.name)

    @routes.get("/registrations/<reference>/extra")
    def run(reference: str) -> object:
        return jsonify(run=g.run_row.reference, school=g.school.name)

    @routes.get("/extra/outside")
    def outside() -> object:
        return jsonify(here=True)

    @routes.post("/extra/sent")
    def sent() -> object:
        return jsonify(sent=True)

    @routes.get("/extra/<int:status>")
    def fails(status: int) -> object:
        abort(status)

    @routes.get("/extra/broken")
    def broken() -> object:
        raise ValueError("ravi.patel@example.com 3009999")

    return routes


EXTRA_POLICY = {
    "extra.signed_in": Guard.SIGNED_IN,
    "extra.school": Guard.SCHOOL,
    "extra.run": Guard.RUN,
    "extra.outside": Guard.OUTSIDE_PRODUCTION,
    "extra.sent": Guard.SIGNED_IN,
    "extra.fails": Guard.PUBLIC,
    "extra.broken": Guard.PUBLIC,
}


@pytest.fixture(scope="session")
def further_apps() -> dict[object, Flask]:
    """Applications by what they were made with: making one takes a second, and they keep nothing between tests."""
    return {}


@pytest.fixture
def make_app(database: Store, further_apps: dict[object, Flask]) -> Iterator[Callable[..., Flask]]:
    """`make_app(https=True)`: a further application on the test’s database, which answers 500, not raises.

    `add` puts more on it, before its first request.
    """
    made: list[Flask] = []

    def make(add: Callable[[Flask], object] = add_nothing, **changes: object) -> Flask:
        key = (database.url, add, *sorted(changes.items()))
        if key not in further_apps:
            further_apps[key] = _further(database.url, changes)
            add(further_apps[key])
        made.append(further_apps[key])
        return further_apps[key]

    yield make
    for app in made:
        dispose(app)


def _further(url: str, changes: dict[str, object]) -> Flask:
    app = create_app(settings(url, **changes))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = InspectingClient
    return app


def add_nothing(app: Flask) -> None:
    """Leave an application as it was made."""


def add_extra_routes(app: Flask) -> None:
    """Put `extra_routes` on an application, with their guards."""
    app.register_blueprint(extra_routes())
    app.extensions["policy"] = {**policy.POLICY, **EXTRA_POLICY}


@pytest.fixture
def extra_app(make_app: Callable[..., Flask]) -> Flask:
    """A further application with `extra_routes`."""
    return make_app(add_extra_routes)


@pytest.fixture
def extra_client(extra_app: Flask) -> InspectingClient:
    """A browser on `extra_app`."""
    return extra_app.test_client()  # type: ignore[return-value]
