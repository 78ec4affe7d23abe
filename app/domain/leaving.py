"""What a school reports of an ECT: the last day of one who leaves for good, the last day of training of one who stays.

School journey, “Register a mentor, assign, change, leave”; Provider API, “participant_status”. Every day is a London
day; a last day is the last one that counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.domain.days import months_after
from app.domain.participants import MONTHS_AHEAD
from app.domain.refusals import Refused


class StopReason(StrEnum):
    """Why somebody who stays at the school trains no more, in the school’s words."""

    LONG_LEAVE = "long_leave"
    ANOTHER_JOB = "another_job"
    NOT_SUITABLE = "not_suitable"
    OTHER = "other"


STOP_REASONS: Mapping[StopReason, str] = {
    StopReason.LONG_LEAVE: "They are away for a long time, like parental leave or illness",
    StopReason.ANOTHER_JOB: "They have another job at our school, not as an ECT",
    StopReason.NOT_SUITABLE: "The training does not suit them",
    StopReason.OTHER: "Another reason",
}


def check_last_day(
    last_day: date,
    started_on: date,
    today: date,
    *,
    told: date | None = None,
    starts_elsewhere_on: date | None = None,
    by_another_school: bool = False,
) -> date:
    """The last day at the school, if it lies in its bounds: from the start date on, at most 4 months ahead.

    `told` is the last day so far: the school has reported it, or with `by_another_school` it follows from a
    registration there. `starts_elsewhere_on` is the start at the next school that
    has registered the person, whose time there can’t overlap. Raises Refused: `too_early` with `earliest`;
    `registered_elsewhere` and `too_far_ahead` with `date` (the latest); `told_already`, `so_already`.
    """
    if last_day < started_on:
        raise Refused("too_early", earliest=started_on)
    if starts_elsewhere_on is not None and last_day >= starts_elsewhere_on:
        raise Refused("registered_elsewhere", date=starts_elsewhere_on - timedelta(days=1))
    if last_day > (latest := months_after(today, MONTHS_AHEAD)):
        raise Refused("too_far_ahead", date=latest)
    if last_day == told:
        raise Refused("so_already" if by_another_school else "told_already")
    return last_day


def check_stopping_day(last_day: date, training_started_on: date, today: date) -> date:
    """The last day of training of somebody who stays: not before it began, and not ahead.

    Raises Refused: `too_early` with `earliest`; `ahead`.
    """
    if last_day < training_started_on:
        raise Refused("too_early", earliest=training_started_on)
    if last_day > today:
        raise Refused("ahead")
    return last_day


def ends_on(
    started_on: date, finished_on: date | None, last_day: date, told: date | None = None
) -> date | None:
    """The last day of something (training, a mentorship) of somebody whose last day at the school is `last_day`.

    What is open, or would go on after that day, ends with it; what hadn’t begun, on its first day. What ended with the
    last day `told` before moves along with it; what ended otherwise before it stays as it is.
    """
    went_along = told is not None and finished_on == max(told, started_on)
    if finished_on is None or finished_on > last_day or went_along:
        return max(last_day, started_on)
    return finished_on
