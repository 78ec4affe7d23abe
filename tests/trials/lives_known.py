"""What the model knows of the lives: records as the specification speaks of them, and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(slots=True)
class Training:
    """Somebody’s training with a lead provider."""

    teacher: str
    course: str
    provider: str
    partnership: str
    status: str
    cohort: int
    schedule: str
    withdrawn_at: datetime | None = None
    deferred_at: datetime | None = None


@dataclass(slots=True)
class Partnership:
    """A partnership."""

    provider: str
    school: str
    cohort: int
    status: str


@dataclass(slots=True)
class Statement:
    """A statement; `asker` is who asked for its payment."""

    provider: str
    cohort: int
    deadline: date
    output: bool
    state: str
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What a declaration says for ever."""

    teacher: str
    course: str
    kind: str
    provider: str
    record: str
    at: datetime
    cohort: int
    schedule: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One event, its details read."""

    kind: str
    record: str
    at: datetime
    actor_kind: str
    actor: str | None
    details: Mapping[str, object]


class Unlawful(AssertionError):
    """Something happened that the tables don’t allow."""


def require(holds: bool, event: Event, why: str) -> None:
    """Raise Unlawful unless it holds."""
    if not holds:
        raise Unlawful(f"{event.kind} of {event.record} at {event.at}: {why}. {event}")
