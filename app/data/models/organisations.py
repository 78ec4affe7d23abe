"""Lead providers, delivery partners and appropriate bodies, who works with whom, and who is the same.

Pairings and a lead provider's place in a cohort are closed with a date, never deleted once used.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of

BODY_KINDS = ("teaching_school_hub", "national", "local_authority")


class LeadProvider(Stamped, Model):
    """An organisation that plans the training; DfE funds it."""

    __tablename__ = "lead_providers"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_key: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str]
    active: Mapped[bool]
    fictional: Mapped[bool]


class DeliveryPartner(Stamped, Model):
    """An organisation that runs training locally for lead providers."""

    __tablename__ = "delivery_partners"

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_key: Mapped[str]
    active: Mapped[bool]
    fictional: Mapped[bool]


class AppropriateBody(Stamped, Model):
    """A body that checks inductions. People set `short_name`; `offered` is no for those only imported."""

    __tablename__ = "appropriate_bodies"
    __table_args__ = (one_of("kind", BODY_KINDS),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_key: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    lead_school: Mapped[str | None]
    offered: Mapped[bool]
    active: Mapped[bool]
    fictional: Mapped[bool]


class LeadProviderCohort(Model):
    """A lead provider's place in a cohort; closed from `closed_on`."""

    __tablename__ = "lead_provider_cohorts"

    lead_provider_id: Mapped[Id] = mapped_column(ForeignKey("lead_providers.id"), primary_key=True)
    cohort: Mapped[int] = mapped_column(
        ForeignKey("cohorts.start_year"), primary_key=True, autoincrement=False
    )
    closed_on: Mapped[date | None]


class Pairing(Model):
    """This lead provider works with this delivery partner in this cohort; closed from `closed_on`."""

    __tablename__ = "pairings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name="fk_pairings_lead_provider_cohort",
        ),
        Index(None, "delivery_partner_id", "cohort"),
    )

    lead_provider_id: Mapped[Id] = mapped_column(primary_key=True)
    delivery_partner_id: Mapped[Id] = mapped_column(ForeignKey("delivery_partners.id"), primary_key=True)
    cohort: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    closed_on: Mapped[date | None]


class OrganisationLink(Model):
    """This appropriate body and this delivery partner are one real organisation, as a person decided."""

    __tablename__ = "organisation_links"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= decided_at", name="order"),
        Index(
            "uq_organisation_links_open",
            "appropriate_body_id",
            "delivery_partner_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    appropriate_body_id: Mapped[Id] = mapped_column(ForeignKey("appropriate_bodies.id"))
    delivery_partner_id: Mapped[Id] = mapped_column(ForeignKey("delivery_partners.id"))
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    note: Mapped[str]
    ended_at: Mapped[datetime | None]
