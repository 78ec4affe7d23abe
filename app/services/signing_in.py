"""Signing in and out, and the sessions that remember it (Trust, point 6).

A session’s id is 256 random bits that only the browser knows; the database has its SHA-256. It is new at
sign-in and gone at sign-out. Use moves its end on, by the idle limit, but never past its longest life.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session as Work

from app.data.ids import known_form
from app.data.models import Person, SignInSession
from app.data.queries import sign_in as queries
from app.data.queries.sign_in import DemoPerson, OwnSchool, SignedInPerson
from app.data.transaction import write

__all__ = ["DemoPerson", "FoundSession", "Limits", "OwnSchool", "SignedInPerson", "UnknownPersonError"]


class UnknownPersonError(LookupError):
    """No such person may sign in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives unused, and at most."""

    idle: timedelta
    longest: timedelta

    def end(self, created_at: datetime, now: datetime) -> datetime:
        """When a session made at `created_at` and used `now` ends."""
        return min(now + self.idle, created_at + self.longest)


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A live session: what it remembers, whose it is (None before sign-in), when it was last seen."""

    data: dict[str, object]
    person: SignedInPerson | None
    last_seen_at: datetime


def find(token: str, now: datetime) -> FoundSession | None:
    """The session of a cookie, with person and schools, in one select; None when unknown, idle or over."""
    row = queries.session(_hash(token), now)
    return None if row is None else FoundSession(json.loads(row.data), row.person, row.last_seen_at)


def keep(token: str | None, data: dict[str, object], now: datetime, limits: Limits) -> str:
    """Remember `data` under the session of `token`, or in a new anonymous one. Returns the session’s token.

    A session that ended meanwhile stays ended: its data is dropped.
    """
    text = json.dumps(data)
    kept = token or secrets.token_urlsafe(32)

    def work(session: Work) -> None:
        if token is None:
            _purge(session, now)
            session.add(_row(kept, None, text, now, limits))
        elif row := session.get(SignInSession, _hash(token)):
            row.data = text
            _move_on(row, now, limits)

    write(work)
    return kept


def seen(token: str, now: datetime, limits: Limits) -> None:
    """Note that the session is in use, which moves its end on."""

    def work(session: Work) -> None:
        if row := session.get(SignInSession, _hash(token)):
            _move_on(row, now, limits)

    write(work)


def start(person_id: str, previous: str | None, now: datetime, limits: Limits) -> str:
    """Sign a person in: a new session in place of the `previous` one. Returns its token.

    Raises UnknownPersonError when nobody has that id.
    """
    token = secrets.token_urlsafe(32)

    def work(session: Work) -> None:
        if known_form(person_id) is None or session.get(Person, person_id) is None:
            raise UnknownPersonError
        _purge(session, now)
        if previous and (row := session.get(SignInSession, _hash(previous))):
            session.delete(row)
        session.add(_row(token, person_id, "{}", now, limits))

    write(work)
    return token


def end(token: str) -> None:
    """Sign out: the session is deleted, so a copied cookie opens nothing."""

    def work(session: Work) -> None:
        if row := session.get(SignInSession, _hash(token)):
            session.delete(row)

    write(work)


def demo_people() -> tuple[DemoPerson, ...]:
    """The people whom the demo sign-in offers, by name, with their schools."""
    return queries.demo_people()


def _row(token: str, person_id: str | None, data: str, now: datetime, limits: Limits) -> SignInSession:
    return SignInSession(
        token_hash=_hash(token),
        person_id=person_id,
        data=data,
        created_at=now,
        last_seen_at=now,
        expires_at=limits.end(now, now),
    )


def _move_on(row: SignInSession, now: datetime, limits: Limits) -> None:
    row.last_seen_at = now
    row.expires_at = limits.end(row.created_at, now)


def _purge(session: Work, now: datetime) -> None:
    session.query(SignInSession).filter(SignInSession.expires_at < now).delete(synchronize_session=False)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
