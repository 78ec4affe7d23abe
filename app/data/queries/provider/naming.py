"""The names that go with ids and numbers on a lead provider’s pages: one select each, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.data.database import reading
from app.data.models import (
    DeliveryPartner,
    LeadProviderCohort,
    ProviderParticipant,
    School,
    Statement,
    Teacher,
)
from app.domain.statements import title

Rows = Select[*tuple[Any, ...]]
_AMONG: Any = bindparam("among", expanding=True)
_SCHOOLS: Rows = select(School.urn, School.name).where(School.urn.in_(_AMONG))
_PARTNERS: Rows = select(DeliveryPartner.id, DeliveryPartner.name).where(DeliveryPartner.id.in_(_AMONG))
_TEACHERS: Rows = select(Teacher.id, Teacher.name).where(Teacher.id.in_(_AMONG))
_STATEMENTS: Rows = select(Statement.id, Statement.year, Statement.month).where(
    Statement.id.in_(_AMONG), Statement.lead_provider_id == bindparam("lead_provider_id")
)
_COHORTS = (
    select(LeadProviderCohort.cohort)
    .where(LeadProviderCohort.lead_provider_id == bindparam("lead_provider_id"))
    .order_by(LeadProviderCohort.cohort.desc())
)
_VISIBLE = select(ProviderParticipant.teacher_id).where(
    ProviderParticipant.lead_provider_id == bindparam("lead_provider_id"),
    ProviderParticipant.teacher_id.in_(_AMONG),
    ProviderParticipant.visible,
)


def cohorts(lead_provider_id: str) -> tuple[int, ...]:
    """The cohorts in which the provider has or had a place, the latest first."""
    return tuple(reading().execute(_COHORTS, {"lead_provider_id": lead_provider_id}).scalars())


def schools(urns: Collection[str]) -> Mapping[str, str]:
    """The names of schools by URN."""
    return _names(_SCHOOLS, urns)


def delivery_partners(ids: Collection[str]) -> Mapping[str, str]:
    """The names of delivery partners by id."""
    return _names(_PARTNERS, ids)


def mentors(ids: Collection[str]) -> Mapping[str, str]:
    """The names of the mentors of the provider’s own ECTs, by participant id."""
    return _names(_TEACHERS, ids)


def visible(lead_provider_id: str, ids: Collection[str]) -> frozenset[str]:
    """Those of these people whom the provider may see."""
    values = {"among": sorted(ids), "lead_provider_id": lead_provider_id}
    return frozenset(reading().execute(_VISIBLE, values).scalars()) if ids else frozenset()


def statements(lead_provider_id: str, ids: Collection[str]) -> Mapping[str, str]:
    """“May 2025” for each of these statements that is the provider’s own."""
    if not ids:
        return {}
    rows = reading().execute(_STATEMENTS, {"among": sorted(ids), "lead_provider_id": lead_provider_id})
    return {identity: title(year, month) for identity, year, month in rows}


def _names(statement: Rows, values: Collection[str]) -> Mapping[str, str]:
    return dict(reading().execute(statement, {"among": sorted(values)}).all()) if values else {}
