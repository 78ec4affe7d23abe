"""What a school reads about its ECTs: the cards, and one ECT whole.

School journey, “Your ECTs” and “Status of an ECT card”.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.data.ids import known_form
from app.data.queries import contacts, participants, partnerships
from app.data.queries.paging import Page
from app.data.queries.participants import Card, Earlier, Ect
from app.data.queries.partnerships import PartnershipDetails
from app.data.queries.training import Training
from app.domain.eligibility import InductionStatus
from app.domain.participants import CardFacts, CardStatus, TrainingStatus, card_status
from app.domain.partnerships import State
from app.services.supply.ects import card_needs_training, ended_together

__all__ = [
    "Card",
    "Earlier",
    "EctDetails",
    "Page",
    "PartnershipDetails",
    "cards",
    "ect",
    "status_of",
]


@dataclass(frozen=True, slots=True)
class EctDetails:
    """One ECT, their status, and the partnership of their latest training (None when school-led).

    `has_left` and `needs_training` say what can be reported and chosen, `ended_together` that the answer counts for
    everybody of their partnership. `contact` is the lead provider’s email address
    or phone number, “” when there is none.
    """

    ect: Ect
    status: CardStatus
    partnership: PartnershipDetails | None
    contact: str
    earlier: tuple[Earlier, ...]
    has_left: bool
    needs_training: bool
    ended_together: bool


def cards(school_id: str, today: date, search: str = "", page: int = 1) -> Page[Card]:
    """A page of the school’s ECTs, 20 at a time; past the end, the last page."""
    found = participants.cards(school_id, today, search, page)
    if found.total and not found.rows:
        return participants.cards(school_id, today, search, found.pages)
    return found


def status_of(card: Card) -> CardStatus:
    """The status of a card.

    Nobody’s induction is over here: registering refuses those whose is.
    """
    return card_status(
        CardFacts(
            leaving=card.finished_on is not None or card.leaving_reported_at is not None,
            induction=InductionStatus.NONE,
            partnership=_partnership_state(card.training),
            training=_training_status(card.training),
            has_mentor=card.mentor is not None,
            stopped=card.training is not None and card.training.stopped_on is not None,
        )
    )


def _training_status(training: Training | None) -> TrainingStatus:
    """The lead provider’s word, while it is one: what it said before it was called wrong is past."""
    if training is None or training.partnership_status != State.ACTIVE:
        return TrainingStatus.ACTIVE
    return TrainingStatus(training.training_status)


def _partnership_state(training: Training | None) -> State | None:
    """None for school-led training. Somebody without any training needs some, as after a retracted record."""
    if training is None:
        return State.RETRACTED
    return None if training.partnership_status is None else State(training.partnership_status)


def ect(school_id: str, ect_id: str, today: date) -> EctDetails | None:
    """One ECT of this school as things stand today; None for an unknown id and for another school’s alike."""
    found = participants.ect(school_id, ect_id) if known_form(ect_id) else None
    if found is None:
        return None
    partnership = _partnership_of(found.card, school_id)
    contact = ""
    if partnership is not None:
        known = contacts.of_lead_providers([partnership.lead_provider_id])
        contact = known.get(partnership.lead_provider_id, "")
    earlier = tuple(_before(found.elsewhere, found.card))
    card = found.card
    return EctDetails(
        found,
        status_of(card),
        partnership,
        contact,
        earlier,
        has_left=card.finished_on is not None and card.finished_on < today,
        needs_training=card_needs_training(card, today),
        ended_together=ended_together(card, today),
    )


def _partnership_of(card: Card, school_id: str) -> PartnershipDetails | None:
    if card.training is None or card.training.partnership_id is None:
        return None
    return partnerships.by_id(school_id, card.training.partnership_id)


def _before(registrations: Iterable[Earlier], card: Card) -> Iterable[Earlier]:
    """Those that began before this one: a school reads the past, not where somebody went next."""
    return (each for each in registrations if each.started_on < card.started_on)
