"""Schools that DfE pays training for, and what each does in one cohort (Provider API, “school”).

The same for every lead provider: whether a school is in a partnership says nothing of whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from app.data.models import Cohort, EctPeriod, Partnership, School, TrainingRecord
from app.data.queries.api.paging import YEARS, Listing, when_given
from app.data.queries.api.wanted import Wanted
from app.domain.eligibility import OPEN_STATUSES, STATE_FUNDED_TYPES
from app.domain.matching import fold

_COHORT: Any = bindparam("cohort", type_=Integer())


class SchoolRow(NamedTuple):
    """A school as it stands in `cohort`. `in_partnership`: active, with any provider."""

    id: str
    name: str
    urn: str
    cohort: int
    in_partnership: bool
    induction_programme_choice: str
    created_at: datetime
    updated_at: datetime


def _is_one_of(column: Any, names: Iterable[str], *, alike: str = "") -> ColumnElement[bool]:
    """Whether a name of the register is one of `names`; neither its case counts, nor which of the hyphens `alike`.

    As the register prints them comes first: nearly all are, and the database knows how many.
    """
    folded: ColumnElement[str] = func.lower(func.trim(column))
    for hyphen in alike:
        folded = func.replace(folded, hyphen, " ")
    return or_(column.in_(tuple(names)), folded.in_(sorted({fold(name) for name in names})))


# The rule is `domain.eligibility.can_get_training`; a test holds the two together.
_FUNDED = and_(
    School.in_england,
    _is_one_of(School.status, OPEN_STATUSES),
    or_(
        School.section_41_approved,
        and_(
            ~School.independent, _is_one_of(School.type_name, STATE_FUNDED_TYPES, alike="-\u2010\u2011\u2013")
        ),
    ),
)


def _choice(page: FromClause) -> ColumnElement[str]:
    """What the school does in the cohort: the first that fits of what it has, and what it said last."""
    last_challenge = (
        select(Partnership.challenged_reason)
        .where(*_partnership(page), Partnership.challenged_at.is_not(None))
        .order_by(Partnership.challenged_at.desc(), Partnership.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # By their partnership, whichever cohort that is of: so ECTs and mentors are found alike.
    led_by_provider = _any(
        Partnership.school_id == page.c.id,
        TrainingRecord.partnership_id == Partnership.id,
        TrainingRecord.cohort == _COHORT,
    )
    led_by_school = _any(
        EctPeriod.school_id == page.c.id,
        TrainingRecord.ect_period_id == EctPeriod.id,
        TrainingRecord.cohort == _COHORT,
        TrainingRecord.programme == "school_led",
    )
    agreed = exists().where(*_partnership(page), Partnership.status.in_(("proposed", "active")))
    return case(
        (or_(agreed, led_by_provider), "provider_led"),
        (led_by_school, "school_led"),
        (last_challenge == "no_ects", "no_early_career_teachers"),
        else_="not_yet_known",
    )


def _any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """As `exists`, but looked for school by school: PostgreSQL likes to go through all records of the country once."""
    found = select(TrainingRecord.id).where(*conditions).limit(1)
    return found.scalar_subquery().is_not(None)


def _partnership(page: FromClause) -> tuple[ColumnElement[bool], ...]:
    return Partnership.school_id == page.c.id, Partnership.cohort == _COHORT


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    active = exists().where(*_partnership(page), Partnership.status == "active")
    columns = (page.c.id, page.c.name, page.c.urn, _COHORT, active, _choice(page))
    return select(*columns, page.c.created_at, page.c.updated_at)


_LISTING = Listing(
    select(School.id, School.name, School.urn, School.created_at, School.updated_at).where(
        _FUNDED, exists().where(Cohort.start_year == _COHORT)
    ),
    _shown,
    conditions=when_given(
        {
            "urn": School.urn == bindparam("urn"),
            "updated_since": School.updated_at >= bindparam("updated_since"),
        }
    ),
)


def listed(lead_provider_id: str, wanted: Wanted) -> list[SchoolRow]:
    """A page of the schools, as they stand in the first of `wanted.cohorts`. Filters: `urn`, `updated_since`.

    Raises ValueError without a cohort: this list can't do without.
    """
    if not wanted.cohorts:
        raise ValueError("schools are listed for one cohort")
    if wanted.urn is not None and not (wanted.urn.isascii() and wanted.urn.isdigit()):
        # PostgreSQL raises on text with a NUL in it.
        return []
    cohort = wanted.cohorts[0]
    if cohort not in YEARS:
        return []
    return [SchoolRow(*row) for row in _LISTING.page(lead_provider_id, wanted, cohort=cohort)]


def one(lead_provider_id: str, id: str, cohort: int) -> SchoolRow | None:
    """The school with this id as it stands in the cohort, if DfE pays training for it and has that cohort."""
    if cohort not in YEARS:
        return None
    return next((SchoolRow(*row) for row in _LISTING.one(lead_provider_id, id, cohort=cohort)), None)
