"""Teachers, their time as an ECT at a school, and their training. No date of birth or NI number anywhere."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of

WORKING_PATTERNS = ("full_time", "part_time")
PARTICIPANT_TYPES = ("ect", "mentor")
PROGRAMMES = ("provider_led", "school_led")
TRAINING_STATES = ("active", "deferred", "withdrawn")
DEFERRAL_REASONS = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")
WITHDRAWAL_REASONS = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "other",
)
INDUCTION_STATES = (
    "none",
    "required_to_complete",
    "in_progress",
    "passed",
    "failed",
    "failed_in_wales",
    "exempt",
)
NOT_KNOWN = "none"

_OPEN = text("finished_on IS NULL")
_DATES_IN_ORDER = "finished_on IS NULL OR finished_on >= started_on"


class Teacher(Stamped, Model):
    """A person with a TRN. `name` is what the school uses; the rest is what the national record last said."""

    __tablename__ = "teachers"
    __table_args__ = (
        CheckConstraint("length(trn) = 7", name="trn"),
        one_of("induction_status", INDUCTION_STATES),
        Index(None, "name_key"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    trn: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str]
    record_name: Mapped[str]
    qts_awarded: Mapped[bool]
    prohibited: Mapped[bool] = mapped_column(default=False)
    induction_status: Mapped[str] = mapped_column(default=NOT_KNOWN)
    induction_completed_on: Mapped[date | None]
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
    """Training of one teacher in one cohort. Provider-led hangs on a partnership, school-led on none.

    `training_status` is the lead provider’s word; `stopped_on` and its reason are the school’s.
    """

    __tablename__ = "training_records"
    __table_args__ = (
        one_of("participant_type", PARTICIPANT_TYPES),
        one_of("programme", PROGRAMMES),
        CheckConstraint("(programme = 'school_led') = (partnership_id IS NULL)", name="partnership"),
        CheckConstraint("(participant_type = 'ect') = (ect_period_id IS NOT NULL)", name="ect_period"),
        CheckConstraint(
            "(participant_type = 'mentor') = (mentor_period_id IS NOT NULL)", name="mentor_period"
        ),
        CheckConstraint(_DATES_IN_ORDER, name="dates"),
        one_of("training_status", TRAINING_STATES),
        one_of("deferral_reason", DEFERRAL_REASONS, optional=True),
        one_of("withdrawal_reason", WITHDRAWAL_REASONS, optional=True),
        CheckConstraint("training_status <> 'deferred' OR deferred_at IS NOT NULL", name="deferred"),
        CheckConstraint("training_status <> 'withdrawn' OR withdrawn_at IS NOT NULL", name="withdrawn"),
        Index(
            "uq_training_records_open_per_ect_period",
            "ect_period_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_training_records_open_per_mentor_period",
            "mentor_period_id",
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
    mentor_period_id: Mapped[Id | None] = mapped_column(ForeignKey("mentor_at_school_periods.id"))
    participant_type: Mapped[str]
    programme: Mapped[str]
    partnership_id: Mapped[Id | None] = mapped_column(ForeignKey("partnerships.id"))
    cohort: Mapped[int] = mapped_column(ForeignKey("cohorts.start_year"))
    schedule_identifier: Mapped[str | None]
    started_on: Mapped[date]
    finished_on: Mapped[date | None]
    cohort_changed_after_payments_frozen: Mapped[bool]
    training_status: Mapped[str] = mapped_column(default="active")
    deferred_at: Mapped[datetime | None]
    deferral_reason: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    stopped_on: Mapped[date | None]
    stopped_reason: Mapped[str | None]
