"""The cards of “Your mentors”: mentors of a school, whom they mentor there, and their own training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, and_, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from app.data import clock
from app.data.database import reading
from app.data.models import (
    EctPeriod,
    Funding,
    MentorFundingFlag,
    MentorPeriod,
    Mentorship,
    Partnership,
    Teacher,
    TrainingRecord,
)
from app.data.queries import training
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.data.queries.teachers import called
from app.data.queries.training import Training


@dataclass(frozen=True, slots=True)
class MentorCard:
    """A mentor of a school: `id` is of their time there. `training` is the one that goes on, else the latest here.

    `elsewhere` is whether that belongs to their time at another school. `by_hand` is what somebody at DfE decided of
    their funding, None when nobody did.
    """

    id: str
    name: str
    trn: str
    email: str
    started_on: date
    finished_on: date | None
    by_hand: bool | None
    elsewhere: bool
    training: Training | None


@dataclass(frozen=True, slots=True)
class Mentored:
    """An ECT whom somebody mentors or will: `id` is of the ECT’s time at the school, the days of the mentorship."""

    id: str
    name: str
    trn: str
    started_on: date
    finished_on: date | None


_TODAY = bindparam("mentors_today", type_=Date(), callable_=clock.today)


def _not_over(column: Any) -> ColumnElement[bool]:
    return or_(column.is_(None), column >= _TODAY)


def _shown_record() -> Any:
    """The id of the training record that a mentor’s card shows: one that goes on before one that doesn’t, and one of
    their time at this school before another’s. What is over elsewhere is the other school’s business."""
    record, under = aliased(TrainingRecord), aliased(Partnership)
    here = record.mentor_period_id == MentorPeriod.id
    trains = or_(
        under.status == "proposed", and_(under.status == "active", record.training_status != "withdrawn")
    )
    goes_on = and_(_not_over(record.finished_on), trains)
    return (
        select(record.id)
        .outerjoin(under, under.id == record.partnership_id)
        .where(record.teacher_id == MentorPeriod.teacher_id, record.participant_type == "mentor")
        .where(or_(here, goes_on))
        .order_by(
            case((goes_on, 0), else_=1),
            case((here, 0), else_=1),
            record.started_on.desc(),
            record.id.desc(),
        )
        .limit(1)
        .correlate(MentorPeriod)
        .scalar_subquery()
    )


_ON_MENTOR_FUNDING = and_(
    Funding.teacher_id == MentorPeriod.teacher_id, Funding.course == "ecf-mentor", Funding.by_hand
)
# Built once: building a select takes longer than running it.
_CARDS = training.joined(
    select(
        MentorPeriod.id,
        Teacher.name,
        Teacher.trn,
        MentorPeriod.email,
        MentorPeriod.started_on,
        MentorPeriod.finished_on,
        Funding.eligible,
        TrainingRecord.mentor_period_id.label("trains_in"),
        *training.COLUMNS,
    )
    .select_from(MentorPeriod)
    .join(Teacher, Teacher.id == MentorPeriod.teacher_id)
    .outerjoin(Funding, _ON_MENTOR_FUNDING)
    .outerjoin(TrainingRecord, TrainingRecord.id == _shown_record())
).where(_not_over(MentorPeriod.finished_on))
_MENTORED = (
    select(
        Mentorship.mentor_period_id,
        EctPeriod.id,
        Teacher.name,
        Teacher.trn,
        Mentorship.started_on,
        Mentorship.finished_on,
    )
    .join(EctPeriod, EctPeriod.id == Mentorship.ect_period_id)
    .join(Teacher, Teacher.id == EctPeriod.teacher_id)
    .where(EctPeriod.school_id == bindparam("school_id"), _not_over(EctPeriod.finished_on))
    .where(Mentorship.mentor_period_id.in_(bindparam("ids", expanding=True)))
    .where(_not_over(Mentorship.finished_on))
    .order_by(Teacher.name_key, Mentorship.started_on, Mentorship.id)
)
_REASONS = select(MentorFundingFlag.trn, MentorFundingFlag.reason).where(
    MentorFundingFlag.trn.in_(bindparam("trns", expanding=True))
)


def cards(school_id: str, search: str = "", page: int = 1, per_page: int = PER_PAGE) -> Page[MentorCard]:
    """Those who are mentors at the school today or will be, A to Z. `search` as `teachers.called` reads it."""
    statement = _CARDS.where(MentorPeriod.school_id == school_id)
    found = called(search)
    if found is not None:
        statement = statement.where(found)
    return page_of(statement.order_by(Teacher.name_key, MentorPeriod.id), _card, page, per_page)


def mentored_by(school_id: str, ids: Sequence[str]) -> Mapping[str, Sequence[Mentored]]:
    """The school’s ECTs whom these mentor now or will, by the id of the mentor’s time there, A to Z."""
    found: dict[str, list[Mentored]] = defaultdict(list)
    for mentor, *values in reading().execute(_MENTORED, {"school_id": school_id, "ids": list(ids)}):
        found[mentor].append(Mentored(*values))
    return found


def reasons_not_to_fund(trns: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """The reasons of the flags set for these TRNs (`domain.funding.MentorReason`); a TRN without any isn’t there."""
    found: dict[str, frozenset[str]] = {}
    for trn, reason in reading().execute(_REASONS, {"trns": list(trns)}):
        found[trn] = found.get(trn, frozenset()) | {reason}
    return found


def _card(row: Row[*tuple[Any, ...]]) -> MentorCard:
    identity, *values, trains_in = tuple(row)[:8]
    elsewhere = trains_in is not None and trains_in != identity
    return MentorCard(identity, *values, elsewhere, training.from_row(tuple(row)[8:]))
