"""What a school reports of an ECT, in the write that the caller holds open: leaving for good, or training that stopped.

School journey, “Register a mentor, assign, change, leave”. Each is a conditional update and one event for each record
that changes; training and mentorship end with the time at the school.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from app.data.models import EctPeriod, Mentorship, TrainingRecord
from app.data.queries.events import Detail, record
from app.data.queries.participants import Card
from app.data.queries.training import Training
from app.domain.leaving import StopReason, ends_on
from app.services.asked import Asked
from app.services.partnerships import Conflict

_KINDS: tuple[tuple[type[TrainingRecord] | type[Mentorship], Any, str, str], ...] = (
    (TrainingRecord, TrainingRecord.stopped_on, "training", "training_record"),
    (Mentorship, null(), "mentorship", "mentorship"),
)
"""What ends with a time at a school: the table, the day its end was reported for itself, and how events call it."""


def report_leaving(
    session: Session, school_id: str, ect: Card, last_day: date, asked: Asked, reference: str
) -> None:
    """The ECT’s last day at the school, for the first time or another than was told before.

    `reference` is what the school was given for it. Raises Conflict when somebody else reported it meanwhile.
    """
    unchanged = (
        EctPeriod.id == ect.id,
        EctPeriod.school_id == school_id,
        EctPeriod.finished_on.is_not_distinct_from(ect.finished_on),
    )
    changes = {"finished_on": last_day, "leaving_reported_at": asked.now}
    if session.connection().execute(update(EctPeriod).where(*unchanged).values(changes)).rowcount != 1:
        raise Conflict
    told = ect.finished_on.isoformat() if ect.finished_on else None
    details = {"finished_on": last_day.isoformat(), "before": told, "reference": reference}
    say(session, "ect.leaving_reported", "ect_at_school_period", ect.id, school_id, asked, details)
    end_with(session, ect.id, last_day, school_id, asked, told=ect.finished_on)


def end_with(
    session: Session,
    ect_period_id: str,
    last_day: date,
    school_id: str,
    asked: Asked,
    *,
    told: date | None = None,
) -> None:
    """End the training and the mentorship of a time at a school with its last day; `told` is the one before.

    Only the latest of each can have ended with that one, and not when its own end was reported.
    """
    for table, stopped_on, what, record_kind in _KINDS:
        rows = select(table.id, table.started_on, table.finished_on, stopped_on)
        of_period = rows.where(table.ect_period_id == ect_period_id).order_by(table.started_on, table.id)
        found = session.execute(of_period).all()
        for identity, started_on, finished_on, stopped in found:
            ended_with_it = identity == found[-1][0] and stopped is None
            ends = ends_on(started_on, finished_on, last_day, told if ended_with_it else None)
            if ends == finished_on or ends is None:
                continue
            session.connection().execute(update(table).where(table.id == identity).values(finished_on=ends))
            details = {"finished_on": ends.isoformat()}
            say(session, f"{what}.ended", record_kind, identity, school_id, asked, details)


def report_stop(
    session: Session,
    school_id: str,
    training: Training,
    last_day: date,
    reason: StopReason,
    asked: Asked,
    reference: str,
) -> None:
    """The last day of training of somebody who stays. Raises Conflict when it has ended or stopped meanwhile."""
    unchanged = (
        TrainingRecord.id == training.id,
        TrainingRecord.stopped_on.is_(None),
        TrainingRecord.finished_on.is_not_distinct_from(training.finished_on),
    )
    changes = {"stopped_on": last_day, "stopped_reason": reason, "finished_on": last_day}
    if session.connection().execute(update(TrainingRecord).where(*unchanged).values(changes)).rowcount != 1:
        raise Conflict
    details = {"stopped_on": last_day.isoformat(), "reason": reason, "reference": reference}
    say(session, "training.stopped_reported", "training_record", training.id, school_id, asked, details)


def say(
    session: Session,
    kind: str,
    record_kind: str,
    record_id: str,
    school_id: str,
    asked: Asked,
    details: Mapping[str, Detail],
) -> None:
    """Record what a school did to an ECT’s records."""
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind=record_kind,
        record_id=record_id,
        request_id=asked.request_id,
        school_id=school_id,
        details=details,
    )
