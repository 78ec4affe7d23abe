"""What DfE pays a lead provider in a cohort, in versions: a statement keeps the one it was worked out with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, one_of

BAND_LETTERS = ("A", "B", "C", "D")


class Contract(Model):
    """One version of a contract, never changed once made. Money in whole pence.

    `monthly_service_fee_pence` is None for the fee worked out from the bands; 0 is a fee of nothing.
    `mentor_price_pence` is None in cohorts without mentor funding.
    """

    __tablename__ = "contracts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name="fk_contracts_lead_provider_cohort",
        ),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("recruitment_target >= 0", name="recruitment_target"),
        CheckConstraint("set_up_fee_pence >= 0", name="set_up_fee"),
        CheckConstraint(
            "monthly_service_fee_pence IS NULL OR monthly_service_fee_pence >= 0", name="service_fee"
        ),
        CheckConstraint("uplift_pence >= 0", name="uplift"),
        CheckConstraint("mentor_price_pence IS NULL OR mentor_price_pence >= 0", name="mentor_price"),
        Index(None, "lead_provider_id", "cohort", "version", unique=True),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    lead_provider_id: Mapped[Id]
    cohort: Mapped[int]
    version: Mapped[int]
    recruitment_target: Mapped[int]
    set_up_fee_pence: Mapped[int]
    monthly_service_fee_pence: Mapped[int | None]
    uplift_pence: Mapped[int]
    vat: Mapped[bool]
    mentor_price_pence: Mapped[int | None]
    created_at: Mapped[datetime]
    created_by: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))


class ContractBand(Model):
    """One price band: participants from `min` to `max` in number, and what each is worth."""

    __tablename__ = "contract_bands"
    __table_args__ = (
        one_of("letter", BAND_LETTERS),
        CheckConstraint("min >= 0 AND max >= min", name="numbers"),
        CheckConstraint("price_pence >= 0", name="price"),
        CheckConstraint("output_percent BETWEEN 0 AND 100", name="output"),
        CheckConstraint("service_percent BETWEEN 0 AND 100", name="service"),
    )

    contract_id: Mapped[Id] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    min: Mapped[int]
    max: Mapped[int]
    price_pence: Mapped[int]
    output_percent: Mapped[int]
    service_percent: Mapped[int]
