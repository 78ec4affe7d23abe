"""People who sign in, the schools they belong to, and their sessions (Trust, 6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.data.columns import Id, Model, Stamped, one_of

PERSON_KINDS = ("school", "dfe", "lead_provider")


class Person(Stamped, Model):
    """Someone who signs in. `email` is kept in lower case; `demo` people are offered by the demo sign-in.

    A school’s people belong to schools (`SchoolMembership`), a lead provider’s to one lead provider.
    """

    __tablename__ = "people"
    __table_args__ = (
        one_of("kind", PERSON_KINDS),
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint("(kind = 'lead_provider') = (lead_provider_id IS NOT NULL)", name="lead_provider"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    demo: Mapped[bool]
    lead_provider_id: Mapped[Id | None] = mapped_column(ForeignKey("lead_providers.id"))


class SchoolMembership(Model):
    """A person acts for a school."""

    __tablename__ = "school_memberships"
    __table_args__ = (Index(None, "school_id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"), primary_key=True)
    school_id: Mapped[Id] = mapped_column(ForeignKey("schools.id"), primary_key=True)


class SignInSession(Model):
    """A browser session: the SHA-256 of its cookie as 64 hexadecimal characters, and `data` as JSON."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 64", name="token_hash"),
        Index(None, "expires_at"),
        Index(None, "person_id"),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"))
    data: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
