"""What one lead provider sees, as its API says it (Provider API, “Partnerships” and “Visible”).

Every select is bound to the provider. A row that has never been active is found under proposals only; once
active it stays under partnerships for good, shown as challenged until it is active again, also while the
school proposes it anew: then it is in both lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from app.data.models import DeliveryPartner, EctPeriod, Partnership, School, Teacher, TrainingRecord
from app.data.queries.paging import Page, page_of

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a school asks the provider to confirm. `participants_waiting` counts people with open training."""

    id: str
    cohort: int
    urn: str
    school_id: str
    school_name: str
    delivery_partner_id: str | None
    delivery_partner_name: str | None
    status: str
    declined_reason: str | None
    participants_waiting: int
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderPartnership:
    """A partnership the provider has confirmed once. `status` is active or challenged."""

    id: str
    cohort: int
    urn: str
    school_id: str
    delivery_partner_id: str
    delivery_partner_name: str
    status: str
    challenged_reason: str | None
    challenged_at: datetime | None
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderParticipant:
    """One enrolment of a person the provider may see: their latest record under its active partnerships."""

    participant_id: str
    full_name: str
    teacher_reference_number: str
    training_record_id: str
    email: str
    school_urn: str
    participant_type: str
    cohort: int
    schedule_identifier: str | None
    partnership_id: str
    delivery_partner_id: str
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    cohort_changed_after_payments_frozen: bool
    started_on: date
    finished_on: date | None
    created_at: datetime
    updated_at: datetime


_PARTICIPANT = (
    Teacher.id,
    Teacher.name,
    Teacher.trn,
    TrainingRecord.id,
    EctPeriod.email,
    School.urn,
    TrainingRecord.participant_type,
    TrainingRecord.cohort,
    TrainingRecord.schedule_identifier,
    Partnership.id,
    Partnership.delivery_partner_id,
    School.pupil_premium_uplift,
    School.sparsity_uplift,
    TrainingRecord.cohort_changed_after_payments_frozen,
    TrainingRecord.started_on,
    TrainingRecord.finished_on,
    TrainingRecord.created_at,
    TrainingRecord.updated_at,
)


def proposals_of(
    lead_provider_id: str, cohorts: tuple[int, ...] | None = None, page: int = 1, per_page: int = PER_PAGE
) -> Page[Proposal]:
    """The provider's proposals, oldest first: proposed, declined and retracted."""
    statement = (
        select(
            Partnership.id,
            Partnership.cohort,
            School.urn,
            School.id,
            School.name,
            Partnership.delivery_partner_id,
            DeliveryPartner.name,
            Partnership.status,
            Partnership.declined_reason,
            _waiting(),
            School.induction_tutor_name,
            School.induction_tutor_email,
            Partnership.created_at,
            Partnership.updated_at,
        )
        .join(School, School.id == Partnership.school_id)
        .outerjoin(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
        .where(Partnership.lead_provider_id == lead_provider_id)
        .where(Partnership.status.in_(("proposed", "declined", "retracted")))
    )
    return page_of(_ordered(statement, cohorts), lambda row: Proposal(*row), page, per_page)


def partnerships_of(
    lead_provider_id: str, cohorts: tuple[int, ...] | None = None, page: int = 1, per_page: int = PER_PAGE
) -> Page[ProviderPartnership]:
    """The provider's partnerships, oldest first: all that have been active."""
    shown = case((Partnership.status == "active", "active"), else_="challenged")
    statement = (
        select(
            Partnership.id,
            Partnership.cohort,
            School.urn,
            School.id,
            DeliveryPartner.id,
            DeliveryPartner.name,
            shown,
            Partnership.challenged_reason,
            Partnership.challenged_at,
            School.induction_tutor_name,
            School.induction_tutor_email,
            Partnership.created_at,
            Partnership.updated_at,
        )
        .join(School, School.id == Partnership.school_id)
        .join(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
        .where(Partnership.lead_provider_id == lead_provider_id, Partnership.ever_active)
    )
    return page_of(_ordered(statement, cohorts), lambda row: ProviderPartnership(*row), page, per_page)


def participants_of(
    lead_provider_id: str, cohorts: tuple[int, ...] | None = None, page: int = 1, per_page: int = PER_PAGE
) -> Page[ProviderParticipant]:
    """The ECTs the provider may see: those with a record under one of its active partnerships.

    People under a proposed, declined, retracted or challenged one aren't here, nor anyone school-led. A
    person with several records is here once, with the latest.
    """
    latest = _latest_records(lead_provider_id)
    statement = (
        select(*_PARTICIPANT)
        .join(latest, latest.c.id == TrainingRecord.id)
        .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
        .join(School, School.id == Partnership.school_id)
        .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
        .join(EctPeriod, EctPeriod.id == TrainingRecord.ect_period_id)
        .where(latest.c.place == 1)
        .order_by(TrainingRecord.created_at, TrainingRecord.id)
    )
    if cohorts is not None:
        statement = statement.where(TrainingRecord.cohort.in_(cohorts))
    return page_of(statement, _participant, page, per_page)


def _latest_records(lead_provider_id: str) -> Any:
    place = func.row_number().over(
        partition_by=(TrainingRecord.teacher_id, TrainingRecord.participant_type),
        order_by=(TrainingRecord.started_on.desc(), TrainingRecord.id.desc()),
    )
    return (
        select(TrainingRecord.id, place.label("place"))
        .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
        .where(Partnership.lead_provider_id == lead_provider_id, Partnership.status == "active")
        .subquery()
    )


def _waiting() -> Any:
    return (
        select(func.count())
        .select_from(TrainingRecord)
        .where(TrainingRecord.partnership_id == Partnership.id, TrainingRecord.finished_on.is_(None))
        .scalar_subquery()
    )


def _ordered(
    statement: Select[*tuple[Any, ...]], cohorts: tuple[int, ...] | None
) -> Select[*tuple[Any, ...]]:
    if cohorts is not None:
        statement = statement.where(Partnership.cohort.in_(cohorts))
    return statement.order_by(Partnership.created_at, Partnership.id)


def _participant(row: Row[*tuple[Any, ...]]) -> ProviderParticipant:
    return ProviderParticipant(*row)
