"""Who asks for a change, when, and in which request: what every verb needs for its event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.data.clock import london_date
from app.data.queries.events import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """`now` in UTC is the moment the rules go by; stamps of records have their own clock. `name` is the person’s, when
    somebody at a lead provider asks on its pages, for the school to see."""

    actor: Actor
    now: datetime
    request_id: str
    name: str | None = None

    @property
    def today(self) -> date:
        """The day in London."""
        return london_date(self.now)

    @property
    def person_id(self) -> str:
        """The person who asks. AssertionError when it is anybody else."""
        assert self.actor.kind in ("person", "dfe") and self.actor.id is not None
        return self.actor.id


def by_lead_provider(lead_provider_id: str, now: datetime, request_id: str) -> Asked:
    """A lead provider asks, over the API or on its own pages."""
    return Asked(Actor("lead_provider", lead_provider_id), now, request_id)


def at_lead_provider(person_id: str, name: str, now: datetime, request_id: str) -> Asked:
    """Somebody at a lead provider asks, on its pages: a school is told their name."""
    return Asked(Actor("person", person_id), now, request_id, name)


def by_service(now: datetime, request_id: str) -> Asked:
    """The service itself acts: the daily job, an importer."""
    return Asked(SYSTEM, now, request_id)
