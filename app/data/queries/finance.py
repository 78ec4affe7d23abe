"""Statements and contracts as finance looks through them: filtered, totalled, and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.data.database import reading
from app.data.models import (
    Contract,
    Declaration,
    DeliveryPartner,
    LeadProvider,
    LeadProviderCohort,
    Statement,
    StatementLine,
    Teacher,
)
from app.data.queries.organisations import Organisation
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.data.queries.statements import StatementDetails
from app.domain.statements import State

Rows = Select[*tuple[Any, ...]]
DUE = "due"
"""Not a state: statements whose deadline has passed and that aren’t paid, and the ones that close next."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements: None doesn’t filter. `month` is a year and a month; `state` a state, or DUE."""

    lead_provider_id: str | None = None
    cohort: int | None = None
    month: tuple[int, int] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by: lead providers A to Z, cohorts and months the latest first."""

    lead_providers: tuple[Organisation, ...]
    cohorts: tuple[int, ...]
    months: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Paid:
    """How many statements are paid, and what for: pence with VAT."""

    count: int
    pence: int


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """A declaration on a statement. `state` is the line’s; a voided one counts nothing."""

    line_id: str
    kind: str
    state: str
    declaration_id: str
    teacher_id: str
    name: str
    trn: str
    course: str
    declaration_type: str
    declared_at: datetime
    schedule_identifier: str
    delivery_partner: str | None
    evidence_held: str | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A lead provider’s place in a cohort, and its latest contract there; `version` is None without one."""

    lead_provider_id: str
    lead_provider_name: str
    cohort: int
    version: int | None
    created_at: datetime | None


_STATEMENTS: Rows = select(
    *(
        LeadProvider.name if name == "lead_provider_name" else getattr(Statement, name)
        for name in StatementDetails.__dataclass_fields__
    )
).join(LeadProvider, LeadProvider.id == Statement.lead_provider_id)
_LINES: Rows = (
    select(
        StatementLine.id,
        StatementLine.kind,
        StatementLine.state,
        Declaration.id,
        Teacher.id,
        Teacher.name,
        Teacher.trn,
        Declaration.course,
        Declaration.declaration_type,
        Declaration.declared_at,
        Declaration.schedule_identifier,
        DeliveryPartner.name,
        Declaration.evidence_held,
        Declaration.pupil_premium_uplift,
        Declaration.sparsity_uplift,
    )
    .join(Declaration, Declaration.id == StatementLine.declaration_id)
    .join(Teacher, Teacher.id == Declaration.teacher_id)
    .outerjoin(DeliveryPartner, DeliveryPartner.id == Declaration.delivery_partner_id)
    .where(StatementLine.statement_id == bindparam("statement_id"))
    .order_by(StatementLine.id)
)
_LINES_AFTER: Rows = _LINES.where(StatementLine.id > bindparam("after")).limit(bindparam("most"))
_BEFORE_ALL = "00000000-0000-0000-0000-000000000000"
_OTHER: Any = aliased(Statement)

_PROVIDERS = (
    select(LeadProvider.id, LeadProvider.name)
    .where(LeadProvider.id.in_(select(LeadProviderCohort.lead_provider_id)))
    .order_by(LeadProvider.name_key, LeadProvider.id)
)
_COHORTS = select(LeadProviderCohort.cohort).distinct().order_by(LeadProviderCohort.cohort.desc())
_MONTHS = (
    select(Statement.year, Statement.month).distinct().order_by(Statement.year.desc(), Statement.month.desc())
)
_NEXT_OUTPUT: Rows = (
    select(Statement.year, Statement.month)
    .where(
        Statement.lead_provider_id == bindparam("lead_provider_id"),
        Statement.cohort == bindparam("cohort"),
        Statement.state == State.OPEN,
        Statement.output,
        Statement.deadline_on >= bindparam("today"),
    )
    .order_by(Statement.deadline_on, Statement.pays_on, Statement.id)
    .limit(1)
)
_NEWEST: Any = aliased(Contract)
_PLACES: Rows = (
    select(
        LeadProviderCohort.lead_provider_id,
        LeadProvider.name,
        LeadProviderCohort.cohort,
        Contract.version,
        Contract.created_at,
    )
    .join(LeadProvider, LeadProvider.id == LeadProviderCohort.lead_provider_id)
    .outerjoin(
        Contract,
        and_(
            Contract.lead_provider_id == LeadProviderCohort.lead_provider_id,
            Contract.cohort == LeadProviderCohort.cohort,
            Contract.version
            == select(func.max(_NEWEST.version))
            .where(
                _NEWEST.lead_provider_id == LeadProviderCohort.lead_provider_id,
                _NEWEST.cohort == LeadProviderCohort.cohort,
            )
            .scalar_subquery(),
        ),
    )
    .order_by(LeadProviderCohort.cohort.desc(), LeadProvider.name_key, LeadProvider.id)
)


def statements(wanted: Wanted, today: date, page: int, per_page: int = PER_PAGE) -> Page[StatementDetails]:
    """A page of statements: those that are due by payment date, the first one first; others the latest first."""
    found = _STATEMENTS.where(*_conditions(wanted, today))
    pays_on = Statement.pays_on if wanted.state == DUE else Statement.pays_on.desc()
    ordered = found.order_by(pays_on, LeadProvider.name_key, Statement.cohort.desc(), Statement.id)
    return page_of(ordered, lambda row: StatementDetails(*row), page, per_page)


def paid(wanted: Wanted, today: date) -> Paid:
    """What was paid on the statements that are wanted. Whole pence are added, so nothing is rounded."""
    sums = select(func.count(), func.sum(Statement.total_pence), func.sum(Statement.vat_pence))
    conditions = [*_conditions(wanted, today), Statement.state == State.PAID]
    count, total, vat = reading().execute(sums.where(*conditions)).one()
    return Paid(count, int(total or 0) + int(vat or 0))


def next_deadline(wanted: Wanted, today: date) -> date | None:
    """The next day on which one of them closes; None when none does any more."""
    return reading().execute(_next_deadline(wanted, today)).scalar()


def choices() -> Choices:
    """What the statements that there are can be filtered by."""
    connection = reading()
    providers = connection.execute(_PROVIDERS).all()
    months = connection.execute(_MONTHS).all()
    return Choices(
        tuple(Organisation(*row) for row in providers),
        tuple(connection.execute(_COHORTS).scalars()),
        tuple((year, month) for year, month in months),
    )


def declared(statement_id: str, page: int, per_page: int = PER_PAGE) -> Page[DeclaredLine]:
    """A page of what is on a statement, in the order it came there."""
    lines = _LINES.params(statement_id=statement_id)
    return page_of(lines, lambda row: DeclaredLine(*row), page, per_page)


def declared_after(statement_id: str, after: str | None, most: int) -> tuple[DeclaredLine, ...]:
    """The next `most` lines of a statement after the one with the id `after`, the first ones when it is None."""
    values = {"statement_id": statement_id, "after": after or _BEFORE_ALL, "most": most}
    return tuple(DeclaredLine(*row) for row in reading().execute(_LINES_AFTER, values))


def next_output(lead_provider_id: str, cohort: int, today: date) -> tuple[int, int] | None:
    """The year and month of the statement that a clawback would go on today; None when there is none left."""
    values = {"lead_provider_id": lead_provider_id, "cohort": cohort, "today": today}
    row = reading().execute(_NEXT_OUTPUT, values).one_or_none()
    return None if row is None else (row[0], row[1])


def places(
    lead_provider_id: str | None, cohort: int | None, page: int, per_page: int = PER_PAGE
) -> Page[Place]:
    """The places of lead providers in cohorts, the latest cohort first, with or without a contract."""
    wanted = {"lead_provider_id": lead_provider_id, "cohort": cohort}
    given = [getattr(LeadProviderCohort, name) == each for name, each in wanted.items() if each is not None]
    return page_of(_PLACES.where(*given), lambda row: Place(*row), page, per_page)


def place(lead_provider_id: str, cohort: int) -> Place | None:
    """One of them."""
    found = places(lead_provider_id, cohort, 1, 1).rows
    return found[0] if found else None


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions = _filters(wanted, Statement)
    if wanted.state == DUE:
        closes_next = Statement.deadline_on == _next_deadline(wanted, today).scalar_subquery()
        conditions += [Statement.state != State.PAID, or_(Statement.deadline_on < today, closes_next)]
    elif wanted.state is not None:
        conditions.append(Statement.state == wanted.state)
    return conditions


def _next_deadline(wanted: Wanted, today: date) -> Rows:
    still_open = (_OTHER.state == State.OPEN, _OTHER.deadline_on >= today)
    return select(func.min(_OTHER.deadline_on)).where(*_filters(wanted, _OTHER), *still_open)


def _filters(wanted: Wanted, of: Any) -> list[ColumnElement[bool]]:
    year, month = wanted.month or (None, None)
    given = {
        "lead_provider_id": wanted.lead_provider_id,
        "cohort": wanted.cohort,
        "year": year,
        "month": month,
    }
    return [getattr(of, name) == value for name, value in given.items() if value is not None]
