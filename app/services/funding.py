"""Whether somebody’s training can be paid for, and what moves when that becomes known. (Provider API, “Funding”.)"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.models import Funding, MentorFundingFlag, Teacher
from app.data.queries.events import Detail, record
from app.data.transaction import store
from app.domain import funding as rules
from app.domain.funding import MentorFlag, MentorReason, Source, mentor_funding, settled_by
from app.domain.schedules import Course
from app.services import declarations
from app.services.asked import Asked


def known(session: Session, teacher_id: str, course: Course) -> bool | None:
    """What was last decided for this person on this course; None while nothing is."""
    statement = select(Funding.eligible).where(Funding.teacher_id == teacher_id, Funding.course == course)
    return session.execute(statement).scalar()


def flags(session: Session, trn: str) -> frozenset[MentorFlag]:
    """Why training of the mentor with this TRN can’t be paid for; empty when it can."""
    statement = select(MentorFundingFlag.reason, MentorFundingFlag.source, MentorFundingFlag.ended_on)
    found = session.execute(statement.where(MentorFundingFlag.trn == trn))
    return frozenset(
        MentorFlag(MentorReason(reason), Source(source), ended_on) for reason, source, ended_on in found
    )


def decide_mentor(session: Session, teacher_id: str, asked: Asked) -> bool:
    """Decide a mentor’s funding by their flags, and return what now stands: by hand it may be otherwise."""
    trn = session.execute(select(Teacher.trn).where(Teacher.id == teacher_id)).scalar_one()
    eligible = mentor_funding(flags(session, trn))
    decide(session, teacher_id, Course.ECF_MENTOR, eligible, asked)
    return bool(known(session, teacher_id, Course.ECF_MENTOR))


def decide(session: Session, teacher_id: str, course: Course, eligible: bool | None, asked: Asked) -> bool:
    """Store what is known of the funding now, and settle the declarations that waited for it.

    Leaves alone what somebody at DfE set by hand. Returns whether anything changed.
    """
    row = (Funding.teacher_id == teacher_id, Funding.course == course)
    found = session.execute(select(Funding.eligible, Funding.by_hand).where(*row)).one_or_none()
    if found is None:
        store(session, _first(teacher_id, course, eligible, asked))
        before = None
    elif found.by_hand or found.eligible is eligible:
        return False
    else:
        before = found.eligible
        changes = {"eligible": eligible, "decided_at": asked.now}
        session.connection().execute(update(Funding).where(*row).values(changes))
    if settled_by(before, eligible):
        _say(session, "funding.decided", teacher_id, {"course": course, "eligible": eligible}, asked)
        declarations.settle(session, teacher_id, course, eligible, asked)
    return True


def set_by_hand(
    session: Session, teacher_id: str, course: Course, eligible: bool, note: str, asked: Asked
) -> None:
    """Store what somebody at DfE decided, with why: nothing else decides it any more. Settles what waited for it.

    What was eligible or ineligible before stays so: only declarations that waited move. Raises Refused as
    `domain.funding.set_by_hand` does.
    """
    because = rules.set_by_hand(note)
    row = (Funding.teacher_id == teacher_id, Funding.course == course)
    before = known(session, teacher_id, course)
    changes = {"eligible": eligible, "by_hand": True, "decided_at": asked.now}
    changed = session.connection().execute(update(Funding).where(*row).values(changes)).rowcount
    if not changed:
        store(session, _first(teacher_id, course, eligible, asked, by_hand=True))
    details: dict[str, Detail] = {"course": course, "eligible": eligible, "note": because}
    _say(session, "funding.set_by_hand", teacher_id, details, asked)
    if settled_by(before, eligible):
        declarations.settle(session, teacher_id, course, eligible, asked)


def _first(
    teacher_id: str, course: Course, eligible: bool | None, asked: Asked, *, by_hand: bool = False
) -> Funding:
    return Funding(
        teacher_id=teacher_id,
        course=course,
        eligible=eligible,
        by_hand=by_hand,
        decided_at=None if eligible is None else asked.now,
        created_at=asked.now,
    )


def _say(session: Session, kind: str, teacher_id: str, details: Mapping[str, Detail], asked: Asked) -> None:
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind="teacher",
        record_id=teacher_id,
        request_id=asked.request_id,
        details=details,
    )
