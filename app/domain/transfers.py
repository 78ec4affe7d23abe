"""Transfers: somebody leaves one school and joins another, as the lead providers of both sides are told.

Provider API, “participant_status”, Transfers: a leaving record and the next joining record at another school, shown
to both sides; unpaired, to the leaving side only. Every day is a London day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.schedules import Course


class TransferType(StrEnum):
    """What changes with the school, as the API spells it; `unknown` while nobody else has registered the person."""

    NEW_SCHOOL = "new_school"
    NEW_PROVIDER = "new_provider"
    UNKNOWN = "unknown"


class TransferStatus(StrEnum):
    """Whether both dates have come, as the API spells it."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class SchoolRecord:
    """A training record of one person on one course, by whom and where.

    `finished_on` is its last day, None while it is open. `left_school` says that the person’s time at the school
    ends with it: records also end when the provider or the programme changes. `lead_provider_id` is None for
    school-led training; `partnership_active` says that the provider may see it.
    """

    record_id: str
    course: Course
    school_id: str
    started_on: date
    finished_on: date | None = None
    left_school: bool = False
    lead_provider_id: str | None = None
    partnership_active: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """One move. `left_on` is the last day at the old school; `joining` is None while no other school is known."""

    leaving: SchoolRecord
    left_on: date
    joining: SchoolRecord | None

    @property
    def type(self) -> TransferType:
        """What changes. To and from school-led training is another provider too: the old one is left."""
        if self.joining is None:
            return TransferType.UNKNOWN
        same = self.leaving.lead_provider_id == self.joining.lead_provider_id
        return TransferType.NEW_SCHOOL if same else TransferType.NEW_PROVIDER

    @property
    def _last_day(self) -> date:
        return self.left_on if self.joining is None else max(self.left_on, self.joining.started_on)

    def status(self, today: date) -> TransferStatus:
        """Incomplete while the later of its dates is ahead."""
        return TransferStatus.INCOMPLETE if self._last_day > today else TransferStatus.COMPLETE

    def changes_on(self, today: date) -> date | None:
        """The day, after `today`, on which it becomes complete; None when it is."""
        return self._last_day if self._last_day > today else None

    @property
    def seen_by(self) -> frozenset[str]:
        """The lead providers that are told: those of either side whose partnership is active."""
        sides = (self.leaving, self.joining)
        seen = (side.lead_provider_id for side in sides if side is not None and side.partnership_active)
        return frozenset(provider for provider in seen if provider is not None)

    def record_of(self, lead_provider_id: str) -> SchoolRecord | None:
        """The provider’s own record in it, the leaving one if both are; None for a provider that isn’t told."""
        for side in (self.leaving, self.joining):
            if side and side.partnership_active and side.lead_provider_id == lead_provider_id:
                return side
        return None


def transfers(records: Iterable[SchoolRecord]) -> tuple[Transfer, ...]:
    """The transfers in one person’s records, earliest leaving first; ECT and mentor records never pair.

    Whoever comes back to the school they left has not been transferred.
    """
    ordered = sorted(records, key=lambda record: (record.started_on, record.record_id))
    found = []
    for place, record in enumerate(ordered):
        if not record.left_school or record.finished_on is None:
            continue
        joining = _next(record, record.finished_on, ordered[place + 1 :])
        if joining is None or joining.school_id != record.school_id:
            found.append(Transfer(record, record.finished_on, joining))
    return tuple(sorted(found, key=lambda transfer: (transfer.left_on, transfer.leaving.record_id)))


def _next(leaving: SchoolRecord, left_on: date, later: Sequence[SchoolRecord]) -> SchoolRecord | None:
    """Where the person trains next on the same course, at whichever school.

    An ECT is at one school at a time, so it is the next record, also when the old school names a later last day.
    A mentor may be at several: only what starts after they left is a move.
    """
    for record in later:
        if record.course is leaving.course and (
            record.course is Course.ECF_INDUCTION or record.started_on > left_on
        ):
            return record
    return None
