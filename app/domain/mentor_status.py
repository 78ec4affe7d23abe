"""What a mentor’s card says of their own training. (School journey, “Register a mentor, assign, change, leave”.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.funding import MentorReason
from app.domain.participants import NO_TRAINING, TrainingStatus
from app.domain.partnerships import State

COMPLETED = frozenset(
    {MentorReason.COMPLETED_DECLARATION_RECEIVED, MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT}
)


class MentorStatus(StrEnum):
    """Whether a mentor trains, one at a time."""

    COMPLETED = "completed"
    NOT_REGISTERED = "not_registered"
    STOPPED = "stopped"
    WAITING = "waiting"
    PAUSED = "paused"
    IN_TRAINING = "in_training"


@dataclass(frozen=True, slots=True)
class MentorFacts:
    """What decides it. `partnership` is None without a training record; `over` that the record’s last day has passed.

    `not_funded` is why DfE doesn’t pay; None when it does, or when somebody there decided otherwise.
    """

    partnership: State | None
    training: TrainingStatus
    over: bool
    not_funded: MentorReason | None


def _is_stopped(mentor: MentorFacts) -> bool:
    # What a lead provider said before it was called wrong is past.
    withdrawn = mentor.training is TrainingStatus.WITHDRAWN and mentor.partnership is State.ACTIVE
    return mentor.over or mentor.partnership in NO_TRAINING or withdrawn


MENTOR_STATUSES: tuple[tuple[MentorStatus, Callable[[MentorFacts], bool]], ...] = (
    (MentorStatus.COMPLETED, lambda mentor: mentor.not_funded in COMPLETED),
    (MentorStatus.NOT_REGISTERED, lambda mentor: mentor.partnership is None),
    (MentorStatus.STOPPED, _is_stopped),
    (MentorStatus.WAITING, lambda mentor: mentor.partnership is State.PROPOSED),
    (MentorStatus.PAUSED, lambda mentor: mentor.training is TrainingStatus.DEFERRED),
    (MentorStatus.IN_TRAINING, lambda _mentor: True),
)
"""First match wins."""

MENTOR_TAGS: Mapping[MentorStatus, tuple[str, str]] = MappingProxyType(
    {
        MentorStatus.COMPLETED: ("Training completed", "blue"),
        MentorStatus.NOT_REGISTERED: ("Not in training", "grey"),
        MentorStatus.STOPPED: ("Not in training", "grey"),
        MentorStatus.WAITING: ("Waiting for lead provider", "yellow"),
        MentorStatus.PAUSED: ("Training paused", "orange"),
        MentorStatus.IN_TRAINING: ("In training", "green"),
    }
)
"""The words of each tag and its GOV.UK colour."""


def mentor_status(mentor: MentorFacts) -> MentorStatus:
    """The first row of `MENTOR_STATUSES` that fits."""
    return next(status for status, fits in MENTOR_STATUSES if fits(mentor))
