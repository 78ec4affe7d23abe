"""People and their enrolments, as each lead provider reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import participants
from app.data.queries.api.wanted import Wanted
from tests.data import records
from tests.data.queries.api import worlds

NOW, TODAY = worlds.NOW, worlds.TODAY
Counting = Callable[[], AbstractContextManager[list[str]]]


def ids(provider: str, **asked: object) -> list[str]:
    """The ids that are listed."""
    return [row.id for row in participants.listed(provider, Wanted(**asked), TODAY)]  # type: ignore[arg-type]


def one(provider: str, who: worlds.Trained, today: date = TODAY) -> participants.ParticipantRow:
    """The person, who can be seen, and is listed as they are found."""
    row = participants.one(provider, who.teacher, today)
    assert row is not None
    assert row in participants.listed(provider, Wanted(), today)
    return row


def test_an_ect_is_told_with_all_that_hangs_on_the_enrolment(in_app: Flask) -> None:
    at = worlds.sides()
    worlds.change(models.School, at.oakfield.id, pupil_premium_uplift=True)
    under = worlds.partnership(at)
    who, guide = worlds.ect(at, under), worlds.mentor(at, None)
    worlds.mentoring(guide, who)
    worlds.save(funding(who, "ecf-induction", True), funding(who, "ecf-mentor", False))
    worlds.change(models.Teacher, who.teacher, induction_completed_on=TODAY)
    row = one(at.northstar, who)
    (enrolment,) = row.ecf_enrolments
    assert (row.id, row.full_name, row.participant_id_changes) == (who.teacher, "Aoife O’Brien", ())
    assert enrolment == participants.EnrolmentRow(
        training_record_id=who.record,
        email=enrolment.email,
        mentor_id=guide.teacher,
        school_urn=at.oakfield.urn,
        participant_type="ect",
        cohort=2025,
        training_status="active",
        participant_status="active",
        teacher_reference_number_validated=True,
        eligible_for_funding=True,
        pupil_premium_uplift=True,
        sparsity_uplift=False,
        schedule_identifier=worlds.SEPTEMBER,
        delivery_partner_id=at.alder,
        withdrawal=None,
        deferral=None,
        created_at=NOW,
        induction_end_date=TODAY,
        mentor_funding_end_date=None,
        cohort_changed_after_payments_frozen=False,
        mentor_ineligible_for_funding_reason=None,
    )
    assert enrolment.email.startswith("ect") and len(row.teacher_reference_number) == 7
    assert row.updated_at > NOW


def funding(who: worlds.Trained, course: str, eligible: bool | None) -> models.Funding:
    """Whether a course of somebody's is paid for."""
    return models.Funding(
        teacher_id=who.teacher, course=course, eligible=eligible, by_hand=False, created_at=NOW
    )


def test_an_ect_who_mentors_is_one_person_with_two_enrolments(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    guide = worlds.mentor(at, under)
    worlds.ect(at, under, teacher_id=guide.teacher)
    row = one(at.northstar, guide)
    assert [each.participant_type for each in row.ecf_enrolments] == ["ect", "mentor"]
    assert row.ecf_enrolments[1].email.startswith("mentor")
    assert ids(at.northstar) == [guide.teacher]
    assert len(ids(at.northstar, per_page=1)) == 1
    assert ids(at.northstar, page=2, per_page=1) == []


def test_no_provider_reads_anothers_people_or_enrolments(in_app: Flask) -> None:
    at = worlds.sides()
    own, theirs = worlds.partnership(at), worlds.partnership(at, lead_provider_id=at.teach_forward)
    mine, shared = worlds.ect(at, own), worlds.ect(at, own)
    worlds.mentor(at, theirs, teacher_id=shared.teacher)
    assert ids(at.teach_forward) == [shared.teacher]
    assert participants.one(at.teach_forward, mine.teacher, TODAY) is None
    assert [each.participant_type for each in one(at.northstar, shared).ecf_enrolments] == ["ect"]
    assert [each.participant_type for each in one(at.teach_forward, shared).ecf_enrolments] == ["mentor"]
    for unknown in ("abc", "", "\0", new_id()):
        assert participants.one(at.northstar, unknown, TODAY) is None


@pytest.mark.parametrize("status", ["proposed", "declined", "retracted", "challenged"])
def test_people_are_seen_under_active_partnerships_only(in_app: Flask, status: str) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    who = worlds.ect(at, under)
    worlds.ect(at, None)
    assert ids(at.northstar) == [who.teacher]
    worlds.change(models.Partnership, under.id, status=status)
    assert ids(at.northstar) == []
    assert participants.one(at.northstar, who.teacher, TODAY) is None


def test_somebody_who_moves_on_with_the_provider_is_one_person_with_the_latest_enrolment(
    in_app: Flask,
) -> None:
    at = worlds.sides()
    here, there = worlds.partnership(at), worlds.partnership(at, school_id=at.harrow.id)
    who = worlds.ect(at, here, finished_on=date(2025, 9, 10))
    later = worlds.ect(at, there, teacher_id=who.teacher, started_on=date(2025, 9, 11))
    assert ids(at.northstar) == [who.teacher]
    assert [each.training_record_id for each in one(at.northstar, who).ecf_enrolments] == [later.record]


@pytest.mark.parametrize(
    ("values", "today", "status"),
    [
        ({}, TODAY, "active"),
        ({"started_on": date(2025, 9, 16)}, TODAY, "joining"),
        ({"started_on": date(2025, 9, 16)}, date(2025, 9, 16), "active"),
        ({"finished_on": TODAY}, TODAY, "leaving"),
        ({"finished_on": TODAY}, date(2025, 9, 16), "left"),
        ({"stopped_on": TODAY, "finished_on": TODAY}, TODAY, "withdrawn"),
    ],
)
def test_the_schools_word_goes_by_today(
    in_app: Flask, values: dict[str, date], today: date, status: str
) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at), **values)
    (enrolment,) = one(at.northstar, who, today).ecf_enrolments
    assert enrolment.participant_status == status


def test_a_stop_is_told_while_it_lasts(in_app: Flask) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at))
    stopped_at = datetime(2025, 9, 10, 12, tzinfo=UTC)
    stops = {"deferred_at": stopped_at, "deferral_reason": "career-break"}
    stops |= {"withdrawn_at": NOW, "withdrawal_reason": "other"}
    for status, deferral, withdrawal in (
        ("deferred", participants.Stop("career-break", stopped_at), None),
        ("withdrawn", None, participants.Stop("other", NOW)),
        ("active", None, None),
    ):
        worlds.change(models.TrainingRecord, who.record, training_status=status, **stops)
        (enrolment,) = one(at.northstar, who).ecf_enrolments
        assert (enrolment.training_status, enrolment.deferral, enrolment.withdrawal) == (
            status,
            deferral,
            withdrawal,
        )


def test_a_mentor_is_told_with_the_first_reason_for_not_being_paid_for(in_app: Flask) -> None:
    at = worlds.sides()
    guide = worlds.mentor(at, worlds.partnership(at))
    worlds.change(models.Teacher, guide.teacher, induction_completed_on=TODAY)
    found = []
    for reason, source, day in (
        ("started_not_completed", "import", date(2023, 1, 1)),
        ("completed_during_early_roll_out", "import", date(2021, 4, 19)),
        ("completed_declaration_received", "declaration", TODAY),
    ):
        number = one(at.northstar, guide).teacher_reference_number
        worlds.save(models.MentorFundingFlag(trn=number, reason=reason, source=source, ended_on=day))
        (enrolment,) = one(at.northstar, guide).ecf_enrolments
        found.append((enrolment.mentor_ineligible_for_funding_reason, enrolment.mentor_funding_end_date))
        assert (enrolment.induction_end_date, enrolment.mentor_id) == (None, None)
    assert found == [
        ("started_not_completed", date(2023, 1, 1)),
        ("completed_during_early_roll_out", date(2021, 4, 19)),
        ("completed_declaration_received", TODAY),
    ]


def test_a_mentors_flag_says_nothing_of_their_own_induction(in_app: Flask) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at))
    flag = {"reason": "started_not_completed", "source": "import", "ended_on": TODAY}
    number = one(at.northstar, who).teacher_reference_number
    worlds.save(models.MentorFundingFlag(trn=number, **flag))
    (enrolment,) = one(at.northstar, who).ecf_enrolments
    assert enrolment.mentor_ineligible_for_funding_reason is None
    assert enrolment.mentor_funding_end_date is None


def test_a_mentorship_that_has_ended_is_not_told(in_app: Flask) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at))
    old, new = worlds.mentor(at, None), worlds.mentor(at, None)
    worlds.mentoring(old, who, finished_on=date(2025, 9, 10))
    assert one(at.northstar, who).ecf_enrolments[0].mentor_id is None
    worlds.mentoring(new, who, started_on=date(2025, 9, 11))
    assert one(at.northstar, who).ecf_enrolments[0].mentor_id == new.teacher


def test_ids_somebody_had_before_are_told_and_found_by(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    who, other = worlds.ect(at, under), worlds.ect(at, under)
    before = [new_id(), new_id()]
    changes = [
        models.TeacherIdChange(
            from_teacher_id=each, to_teacher_id=who.teacher, changed_at=NOW - timedelta(days=days)
        )
        for days, each in enumerate(before)
    ]
    records.save(*changes)
    told = one(at.northstar, who).participant_id_changes
    assert [change.from_participant_id for change in told] == before[::-1]
    assert told[1] == participants.IdChange(before[0], who.teacher, NOW)
    assert ids(at.northstar, from_participant_id=before[0]) == [who.teacher]
    for nothing in (other.teacher, new_id(), "abc", "", "\0"):
        assert ids(at.northstar, from_participant_id=nothing) == []
    assert ids(at.teach_forward, from_participant_id=before[0]) == []


def test_cohort_and_training_status_are_of_one_enrolment(in_app: Flask) -> None:
    at = worlds.sides()
    now, before = worlds.partnership(at), worlds.partnership(at, cohort=2024)
    both = worlds.mentor(at, now)
    worlds.ect(at, before, teacher_id=both.teacher, cohort=2024, training_status="deferred", deferred_at=NOW)
    plain = worlds.ect(at, now)
    assert ids(at.northstar, cohorts=(2024,)) == [both.teacher]
    assert ids(at.northstar, cohorts=(2025, 1999)) == [both.teacher, plain.teacher]
    assert ids(at.northstar, training_status="deferred") == [both.teacher]
    assert ids(at.northstar, training_status="withdrawn") == []
    assert ids(at.northstar, cohorts=(2024,), training_status="deferred") == [both.teacher]
    assert ids(at.northstar, cohorts=(2025,), training_status="deferred") == []
    assert len(one(at.northstar, both).ecf_enrolments) == 2
    for nothing in ((), (1999,), (2**40, -1)):
        assert ids(at.northstar, cohorts=nothing) == []


def test_what_changed_at_the_moment_itself_is_found_and_nothing_before(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    first, second = worlds.ect(at, under), worlds.ect(at, under)
    assert ids(at.northstar, sort=(("updated_at", False),)) == [first.teacher, second.teacher]
    worlds.change(models.Teacher, first.teacher, name="Zoë D’Arcy")
    since = one(at.northstar, first).updated_at
    assert ids(at.northstar, updated_since=since) == [first.teacher]
    assert ids(at.northstar, updated_since=since + timedelta(microseconds=1)) == []
    assert ids(at.northstar, sort=(("updated_at", False),)) == [second.teacher, first.teacher]
    assert ids(at.northstar) == [first.teacher, second.teacher]


def test_pages_never_overlap_or_skip(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    people = [worlds.ect(at, under).teacher for _ in range(5)]
    worlds.change_all(models.ProviderParticipant, created_at=NOW)
    for sort in ((), (("created_at", True),), (("updated_at", False), ("created_at", True))):
        pages = [ids(at.northstar, page=page, per_page=2, sort=sort) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [2, 2, 1, 0]
        assert [who for page in pages for who in page] == sorted(people)
    assert ids(at.northstar, page=10**30) == []


def test_a_page_is_one_select_whatever_its_size(in_app: Flask, count_queries: Counting) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    counts = []
    for more in (2, 4):
        for _ in range(more):
            guide = worlds.mentor(at, under)
            worlds.mentoring(guide, worlds.ect(at, under))
        with count_queries() as queries:
            rows = ids(at.northstar)
        counts.append((len(queries), len(rows)))
    assert counts == [(1, 4), (1, 12)]
