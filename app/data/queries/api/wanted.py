"""What a client asks of a list: which page, in which order, and which of its records (Provider API, Conventions)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for one page of a list. A filter that is None wasn't given; an empty one finds nothing.

    `sort` has “created_at” and “updated_at”, each with True for the latest first; the id always comes last, by itself.
    `updated_since` is inclusive.
    """

    page: int = 1
    per_page: int = 100
    sort: tuple[tuple[str, bool], ...] = ()
    cohorts: tuple[int, ...] | None = None
    updated_since: datetime | None = None
    delivery_partner_ids: tuple[str, ...] | None = None
    participant_ids: tuple[str, ...] | None = None
    urn: str | None = None
    training_status: str | None = None
    from_participant_id: str | None = None
