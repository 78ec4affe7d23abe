"""Schedules and their milestones, as tables drawn from the domain’s own (Schedules and money, Schedules)."""

from __future__ import annotations

from datetime import date

from app.domain.days import in_words
from app.domain.schedules import (
    IDENTIFIERS,
    IRREGULAR_COHORT,
    Course,
    Kind,
    Milestone,
    kind_and_season,
    milestones,
    suits,
    types_on,
)
from app.web.api_docs.pages import Codes, Table


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


def cohorts(today: date) -> tuple[int, ...]:
    """The cohorts with schedules, the first one to this calendar year’s, latest first."""
    return tuple(range(today.year, IRREGULAR_COHORT - 1, -1))


def standard(cohort: int) -> tuple[Table, ...]:
    """The milestones of each standard schedule of a cohort."""
    return tuple(
        Table(
            f"Milestones of {each}",
            ("declaration_type", "First day", "Last day", "Payment date"),
            tuple(_row(milestone) for milestone in milestones(cohort, each)),
        )
        for each in IDENTIFIERS
        if kind_and_season(each)[0] is Kind.STANDARD
    )


def open_ended(cohort: int) -> Table:
    """The schedules on which everything opens on one day and never closes."""
    rows = tuple(
        (Codes((each,)), in_words(milestones(cohort, each)[0].starts_on), Codes(tuple(types_on(each))))
        for each in IDENTIFIERS
        if kind_and_season(each)[0] is not Kind.STANDARD
    )
    head = ("schedule_identifier", "First day of everything", "What can be declared")
    return Table("Schedules that never close", head, rows)


def _row(milestone: Milestone) -> tuple[Codes | str, ...]:
    last = "Never closes" if milestone.ends_on is None else in_words(milestone.ends_on)
    kind = Codes((milestone.declaration_type,))
    return (kind, in_words(milestone.starts_on), last, in_words(milestone.pays_on))
