"""A POST that is sent again with the same key does its work once (Provider API, [D]).

The key is claimed in a write of its own before the work begins: the row’s primary key lets one claim win, in whichever
process. When the work is done the answer is kept with it, and repeats get those bytes for 24 hours. Work that was
refused or failed frees its key. Work that ended with its process leaves a claim behind that nobody finishes: after two
minutes the next request with the key takes it over, and the rules say whether the work had been done.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.data.models import IdempotencyKey as Key
from app.data.transaction import write
from app.domain.refusals import Refused

KEPT = timedelta(hours=24)
ABANDONED = timedelta(minutes=2)
FIELD = "Idempotency-Key"
LONGEST = 255
MESSAGES = {
    "too_long": "Use a key of {limit} characters or fewer",
    "other_body": "This key was used for a request with another body. Use a new key for a new request",
}


class StillRunning(Exception):
    """The first request with this key hasn’t finished."""


class Answer(NamedTuple):
    """The first answer, to be given again."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """This request does the work. `started_at` tells it from a claim that another request made later."""

    lead_provider_id: str
    method: str
    path: str
    key: str
    body_hash: str
    started_at: datetime

    def values(self) -> dict[str, Any]:
        """Its columns."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


_INSERT = {
    "sqlite": sqlite.insert(Key).on_conflict_do_nothing().returning(Key.key),
    "postgresql": postgresql.insert(Key).on_conflict_do_nothing().returning(Key.key),
}
_SAME = (
    Key.lead_provider_id == bindparam("of"),
    Key.method == bindparam("by"),
    Key.path == bindparam("at"),
    Key.key == bindparam("named"),
)
_FOUND = select(Key.body_hash, Key.status, Key.body, Key.started_at).where(*_SAME)
_OWN = (*_SAME, Key.started_at == bindparam("since"), Key.status.is_(None))


def claim(
    lead_provider_id: str, method: str, path: str, key: str, body: bytes, now: datetime
) -> Claim | Answer:
    """A claim, when this request is to do the work; else the first answer.

    Raises Refused for a key that is too long or was used with another body, StillRunning while the first request works.
    """
    if len(key) > LONGEST:
        raise Refused("too_long", FIELD, limit=LONGEST)
    wanted = Claim(lead_provider_id, method, path, key, hashlib.sha256(body).hexdigest(), now)
    return write(lambda session: _claim(session, wanted))


def finish(claim: Claim, status: int, body: bytes) -> None:
    """Keep the answer for repeats, unless another request has taken the claim over."""
    done = update(Key).where(*_OWN).values(status=bindparam("ended"), body=bindparam("said"))
    write(
        lambda session: session.connection().execute(done, {**_which(claim), "ended": status, "said": body})
    )


def free(claim: Claim) -> None:
    """Let the key be used again: the work was refused, or failed."""
    write(lambda session: session.connection().execute(delete(Key).where(*_OWN), _which(claim)))


def _claim(session: Session, wanted: Claim) -> Claim | Answer:
    connection = session.connection()
    connection.execute(delete(Key).where(Key.started_at <= wanted.started_at - KEPT))
    if connection.execute(_INSERT[connection.dialect.name], wanted.values()).first() is not None:
        return wanted
    found = connection.execute(_FOUND, _same(wanted)).one_or_none()
    if found is None:
        raise StillRunning  # freed at this very moment
    body_hash, status, body, started_at = found
    if status is None and started_at <= wanted.started_at - ABANDONED:
        return _take_over(connection, wanted, started_at)
    if body_hash != wanted.body_hash:
        raise Refused("other_body", FIELD)
    if status is None:
        raise StillRunning
    return Answer(status, body or b"")


def _take_over(connection: Connection, wanted: Claim, since: datetime) -> Claim:
    mine = update(Key).where(*_OWN).values(started_at=bindparam("from"), body_hash=bindparam("hash"))
    values = {**_same(wanted), "since": since, "from": wanted.started_at, "hash": wanted.body_hash}
    if connection.execute(mine, values).rowcount != 1:
        raise StillRunning  # somebody else took it
    return wanted


def _same(claim: Claim) -> dict[str, Any]:
    return {"of": claim.lead_provider_id, "by": claim.method, "at": claim.path, "named": claim.key}


def _which(claim: Claim) -> dict[str, Any]:
    return {**_same(claim), "since": claim.started_at}
