"""The life of a registration that isn’t finished: listed, continued, deleted, kept 30 days. (Words, tables 3 and 4.)"""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.data import clock as clock_service
from app.data.database import db
from app.data.models import Event, Run
from app.services import runs
from tests.support import acceptance as fixture
from tests.support import stories
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.document import Document, text_of
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

HEADING = "Registrations you have not finished"
JUST_BEFORE, JUST_AFTER = "2025-10-15 09:59", "2025-10-15 10:05"


def listed(page: Document) -> list[tuple[str, str]]:
    """Name, and what stands beside it, of each unfinished registration on Your ECTs."""
    if HEADING not in [text_of(each) for each in page.all("h2")]:
        return []
    found = page.all("dl", within=page.main)[0]
    rows = page.all(cls="govuk-summary-list__row", within=found)
    return [(text_of(page.all("dt", within=row)[0]), text_of(page.all("dd", within=row)[0])) for row in rows]


def your_ects(client: InspectingClient, urn: str = fixture.OAKFIELD_URN) -> Document:
    return client.see(f"/schools/{urn}/ects")


def forgotten(client: InspectingClient, going: Registering, page: str) -> None:
    """The page says that the answers are deleted, with status 410."""
    client.get(going.address(page), status=410)
    assert client.page.h1 == "We have deleted these answers"
    assert (
        "We keep a registration that is not finished for 30 days. You will need to start again."
        in client.page.text
    )
    assert client.page.link("Register an ECT") == "/schools/900101/ects"


def sealed(stored: Stored, reference: str) -> bytes | None:
    with stored.reading():
        return db.session.execute(select(Run.sealed).where(Run.reference == reference)).scalar_one()


def test_it_is_listed_without_a_name_until_the_teacher_is_found(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("find_ect")
    ((name, beside),) = listed(your_ects(client))
    assert name == "No name yet"
    assert beside.startswith("Started 15 September 2025 by Priya Shah")
    assert beside.endswith("Kept until 15 October 2025")
    going.see()
    going.to("check_details")
    ((name, _),) = listed(your_ects(client))
    assert name == "Aoife O'Brien"


def test_no_name_is_listed_while_date_of_birth_and_number_do_not_match(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("national_insurance_number", trn="3007011")
    assert [name for name, _ in listed(your_ects(client))] == ["No name yet"]


def test_the_corrected_name_is_listed(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("check_details")
    going.answer(check_details="new_name")
    client.allow("Aoife O'Brien-Ward")
    going.answer(corrected_name="Aoife O'Brien-Ward")
    assert [name for name, _ in listed(your_ects(client))] == ["Aoife O'Brien-Ward"]


def test_a_different_person_takes_the_name_off_the_list(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("check_details")
    going.answer(check_details="different_person")
    assert going.at == "find_ect"
    assert [name for name, _ in listed(your_ects(client))] == ["No name yet"]


def test_continue_opens_the_furthest_page_with_the_answers_kept(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("programme")
    page = your_ects(client)
    client.see(page.link("Continue"))
    assert going.at == "programme"
    going.see("email")
    (box,) = [each for each in going.page.all("input") if each.get("name") == "email"]
    assert box.get("value") == "aoife@example.com"


def test_a_colleague_finds_it_and_finishes_it(app: Flask, client: InspectingClient, stored: Stored) -> None:
    colleague = stories.second_tutor(stored)
    going = Registering(client)
    going.to("email")
    other: InspectingClient = app.test_client()  # type: ignore[assignment]
    other.sign_in(colleague)
    ((name, beside),) = listed(your_ects(other))
    assert (name, "by Priya Shah" in beside) == ("Aoife O'Brien", True)
    going.client = other
    going.see()
    going.confirm()
    assert stored.one(Event, Event.kind == "ect.registered").actor_id == colleague


def test_another_school_does_not_see_it(app: Flask, client: InspectingClient) -> None:
    Registering(client).to("email")
    other: InspectingClient = app.test_client()  # type: ignore[assignment]
    other.sign_in(fixture.HARROW_LANE_TUTOR)
    assert listed(your_ects(other, fixture.HARROW_LANE_URN)) == []


def test_a_finished_one_is_not_listed(client: InspectingClient) -> None:
    Registering(client).confirm()
    assert listed(your_ects(client)) == []


def test_deleting_asks_first_and_then_drops_every_answer(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.to("programme")
    counts = stored.counts()
    page = client.see(your_ects(client).link("Delete"))
    assert page.h1 == "Are you sure you want to delete the registration for Aoife O'Brien?"
    assert sealed(stored, going.reference) is not None
    assert page.link("No, keep it") == "/schools/900101/ects"
    client.submit("Yes, delete this registration")
    assert listed(client.follow()) == []
    assert client.page.h1 == "Your ECTs"
    assert sealed(stored, going.reference) is None
    assert stored.counts() == counts
    for name in ("", "programme", "check_answers", "delete", "confirmation"):
        forgotten(client, going, name)


def test_an_answer_to_a_deleted_registration_brings_nothing_back(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("email")
    action, form = stories.form_sent(client)
    client.see(going.address("delete"))
    client.submit("Yes, delete this registration")
    client.post(action, data={**form, "email": "aoife@example.com"}, status=410)
    assert client.page.h1 == "We have deleted these answers"
    assert sealed(stored, going.reference) is None


def test_deleting_what_changed_meanwhile_asks_once_more(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.to("email")
    client.see(going.address("delete"))
    other = stories.tab(going)
    other.see("email")
    other.answer(email="aoife@example.com")
    client.submit("Yes, delete this registration")
    client.follow()
    assert client.page.h1.startswith("Are you sure you want to delete")
    assert stored.run(going.reference).status == "open"


def test_it_is_kept_for_30_days_and_not_longer(
    client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    going = Registering(client)
    going.to("email")
    clock.set(JUST_BEFORE)
    client.sign_in(fixture.OAKFIELD_TUTOR)
    assert len(listed(your_ects(client))) == 1
    assert going.see().h1 == "What email address does Aoife O'Brien use?"
    action, form = stories.form_sent(client)
    clock.set(JUST_AFTER)
    assert listed(your_ects(client)) == []
    for name in ("", "email", "check_answers", "delete"):
        forgotten(client, going, name)
    client.post(action, data={**form, "email": "aoife@example.com"}, status=410)
    assert "email" not in stored.answers(going.reference)


def test_after_30_days_the_answers_are_dropped_from_the_database(
    app: Flask, client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    going = Registering(client)
    going.to("check_answers")
    clock.set(JUST_AFTER)
    assert sealed(stored, going.reference) is not None
    with app.app_context():
        assert runs.drop_old(clock_service.now()) == 1
        assert runs.drop_old(clock_service.now()) == 0
    assert sealed(stored, going.reference) is None
    client.sign_in(fixture.OAKFIELD_TUTOR)
    forgotten(client, going, "check_answers")


def test_what_was_sent_can_be_opened_for_30_days_and_then_leads_to_the_ect(
    client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    going = Registering(client)
    going.confirm()
    registered = stored.one(Event, Event.kind == "ect.registered").record_id
    clock.set(JUST_BEFORE)
    client.sign_in(fixture.OAKFIELD_TUTOR)
    assert going.see("confirmation").h1 == "Aoife O'Brien is registered"
    clock.set(JUST_AFTER)
    for name in ("confirmation", "check_answers"):
        going.see(name)
        assert client.last_path == f"/schools/900101/ects/{registered}"
        assert client.page.h1 == "Aoife O'Brien"


def test_opening_it_again_after_the_confirmation_says_so(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.confirm()
    page = going.see("email")
    assert page.h1 == "You have already registered Aoife O'Brien"
    client.see(page.link("See Aoife O'Brien’s details"))
    assert client.page.h1 == "Aoife O'Brien"
    client.see(going.address("delete"))
    assert client.page.h1 == "You have already registered Aoife O'Brien"
    assert stored.run(going.reference).status == "finished"
