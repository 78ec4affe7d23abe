"""A mentor whose completion is declared isn’t paid for again, until it is taken back. (Provider API, Declarations.)"""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.data.clock import london_date
from app.data.columns import PENDING
from app.data.models import MentorFundingFlag, Teacher
from app.data.queries.events import record
from app.data.transaction import store
from app.domain.declarations import State
from app.domain.funding import MentorFlag, Source, flags_after
from app.domain.schedules import Course
from app.services import funding
from app.services.asked import Asked
from app.services.declarations.moving import Row


def flag(session: Session, row: Row, before: State | None, after: State, asked: Asked) -> None:
    """Set or clear the flag that follows from a declaration’s move, `before` None when it is new.

    Most moves leave the flags alone. What changes decides the mentor’s funding anew, and settles what waited for it.
    """
    if row.course is not Course.ECF_MENTOR:
        return
    trn = session.execute(select(Teacher.trn).where(Teacher.id == row.teacher_id)).scalar_one()
    found = funding.flags(session, trn)
    declared_on = london_date(row.declared_at)
    wanted = flags_after(found, row.course, row.declaration_type, declared_on, before, after)
    if wanted == found:
        return
    own = (MentorFundingFlag.trn == trn, MentorFundingFlag.source == Source.DECLARATION)
    session.connection().execute(delete(MentorFundingFlag).where(*own))
    new = [each for each in wanted if each.source is Source.DECLARATION]
    store(session, *(_stored(trn, each) for each in new))
    _touch(session, row)
    _say(session, row, "funding.flagged" if new else "funding.flag_cleared", asked)
    funding.decide_mentor(session, row.teacher_id, asked)


def _stored(trn: str, each: MentorFlag) -> MentorFundingFlag:
    return MentorFundingFlag(
        trn=trn, reason=str(each.reason), source=str(each.source), ended_on=each.ended_on
    )


def _touch(session: Session, row: Row) -> None:
    """The mentor is shown with the flag: they have changed, also when their funding hasn’t."""
    changed = update(Teacher).where(Teacher.id == row.teacher_id).values(updated_at=PENDING)
    session.connection().execute(changed)


def _say(session: Session, row: Row, kind: str, asked: Asked) -> None:
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind="teacher",
        record_id=row.teacher_id,
        request_id=asked.request_id,
        details={"declaration": row.id},
    )
