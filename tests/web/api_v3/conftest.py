"""What tests of the API ask for: a lead provider with a token, and an API with a few operations of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Blueprint, Flask, Response, abort, g, jsonify
from werkzeug.test import TestResponse

from app.data import clock
from app.data.database import dispose
from app.data.queries.events import SYSTEM
from app.data.transaction import write
from app.domain.refusals import Refused, RefusedTogether
from app.factory import create_app
from app.services import tokens
from app.services.asked import Asked
from app.web import policy
from app.web.api_v3 import CONFLICTS, serve
from app.web.api_v3.auth import provider
from app.web.api_v3.bodies import attributes
from app.web.api_v3.errors import refuses_in
from app.web.api_v3.idempotency import repeatable
from app.web.api_v3.parameters import wanted
from app.web.api_v3.responses import json_response, one
from app.web.policy import Guard
from tests.data import records
from tests.support.client import InspectingClient
from tests.support.databases import Store, settings

PROBE = "/api/v3/probe"
MESSAGES = {"too_late": "Declare before {last}", "missing": "Enter {attribute}"}


def probe_routes() -> Blueprint:
    """Operations that tell what they were given, and some that refuse or break."""
    routes = Blueprint("probe", __name__, url_prefix=PROBE)
    add_reading(routes)
    add_writing(routes)
    add_failing(routes)
    return routes


def add_reading(routes: Blueprint) -> None:
    """What only reads."""

    @routes.get("/list")
    def listed() -> Response:
        filters = ("cohort", "updated_since", "delivery_partner_id", "participant_id", "urn")
        more = ("training_status", "from_participant_id", "type")
        return json_response(asdict(wanted(*filters, *more, ordered=True)))

    @routes.get("/one-cohort")
    def one_cohort() -> Response:
        return json_response(asdict(wanted("cohort", required=("cohort",))))

    @routes.get("/<id>")
    def show(id: str) -> Response:
        known = {"own": {"id": "own", "of": provider()}}
        return one(known.get(id), lambda row: row)

    @routes.get("/clock")
    def time() -> Response:
        return json_response({"now": clock.now(), "true": clock.true_now(), "today": clock.today()})

    @routes.get("/session")
    def session() -> Response:
        return jsonify(person=g.person)


def add_writing(routes: Blueprint) -> None:
    """What takes a body."""

    @routes.post("/body")
    def body() -> Response:
        return json_response(attributes())

    @routes.post("/optional")
    def optional() -> Response:
        return json_response(attributes(optional=True))

    @routes.post("/store")
    @repeatable
    @refuses_in(MESSAGES)
    def store() -> Response:
        sent = attributes()
        if sent.get("name") == "":
            raise Refused("missing", "name", attribute="name")
        if sent.get("name") == "broken":
            raise ValueError("ravi.patel@example.com 3009999")
        row = records.school(name=str(sent.get("name")))
        school_id = row.id
        records.save(row)
        return json_response({"id": school_id})


def add_failing(routes: Blueprint) -> None:
    """What is never a 200."""

    @routes.get("/refuses/<reason>")
    @refuses_in(MESSAGES)
    def refuses(reason: str) -> Response:
        raise Refused(reason, "declaration_date", last="2025-09-30")

    @routes.get("/refuses-together")
    @refuses_in(MESSAGES)
    def refuses_together() -> Response:
        raise RefusedTogether(
            tuple(Refused("missing", name, attribute=name) for name in ("cohort", "school_id"))
        )

    @routes.get("/conflicts/<number>")
    def conflicts(number: str) -> Response:
        raise CONFLICTS[int(number)]

    @routes.get("/fails/<status>")
    def fails(status: str) -> Response:
        abort(int(status))

    @routes.get("/breaks")
    def breaks() -> Response:
        raise ValueError("ravi.patel@example.com 3009999")


def allowed(routes: Blueprint, app: Flask) -> dict[str, Guard]:
    """A token for every operation of the blueprint."""
    names = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{routes.name}.")
    }
    return dict.fromkeys(names, Guard.API)


def with_probe(app: Flask) -> Flask:
    """The application, with the probe’s operations, that answers 500 and doesn’t raise."""
    routes = probe_routes()
    serve(app, routes)
    app.extensions["policy"] = {**policy.POLICY, **allowed(routes, app)}
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = InspectingClient
    return app


@dataclass
class Caller:
    """A client of the API with a token. Every answer must have the status expected, and errors the one shape."""

    app: Flask
    token: str | None
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, status: int = 200, **more: Any) -> TestResponse:
        """Send a GET; `path` is below the probe’s unless it starts with /api."""
        return self.send("GET", path, status, **more)

    def post(self, path: str, sent: Any = None, status: int = 200, **more: Any) -> TestResponse:
        """Send a POST with these attributes as its body."""
        return self.send("POST", path, status, json={"data": {"attributes": sent or {}}}, **more)

    def raw(
        self, path: str, body: bytes, status: int = 200, kind: str | None = "application/json"
    ) -> TestResponse:
        """Send a POST with this very body."""
        return self.send("POST", path, status, data=body, content_type=kind)

    def send(
        self, method: str, path: str, status: int = 200, headers: Any = None, **more: Any
    ) -> TestResponse:
        """Send a request and hold the answer against the rules."""
        carried = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        address = path if path.startswith("/api") else f"{PROBE}{path}"
        client: Any = self.app.test_client()
        response: TestResponse = client.open(
            address,
            method=method,
            headers={**carried, **self.headers, **(headers or {})},
            status=status,
            **more,
        )
        assert "Set-Cookie" not in response.headers
        if status >= 400 and method != "HEAD":
            assert_is_error(response)
        return response


def assert_is_error(response: TestResponse) -> None:
    """Errors have one shape."""
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    body: Any = response.json
    assert set(body) == {"errors"}
    assert body["errors"]
    for error in body["errors"]:
        assert set(error) == {"title", "detail"}
        assert all(isinstance(each, str) and each for each in error.values())


def said(response: TestResponse) -> list[tuple[str, str]]:
    """The titles and details of an error."""
    body: Any = response.json
    return [(error["title"], error["detail"]) for error in body["errors"]]


@pytest.fixture
def make_api(make_app: Callable[..., Flask]) -> Callable[..., Flask]:
    """`make_api(api_rate_limit="off")`: a further application with the probe’s operations."""

    def make(**changes: object) -> Flask:
        return make_app(with_probe, **changes)

    return make


@pytest.fixture(scope="session")
def apis() -> Iterator[dict[str, Flask]]:
    """Applications with the probe’s operations, one for each database: they are made once."""
    made: dict[str, Flask] = {}
    yield made
    for app in made.values():
        dispose(app)


@pytest.fixture
def api(database: Store, apis: dict[str, Flask]) -> Flask:
    """An application with the probe’s operations."""
    if database.url not in apis:
        apis[database.url] = with_probe(create_app(settings(database.url)))
    return apis[database.url]


@pytest.fixture
def northstar(api: Flask) -> str:
    """A lead provider’s id."""
    with api.app_context():
        row = records.lead_provider("Northstar")
        provider_id = row.id
        records.save(row)
    return provider_id


def issued(api: Flask, lead_provider_id: str) -> tokens.Issued:
    """A new token."""
    by = Asked(SYSTEM, datetime.now(UTC), "test")
    with api.app_context():
        return tokens.issue(lead_provider_id, "Test", by)


@pytest.fixture
def key(api: Flask, northstar: str) -> tokens.Issued:
    """A token of Northstar’s."""
    return issued(api, northstar)


@pytest.fixture
def caller(api: Flask, key: tokens.Issued) -> Caller:
    """Northstar with its token."""
    return Caller(api, key.token)


def rows(api: Flask, work: Callable[[Any], Any]) -> Any:
    """Read with a session of its own."""
    with api.app_context():
        return write(work)
