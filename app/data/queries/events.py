"""The record of what happened: one event per change, stored in the same write (Trust, 8)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Event
from app.data.queries.paging import PER_PAGE, Page, page_of

Detail = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a person at a school, a lead provider, somebody at DfE, or the service itself."""

    kind: Literal["person", "lead_provider", "dfe", "system"]
    id: str | None = None


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class EventDetails:
    """One change to one record."""

    id: str
    at: datetime
    kind: str
    actor_kind: str
    actor_id: str | None
    school_id: str | None
    lead_provider_id: str | None
    record_kind: str
    record_id: str
    request_id: str
    details: str


def record(
    session: Session,
    *,
    at: datetime,
    kind: str,
    actor: Actor,
    record_kind: str,
    record_id: str,
    request_id: str,
    school_id: str | None = None,
    lead_provider_id: str | None = None,
    details: Mapping[str, Detail] | None = None,
) -> str:
    """Store one event in the write that makes the change, and return its id.

    `kind` is “record.verb”, like “partnership.proposed”. `details` holds ids, codes and dates: no names, TRNs
    or email addresses.
    """
    event = Event(
        id=new_id(),
        at=at,
        kind=kind,
        actor_kind=actor.kind,
        actor_id=actor.id,
        school_id=school_id,
        lead_provider_id=lead_provider_id,
        record_kind=record_kind,
        record_id=record_id,
        request_id=request_id,
        details=json.dumps(dict(details or {}), sort_keys=True),
    )
    # What the event is about must be in the database first: its foreign keys point there.
    session.flush()
    session.add(event)
    session.flush()
    return event.id


def of_record(
    record_kind: str, record_id: str, page: int = 1, per_page: int = PER_PAGE
) -> Page[EventDetails]:
    """What happened to one record, first things first."""
    columns = [getattr(Event, name) for name in EventDetails.__dataclass_fields__]
    statement = select(*columns).where(Event.record_kind == record_kind, Event.record_id == record_id)
    return page_of(statement.order_by(Event.at, Event.id), lambda row: EventDetails(*row), page, per_page)
