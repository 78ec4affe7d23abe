"""Who can be chosen: lead providers, delivery partners and appropriate bodies, and what ties them.

Open pairings of open places are the whole meaning of “eligible delivery partner” (School journey). Something
with a closing date is open on the days before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

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

# Records that say a school works, or has asked to work, with a partner.
_LIVE = ("proposed", "active")


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


def lead_providers_open(cohort: int, today: date) -> tuple[LeadProviderDetails, ...]:
    """The active lead providers with an open place in the cohort, A to Z."""
    statement = (
        _lead_providers()
        .join(LeadProviderCohort, LeadProviderCohort.lead_provider_id == LeadProvider.id)
        .where(LeadProvider.active, LeadProviderCohort.cohort == cohort, _open(LeadProviderCohort, today))
        .order_by(LeadProvider.name_key, LeadProvider.id)
    )
    return tuple(LeadProviderDetails(*row) for row in reading().execute(statement))


def eligible_partners(lead_provider_id: str, cohort: int, today: date) -> tuple[Organisation, ...]:
    """The delivery partners paired with this lead provider in this cohort, all of it open, A to Z."""
    statement = _eligible(today).where(Pairing.lead_provider_id == lead_provider_id, Pairing.cohort == cohort)
    return _partners(statement)


def lead_providers_of_partner(delivery_partner_id: str, cohort: int, today: date) -> tuple[Organisation, ...]:
    """The lead providers that this delivery partner has open pairings with in the cohort, A to Z."""
    statement = (
        select(LeadProvider.id, LeadProvider.name)
        .join(Pairing, Pairing.lead_provider_id == LeadProvider.id)
        .join(LeadProviderCohort, _place_of_pairing())
        .where(Pairing.delivery_partner_id == delivery_partner_id, Pairing.cohort == cohort)
        .where(LeadProvider.active, _open(Pairing, today), _open(LeadProviderCohort, today))
        .order_by(LeadProvider.name_key, LeadProvider.id)
    )
    return tuple(Organisation(*row) for row in reading().execute(statement))


def linked_partners(appropriate_body_id: str) -> tuple[Organisation, ...]:
    """The delivery partners that are the same organisation as this body, by a link that hasn't ended."""
    statement = (
        select(DeliveryPartner.id, DeliveryPartner.name)
        .join(OrganisationLink, OrganisationLink.delivery_partner_id == DeliveryPartner.id)
        .where(OrganisationLink.appropriate_body_id == appropriate_body_id)
        .where(OrganisationLink.ended_at.is_(None))
    )
    return _partners(statement)


def bodies_offered(independent: bool) -> tuple[Body, ...]:
    """The appropriate bodies a school may choose: hubs, and for an independent one the national too."""
    kinds = ("teaching_school_hub", "national") if independent else ("teaching_school_hub",)
    statement = (
        _bodies()
        .where(AppropriateBody.active, AppropriateBody.offered, AppropriateBody.kind.in_(kinds))
        .order_by(AppropriateBody.name_key, AppropriateBody.id)
    )
    return tuple(Body(*row) for row in reading().execute(statement))


def partners_used_by(school_id: str) -> tuple[Organisation, ...]:
    """The delivery partners of the school's proposed and active partnerships, in any cohort, A to Z."""
    used = select(Partnership.delivery_partner_id).where(
        Partnership.school_id == school_id, Partnership.status.in_(_LIVE)
    )
    return _partners(_all_partners().where(DeliveryPartner.id.in_(used)))


def partners_used_in_authority(la_code: str, cohort: int) -> tuple[Organisation, ...]:
    """The delivery partners that schools of this local authority work with in the cohort, A to Z."""
    used = (
        select(Partnership.delivery_partner_id)
        .join(School, School.id == Partnership.school_id)
        .where(School.la_code == la_code, Partnership.cohort == cohort, Partnership.status.in_(_LIVE))
    )
    return _partners(_all_partners().where(DeliveryPartner.id.in_(used)))


def all_partners() -> tuple[Organisation, ...]:
    """Every active delivery partner, A to Z."""
    return _partners(_all_partners().where(DeliveryPartner.active))


def lead_provider(lead_provider_id: str) -> LeadProviderDetails | None:
    """The lead provider with this id, active or not."""
    row = _first(_lead_providers().where(LeadProvider.id == lead_provider_id))
    return None if row is None else LeadProviderDetails(*row)


def delivery_partner(delivery_partner_id: str) -> Organisation | None:
    """The delivery partner with this id, active or not."""
    row = _first(_all_partners().where(DeliveryPartner.id == delivery_partner_id))
    return None if row is None else Organisation(*row)


def appropriate_body(appropriate_body_id: str) -> Body | None:
    """The appropriate body with this id, offered or not."""
    row = _first(_bodies().where(AppropriateBody.id == appropriate_body_id))
    return None if row is None else Body(*row)


def _lead_providers() -> Select[*tuple[Any, ...]]:
    return select(
        LeadProvider.id,
        LeadProvider.name,
        LeadProvider.contact_email,
        LeadProvider.contact_phone,
        LeadProvider.active,
    )


def _bodies() -> Select[*tuple[Any, ...]]:
    return select(*(getattr(AppropriateBody, name) for name in Body.__dataclass_fields__))


def _all_partners() -> Select[*tuple[Any, ...]]:
    return select(DeliveryPartner.id, DeliveryPartner.name)


def _eligible(today: date) -> Select[*tuple[Any, ...]]:
    return (
        _all_partners()
        .join(Pairing, Pairing.delivery_partner_id == DeliveryPartner.id)
        .join(LeadProviderCohort, _place_of_pairing())
        .join(LeadProvider, LeadProvider.id == Pairing.lead_provider_id)
        .where(LeadProvider.active, DeliveryPartner.active)
        .where(_open(Pairing, today), _open(LeadProviderCohort, today))
    )


def _place_of_pairing() -> ColumnElement[bool]:
    return and_(
        LeadProviderCohort.lead_provider_id == Pairing.lead_provider_id,
        LeadProviderCohort.cohort == Pairing.cohort,
    )


def _open(table: type[Pairing] | type[LeadProviderCohort], today: date) -> ColumnElement[bool]:
    return or_(table.closed_on.is_(None), table.closed_on > today)


def _partners(statement: Select[*tuple[Any, ...]]) -> tuple[Organisation, ...]:
    ordered = statement.order_by(DeliveryPartner.name_key, DeliveryPartner.id)
    return tuple(Organisation(*row) for row in reading().execute(ordered))


def _first(statement: Select[*tuple[Any, ...]]) -> Row[*tuple[Any, ...]] | None:
    return reading().execute(statement).one_or_none()
