"""Statements: what is due to a lead provider for one cohort in one month, and the lines that make it up."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of

STATEMENT_STATES = ("open", "payable", "paid")
LINE_KINDS = ("payment", "clawback")
LINE_STATES = ("eligible", "payable", "paid", "voided", "awaiting_clawback", "clawed_back")

_NOT_WITHDRAWN = text("withdrawn_at IS NULL")


class Statement(Stamped, Model):
    """One per lead provider, cohort and month. Only `output` ones carry declarations; the rest the service fee.

    `contract_id` is the contract version its figures come from, for ever, and the totals what was paid: both are set
    when it becomes payable and paid.
    """

    __tablename__ = "statements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name="fk_statements_lead_provider_cohort",
        ),
        one_of("state", STATEMENT_STATES),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("deadline_on <= pays_on", name="dates"),
        CheckConstraint("state = 'paid' OR paid_at IS NULL", name="paid_at"),
        CheckConstraint(
            "state <> 'paid' OR (paid_at IS NOT NULL AND total_pence IS NOT NULL AND vat_pence IS NOT NULL)",
            name="paid",
        ),
        Index(None, "lead_provider_id", "cohort", "year", "month", unique=True),
        Index(None, "state", "deadline_on"),
        Index(None, "lead_provider_id", "pays_on"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    lead_provider_id: Mapped[Id]
    cohort: Mapped[int]
    year: Mapped[int]
    month: Mapped[int]
    deadline_on: Mapped[date]
    pays_on: Mapped[date]
    output: Mapped[bool]
    state: Mapped[str]
    contract_id: Mapped[Id | None] = mapped_column(ForeignKey("contracts.id"))
    payable_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    total_pence: Mapped[int | None]
    vat_pence: Mapped[int | None]


class StatementLine(Model):
    """A declaration on a statement: once to be paid, and at most once more, negative, to be taken back."""

    __tablename__ = "statement_lines"
    __table_args__ = (
        one_of("kind", LINE_KINDS),
        one_of("state", LINE_STATES),
        CheckConstraint(
            "(kind = 'clawback') = (state IN ('awaiting_clawback', 'clawed_back'))", name="state_of_kind"
        ),
        Index(None, "declaration_id", "kind", unique=True),
        Index(None, "statement_id", "state"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(ForeignKey("statements.id"))
    declaration_id: Mapped[Id] = mapped_column(ForeignKey("declarations.id"))
    kind: Mapped[str]
    state: Mapped[str]
    added_at: Mapped[datetime]


class PaymentRequest(Model):
    """One person asks that a statement be paid, a different one authorises it: a row, not a state."""

    __tablename__ = "payment_requests"
    __table_args__ = (
        CheckConstraint("authorised_by IS NULL OR authorised_by <> requested_by", name="two_people"),
        CheckConstraint("(authorised_by IS NULL) = (authorised_at IS NULL)", name="authorised"),
        CheckConstraint("authorised_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        Index(
            "uq_payment_requests_standing",
            "statement_id",
            unique=True,
            sqlite_where=_NOT_WITHDRAWN,
            postgresql_where=_NOT_WITHDRAWN,
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(ForeignKey("statements.id"))
    requested_by: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    requested_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    authorised_by: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))
    authorised_at: Mapped[datetime | None]


class Adjustment(Model):
    """A named amount added to a statement or taken from it, frozen once the statement is paid. Whole pence."""

    __tablename__ = "adjustments"
    __table_args__ = (
        CheckConstraint("amount_pence <> 0", name="amount"),
        CheckConstraint("name <> ''", name="name"),
        Index(None, "statement_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    statement_id: Mapped[Id] = mapped_column(ForeignKey("statements.id"))
    name: Mapped[str]
    amount_pence: Mapped[int]
    added_by: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
