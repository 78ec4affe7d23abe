"""Acceptance case 24 of the school journey: what belongs to another school answers like what doesn’t exist."""

from __future__ import annotations

import re
import secrets

import pytest
from flask import Flask

from app.data.models import EctPeriod, Run
from tests.support import acceptance as fixture
from tests.support import stories
from tests.support.client import InspectingClient
from tests.support.registering import CONFIRM, Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

UNKNOWN_ID = "0198f000-0000-7000-8000-00000000ffff"
UNKNOWN_URN = "999999"
PAGES = ("", "email", "check-answers", "confirmation", "delete", "no-such-page", "email?changing=yes")
TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*')

Answer = tuple[int, list[tuple[str, str]], str]


def masked(client: InspectingClient) -> Answer:
    """Status, headers and body of the last response, without nonce, CSRF token and request id."""
    response = client.response
    body, headers = response.get_data(as_text=True), list(response.headers)
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]))
    body = TOKEN.sub(r"\1csrf", body)
    for secret, mask in ((nonce, "nonce"), (response.headers["X-Request-ID"], "request")):
        body = body.replace(secret, mask)
        headers = [(name, value.replace(secret, mask)) for name, value in headers]
    return response.status_code, headers, body


def opened(client: InspectingClient, path: str) -> Answer:
    """A GET that must answer 404."""
    client.get(path, status=404)
    return masked(client)


def sent(client: InspectingClient, path: str, form: dict[str, str]) -> Answer:
    """A POST that must answer 404."""
    client.post(path, data=form, status=404)
    return masked(client)


def token(client: InspectingClient) -> dict[str, str]:
    """A CSRF token of the person signed in at Oakfield."""
    client.see("/schools/900101/ects")
    return {"csrf_token": stories.form_sent(client, stories.REGISTER)[1]["csrf_token"]}


def harrow_lanes_run(app: Flask) -> Registering:
    """A run of Harrow Lane’s, at the email page."""
    client: InspectingClient = app.test_client()  # type: ignore[assignment]
    theirs = Registering(client, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    theirs.to("email", **stories.ZOE)
    return theirs


@pytest.mark.parametrize("page", PAGES)
def test_another_schools_run_is_not_there_by_any_address(
    app: Flask, client: InspectingClient, page: str
) -> None:
    theirs = harrow_lanes_run(app).reference
    client.sign_in(fixture.OAKFIELD_TUTOR)
    unknown = secrets.token_urlsafe(24)
    assert opened(client, f"/registrations/{theirs}/{page}") == opened(
        client, f"/registrations/{unknown}/{page}"
    )


@pytest.mark.parametrize("page", ["email", "check-answers", "delete"])
def test_another_schools_run_takes_no_answer(
    app: Flask, client: InspectingClient, stored: Stored, page: str
) -> None:
    theirs = harrow_lanes_run(app).reference
    before, counts = stored.run(theirs), stored.counts()
    client.sign_in(fixture.OAKFIELD_TUTOR)
    form = {**token(client), "version": str(before.version), "email": "mine@example.com"}
    unknown = secrets.token_urlsafe(24)
    assert sent(client, f"/registrations/{theirs}/{page}", form) == sent(
        client, f"/registrations/{unknown}/{page}", form
    )
    assert (stored.run(theirs), stored.counts()) == (before, counts)


def test_another_schools_finished_run_is_not_there(app: Flask, client: InspectingClient) -> None:
    theirs = harrow_lanes_run(app)
    theirs.confirm(**stories.ZOE)
    client.sign_in(fixture.OAKFIELD_TUTOR)
    unknown = secrets.token_urlsafe(24)
    for page in ("confirmation", "check-answers"):
        assert opened(client, f"/registrations/{theirs.reference}/{page}") == opened(
            client, f"/registrations/{unknown}/{page}"
        )


def test_another_schools_ect_is_not_there(client: InspectingClient) -> None:
    client.sign_in(fixture.OAKFIELD_TUTOR)
    foreign = opened(client, f"/schools/900101/ects/{fixture.RAVIS_PERIOD}")
    assert foreign == opened(client, f"/schools/900101/ects/{UNKNOWN_ID}")
    assert foreign == opened(client, "/schools/900101/ects/not-an-id")
    assert foreign == opened(client, f"/schools/900102/ects/{fixture.RAVIS_PERIOD}")
    assert "Ravi" not in foreign[2]


@pytest.mark.parametrize("page", ["ects", "partnerships", f"partnerships/{fixture.RAVIS_PARTNERSHIP}"])
def test_another_schools_pages_are_not_there(client: InspectingClient, page: str) -> None:
    client.sign_in(fixture.OAKFIELD_TUTOR)
    foreign = opened(client, f"/schools/{fixture.HARROW_LANE_URN}/{page}")
    assert foreign == opened(client, f"/schools/{UNKNOWN_URN}/{page}")


def test_another_schools_partnership_is_not_there_under_the_own_school(client: InspectingClient) -> None:
    client.sign_in(fixture.OAKFIELD_TUTOR)
    foreign = opened(client, f"/schools/900101/partnerships/{fixture.RAVIS_PARTNERSHIP}")
    assert foreign == opened(client, f"/schools/900101/partnerships/{UNKNOWN_ID}")
    assert "Teach Forward" not in client.see("/schools/900101/partnerships").text


def test_no_run_can_be_begun_for_another_school(client: InspectingClient, stored: Stored) -> None:
    client.sign_in(fixture.OAKFIELD_TUTOR)
    form = token(client)
    assert sent(client, "/schools/900102/register-ect", form) == sent(
        client, f"/schools/{UNKNOWN_URN}/register-ect", form
    )
    going = Registering(client)
    assert stored.run(going.reference).school_id == fixture.OAKFIELD


@pytest.mark.parametrize("urn", [fixture.OAKFIELD_URN, fixture.HARROW_LANE_URN])
def test_no_run_can_be_begun_about_another_schools_partnership(
    client: InspectingClient, stored: Stored, urn: str
) -> None:
    client.sign_in(fixture.OAKFIELD_TUTOR)
    form = token(client)
    about = (fixture.RAVIS_PARTNERSHIP, fixture.RAVIS_PARTNERSHIP.upper(), UNKNOWN_ID, "0", "%00", "a" * 500)
    answers = [sent(client, f"/schools/{urn}/partnerships/{each}/challenge", form) for each in about]
    assert all(each == answers[0] for each in answers)
    assert stored.all(Run) == []


@pytest.mark.parametrize("journey", ["report", "training"])
@pytest.mark.parametrize("urn", [fixture.OAKFIELD_URN, fixture.HARROW_LANE_URN])
def test_no_run_can_be_begun_about_another_schools_ect(
    client: InspectingClient, stored: Stored, urn: str, journey: str
) -> None:
    client.sign_in(fixture.OAKFIELD_TUTOR)
    form = token(client)
    about = (fixture.RAVIS_PERIOD, fixture.RAVIS_PERIOD.upper(), UNKNOWN_ID, "0", "%00", "a" * 500)
    answers = [sent(client, f"/schools/{urn}/ects/{each}/{journey}", form) for each in about]
    assert all(each == answers[0] for each in answers)
    assert stored.all(Run) == []


@pytest.mark.parametrize("page", ["lead_provider", "delivery_partner"])
def test_an_id_of_another_schools_partnership_in_a_field_is_refused_like_an_unknown_one(
    client: InspectingClient, page: str
) -> None:
    going = Registering(client)
    going.to(page, same_organisation="no")
    refusals = []
    for forged in (fixture.RAVIS_PARTNERSHIP, fixture.RAVIS_PERIOD, UNKNOWN_ID):
        going.see(page)
        going.refused(**{page: forged})
        refusals.append(masked(client))
    assert refusals[0] == refusals[1] == refusals[2]


def test_fields_that_name_another_school_run_or_partnership_are_not_looked_at(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    theirs = harrow_lanes_run(app).reference
    before = stored.run(theirs)
    going = Registering(client)
    going.to("check_answers")
    action, form = stories.form_sent(client, CONFIRM)
    forged = {
        "urn": fixture.HARROW_LANE_URN,
        "school_id": fixture.HARROW_LANE,
        "reference": theirs,
        "run": before.id,
        "partnership_id": fixture.RAVIS_PARTNERSHIP,
        "lead_provider": fixture.TEACH_FORWARD,
        "delivery_partner": fixture.ST_OSWINS,
        "ect_id": fixture.RAVIS_PERIOD,
    }
    client.post(action, data={**form, **forged}, status=303)
    assert stored.one(EctPeriod, EctPeriod.email == "aoife@example.com").school_id == fixture.OAKFIELD
    assert stored.run(theirs) == before
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.urn, proposal.delivery_partner_id) == (fixture.OAKFIELD_URN, fixture.ALDER_PARTNER)


def test_somebody_who_is_signed_out_sees_nothing_of_a_run(client: InspectingClient, app: Flask) -> None:
    theirs = harrow_lanes_run(app).reference
    unknown = secrets.token_urlsafe(24)
    for reference in (theirs, unknown):
        client.get(f"/registrations/{reference}/email", status=303)
        assert client.response.headers["Location"].startswith("/sign-in?next=/registrations/")
