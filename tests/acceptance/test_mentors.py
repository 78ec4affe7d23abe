"""Case 20, and what goes with it: mentors are registered from an ECT, given to them, and changed."""

from __future__ import annotations

from datetime import date

import pytest

from app.data.models import Event, MentorPeriod, Mentorship, Teacher, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import stories
from tests.support.about_ects import store_ect
from tests.support.client import InspectingClient
from tests.support.document import text_of
from tests.support.mentoring import BORN, Mentoring, flag, store_mentor
from tests.support.registering import day
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

TODAY = date(2025, 9, 15)
WANDA, XAVIER = ("3006201", "Wanda Mocksworth"), ("3006202", "Xavier Fictonby")


def said(going: Mentoring) -> str:
    return text_of(going.page.main)


def kinds(stored: Stored) -> list[str]:
    return [each.kind for each in stored.all(Event) if each.kind.startswith(("mentor", "training"))]


def test_case_20_sam_is_registered_and_assigned_without_training_and_the_pages_say_so(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    stored.store(flag())
    going = Mentoring(client, ect)
    assert going.at == "find_mentor"
    going.to("mentor_not_funded")
    assert going.page.h1 == "Sam Lee can mentor, but not be trained again"
    assert "because they completed mentor training in the early roll-out" in said(going)
    going.answer()
    assert "We do not register Sam Lee for training" in said(going)
    going.send()
    assert going.page.h1 == "Sam Lee will mentor Ada Park"
    assert "Sam Lee is not registered for mentor training" in said(going)
    sam = stored.one(Teacher, Teacher.trn == fixture.SAM_TRN)
    period, mentorship = stored.one(MentorPeriod), stored.one(Mentorship)
    assert (period.teacher_id, period.school_id, period.email) == (
        sam.id,
        fixture.OAKFIELD,
        "sam.lee@example.com",
    )
    assert (mentorship.ect_period_id, mentorship.mentor_period_id) == (ect, period.id)
    assert (mentorship.started_on, mentorship.finished_on) == (TODAY, None)
    assert stored.all(TrainingRecord, TrainingRecord.teacher_id == sam.id) == []
    assert kinds(stored) == ["mentor.registered", "mentorship.started"]
    assert "Sam Lee" in text_of(client.see(f"/schools/{fixture.OAKFIELD_URN}/ects").main)


def test_the_ect_as_own_mentor_is_refused_before_any_name_is_looked_up(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    trn = stored.one(Teacher, Teacher.name == "Ada Park").trn
    going = Mentoring(client, ect)
    going.answer(trn=trn, **BORN)
    assert (going.at, going.page.h1) == ("cannot_mentor_themselves", "Ada Park cannot be their own mentor")
    assert going.see("check_details").h1 == "Ada Park cannot be their own mentor"
    assert stored.all(MentorPeriod) == []


def test_nor_is_it_the_ect_under_an_older_trn_found_by_the_second_way(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    ada = Teacher.name == "Ada Park"
    stored.change(lambda session: session.query(Teacher).where(ada).update({"trn": "3007008"}))
    going = Mentoring(client, ect)
    going.answer(trn="3007007", **day(1, 1, 1990, "date_of_birth"))
    assert going.at == "mentors_number"
    going.answer(national_insurance_number="QQ 00 70 08 C")
    assert going.at == "cannot_mentor_themselves"
    assert "Parveen" not in said(going)
    assert stored.all(MentorPeriod) == []


def test_a_mentor_who_can_be_funded_trains_with_the_ects_lead_provider(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, under = store_ect(stored)
    going = Mentoring(client, ect)
    going.to("mentor_training")
    assert going.page.h1 == "Northstar will train Sam Lee"
    client.submit(status=422)
    assert "Select yes if Northstar will train Sam Lee" in said(going)
    going.to()
    path, form = stories.form_sent(client, going.confirm)
    for _ in range(3):
        client.post(path, data=form)
        client.follow()
        assert "Sam Lee is registered for mentor training with Northstar" in said(going)
    assert kinds(stored) == ["mentor.registered", "mentorship.started", "training.started"]
    record = stored.one(TrainingRecord, TrainingRecord.participant_type == "mentor")
    assert (record.partnership_id, record.cohort, record.started_on) == (under, 2025, TODAY)
    assert (record.schedule_identifier, record.mentor_period_id) == (
        "ecf-standard-september",
        stored.one(MentorPeriod).id,
    )


def test_a_school_led_ects_mentor_is_told_nothing_of_training_before_the_answers_are_checked(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored, programme="school_led", partnership_id=None, schedule_identifier=None)
    going = Mentoring(client, ect)
    going.to("email")
    going.answer(email="sam.lee@example.com")
    assert going.at == "check_answers"
    assert "because Ada Park’s training is school-led" in said(going)
    going.send()
    assert stored.all(TrainingRecord, TrainingRecord.participant_type == "mentor") == []


def test_one_of_the_schools_own_is_chosen_and_the_one_before_stops_the_day_before(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    before = store_mentor(stored, *WANDA, ect_id=ect)
    other = store_mentor(stored, *XAVIER)
    stored.store(flag(WANDA[0]))
    going = Mentoring(client, ect)
    assert going.page.h1 == "Who will mentor Ada Park from now on?"
    offered = [each.get("value") for each in going.page.all("input") if each.get("name") == "mentor"]
    assert offered == [other, "new"]
    going.to(mentor=other)
    assert "Wanda Mocksworth stops being Ada Park’s mentor" in said(going)
    going.send()
    old, new = sorted(stored.all(Mentorship), key=lambda each: each.started_on)
    assert (old.mentor_period_id, old.finished_on) == (before, date(2025, 9, 14))
    assert (new.mentor_period_id, new.started_on, new.finished_on) == (other, TODAY, None)
    again = Mentoring(client, ect)
    again.to(mentor=before)
    again.send()
    assert len(stored.all(Mentorship)) == 2, "what has not lasted a day is handed over"
    assert {each.mentor_period_id for each in stored.all(Mentorship)} == {before}


def test_somebody_who_mentors_elsewhere_stays_there_or_stops_the_day_before(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    there = store_mentor(stored, fixture.SAM_TRN, "Sam Lee", fixture.HARROW_LANE, ect_id=fixture.RAVIS_PERIOD)
    going = Mentoring(client, ect)
    going.to("only_here")
    assert "a mentor at Harrow Lane Academy" in said(going)
    going.answer(only_here="yes")
    client.submit(status=422, **day(1, 9, 2025, "mentor_start_date"))
    assert "Start date must be 2 September 2025 or later" in said(going)
    client.submit(status=422, **day(16, 1, 2026, "mentor_start_date"))
    assert "Start date must be 15 January 2026 or earlier" in said(going)
    going.to()
    assert "time as a mentor at Harrow Lane Academy ends the day before" in said(going)
    going.send()
    ended = stored.one(MentorPeriod, MentorPeriod.id == there)
    assert ended.finished_on == date(2025, 9, 30)
    assert stored.one(Mentorship, Mentorship.mentor_period_id == there).finished_on == date(2025, 9, 30)
    here = stored.one(MentorPeriod, MentorPeriod.school_id == fixture.OAKFIELD)
    assert (here.teacher_id, here.started_on) == (ended.teacher_id, date(2025, 10, 1))


def test_who_takes_the_place_of_a_mentor_still_to_come_begins_at_once(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    before, other = store_mentor(stored, *WANDA, ect_id=ect), store_mentor(stored, *XAVIER)
    store_mentor(stored, fixture.SAM_TRN, "Sam Lee", fixture.HARROW_LANE)
    coming = Mentoring(client, ect)
    coming.to(mentor="new", only_here="yes")
    coming.send()
    going = Mentoring(client, ect)
    going.to(mentor=other)
    assert "Mentors Ada Park from 15 September 2025" in said(going)
    going.send()
    old, new = sorted(stored.all(Mentorship), key=lambda each: each.started_on)
    assert (old.mentor_period_id, old.finished_on) == (before, date(2025, 9, 14))
    assert (new.mentor_period_id, new.started_on, new.finished_on) == (other, TODAY, None)


def test_a_mentor_of_the_school_is_not_registered_twice_and_an_address_in_use_is_refused(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    store_mentor(stored, fixture.SAM_TRN, "Sam Lee", ect_id=ect)
    going = Mentoring(client, ect)
    going.to("already_a_mentor_here")
    assert going.page.h1 == "Sam Lee is already a mentor at your school"
    other = Mentoring(client, ect)
    other.to("email", trn=fixture.AOIFE_TRN)
    taken = stored.one(MentorPeriod).email
    client.submit(status=422, email=taken.upper())
    assert "belongs to another ECT or mentor" in said(other)


def test_two_who_register_the_same_mentor_for_the_same_ect_register_one(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored)
    first, second = Mentoring(client, ect), Mentoring(client, ect)
    for going in (first, second):
        going.see()
        going.to()
    first.see("check_answers")
    first.send()
    second.see()
    assert second.at == "already_a_mentor_here"
    first.see("check_answers")
    assert first.page.h1 == "You have already chosen a mentor for Ada Park"
    assert len(stored.all(MentorPeriod)) == len(stored.all(Mentorship)) == 1
    assert kinds(stored).count("training.started") == 1


def test_no_second_detail_of_a_mentor_is_kept(client: InspectingClient, stored: Stored) -> None:
    ect, _, _ = store_ect(stored)
    going = Mentoring(client, ect)
    going.answer(trn="3007010", **BORN)
    assert going.at == "mentors_number"
    assert "Kwame" not in said(going)
    going.answer(national_insurance_number="QQ 00 70 10 C")
    assert going.page.h1 == "Is Kwame Asante the teacher who will mentor Ada Park?"
    going.see("mentors_number")
    assert "00 70 10" not in text_of(going.page.main)
