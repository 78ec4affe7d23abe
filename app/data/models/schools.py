"""Schools, as the national register of schools (GIAS) lists them, with the flags that decide funding."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped


class School(Stamped, Model):
    """One establishment. `urn` is its six-digit number; `name_key` its name folded for searching."""

    __tablename__ = "schools"
    __table_args__ = (
        CheckConstraint("length(urn) = 6", name="urn"),
        Index(None, "la_code"),
        Index(None, "name_key"),
        # The lists of the API are read in these orders.
        Index("ix_schools_made", "created_at", "id"),
        Index("ix_schools_changed", "updated_at", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    urn: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str]
    la_code: Mapped[str]
    la_name: Mapped[str]
    establishment_number: Mapped[str]
    type_name: Mapped[str]
    phase: Mapped[str]
    status: Mapped[str]
    in_england: Mapped[bool]
    independent: Mapped[bool]
    section_41_approved: Mapped[bool]
    pupil_premium_uplift: Mapped[bool]
    sparsity_uplift: Mapped[bool]
    fictional: Mapped[bool]
    induction_tutor_name: Mapped[str | None]
    induction_tutor_email: Mapped[str | None]
