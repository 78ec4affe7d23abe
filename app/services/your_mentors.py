"""What a school reads about its mentors: whom they mentor, and whether they train. (School journey, “Your mentors”.)"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.data.queries import your_mentors as reads
from app.data.queries.paging import Page
from app.data.queries.training import Training
from app.data.queries.your_mentors import MentorCard, Mentored
from app.domain.funding import MentorReason
from app.domain.mentor_status import MentorFacts, MentorStatus, mentor_status
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State

__all__ = ["MentorCard", "Mentored", "Page", "YourMentor", "mentors", "status_of"]


@dataclass(frozen=True, slots=True)
class YourMentor:
    """A mentor, and the ECTs they mentor at this school. `reason` is why DfE doesn’t pay for their training: None when
    it is `funded`, and when somebody at DfE decided that it isn’t."""

    card: MentorCard
    ects: tuple[Mentored, ...]
    funded: bool
    reason: MentorReason | None


def mentors(school_id: str, search: str = "", page: int = 1) -> Page[YourMentor]:
    """A page of the school’s mentors, 20 at a time; past the end, the last page. Four selects, whatever there is."""
    found = reads.cards(school_id, search, page)
    if found.total and not found.rows:
        found = reads.cards(school_id, search, found.pages)
    ects = reads.mentored_by(school_id, [card.id for card in found.rows])
    flags = reads.reasons_not_to_fund([card.trn for card in found.rows])
    rows = (_mentor(card, tuple(ects.get(card.id, ())), flags.get(card.trn, ())) for card in found.rows)
    return Page(tuple(rows), found.total, found.number, found.per_page)


def status_of(mentor: YourMentor, today: date) -> MentorStatus:
    """The status of a mentor’s card."""
    training = mentor.card.training
    return mentor_status(
        MentorFacts(
            partnership=_partnership_state(training),
            training=TrainingStatus(training.training_status) if training else TrainingStatus.ACTIVE,
            over=bool(training and training.finished_on and training.finished_on < today),
            not_funded=mentor.reason,
        )
    )


def _mentor(card: MentorCard, ects: tuple[Mentored, ...], flags: Collection[str]) -> YourMentor:
    """What was decided by hand comes before the flags."""
    funded = not flags if card.by_hand is None else card.by_hand
    reason = None if funded else next((each for each in MentorReason if each in flags), None)
    return YourMentor(card, ects, funded, reason)


def _partnership_state(training: Training | None) -> State | None:
    if training is None or training.partnership_status is None:
        return None
    return State(training.partnership_status)
