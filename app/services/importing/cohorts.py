"""Cohorts, the funding years.

| Column | What |
|---|---|
| start-year | 2020 to 2099, once in the file |
| registration-start-date, academic-year-start-date | dates, for display only |
| automatic-assignment-period-end-date | date, may be blank |
| payments-frozen-at | date (its midnight in London), or date and time; blank: not frozen |
| mentor-funding, detailed-evidence-types | true or false |

Payments of cohort 2021 are frozen from 1 August 2024 00:00 in London, whatever the file says (Schedules,
statements and money).

Importing a cohort does not open it, and the file has no column for that: opening is a decision of its
own, made by a person on a day, with its own event. `flask import cohorts --open YEAR` makes it
(`open_cohort`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Cohort
from app.data.queries import events
from app.data.transaction import write
from app.domain.refusals import Refused
from app.services.importing import cells
from app.services.importing.reading import Layout, Row
from app.services.importing.report import Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Wanted, put, records

_FROZEN: Mapping[int, datetime] = {2021: cells.midnight(date(2024, 8, 1))}
_NEW: Mapping[str, object] = {"opened_on": None}


@dataclass(frozen=True, slots=True)
class CohortRow:
    """What one row says."""

    start_year: int
    values: Mapping[str, object]


def parse(row: Row) -> CohortRow:
    """One row. Raises CellRefused."""
    year = cells.year(row, "start-year")
    frozen_at = cells.optional_time(row, "payments-frozen-at")
    values: dict[str, object] = {
        "start_year": year,
        "registration_start_date": cells.required_date(row, "registration-start-date"),
        "academic_year_start_date": cells.required_date(row, "academic-year-start-date"),
        "automatic_assignment_period_end_date": cells.optional_date(
            row, "automatic-assignment-period-end-date"
        ),
        "payments_frozen_at": _FROZEN.get(year, frozen_at),
        "mentor_funding": cells.yes_or_no(row, "mentor-funding"),
        "detailed_evidence_types": cells.yes_or_no(row, "detailed-evidence-types"),
    }
    return CohortRow(year, values)


def store(session: Session, batch: Sequence[Entry[CohortRow]], at: datetime) -> Stored:
    """Make the cohorts of a batch what the rows say."""
    stored = {cohort["start_year"]: cohort for cohort in records(session, Cohort)}
    return put(session, Cohort, batch, lambda row: Wanted(stored.get(row.start_year), row.values, _NEW), at)


def open_cohort(year: int, opened_on: date, at: datetime) -> bool:
    """Open a cohort on a London day. True when it was opened now, False when it was open already.

    An open cohort keeps its day. Raises Refused("unknown_cohort", cohort=…) for a cohort that isn't imported.
    """
    return write(lambda session: _open(session, year, opened_on, at))


def _open(session: Session, year: int, opened_on: date, at: datetime) -> bool:
    cohorts = {cohort["start_year"]: cohort for cohort in records(session, Cohort)}
    if year not in cohorts:
        raise Refused("unknown_cohort", cohort=year)
    closed = (Cohort.start_year == year, Cohort.opened_on.is_(None))
    opened = session.connection().execute(update(Cohort).where(*closed).values(opened_on=opened_on))
    if not opened.rowcount:
        return False
    events.record(
        session,
        at=at,
        kind="cohort.opened",
        actor=events.SYSTEM,
        record_kind="cohort",
        record_id=str(year),
        request_id=new_id(),
        details={"cohort": year, "opened_on": opened_on.isoformat()},
    )
    return True


PLAN = Plan(
    kind="cohorts.imported",
    layout=Layout(
        required=(
            "start-year",
            "registration-start-date",
            "academic-year-start-date",
            "automatic-assignment-period-end-date",
            "payments-frozen-at",
            "mentor-funding",
            "detailed-evidence-types",
        ),
    ),
    parse=parse,
    key_columns=("start-year",),
    key=lambda row: row.start_year,
    store=store,
)
