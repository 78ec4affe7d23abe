"""A school’s own organisations this year, as the guidance page shows them (Words, table 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.data.queries import cohorts, participants, partnerships
from app.domain.cohorts import cohort_of, current_cohort, years

LIVE = ("proposed", "active")
CARDS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class YourPartnership:
    """A lead provider with its delivery partner, which is None until the lead provider names it."""

    lead_provider: str
    delivery_partner: str | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Yours:
    """Who works with a school in one year. `year` reads “2025 to 2026”; names are the organisations’ own."""

    year: str
    appropriate_bodies: tuple[str, ...]
    partnerships: tuple[YourPartnership, ...]


def organisations_of(school_id: str, today: date) -> Yours:
    """The school’s appropriate bodies, and its confirmed and waiting partnerships of the current cohort.

    The appropriate bodies are those of its ECTs. All are in alphabetical order of their names.
    """
    current = current_cohort(cohorts.opened(today), today) or cohort_of(today)
    live = [each for each in partnerships.of_school_in(school_id, current) if each.status in LIVE]
    cards = participants.cards(school_id, today, per_page=CARDS_LOOKED_AT).rows
    return Yours(
        year=years(current),
        appropriate_bodies=tuple(sorted({card.appropriate_body_name for card in cards})),
        partnerships=tuple(
            YourPartnership(each.lead_provider_name, each.delivery_partner_name, each.status == "active")
            for each in sorted(
                live, key=lambda each: (each.lead_provider_name, each.delivery_partner_name or "")
            )
        ),
    )
