"""ECTs of a school: the cards of “Your ECTs”, one ECT with its history, and a teacher’s registrations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from app.data.columns import id_as_text
from app.data.database import reading
from app.data.models import (
    AppropriateBody,
    EctPeriod,
    Event,
    Partnership,
    Person,
    School,
    Teacher,
    TrainingRecord,
)
from app.data.queries import training
from app.data.queries.mentoring import name_of_mentor
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.data.queries.teachers import called
from app.data.queries.training import Training
from app.domain.participants import NO_TRAINING


@dataclass(frozen=True, slots=True)
class Card:
    """One ECT in a school's list, with what its status is worked out from. `training` is the latest.

    `registered_elsewhere`: the last day here follows from a registration at another school, not from this one's word.
    """

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
    registered_elsewhere: bool = False


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
# What happened last of all that set the last day: kept in the events only, and looked up for those who have one.
_LAST_DAY_BY = case(
    (
        EctPeriod.finished_on.is_not(None),
        select(Event.kind)
        .where(Event.record_kind == "ect_at_school_period", Event.record_id == id_as_text(EctPeriod.id))
        .where(Event.kind.in_(("ect.leaving_reported", "ect.left")))
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(1)
        .correlate(EctPeriod)
        .scalar_subquery(),
    )
)
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
        _LAST_DAY_BY,
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
_WITHOUT_TRAINING = _CARDS.where(
    EctPeriod.school_id == bindparam("school_id"),
    or_(EctPeriod.finished_on.is_(None), EctPeriod.finished_on >= bindparam("today")),
    Partnership.status.in_(sorted(NO_TRAINING)),
).order_by(Teacher.name_key, EctPeriod.id)
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
    found = called(search)
    if found is not None:
        statement = statement.where(found)
    return page_of(statement, _card, page, per_page)


def without_training(school_id: str, today: date) -> tuple[Card, ...]:
    """Those who haven't left and whose latest training was a partnership's that isn't one now, by name: a handful."""
    rows = reading().execute(_WITHOUT_TRAINING, {"school_id": school_id, "today": today})
    return tuple(map(_card, rows))


def names_of(school_id: str, ect_ids: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The names and TRNs of the school's ECTs with these ids, by name, whatever has become of them."""
    named = select(Teacher.name, Teacher.trn).join(EctPeriod, EctPeriod.teacher_id == Teacher.id)
    here = named.where(EctPeriod.school_id == school_id, EctPeriod.id.in_(ect_ids))
    rows = reading().execute(here.order_by(Teacher.name_key, EctPeriod.id))
    return tuple((name, trn) for name, trn in rows)


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


def _here(today: date) -> ColumnElement[bool]:
    return or_(EctPeriod.finished_on.is_(None), EctPeriod.finished_on >= today)


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    values: tuple[Any, ...] = tuple(row)
    end = 9 + len(training.COLUMNS)
    return Card(*(*values[:9], training.from_row(values[9:end]), values[end], values[end + 1] == "ect.left"))


def _earlier(values: tuple[Any, ...]) -> Earlier:
    return Earlier(*(*values[:6], training.from_row(values[6:])))
