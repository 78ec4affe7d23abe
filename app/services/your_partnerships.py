"""What a school reads about its partnerships, and what it is told of them without asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.data.queries import contacts, participants, partnerships
from app.data.queries.paging import Page
from app.data.queries.partnerships import PartnerChange, PartnershipDetails
from app.domain.participants import NO_TRAINING
from app.domain.partnerships import DeclineReason, State, named_instead
from app.services.supply import together

__all__ = ["News", "Page", "PartnershipDetails", "YourPartnerships", "news", "of_school"]

LOOKED_AT = 100
NEWS_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class YourPartnerships:
    """A page of partnerships, the latest year first, and contacts of the lead providers that say to get in touch.

    `named` has, by the id of a partnership that waits, the one that its lead provider names instead; `untrained`, by
    that of one that isn’t a partnership any more, how many ECTs have no training since.
    """

    page: Page[PartnershipDetails]
    contacts: Mapping[str, str]
    named: Mapping[str, PartnershipDetails]
    untrained: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class News:
    """What lead providers have done of late that a school may have something to say to.

    `without_training`: those that aren’t partnerships any more, each with how many ECTs have no training since.
    `named`: those that wait, each with the one named instead. `again`: confirmed anew after the school called them
    wrong. `changed`: those with another delivery partner, each with the one before.
    """

    without_training: tuple[tuple[PartnershipDetails, int], ...] = ()
    named: tuple[tuple[PartnershipDetails, PartnershipDetails], ...] = ()
    again: tuple[PartnershipDetails, ...] = ()
    changed: tuple[tuple[PartnershipDetails, PartnerChange], ...] = ()


def of_school(school_id: str, today: date, page: int = 1) -> YourPartnerships:
    """The school’s partnerships, 20 at a time; past the end, the last page."""
    found = partnerships.of_school(school_id, page=page)
    if found.total and not found.rows:
        found = partnerships.of_school(school_id, page=found.pages)
    asked = {each.lead_provider_id for each in found.rows if each.declined_reason == DeclineReason.OTHER}
    whole = found.rows if found.pages == 1 else _latest(school_id)
    named = {each.id: other for each, other in _named(whole)}
    return YourPartnerships(
        found, contacts.of_lead_providers(asked), named, _untrained(school_id, found.rows, today)
    )


def news(school_id: str, now: datetime) -> News:
    """What to tell a school at this moment, of its latest 100 partnerships: it has a handful a year."""
    rows = _latest(school_id)
    if not rows:
        return News()
    by_id = {each.id: each for each in rows}
    changes = partnerships.partner_changes(school_id, now - NEWS_FOR)
    return News(
        tuple((each, each.ects) for each in rows if each.ects and State(each.status) in NO_TRAINING),
        tuple(_named(rows)),
        tuple(each for each in rows if _told_again(each, now)),
        tuple((by_id[each.partnership_id], each) for each in changes if each.partnership_id in by_id),
    )


def _untrained(school_id: str, rows: Iterable[PartnershipDetails], today: date) -> Mapping[str, int]:
    """How many ECTs one answer gives training again, by the partnership that was theirs; none that has nobody."""
    ended = [each.id for each in rows if State(each.status) in NO_TRAINING]
    cards = participants.without_training(school_id, today) if ended else ()
    found = {each: len(together.ects_under(each, cards, today)) for each in ended}
    return {each: number for each, number in found.items() if number}


def _latest(school_id: str) -> tuple[PartnershipDetails, ...]:
    return tuple(partnerships.of_school(school_id, per_page=LOOKED_AT).rows)


def _named(rows: Iterable[PartnershipDetails]) -> Iterator[tuple[PartnershipDetails, PartnershipDetails]]:
    every = tuple(rows)
    for each in every:
        other = named_instead(each, every)
        if other is not None:
            yield each, other


def _told_again(row: PartnershipDetails, now: datetime) -> bool:
    """Whether its lead provider has confirmed it of late, unasked, though the school had called it wrong."""
    if row.status != State.ACTIVE or row.challenged_at is None or row.confirmed_at is None:
        return False
    unasked = row.proposed_at is None or row.proposed_at < row.challenged_at
    return unasked and row.challenged_at < row.confirmed_at and row.confirmed_at >= now - NEWS_FOR
