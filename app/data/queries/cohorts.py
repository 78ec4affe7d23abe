"""Cohorts, those DfE has opened, and the times when registration is closed for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, null, select, type_coerce, union_all

from app.data.columns import UTCDateTime
from app.data.database import reading
from app.data.models import Cohort, RegistrationClosure


@dataclass(frozen=True, slots=True)
class CohortDetails:
    """A funding year. `opened_on` is None while DfE hasn't said when it opens."""

    start_year: int
    opened_on: date | None
    registration_start_date: date
    academic_year_start_date: date
    automatic_assignment_period_end_date: date | None
    payments_frozen_at: datetime | None
    mentor_funding: bool
    detailed_evidence_types: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """Nobody can register from `starts_at` until `ends_at`."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """What DfE has opened (start years, in order), and the closure for all that is on now, if any."""

    opened: tuple[int, ...]
    closure: Closure | None


# Built once: building a select takes longer than running it.
_ALL: Select[*tuple[Any, ...]] = select(
    *(getattr(Cohort, name) for name in CohortDetails.__dataclass_fields__)
).order_by(Cohort.start_year)
_OPENED = select(Cohort.start_year).where(Cohort.opened_on <= bindparam("today")).order_by(Cohort.start_year)
# Opened years and the closures that are on in one select, since every page of a journey needs both.
_CALENDAR = union_all(
    select(
        Cohort.start_year, *(type_coerce(null(), UTCDateTime()).label(name) for name in ("starts", "ends"))
    ).where(Cohort.opened_on <= bindparam("today")),
    select(null(), RegistrationClosure.starts_at, RegistrationClosure.ends_at).where(
        RegistrationClosure.starts_at <= bindparam("now"), RegistrationClosure.ends_at > bindparam("now")
    ),
).order_by("start_year", "ends")


def all_cohorts() -> tuple[CohortDetails, ...]:
    """Every cohort, by start year: one a year."""
    return tuple(CohortDetails(*row) for row in reading().execute(_ALL))


def opened(today: date) -> tuple[int, ...]:
    """The start years of the cohorts that DfE has opened by `today`, in order."""
    return tuple(reading().execute(_OPENED, {"today": today}).scalars())


def calendar(today: date, now: datetime) -> Calendar:
    """What is opened by `today`, and the closure that `now` falls in; of several, the one that ends last."""
    rows = reading().execute(_CALENDAR, {"today": today, "now": now}).all()
    closures = [Closure(starts, ends) for year, starts, ends in rows if year is None]
    latest = max(closures, key=lambda closure: closure.ends_at, default=None)
    return Calendar(tuple(year for year, _, _ in rows if year is not None), latest)
