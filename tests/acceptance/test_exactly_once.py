"""Acceptance case 18 of the school journey, one after the other: double click, refresh, back, two tutors."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from app.data.models import EctPeriod, Event, Teacher
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.registering import CONFIRM, Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

TIMES = 50
ONE_OF_EACH = {
    "teacher.added": 1,
    "ect.registered": 1,
    "training.started": 1,
    "funding.decided": 1,
    "partnership.proposed": 1,
}


def events(stored: Stored) -> dict[str, int]:
    return dict(Counter(each.kind for each in stored.all(Event)))


def registered_once(stored: Stored, school_id: str = fixture.OAKFIELD) -> EctPeriod:
    """Aoife’s only registration: one event of each kind, one partnership."""
    teacher = stored.one(Teacher, Teacher.trn == fixture.AOIFE_TRN)
    period = stored.one(EctPeriod, EctPeriod.teacher_id == teacher.id)
    assert events(stored) == ONE_OF_EACH
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.school_id, proposal.participants_waiting) == (school_id, 1)
    assert period.school_id == school_id
    return period


def test_a_double_click_registers_once_and_both_answers_lead_to_the_confirmation(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    action, form = stories.form_sent(client, CONFIRM)
    for _ in range(2):
        client.post(action, data=form, status=303)
        assert client.response.headers["Location"] == going.address("confirmation")
    period = registered_once(stored)
    client.follow()
    assert going.page.h1 == "Aoife O'Brien is registered"
    assert period.reference in going.page.text


def test_fifty_identical_posts_one_after_the_other_register_once(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    action, form = stories.form_sent(client, CONFIRM)
    for _ in range(TIMES):
        client.post(action, data=form, status=303)
        assert client.response.headers["Location"] == going.address("confirmation")
    registered_once(stored)


def test_refreshing_the_confirmation_shows_the_same_reference_and_saves_nothing(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.confirm()
    counts, text = stored.counts(), going.page.text
    for _ in range(2):
        assert going.see("confirmation").text == text
    assert stored.counts() == counts
    assert registered_once(stored).reference in text


def test_back_after_the_confirmation_says_that_it_is_done_and_confirming_again_changes_nothing(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    action, form = stories.form_sent(client, CONFIRM)
    going.send()
    period, counts = registered_once(stored), stored.counts()
    for name in ("check_answers", "email", "find_ect", ""):
        page = going.see(name)
        assert page.h1 == "You have already registered Aoife O'Brien"
        assert f"Reference {period.reference}, on 15 September 2025." in page.text
        assert page.link("See Aoife O'Brien’s details") == f"/schools/900101/ects/{period.id}"
    client.post(action, data=form, status=303)
    assert client.follow().h1 == "Aoife O'Brien is registered"
    assert stored.counts() == counts


def test_an_answer_sent_after_the_confirmation_changes_nothing(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("email")
    action, form = stories.form_sent(client)
    going.confirm()
    counts, sent = stored.counts(), stored.run(going.reference)
    client.post(action, data={**form, "email": "other@example.com"}, status=303)
    assert client.follow().h1 == "Aoife O'Brien is registered"
    assert (stored.counts(), stored.run(going.reference)) == (counts, sent)
    assert stored.all(EctPeriod, EctPeriod.email == "other@example.com") == []


def test_a_double_click_on_a_question_keeps_the_answer_and_goes_on(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("email")
    action, form = stories.form_sent(client)
    for _ in range(2):
        client.post(action, data={**form, "email": "aoife@example.com"}, status=303)
        assert client.response.headers["Location"] == going.address("start_date")
    assert stored.answers(going.reference)["email"] == {"email": "aoife@example.com"}


def test_a_colleague_who_confirms_the_same_teacher_second_is_told_who_was_first(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    colleague = stories.second_tutor(stored)
    mine = Registering(client)
    mine.to("check_answers")
    other_client: InspectingClient = app.test_client()  # type: ignore[assignment]
    theirs = Registering(other_client, tutor=colleague)
    theirs.confirm()
    counts = stored.counts()
    mine.send()
    period = registered_once(stored)
    assert period.registered_by == colleague
    assert mine.page.h1 == "Aoife O'Brien is already registered"
    assert (
        "Dev Anand at your school registered them at 10:00 on 15 September 2025. We have not registered them twice."
        in mine.page.text.replace("10:01", "10:00")
    )
    assert mine.page.link("See Aoife O'Brien’s details") == f"/schools/900101/ects/{period.id}"
    assert stored.counts() == counts


def test_another_school_that_was_first_is_told_and_the_date_has_to_be_agreed(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    mine = Registering(client)
    mine.to("check_answers")
    other_client: InspectingClient = app.test_client()  # type: ignore[assignment]
    theirs = Registering(other_client, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    theirs.confirm(email="aoife@harrow.example.com")
    counts = stored.counts()
    mine.send()
    registered_once(stored, fixture.HARROW_LANE)
    assert stored.counts() == counts
    assert mine.page.h1 == "Another school has just registered Aoife O'Brien"
    assert (
        "We have not registered Aoife O'Brien at your school. Agree the start date with Aoife O'Brien, then check your "
        "answers again."
    ) in mine.page.text
    mine.answer()
    assert mine.page.h1 == "Aoife O'Brien has been an ECT at another school"
    mine.answer()
    assert mine.at == "start_date"  # 1 September is too soon after Harrow Lane
    assert shown.notices(mine.page)[0].startswith("Check the start date again")
    mine.answer(**{"start_date-day": "1", "start_date-month": "10", "start_date-year": "2025"})
    assert mine.at == "check_answers"
    mine.send()
    assert mine.page.h1 == "Aoife O'Brien is registered"
    left = stored.one(
        EctPeriod, EctPeriod.school_id == fixture.HARROW_LANE, EctPeriod.id != fixture.RAVIS_PERIOD
    )
    assert str(left.finished_on) == "2025-09-30"
