"""What one lead provider sees of one person: which records, how many moves, and when the calendar changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.data.columns import PENDING
from app.domain.participant_status import RecordDates, changes_on, shown_record
from app.domain.partnerships import State
from app.domain.schedules import Course
from app.domain.transfers import SchoolRecord, transfers

A_DAY = timedelta(days=1)
_COURSES = {"ect": Course.ECF_INDUCTION, "mentor": Course.ECF_MENTOR}


@dataclass(frozen=True, slots=True)
class Record:
    """A training record with its partnership, if it has one, and its time at the school, as stored.

    `mentored_to` is the last day of the ECT's mentor, None while none is known, for mentors, and once it is past.
    """

    lead_provider_id: str | None
    partnership_status: str | None
    school_id: str
    id: str
    participant_type: str
    started_on: date
    finished_on: date | None
    stopped_on: date | None
    left_on: date | None
    mentored_to: date | None = None

    @property
    def shown_to(self) -> str | None:
        """The lead provider that may see it."""
        return self.lead_provider_id if self.partnership_status == State.ACTIVE else None

    @property
    def school_record(self) -> SchoolRecord:
        """What the rules about transfers need of it."""
        return SchoolRecord(
            record_id=self.id,
            course=_COURSES[self.participant_type],
            school_id=self.school_id,
            started_on=self.started_on,
            finished_on=self.finished_on,
            left_school=self.left_on is not None and self.finished_on == self.left_on,
            lead_provider_id=self.lead_provider_id,
            partnership_active=self.shown_to is not None,
        )

    @property
    def dates(self) -> RecordDates:
        """What the rules about statuses need of it."""
        return RecordDates(
            self.id,
            self.started_on,
            self.finished_on,
            self.stopped_on is not None,
            None if self.partnership_status is None else State(self.partnership_status),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """The columns of a provider’s row for a person that follow from the records."""

    visible: bool
    ect_record_id: str | None
    mentor_record_id: str | None
    unfunded_period_id: str | None
    transfers: int
    changes_on: date | None
    updated_at: datetime = PENDING


def seen(
    lead_provider_id: str,
    records: Sequence[Record],
    unfunded_period_id: str | None,
    today: date,
    unfunded_to: date | None = None,
) -> Seen:
    """What `lead_provider_id` sees, on the London day `today`, of the person that `records` are of.

    `records` are those with every lead provider; `unfunded_period_id` the mentor period that could be shown, and
    `unfunded_to` the last day of the last ECT they have in it, None while none is known.
    """
    own = [each for each in records if each.lead_provider_id == lead_provider_id]
    ect = shown_record(each.dates for each in own if each.participant_type == "ect")
    mentor = shown_record(each.dates for each in own if each.participant_type == "mentor")
    trained = any(each.participant_type == "mentor" for each in own)
    visible = ect is not None or mentor is not None
    every = transfers(each.school_record for each in records)
    moved = [each for each in every if lead_provider_id in each.seen_by]
    days = [changes_on(each, today) for each in (ect, mentor) if each is not None]
    days += [each.changes_on(today) for each in moved]
    days += [_day_after(each.mentored_to) for each in own if ect is not None and each.id == ect.record_id]
    days += [] if trained else [_day_after(unfunded_to)]
    return Seen(
        visible=visible,
        ect_record_id=None if ect is None else ect.record_id,
        mentor_record_id=None if mentor is None else mentor.record_id,
        unfunded_period_id=None if trained else unfunded_period_id,
        transfers=len(moved),
        changes_on=min((day for day in days if day is not None), default=None),
    )


def _day_after(last_day: date | None) -> date | None:
    return None if last_day is None or last_day == date.max else last_day + A_DAY
