"""Schedules and milestones as tables: which there are, the dates that hold. (Schedules and money, Schedules.)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from app.domain.days import in_words
from app.domain.schedules import IDENTIFIERS, Course, Milestone, suits, types_on
from app.web.api_docs.pages import Codes, Table

Schedules = Mapping[str, tuple[Milestone, ...]]


def identifiers() -> Table:
    """The twelve schedules, who they are for, and what can be declared on them."""
    rows = tuple(
        (
            Codes((each,)),
            "ECTs and mentors" if all(suits(each, course) for course in Course) else "Mentors",
            Codes(tuple(types_on(each))),
        )
        for each in IDENTIFIERS
    )
    return Table("Schedules", ("schedule_identifier", "Who it is for", "What can be declared"), rows)


def of_cohort(schedules: Schedules) -> Iterator[Table]:
    """The milestones of each schedule of a cohort; those on which everything stays open share one table."""
    open_ended = {each: milestones for each, milestones in schedules.items() if _stays_open(milestones)}
    for each, milestones in schedules.items():
        if each not in open_ended:
            head = ("declaration_type", "First day", "Last day", "Payment date")
            yield Table(f"Milestones of {each}", head, tuple(map(_row, milestones)))
    if open_ended:
        yield _open_ended(open_ended)


def _stays_open(milestones: tuple[Milestone, ...]) -> bool:
    """Whether everything opens on one day and never closes."""
    return all(each.ends_on is None and each.starts_on == milestones[0].starts_on for each in milestones)


def _open_ended(schedules: Schedules) -> Table:
    rows = tuple(
        (Codes((each,)), in_words(own[0].starts_on), Codes(tuple(one.declaration_type for one in own)))
        for each, own in schedules.items()
    )
    head = ("schedule_identifier", "First day of everything", "What can be declared")
    return Table("Schedules that never close", head, rows)


def _row(milestone: Milestone) -> tuple[Codes | str, ...]:
    kind = Codes((milestone.declaration_type,))
    last = _day(milestone.ends_on, "Never closes")
    return (kind, in_words(milestone.starts_on), last, _day(milestone.pays_on, "Not named"))


def _day(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else in_words(day)
