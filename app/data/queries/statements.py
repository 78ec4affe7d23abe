"""Statements for finance: what is on them, counted, and who asked for what. The API’s list is in `queries.api`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select

from app.data.database import reading
from app.data.models import (
    Adjustment,
    Declaration,
    Event,
    LeadProvider,
    LeadProviderCohort,
    PaymentRequest,
    Statement,
    StatementLine,
)
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.domain.payments import Counts
from app.domain.schedules import Course, DeclarationType

PAID = "statement.paid"
BEFORE = "before "
"""The event of a payment keeps what had been billed before it: “before ecf-induction started” and how many."""


@dataclass(frozen=True, slots=True)
class StatementDetails:
    """One statement. Totals are whole pence, before VAT and the VAT on it; None until it is paid."""

    id: str
    lead_provider_id: str
    lead_provider_name: str
    cohort: int
    year: int
    month: int
    deadline_on: date
    pays_on: date
    output: bool
    state: str
    contract_id: str | None
    payable_at: datetime | None
    paid_at: datetime | None
    total_pence: int | None
    vat_pence: int | None


@dataclass(frozen=True, slots=True)
class LineDetails:
    """One declaration on a statement: `kind` is payment or clawback, and a voided line counts nothing."""

    id: str
    kind: str
    state: str
    added_at: datetime
    declaration_id: str
    teacher_id: str
    course: str
    declaration_type: str
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """Somebody asked that a statement be paid; it was withdrawn, authorised, or still stands. People are ids."""

    id: str
    requested_by: str
    requested_at: datetime
    withdrawn_at: datetime | None
    authorised_by: str | None
    authorised_at: datetime | None


@dataclass(frozen=True, slots=True)
class AdjustmentDetails:
    """A named amount on a statement in whole pence, below 0 when it is taken off."""

    id: str
    name: str
    amount_pence: int
    added_by: str
    added_at: datetime


def _of(model: type[Any], names: Mapping[str, object]) -> list[Any]:
    return [getattr(model, name) for name in names]


_STATEMENTS: Select[*tuple[Any, ...]] = select(
    *(
        LeadProvider.name if name == "lead_provider_name" else getattr(Statement, name)
        for name in StatementDetails.__dataclass_fields__
    )
).join(LeadProvider, LeadProvider.id == Statement.lead_provider_id)
_BY_ID = _STATEMENTS.where(Statement.id == bindparam("id"))
_DUE = (
    select(Statement.id)
    .where(Statement.state == "open", Statement.deadline_on < bindparam("today"))
    .order_by(Statement.deadline_on, Statement.id)
)
_PLACES = (
    select(LeadProviderCohort.lead_provider_id)
    .where(LeadProviderCohort.cohort == bindparam("cohort"))
    .order_by(LeadProviderCohort.lead_provider_id)
)
_REQUESTS: Select[*tuple[Any, ...]] = (
    select(*_of(PaymentRequest, RequestDetails.__dataclass_fields__))
    .where(PaymentRequest.statement_id == bindparam("statement_id"))
    .order_by(PaymentRequest.requested_at, PaymentRequest.id)
)
_STANDING = _REQUESTS.where(PaymentRequest.withdrawn_at.is_(None))
_ADJUSTMENTS: Select[*tuple[Any, ...]] = (
    select(*_of(Adjustment, AdjustmentDetails.__dataclass_fields__))
    .where(Adjustment.statement_id == bindparam("statement_id"), Adjustment.removed_at.is_(None))
    .order_by(Adjustment.added_at, Adjustment.id)
)

_HERE = Statement.id == bindparam("id")
_EARLIER = Statement.pays_on < bindparam("pays_on")
BILLED = and_(StatementLine.kind == "payment", StatementLine.state != "voided")
"""Lines that count, of a joined `StatementLine`; the others are of what is taken back, and of uplifts."""

REFUNDED = StatementLine.kind == "clawback"
UPLIFTED = and_(
    Declaration.declaration_type == DeclarationType.STARTED,
    or_(Declaration.pupil_premium_uplift, Declaration.sparsity_uplift),
)


def tally(*conditions: Any) -> Any:
    """How many rows meet these conditions."""
    return func.count().filter(and_(*conditions))


_COUNTS: Select[*tuple[Any, ...]] = (
    select(
        Declaration.course,
        Declaration.declaration_type,
        tally(_EARLIER, BILLED) - tally(_EARLIER, REFUNDED),
        tally(_HERE, BILLED),
        tally(_HERE, REFUNDED),
        tally(_HERE, BILLED, UPLIFTED),
        tally(_HERE, REFUNDED, UPLIFTED),
    )
    .select_from(Statement)
    .join(StatementLine, StatementLine.statement_id == Statement.id)
    .join(Declaration, Declaration.id == StatementLine.declaration_id)
    .where(
        Statement.lead_provider_id == bindparam("lead_provider_id"),
        Statement.cohort == bindparam("cohort"),
        or_(_HERE, _EARLIER),
    )
    .group_by(Declaration.course, Declaration.declaration_type)
    .order_by(Declaration.course, Declaration.declaration_type)
)
_PAYMENT = (
    select(Event.details)
    .where(Event.record_kind == "statement", Event.record_id == bindparam("id"), Event.kind == PAID)
    .limit(1)
)


def by_id(statement_id: str) -> StatementDetails | None:
    """The statement with this id."""
    row = reading().execute(_BY_ID, {"id": statement_id}).one_or_none()
    return None if row is None else StatementDetails(*row)


def listed(
    lead_provider_id: str | None = None,
    cohort: int | None = None,
    state: str | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Page[StatementDetails]:
    """Statements by payment date, the latest first; None doesn’t filter."""
    wanted = {"lead_provider_id": lead_provider_id, "cohort": cohort, "state": state}
    conditions = [getattr(Statement, name) == value for name, value in wanted.items() if value is not None]
    ordered = _STATEMENTS.where(*conditions).order_by(
        Statement.pays_on.desc(), LeadProvider.name_key, Statement.cohort.desc(), Statement.id
    )
    return page_of(ordered, lambda row: StatementDetails(*row), page, per_page)


def lines(statement_id: str, page: int = 1, per_page: int = PER_PAGE) -> Page[LineDetails]:
    """What is on a statement, in the order it came there."""
    on_line = ("id", "kind", "state", "added_at", "declaration_id")
    columns = [
        getattr(StatementLine if name in on_line else Declaration, name)
        for name in LineDetails.__dataclass_fields__
    ]
    statement: Select[*tuple[Any, ...]] = (
        select(*columns)
        .join(Declaration, Declaration.id == StatementLine.declaration_id)
        .where(StatementLine.statement_id == statement_id)
        .order_by(StatementLine.added_at, StatementLine.id)
    )
    return page_of(statement, lambda row: LineDetails(*row), page, per_page)


def due(today: date) -> tuple[str, ...]:
    """The ids of the open statements whose deadline has passed, however long ago, the oldest first."""
    return tuple(reading().execute(_DUE, {"today": today}).scalars())


def places(cohort: int) -> tuple[str, ...]:
    """The ids of the lead providers with a place in a cohort, closed or not: they have statements in it."""
    return tuple(reading().execute(_PLACES, {"cohort": cohort}).scalars())


def requests(statement_id: str) -> tuple[RequestDetails, ...]:
    """Every request for the payment of a statement, the first one first."""
    rows = reading().execute(_REQUESTS, {"statement_id": statement_id})
    return tuple(RequestDetails(*row) for row in rows)


def standing_request(statement_id: str) -> RequestDetails | None:
    """The request that wasn’t withdrawn: it waits to be authorised, or was."""
    row = reading().execute(_STANDING, {"statement_id": statement_id}).one_or_none()
    return None if row is None else RequestDetails(*row)


def adjustments(statement_id: str) -> tuple[AdjustmentDetails, ...]:
    """The adjustments that count, in the order they were added."""
    rows = reading().execute(_ADJUSTMENTS, {"statement_id": statement_id})
    return tuple(AdjustmentDetails(*row) for row in rows)


def counts(statement: StatementDetails) -> tuple[Counts, ...]:
    """The lines that bear on a statement, by course and declaration type.

    What had been billed before a paid one is what its payment found: an earlier statement that was still unpaid may
    have lost lines since, and that changes nothing any more.
    """
    values = {
        "id": statement.id,
        "lead_provider_id": statement.lead_provider_id,
        "cohort": statement.cohort,
        "pays_on": statement.pays_on,
    }
    rows = reading().execute(_COUNTS, values).all()
    kept = _found_when_paid(statement.id) if statement.paid_at is not None else None
    return tuple(_counts(row, kept) for row in rows)


def before(counted: tuple[Counts, ...]) -> dict[str, int]:
    """What had been billed before, for the event of a payment."""
    return {f"{BEFORE}{each.course} {each.declaration_type}": each.before for each in counted if each.before}


def _counts(row: Row[*tuple[Any, ...]], kept: Mapping[str, int] | None) -> Counts:
    course, declaration_type, earlier, *rest = row
    if kept is not None:
        earlier = kept.get(f"{BEFORE}{course} {declaration_type}", 0)
    return Counts(Course(course), DeclarationType(declaration_type), earlier, *rest)


def _found_when_paid(statement_id: str) -> Mapping[str, int] | None:
    details = reading().execute(_PAYMENT, {"id": statement_id}).scalar()
    return None if details is None else json.loads(details)
