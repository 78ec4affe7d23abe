"""The ECT that a run is about, as the rules on leaving and on choosing training again read them."""

from __future__ import annotations

from datetime import date

from app.data.queries.participants import Card
from app.data.queries.training import Training
from app.domain.cohorts import CohortPlace
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.training_again import TrainingSoFar, can_start
from app.services.supply import places
from app.services.supply.reads import Reads


def training(reads: Reads) -> Training | None:
    """The ECT’s latest training here."""
    found = reads.ect()
    return found.card.training if found else None


def so_far(reads: Reads) -> TrainingSoFar | None:
    """That training, as the rules read it."""
    found = training(reads)
    return as_rules_read(found) if found else None


def as_rules_read(found: Training) -> TrainingSoFar:
    """A training record, as the rules on choosing again read it."""
    return TrainingSoFar(
        partnership=State(found.partnership_status) if found.partnership_status else None,
        ever_active=bool(found.ever_active),
        training=TrainingStatus(found.training_status),
        stopped=found.stopped_on is not None,
        started_on=found.started_on,
        finished_on=found.finished_on,
    )


def has_left(reads: Reads) -> bool:
    """Their time at the school is over."""
    found = reads.ect()
    return bool(found and found.card.finished_on is not None and found.card.finished_on < reads.today)


def is_in_training(reads: Reads) -> bool:
    """Their training has begun and hasn’t ended."""
    found = training(reads)
    if found is None or found.stopped_on is not None or found.started_on > reads.today:
        return False
    return found.finished_on is None or found.finished_on >= reads.today


def starts_elsewhere_on(reads: Reads) -> date | None:
    """The start at the next school, when one has registered them."""
    found = reads.ect()
    if found is None:
        return None
    later = [
        each.started_on
        for each in reads.periods(found.card.trn)
        if each.id != found.card.id and each.started_on > found.card.started_on
    ]
    return min(later, default=None)


def needs_training(reads: Reads) -> bool:
    """Nobody trains them, and training can begin before they leave."""
    found = reads.ect()
    return found is not None and card_needs_training(found.card, reads.today)


def card_needs_training(card: Card, today: date) -> bool:
    """The same of an ECT’s card."""
    if card.training is None or (card.finished_on is not None and card.finished_on < today):
        return False
    before = as_rules_read(card.training)
    if not before.is_needed_again:
        return False
    return before.goes_on or can_start(before.successor_starts(today), card.finished_on)


def begins_on(reads: Reads) -> date | None:
    """The first day of the training that would be chosen now: of the same record, when it goes on."""
    found = reads.ect()
    return card_begins_on(found.card, reads.today) if found else None


def card_begins_on(card: Card, today: date) -> date | None:
    """The same of an ECT’s card."""
    before = as_rules_read(card.training) if card.training else None
    if before is None:
        return None
    return before.started_on if before.goes_on else before.successor_starts(today)


def place_again(reads: Reads) -> CohortPlace | None:
    """The cohort and schedule in which they would go on; None for a run that isn’t about an ECT in training."""
    found = reads.ect()
    return place_of(reads, found.card) if found else None


def place_of(reads: Reads, card: Card) -> CohortPlace | None:
    """The same of an ECT’s card."""
    start = card_begins_on(card, reads.today)
    return places.place(reads, card.trn, max(start, reads.today)) if start else None


def ended_together(card: Card, today: date) -> bool:
    """Whether they need training because it ended for everybody of their partnership."""
    return bool(card.training and as_rules_read(card.training).ended_together) and card_needs_training(
        card, today
    )
