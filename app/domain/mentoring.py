"""Mentors: when somebody may begin, when they mentor an ECT, and whether they train for it.

School journey, “Register a mentor, assign, change, leave”. Every day is a London day; a last day is the last one that
counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.cohorts import first_day, standard_schedule
from app.domain.days import months_after
from app.domain.participants import MONTHS_AHEAD, TrainingStatus
from app.domain.partnerships import LIVE, State
from app.domain.refusals import Refused
from app.domain.training_again import TrainingSoFar


def check_start(start: date, started_elsewhere: Collection[date], today: date) -> date:
    """The first day of a mentor who stops at every other school the day before, if it lies in its bounds.

    `started_elsewhere` are the first days there: each school keeps at least a day. At most 4 months ahead, because
    time at other schools ends with it. Raises Refused: `too_early` with `earliest`; `too_far_ahead` with `date`.
    """
    earliest = max(started_elsewhere, default=date.min)
    if started_elsewhere and start <= earliest:
        raise Refused("too_early", earliest=earliest + timedelta(days=1))
    if start > (latest := months_after(today, MONTHS_AHEAD)):
        raise Refused("too_far_ahead", date=latest)
    return start


def mentors_from(ect_started_on: date, mentor_started_on: date, today: date) -> date:
    """The first day that a mentor mentors an ECT: when it is told, or later, once both are at the school."""
    return max(today, ect_started_on, mentor_started_on)


class MentorTraining(StrEnum):
    """What becomes of a mentor’s own training when they are given an ECT, or their ECT gets training: the first that
    holds."""

    SCHOOL_LED = "school_led"
    NOT_FUNDED = "not_funded"
    TRAINS_ALREADY = "trains_already"
    ECT_HAS_NONE = "ect_has_none"
    STARTS = "starts"


@dataclass(frozen=True, slots=True)
class TrainingOfEct:
    """Training of the ECT, as a mentor’s follows it: `partnership` is None when it is school-led."""

    partnership: State | None
    training: TrainingStatus
    goes_on: bool


def mentor_training(ect: TrainingOfEct | None, funded: bool, trains_already: bool) -> MentorTraining:
    """What becomes of the mentor’s training. `ect` is None for an ECT without any; `trains_already` at any school."""
    if ect is not None and ect.partnership is None:
        return MentorTraining.SCHOOL_LED
    if not funded:
        return MentorTraining.NOT_FUNDED
    if trains_already:
        return MentorTraining.TRAINS_ALREADY
    if ect is None or not _is_given(ect):
        return MentorTraining.ECT_HAS_NONE
    return MentorTraining.STARTS


def _is_given(ect: TrainingOfEct) -> bool:
    return ect.goes_on and ect.partnership in LIVE and ect.training is not TrainingStatus.WITHDRAWN


def is_paid_for(by_hand: bool | None, flagged: bool) -> bool:
    """Whether DfE pays for a mentor’s training: what somebody there decided goes before any flag."""
    return not flagged if by_hand is None else by_hand


def trains_on(record: TrainingSoFar, day: date) -> bool:
    """Whether a mentor’s record means that somebody trains them that day: it isn’t over, and nobody has ended it."""
    return not record.is_needed_again and (record.finished_on is None or record.finished_on >= day)


def goes_on_as(before: TrainingSoFar | None) -> bool:
    """Whether a mentor’s record that nobody trains them by goes on under what they are given now, as an ECT’s does."""
    return before is not None and before.goes_on and before.finished_on is None


def follows_on(before: TrainingSoFar | None, starts_on: date, today: date) -> date:
    """The first day of a record of its own: never one on which the record before had a day."""
    return starts_on if before is None else max(starts_on, before.successor_starts(today))


def training_begins(starts_on: date, cohort: int) -> tuple[date, str]:
    """The first day of a mentor’s training in a cohort, and the schedule of that month."""
    begins = max(starts_on, first_day(cohort))
    return begins, standard_schedule(begins)
