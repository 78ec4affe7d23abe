"""Partnerships as the school sees them. What a lead provider sees of them is in `queries.api`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select

from app.data.database import reading
from app.data.models import (
    DeliveryPartner,
    EctPeriod,
    LeadProvider,
    Partnership,
    PartnershipDeliveryPartner,
    Teacher,
    TrainingRecord,
)
from app.data.queries.paging import PER_PAGE, Page, page_of


@dataclass(frozen=True, slots=True)
class PartnershipDetails:
    """A partnership with its names. `ects` counts those whose training under it hasn’t ended, and who don’t leave."""

    id: str
    school_id: str
    lead_provider_id: str
    lead_provider_name: str
    delivery_partner_id: str | None
    delivery_partner_name: str | None
    cohort: int
    status: str
    proposed_at: datetime | None
    confirmed_at: datetime | None
    confirmed_by: str | None
    declined_at: datetime | None
    declined_reason: str | None
    challenged_at: datetime | None
    challenged_reason: str | None
    retracted_at: datetime | None
    ever_active: bool
    created_at: datetime
    updated_at: datetime
    ects: int


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody whose training under a partnership hasn’t ended. `participant_type` is ect or mentor."""

    record_id: str
    name: str
    participant_type: str


@dataclass(frozen=True, slots=True)
class PartnerChange:
    """A delivery partner that an active partnership had before the one it has now, and until when."""

    partnership_id: str
    name: str
    at: datetime


# Built once: building a select takes longer than running it.
_ECTS = (
    select(func.count())
    .select_from(TrainingRecord)
    .join(EctPeriod, EctPeriod.id == TrainingRecord.ect_period_id)
    .where(
        TrainingRecord.partnership_id == Partnership.id,
        TrainingRecord.finished_on.is_(None),
        EctPeriod.finished_on.is_(None),
    )
    .scalar_subquery()
)
_PARTNERSHIPS: Select[*tuple[Any, ...]] = (
    select(
        Partnership.id,
        Partnership.school_id,
        Partnership.lead_provider_id,
        LeadProvider.name,
        Partnership.delivery_partner_id,
        DeliveryPartner.name,
        Partnership.cohort,
        Partnership.status,
        Partnership.proposed_at,
        Partnership.confirmed_at,
        Partnership.confirmed_by,
        Partnership.declined_at,
        Partnership.declined_reason,
        Partnership.challenged_at,
        Partnership.challenged_reason,
        Partnership.retracted_at,
        Partnership.ever_active,
        Partnership.created_at,
        Partnership.updated_at,
        _ECTS,
    )
    .join(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
    .outerjoin(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
)
_OF_SCHOOL = _PARTNERSHIPS.where(Partnership.school_id == bindparam("school_id"))
_OF_SCHOOL_IN = _OF_SCHOOL.where(Partnership.cohort == bindparam("cohort")).order_by(
    Partnership.created_at, Partnership.id
)
_BY_ID = _OF_SCHOOL.where(Partnership.id == bindparam("id"))
_TRAINEES: Select[*tuple[Any, ...]] = (
    select(TrainingRecord.id, Teacher.name, TrainingRecord.participant_type)
    .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
    .where(
        TrainingRecord.partnership_id == bindparam("partnership_id"),
        or_(TrainingRecord.finished_on.is_(None), TrainingRecord.finished_on >= bindparam("today")),
    )
    .order_by(Teacher.name_key, TrainingRecord.id)
)
_CHANGES: Select[*tuple[Any, ...]] = (
    select(Partnership.id, DeliveryPartner.name, PartnershipDeliveryPartner.to_at)
    .join(Partnership, Partnership.id == PartnershipDeliveryPartner.partnership_id)
    .join(DeliveryPartner, DeliveryPartner.id == PartnershipDeliveryPartner.delivery_partner_id)
    .where(
        Partnership.school_id == bindparam("school_id"),
        Partnership.status == "active",
        Partnership.delivery_partner_id != PartnershipDeliveryPartner.delivery_partner_id,
        PartnershipDeliveryPartner.to_at >= bindparam("since"),
    )
    .order_by(PartnershipDeliveryPartner.to_at, Partnership.id)
)


def of_school(
    school_id: str, cohort: int | None = None, page: int = 1, per_page: int = PER_PAGE
) -> Page[PartnershipDetails]:
    """The school's partnerships: latest cohort first, then lead providers and delivery partners A to Z."""
    statement = _PARTNERSHIPS.where(Partnership.school_id == school_id)
    if cohort is not None:
        statement = statement.where(Partnership.cohort == cohort)
    ordered = statement.order_by(
        Partnership.cohort.desc(),
        LeadProvider.name_key,
        func.coalesce(DeliveryPartner.name_key, ""),
        Partnership.id,
    )
    return page_of(ordered, _partnership, page, per_page)


def of_school_in(school_id: str, cohort: int) -> tuple[PartnershipDetails, ...]:
    """All the school's partnerships of one cohort, whole: few by nature, and the rules weigh all of them."""
    rows = reading().execute(_OF_SCHOOL_IN, {"school_id": school_id, "cohort": cohort})
    return tuple(_partnership(row) for row in rows)


def by_id(school_id: str, partnership_id: str) -> PartnershipDetails | None:
    """The partnership with this id, if it is this school's."""
    return _one(_BY_ID, school_id=school_id, id=partnership_id)


def trainees(partnership_id: str, today: date) -> tuple[Trainee, ...]:
    """Who trains under a partnership today or later, A to Z: a school has a handful a year."""
    rows = reading().execute(_TRAINEES, {"partnership_id": partnership_id, "today": today})
    return tuple(Trainee(*row) for row in rows)


def partner_changes(school_id: str, since: datetime) -> tuple[PartnerChange, ...]:
    """Delivery partners that the school’s active partnerships gave up for another since a moment, in that order."""
    rows = reading().execute(_CHANGES, {"school_id": school_id, "since": since})
    return tuple(PartnerChange(*row) for row in rows)


def _one(statement: Select[*tuple[Any, ...]], **values: str) -> PartnershipDetails | None:
    row = reading().execute(statement, values).one_or_none()
    return None if row is None else _partnership(row)


def _partnership(row: Row[*tuple[Any, ...]]) -> PartnershipDetails:
    return PartnershipDetails(*row)
