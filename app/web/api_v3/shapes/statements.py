"""Statements: what is paid to a lead provider for one cohort in one month (Provider API, Attributes).

No money over the API.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypedDict

from app.web.api_v3.shapes.values import STATEMENT_ID, CohortOut, Created, Updated, Uuid, about, among

if TYPE_CHECKING:
    from app.data.queries.api.statements import StatementRow

STATEMENT_TYPE: Literal["ecf"] = "ecf"
StatementType = Annotated[Literal["ecf"], among((STATEMENT_TYPE,))]


class StatementAttributes(TypedDict):
    """What is told of a statement."""

    month: Annotated[str, about("The month it is named for, in words", "January")]
    year: Annotated[str, about("The calendar year of that month", "2026")]
    type: Annotated[StatementType, about("Always ecf", STATEMENT_TYPE)]
    cohort: CohortOut
    cut_off_date: Annotated[date, about("The last day on which declarations go on it", "2025-12-31")]
    payment_date: Annotated[date, about("The day on which it is to be paid", "2026-01-25")]
    paid: Annotated[bool, about("Whether DfE has authorised the payment", False)]
    created_at: Created
    updated_at: Updated


class Statement(TypedDict):
    """A statement on which declarations are paid."""

    id: Annotated[Uuid, about("The id of the statement", STATEMENT_ID)]
    type: Literal["statement"]
    attributes: StatementAttributes


class StatementResponse(TypedDict):
    """One statement."""

    data: Statement


class StatementsResponse(TypedDict):
    """A page of statements."""

    data: list[Statement]


def item(row: StatementRow) -> Statement:
    """A statement as the API shows it."""
    return {
        "id": row.id,
        "type": "statement",
        "attributes": {
            "month": row.month,
            "year": str(row.year),
            "type": STATEMENT_TYPE,
            "cohort": str(row.cohort),
            "cut_off_date": row.cut_off_date,
            "payment_date": row.payment_date,
            "paid": row.paid,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }
