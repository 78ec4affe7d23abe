"""A lead provider’s statements on its own pages: when, in which state, and what is on them. Never how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.data.database import reading
from app.data.models import Declaration, ProviderParticipant, Statement, StatementLine, Teacher
from app.data.queries.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class OwnStatement:
    """One statement. Only `output` ones carry declarations; the others, the service fee."""

    id: str
    cohort: int
    year: int
    month: int
    deadline_on: date
    pays_on: date
    output: bool
    state: str
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many declarations of a course and type are on a statement: to be paid, and taken back."""

    course: str
    declaration_type: str
    paid: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A declaration on a statement. `name` and `trn` are None for somebody the provider may not see any more."""

    id: str
    kind: str
    state: str
    declaration_id: str
    participant_id: str
    name: str | None
    trn: str | None
    course: str
    declaration_type: str
    declared_at: datetime


Rows = Select[*tuple[Any, ...]]
NOW = "now"
"""Not a state: statements that have closed, and the ones that close next."""

_OTHER: Any = aliased(Statement)
_STATEMENTS: Rows = select(*(getattr(Statement, name) for name in OwnStatement.__dataclass_fields__)).where(
    Statement.lead_provider_id == bindparam("lead_provider_id")
)
_ON = and_(
    Statement.id == bindparam("statement_id"), Statement.lead_provider_id == bindparam("lead_provider_id")
)
_COUNTED: Rows = (
    select(
        Declaration.course,
        Declaration.declaration_type,
        func.sum(case((StatementLine.kind == "payment", 1), else_=0)),
        func.sum(case((StatementLine.kind == "clawback", 1), else_=0)),
    )
    .select_from(StatementLine)
    .join(Statement, Statement.id == StatementLine.statement_id)
    .join(Declaration, Declaration.id == StatementLine.declaration_id)
    .where(_ON, StatementLine.state != "voided")
    .group_by(Declaration.course, Declaration.declaration_type)
)
_SEEN = and_(
    ProviderParticipant.teacher_id == Declaration.teacher_id,
    ProviderParticipant.lead_provider_id == Statement.lead_provider_id,
    ProviderParticipant.visible,
)
_LINES: Rows = (
    select(
        StatementLine.id,
        StatementLine.kind,
        StatementLine.state,
        Declaration.id,
        Declaration.teacher_id,
        case((ProviderParticipant.visible, Teacher.name)),
        case((ProviderParticipant.visible, Teacher.trn)),
        Declaration.course,
        Declaration.declaration_type,
        Declaration.declared_at,
    )
    .select_from(StatementLine)
    .join(Statement, Statement.id == StatementLine.statement_id)
    .join(Declaration, Declaration.id == StatementLine.declaration_id)
    .join(Teacher, Teacher.id == Declaration.teacher_id)
    .outerjoin(ProviderParticipant, _SEEN)
    .where(_ON)
    .order_by(StatementLine.id)
)


def listed(
    lead_provider_id: str, cohort: int | None, state: str | None, today: date, page: int, per_page: int
) -> Page[OwnStatement]:
    """A page of the provider’s statements that carry declarations, by payment date, the latest first.

    `state` is a state, None for any, or NOW for those up to the next deadline, which is today or later.
    """
    statement = _STATEMENTS.params(lead_provider_id=lead_provider_id).where(Statement.output)
    if cohort is not None:
        statement = statement.where(Statement.cohort == cohort)
    if state == NOW:
        ahead = (_OTHER.lead_provider_id == lead_provider_id, _OTHER.output, _OTHER.deadline_on >= today)
        until = select(func.min(_OTHER.deadline_on)).where(*ahead).scalar_subquery()
        statement = statement.where(or_(Statement.deadline_on < today, Statement.deadline_on <= until))
    elif state is not None:
        statement = statement.where(Statement.state == state)
    ordered = statement.order_by(Statement.pays_on.desc(), Statement.cohort.desc(), Statement.id)
    return page_of(ordered, lambda row: OwnStatement(*row), page, per_page)


def one(lead_provider_id: str, statement_id: str) -> OwnStatement | None:
    """The provider’s statement with this id, also one for the service fee alone."""
    values = {"lead_provider_id": lead_provider_id}
    row = reading().execute(_STATEMENTS.where(Statement.id == statement_id), values).one_or_none()
    return None if row is None else OwnStatement(*row)


def counts(lead_provider_id: str, statement_id: str) -> tuple[Count, ...]:
    """What is on a statement by course and type, in no order; voided ones count nothing."""
    values = {"lead_provider_id": lead_provider_id, "statement_id": statement_id}
    return tuple(Count(*row) for row in reading().execute(_COUNTED, values))


def lines(lead_provider_id: str, statement_id: str, page: int, per_page: int) -> Page[OwnLine]:
    """A page of what is on a statement, in the order it came there."""
    on = _LINES.params(lead_provider_id=lead_provider_id, statement_id=statement_id)
    return page_of(on, lambda row: OwnLine(*row), page, per_page)
