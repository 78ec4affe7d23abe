"""Who can be chosen: lead providers, delivery partners and appropriate bodies, and what ties them.

Open pairings of open places are the whole meaning of “eligible delivery partner” (School journey). Something
with a closing date is open on the days before it. The selects are built once: a question page runs several, and
building one takes longer than running it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select

from app.data.database import reading
from app.data.models import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    LeadProviderCohort,
    OrganisationLink,
    Pairing,
    Partnership,
    School,
)

Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A delivery partner, or a lead provider by name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class LeadProviderDetails:
    """A lead provider and how a school reaches it."""

    id: str
    name: str
    contact_email: str
    contact_phone: str
    active: bool


@dataclass(frozen=True, slots=True)
class Body:
    """An appropriate body. `offered` is no for those that are only imported."""

    id: str
    name: str
    short_name: str
    kind: str
    offered: bool
    active: bool


def _open(table: type[Pairing] | type[LeadProviderCohort]) -> ColumnElement[bool]:
    return or_(table.closed_on.is_(None), table.closed_on > bindparam("today"))


_LIVE = or_(Partnership.status == "proposed", Partnership.status == "active")
_PLACE = and_(
    LeadProviderCohort.lead_provider_id == Pairing.lead_provider_id,
    LeadProviderCohort.cohort == Pairing.cohort,
)
_IS_OPEN = and_(LeadProvider.active, _open(Pairing), _open(LeadProviderCohort))

_LEAD_PROVIDERS: Statement = select(
    *(getattr(LeadProvider, name) for name in LeadProviderDetails.__dataclass_fields__)
).order_by(LeadProvider.name_key, LeadProvider.id)
_LEAD_PROVIDER = _LEAD_PROVIDERS.where(LeadProvider.id == bindparam("id"))
_LEAD_PROVIDERS_OPEN = _LEAD_PROVIDERS.join(
    LeadProviderCohort, LeadProviderCohort.lead_provider_id == LeadProvider.id
).where(LeadProvider.active, LeadProviderCohort.cohort == bindparam("cohort"), _open(LeadProviderCohort))
_LEAD_PROVIDERS_OF: Statement = (
    select(LeadProvider.id, LeadProvider.name)
    .join(Pairing, Pairing.lead_provider_id == LeadProvider.id)
    .join(LeadProviderCohort, _PLACE)
    .where(Pairing.delivery_partner_id == bindparam("id"), Pairing.cohort == bindparam("cohort"), _IS_OPEN)
    .order_by(LeadProvider.name_key, LeadProvider.id)
)

_PARTNERS: Statement = select(DeliveryPartner.id, DeliveryPartner.name).order_by(
    DeliveryPartner.name_key, DeliveryPartner.id
)
_PARTNER = _PARTNERS.where(DeliveryPartner.id == bindparam("id"))
_ACTIVE_PARTNERS = _PARTNERS.where(DeliveryPartner.active)
_ELIGIBLE = (
    _PARTNERS.join(Pairing, Pairing.delivery_partner_id == DeliveryPartner.id)
    .join(LeadProviderCohort, _PLACE)
    .join(LeadProvider, LeadProvider.id == Pairing.lead_provider_id)
    .where(Pairing.lead_provider_id == bindparam("id"), Pairing.cohort == bindparam("cohort"))
    .where(DeliveryPartner.active, _IS_OPEN)
)
_LINKED = _PARTNERS.join(OrganisationLink, OrganisationLink.delivery_partner_id == DeliveryPartner.id).where(
    OrganisationLink.appropriate_body_id == bindparam("id"), OrganisationLink.ended_at.is_(None)
)
_USED = select(Partnership.delivery_partner_id).where(_LIVE)
_USED_BY = _PARTNERS.where(DeliveryPartner.id.in_(_USED.where(Partnership.school_id == bindparam("id"))))
_USED_NEARBY = _PARTNERS.where(
    DeliveryPartner.id.in_(
        _USED.join(School, School.id == Partnership.school_id).where(
            School.la_code == bindparam("la_code"), Partnership.cohort == bindparam("cohort")
        )
    )
)

_BODIES: Statement = select(*(getattr(AppropriateBody, name) for name in Body.__dataclass_fields__)).order_by(
    AppropriateBody.name_key, AppropriateBody.id
)
_BODY = _BODIES.where(AppropriateBody.id == bindparam("id"))
_OFFERED = _BODIES.where(AppropriateBody.active, AppropriateBody.offered)
_HUBS = _OFFERED.where(AppropriateBody.kind == "teaching_school_hub")
_HUBS_AND_NATIONAL = _OFFERED.where(AppropriateBody.kind != "local_authority")


def lead_providers_open(cohort: int, today: date) -> tuple[LeadProviderDetails, ...]:
    """The active lead providers with an open place in the cohort, A to Z."""
    rows = reading().execute(_LEAD_PROVIDERS_OPEN, {"cohort": cohort, "today": today})
    return tuple(LeadProviderDetails(*row) for row in rows)


def lead_providers_of_partner(delivery_partner_id: str, cohort: int, today: date) -> tuple[Organisation, ...]:
    """The lead providers that this delivery partner has open pairings with in the cohort, A to Z."""
    return _organisations(_LEAD_PROVIDERS_OF, id=delivery_partner_id, cohort=cohort, today=today)


def eligible_partners(lead_provider_id: str, cohort: int, today: date) -> tuple[Organisation, ...]:
    """The delivery partners paired with this lead provider in this cohort, all of it open, A to Z."""
    return _organisations(_ELIGIBLE, id=lead_provider_id, cohort=cohort, today=today)


def linked_partners(appropriate_body_id: str) -> tuple[Organisation, ...]:
    """The delivery partners that are the same organisation as this body, by a link that hasn't ended."""
    return _organisations(_LINKED, id=appropriate_body_id)


def partners_used_by(school_id: str) -> tuple[Organisation, ...]:
    """The delivery partners of the school's proposed and active partnerships, in any cohort, A to Z."""
    return _organisations(_USED_BY, id=school_id)


def partners_used_in_authority(la_code: str, cohort: int) -> tuple[Organisation, ...]:
    """The delivery partners that schools of this local authority work with in the cohort, A to Z."""
    return _organisations(_USED_NEARBY, la_code=la_code, cohort=cohort)


def all_partners() -> tuple[Organisation, ...]:
    """Every active delivery partner, A to Z."""
    return _organisations(_ACTIVE_PARTNERS)


def bodies_offered(independent: bool) -> tuple[Body, ...]:
    """The appropriate bodies a school may choose: hubs, and for an independent one the national too."""
    rows = reading().execute(_HUBS_AND_NATIONAL if independent else _HUBS)
    return tuple(Body(*row) for row in rows)


def lead_provider(lead_provider_id: str) -> LeadProviderDetails | None:
    """The lead provider with this id, active or not."""
    row = _first(_LEAD_PROVIDER, lead_provider_id)
    return None if row is None else LeadProviderDetails(*row)


def delivery_partner(delivery_partner_id: str) -> Organisation | None:
    """The delivery partner with this id, active or not."""
    row = _first(_PARTNER, delivery_partner_id)
    return None if row is None else Organisation(*row)


def appropriate_body(appropriate_body_id: str) -> Body | None:
    """The appropriate body with this id, offered or not."""
    row = _first(_BODY, appropriate_body_id)
    return None if row is None else Body(*row)


def _organisations(statement: Statement, **values: Any) -> tuple[Organisation, ...]:
    return tuple(Organisation(*row) for row in reading().execute(statement, values))


def _first(statement: Statement, record_id: str) -> Row[*tuple[Any, ...]] | None:
    return reading().execute(statement, {"id": record_id}).one_or_none()
