"""Mentors of a school, a teacher’s time as a mentor anywhere, and who mentors an ECT now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.data import clock
from app.data.database import reading
from app.data.models import (
    EctPeriod,
    Funding,
    MentorFundingFlag,
    MentorPeriod,
    Mentorship,
    School,
    Teacher,
    TrainingRecord,
)


@dataclass(frozen=True, slots=True)
class MentorAtSchool:
    """A mentor of a school: `id` is of their time there, which has no end or one still to come."""

    id: str
    teacher_id: str
    trn: str
    name: str
    email: str
    started_on: date
    finished_on: date | None


@dataclass(frozen=True, slots=True)
class MentorStretch:
    """A teacher’s time as a mentor at a school that isn’t over."""

    id: str
    school_id: str
    school_name: str
    started_on: date
    finished_on: date | None
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class MentorNow:
    """Who mentors an ECT: the mentorship, the mentor’s time at the school, and their name."""

    id: str
    mentor_period_id: str
    name: str
    started_on: date
    finished_on: date | None


_TODAY = bindparam("mentored_today", type_=Date(), callable_=clock.today)


def _goes_on() -> ColumnElement[bool]:
    """A mentorship that isn’t over, or lasted as long as the ECT’s time at the school did."""
    over = Mentorship.finished_on < _TODAY
    return or_(Mentorship.finished_on.is_(None), ~over, Mentorship.finished_on == EctPeriod.finished_on)


def _not_over(column: Any) -> ColumnElement[bool]:
    return or_(column.is_(None), column >= bindparam("today"))


# Built once: building a select takes longer than running it.
_MENTORS = (
    select(
        MentorPeriod.id,
        Teacher.id,
        Teacher.trn,
        Teacher.name,
        MentorPeriod.email,
        MentorPeriod.started_on,
        MentorPeriod.finished_on,
    )
    .join(Teacher, Teacher.id == MentorPeriod.teacher_id)
    .where(MentorPeriod.school_id == bindparam("school_id"), _not_over(MentorPeriod.finished_on))
    .order_by(Teacher.name_key, MentorPeriod.id)
)
_STRETCHES = (
    select(
        MentorPeriod.id,
        MentorPeriod.school_id,
        School.name,
        MentorPeriod.started_on,
        MentorPeriod.finished_on,
        MentorPeriod.registered_at,
    )
    .join(Teacher, Teacher.id == MentorPeriod.teacher_id)
    .join(School, School.id == MentorPeriod.school_id)
    .where(Teacher.trn == bindparam("trn"), _not_over(MentorPeriod.finished_on))
    .order_by(MentorPeriod.started_on, MentorPeriod.id)
)
_NOW = (
    select(
        Mentorship.id,
        Mentorship.mentor_period_id,
        Teacher.name,
        Mentorship.started_on,
        Mentorship.finished_on,
    )
    .join(EctPeriod, EctPeriod.id == Mentorship.ect_period_id)
    .join(MentorPeriod, MentorPeriod.id == Mentorship.mentor_period_id)
    .join(Teacher, Teacher.id == MentorPeriod.teacher_id)
    .where(Mentorship.ect_period_id == bindparam("ect_period_id"), _goes_on())
    .order_by(Mentorship.started_on.desc(), Mentorship.id.desc())
    .limit(1)
)
_FLAGS = select(MentorFundingFlag.reason).where(MentorFundingFlag.trn == bindparam("trn"))
_BY_HAND = (
    select(Funding.eligible)
    .join(Teacher, Teacher.id == Funding.teacher_id)
    .where(Teacher.trn == bindparam("trn"), Funding.course == "ecf-mentor", Funding.by_hand)
)
_TRAINS = (
    select(TrainingRecord.mentor_period_id)
    .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
    .where(Teacher.trn == bindparam("trn"), TrainingRecord.participant_type == "mentor")
    .where(_not_over(TrainingRecord.finished_on))
    .order_by(TrainingRecord.started_on, TrainingRecord.id)
)


def name_of_mentor() -> Any:
    """The name of who mentors the ECT of a row, for a select from `EctPeriod`; null for nobody."""
    mentor = aliased(Teacher)
    return (
        select(mentor.name)
        .select_from(Mentorship)
        .join(MentorPeriod, MentorPeriod.id == Mentorship.mentor_period_id)
        .join(mentor, mentor.id == MentorPeriod.teacher_id)
        .where(Mentorship.ect_period_id == EctPeriod.id, _goes_on())
        .order_by(Mentorship.started_on.desc(), Mentorship.id.desc())
        .limit(1)
        .correlate(EctPeriod)
        .scalar_subquery()
    )


def mentors_at(school_id: str, today: date) -> tuple[MentorAtSchool, ...]:
    """Everybody who is a mentor at the school today or will be, A to Z."""
    rows = reading().execute(_MENTORS, {"school_id": school_id, "today": today})
    return tuple(MentorAtSchool(*row) for row in rows)


def stretches_of(trn: str, today: date) -> tuple[MentorStretch, ...]:
    """The teacher’s times as a mentor that aren’t over, at every school."""
    return tuple(MentorStretch(*row) for row in reading().execute(_STRETCHES, {"trn": trn, "today": today}))


def mentor_of(ect_period_id: str) -> MentorNow | None:
    """Who mentors the ECT; None for nobody."""
    row = reading().execute(_NOW, {"ect_period_id": ect_period_id}).one_or_none()
    return None if row is None else MentorNow(*row)


def reasons_not_to_fund(trn: str) -> tuple[str, ...]:
    """The reasons of the flags set for a TRN (`domain.funding.MentorReason`), in no order."""
    return tuple(reading().execute(_FLAGS, {"trn": trn}).scalars())


def funded_by_hand(trn: str) -> bool | None:
    """What somebody at DfE decided of this person’s mentor funding; None when nobody did."""
    return reading().execute(_BY_HAND, {"trn": trn}).scalar()


def trains_in(trn: str, today: date) -> tuple[str, ...]:
    """The mentor periods, by id, in which the teacher has training as a mentor that isn’t over."""
    return tuple(reading().execute(_TRAINS, {"trn": trn, "today": today}).scalars())
