"""What each lead provider sees of each person, kept beside the records it is worked out from, and the change clock.

Lists of the API are read from here in the order they are shown in, so a page costs the same at any size.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped

_MOVED = text("transfers > 0")
_UNFUNDED = text("unfunded_period_id IS NOT NULL")
# With these in the index as well, a page is found without a look at the rows before it.
_RECORDS = ("ect_record_id", "mentor_record_id")


class ProviderParticipant(Stamped, Model):
    """One person as one lead provider sees them.

    `ect_record_id` and `mentor_record_id` are their latest records under the provider’s active partnerships; both empty
    when there is none any more. `unfunded_period_id` is the mentor period to show when they mentor the provider’s ECTs
    without a training record with it. `transfers` counts the moves to show. On `changes_on` the calendar changes a
    status or ends a mentorship; `updated_at` moves with everything the provider is told of the person.
    """

    __tablename__ = "provider_participants"
    __table_args__ = (
        Index(
            "ix_provider_participants_made",
            "lead_provider_id",
            "visible",
            "created_at",
            "teacher_id",
            postgresql_include=["updated_at", *_RECORDS],
        ),
        Index(
            "ix_provider_participants_changed",
            "lead_provider_id",
            "visible",
            "updated_at",
            "teacher_id",
            postgresql_include=["created_at", *_RECORDS],
        ),
        Index(None, "teacher_id"),
        Index(None, "changes_on"),
        Index(
            "ix_provider_participants_moved",
            "lead_provider_id",
            "created_at",
            "teacher_id",
            sqlite_where=_MOVED,
            postgresql_where=_MOVED,
        ),
        Index(
            "ix_provider_participants_unfunded",
            "lead_provider_id",
            "created_at",
            "teacher_id",
            sqlite_where=_UNFUNDED,
            postgresql_where=_UNFUNDED,
        ),
        CheckConstraint(
            "visible = (ect_record_id IS NOT NULL OR mentor_record_id IS NOT NULL)", name="visible"
        ),
    )

    lead_provider_id: Mapped[Id] = mapped_column(ForeignKey("lead_providers.id"), primary_key=True)
    teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"), primary_key=True)
    visible: Mapped[bool]
    ect_record_id: Mapped[Id | None] = mapped_column(ForeignKey("training_records.id"))
    mentor_record_id: Mapped[Id | None] = mapped_column(ForeignKey("training_records.id"))
    unfunded_period_id: Mapped[Id | None] = mapped_column(ForeignKey("mentor_at_school_periods.id"))
    transfers: Mapped[int]
    changes_on: Mapped[date | None]


class SharedDeclaration(Model):
    """A declaration of another lead provider for a person whom this one sees, or has seen.

    Made in the write that makes the second of the two, and kept: whether it is shown is decided when it is read. The
    key is the order in which declarations are listed.
    """

    __tablename__ = "shared_declarations"
    __table_args__ = (Index(None, "declaration_id"),)

    lead_provider_id: Mapped[Id] = mapped_column(ForeignKey("lead_providers.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(primary_key=True)
    declaration_id: Mapped[Id] = mapped_column(ForeignKey("declarations.id"), primary_key=True)


class TeacherIdChange(Model):
    """Two records turned out to be one person: what was under one id is now under the other."""

    __tablename__ = "teacher_id_changes"

    from_teacher_id: Mapped[Id] = mapped_column(primary_key=True)
    to_teacher_id: Mapped[Id] = mapped_column(ForeignKey("teachers.id"), index=True)
    changed_at: Mapped[datetime]


class ChangeClock(Model):
    """One row: the moment the last change was stamped with. Writers queue for it as their last act.

    So changes become visible in the order of their `updated_at`, and a client that asks for everything since the
    greatest one it has seen misses none (Provider API, Conventions).
    """

    __tablename__ = "change_clock"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
