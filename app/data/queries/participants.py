"""ECTs of a school: the cards of “Your ECTs”, one ECT with its history, and what is known about a TRN."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.data.database import reading
from app.data.models import AppropriateBody, EctPeriod, Person, School, Teacher, TrainingRecord
from app.data.queries import training
from app.data.queries.mentoring import name_of_mentor
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.data.queries.training import Training
from app.domain.matching import fold
from app.domain.people import email_key, written

# A TRN or a part of one, as people write it (“RP30/01234”), after folding.
_TRN = re.compile(r"(?:rp)?[ /]*[0-9][ /0-9]*")


@dataclass(frozen=True, slots=True)
class Card:
    """One ECT in a school's list, with what its status is worked out from. `training` is the latest."""

    id: str
    name: str
    trn: str
    started_on: date
    finished_on: date | None
    leaving_reported_at: datetime | None
    qts_awarded: bool
    appropriate_body_id: str
    appropriate_body_name: str
    training: Training | None
    mentor: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A registration of a teacher at a school, for the next school to read. `training` is its latest."""

    id: str
    school_id: str
    school_name: str
    started_on: date
    finished_on: date | None
    appropriate_body_name: str
    training: Training | None


@dataclass(frozen=True, slots=True)
class Ect:
    """One ECT at one school with everything the school may read. `history` has the latest training first."""

    card: Card
    teacher_id: str
    record_name: str
    email: str
    working_pattern: str
    reference: str
    registered_at: datetime
    registered_by: str
    history: tuple[Training, ...]
    elsewhere: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class KnownTeacher:
    """A teacher this service has a record of."""

    id: str
    trn: str
    name: str
    record_name: str
    qts_awarded: bool
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """Where a teacher is registered now. `run_id` is the run that registered them."""

    id: str
    school_id: str
    school_name: str
    started_on: date
    finished_on: date | None
    reference: str
    registered_at: datetime
    registered_by: str
    run_id: str | None


def _with_latest_training(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    other = aliased(TrainingRecord)
    latest = (
        select(other.id)
        .where(other.ect_period_id == EctPeriod.id)
        .order_by(other.started_on.desc(), other.id.desc())
        .limit(1)
        .correlate(EctPeriod)
        .scalar_subquery()
    )
    return training.joined(
        statement.select_from(EctPeriod)
        .join(Teacher, Teacher.id == EctPeriod.teacher_id)
        .join(AppropriateBody, AppropriateBody.id == EctPeriod.appropriate_body_id)
        .outerjoin(TrainingRecord, TrainingRecord.id == latest)
    )


_MENTOR = name_of_mentor()
# Built once: building a select takes longer than running it.
_CARDS = _with_latest_training(
    select(
        EctPeriod.id,
        Teacher.name,
        Teacher.trn,
        EctPeriod.started_on,
        EctPeriod.finished_on,
        EctPeriod.leaving_reported_at,
        Teacher.qts_awarded,
        AppropriateBody.id,
        AppropriateBody.name,
        *training.COLUMNS,
        _MENTOR.label("mentor"),
    )
)


_MORE = (
    Teacher.id,
    Teacher.record_name,
    EctPeriod.email,
    EctPeriod.working_pattern,
    EctPeriod.reference,
    EctPeriod.registered_at,
    Person.name,
    Teacher.trn,
)
_ECT = (
    _CARDS.add_columns(*_MORE)
    .join(Person, Person.id == EctPeriod.registered_by)
    .where(EctPeriod.id == bindparam("id"), EctPeriod.school_id == bindparam("school_id"))
)
_REGISTRATIONS = (
    _with_latest_training(
        select(
            EctPeriod.id,
            School.id,
            School.name,
            EctPeriod.started_on,
            EctPeriod.finished_on,
            AppropriateBody.name,
            *training.COLUMNS,
        )
    )
    .join(School, School.id == EctPeriod.school_id)
    .where(Teacher.trn == bindparam("trn"))
    .order_by(EctPeriod.started_on.desc(), EctPeriod.id.desc())
)


def cards(
    school_id: str, today: date, search: str = "", page: int = 1, per_page: int = PER_PAGE
) -> Page[Card]:
    """The school's ECTs who haven't left by `today`, those who need a mentor first, then by name.

    `search` is part of a name (case, accents and apostrophes don't count) or of a TRN.
    """
    statement = _CARDS.where(EctPeriod.school_id == school_id, _here(today)).order_by(
        _MENTOR.is_not(None), Teacher.name_key, EctPeriod.id
    )
    key = fold(written(search))
    if key:
        found = Teacher.name_key.contains(key, autoescape=True)
        if _TRN.fullmatch(key):
            digits = "".join(char for char in key if char in "0123456789")
            found = or_(found, Teacher.trn.contains(digits, autoescape=True))
        statement = statement.where(found)
    return page_of(statement, _card, page, per_page)


def ect(school_id: str, ect_id: str) -> Ect | None:
    """One ECT of this school, in three selects; None for an unknown id and for another school's alike."""
    row = reading().execute(_ECT, {"id": ect_id, "school_id": school_id}).one_or_none()
    if row is None:
        return None
    own: tuple[Any, ...] = tuple(row)[-len(_MORE) : -1]
    elsewhere = tuple(other for other in registrations(row[-1]) if other.id != row[0])
    return Ect(*(_card(row), *own, training.of_period(row[0]), elsewhere))


def registrations(trn: str) -> tuple[Earlier, ...]:
    """Every registration of the teacher at any school, latest first: a handful in a career."""
    return tuple(_earlier(tuple(row)) for row in reading().execute(_REGISTRATIONS, {"trn": trn}))


def provider_led_before(trn: str) -> Training | None:
    """The teacher's latest provider-led training as an ECT anywhere: its cohort and schedule are kept."""
    statement = (
        training.joined(
            select(*training.COLUMNS)
            .select_from(TrainingRecord)
            .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
        )
        .where(Teacher.trn == trn, TrainingRecord.participant_type == "ect")
        .where(TrainingRecord.programme == "provider_led")
        .order_by(TrainingRecord.started_on.desc(), TrainingRecord.id.desc())
        .limit(1)
    )
    row = reading().execute(statement).one_or_none()
    return None if row is None else Training(*row)


def teacher_by_trn(trn: str) -> KnownTeacher | None:
    """The teacher with this TRN, if the service has a record of them."""
    columns = [getattr(Teacher, name) for name in KnownTeacher.__dataclass_fields__]
    row = reading().execute(select(*columns).where(Teacher.trn == trn)).one_or_none()
    return None if row is None else KnownTeacher(*row)


def open_period(trn: str) -> OpenPeriod | None:
    """The teacher's registration that has no end, at whichever school."""
    return _period(Teacher.trn == trn, EctPeriod.finished_on.is_(None))


def period_of_run(run_id: str) -> OpenPeriod | None:
    """The registration that this run made, ended or not."""
    return _period(EctPeriod.run_id == run_id)


def email_in_use(email: str, trn: str) -> bool:
    """Whether an open registration of somebody else than `trn` has this address; case doesn't count."""
    statement = (
        select(EctPeriod.id)
        .join(Teacher, Teacher.id == EctPeriod.teacher_id)
        .where(EctPeriod.email_key == email_key(email), EctPeriod.finished_on.is_(None), Teacher.trn != trn)
        .limit(1)
    )
    return reading().execute(statement).first() is not None


def _here(today: date) -> ColumnElement[bool]:
    return or_(EctPeriod.finished_on.is_(None), EctPeriod.finished_on >= today)


def _period(*conditions: ColumnElement[bool]) -> OpenPeriod | None:
    statement = (
        select(
            EctPeriod.id,
            School.id,
            School.name,
            EctPeriod.started_on,
            EctPeriod.finished_on,
            EctPeriod.reference,
            EctPeriod.registered_at,
            Person.name,
            EctPeriod.run_id,
        )
        .join(Teacher, Teacher.id == EctPeriod.teacher_id)
        .join(School, School.id == EctPeriod.school_id)
        .join(Person, Person.id == EctPeriod.registered_by)
        .where(and_(*conditions))
    )
    row = reading().execute(statement).one_or_none()
    return None if row is None else OpenPeriod(*row)


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    values: tuple[Any, ...] = tuple(row)
    end = 9 + len(training.COLUMNS)
    return Card(*(*values[:9], training.from_row(values[9:end]), values[end]))


def _earlier(values: tuple[Any, ...]) -> Earlier:
    return Earlier(*(*values[:6], training.from_row(values[6:])))
