"""Who may open what: the policy table, its guards, the same 404 for unknown and foreign (Trust, 5)."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.config import RefusedToStart
from app.data.ids import new_id
from app.data.models import Run
from app.data.transaction import store, write
from app.factory import create_app
from app.web import policy
from app.web.policy import POLICY, Guard
from tests.support.acceptance import HARROW_LANE, HARROW_LANE_TUTOR, LOADED_AT, OAKFIELD, OAKFIELD_TUTOR
from tests.support.client import InspectingClient
from tests.support.databases import settings
from tests.web.conftest import EXTRA_POLICY, SignIn, extra_routes

MASKED = (
    re.compile(r'nonce="[^"]*"'),
    re.compile(r'name="csrf_token" value="[^"]*"'),
)
OWN_RUN, FOREIGN_RUN = "own-run-" + "a" * 22, "foreign-run-" + "b" * 22


def masked(client: InspectingClient) -> str:
    page = client.response.get_data(as_text=True)
    for pattern in MASKED:
        page = pattern.sub("masked", page)
    return page


@pytest.fixture
def runs(app: Flask, acceptance: None) -> None:
    """One open run at Oakfield and one at Harrow Lane."""

    def run(reference: str, school: str, person: str) -> Run:
        return Run(
            id=new_id(),
            reference=reference,
            journey="register-ect",
            variant="live",
            school_id=school,
            person_id=person,
            status="open",
            version=0,
            started_at=LOADED_AT,
            updated_at=LOADED_AT,
            kept_until=LOADED_AT,
        )

    own, foreign = run(OWN_RUN, OAKFIELD, OAKFIELD_TUTOR), run(FOREIGN_RUN, HARROW_LANE, HARROW_LANE_TUTOR)
    with app.app_context():
        write(lambda session: store(session, own, foreign))


def test_every_route_stands_in_the_table_and_the_table_has_no_other(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(POLICY)


def test_a_route_that_is_not_in_the_table_stops_the_start() -> None:
    app = create_app(settings("sqlite://"))
    app.register_blueprint(extra_routes())
    with pytest.raises(RefusedToStart, match=r"extra.school \(/schools/<urn>/extra\) has no entry"):
        policy.install(app)


@pytest.mark.parametrize(
    ("guard", "missing"), [(Guard.SCHOOL, "has no urn"), (Guard.RUN, "has no reference")]
)
def test_a_guard_that_the_address_cannot_carry_stops_the_start(guard: Guard, missing: str) -> None:
    app = create_app(settings("sqlite://"))
    app.register_blueprint(extra_routes())
    with pytest.raises(RefusedToStart, match=missing):
        policy.install(app, {**POLICY, **EXTRA_POLICY, "extra.signed_in": guard})


@pytest.mark.parametrize(
    "path", ["/extra/signed-in", "/schools/900101/extra?page=2", f"/registrations/{OWN_RUN}/extra"]
)
def test_whoever_is_not_signed_in_is_asked_to_and_then_brought_back(
    extra_client: InspectingClient, runs: None, path: str
) -> None:
    extra_client.get(path)
    assert extra_client.response.status_code == 303
    extra_client.follow()
    extra_client.submit(person=OAKFIELD_TUTOR)
    assert extra_client.response.headers["Location"] == path


def test_a_form_sent_after_the_sign_in_ended_leads_to_sign_in(
    extra_client: InspectingClient, acceptance: None
) -> None:
    extra_client.get("/sign-in")
    token = next(e.get("value") for e in extra_client.page.all("input") if e.get("name") == "csrf_token")
    extra_client.post("/extra/sent", data={"csrf_token": token})
    assert extra_client.response.headers["Location"] == "/sign-in"


def test_the_own_school_and_run_open(extra_client: InspectingClient, sign_in: SignIn, runs: None) -> None:
    sign_in(extra_client, OAKFIELD_TUTOR)
    assert extra_client.get("/schools/900101/extra").json == {"school": "Oakfield Primary"}
    assert extra_client.get(f"/registrations/{OWN_RUN}/extra").json["school"] == "Oakfield Primary"


def test_a_foreign_id_gets_the_very_same_page_as_an_unknown_one(
    extra_client: InspectingClient, sign_in: SignIn, runs: None
) -> None:
    sign_in(extra_client, OAKFIELD_TUTOR)
    pages = set()
    for path in (
        "/schools/900102/extra",
        "/schools/900999/extra",
        "/schools/abc/extra",
        f"/registrations/{FOREIGN_RUN}/extra",
        "/registrations/unknown/extra",
        "/no-such-page",
    ):
        extra_client.get(path, status=404)
        pages.add(masked(extra_client))
    assert len(pages) == 1
    assert "Harrow" not in pages.pop()


def test_outside_production_routes_are_served_outside_production_only(
    extra_app: Flask, extra_client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert extra_client.get("/extra/outside").json == {"here": True}
    live = settings("sqlite://", environment="production")
    monkeypatch.setitem(extra_app.config, "SETTINGS", live)
    for path in ("/extra/outside", "/rounds", f"/rounds/register-ect/round-1/{OWN_RUN}/start"):
        extra_client.get(path, status=404)
