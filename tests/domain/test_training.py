from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.declarations import LiveDeclaration
from app.domain.participants import TrainingStatus
from app.domain.refusals import Refused
from app.domain.schedules import IDENTIFIERS, Course, DeclarationType, milestones
from app.domain.training import (
    MESSAGES,
    Action,
    Change,
    ChangeFacts,
    DeferralReason,
    Move,
    Place,
    WithdrawalReason,
    change_schedule,
    missing,
    move,
    next_status,
    read_change,
    reasons,
)

ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
ACTIVE, DEFERRED, WITHDRAWN = TrainingStatus.ACTIVE, TrainingStatus.DEFERRED, TrainingStatus.WITHDRAWN
# The table as Provider API prints it, written out once more on purpose.
TABLE = {
    (ACTIVE, Action.DEFER): DEFERRED,
    (ACTIVE, Action.WITHDRAW): WITHDRAWN,
    (ACTIVE, Action.RESUME): "participant_profile: already_active",
    (ACTIVE, Action.CHANGE_SCHEDULE): ACTIVE,
    (DEFERRED, Action.DEFER): "participant_profile: already_deferred",
    (DEFERRED, Action.WITHDRAW): WITHDRAWN,
    (DEFERRED, Action.RESUME): ACTIVE,
    (DEFERRED, Action.CHANGE_SCHEDULE): "participant_id: deferred",
    (WITHDRAWN, Action.DEFER): "participant_profile: already_withdrawn",
    (WITHDRAWN, Action.WITHDRAW): "participant_profile: already_withdrawn",
    (WITHDRAWN, Action.RESUME): ACTIVE,
    (WITHDRAWN, Action.CHANGE_SCHEDULE): "participant_id: withdrawn",
}


def told(refused: Refused) -> str:
    assert "{" not in MESSAGES[refused.reason].format(**refused.detail)
    return str(refused)


def outcome_of(rule: Callable[..., object], *given_: object) -> object:
    try:
        return rule(*given_)
    except Refused as refused:
        return told(refused)


@pytest.mark.parametrize(("status", "action"), list(product(TrainingStatus, Action)))
def test_the_table_decides_every_action_from_every_status(status: TrainingStatus, action: Action) -> None:
    assert outcome_of(next_status, action, status) == TABLE[status, action]


@given(st.lists(st.sampled_from(Action), max_size=30))
def test_any_walk_can_be_resumed_unless_training_is_active(actions: list[Action]) -> None:
    status = ACTIVE
    for action in actions:
        if isinstance(TABLE[status, action], TrainingStatus):
            status = next_status(action, status)
    assert status is ACTIVE or next_status(Action.RESUME, status) is ACTIVE


DEFERRALS = ["bereavement", "long-term-sickness", "parental-leave", "career-break", "other"]
WITHDRAWALS = ["left-teaching-profession", "moved-school", "switched-to-school-led", "other"]
FOR_MENTORS = [*WITHDRAWALS[:2], "mentor-no-longer-being-mentor", *WITHDRAWALS[2:]]


def test_reasons_are_those_of_the_api() -> None:
    assert reasons(Action.DEFER, ECT) == reasons(Action.DEFER, MENTOR) == tuple(DEFERRALS)
    assert reasons(Action.WITHDRAW, ECT) == tuple(WITHDRAWALS)
    assert reasons(Action.WITHDRAW, MENTOR) == tuple(FOR_MENTORS)
    assert reasons(Action.RESUME, ECT) == reasons(Action.CHANGE_SCHEDULE, MENTOR) == ()


BOTH = {ECT: ACTIVE, MENTOR: ACTIVE}
SENT = {"course_identifier": "ecf-mentor", "reason": "other"}
LEAVES = {"course_identifier": "ecf-mentor", "reason": "mentor-no-longer-being-mentor"}


def test_a_move_names_course_status_and_reason() -> None:
    assert move(Action.DEFER, SENT, BOTH) == Move(MENTOR, DEFERRED, DeferralReason.OTHER)
    stopped = WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR
    assert move(Action.WITHDRAW, LEAVES, BOTH) == Move(MENTOR, WITHDRAWN, stopped)
    assert move(Action.RESUME, {**SENT, "reason": "?"}, {MENTOR: WITHDRAWN}) == Move(MENTOR, ACTIVE, None)


@pytest.mark.parametrize(
    ("action", "attributes", "statuses", "expected"),
    [
        (Action.DEFER, SENT, {}, "participant_id: participant_unknown"),
        (Action.DEFER, {"reason": "other"}, BOTH, "course_identifier: missing"),
        (Action.DEFER, {**SENT, "course_identifier": "ecf"}, BOTH, "course_identifier: course_unknown"),
        (Action.DEFER, {**SENT, "course_identifier": []}, BOTH, "course_identifier: course_unknown"),
        (Action.DEFER, SENT, {ECT: ACTIVE}, "course_identifier: course_not_theirs"),
        (Action.DEFER, {"course_identifier": "ecf-mentor"}, BOTH, "reason: missing"),
        (Action.DEFER, {**SENT, "reason": "moved-school"}, BOTH, "reason: reason_unknown"),
        (Action.WITHDRAW, {**SENT, "reason": "career-break"}, BOTH, "reason: reason_unknown"),
        (Action.WITHDRAW, {**SENT, "reason": 7}, {MENTOR: WITHDRAWN}, "reason: reason_unknown"),
        (Action.WITHDRAW, {**LEAVES, "course_identifier": "ecf-induction"}, BOTH, "reason: reason_unknown"),
        (Action.DEFER, SENT, {MENTOR: DEFERRED}, "participant_profile: already_deferred"),
        (Action.RESUME, SENT, {ECT: WITHDRAWN, MENTOR: ACTIVE}, "participant_profile: already_active"),
    ],
)
def test_the_first_thing_wrong_with_a_move_is_told(
    action: Action, attributes: dict[str, object], statuses: dict[Course, TrainingStatus], expected: str
) -> None:
    assert outcome_of(move, action, attributes, statuses) == expected


@pytest.mark.parametrize("value", [None, "", " "])
def test_each_missing_attribute_has_its_entry(value: object) -> None:
    blank = dict.fromkeys(("course_identifier", "reason", "schedule_identifier"), value)
    absent = {action: [told(each) for each in missing(action, blank)] for action in Action}
    with_reason = ["course_identifier: missing", "reason: missing"]
    assert absent == {
        Action.DEFER: with_reason,
        Action.WITHDRAW: with_reason,
        Action.RESUME: ["course_identifier: missing"],
        Action.CHANGE_SCHEDULE: ["schedule_identifier: missing", "course_identifier: missing"],
    }
    assert [told(each) for each in missing(Action.DEFER, {})] == with_reason
    assert missing(Action.WITHDRAW, dict.fromkeys(blank, 0)) == ()


ASKED = {"course_identifier": "ecf-induction", "schedule_identifier": "ecf-standard-january"}
COHORTS = (2021, 2024, 2025)


@pytest.mark.parametrize(("cohort", "read"), [(None, None), (" ", None), ("2024", 2024), (2021, 2021)])
def test_a_cohort_is_text_or_a_number_or_the_participants_own(cohort: object, read: int | None) -> None:
    assert read_change({**ASKED, "cohort": cohort}, BOTH, COHORTS) == Change(
        ECT, "ecf-standard-january", read
    )


NO_COHORTS = ("2023", 2022, "24", "\N{FULLWIDTH DIGIT TWO}024", " 2024", 2024.0, True, ["2024"], "\x00")


@pytest.mark.parametrize("cohort", NO_COHORTS)
def test_any_other_cohort_is_unknown(cohort: object) -> None:
    asked = {**ASKED, "cohort": cohort}
    assert outcome_of(read_change, asked, BOTH, COHORTS) == "cohort: cohort_unknown"


@pytest.mark.parametrize(
    ("attributes", "statuses", "expected"),
    [
        (ASKED, {}, "participant_id: participant_unknown"),
        ({**ASKED, "schedule_identifier": "?"}, {ECT: DEFERRED}, "participant_id: deferred"),
        ({**ASKED, "schedule_identifier": "?"}, {ECT: WITHDRAWN}, "participant_id: withdrawn"),
        ({"course_identifier": "ecf-induction"}, BOTH, "schedule_identifier: missing"),
        ({**ASKED, "schedule_identifier": "ecf-standard-may"}, BOTH, "schedule_identifier: schedule_unknown"),
        ({**ASKED, "schedule_identifier": {}, "cohort": "?"}, BOTH, "schedule_identifier: schedule_unknown"),
    ],
)
def test_the_first_thing_wrong_with_a_change_is_told(
    attributes: dict[str, object], statuses: dict[Course, TrainingStatus], expected: str
) -> None:
    assert outcome_of(read_change, attributes, statuses, COHORTS) == expected


SEPTEMBER, JANUARY, EXTENDED = "ecf-standard-september", "ecf-standard-january", "ecf-extended-september"


def live(declaration_type: str, cohort: int, *day: int) -> LiveDeclaration:
    return LiveDeclaration(DeclarationType(declaration_type), datetime(*day, 12, tzinfo=UTC), cohort)  # type: ignore[arg-type, misc]


STARTED_2021 = live("started", 2021, 2021, 10, 1)
COMPLETED_2021 = live("completed", 2021, 2023, 3, 1)
STARTED_2024 = live("started", 2024, 2024, 10, 1)


def outcome(schedule: str = JANUARY, cohort: int | None = None, course: Course = ECT, **facts: Any) -> object:
    here: Place = facts.pop("here", Place(2024, SEPTEMBER))
    there = cohort or here.cohort
    known = ChangeFacts(here, milestones(there, schedule), there >= 2025, True, frozen=frozenset({2021}))
    return outcome_of(change_schedule, Change(course, schedule, cohort), replace(known, **facts))


def test_a_schedule_changes_within_the_cohort() -> None:
    assert outcome() == Place(2024, JANUARY)
    assert outcome(partnership_active=False) == Place(2024, JANUARY)
    assert outcome(here=Place(2024, EXTENDED, moved=True)) == Place(2024, JANUARY, moved=True)


def test_the_schedule_must_be_one_the_cohort_has_and_another_than_now() -> None:
    assert outcome(milestones=()) == "schedule_identifier: schedule_unknown"
    assert outcome(SEPTEMBER) == outcome(SEPTEMBER, 2024) == "schedule_identifier: schedule_held"
    assert outcome(SEPTEMBER, 2025) == Place(2025, SEPTEMBER)


def test_replacement_schedules_are_for_mentors() -> None:
    assert outcome("ecf-replacement-april") == "schedule_identifier: schedule_not_for_course"
    assert outcome("ecf-replacement-april", course=MENTOR) == Place(2024, "ecf-replacement-april")


OUTSIDE, NOT_ON = "schedule_identifier: outside_milestone", "schedule_identifier: type_not_on_schedule"


@pytest.mark.parametrize(
    ("schedule", "declared", "expected"),
    [
        (JANUARY, live("started", 2024, 2025, 1, 1), Place(2024, JANUARY)),
        (JANUARY, live("started", 2024, 2025, 3, 31), Place(2024, JANUARY)),
        (JANUARY, live("started", 2024, 2024, 12, 31), OUTSIDE),
        (JANUARY, live("started", 2024, 2025, 4, 1), OUTSIDE),
        (JANUARY, live("extended-1", 2024, 2025, 2, 1), NOT_ON),
        (EXTENDED, live("extended-1", 2024, 2025, 2, 1), Place(2024, EXTENDED)),
        (JANUARY, STARTED_2021, Place(2024, JANUARY)),
    ],
)
def test_live_declarations_must_fit_the_new_schedule(
    schedule: str, declared: LiveDeclaration, expected: Place | str
) -> None:
    assert outcome(schedule, live=(declared,)) == expected


def test_what_never_closes_for_mentors_fits_any_schedule_that_has_begun() -> None:
    facts: dict[str, Any] = {"here": Place(2025, SEPTEMBER), "live": (live("started", 2025, 2026, 5, 1),)}
    assert outcome(JANUARY, course=MENTOR, **facts) == Place(2025, JANUARY)
    assert outcome(JANUARY, **facts) == OUTSIDE


HERE_2021 = Place(2021, SEPTEMBER)
NOT_MOVED, NEEDS_EXTENDED = "cohort: declarations_in_cohort", "cohort: extended_needed"


@pytest.mark.parametrize(
    ("schedule", "cohort", "facts", "expected"),
    [
        (JANUARY, 2025, {}, Place(2025, JANUARY)),
        (JANUARY, 2025, {"live": (STARTED_2024,)}, NOT_MOVED),
        (JANUARY, 2025, {"partnership_active": False}, "cohort: no_partnership"),
        (JANUARY, 2025, {"live": (STARTED_2024,), "partnership_active": False}, NOT_MOVED),
        (EXTENDED, 2024, {"here": HERE_2021, "live": (STARTED_2021,)}, Place(2024, EXTENDED, True)),
        (JANUARY, 2024, {"here": HERE_2021}, Place(2024, JANUARY, True)),
        (JANUARY, 2024, {"here": HERE_2021, "live": (STARTED_2021,)}, NEEDS_EXTENDED),
        (EXTENDED, 2025, {"here": HERE_2021, "live": (STARTED_2021,)}, NOT_MOVED),
        (EXTENDED, 2024, {"here": HERE_2021, "live": (STARTED_2021, COMPLETED_2021)}, NOT_MOVED),
        (EXTENDED, 2024, {"here": HERE_2021, "live": (STARTED_2021,), "induction_finished": True}, NOT_MOVED),
        (EXTENDED, 2024, {"here": HERE_2021, "live": (STARTED_2021,), "course": MENTOR}, NOT_MOVED),
        (EXTENDED, 2024, {"here": HERE_2021, "live": (STARTED_2021,), "frozen": frozenset()}, NOT_MOVED),
    ],
)
def test_nobody_declared_for_changes_cohort_but_unfinished_ects_whose_payments_froze(
    schedule: str, cohort: int, facts: dict[str, Any], expected: Place | str
) -> None:
    assert outcome(schedule, cohort, **facts) == expected


MOVED = Place(2024, EXTENDED, moved=True)


@pytest.mark.parametrize(
    ("schedule", "facts", "expected"),
    [
        (SEPTEMBER, {"here": MOVED, "live": (STARTED_2021,)}, HERE_2021),
        (JANUARY, {"here": MOVED, "live": (STARTED_2021,)}, OUTSIDE),
        (SEPTEMBER, {"here": MOVED, "live": (STARTED_2021, STARTED_2024)}, NOT_MOVED),
        (SEPTEMBER, {"here": replace(MOVED, moved=False), "live": (STARTED_2021,)}, NOT_MOVED),
        (SEPTEMBER, {"here": MOVED, "partnership_active": False}, "cohort: no_partnership"),
    ],
)
def test_whoever_was_moved_may_go_back_until_declared_for_there(
    schedule: str, facts: dict[str, Any], expected: Place | str
) -> None:
    assert outcome(schedule, 2021, **facts) == expected


@given(
    st.sampled_from(IDENTIFIERS),
    st.sampled_from([None, 2021, 2024, 2025]),
    st.sampled_from(Course),
    st.lists(st.sampled_from([STARTED_2021, COMPLETED_2021, STARTED_2024]), unique=True),
)
def test_a_change_always_lands_where_it_was_asked_to(
    schedule: str, cohort: int | None, course: Course, declared: list[LiveDeclaration]
) -> None:
    after = outcome(schedule, cohort, course, live=tuple(declared))
    if isinstance(after, Place):
        assert (after.cohort, after.schedule) == (cohort or 2024, schedule)
        assert after != Place(2024, SEPTEMBER)
