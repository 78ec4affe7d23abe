"""Mentors at schools, whom they mentor, and who may not be paid for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of
from app.data.models.schedules import COURSES

MENTOR_FUNDING_REASONS = (
    "completed_declaration_received",
    "completed_during_early_roll_out",
    "started_not_completed",
)
FLAG_SOURCES = ("declaration", "import")

_OPEN = text("finished_on IS NULL")
_DATES_IN_ORDER = "finished_on IS NULL OR finished_on >= started_on"


class MentorPeriod(Stamped, Model):
    """A teacher’s time as a mentor at one school; they may mentor at several schools at once."""

    __tablename__ = "mentor_at_school_periods"
    __table_args__ = (
        CheckConstraint(_DATES_IN_ORDER, name="dates"),
        Index(
            "uq_mentor_periods_open_per_school",
            "teacher_id",
            "school_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "school_id", "finished_on"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"))
    school_id: Mapped[Id] = mapped_column(ForeignKey("schools.id"))
    started_on: Mapped[date]
    finished_on: Mapped[date | None]
    email: Mapped[str]
    email_key: Mapped[str]
    registered_by: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]


class Mentorship(Stamped, Model):
    """Who mentors an ECT at a school, from when and until when: one open at a time."""

    __tablename__ = "mentorships"
    __table_args__ = (
        CheckConstraint(_DATES_IN_ORDER, name="dates"),
        Index(
            "uq_mentorships_open_per_ect_period",
            "ect_period_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "mentor_period_id"),
        Index(None, "ect_period_id", "started_on"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    ect_period_id: Mapped[Id] = mapped_column(ForeignKey("ect_at_school_periods.id"))
    mentor_period_id: Mapped[Id] = mapped_column(ForeignKey("mentor_at_school_periods.id"))
    started_on: Mapped[date]
    finished_on: Mapped[date | None]


class MentorFundingFlag(Model):
    """Why a mentor, by TRN, isn’t paid for. One from an importer stays; a declaration’s goes when it is voided."""

    __tablename__ = "mentor_funding_flags"
    __table_args__ = (
        one_of("reason", MENTOR_FUNDING_REASONS),
        one_of("source", FLAG_SOURCES),
        CheckConstraint("length(trn) = 7", name="trn"),
    )

    trn: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    ended_on: Mapped[date]


class Funding(Stamped, Model):
    """Whether training of this person on this course can be paid for: None while it isn’t known yet.

    `by_hand` when somebody at DfE decided it, with a note in the event: the daily job then leaves it alone.
    """

    __tablename__ = "funding"
    __table_args__ = (one_of("course", COURSES), Index(None, "eligible", "course"))

    teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"), primary_key=True)
    course: Mapped[str] = mapped_column(primary_key=True)
    eligible: Mapped[bool | None]
    by_hand: Mapped[bool]
    decided_at: Mapped[datetime | None]
