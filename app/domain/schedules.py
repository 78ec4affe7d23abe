"""Schedules and milestones: when a declaration of each type may be dated.

Schedules and money, Schedules. The tables here are what a new cohort begins with; what is stored may have been
changed since, so every rule takes milestones rather than looking them up. Days are London days, both inside;
instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from app.domain.days import LONDON, months_after
from app.domain.refusals import Refused

IRREGULAR_COHORT = 2021
"""The first cohort, with a standard table of its own; there is no standard schedule before it."""


class Course(StrEnum):
    """What somebody trains as, as the API spells it: an ECT or a mentor."""

    ECF_INDUCTION = "ecf-induction"
    ECF_MENTOR = "ecf-mentor"


class DeclarationType(StrEnum):
    """The points of training that lead providers declare, in order, as the API spells them."""

    STARTED = "started"
    RETAINED_1 = "retained-1"
    RETAINED_2 = "retained-2"
    RETAINED_3 = "retained-3"
    RETAINED_4 = "retained-4"
    COMPLETED = "completed"
    EXTENDED_1 = "extended-1"
    EXTENDED_2 = "extended-2"
    EXTENDED_3 = "extended-3"


class Kind(StrEnum):
    """The kinds of schedule."""

    STANDARD = "standard"
    EXTENDED = "extended"
    REDUCED = "reduced"
    REPLACEMENT = "replacement"


class Season(StrEnum):
    """The month a schedule is named for."""

    SEPTEMBER = "september"
    JANUARY = "january"
    APRIL = "april"


def identifier(kind: Kind, season: Season) -> str:
    """The identifier of a schedule, like “ecf-standard-september”."""
    return f"ecf-{kind}-{season}"


_PARTS = MappingProxyType({identifier(kind, season): (kind, season) for kind in Kind for season in Season})
IDENTIFIERS: tuple[str, ...] = tuple(_PARTS)
"""All twelve."""

USUAL_TYPES = (
    DeclarationType.STARTED,
    DeclarationType.RETAINED_1,
    DeclarationType.RETAINED_2,
    DeclarationType.RETAINED_3,
    DeclarationType.RETAINED_4,
    DeclarationType.COMPLETED,
)
"""The types on every schedule; extended ones have the rest too."""

OPEN_TO_MENTORS_FOR_GOOD = frozenset({DeclarationType.STARTED, DeclarationType.COMPLETED})
"""In mentor-funding cohorts: what is declared for mentors, on no day in particular."""

Months = tuple[int, int]
"""First and last month of a milestone, whole, counted from January of the cohort’s year: 13 is next January."""

# In the order of USUAL_TYPES.
STANDARD: Mapping[Season, tuple[Months, ...]] = MappingProxyType(
    {
        Season.SEPTEMBER: ((6, 12), (13, 15), (16, 19), (20, 24), (25, 27), (28, 31)),
        Season.JANUARY: ((13, 15), (16, 19), (20, 24), (25, 27), (28, 31), (32, 36)),
        Season.APRIL: ((16, 19), (20, 24), (25, 27), (28, 31), (32, 36), (37, 39)),
    }
)
STANDARD_2021: Mapping[Season, tuple[Months, ...]] = MappingProxyType(
    {
        Season.SEPTEMBER: ((9, 11), (9, 13), (14, 16), (17, 21), (22, 25), (26, 28)),
        Season.JANUARY: ((12, 13), (14, 16), (17, 21), (22, 25), (26, 28), (29, 34)),
        Season.APRIL: ((14, 17), (17, 21), (22, 25), (26, 28), (29, 34), (35, 37)),
    }
)
OPEN_ENDED: Mapping[Season, int] = MappingProxyType(
    {Season.SEPTEMBER: 9, Season.JANUARY: 13, Season.APRIL: 16}
)
"""The month on whose first day everything opens that never closes."""

NOVEMBER = 11
"""Whoever started on a September schedule is paid for at the end of November."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """When declarations of a type may be dated, from `starts_on` to `ends_on`, both London days inside.

    `ends_on` None never closes. `pays_on` is the day DfE names for the payment, if it does; what is really paid when
    is decided by statements.
    """

    declaration_type: DeclarationType
    starts_on: date
    ends_on: date | None
    pays_on: date | None


def kind_and_season(schedule: str) -> tuple[Kind, Season]:
    """The two parts of an identifier. Raises Refused("unknown", "schedule_identifier") for none of ours."""
    if schedule not in _PARTS:
        raise Refused("unknown", "schedule_identifier", schedule=schedule)
    return _PARTS[schedule]


def types_on(schedule: str) -> tuple[DeclarationType, ...]:
    """The declaration types a schedule has, in order. Raises Refused as `kind_and_season` does."""
    kind, _season = kind_and_season(schedule)
    return tuple(DeclarationType) if kind is Kind.EXTENDED else USUAL_TYPES


def suits(schedule: str, course: Course) -> bool:
    """Whether a schedule is one for the course: replacement ones are for mentors only.

    Raises Refused as `kind_and_season` does.
    """
    kind, _season = kind_and_season(schedule)
    return kind is not Kind.REPLACEMENT or course is Course.ECF_MENTOR


def milestones(cohort: int, schedule: str) -> tuple[Milestone, ...]:
    """The milestones a schedule begins with, in the order of their types; none for a standard one before 2021.

    Raises Refused as `kind_and_season` does.
    """
    kind, season = kind_and_season(schedule)
    if kind is not Kind.STANDARD:
        opens_on = _first_day(cohort, OPEN_ENDED[season])
        return tuple(Milestone(each, opens_on, None, opens_on) for each in types_on(schedule))
    if cohort < IRREGULAR_COHORT:
        return ()
    table = STANDARD_2021 if cohort == IRREGULAR_COHORT else STANDARD
    return tuple(
        Milestone(
            declaration_type,
            _first_day(cohort, first),
            _last_day(cohort, last),
            _last_day(cohort, _paid_in(season, declaration_type, last)),
        )
        for declaration_type, (first, last) in zip(USUAL_TYPES, table[season], strict=True)
    )


def _paid_in(season: Season, declaration_type: DeclarationType, last: int) -> int:
    """The month on whose last day a milestone is paid: the one after it, except September’s starts."""
    if season is Season.SEPTEMBER and declaration_type is DeclarationType.STARTED:
        return NOVEMBER
    return last + 1


def _first_day(cohort: int, month: int) -> date:
    return months_after(date(cohort, 1, 1), month - 1)


def _last_day(cohort: int, month: int) -> date:
    return _first_day(cohort, month + 1) - timedelta(days=1)


def binding(schedule: Sequence[Milestone], course: Course, mentor_funding: bool) -> tuple[Milestone, ...]:
    """The milestones of one schedule as they bind somebody on `course`; `mentor_funding` is the cohort’s flag.

    In a mentor-funding cohort a mentor’s `started` and `completed` open on the schedule’s first day and never
    close. Everything else binds as it stands.
    """
    if course is not Course.ECF_MENTOR or not mentor_funding or not schedule:
        return tuple(schedule)
    first = min(milestone.starts_on for milestone in schedule)
    return tuple(
        replace(milestone, starts_on=first, ends_on=None)
        if milestone.declaration_type in OPEN_TO_MENTORS_FOR_GOOD
        else milestone
        for milestone in schedule
    )


def milestone_of(schedule: Sequence[Milestone], declaration_type: str) -> Milestone | None:
    """The milestone of a type; None when the type isn’t on the schedule."""
    return next((each for each in schedule if each.declaration_type == declaration_type), None)


def opens(milestone: Milestone) -> datetime:
    """The first instant inside, in UTC: 00:00 in London of the first day."""
    return _midnight(milestone.starts_on)


def closes(milestone: Milestone) -> datetime | None:
    """The first instant outside, in UTC: 00:00 in London of the day after the last. None for never."""
    return None if milestone.ends_on is None else _midnight(milestone.ends_on + timedelta(days=1))


def holds(milestone: Milestone, moment: datetime) -> bool:
    """Whether a declaration may be dated `moment`, which must know its zone: ValueError otherwise."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone to lie inside a milestone")
    closing = closes(milestone)
    return opens(milestone) <= moment and (closing is None or moment < closing)


def _midnight(day: date) -> datetime:
    """When a London day begins. Clocks change at 01:00 UTC, so midnight comes once, and is never left out."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
