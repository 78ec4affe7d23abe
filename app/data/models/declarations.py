"""Declarations: a lead provider’s word that somebody reached a point of their training."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of
from app.data.models.schedules import COURSES, DECLARATION_TYPES

DECLARATION_STATES = (
    "submitted",
    "eligible",
    "ineligible",
    "payable",
    "paid",
    "voided",
    "awaiting_clawback",
    "clawed_back",
)
INELIGIBLE_REASONS = ("not_eligible_for_funding", "duplicate_declaration")
EVIDENCE = (
    "training-event-attended",
    "self-study-material-completed",
    "materials-engaged-with-offline",
    "75-percent-engagement-met",
    "75-percent-engagement-met-reduced-induction",
    "one-term-induction",
    "other",
)

# Who is live stands in the domain too: a test holds the two together.
_LIVE = text("state IN ('submitted', 'eligible', 'payable', 'paid')")


class Declaration(Stamped, Model):
    """One declaration. `declared_at` is the moment it speaks of; what decides the money is copied when accepted.

    One live declaration per person, course and type across all providers: the database’s own rule.
    """

    __tablename__ = "declarations"
    __table_args__ = (
        one_of("course", COURSES),
        one_of("declaration_type", DECLARATION_TYPES),
        one_of("state", DECLARATION_STATES),
        one_of("evidence_held", EVIDENCE, optional=True),
        one_of("ineligible_reason", INELIGIBLE_REASONS, optional=True),
        ForeignKeyConstraint(
            ["cohort", "schedule_identifier"],
            ["schedules.cohort", "schedules.identifier"],
            name="fk_declarations_schedule",
        ),
        Index(
            "uq_declarations_live",
            "teacher_id",
            "course",
            "declaration_type",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(None, "lead_provider_id", "created_at", "id"),
        Index(None, "lead_provider_id", "updated_at", "id"),
        Index(None, "teacher_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"))
    training_record_id: Mapped[Id] = mapped_column(ForeignKey("training_records.id"))
    lead_provider_id: Mapped[Id] = mapped_column(ForeignKey("lead_providers.id"))
    course: Mapped[str]
    declaration_type: Mapped[str]
    declared_at: Mapped[datetime]
    state: Mapped[str]
    cohort: Mapped[int]
    schedule_identifier: Mapped[str]
    delivery_partner_id: Mapped[Id | None] = mapped_column(ForeignKey("delivery_partners.id"))
    mentor_id: Mapped[Id | None] = mapped_column(ForeignKey("teachers.id"))
    evidence_held: Mapped[str | None]
    pupil_premium_uplift: Mapped[bool]
    sparsity_uplift: Mapped[bool]
    ineligible_reason: Mapped[str | None]
