"""Partnerships: school, lead provider, delivery partner and cohort, with a status (School journey)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of
from app.data.models.participants import PROGRAMMES

PARTNERSHIP_STATES = ("proposed", "active", "declined", "retracted", "challenged")
DECLINED_REASONS = (
    "no_agreement",
    "wrong_delivery_partner",
    "delivery_partner_unavailable",
    "not_this_cohort",
    "other",
)
CHALLENGED_REASONS = ("another_provider", "not_confirmed", "do_not_recognise", "no_ects", "mistake")

_WITH_PARTNER = text("delivery_partner_id IS NOT NULL")
_WITHOUT_PARTNER = text("delivery_partner_id IS NULL")
_OPEN = text("to_at IS NULL")


class Partnership(Stamped, Model):
    """One row per school, lead provider, delivery partner and cohort; the partner may be unknown at first.

    `confirmed_by` says who at the provider confirmed it. `ever_active` stays true once it has been active.
    The foreign keys make an ineligible delivery partner impossible to store.
    """

    __tablename__ = "partnerships"
    __table_args__ = (
        ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name="fk_partnerships_lead_provider_cohort",
        ),
        ForeignKeyConstraint(
            ["lead_provider_id", "delivery_partner_id", "cohort"],
            ["pairings.lead_provider_id", "pairings.delivery_partner_id", "pairings.cohort"],
            name="fk_partnerships_pairing",
        ),
        one_of("status", PARTNERSHIP_STATES),
        one_of("declined_reason", DECLINED_REASONS, optional=True),
        one_of("challenged_reason", CHALLENGED_REASONS, optional=True),
        CheckConstraint(
            "delivery_partner_id IS NOT NULL OR status IN ('proposed', 'declined', 'retracted')",
            name="delivery_partner_known",
        ),
        CheckConstraint("ever_active OR status NOT IN ('active', 'challenged')", name="ever_active"),
        Index(
            "uq_partnerships_school_provider_partner_cohort",
            "school_id",
            "lead_provider_id",
            "delivery_partner_id",
            "cohort",
            unique=True,
            sqlite_where=_WITH_PARTNER,
            postgresql_where=_WITH_PARTNER,
        ),
        Index(
            "uq_partnerships_without_partner",
            "school_id",
            "lead_provider_id",
            "cohort",
            unique=True,
            sqlite_where=_WITHOUT_PARTNER,
            postgresql_where=_WITHOUT_PARTNER,
        ),
        Index(None, "school_id", "cohort"),
        Index(None, "lead_provider_id", "cohort"),
        # The lists of the API are read in these orders.
        Index("ix_partnerships_made", "lead_provider_id", "created_at", "id"),
        Index("ix_partnerships_changed", "lead_provider_id", "updated_at", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    school_id: Mapped[Id] = mapped_column(ForeignKey("schools.id"))
    lead_provider_id: Mapped[Id]
    delivery_partner_id: Mapped[Id | None]
    cohort: Mapped[int]
    status: Mapped[str]
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    declined_at: Mapped[datetime | None]
    declined_reason: Mapped[str | None]
    challenged_at: Mapped[datetime | None]
    challenged_reason: Mapped[str | None]
    retracted_at: Mapped[datetime | None]
    ever_active: Mapped[bool]


class PartnershipDeliveryPartner(Model):
    """Which delivery partner a partnership had, from when and until when; one open row at most."""

    __tablename__ = "partnership_delivery_partners"
    __table_args__ = (
        CheckConstraint("to_at IS NULL OR to_at >= from_at", name="order"),
        Index(
            "uq_partnership_delivery_partners_open",
            "partnership_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    partnership_id: Mapped[Id] = mapped_column(ForeignKey("partnerships.id"), primary_key=True)
    from_at: Mapped[datetime] = mapped_column(primary_key=True)
    delivery_partner_id: Mapped[Id] = mapped_column(ForeignKey("delivery_partners.id"))
    to_at: Mapped[datetime | None]


class SchoolChoice(Model):
    """What the school chose last, offered again as one yes or no."""

    __tablename__ = "school_choices"
    __table_args__ = (
        one_of("programme", PROGRAMMES),
        CheckConstraint("(programme = 'school_led') = (lead_provider_id IS NULL)", name="lead_provider"),
        CheckConstraint("programme <> 'school_led' OR delivery_partner_id IS NULL", name="delivery_partner"),
        CheckConstraint("programme <> 'school_led' OR partnership_id IS NULL", name="partnership"),
    )

    school_id: Mapped[Id] = mapped_column(ForeignKey("schools.id"), primary_key=True)
    appropriate_body_id: Mapped[Id] = mapped_column(ForeignKey("appropriate_bodies.id"))
    programme: Mapped[str]
    lead_provider_id: Mapped[Id | None] = mapped_column(ForeignKey("lead_providers.id"))
    delivery_partner_id: Mapped[Id | None] = mapped_column(ForeignKey("delivery_partners.id"))
    partnership_id: Mapped[Id | None] = mapped_column(ForeignKey("partnerships.id"))
    saved_at: Mapped[datetime]
