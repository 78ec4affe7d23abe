"""Cohorts, the funding years, and the times when nobody can register."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model


class Cohort(Model):
    """A funding year, known by its start year. `opened_on` is the day DfE opened it, None while it hasn't.

    The registration and academic year dates are for display only (School journey, cohort).
    """

    __tablename__ = "cohorts"
    __table_args__ = (CheckConstraint("start_year BETWEEN 2000 AND 2999", name="start_year"),)

    start_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_on: Mapped[date | None]
    registration_start_date: Mapped[date]
    academic_year_start_date: Mapped[date]
    automatic_assignment_period_end_date: Mapped[date | None]
    payments_frozen_at: Mapped[datetime | None]
    mentor_funding: Mapped[bool]
    detailed_evidence_types: Mapped[bool]


class RegistrationClosure(Model):
    """A time when registration is closed for all, from `starts_at` until just before `ends_at`."""

    __tablename__ = "registration_closures"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="order"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
