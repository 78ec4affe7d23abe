"""ECTs at schools: when somebody may start, when their last school’s time ends, and the status on their card.

School journey, “Start date and cohort” and “Status of an ECT card”. Every day is a London day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from app.domain.cohorts import current_cohort, earliest_start
from app.domain.days import months_after
from app.domain.eligibility import InductionStatus
from app.domain.partnerships import State
from app.domain.refusals import Refused

DAYS_BETWEEN_STARTS = 2
MONTHS_AHEAD = 4


def bounds_when_registered_elsewhere(
    previous_start: date, previous_end: date | None, today: date
) -> tuple[date, date | None]:
    """The earliest and the latest start date of somebody who is or was an ECT at another school.

    Two days after the old start, so that the old school keeps at least a day; at most 4 months ahead while
    the old period is open (`previous_end` None), because registering closes it. None for no latest date.
    """
    latest = months_after(today, MONTHS_AHEAD) if previous_end is None else None
    return previous_start + timedelta(days=DAYS_BETWEEN_STARTS), latest


def check_start(
    start: date,
    opened: Collection[int],
    today: date,
    elsewhere: tuple[date, date | None] | None = None,
) -> date:
    """The start date, if it lies in its bounds. Whether its cohort is open is `cohort_for_start`’s
    question.

    `opened` as in cohorts; `elsewhere` is the start and the end of the last period at another school. The
    later of two lower bounds speaks. Raises Refused: `too_early` with `earliest`; `too_soon_after` with
    `date` (the earliest) and `previous_start`; `too_far_ahead` with `date` (the latest).
    """
    current = current_cohort(opened, today)
    earliest = date.min if current is None else earliest_start(current)
    if elsewhere is not None:
        after, latest = bounds_when_registered_elsewhere(*elsewhere, today)
        if start < after and after > earliest:
            raise Refused("too_soon_after", date=after, previous_start=elsewhere[0])
        if latest is not None and start > latest:
            raise Refused("too_far_ahead", date=latest)
    if start < earliest:
        raise Refused("too_early", earliest=earliest)
    return start


def leaving_day(new_start: date) -> date:
    """The last day at the old school: the day before the new start."""
    return new_start - timedelta(days=1)


class TrainingStatus(StrEnum):
    """The lead provider’s word on somebody’s training."""

    ACTIVE = "active"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


class CardStatus(StrEnum):
    """What an ECT’s card says, one at a time."""

    LEAVING = "leaving"
    COMPLETED = "completed"
    FAILED = "failed"
    EXEMPT = "exempt"
    STOPPED = "stopped"
    TRAINING_NEEDED = "training_needed"
    PAUSED = "paused"
    WAITING = "waiting"
    MENTOR_NEEDED = "mentor_needed"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What decides a card’s status. `partnership` is None for school-led training; `stopped` is the school’s word."""

    leaving: bool
    induction: InductionStatus
    partnership: State | None
    training: TrainingStatus
    has_mentor: bool
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The tag on a card, its GOV.UK colour, and the line that says what to do, if anything."""

    tag: str
    colour: str
    to_do: str = ""


_ENDED = {
    CardStatus.COMPLETED: frozenset({InductionStatus.PASSED}),
    CardStatus.FAILED: frozenset({InductionStatus.FAILED, InductionStatus.FAILED_IN_WALES}),
    CardStatus.EXEMPT: frozenset({InductionStatus.EXEMPT}),
}
# Retracted is here although its people have moved: “Registered” would be the one wrong thing to say.
NO_TRAINING = frozenset({State.DECLINED, State.CHALLENGED, State.RETRACTED})

CARD_STATUSES: tuple[tuple[CardStatus, Callable[[CardFacts], bool]], ...] = (
    (CardStatus.LEAVING, lambda card: card.leaving),
    (CardStatus.COMPLETED, lambda card: card.induction in _ENDED[CardStatus.COMPLETED]),
    (CardStatus.FAILED, lambda card: card.induction in _ENDED[CardStatus.FAILED]),
    (CardStatus.EXEMPT, lambda card: card.induction in _ENDED[CardStatus.EXEMPT]),
    (CardStatus.STOPPED, lambda card: card.stopped),
    (
        CardStatus.TRAINING_NEEDED,
        lambda card: card.partnership in NO_TRAINING or card.training is TrainingStatus.WITHDRAWN,
    ),
    (CardStatus.PAUSED, lambda card: card.training is TrainingStatus.DEFERRED),
    (CardStatus.WAITING, lambda card: card.partnership is State.PROPOSED),
    (CardStatus.MENTOR_NEEDED, lambda card: not card.has_mentor),
    (CardStatus.REGISTERED, lambda _card: True),
)
"""First match wins."""

STATUS_WORDS: Mapping[CardStatus, StatusWords] = MappingProxyType(
    {
        CardStatus.LEAVING: StatusWords("Leaving school", "yellow"),
        CardStatus.COMPLETED: StatusWords("Completed", "blue"),
        CardStatus.FAILED: StatusWords("Failed", "magenta"),
        CardStatus.EXEMPT: StatusWords("Exempt", "grey"),
        CardStatus.STOPPED: StatusWords("Training stopped", "grey"),
        CardStatus.TRAINING_NEEDED: StatusWords("Action required", "red", "Choose training for {name}"),
        CardStatus.PAUSED: StatusWords("Training paused", "orange"),
        CardStatus.WAITING: StatusWords("Waiting for lead provider", "yellow"),
        CardStatus.MENTOR_NEEDED: StatusWords("Action required", "red", "Choose a mentor for {name}"),
        CardStatus.REGISTERED: StatusWords("Registered", "green"),
    }
)


def card_status(card: CardFacts) -> CardStatus:
    """The status of an ECT’s card: the first row of `CARD_STATUSES` that fits."""
    return next(status for status, fits in CARD_STATUSES if fits(card))
