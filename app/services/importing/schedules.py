"""Schedules and their milestones, in the layout of the published file.

| Column | What |
|---|---|
| schedule-identifier | one of the twelve, like ecf-standard-september |
| schedule-cohort-year | start year of a cohort, already imported |
| milestone-declaration-type | started, retained-1 to retained-4, completed, extended-1 to extended-3 |
| milestone-start-date | the first day on which a declaration of the type may be dated |
| milestone-date | the last such day. Blank: it never closes |
| milestone-payment-date | date, may be blank |

Other columns are ignored. What the published file has wrong is put right (Schedules and money, Schedules): the april
schedule of 2021 gets that year’s dates, the january one of 2021 its missing milestone, and standard schedules from 2025
on, which the file opens and never closes, get the dates of the rule. A row with a last day is believed.

Nothing is ever deleted: a milestone that is gone from the file stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.data.models import Cohort, Milestone, Schedule
from app.domain.schedules import (
    IDENTIFIERS,
    IRREGULAR_COHORT,
    DeclarationType,
    Kind,
    Season,
    kind_and_season,
    milestone_of,
    milestones,
)
from app.services.importing import cells
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Wanted, put, records
from app.services.schedules import columns

FIRST_LEFT_OPEN = 2025
"""From this cohort on the published file doesn’t close what it opens on standard schedules."""

_LATE_2021 = (IRREGULAR_COHORT, Kind.STANDARD, Season.APRIL)
_SHORT_2021 = (IRREGULAR_COHORT, "ecf-standard-january")
_YEAR, _SCHEDULE, _TYPE = "schedule-cohort-year", "schedule-identifier", "milestone-declaration-type"
_FIRST_DAY, _LAST_DAY, _PAYMENT_DAY = "milestone-start-date", "milestone-date", "milestone-payment-date"


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """What one row says, put right. `values` has the milestone by column."""

    cohort: int
    identifier: str
    declaration_type: str
    values: Mapping[str, object]

    @property
    def key(self) -> tuple[int, str, str]:
        """What it is found again by."""
        return self.cohort, self.identifier, self.declaration_type


def parse(row: Row) -> MilestoneRow:
    """One row. Raises CellRefused."""
    cohort = cells.year(row, _YEAR)
    identifier = _one_of(row, _SCHEDULE, IDENTIFIERS)
    declaration_type = DeclarationType(_one_of(row, _TYPE, tuple(DeclarationType)))
    starts_on = cells.required_date(row, _FIRST_DAY)
    ends_on = cells.optional_date(row, _LAST_DAY)
    if ends_on is not None and ends_on < starts_on:
        raise CellRefused(_LAST_DAY, row[_LAST_DAY], "is before the first day")
    pays_on = cells.optional_date(row, _PAYMENT_DAY)
    kind, season = kind_and_season(identifier)
    left_open = kind is Kind.STANDARD and cohort >= FIRST_LEFT_OPEN and ends_on is None
    by_rule = milestone_of(milestones(cohort, identifier), declaration_type)
    if by_rule is not None and (left_open or (cohort, kind, season) == _LATE_2021):
        return MilestoneRow(cohort, identifier, declaration_type, columns(cohort, identifier, by_rule))
    said = {"starts_on": starts_on, "ends_on": ends_on, "pays_on": pays_on}
    keys = {"cohort": cohort, "identifier": identifier, "declaration_type": str(declaration_type)}
    return MilestoneRow(cohort, identifier, declaration_type, {**keys, **said})


def store(session: Session, batch: Sequence[Entry[MilestoneRow]], at: datetime) -> Stored:
    """Make the milestones of a batch what the rows say, on schedules that are made when they are missing."""
    known = {cohort["start_year"] for cohort in records(session, Cohort)}
    usable = [entry for entry in batch if entry.value.cohort in known]
    _make_schedules(session, usable, at)
    _complete(session, usable, at)
    cohorts = {entry.value.cohort for entry in usable}
    stored = {_key(each): each for each in records(session, Milestone, "cohort", cohorts)}

    def want(row: MilestoneRow) -> Wanted:
        if row.cohort not in known:
            raise CellRefused(_YEAR, str(row.cohort), "no cohort has this year: import it first")
        return Wanted(stored.get(row.key), row.values)

    return put(session, Milestone, batch, want, at)


def _make_schedules(session: Session, batch: Sequence[Entry[MilestoneRow]], at: datetime) -> None:
    named = {(entry.value.cohort, entry.value.identifier): entry for entry in batch}
    stored = {_schedule(each): each for each in records(session, Schedule)}
    missing = [entry for schedule, entry in sorted(named.items()) if schedule not in stored]
    put(session, Schedule, missing, lambda row: Wanted(None, _schedule_columns(row)), at)


def _complete(session: Session, batch: Sequence[Entry[MilestoneRow]], at: datetime) -> None:
    """Give 2021’s january schedule the milestone that the published file leaves out, when it speaks of that one."""
    short = [entry for entry in batch if (entry.value.cohort, entry.value.identifier) == _SHORT_2021]
    said = {entry.value.declaration_type for entry in short}
    there = {_key(each) for each in records(session, Milestone, "cohort", [IRREGULAR_COHORT])}
    for milestone in milestones(*_SHORT_2021) if short else ():
        key = (*_SHORT_2021, str(milestone.declaration_type))
        if milestone.declaration_type is DeclarationType.COMPLETED and not (key in there or key[2] in said):
            row = MilestoneRow(*key, columns(*_SHORT_2021, milestone))
            put(session, Milestone, [replace(short[0], value=row)], lambda row: Wanted(None, row.values), at)


def _one_of(row: Row, column: str, allowed: Sequence[str]) -> str:
    value = row[column].casefold()
    if value not in allowed:
        raise CellRefused(column, row[column], f"must be {', '.join(allowed)}")
    return value


def _schedule_columns(row: MilestoneRow) -> dict[str, object]:
    return {"cohort": row.cohort, "identifier": row.identifier}


def _schedule(record: Mapping[str, Any]) -> tuple[int, str]:
    return record["cohort"], record["identifier"]


def _key(record: Mapping[str, Any]) -> tuple[int, str, str]:
    return record["cohort"], record["identifier"], record["declaration_type"]


PLAN = Plan(
    kind="schedules.imported",
    layout=Layout(required=(_SCHEDULE, _YEAR, _TYPE, _FIRST_DAY, _LAST_DAY, _PAYMENT_DAY)),
    parse=parse,
    key_columns=(_SCHEDULE, _YEAR, _TYPE),
    key=lambda row: row.key,
    store=store,
)
