"""Runs by their reference, and a school's runs that aren't finished."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from app.data.database import reading
from app.data.models import Partnership, Person, Run, School, SchoolChoice
from app.data.queries import registering, schools
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.data.queries.registering import LastChoices
from app.data.queries.schools import SchoolDetails

# It comes from an address, and PostgreSQL raises on text with a NUL in it.
_REFERENCE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class RunDetails:
    """A run, its school and who began it. `sealed` and `key_id` are None once its answers are dropped."""

    id: str
    reference: str
    journey: str
    variant: str
    school_id: str
    school_urn: str
    school_name: str
    person_id: str
    person_name: str
    status: str
    version: int
    sealed: bytes | None
    key_id: str | None
    started_at: datetime
    updated_at: datetime
    kept_until: datetime
    finished_at: datetime | None
    result_id: str | None
    subject_id: str | None


@dataclass(frozen=True, slots=True)
class FoundRun(RunDetails):
    """A run with what every page of it asks for: the whole school, and its last choices (None without any)."""

    school: SchoolDetails
    last_choices: LastChoices | None


# In the order of RunDetails.
_COLUMNS: tuple[Any, ...] = (
    Run.id,
    Run.reference,
    Run.journey,
    Run.variant,
    Run.school_id,
    School.urn,
    School.name,
    Run.person_id,
    Person.name,
    Run.status,
    Run.version,
    Run.sealed,
    Run.key_id,
    Run.started_at,
    Run.updated_at,
    Run.kept_until,
    Run.finished_at,
    Run.result_id,
    Run.subject_id,
)
_RUNS: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS).join(School, School.id == Run.school_id).join(Person, Person.id == Run.person_id)
)
_SCHOOL_FROM = len(_COLUMNS)
_CHOICES_FROM = _SCHOOL_FROM + len(schools.COLUMNS)
# One select for all of it: a question page would run three, and each costs more than its rows.
_BY_REFERENCE = (
    _RUNS.add_columns(*schools.COLUMNS, *registering.CHOICES)
    .outerjoin(SchoolChoice, SchoolChoice.school_id == Run.school_id)
    .outerjoin(Partnership, Partnership.id == SchoolChoice.partnership_id)
    .where(Run.reference == bindparam("reference"))
)


def by_reference(reference: str) -> FoundRun | None:
    """The run with this reference, whatever its status."""
    if not _REFERENCE.fullmatch(reference):
        return None
    row = reading().execute(_BY_REFERENCE, {"reference": reference}).one_or_none()
    if row is None:
        return None
    chosen = row[_CHOICES_FROM:]
    return FoundRun(
        *row[:_SCHOOL_FROM],
        school=SchoolDetails(*row[_SCHOOL_FROM:_CHOICES_FROM]),
        last_choices=None if chosen[0] is None else LastChoices(*chosen),
    )


def open_runs_of(
    school_id: str, now: datetime, variant: str | None = None, page: int = 1, per_page: int = PER_PAGE
) -> Page[RunDetails]:
    """The school's runs that can still be continued at `now`, latest first; of one `variant` if given.

    Those about a record aren't among them: they are a page or two long, and begun from the record.
    """
    statement = _RUNS.where(
        Run.school_id == school_id, Run.status == "open", Run.kept_until > now, Run.subject_id.is_(None)
    )
    if variant is not None:
        statement = statement.where(Run.variant == variant)
    return page_of(statement.order_by(Run.started_at.desc(), Run.id.desc()), _run, page, per_page)


def over_time(now: datetime, most: int = 500) -> tuple[str, ...]:
    """Ids of runs that still hold answers though their time is over at `now`, the oldest first, `most` at once."""
    statement = (
        select(Run.id)
        .where(Run.sealed.is_not(None), Run.kept_until <= now)
        .order_by(Run.kept_until, Run.id)
        .limit(most)
    )
    return tuple(reading().execute(statement).scalars())


def _run(row: Row[*tuple[Any, ...]]) -> RunDetails:
    return RunDetails(*row)
