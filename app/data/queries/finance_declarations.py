"""Declarations and the people they are about, whoever’s they are, for finance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select, union_all
from sqlalchemy.orm import aliased

from app.data.database import reading
from app.data.models import (
    Declaration,
    DeliveryPartner,
    Event,
    Funding,
    LeadProvider,
    Partnership,
    Person,
    Statement,
    StatementLine,
    Teacher,
    TrainingRecord,
)
from app.data.queries.events import EventDetails
from app.data.queries.paging import PER_PAGE, Page, page_of

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class DeclarationDetails:
    """One declaration, with the names of whom it speaks of."""

    id: str
    teacher_id: str
    name: str
    trn: str
    lead_provider_id: str
    lead_provider_name: str
    delivery_partner_name: str | None
    mentor_name: str | None
    course: str
    declaration_type: str
    declared_at: datetime
    state: str
    cohort: int
    schedule_identifier: str
    evidence_held: str | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    ineligible_reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LineOnStatement:
    """A line of a declaration, with the statement that it is on."""

    declaration_id: str
    kind: str
    state: str
    added_at: datetime
    statement_id: str
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class ParticipantDetails:
    """A person. `funding` is by course, for those that something is known of."""

    id: str
    name: str
    trn: str
    funding: Mapping[str, FundingDetails]


@dataclass(frozen=True, slots=True)
class FundingDetails:
    """Whether training on a course can be paid for: None while it isn’t decided. `by_hand`: somebody at DfE said so."""

    eligible: bool | None
    by_hand: bool
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrainingDetails:
    """A stretch of somebody’s training. `lead_provider_name` is None for school-led."""

    id: str
    participant_type: str
    lead_provider_name: str | None
    cohort: int
    schedule_identifier: str | None
    started_on: date
    finished_on: date | None
    training_status: str


_MENTOR: Any = aliased(Teacher)
_DECLARATIONS: Rows = (
    select(
        Declaration.id,
        Teacher.id,
        Teacher.name,
        Teacher.trn,
        LeadProvider.id,
        LeadProvider.name,
        DeliveryPartner.name,
        _MENTOR.name,
        *(getattr(Declaration, name) for name in tuple(DeclarationDetails.__dataclass_fields__)[8:]),
    )
    .join(Teacher, Teacher.id == Declaration.teacher_id)
    .join(LeadProvider, LeadProvider.id == Declaration.lead_provider_id)
    .outerjoin(DeliveryPartner, DeliveryPartner.id == Declaration.delivery_partner_id)
    .outerjoin(_MENTOR, _MENTOR.id == Declaration.mentor_id)
    .order_by(Declaration.declared_at, Declaration.id)
)
_BY_ID = _DECLARATIONS.where(Declaration.id == bindparam("id"))
_OF_PERSON = _DECLARATIONS.where(Declaration.teacher_id == bindparam("id"))
_WITHOUT_STATEMENT = (
    _DECLARATIONS.join(
        Funding, and_(Funding.teacher_id == Declaration.teacher_id, Funding.course == Declaration.course)
    )
    .where(Declaration.state == "submitted", Funding.eligible.is_(True))
    .limit(bindparam("most"))
)
_LINES: Rows = (
    select(
        StatementLine.declaration_id,
        StatementLine.kind,
        StatementLine.state,
        StatementLine.added_at,
        Statement.id,
        Statement.year,
        Statement.month,
    )
    .join(Statement, Statement.id == StatementLine.statement_id)
    .where(StatementLine.declaration_id.in_(bindparam("ids", expanding=True)))
    .order_by(StatementLine.added_at, StatementLine.id)
)
_PERSON: Rows = select(Teacher.id, Teacher.name, Teacher.trn)
_FUNDING: Rows = select(Funding.course, Funding.eligible, Funding.by_hand, Funding.decided_at).where(
    Funding.teacher_id == bindparam("id")
)
_TRAINING: Rows = (
    select(
        TrainingRecord.id,
        TrainingRecord.participant_type,
        LeadProvider.name,
        TrainingRecord.cohort,
        TrainingRecord.schedule_identifier,
        TrainingRecord.started_on,
        TrainingRecord.finished_on,
        TrainingRecord.training_status,
    )
    .outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .outerjoin(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
    .where(TrainingRecord.teacher_id == bindparam("id"))
    .order_by(TrainingRecord.started_on, TrainingRecord.id)
)
_NAMES = union_all(
    select(Person.id, Person.name).where(Person.id.in_(bindparam("ids", expanding=True))),
    select(LeadProvider.id, LeadProvider.name).where(LeadProvider.id.in_(bindparam("ids", expanding=True))),
)
_EVENTS: Rows = select(*(getattr(Event, name) for name in EventDetails.__dataclass_fields__)).order_by(
    Event.at, Event.id
)


def declaration(declaration_id: str) -> DeclarationDetails | None:
    """The declaration with this id."""
    row = reading().execute(_BY_ID, {"id": declaration_id}).one_or_none()
    return None if row is None else DeclarationDetails(*row)


def declarations_of(teacher_id: str) -> tuple[DeclarationDetails, ...]:
    """Every declaration about a person, by the day declared: a few dozen at most, by nature."""
    return tuple(DeclarationDetails(*row) for row in reading().execute(_OF_PERSON, {"id": teacher_id}))


def without_statement(most: int) -> tuple[DeclarationDetails, ...]:
    """The first `most` that could be paid, but whose cohort had no output statement left to take them."""
    rows = reading().execute(_WITHOUT_STATEMENT, {"most": most})
    return tuple(DeclarationDetails(*row) for row in rows)


def lines_of(declaration_ids: Collection[str]) -> tuple[LineOnStatement, ...]:
    """Where these declarations are paid, and where they are taken back."""
    rows = reading().execute(_LINES, {"ids": list(declaration_ids)})
    return tuple(LineOnStatement(*row) for row in rows)


def participant(teacher_id: str) -> ParticipantDetails | None:
    """The person with this id."""
    row = reading().execute(_PERSON.where(Teacher.id == teacher_id)).one_or_none()
    if row is None:
        return None
    identity, name, trn = row
    return ParticipantDetails(identity, name, trn, funding_of(teacher_id))


def funding_of(teacher_id: str) -> Mapping[str, FundingDetails]:
    """What is known of somebody’s funding, by course."""
    rows = reading().execute(_FUNDING, {"id": teacher_id})
    return {course: FundingDetails(*values) for course, *values in rows}


def id_of_trn(trn: str) -> str | None:
    """The id of the person with this TRN."""
    found: str | None = reading().execute(select(Teacher.id).where(Teacher.trn == trn)).scalar()
    return found


def training_of(teacher_id: str) -> tuple[TrainingDetails, ...]:
    """All of somebody’s training, school-led too, the first first."""
    return tuple(TrainingDetails(*row) for row in reading().execute(_TRAINING, {"id": teacher_id}))


def history(
    records: Mapping[str, Collection[str]], page: int = 1, per_page: int = PER_PAGE
) -> Page[EventDetails]:
    """What happened to these records, their ids by kind of record, first things first."""
    of_kind = [
        and_(Event.record_kind == kind, Event.record_id.in_(list(ids))) for kind, ids in records.items()
    ]
    return page_of(_EVENTS.where(or_(*of_kind)), lambda row: EventDetails(*row), page, per_page)


def names(ids: Collection[str]) -> Mapping[str, str]:
    """The names of people who sign in, and of lead providers, by id."""
    rows = reading().execute(_NAMES, {"ids": sorted(ids)}) if ids else ()
    return {row[0]: row[1] for row in rows}
