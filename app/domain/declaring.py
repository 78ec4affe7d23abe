"""Declaring: what a lead provider sends, what has to be known about it, and the checks in their order.

Provider API, “Declarations”, the POST checks. What was sent is never repeated in a refusal: it may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from app.domain.days import LONDON
from app.domain.declarations import Evidence, evidence_rule, read_evidence
from app.domain.participants import TrainingStatus
from app.domain.refusals import Refused
from app.domain.schedules import (
    OPEN_TO_MENTORS_FOR_GOOD,
    Course,
    DeclarationType,
    Milestone,
    binding,
    holds,
    milestone_of,
    opens,
)
from app.domain.training import read_attribute

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Enter {attribute}",
        "participant_unknown": "Enter the participant_id of somebody who trains with you",
        "course_unknown": "Enter ecf-induction or ecf-mentor as the course_identifier",
        "course_not_theirs": "This participant does not train with you on this course. Check the course_identifier",
        "deferred": "This participant’s training is deferred. Resume it before you declare",
        "withdrawn": (
            "This participant’s training was withdrawn on {withdrawn_on}. Enter a declaration_date before that day"
        ),
        "not_rfc_3339": (
            "Enter the declaration_date as an RFC 3339 date and time with its offset, like 2025-09-01T09:30:00Z"
        ),
        "not_real": "Enter a declaration_date that exists. Hours are 00 to 23, minutes and seconds 00 to 59",
        "in_future": "The declaration_date must be in the past",
        "type_unknown": "Enter one of these as the declaration_type: {allowed}",
        "not_on_schedule": "This participant’s schedule has no {declaration_type}. It has {allowed}",
        "before_milestone": "The declaration_date for {declaration_type} must be on or after {starts_on}",
        "after_milestone": "The declaration_date for {declaration_type} must be on or before {ends_on}",
        "contract_ended": "The contract for the {cohort} cohort has ended: there is no open statement left",
        "not_for_mentors": "Declare only started or completed for mentors in the {cohort} cohort",
        "evidence_unknown": "Enter one of these as evidence_held: {allowed}",
        "already_declared": "You have already declared {declaration_type} for this participant. Void that first",
    }
)
"""The sentence of every refusal; the placeholders are its details. The title is its field."""

_SHAPE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)


def read_moment(text: str) -> datetime:
    """The instant, in UTC, that an RFC 3339 date and time names; `t` and `z` may be small.

    Digits finer than a microsecond are dropped. Raises Refused, in `declaration_date`: `not_rfc_3339` for
    another shape, with no offset for one; `not_real` for what no calendar or clock shows, for leap seconds and
    24:00, which nothing here could store, and for what falls outside the years 1 to 9999 in UTC.
    """
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise Refused("not_rfc_3339", "declaration_date")
    *parts, fraction, sign, hours, minutes = shape.groups()
    year, month, day, hour, minute, second = map(int, parts)
    try:
        local = datetime(
            year, month, day, hour, minute, second, int((fraction or "")[:6].ljust(6, "0")), tzinfo=UTC
        )
        ahead = time(int(hours or 0), int(minutes or 0))
        offset = timedelta(hours=ahead.hour, minutes=ahead.minute)
        return local + offset if sign == "-" else local - offset
    except (ValueError, OverflowError):
        raise Refused("not_real", "declaration_date") from None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A declaration as it was sent, each attribute as text; None when it is missing, null or blank."""

    participant_id: str | None
    declaration_type: str | None
    declaration_date: str | None
    course_identifier: str | None
    evidence_held: str | None = None

    @classmethod
    def read(cls, attributes: Mapping[str, object]) -> Attempt:
        """The attempt in a body’s attributes, whatever they hold; the ones not asked for are ignored."""
        return cls(*(read_attribute(attributes, field.name) for field in fields(cls)))

    @property
    def course(self) -> Course | None:
        """The course, if it is one."""
        return next((each for each in Course if each == self.course_identifier), None)

    @property
    def declared_type(self) -> DeclarationType | None:
        """The declaration type, if it is one."""
        return next((each for each in DeclarationType if each == self.declaration_type), None)

    @property
    def declared_at(self) -> datetime | None:
        """The declaration date in UTC, if it can be read."""
        try:
            return read_moment(self.declaration_date or "")
        except Refused:
            return None


@dataclass(frozen=True, slots=True)
class Training:
    """What is known of somebody’s training with the caller on the course declared for.

    `withdrawn_on` is the London day of the withdrawal. `milestones` are the schedule’s, as stored.
    `statement_open` says that the caller has an open output statement of the cohort to come, `declared` that
    a live declaration of the caller’s own has the attempt’s type.
    """

    course: Course
    status: TrainingStatus
    cohort: int
    milestones: tuple[Milestone, ...]
    mentor_funding: bool
    detailed_evidence: bool
    statement_open: bool
    declared: bool
    withdrawn_on: date | None = None

    def milestone(self, declaration_type: DeclarationType) -> Milestone | None:
        """When a type may be dated, as it binds this course; None when it isn’t on the schedule."""
        return milestone_of(binding(self.milestones, self.course, self.mentor_funding), declaration_type)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an attempt: is the participant one of the caller’s, and what do they train in.

    `training` is None when the participant isn’t known, the course isn’t one, or they don’t train in it.
    """

    participant_known: bool
    training: Training | None


Check = Callable[[Attempt, Facts, datetime], None]


def _in_training(check: Callable[[Attempt, Training], None]) -> Check:
    """A check that waits until it is known what the participant trains in."""

    def checked(attempt: Attempt, facts: Facts, _now: datetime) -> None:
        if facts.training is not None:
            check(attempt, facts.training)

    return checked


def _require(attempt: Attempt, name: str) -> str:
    text: str | None = getattr(attempt, name)
    if text is None:
        raise Refused("missing", name, attribute=name)
    return text


def _participant(attempt: Attempt, facts: Facts, _now: datetime) -> None:
    _require(attempt, "participant_id")
    if not facts.participant_known:
        raise Refused("participant_unknown", "participant_id")


def _course(attempt: Attempt, facts: Facts, _now: datetime) -> None:
    _require(attempt, "course_identifier")
    if attempt.course is None:
        raise Refused("course_unknown", "course_identifier")
    if facts.participant_known and facts.training is None:
        raise Refused("course_not_theirs", "course_identifier")


@_in_training
def _not_deferred(_attempt: Attempt, training: Training) -> None:
    if training.status is TrainingStatus.DEFERRED:
        raise Refused("deferred", "participant_id")


@_in_training
def _not_withdrawn(attempt: Attempt, training: Training) -> None:
    at, withdrawn_on = attempt.declared_at, training.withdrawn_on
    if training.status is not TrainingStatus.WITHDRAWN or withdrawn_on is None or at is None:
        return
    if at >= datetime.combine(withdrawn_on, time(), LONDON):
        raise Refused("withdrawn", "participant_id", withdrawn_on=withdrawn_on)


def _date(attempt: Attempt, _facts: Facts, now: datetime) -> None:
    if read_moment(_require(attempt, "declaration_date")) > now:
        raise Refused("in_future", "declaration_date")


def _type(attempt: Attempt, facts: Facts, _now: datetime) -> None:
    _require(attempt, "declaration_type")
    if attempt.declared_type is None:
        raise Refused("type_unknown", "declaration_type", allowed=", ".join(DeclarationType))
    training = facts.training
    if training is not None and training.milestone(attempt.declared_type) is None:
        on_it = ", ".join(each.declaration_type for each in training.milestones)
        raise Refused(
            "not_on_schedule", "declaration_type", declaration_type=attempt.declared_type, allowed=on_it
        )


@_in_training
def _milestone(attempt: Attempt, training: Training) -> None:
    at = attempt.declared_at
    milestone = training.milestone(attempt.declared_type) if attempt.declared_type else None
    if at is None or milestone is None or holds(milestone, at):
        return
    bounds = {"starts_on": milestone.starts_on, "ends_on": milestone.ends_on}
    reason = "before_milestone" if at < opens(milestone) else "after_milestone"
    raise Refused(reason, "declaration_date", declaration_type=milestone.declaration_type, **bounds)


@_in_training
def _contract(_attempt: Attempt, training: Training) -> None:
    if not training.statement_open:
        raise Refused("contract_ended", "cohort", cohort=training.cohort)


@_in_training
def _mentor_types(attempt: Attempt, training: Training) -> None:
    if (
        training.course is not Course.ECF_MENTOR
        or not training.mentor_funding
        or attempt.declared_type is None
    ):
        return
    if attempt.declared_type not in OPEN_TO_MENTORS_FOR_GOOD:
        raise Refused("not_for_mentors", "declaration_type", cohort=training.cohort)


def evidence_to_store(attempt: Attempt, training: Training) -> Evidence | None:
    """What an attempt’s evidence is stored as; None for none. Raises Refused as `read_evidence` does."""
    if attempt.declared_type is None:
        return None
    rule = evidence_rule(training.detailed_evidence, training.course, attempt.declared_type)
    return read_evidence(rule, attempt.evidence_held)


@_in_training
def _evidence(attempt: Attempt, training: Training) -> None:
    evidence_to_store(attempt, training)


@_in_training
def _once(attempt: Attempt, training: Training) -> None:
    if attempt.declared_type is not None and training.declared:
        raise Refused("already_declared", "base", declaration_type=attempt.declared_type)


CHECKS: tuple[Check, ...] = (
    _participant,
    _course,
    _not_deferred,
    _not_withdrawn,
    _date,
    _type,
    _milestone,
    _contract,
    _mentor_types,
    _evidence,
    _once,
)


def refusals(attempt: Attempt, facts: Facts, now: datetime) -> tuple[Refused, ...]:
    """Everything that stands against an attempt at `now` (UTC), in the order of the checks; () for nothing.

    The first failure of each attribute. A check is skipped while what it rests on can’t be read: nobody’s
    milestones are known before their course is. The database holds the rule of the last check again.
    """
    found: dict[str, Refused] = {}
    for check in CHECKS:
        try:
            check(attempt, facts, now)
        except Refused as refused:
            found.setdefault(refused.field, refused)
    return tuple(found.values())
