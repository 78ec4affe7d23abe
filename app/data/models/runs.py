"""Runs of a journey: versioned, sealed while unfinished, each with an unguessable reference of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, one_of

RUN_STATES = ("open", "finished", "deleted", "expired")


class Run(Model):
    """One person's way through one journey for one school.

    `sealed` holds the answers, encrypted with the key `key_id` names; both are empty once the run is deleted
    or its time is over. A finished run keeps what was sent until then, so that its confirmation can be opened.
    `version` goes up with every change, so a stale form can be told so. `subject_id` is the record that the run is
    about, of the kind its journey names, if any; `result_id` is what the run made or changed.
    """

    __tablename__ = "runs"
    __table_args__ = (
        one_of("status", RUN_STATES),
        CheckConstraint("length(reference) >= 22", name="reference"),
        CheckConstraint("version >= 0", name="version"),
        CheckConstraint("(sealed IS NULL) = (key_id IS NULL)", name="sealed_with"),
        CheckConstraint("status IN ('open', 'finished') OR sealed IS NULL", name="sealed_while_kept"),
        Index(None, "school_id", "status"),
        Index(None, "status", "kept_until"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    journey: Mapped[str]
    variant: Mapped[str]
    school_id: Mapped[Id] = mapped_column(ForeignKey("schools.id"))
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    subject_id: Mapped[Id | None]
    status: Mapped[str]
    version: Mapped[int]
    sealed: Mapped[bytes | None]
    key_id: Mapped[str | None]
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    kept_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    result_id: Mapped[Id | None]


class RunEvent(Model):
    """What happened in a run, without any answer in it. Never changed; may be purged with its run."""

    __tablename__ = "run_events"
    __table_args__ = (Index(None, "run_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    run_id: Mapped[Id] = mapped_column(ForeignKey("runs.id"))
    version: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    page: Mapped[str | None]
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))
