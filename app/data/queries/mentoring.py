"""Mentors of a school, a teacher’s time as a mentor anywhere, and who mentors an ECT now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, or_, select
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
    School,
    Teacher,
    TrainingRecord,
)
from app.domain.mentoring import TrainingOfEct
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.training_again import TrainingSoFar


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


@dataclass(frozen=True, slots=True)
class MentorRecord:
    """A mentor’s training record that isn’t over, at whatever school; `partnership_id` is where it hangs."""

    id: str
    teacher_id: str
    mentor_period_id: str
    partnership_id: str
    so_far: TrainingSoFar


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who mentors an ECT of a partnership and stays: what decides whether they train under it too.

    `ect` is the ECT’s training, `ect_record_id` its record; `by_hand` and `flagged` as in `domain.mentoring`.
    """

    teacher_id: str
    mentor_period_id: str
    started_on: date
    ect_record_id: str
    ect: TrainingOfEct
    by_hand: bool | None
    flagged: bool


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
_RECORDS = (
    select(
        TrainingRecord.id,
        TrainingRecord.teacher_id,
        TrainingRecord.mentor_period_id,
        TrainingRecord.partnership_id,
        Partnership.status,
        Partnership.ever_active,
        TrainingRecord.training_status,
        TrainingRecord.stopped_on,
        TrainingRecord.started_on,
        TrainingRecord.finished_on,
    )
    .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .where(TrainingRecord.participant_type == "mentor", _not_over(TrainingRecord.finished_on))
    .order_by(TrainingRecord.started_on, TrainingRecord.id)
)
_RECORDS_BY_TRN = _RECORDS.where(Teacher.trn == bindparam("trn"))
_RECORDS_OF = _RECORDS.where(Teacher.id.in_(bindparam("teacher_ids", expanding=True)))
_LATEST = aliased(TrainingRecord)
_LATEST_OF_ECT = (
    select(_LATEST.id)
    .where(_LATEST.ect_period_id == Mentorship.ect_period_id)
    .order_by(_LATEST.started_on.desc(), _LATEST.id.desc())
    .limit(1)
    .correlate(Mentorship)
    .scalar_subquery()
)
_FOLLOWERS = (
    select(
        MentorPeriod.teacher_id,
        MentorPeriod.id,
        MentorPeriod.started_on,
        TrainingRecord.id,
        TrainingRecord.training_status,
        TrainingRecord.stopped_on,
        TrainingRecord.finished_on,
        Partnership.status,
        Funding.eligible,
        select(MentorFundingFlag.trn).where(MentorFundingFlag.trn == Teacher.trn).exists(),
    )
    .select_from(TrainingRecord)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .join(Mentorship, Mentorship.ect_period_id == TrainingRecord.ect_period_id)
    .join(MentorPeriod, MentorPeriod.id == Mentorship.mentor_period_id)
    .join(Teacher, Teacher.id == MentorPeriod.teacher_id)
    .outerjoin(
        Funding,
        and_(Funding.teacher_id == Teacher.id, Funding.course == "ecf-mentor", Funding.by_hand),
    )
    .where(TrainingRecord.partnership_id == bindparam("partnership_id"), TrainingRecord.id == _LATEST_OF_ECT)
    .where(_not_over(Mentorship.finished_on), MentorPeriod.finished_on.is_(None))
    .order_by(MentorPeriod.teacher_id, TrainingRecord.started_on, TrainingRecord.id)
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


def records_by_trn(trn: str, today: date) -> tuple[MentorRecord, ...]:
    """The teacher’s training records as a mentor that aren’t over, at every school, the earliest first."""
    return tuple(map(_record, reading().execute(_RECORDS_BY_TRN, {"trn": trn, "today": today})))


def records_of(teacher_ids: Collection[str], today: date) -> tuple[MentorRecord, ...]:
    """The same of several teachers, by id."""
    among = {"teacher_ids": sorted(teacher_ids), "today": today}
    return tuple(map(_record, reading().execute(_RECORDS_OF, among)))


def _record(row: Any) -> MentorRecord:
    identity, teacher, period, under, status, ever_active, training, stopped_on, *days = row
    so_far = TrainingSoFar(
        State(status), ever_active, TrainingStatus(training), stopped_on is not None, *days
    )
    return MentorRecord(identity, teacher, period, under, so_far)


def followers(partnership_id: str, today: date) -> tuple[Follower, ...]:
    """Who mentors the ECTs whose latest training hangs on a partnership, once for each ECT.

    Without mentors who leave the school: they aren’t given ECTs any more either.
    """
    rows = reading().execute(_FOLLOWERS, {"partnership_id": partnership_id, "today": today})
    return tuple(_follower(row, today) for row in rows)


def _follower(row: Any, today: date) -> Follower:
    teacher, period, started_on, record, training, stopped_on, finished_on, status, by_hand, flagged = row
    goes_on = stopped_on is None and (finished_on is None or finished_on >= today)
    ect = TrainingOfEct(State(status), TrainingStatus(training), goes_on)
    return Follower(teacher, period, started_on, record, ect, by_hand, flagged)
