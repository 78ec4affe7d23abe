"""Schools by their number, and found by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select

from app.data.database import reading
from app.data.models import School
from app.data.queries.paging import PER_PAGE, Page, page_of
from app.domain.matching import fold
from app.domain.people import written


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    """A school, with what decides whether DfE pays for training there."""

    id: str
    urn: str
    name: str
    la_code: str
    la_name: str
    establishment_number: str
    type_name: str
    phase: str
    status: str
    in_england: bool
    independent: bool
    section_41_approved: bool
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    fictional: bool
    induction_tutor_name: str | None
    induction_tutor_email: str | None


COLUMNS: tuple[Any, ...] = tuple(getattr(School, name) for name in SchoolDetails.__dataclass_fields__)
# Built once: building a select takes longer than running it.
_SCHOOLS: Select[*tuple[Any, ...]] = select(*COLUMNS).order_by(School.name_key, School.id)
_BY_URN = _SCHOOLS.where(School.urn == bindparam("value"))
_BY_ID = _SCHOOLS.where(School.id == bindparam("value"))


def by_urn(urn: str) -> SchoolDetails | None:
    """The school with this number."""
    # It comes from an address, and PostgreSQL raises on text with a NUL in it.
    if not (urn.isascii() and urn.isdigit()):
        return None
    return _one(_BY_URN, urn)


def by_id(school_id: str) -> SchoolDetails | None:
    """The school with this id."""
    return _one(_BY_ID, school_id)


def search(words: str, page: int = 1, per_page: int = PER_PAGE) -> Page[SchoolDetails]:
    """Schools whose name has the words in it (folded), or whose number begins with them; A to Z."""
    statement = _SCHOOLS
    key = fold(written(words))
    if key:
        named = School.name_key.contains(key, autoescape=True)
        statement = statement.where(or_(named, School.urn.startswith(key, autoescape=True)))
    return page_of(statement, _school, page, per_page)


def _one(statement: Select[*tuple[Any, ...]], value: str) -> SchoolDetails | None:
    row = reading().execute(statement, {"value": value}).one_or_none()
    return None if row is None else _school(row)


def _school(row: Row[*tuple[Any, ...]]) -> SchoolDetails:
    return SchoolDetails(*row)
