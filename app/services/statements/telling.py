"""One event per change, however many change at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Event
from app.data.queries.events import Detail, record
from app.services.asked import Asked


def say(
    session: Session,
    kind: str,
    statement_id: str,
    lead_provider_id: str,
    asked: Asked,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Record what was done to a statement."""
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind="statement",
        record_id=statement_id,
        request_id=asked.request_id,
        lead_provider_id=lead_provider_id,
        details=details,
    )


def say_each(
    session: Session,
    kind: str,
    record_ids: Iterable[str],
    lead_provider_id: str,
    asked: Asked,
    details: Mapping[str, Detail],
) -> None:
    """Record the same change of many records, which are in the database already, in one statement.

    The part of `kind` before the dot is the kind of record.
    """
    shared = {
        "at": asked.now,
        "kind": kind,
        "actor_kind": asked.actor.kind,
        "actor_id": asked.actor.id,
        "lead_provider_id": lead_provider_id,
        "record_kind": kind.partition(".")[0],
        "request_id": asked.request_id,
        "details": json.dumps(dict(details), sort_keys=True),
    }
    rows = [{"id": new_id(), "record_id": record_id, **shared} for record_id in record_ids]
    if rows:
        session.connection().execute(insert(Event), rows)
