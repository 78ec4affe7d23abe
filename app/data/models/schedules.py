"""Schedules and their milestones, as data, so that DfE can change a date without code (Schedules and money)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Model, one_of

COURSES = ("ecf-induction", "ecf-mentor")
DECLARATION_TYPES = (
    "started",
    "retained-1",
    "retained-2",
    "retained-3",
    "retained-4",
    "completed",
    "extended-1",
    "extended-2",
    "extended-3",
)


class Schedule(Model):
    """A schedule of a cohort, by its identifier, like “ecf-standard-september”."""

    __tablename__ = "schedules"

    cohort: Mapped[int] = mapped_column(
        ForeignKey("cohorts.start_year"), primary_key=True, autoincrement=False
    )
    identifier: Mapped[str] = mapped_column(primary_key=True)


class Milestone(Model):
    """When a declaration of one type may be dated: London days, both inside. No `ends_on`: it never closes."""

    __tablename__ = "milestones"
    __table_args__ = (
        ForeignKeyConstraint(
            ["cohort", "identifier"],
            ["schedules.cohort", "schedules.identifier"],
            name="fk_milestones_schedule",
        ),
        one_of("declaration_type", DECLARATION_TYPES),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
    )

    cohort: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identifier: Mapped[str] = mapped_column(primary_key=True)
    declaration_type: Mapped[str] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    pays_on: Mapped[date | None]
