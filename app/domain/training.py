"""The lead provider’s word on somebody’s training: defer, withdraw, resume, and another schedule.

Provider API, “training_status” and “change-schedule”. `MOVES` is the one table. The
school’s word is in participant_status, and the two may disagree. What was sent is never repeated in a refusal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from app.domain.cohorts import AFTER_PAYMENTS_FROZEN
from app.domain.declarations import LiveDeclaration, check_on_schedule
from app.domain.participants import TrainingStatus
from app.domain.refusals import Refused
from app.domain.schedules import (
    IDENTIFIERS,
    Course,
    DeclarationType,
    Kind,
    Milestone,
    binding,
    kind_and_season,
    suits,
)

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Enter {attribute}",
        "participant_unknown": "Enter the id of a participant who trains with you",
        "course_unknown": "Enter ecf-induction or ecf-mentor as the course_identifier",
        "course_not_theirs": "This participant does not train with you on this course. Check the course_identifier",
        "already_active": "This participant’s training is already active",
        "already_deferred": "This participant’s training is already deferred",
        "already_withdrawn": "This participant’s training is already withdrawn",
        "deferred": "This participant’s training is deferred. Resume it before you change the schedule",
        "withdrawn": "This participant’s training is withdrawn. Resume it before you change the schedule",
        "reason_unknown": "Enter one of these as the reason: {allowed}",
        "schedule_unknown": "Enter the schedule_identifier of a schedule the cohort has, like ecf-standard-september",
        "schedule_held": "This participant is already on this schedule. Enter another schedule_identifier",
        "schedule_not_for_course": "This schedule is for mentors. Enter one that is not a replacement schedule",
        "type_not_on_schedule": "{declaration_type} was declared and is not on this schedule. Void it first",
        "outside_milestone": "{declaration_type} was declared for a day this schedule does not allow. Void it first",
        "cohort_unknown": "Enter the cohort as the year it starts in, like {example}",
        "declarations_in_cohort": "Void this participant’s declarations in the {cohort} cohort before you change it",
        "extended_needed": "Enter an extended schedule to move this participant to the {cohort} cohort",
        "no_partnership": "You have no active partnership with this participant’s school in the {cohort} cohort",
    }
)
"""The sentence of every refusal; the placeholders are its details. The title is its field."""


class Action(StrEnum):
    """What a lead provider can do, as the paths of the API spell it."""

    DEFER = "defer"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    CHANGE_SCHEDULE = "change-schedule"


_ACTIVE, _DEFERRED, _WITHDRAWN = TrainingStatus.ACTIVE, TrainingStatus.DEFERRED, TrainingStatus.WITHDRAWN
_PROFILE, _ID = "participant_profile", "participant_id"

MOVES: Mapping[tuple[TrainingStatus, Action], TrainingStatus | tuple[str, str]] = MappingProxyType(
    {
        (_ACTIVE, Action.DEFER): _DEFERRED,
        (_ACTIVE, Action.WITHDRAW): _WITHDRAWN,
        (_ACTIVE, Action.RESUME): ("already_active", _PROFILE),
        (_ACTIVE, Action.CHANGE_SCHEDULE): _ACTIVE,
        (_DEFERRED, Action.DEFER): ("already_deferred", _PROFILE),
        (_DEFERRED, Action.WITHDRAW): _WITHDRAWN,
        (_DEFERRED, Action.RESUME): _ACTIVE,
        (_DEFERRED, Action.CHANGE_SCHEDULE): ("deferred", _ID),
        (_WITHDRAWN, Action.DEFER): ("already_withdrawn", _PROFILE),
        (_WITHDRAWN, Action.WITHDRAW): ("already_withdrawn", _PROFILE),
        (_WITHDRAWN, Action.RESUME): _ACTIVE,
        (_WITHDRAWN, Action.CHANGE_SCHEDULE): ("withdrawn", _ID),
    }
)
"""From a status by an action: the status after it, or the reason and the title of the refusal."""


def next_status(action: Action, status: TrainingStatus) -> TrainingStatus:
    """The status after an action. Raises Refused with a reason and a title from `MOVES`."""
    after = MOVES[status, action]
    if isinstance(after, TrainingStatus):
        return after
    raise Refused(*after)


class DeferralReason(StrEnum):
    """Why training pauses, as the API spells it."""

    BEREAVEMENT = "bereavement"
    LONG_TERM_SICKNESS = "long-term-sickness"
    PARENTAL_LEAVE = "parental-leave"
    CAREER_BREAK = "career-break"
    OTHER = "other"


class WithdrawalReason(StrEnum):
    """Why training with this provider ends, as the API spells it."""

    LEFT_TEACHING_PROFESSION = "left-teaching-profession"
    MOVED_SCHOOL = "moved-school"
    MENTOR_NO_LONGER_BEING_MENTOR = "mentor-no-longer-being-mentor"
    SWITCHED_TO_SCHOOL_LED = "switched-to-school-led"
    OTHER = "other"


Reason = DeferralReason | WithdrawalReason
MENTORS_ONLY = frozenset({WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR})


def reasons(action: Action, course: Course) -> tuple[Reason, ...]:
    """The reasons that can be given, in order; () for an action that takes none."""
    if action is Action.DEFER:
        return tuple(DeferralReason)
    if action is not Action.WITHDRAW:
        return ()
    return tuple(each for each in WithdrawalReason if each not in MENTORS_ONLY or course is Course.ECF_MENTOR)


_NOT_TEXT = "\N{REPLACEMENT CHARACTER}"


def read_attribute(attributes: Mapping[str, object], name: str) -> str | None:
    """An attribute of a body as text; None when it is missing, null or blank.

    What isn’t text becomes a text that nothing accepts: a number is no schedule.
    """
    value = attributes.get(name)
    text = value if isinstance(value, str) else _NOT_TEXT
    return text if value is not None and text.strip() else None


def _require(attributes: Mapping[str, object], name: str) -> str:
    text = read_attribute(attributes, name)
    if text is None:
        raise Refused("missing", name, attribute=name)
    return text


REQUIRED: Mapping[Action, tuple[str, ...]] = MappingProxyType(
    {
        Action.DEFER: ("course_identifier", "reason"),
        Action.WITHDRAW: ("course_identifier", "reason"),
        Action.RESUME: ("course_identifier",),
        Action.CHANGE_SCHEDULE: ("schedule_identifier", "course_identifier"),
    }
)


def missing(action: Action, attributes: Mapping[str, object]) -> tuple[Refused, ...]:
    """A refusal for each required attribute that isn’t there; () when all are. Ask this before anything else."""
    absent = (name for name in REQUIRED[action] if read_attribute(attributes, name) is None)
    return tuple(Refused("missing", name, attribute=name) for name in absent)


@dataclass(frozen=True, slots=True)
class Move:
    """A move that may be made: on which course, to which status, and the reason given, if the action takes one."""

    course: Course
    status: TrainingStatus
    reason: Reason | None


def move(action: Action, attributes: Mapping[str, object], statuses: Mapping[Course, TrainingStatus]) -> Move:
    """What an action sent to the API does, on the body’s `attributes`.

    `statuses` has each course the participant trains in with the caller; empty when the caller doesn’t know them.
    Raises the first Refused: participant, course, reason, then the table; `missing` for what isn’t there.
    """
    if not statuses:
        raise Refused("participant_unknown", "participant_id")
    named = _require(attributes, "course_identifier")
    course = next((each for each in Course if each == named), None)
    if course is None:
        raise Refused("course_unknown", "course_identifier")
    if course not in statuses:
        raise Refused("course_not_theirs", "course_identifier")
    reason = _read_reason(action, course, attributes) if "reason" in REQUIRED[action] else None
    return Move(course, next_status(action, statuses[course]), reason)


def _read_reason(action: Action, course: Course, attributes: Mapping[str, object]) -> Reason:
    text, fit = _require(attributes, "reason"), reasons(action, course)
    for reason in fit:
        if reason == text:
            return reason
    raise Refused("reason_unknown", "reason", allowed=", ".join(fit))


@dataclass(frozen=True, slots=True)
class Change:
    """What was asked for: another schedule for the training on `course`. `cohort` None keeps the participant’s own."""

    course: Course
    schedule: str
    cohort: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody trains now. `moved` is the flag `cohort_changed_after_payments_frozen`."""

    cohort: int
    schedule: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What decides a change: `here` is the place now, the next three speak of the place asked for.

    `milestones` are that schedule’s as stored, () when the cohort has no such schedule; `mentor_funding` is that
    cohort’s flag; `partnership_active` that the caller has an active one with the school there. `frozen` has the
    cohorts whose payments have stopped.
    """

    here: Place
    milestones: tuple[Milestone, ...]
    mentor_funding: bool
    partnership_active: bool
    live: tuple[LiveDeclaration, ...] = ()
    induction_finished: bool = False
    frozen: frozenset[int] = frozenset()


def read_change(
    attributes: Mapping[str, object],
    statuses: Mapping[Course, TrainingStatus],
    cohorts: Collection[int],
) -> Change:
    """The change asked for in a body’s `attributes`; `cohorts` are those there are, `statuses` as in `move`.

    Raises the first Refused: participant, course, a status that bars it, schedule, cohort.
    """
    course = move(Action.CHANGE_SCHEDULE, attributes, statuses).course
    schedule = _require(attributes, "schedule_identifier")
    if schedule not in IDENTIFIERS:
        raise Refused("schedule_unknown", "schedule_identifier")
    return Change(course, schedule, _read_cohort(attributes, cohorts))


def _read_cohort(attributes: Mapping[str, object], cohorts: Collection[int]) -> int | None:
    """The cohort, sent as text or as a number; None for the participant’s own."""
    sent = attributes.get("cohort")
    if sent is None or (isinstance(sent, str) and not sent.strip()):
        return None
    for cohort in cohorts:
        if sent == str(cohort) or (type(sent) is int and sent == cohort):
            return cohort
    raise Refused("cohort_unknown", "cohort", example=max(cohorts, default=AFTER_PAYMENTS_FROZEN))


def change_schedule(change: Change, facts: ChangeFacts) -> Place:
    """The place after a change. Raises the first Refused; titles `schedule_identifier` and `cohort`."""
    here = facts.here
    there = Place(here.cohort if change.cohort is None else change.cohort, change.schedule)
    if not facts.milestones:
        raise Refused("schedule_unknown", "schedule_identifier")
    if (there.cohort, there.schedule) == (here.cohort, here.schedule):
        raise Refused("schedule_held", "schedule_identifier")
    if not suits(there.schedule, change.course):
        raise Refused("schedule_not_for_course", "schedule_identifier")
    there_live = (each for each in facts.live if each.cohort == there.cohort)
    check_on_schedule(there_live, binding(facts.milestones, change.course, facts.mentor_funding))
    if there.cohort == here.cohort:
        return replace(there, moved=here.moved)
    _check_cohort(change.course, there, facts)
    if not facts.partnership_active:
        raise Refused("no_partnership", "cohort", cohort=there.cohort)
    return replace(there, moved=here.cohort in facts.frozen and there.cohort == AFTER_PAYMENTS_FROZEN)


def _check_cohort(course: Course, there: Place, facts: ChangeFacts) -> None:
    """Nobody with a live declaration changes cohort, but for those whose payments froze, and back."""
    here, live = facts.here, facts.live
    if not live or (
        here.moved and there.cohort in facts.frozen and {each.cohort for each in live} == {there.cohort}
    ):
        return
    unfinished = course is Course.ECF_INDUCTION and not facts.induction_finished
    onward = here.cohort in facts.frozen and there.cohort == AFTER_PAYMENTS_FROZEN
    completed = any(each.declaration_type is DeclarationType.COMPLETED for each in live)
    if not (onward and unfinished and not completed):
        raise Refused("declarations_in_cohort", "cohort", cohort=here.cohort)
    if kind_and_season(there.schedule)[0] is not Kind.EXTENDED:
        raise Refused("extended_needed", "cohort", cohort=there.cohort)
