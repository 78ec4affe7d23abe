"""A lead provider's statements (Provider API, “statement”): when they close and are paid, never how much."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select

from app.data.models import Statement
from app.data.queries.api.paging import Listing, among, when_given
from app.data.queries.api.wanted import Wanted
from app.domain.statements import month_name

TYPE = "ecf"


class StatementRow(NamedTuple):
    """A statement: `month` in words, `type` always “ecf”."""

    id: str
    month: str
    year: int
    type: str
    cohort: int
    cut_off_date: date
    payment_date: date
    paid: bool
    created_at: datetime
    updated_at: datetime


_FILTERED = when_given(
    {
        "cohorts": Statement.cohort.in_(among("cohorts")),
        "updated_since": Statement.updated_at >= bindparam("updated_since"),
    }
)


def _conditions(given: Collection[str]) -> list[ColumnElement[bool]]:
    """Lists leave out those that carry the service fee alone."""
    return [Statement.output.expression, *_FILTERED(given)]


_LISTING = Listing(
    select(
        Statement.id,
        Statement.month,
        Statement.year,
        Statement.cohort,
        Statement.deadline_on,
        Statement.pays_on.label("payment_date"),
        Statement.state,
        Statement.created_at,
        Statement.updated_at,
    ).where(Statement.lead_provider_id == bindparam("lead_provider_id")),
    conditions=_conditions,
    order="payment_date",
    sortable=False,
)


def listed(lead_provider_id: str, wanted: Wanted) -> list[StatementRow]:
    """A page of the caller's statements that carry declarations, by payment date.

    Filters: `cohorts`, `updated_since`.
    """
    return [_statement(row) for row in _LISTING.page(lead_provider_id, wanted)]


def one(lead_provider_id: str, id: str) -> StatementRow | None:
    """The caller's statement with this id, whether or not it carries declarations."""
    return next((_statement(row) for row in _LISTING.one(lead_provider_id, id)), None)


def _statement(row: Any) -> StatementRow:
    identity, month, year, cohort, cut_off, pays_on, state, *stamps = row
    return StatementRow(
        identity, month_name(month), year, TYPE, cohort, cut_off, pays_on, state == "paid", *stamps
    )
