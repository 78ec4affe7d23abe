"""Teacher records are read again, because funding follows from them: a part of the daily job.

Provider API, “Funding”. A record is asked for outside every transaction; what it says is stored, funding decided and
declarations settled in one write per teacher. A register that doesn’t answer ends the run: tomorrow is another day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.data.database import reading, release
from app.data.models import Declaration, Funding, Teacher, TrainingRecord
from app.data.transaction import write
from app.domain.declarations import State
from app.domain.eligibility import TeacherRecord
from app.domain.funding import DAYS_BETWEEN_READINGS, ect_funding
from app.domain.schedules import Course
from app.services import funding
from app.services.asked import Asked
from app.services.daily import Done, ShowProgress, nothing_shown
from app.services.teacher_record.port import Outcome, TeacherRecords

SILENT_IN_A_ROW = 3
"""So many unanswered questions end the run."""


@dataclass(frozen=True, slots=True)
class Due:
    """An ECT whose record is to be read: the first day of their training decides if an induction was over before."""

    teacher_id: str
    trn: str
    began_on: date


def _older_than(eligible: bool | None) -> object:
    known = Funding.eligible.is_(None) if eligible is None else Funding.eligible.is_(eligible)
    return and_(known, Teacher.checked_at <= bindparam(f"before_{eligible}"))


# Somebody whose training is over can still have been declared for: that is settled, however long it takes.
_DECLARED = exists().where(
    Declaration.teacher_id == Teacher.id,
    Declaration.course == Course.ECF_INDUCTION,
    Declaration.state == State.SUBMITTED,
)
_DUE = (
    select(Teacher.id, Teacher.trn, func.min(TrainingRecord.started_on))
    .join(Funding, and_(Funding.teacher_id == Teacher.id, Funding.course == Course.ECF_INDUCTION))
    .join(
        TrainingRecord,
        and_(TrainingRecord.teacher_id == Teacher.id, TrainingRecord.participant_type == "ect"),
    )
    .where(~Funding.by_hand, or_(*(_older_than(eligible) for eligible in DAYS_BETWEEN_READINGS)))  # type: ignore[arg-type]  # conditions of SQLAlchemy
    .group_by(Teacher.id, Teacher.trn, Teacher.checked_at)
    .having(or_(func.count() > func.count(TrainingRecord.finished_on), _DECLARED))
    .order_by(Teacher.checked_at, Teacher.id)
)


def due(now: datetime) -> tuple[Due, ...]:
    """The ECTs whose funding may still change and matters, and whose record was read too long ago, oldest first.

    It matters while they train, and while a declaration waits for it.
    """
    before = {
        f"before_{eligible}": now - timedelta(days=days) for eligible, days in DAYS_BETWEEN_READINGS.items()
    }
    return tuple(Due(*row) for row in reading().execute(_DUE, before))


def run(asked: Asked, records: TeacherRecords, show: ShowProgress = nothing_shown) -> Done:
    """Read every record that is due. Returns what was done."""
    people = due(asked.now)
    if not people:
        return {}
    with show("teacher records", len(people)) as tell:
        return _read(people, asked, records, tell)


def _read(people: Iterable[Due], asked: Asked, records: TeacherRecords, tell: object) -> Done:
    done: Counter[str] = Counter()
    silent = 0
    for each in people:
        release()
        finding = records.read_again(each.trn)
        tell(1)  # type: ignore[operator]  # what a progress bar gives
        silent = silent + 1 if finding.outcome is Outcome.UNAVAILABLE else 0
        if silent == SILENT_IN_A_ROW:
            done["times the teacher records did not answer, and were left for later"] += 1
            break
        if finding.record is not None:
            done["teacher records read"] += 1
            done["decisions on funding"] += _keep(each, finding.record, asked)
    return +done


def _keep(person: Due, found: TeacherRecord, asked: Asked) -> bool:
    """Store what the record says. Whether funding is decided otherwise now."""

    def work(session: Session) -> bool:
        changes = {
            "record_name": found.name,
            "qts_awarded": found.qts_awarded,
            "prohibited": found.prohibited,
            "induction_status": found.induction_status,
            "induction_completed_on": found.induction_completed_on,
        }
        _update(session, person, changes, asked)
        before = funding.known(session, person.teacher_id, Course.ECF_INDUCTION)
        after = ect_funding(found, person.began_on, before)
        return funding.decide(session, person.teacher_id, Course.ECF_INDUCTION, after, asked)

    return write(work)


def _update(session: Session, person: Due, changes: dict[str, object], asked: Asked) -> None:
    """A record that says the same again is noted as read, and nobody is told of a change."""
    connection = session.connection()
    row = Teacher.id == person.teacher_id
    same = and_(*(getattr(Teacher, name).is_not_distinct_from(value) for name, value in changes.items()))
    connection.execute(update(Teacher).where(row, ~same).values(changes))
    read = {"checked_at": asked.now, "updated_at": Teacher.updated_at}
    connection.execute(update(Teacher).where(row).values(read))
