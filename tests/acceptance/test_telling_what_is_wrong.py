"""A school says that a partnership is wrong. (School journey, “Partnership records”; Words, table 8.)"""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import update

from app.data.models import Event, MentorPeriod, Partnership, TrainingRecord
from tests.data import records
from tests.support import acceptance as fixture
from tests.support import challenging, shown, stories
from tests.support.challenging import Challenging, store_confirmed
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

PARTNERSHIPS = f"/schools/{fixture.OAKFIELD_URN}/partnerships"
ECTS = f"/schools/{fixture.OAKFIELD_URN}/ects"
QUESTION = "What is wrong with Northstar and Alder Teaching School Hub training your ECTs in 2025 to 2026?"


@pytest.fixture(autouse=True)
def _names(client: InspectingClient) -> None:
    client.allow(*challenging.NAMES, "Cai Moss")


def told(stored: Stored) -> list[Event]:
    """Every event of a partnership called wrong."""
    return stored.all(Event, Event.kind == "partnership.challenged")


def other_tab(app: Flask, partnership_id: str, tutor: str = fixture.OAKFIELD_TUTOR) -> Challenging:
    """Another run about the same partnership, in a browser of its own."""
    client: InspectingClient = app.test_client()  # type: ignore[assignment]
    client.allow(*challenging.NAMES, "Cai Moss")
    return Challenging(client, partnership_id, tutor=tutor)


def test_everything_is_said_before_anything_is_sent(client: InspectingClient, stored: Stored) -> None:
    going = Challenging(client, store_confirmed(stored))
    assert going.page.h1 == QUESTION
    assert shown.options(going.page) == [
        "We work with a different lead provider or delivery partner",
        "We have not agreed to work with them",
        "We do not know who they are",
        "We have no ECTs in 2025 to 2026",
        "It is wrong for another reason",
    ]
    going.answer(what_is_wrong="not_confirmed")
    assert going.page.h1 == "What this means for 2 ECTs"
    assert "Northstar and Alder Teaching School Hub are training Ada Park and Ben Rowe" in going.page.text
    going.answer()
    assert going.page.h1 == "Check what this will do"
    assert shown.rows(going.page) == {
        "Lead provider": "Northstar",
        "Delivery partner": "Alder Teaching School Hub",
        "Year": "2025 to 2026",
        "What is wrong": "We have not agreed to work with them",
    }
    assert (
        "Northstar will no longer see, or be paid for new training of: Ada Park and Ben Rowe. They will have no "
        "training until you choose again." in going.page.text
    )
    assert told(stored) == []


def test_from_the_partnership_to_a_card_that_says_action_required(
    client: InspectingClient, stored: Stored
) -> None:
    partnership = store_confirmed(stored)
    assert len(stored.participants(fixture.NORTHSTAR)) == 2
    trained = {row.id: row.partnership_id for row in stored.all(TrainingRecord)}
    going = Challenging(client, partnership)
    going.to_check_answers("not_confirmed")
    going.send()
    assert (going.at, going.page.h1) == ("confirmation", "You have told Northstar this is wrong")
    row = stored.one(Partnership, Partnership.id == partnership)
    assert (row.status, row.challenged_reason) == ("challenged", "not_confirmed")
    (event,) = told(stored)
    assert (event.record_id, event.actor_kind, event.actor_id) == (
        partnership,
        "person",
        fixture.OAKFIELD_TUTOR,
    )
    assert json.loads(event.details)["reference"] in going.page.text
    assert stored.participants(fixture.NORTHSTAR) == []
    assert {row.id: row.partnership_id for row in stored.all(TrainingRecord)} == trained, "training is kept"
    assert client.see(ECTS).text.count("Action required") >= 2
    assert "You said it was wrong" in client.see(PARTNERSHIPS).text


def test_an_empty_post_is_refused_in_the_pages_own_words(client: InspectingClient, stored: Stored) -> None:
    going = Challenging(client, store_confirmed(stored))
    client.submit(status=422)
    assert going.page.error_links == (("Select what is wrong", "#what_is_wrong"),)
    for forged in ("", "declined", "0", "no_ects'--"):
        client.submit(status=422, what_is_wrong=forged)
    assert told(stored) == []


def test_no_ects_is_refused_while_some_are_registered(client: InspectingClient, stored: Stored) -> None:
    going = Challenging(client, store_confirmed(stored))
    client.submit(status=422, what_is_wrong="no_ects")
    sentence = "You have 2 ECTs with Northstar in 2025 to 2026, so choose a different reason or tell us they have left"
    assert going.page.error_links == ((sentence, "#what_is_wrong"),)
    assert shown.chosen(going.page) == ["We have no ECTs in 2025 to 2026"]


def test_no_ects_is_taken_when_only_a_mentor_trains(client: InspectingClient, stored: Stored) -> None:
    partnership = store_confirmed(stored, names=())
    teacher = records.teacher("4009999", "Cai Moss")
    period: MentorPeriod = records.mentor_period(challenging.at(fixture.OAKFIELD), teacher)
    under = stored.one(Partnership, Partnership.id == partnership)
    training = TrainingRecord(
        id=records.new_id(),
        teacher_id=teacher.id,
        mentor_period_id=period.id,
        participant_type="mentor",
        programme="provider_led",
        partnership_id=under.id,
        cohort=2025,
        schedule_identifier="ecf-standard-september",
        started_on=period.started_on,
        cohort_changed_after_payments_frozen=False,
        created_at=records.NOW,
    )
    stored.store(teacher, period, training)
    going = Challenging(client, partnership)
    assert going.answer(what_is_wrong="no_ects").h1 == "What this means for 1 mentor"
    going.answer()
    going.send()
    assert stored.one(Partnership, Partnership.id == partnership).challenged_reason == "no_ects"


def test_with_nobody_in_training_there_is_nothing_to_tell_first(
    client: InspectingClient, stored: Stored
) -> None:
    going = Challenging(client, store_confirmed(stored, names=()))
    going.answer(what_is_wrong="no_ects")
    assert going.at == "check_answers"
    assert "Nobody at your school is training with Northstar" in going.page.text
    going.send()
    assert len(told(stored)) == 1


@pytest.mark.parametrize("status", ["proposed", "declined", "retracted"])
def test_what_no_lead_provider_has_confirmed_is_a_dead_end(
    client: InspectingClient, stored: Stored, status: str
) -> None:
    partnership = store_confirmed(stored)
    going = Challenging(client, partnership)
    change(stored, partnership, status=status)
    assert going.see().h1 == "There is nothing to put right with Northstar"
    going.see("what_is_wrong")
    assert going.at == "nothing_to_put_right"
    assert going.page.link("Back to your partnerships") == PARTNERSHIPS


def test_a_colleague_was_first(app: Flask, client: InspectingClient, stored: Stored) -> None:
    partnership = store_confirmed(stored)
    colleague = stories.second_tutor(stored)
    mine, theirs = Challenging(client, partnership), other_tab(app, partnership, colleague)
    mine.to_check_answers("not_confirmed")
    theirs.to_check_answers("mistake")
    theirs.send()
    mine.send()
    assert mine.page.h1 == "Your school has already told us this is wrong"
    assert "On 15 September 2025 your school told us what is wrong" in mine.page.text
    assert "It is wrong for another reason" in mine.page.text
    assert stored.one(Partnership, Partnership.id == partnership).challenged_reason == "mistake"
    assert len(told(stored)) == 1


def test_sent_twice_and_from_an_old_form_it_is_done_once(client: InspectingClient, stored: Stored) -> None:
    going = Challenging(client, store_confirmed(stored))
    going.to_check_answers()
    path, form = stories.form_sent(client, challenging.CONFIRM)
    for _ in range(3):
        client.post(path, data=form)
        assert client.follow().h1 == "You have told Northstar this is wrong"
    assert len(told(stored)) == 1
    assert going.see("what_is_wrong").h1 == "You have already told Northstar this is wrong"
    assert going.see("confirmation").h1 == "You have told Northstar this is wrong"


def test_a_stale_confirm_shows_the_page_afresh(client: InspectingClient, stored: Stored) -> None:
    going = Challenging(client, store_confirmed(stored))
    going.to_check_answers("mistake")
    path, form = stories.form_sent(client, challenging.CONFIRM)
    going.see("what_is_wrong")
    going.answer(what_is_wrong="do_not_recognise")
    client.post(path, data=form)
    page = client.follow()
    assert going.at == "check_answers"
    assert shown.notices(page)[0].startswith("Something has changed")
    assert shown.rows(page)["What is wrong"] == "We do not know who they are"
    assert told(stored) == []


def test_somebody_registered_meanwhile_is_told_of_before_anything_is_sent(
    client: InspectingClient, stored: Stored
) -> None:
    partnership = store_confirmed(stored)
    going = Challenging(client, partnership)
    going.to_check_answers()
    stored.store(*challenging.ect(stored.one(Partnership, Partnership.id == partnership), "Cai Moss"))
    going.send()
    assert going.page.h1 == "What this means for 3 ECTs"
    assert "Ada Park, Ben Rowe and Cai Moss" in going.page.text
    assert told(stored) == []
    going.answer()
    going.send()
    assert len(told(stored)) == 1


def test_an_answer_about_another_delivery_partner_no_longer_counts(
    client: InspectingClient, stored: Stored
) -> None:
    partnership = store_confirmed(stored)
    going = Challenging(client, partnership)
    going.to_check_answers()
    change(stored, partnership, delivery_partner_id=fixture.BRAMBLE_PARTNER)
    going.send()
    assert going.at == "what_is_wrong"
    assert "Northstar and Bramble Trust Training" in (going.page.h1 or "")
    assert told(stored) == []


def test_a_run_is_only_at_its_own_address(client: InspectingClient, stored: Stored) -> None:
    going = Challenging(client, store_confirmed(stored))
    reference = going.base.rsplit("/", 1)[1]
    for base in ("/registrations", "/journeys/register-ect", "/rounds/register-ect/round-1"):
        client.get(f"{base}/{reference}/what-is-wrong", status=404)
    client.get(f"/registrations/{reference}/delete", status=404)


def test_it_is_not_among_the_registrations_that_are_not_finished(
    client: InspectingClient, stored: Stored
) -> None:
    Challenging(client, store_confirmed(stored))
    assert "Registrations you have not finished" not in client.see(ECTS).text


def test_when_its_time_is_over_it_says_so(client: InspectingClient, stored: Stored, clock: Clock) -> None:
    going = Challenging(client, store_confirmed(stored))
    clock.set("2025-10-20 10:00")
    client.sign_in(fixture.OAKFIELD_TUTOR)
    client.get(f"{going.base}/what-is-wrong", status=410)
    assert client.page.h1 == "We have deleted this answer"


def test_after_it_the_same_choice_is_told_of_and_is_the_same_row(
    client: InspectingClient, stored: Stored
) -> None:
    partnership = store_confirmed(stored)
    going = Challenging(client, partnership)
    going.to_check_answers("mistake")
    going.send()
    again = Registering(client)
    again.to("check_answers", same_organisation="yes")
    assert "your school told us this was wrong: “It is wrong for another reason”" in again.page.text
    again.send()
    row = stored.one(Partnership, Partnership.id == partnership)
    assert (row.status, row.ever_active) == ("proposed", True)


def change(stored: Stored, partnership_id: str, **values: object) -> None:
    """The lead provider, or anybody, changes the partnership."""
    statement = update(Partnership).where(Partnership.id == partnership_id).values(**values)
    stored.change(lambda session: session.connection().execute(statement))
