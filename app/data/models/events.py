"""Live events: who did what, when, to which record, in which request. Append-only (Trust, 8)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, one_of

ACTOR_KINDS = ("person", "lead_provider", "dfe", "system")


class Event(Model):
    """One change. `details` is a JSON object with ids and codes in it: no names, TRNs or emails."""

    __tablename__ = "events"
    __table_args__ = (
        one_of("actor_kind", ACTOR_KINDS),
        Index(None, "record_kind", "record_id"),
        Index(None, "school_id"),
        Index(None, "lead_provider_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[str | None]
    school_id: Mapped[Id | None] = mapped_column(ForeignKey("schools.id"))
    lead_provider_id: Mapped[Id | None] = mapped_column(ForeignKey("lead_providers.id"))
    record_kind: Mapped[str]
    record_id: Mapped[str]
    request_id: Mapped[str]
    details: Mapped[str]
