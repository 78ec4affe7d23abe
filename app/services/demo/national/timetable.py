"""When somebody reaches the points of their training: the milestones of their schedule, and a day inside each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from app.domain.declarations import evidence_rule
from app.domain.schedules import OPEN_TO_MENTORS_FOR_GOOD, Course, binding, milestones
from app.services.demo.national.dice import Dice
from app.services.demo.national.persons import Person, Training

SETTLING_IN = timedelta(days=14)
_BETWEEN, _WITHIN, _LATER = 110, 60, 15
_COMPLETED_AFTER = 320


@dataclass(frozen=True, slots=True)
class Point:
    """A type of declaration: first and last day of its milestone, the last one None when it never closes; `evidence`
    is what may be held.
    """

    declaration_type: str
    opens_on: date
    closes_on: date | None
    evidence: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A point that somebody reached: the day it is declared for, the earliest on which it is declared, and where."""

    point: Point
    declared_on: date
    made_on: date
    training: Training


@cache
def points(
    cohort: int, schedule: str, course: Course, mentor_funding: bool, detailed: bool
) -> tuple[Point, ...]:
    """The points of a schedule as they bind somebody on a course."""
    few = course is Course.ECF_MENTOR and mentor_funding
    found = []
    for each in binding(milestones(cohort, schedule), course, mentor_funding):
        if few and each.declaration_type not in OPEN_TO_MENTORS_FOR_GOOD:
            continue
        rule = evidence_rule(detailed, course, each.declaration_type)
        allowed: tuple[str | None, ...] = tuple(each.value for each in rule.allowed) if rule else ()
        if rule and not rule.required:
            allowed = (None, *allowed)
        found.append(Point(each.declaration_type.value, each.starts_on, each.ends_on, allowed or (None,)))
    return tuple(found)


def reached(person: Person, last_day: date, dice: Dice) -> Iterator[Reached]:
    """The points that somebody has reached by a day, in their order, under the training they had then."""
    course = Course.ECF_MENTOR if person.mentor else Course.ECF_INDUCTION
    year = person.year
    start = person.trainings[0].started_on
    every = points(year.start_year, person.schedule, course, year.mentor_funding, year.detailed_evidence)
    apart = _COMPLETED_AFTER if person.mentor and year.mentor_funding else _BETWEEN
    for number, point in enumerate(every):
        first, last = max(point.opens_on, start + SETTLING_IN), point.closes_on
        if last is None:
            first = max(first, start + SETTLING_IN + timedelta(days=apart * number))
            last = first + timedelta(days=_WITHIN)
        if first > last_day:
            return
        if first > last:
            continue
        declared_on = dice.day(first, min(last, last_day))
        training = next((each for each in person.trainings if each.holds(declared_on)), None)
        if training is not None:
            made_on = min(declared_on + timedelta(days=dice.below(_LATER)), last_day)
            yield Reached(point, declared_on, made_on, training)
