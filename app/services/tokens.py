"""Tokens of the lead provider API (Provider API, Auth): issued, revoked, found, noted as used.

A token is 256 random bits, shown once to whoever issues it. The database has its SHA-256, which is enough for something
that can’t be guessed, and no log, event or error ever holds the token itself.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import ApiToken, LeadProvider
from app.data.noting import lightly, note
from app.data.queries import api_tokens, events
from app.data.queries.api_tokens import TokenRow
from app.data.transaction import store, violated, write
from app.domain.refusals import Refused
from app.services.asked import Asked

__all__ = ["Issued", "TokenRow", "find", "issue", "revoke", "used"]

KIND = "lead_provider"
NOTED_EVERY = timedelta(minutes=1)

_USED = (
    update(ApiToken)
    .where(ApiToken.id == bindparam("token_id"))
    .where(or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at <= bindparam("before")))
    .values(last_used_at=bindparam("now"))
)
_NOTE_USED = {"sqlite": _USED, "postgresql": _USED.where(select(lightly(0)).exists())}


class Issued(NamedTuple):
    """A new token: `token` is shown to whoever asked for it, once, and kept nowhere."""

    token_id: str
    token: str

    def __repr__(self) -> str:
        """Only the id: what prints this must not print the token."""
        return f"Issued(token_id={self.token_id!r})"


def issue(lead_provider_id: str, name: str, by: Asked, token_id: str | None = None) -> Issued:
    """A new token for a lead provider, beside those it has. `name` says what it is for.

    A form that could be sent twice names the id that its token gets: the second time it is refused. Raises
    Refused("blank", "name"), Refused("lead_provider_unknown", "lead_provider_id"), Refused("already_issued").
    """
    if not name.strip():
        raise Refused("blank", "name")
    made = Issued(token_id or new_id(), secrets.token_urlsafe(32))

    def work(session: Session) -> None:
        if session.get(LeadProvider, lead_provider_id) is None:
            raise Refused("lead_provider_unknown", "lead_provider_id")
        if session.get(ApiToken, made.token_id) is not None:
            raise Refused("already_issued")
        store(session, _row(made, lead_provider_id, name.strip(), by))
        _record(session, "api_token.issued", made.token_id, lead_provider_id, by)

    try:
        write(work)
    except IntegrityError as error:
        if violated(error) != "pk_api_tokens":
            raise
        raise Refused("already_issued") from error
    return made


def revoke(token_id: str, by: Asked) -> bool:
    """Make a token useless from now on. False when there is no such token, or it was revoked before."""

    def work(session: Session) -> bool:
        revoked = (
            update(ApiToken)
            .where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
            .values(revoked_at=by.now)
            .returning(ApiToken.lead_provider_id)
        )
        row = session.execute(revoked).one_or_none()
        if row is not None:
            _record(session, "api_token.revoked", token_id, row[0], by)
        return row is not None

    return write(work)


def find(token: str) -> TokenRow | None:
    """The token that a request carries, of whatever kind; None when it is unknown or revoked."""
    return api_tokens.by_hash(_hash(token))


def used(token: TokenRow, now: datetime) -> None:
    """Note that a token was used: at most once a minute, and only when the database has a moment for it."""
    before = now - NOTED_EVERY
    if token.last_used_at is not None and token.last_used_at > before:
        return

    def work(connection: Connection) -> CursorResult[Any]:
        return connection.execute(
            _NOTE_USED[connection.dialect.name], {"token_id": token.id, "before": before, "now": now}
        )

    note(work, wait_ms=0)


def _row(made: Issued, lead_provider_id: str, name: str, by: Asked) -> ApiToken:
    return ApiToken(
        id=made.token_id,
        kind=KIND,
        lead_provider_id=lead_provider_id,
        name=name,
        token_hash=_hash(made.token),
        created_at=by.now,
        created_by=by.actor.id if by.actor.kind in ("person", "dfe") else None,
        last_used_at=None,
        revoked_at=None,
    )


def _record(session: Session, kind: str, token_id: str, lead_provider_id: str | None, by: Asked) -> None:
    events.record(
        session,
        at=by.now,
        kind=kind,
        actor=by.actor,
        record_kind="api_token",
        record_id=token_id,
        request_id=by.request_id,
        lead_provider_id=lead_provider_id,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
