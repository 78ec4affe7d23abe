from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.declarations import LIVE, TRANSITIONS, Action, State, action_when_settled, next_state
from app.domain.eligibility import InductionStatus, TeacherRecord
from app.domain.funding import (
    EARLY_ROLL_OUT_ENDED_ON,
    FINISHED,
    MentorFlag,
    MentorReason,
    Source,
    ect_funding,
    finished_before,
    flags_after,
    imported_flag,
    mentor_funding,
    read_again,
    set_by_hand,
    settled_by,
)
from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType

ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
STARTS = date(2025, 9, 1)
FINE = TeacherRecord("3001234", "Aoife O’Brien", True, InductionStatus.IN_PROGRESS)
NO_QTS = {"qts_awarded": False}
PROHIBITED = {"prohibited": True}
PASSED_BEFORE = {"induction_status": InductionStatus.PASSED, "induction_completed_on": STARTS}
PASSED_SINCE = {"induction_status": InductionStatus.PASSED, "induction_completed_on": date(2025, 9, 2)}


@pytest.mark.parametrize(
    ("facts", "first", "after_true"),
    [
        ({}, True, True),
        (NO_QTS, None, True),
        (PROHIBITED, False, False),
        (PASSED_BEFORE, False, False),
        (PASSED_SINCE, True, True),
        (NO_QTS | PROHIBITED, None, False),
        (NO_QTS | PASSED_BEFORE, None, False),
        ({"induction_status": InductionStatus.PASSED}, True, True),
        ({"induction_status": InductionStatus.EXEMPT, "induction_completed_on": STARTS}, True, True),
    ],
)
def test_an_ects_funding_follows_the_teacher_record(
    facts: dict[str, Any], first: bool | None, after_true: bool
) -> None:
    record = replace(FINE, **facts)
    assert ect_funding(record, STARTS) is first
    assert ect_funding(record, STARTS, True) is after_true
    assert ect_funding(record, STARTS, False) is False


@pytest.mark.parametrize("status", InductionStatus)
def test_an_induction_passed_or_failed_by_the_first_day_of_training_was_finished(
    status: InductionStatus,
) -> None:
    for ended_on, over in (
        (date(2025, 8, 31), True),
        (STARTS, True),
        (date(2025, 9, 2), False),
        (None, False),
    ):
        record = replace(FINE, induction_status=status, induction_completed_on=ended_on)
        assert finished_before(record, STARTS) is (over and status in FINISHED)


RECORDS = st.builds(
    replace,
    st.just(FINE),
    qts_awarded=st.booleans(),
    prohibited=st.booleans(),
    induction_status=st.sampled_from(InductionStatus),
    induction_completed_on=st.none() | st.dates(date(2025, 8, 1), date(2025, 10, 1)),
)
LATER: dict[bool | None, set[bool | None]] = {None: {None, True, False}, True: {True, False}, False: {False}}


@given(st.lists(RECORDS, max_size=8))
def test_an_ects_funding_never_goes_back(records: list[TeacherRecord]) -> None:
    funding: bool | None = None
    for record in records:
        before, funding = funding, ect_funding(record, STARTS, funding)
        assert funding in LATER[before]
        assert read_again(ECT, before, by_hand=False) or funding is before
        if settled_by(before, funding):
            assert action_when_settled(funding, statement_open=True) is not None


DECLARED = MentorFlag(MentorReason.COMPLETED_DECLARATION_RECEIVED, Source.DECLARATION, date(2026, 1, 5))
EARLY = imported_flag(MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT, date(2020, 1, 1))
UNFINISHED = imported_flag(MentorReason.STARTED_NOT_COMPLETED, date(2023, 7, 31))


def test_the_early_roll_out_ended_on_19_april_2021_whatever_the_file_says() -> None:
    assert EARLY.ended_on == EARLY_ROLL_OUT_ENDED_ON == date(2021, 4, 19)
    assert UNFINISHED.ended_on == date(2023, 7, 31)
    assert {EARLY.source, UNFINISHED.source} == {Source.IMPORT}


def test_a_completed_declaration_cannot_be_imported() -> None:
    with pytest.raises(Refused, match="^reason: not_importable$"):
        imported_flag(MentorReason.COMPLETED_DECLARATION_RECEIVED, date(2026, 1, 5))


def test_any_flag_stops_a_mentors_funding() -> None:
    assert mentor_funding(())
    for count in (1, 2, 3):
        for flags in combinations((UNFINISHED, EARLY, DECLARED), count):
            assert not mentor_funding(flags)


def after(flags: set[MentorFlag], before: State | None, now: State) -> frozenset[MentorFlag]:
    return flags_after(flags, MENTOR, DeclarationType.COMPLETED, DECLARED.ended_on, before, now)


@pytest.mark.parametrize("imported", [set(), {EARLY}, {UNFINISHED}, {EARLY, UNFINISHED}])
def test_a_live_completed_mentor_declaration_sets_a_flag_and_voiding_takes_only_that_away(
    imported: set[MentorFlag],
) -> None:
    for now in (State.SUBMITTED, State.ELIGIBLE):
        assert after(imported, None, now) == imported | {DECLARED}
    assert after(imported, None, State.INELIGIBLE) == imported
    declared = imported | {DECLARED}
    for before, now in (
        (State.SUBMITTED, State.VOIDED),
        (State.SUBMITTED, State.INELIGIBLE),
        (State.ELIGIBLE, State.VOIDED),
        (State.PAYABLE, State.VOIDED),
        (State.PAID, State.AWAITING_CLAWBACK),
    ):
        assert after(declared, before, now) == imported
        assert mentor_funding(after(declared, before, now)) is not bool(imported)


def test_another_providers_duplicate_takes_nothing_away() -> None:
    assert after({DECLARED}, None, State.INELIGIBLE) == {DECLARED}
    assert after({DECLARED}, State.INELIGIBLE, State.VOIDED) == {DECLARED}
    assert after({DECLARED}, State.AWAITING_CLAWBACK, State.CLAWED_BACK) == {DECLARED}


@pytest.mark.parametrize(("course", "declaration_type"), list(product(Course, DeclarationType)))
def test_no_other_declaration_touches_the_flags(course: Course, declaration_type: DeclarationType) -> None:
    if (course, declaration_type) == (MENTOR, DeclarationType.COMPLETED):
        return
    day = date(2026, 1, 5)
    assert flags_after({EARLY}, course, declaration_type, day, None, State.ELIGIBLE) == {EARLY}
    assert flags_after({DECLARED}, course, declaration_type, day, State.PAID, State.VOIDED) == {DECLARED}


@given(st.lists(st.sampled_from(Action), max_size=30), st.sets(st.sampled_from([EARLY, UNFINISHED])))
def test_the_flag_is_there_exactly_while_the_declaration_lives(
    actions: list[Action], imported: set[MentorFlag]
) -> None:
    state: State | None = None
    flags = frozenset(imported)
    for action in actions:
        if any(row.action is action and state in row.from_ for row in TRANSITIONS):
            before, state = state, next_state(action, state)
            flags = flags_after(flags, MENTOR, DeclarationType.COMPLETED, DECLARED.ended_on, before, state)
            assert flags == imported | ({DECLARED} if state in LIVE else set())


@pytest.mark.parametrize(
    ("before", "now", "settled"),
    [
        (None, None, False),
        (None, True, True),
        (None, False, True),
        (True, True, False),
        (True, False, True),
        (False, True, True),
        (False, False, False),
        (True, None, False),
    ],
)
def test_funding_is_settled_by_the_write_that_makes_it_known(
    before: bool | None, now: bool | None, settled: bool
) -> None:
    assert settled_by(before, now) is settled


@pytest.mark.parametrize(
    ("course", "funding", "again"),
    [
        (ECT, None, True),
        (ECT, True, True),
        (ECT, False, False),
        (MENTOR, True, True),
        (MENTOR, False, True),
    ],
)
def test_the_daily_job_leaves_alone_what_is_refused_or_set_by_hand(
    course: Course, funding: bool | None, again: bool
) -> None:
    assert read_again(course, funding, by_hand=False) is again
    assert read_again(course, funding, by_hand=True) is False


def test_funding_set_by_hand_needs_a_note() -> None:
    assert set_by_hand(" Seen the certificate ") == "Seen the certificate"
    for note in ("", " ", "\n"):
        with pytest.raises(Refused, match="^note: blank$"):
            set_by_hand(note)


def test_reasons_are_spelt_as_the_api_does_in_the_order_of_precedence() -> None:
    assert list(map(str, MentorReason)) == [
        "completed_declaration_received",
        "completed_during_early_roll_out",
        "started_not_completed",
    ]
