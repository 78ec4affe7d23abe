"""Whether somebody’s training can be paid for: `eligible_for_funding`, and what says that a mentor’s can’t.

Provider API, “Declarations”, Funding. For an ECT it follows from the teacher record, at registration and in the daily
job; for a mentor from flags, kept by TRN. None is “not known yet”. Days are London days.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.declarations import LIVE, State
from app.domain.eligibility import InductionStatus, TeacherRecord
from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType

FINISHED = frozenset({InductionStatus.PASSED, InductionStatus.FAILED, InductionStatus.FAILED_IN_WALES})
"""Inductions that have been gone through. Exempt ones never began, and bar from being registered."""


def finished_before(record: TeacherRecord, training_starts_on: date) -> bool:
    """Whether the induction was over when training started.

    One without a date was finished after registration, which it would have barred: not before training.
    """
    ended_on = record.induction_completed_on
    return record.induction_status in FINISHED and ended_on is not None and ended_on <= training_starts_on


def ect_funding(record: TeacherRecord, training_starts_on: date, before: bool | None = None) -> bool | None:
    """Whether an ECT’s training can be paid for, read again; `before` is what was last decided.

    It only ever goes from None to True or False, and from True to False: what was paid for in good faith isn’t
    forgotten when a record loses its qualified teacher status, and a refusal is taken back by hand only.
    """
    if before is False:
        return False
    if not record.qts_awarded and before is None:
        return None
    return not record.prohibited and not finished_before(record, training_starts_on)


class MentorReason(StrEnum):
    """Why a mentor’s training can’t be paid for, as the API spells it: the first that holds is shown."""

    COMPLETED_DECLARATION_RECEIVED = "completed_declaration_received"
    COMPLETED_DURING_EARLY_ROLL_OUT = "completed_during_early_roll_out"
    STARTED_NOT_COMPLETED = "started_not_completed"


class Source(StrEnum):
    """Where a flag comes from. Only a declaration’s own goes away again."""

    DECLARATION = "declaration"
    IMPORT = "import"


IMPORTED = frozenset({MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT, MentorReason.STARTED_NOT_COMPLETED})
EARLY_ROLL_OUT_ENDED_ON = date(2021, 4, 19)


@dataclass(frozen=True, slots=True)
class MentorFlag:
    """A reason not to pay for a mentor’s training, where it comes from, and the day their funding ended."""

    reason: MentorReason
    source: Source
    ended_on: date


def imported_flag(reason: MentorReason, ended_on: date) -> MentorFlag:
    """A flag as an importer brings it; the early roll-out ended on one day, whatever the file says.

    Raises Refused("not_importable", "reason") for what only a declaration says.
    """
    if reason not in IMPORTED:
        raise Refused("not_importable", "reason")
    early = reason is MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT
    return MentorFlag(reason, Source.IMPORT, EARLY_ROLL_OUT_ENDED_ON if early else ended_on)


def mentor_funding(flags: Collection[MentorFlag]) -> bool:
    """Whether a mentor’s training can be paid for: unless a flag is set. Never unknown."""
    return not flags


def flags_after(
    flags: Collection[MentorFlag],
    course: Course,
    declaration_type: DeclarationType,
    declared_on: date,
    before: State | None,
    after: State,
) -> frozenset[MentorFlag]:
    """A mentor’s flags once a declaration has gone from one state (None when it is new) to another.

    A completed mentor declaration sets one while it is live, and takes its own away when it no longer is:
    voided, or clawed back. An imported flag stays. `declared_on` is the London day of the declaration date.
    """
    if course is not Course.ECF_MENTOR or declaration_type is not DeclarationType.COMPLETED:
        return frozenset(flags)
    kept = frozenset(flag for flag in flags if flag.source is not Source.DECLARATION)
    if after in LIVE:
        return kept | {
            MentorFlag(MentorReason.COMPLETED_DECLARATION_RECEIVED, Source.DECLARATION, declared_on)
        }
    return kept if before in LIVE else frozenset(flags)


def settled_by(before: bool | None, after: bool | None) -> bool:
    """Whether a write settles funding: it is known now, and wasn’t, or was known otherwise.

    Then the submitted declarations move in the same transaction, as `declarations.action_when_settled` says.
    """
    return after is not None and after is not before


def read_again(course: Course, funding: bool | None, *, by_hand: bool) -> bool:
    """Whether the daily job decides this again: not what DfE set by hand, nor an ECT’s refusal.

    A mentor’s follows the flags, both ways.
    """
    return not by_hand and (course is Course.ECF_MENTOR or funding is not False)


DAYS_BETWEEN_READINGS = {None: 1, True: 7}
"""How often an ECT’s teacher record is read again: daily until funding is known, then weekly for what may bar it."""


def set_by_hand(note: str) -> str:
    """The note that goes with funding set by hand, trimmed. Raises Refused("blank", "note") without one."""
    if not note.strip():
        raise Refused("blank", "note")
    return note.strip()
