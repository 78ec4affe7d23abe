"""The school’s word on a participant, as lead providers read it: it follows from dates, and changes with the calendar.

Provider API, “participant_status”. The lead provider’s own word is training_status, and the two may disagree: that
is information. Every day is a London day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.partnerships import State


class ParticipantStatus(StrEnum):
    """Where somebody stands at their school, as the API spells it."""

    ACTIVE = "active"
    JOINING = "joining"
    LEAVING = "leaving"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RecordDates:
    """What a training record says of time. `finished_on` is its last day, None while it is open; `stopped` that the
    school reported the end of the training; `partnership` the state of what it hangs on, None for school-led.
    `record_id` decides between records of the same start: ids grow with time.
    """

    record_id: str
    started_on: date
    finished_on: date | None = None
    stopped: bool = False
    partnership: State | None = State.ACTIVE


def shown_record(records: Iterable[RecordDates]) -> RecordDates | None:
    """The record that a lead provider is shown, out of those of one person and course with that provider.

    The latest under an active partnership; None when there is none, and the person isn’t visible.
    """
    shown = (record for record in records if record.partnership is State.ACTIVE)
    return max(shown, key=lambda record: (record.started_on, record.record_id), default=None)


PARTICIPANT_STATUSES: tuple[tuple[ParticipantStatus, Callable[[RecordDates, date], bool]], ...] = (
    (ParticipantStatus.WITHDRAWN, lambda record, _today: record.stopped),
    (
        ParticipantStatus.LEAVING,
        lambda record, today: record.finished_on is not None and record.finished_on >= today,
    ),
    (ParticipantStatus.LEFT, lambda record, _today: record.finished_on is not None),
    (ParticipantStatus.JOINING, lambda record, today: record.started_on > today),
    (ParticipantStatus.ACTIVE, lambda _record, _today: True),
)
"""First match wins."""


def participant_status(record: RecordDates, today: date) -> ParticipantStatus:
    """The status on a London day: the first row of `PARTICIPANT_STATUSES` that fits."""
    return next(status for status, fits in PARTICIPANT_STATUSES if fits(record, today))


def changes_on(record: RecordDates, today: date) -> date | None:
    """The next day, after `today`, on which the status is another if nothing else happens; None for never."""
    status = participant_status(record, today)
    if status is ParticipantStatus.JOINING:
        return record.started_on
    if (
        status is ParticipantStatus.LEAVING
        and record.finished_on is not None
        and record.finished_on < date.max
    ):
        return record.finished_on + timedelta(days=1)
    return None
