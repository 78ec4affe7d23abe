"""Teachers, their time as an ECT at a school, and their training. No date of birth or NI number anywhere."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of

WORKING_PATTERNS = ("full_time", "part_time")
PARTICIPANT_TYPES = ("ect", "mentor")
PROGRAMMES = ("provider_led", "school_led")

_OPEN = text("finished_on IS NULL")
_DATES_IN_ORDER = "finished_on IS NULL OR finished_on >= started_on"


class Teacher(Stamped, Model):
    """A person with a TRN. `name` is what the school uses, `record_name` what the national record says."""

    __tablename__ = "teachers"
    __table_args__ = (CheckConstraint("length(trn) = 7", name="trn"), Index(None, "name_key"))

    id: Mapped[Id] = mapped_column(primary_key=True)
    trn: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str]
    record_name: Mapped[str]
    qts_awarded: Mapped[bool]
    checked_at: Mapped[datetime]


class EctPeriod(Stamped, Model):
    """A teacher's time as an ECT at one school, open while `finished_on` is empty: one open per teacher.

    `run_id` is the run that made it, once only; runs may be purged, so it isn't a foreign key.
    """

    __tablename__ = "ect_at_school_periods"
    __table_args__ = (
        one_of("working_pattern", WORKING_PATTERNS),
        CheckConstraint(_DATES_IN_ORDER, name="dates"),
        Index(
            "uq_ect_periods_open_per_teacher",
            "teacher_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_ect_periods_open_email", "email_key", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index(None, "school_id", "finished_on"),
        Index(None, "teacher_id", "started_on"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"))
    school_id: Mapped[Id] = mapped_column(ForeignKey("schools.id"))
    started_on: Mapped[date]
    finished_on: Mapped[date | None]
    email: Mapped[str]
    email_key: Mapped[str]
    working_pattern: Mapped[str]
    appropriate_body_id: Mapped[Id] = mapped_column(ForeignKey("appropriate_bodies.id"))
    registered_by: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]
    reference: Mapped[str] = mapped_column(unique=True)
    run_id: Mapped[Id | None] = mapped_column(unique=True)
    leaving_reported_at: Mapped[datetime | None]


class TrainingRecord(Stamped, Model):
    """Training of one teacher in one cohort. Provider-led hangs on a partnership, school-led on none."""

    __tablename__ = "training_records"
    __table_args__ = (
        one_of("participant_type", PARTICIPANT_TYPES),
        one_of("programme", PROGRAMMES),
        CheckConstraint("(programme = 'school_led') = (partnership_id IS NULL)", name="partnership"),
        CheckConstraint("participant_type <> 'ect' OR ect_period_id IS NOT NULL", name="ect_period"),
        CheckConstraint(_DATES_IN_ORDER, name="dates"),
        Index(
            "uq_training_records_open_per_ect_period",
            "ect_period_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "ect_period_id", "started_on"),
        Index(None, "teacher_id", "started_on"),
        Index(None, "partnership_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"))
    ect_period_id: Mapped[Id | None] = mapped_column(ForeignKey("ect_at_school_periods.id"))
    participant_type: Mapped[str]
    programme: Mapped[str]
    partnership_id: Mapped[Id | None] = mapped_column(ForeignKey("partnerships.id"))
    cohort: Mapped[int] = mapped_column(ForeignKey("cohorts.start_year"))
    schedule_identifier: Mapped[str | None]
    started_on: Mapped[date]
    finished_on: Mapped[date | None]
    cohort_changed_after_payments_frozen: Mapped[bool]
