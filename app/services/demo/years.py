"""Cohorts of a demonstration: today’s and the two before it, open, whatever today is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.models import Cohort
from app.data.transaction import write
from app.domain.cohorts import WINDOWS_BACK, cohort_of
from app.services.importing import cohorts
from app.services.importing.cohorts import CohortRow
from app.services.importing.storing import Entry

FIRST_WITH_MENTOR_FUNDING = 2025


def shown(today: date) -> tuple[int, ...]:
    """The cohorts of a demonstration, the earliest first."""
    return tuple(range(cohort_of(today) - WINDOWS_BACK, cohort_of(today) + 1))


def by_rule(year: int) -> CohortRow:
    """A cohort that no file has: its dates as those of the years before it."""
    return CohortRow(
        year,
        {
            "start_year": year,
            "registration_start_date": date(year, 5, 10),
            "academic_year_start_date": date(year, 9, 1),
            "automatic_assignment_period_end_date": date(year + 1, 3, 31),
            "payments_frozen_at": None,
            "mentor_funding": year >= FIRST_WITH_MENTOR_FUNDING,
            "detailed_evidence_types": year >= FIRST_WITH_MENTOR_FUNDING,
        },
    )


def open_years(wanted: Sequence[int], today: date, now: datetime) -> tuple[int, ...]:
    """Open these cohorts, adding those that are missing. Returns those opened now."""
    starts = write(lambda session: _present(session, wanted, now))
    # Each on the first day of its registration; by `today` all of them have come.
    return tuple(year for year, start in starts.items() if cohorts.open_cohort(year, min(start, today), now))


def _present(session: Session, years: Sequence[int], now: datetime) -> dict[int, date]:
    """The registration start of each year, once the missing ones are added."""
    statement = (
        select(Cohort.start_year, Cohort.registration_start_date)
        .where(Cohort.start_year.in_(years))
        .order_by(Cohort.start_year)
    )
    held = {row[0] for row in session.connection().execute(statement)}
    missing = [by_rule(year) for year in years if year not in held]
    cohorts.store(session, [Entry(number, row) for number, row in enumerate(missing, start=1)], now)
    return {row[0]: row[1] for row in session.connection().execute(statement)}
