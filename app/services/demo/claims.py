"""What a database has been filled with, so that no demonstration is stored over anything else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.data.columns import Model
from app.data.ids import new_id
from app.data.models import (
    AppropriateBody,
    DeliveryPartner,
    Event,
    LeadProvider,
    Person,
    School,
    Teacher,
)
from app.data.queries.events import SYSTEM, record
from app.services.demo.national.sizes import SIZES

_OTHERS = (School, Person, LeadProvider, DeliveryPartner, AppropriateBody, Teacher)
_RECORD = "demonstration"
_EMPTY = "Set DATABASE_URL to an empty one."


class NotForDemonstration(Exception):
    """The database is used for something else. The message says so in a sentence."""


def claim(session: Session, now: datetime) -> None:
    """Say, once, that the database is the small demonstration’s. Raises NotForDemonstration when it isn’t."""
    if any(said(session, size) for size in SIZES):
        raise NotForDemonstration(f"This database has a demonstration of another size in it. {_EMPTY}")
    if said(session, "claimed"):
        return
    _refuse_others(session, "records in it that are not a demonstration’s")
    say(session, "claimed", now)


def claim_for(session: Session, size: str, now: datetime) -> bool:
    """Say that the database is filled with a larger demonstration. Returns whether there is anything to do.

    Raises NotForDemonstration when it is something else’s, or filling it was interrupted: that can’t be gone on with.
    """
    if said(session, finished(size)):
        return False
    if said(session, size):
        raise NotForDemonstration(f"Filling this database was interrupted. {_EMPTY}")
    small = said(session, "claimed") or any(said(session, other) for other in SIZES)
    _refuse_others(
        session,
        "a demonstration of another size in it" if small else "records in it that are not a demonstration’s",
    )
    say(session, size, now)
    return True


def finished(size: str) -> str:
    """What is said when a larger demonstration is complete."""
    return f"{size} filled"


def said(session: Session, what: str) -> bool:
    """Whether this has been said of the database."""
    statement = select(Event.id).where(Event.record_kind == _RECORD, Event.record_id == what)
    return session.connection().execute(statement.limit(1)).scalar() is not None


def say(session: Session, what: str, now: datetime) -> None:
    """Say it, as an event."""
    record(
        session,
        at=now,
        kind=f"{_RECORD}.{what.replace(' ', '_')}",
        actor=SYSTEM,
        record_kind=_RECORD,
        record_id=what,
        request_id=new_id(),
    )


def _refuse_others(session: Session, what: str) -> None:
    if any(_has(session, model) for model in _OTHERS):
        raise NotForDemonstration(f"This database has {what}. {_EMPTY}")


def _has(session: Session, model: type[Model]) -> bool:
    return bool(session.connection().execute(select(exists().select_from(model))).scalar())
