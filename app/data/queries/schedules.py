"""Schedules and their milestones as they are stored: DfE may have changed a date. (Schedules and money, Schedules.)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, select

from app.data.database import reading
from app.data.models import Milestone as Row
from app.domain.schedules import IDENTIFIERS, DeclarationType, Milestone

_COHORTS = select(Row.cohort).distinct().order_by(Row.cohort.desc())
_OF_COHORT = select(Row.identifier, Row.declaration_type, Row.starts_on, Row.ends_on, Row.pays_on).where(
    Row.cohort == bindparam("cohort")
)
_OF_SCHEDULE = _OF_COHORT.where(Row.identifier == bindparam("schedule"))


def cohorts() -> tuple[int, ...]:
    """The cohorts that have milestones, latest first: one a year."""
    return tuple(reading().execute(_COHORTS).scalars())


def of_cohort(cohort: int) -> Mapping[str, tuple[Milestone, ...]]:
    """The milestones of each schedule that the cohort has, by identifier, in the order of the types."""
    return _by_schedule(reading().execute(_OF_COHORT, {"cohort": cohort}).all())


def milestones(cohort: int, schedule: str) -> tuple[Milestone, ...]:
    """The milestones of a schedule, in the order of the types; () when the cohort has none such."""
    rows = reading().execute(_OF_SCHEDULE, {"cohort": cohort, "schedule": schedule}).all()
    return _by_schedule(rows).get(schedule, ())


def _by_schedule(rows: Iterable[Any]) -> dict[str, tuple[Milestone, ...]]:
    found = {(schedule, kind): Milestone(DeclarationType(kind), *days) for schedule, kind, *days in rows}
    every = ((each, [found.get((each, kind)) for kind in DeclarationType]) for each in IDENTIFIERS)
    return {each: tuple(filter(None, own)) for each, own in every if any(own)}
