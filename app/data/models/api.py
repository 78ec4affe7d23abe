"""Keys to the API, what was answered to a repeated request, how often each key asked, and the log of it all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, one_of

TOKEN_KINDS = ("lead_provider", "service")


class ApiToken(Model):
    """A token, by the SHA-256 of it as 64 hexadecimal characters; the token itself was shown once.

    Only a lead provider’s own token opens its API: a `service` one is known and refused.
    """

    __tablename__ = "api_tokens"
    __table_args__ = (
        one_of("kind", TOKEN_KINDS),
        CheckConstraint("length(token_hash) = 64", name="token_hash"),
        CheckConstraint("(kind = 'lead_provider') = (lead_provider_id IS NOT NULL)", name="lead_provider"),
        Index(None, "lead_provider_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    kind: Mapped[str]
    lead_provider_id: Mapped[Id | None] = mapped_column(ForeignKey("lead_providers.id"))
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class IdempotencyKey(Model):
    """The first answer to a POST with this key, kept 24 hours; no `status` while it is still being worked on."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        CheckConstraint("length(body_hash) = 64", name="body_hash"),
        Index(None, "started_at"),
    )

    lead_provider_id: Mapped[Id] = mapped_column(ForeignKey("lead_providers.id"), primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    status: Mapped[int | None]
    body: Mapped[bytes | None]
    started_at: Mapped[datetime]


class ApiRequest(Model):
    """One line of the API’s log: who asked for what, how it ended, how long it took. No personal data."""

    __tablename__ = "api_requests"
    __table_args__ = (Index(None, "lead_provider_id", "at"), Index(None, "at"))

    id: Mapped[Id] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    token_id: Mapped[Id | None] = mapped_column(ForeignKey("api_tokens.id"))
    lead_provider_id: Mapped[Id | None] = mapped_column(ForeignKey("lead_providers.id"))
    method: Mapped[str]
    operation: Mapped[str]
    status: Mapped[int]
    milliseconds: Mapped[int]
    request_id: Mapped[str]


class RequestCount(Model):
    """How often something was asked for in a window of time, counted by all processes together."""

    __tablename__ = "request_counts"
    __table_args__ = (Index(None, "expires_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime]
