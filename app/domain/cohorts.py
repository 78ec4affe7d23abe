"""Cohorts: the funding year a participant starts in, named by its start year, and the schedules inside one.

School journey, “Start date and cohort”: a cohort’s window is 1 June of its year to 31 May of the next. The
dates in the published cohort file are for display only. `opened` is always the cohorts that DfE has opened
by `today`, and `today` is a London day.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.refusals import Refused

FIRST_MONTH = 6
WINDOWS_BACK = 2
AFTER_PAYMENTS_FROZEN = 2024
"""Where a participant goes whose own cohort’s payments are frozen."""


@dataclass(frozen=True, slots=True)
class CohortPlace:
    """Where somebody trains: cohort, schedule identifier, and the first day of the training record.

    `changed_after_payments_frozen` is the flag that lead providers see as
    `cohort_changed_after_payments_frozen`.
    """

    cohort: int
    schedule: str
    training_starts_on: date
    changed_after_payments_frozen: bool = False


def first_day(cohort: int) -> date:
    """1 June of the cohort’s year."""
    return date(cohort, FIRST_MONTH, 1)


def window(cohort: int) -> tuple[date, date]:
    """The first and the last day of a cohort, both inside it."""
    return first_day(cohort), date(cohort + 1, FIRST_MONTH - 1, 31)


def cohort_of(day: date) -> int:
    """The cohort whose window holds the day, opened or not."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def years(cohort: int) -> str:
    """How a school reads a cohort: “2025 to 2026”."""
    return f"{cohort} to {cohort + 1}"


def current_cohort(opened: Collection[int], today: date) -> int | None:
    """The latest cohort DfE has opened whose window has begun; None while there is none."""
    return max((cohort for cohort in opened if first_day(cohort) <= today), default=None)


def earliest_start(current: int) -> date:
    """The earliest start date accepted: the first day of the window two before the current one."""
    return first_day(current - WINDOWS_BACK)


def cohort_for_start(start: date, opened: Collection[int], today: date) -> int | None:
    """The cohort of somebody who starts on `start`; None when that cohort isn’t open yet.

    Late registrations join the current cohort: that is where money can still be spent.
    Raises Refused("too_early", earliest=…) before the earliest start date.
    """
    current = current_cohort(opened, today)
    if current is not None:
        if start < earliest_start(current):
            raise Refused("too_early", earliest=earliest_start(current))
        if cohort_of(start) <= current:
            return current
    return cohort_of(start) if cohort_of(start) in opened else None


def training_start(start: date, cohort: int) -> date:
    """The first day of the training record: the start date, but never before the cohort’s window."""
    return max(start, first_day(cohort))


def season(day: date) -> str:
    """The part of the year that names a schedule: June to October, November to February, March to May."""
    if 6 <= day.month <= 10:
        return "september"
    return "april" if 3 <= day.month <= 5 else "january"


def standard_schedule(training_starts_on: date) -> str:
    """The schedule everyone begins on, like “ecf-standard-september”, by the month training starts."""
    return f"ecf-standard-{season(training_starts_on)}"


def extended_schedule(training_starts_on: date) -> str:
    """The schedule of somebody whose cohort’s payments are frozen, like “ecf-extended-january”."""
    return f"ecf-extended-{season(training_starts_on)}"


def cohort_to_train_in(
    start: date,
    opened: Collection[int],
    today: date,
    earlier_cohort: int | None = None,
    frozen: bool = False,
    earlier_schedule: str | None = None,
) -> CohortPlace | None:
    """Cohort and schedule of a new training record; None when its cohort isn’t open yet.

    Somebody with an earlier provider-led record keeps its cohort and schedule, whatever cohort their new
    start date falls in; `frozen` says that payments of that cohort have stopped, which moves them to cohort
    2024 on an extended schedule. Raises Refused("too_early", earliest=…) as `cohort_for_start` does.
    """
    by_start = cohort_for_start(start, opened, today)
    if earlier_cohort is not None and frozen:
        begins = training_start(start, AFTER_PAYMENTS_FROZEN)
        return CohortPlace(AFTER_PAYMENTS_FROZEN, extended_schedule(begins), begins, True)
    cohort = by_start if earlier_cohort is None else earlier_cohort
    if cohort is None:
        return None
    begins = training_start(start, cohort)
    kept = earlier_schedule if earlier_cohort is not None else None
    return CohortPlace(cohort, kept or standard_schedule(begins), begins)
