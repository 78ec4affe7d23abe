"""Mentors train with the lead provider of their ECTs: when they are given one, and when an ECT of theirs gets training.

School journey, “Register a mentor, assign, change, leave”. A mentor who was chosen while nobody trained the ECT, or
whose own training ended with the ECT’s, follows as soon as a partnership trains the ECT. What decides is
`domain.mentoring.mentor_training`, once for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING
from app.data.ids import new_id
from app.data.models import Partnership, Teacher, TrainingRecord
from app.data.queries import mentoring as reads
from app.data.queries.events import Detail, record
from app.data.queries.mentoring import Follower, MentorRecord
from app.data.transaction import store
from app.domain.mentoring import (
    MentorTraining,
    follows_on,
    goes_on_as,
    is_paid_for,
    mentor_training,
    training_begins,
    trains_on,
)
from app.services import funding
from app.services.asked import Asked
from app.services.partnerships.moving import Conflict, Row, find, hold_school


@dataclass(frozen=True, slots=True)
class Mentor:
    """Who is to be trained: their teacher row, their time at the school, and the first day on which they can be."""

    teacher_id: str
    period_id: str
    starts_on: date


def follow(session: Session, partnership_id: str, asked: Asked) -> int:
    """Let the mentors of everybody whom a partnership trains be trained under it too. Returns how many now are.

    For every write that makes a partnership live, or brings an ECT to one, once that is done. Leaves alone whom DfE
    doesn’t pay for, and whoever is in training already. Changes nothing under a partnership that isn’t live.
    """
    under = find(session, partnership_id)
    if under is None:
        return 0
    hold_school(session, under.school_id)
    if not (due := _due(under, asked.today)):
        return 0
    _hold_teachers(session, [each.teacher_id for each in due])
    # Another school may have given them training before they were held.
    still = _due(under, asked.today)
    for each in still:
        funding.decide_mentor(session, each.teacher_id, asked)
        mentor = Mentor(each.teacher_id, each.mentor_period_id, max(each.started_on, asked.today))
        train(session, mentor, under, asked, {"follows": each.ect_record_id})
    return len(still)


def _due(under: Row, today: date) -> Sequence[Follower]:
    """Who follows, each once."""
    found = reads.followers(under.id, today)
    records = reads.records_of({each.teacher_id for each in found}, today) if found else ()
    due: dict[str, Follower] = {}
    for each in found:
        starts = max(each.started_on, today)
        trains = any(trains_on(one.so_far, starts) for one in records if one.teacher_id == each.teacher_id)
        paid_for = is_paid_for(each.by_hand, each.flagged)
        if mentor_training(each.ect, paid_for, trains) is MentorTraining.STARTS:
            due.setdefault(each.teacher_id, each)
    return tuple(due.values())


def train(
    session: Session, mentor: Mentor, under: Row, asked: Asked, details: Mapping[str, Detail] | None = None
) -> str:
    """Train a mentor under a live partnership whose school is held. Returns the id of their record from now on.

    A record that no lead provider was ever shown goes on under this partnership, as an ECT’s does; any other that isn’t
    over ends the day before the new one begins. Raises Conflict when it changed meanwhile.
    """
    found = reads.records_of((mentor.teacher_id,), asked.today)
    before = next((one for one in reversed(found) if one.mentor_period_id == mentor.period_id), None)
    if before is not None:
        _hold_record(session, before)
        if goes_on_as(before.so_far):
            _repoint(session, before, under, asked, details)
            return before.id
    starts_on = follows_on(before.so_far if before else None, mentor.starts_on, asked.today)
    if before is not None:
        _end(session, before, starts_on - timedelta(days=1), under, asked)
    begins, schedule = training_begins(starts_on, under.cohort)
    row = TrainingRecord(
        id=new_id(),
        teacher_id=mentor.teacher_id,
        mentor_period_id=mentor.period_id,
        participant_type="mentor",
        programme="provider_led",
        partnership_id=under.id,
        cohort=under.cohort,
        schedule_identifier=schedule,
        started_on=begins,
        cohort_changed_after_payments_frozen=False,
        created_at=asked.now,
    )
    identity = row.id
    store(session, row)
    told: dict[str, Detail] = {**(details or {}), **({"after": before.id} if before else {})}
    _say(session, "training.started", identity, under, asked, told)
    return identity


def _repoint(
    session: Session, before: MentorRecord, under: Row, asked: Asked, details: Mapping[str, Detail] | None
) -> None:
    begins, schedule = training_begins(before.so_far.started_on, under.cohort)
    changes = {
        "partnership_id": under.id,
        "cohort": under.cohort,
        "schedule_identifier": schedule,
        "started_on": begins,
    }
    _change(session, before, changes)
    # Both are shown with the number of people waiting.
    both = Partnership.id.in_([before.partnership_id, under.id])
    session.connection().execute(update(Partnership).where(both).values(updated_at=PENDING))
    moved: dict[str, Detail] = {"from": before.partnership_id, "to": under.id, **(details or {})}
    _say(session, "training.attached", before.id, under, asked, moved)


def _end(session: Session, before: MentorRecord, last_day: date, under: Row, asked: Asked) -> None:
    if before.so_far.finished_on is not None and before.so_far.finished_on <= last_day:
        return
    _change(session, before, {"finished_on": last_day})
    _say(session, "training.ended", before.id, under, asked, {"finished_on": last_day.isoformat()})


def _change(session: Session, before: MentorRecord, changes: Mapping[str, object]) -> None:
    unchanged = (
        TrainingRecord.id == before.id,
        TrainingRecord.partnership_id == before.partnership_id,
        TrainingRecord.training_status == before.so_far.training,
        TrainingRecord.finished_on.is_not_distinct_from(before.so_far.finished_on),
    )
    if session.connection().execute(update(TrainingRecord).where(*unchanged).values(changes)).rowcount != 1:
        raise Conflict


def _hold_teachers(session: Session, teacher_ids: Sequence[str]) -> None:
    """As `enrolments.hold` does, but for several, and without waiting.

    The school is held already, and whoever holds one of them may be waiting for it: then this write makes room, and is
    done again from its start.
    """
    them = select(Teacher.id).where(Teacher.id.in_(teacher_ids)).order_by(Teacher.id)
    session.execute(them.with_for_update(key_share=True, nowait=True))


def _hold_record(session: Session, before: MentorRecord) -> None:
    own = select(TrainingRecord.id).where(TrainingRecord.id == before.id)
    session.execute(own.with_for_update(key_share=True, nowait=True))


def _say(
    session: Session, kind: str, record_id: str, under: Row, asked: Asked, details: Mapping[str, Detail]
) -> None:
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind="training_record",
        record_id=record_id,
        request_id=asked.request_id,
        school_id=under.school_id,
        lead_provider_id=under.lead_provider_id,
        details=details,
    )
