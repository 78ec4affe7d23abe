"""What a registration has to know: a teacher’s time at schools, a school’s partnerships, its last choices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, union

from app.data.database import reading
from app.data.models import (
    AppropriateBody,
    Cohort,
    DeliveryPartner,
    EctPeriod,
    LeadProvider,
    MentorPeriod,
    Partnership,
    Person,
    School,
    SchoolChoice,
    Teacher,
    TrainingRecord,
)


@dataclass(frozen=True, slots=True)
class PastTraining:
    """One training record of an ECT period, with the organisations’ names; None where there is none."""

    programme: str
    cohort: int
    schedule: str | None
    payments_frozen_at: datetime | None
    lead_provider: str | None
    delivery_partner: str | None
    started_on: date


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """A teacher’s time as an ECT at a school, with its latest training record when it has one."""

    id: str
    teacher_id: str
    school_id: str
    school_name: str
    started_on: date
    finished_on: date | None
    reference: str
    registered_at: datetime
    registered_by: str
    body_name: str
    training: PastTraining | None


@dataclass(frozen=True, slots=True)
class SchoolPartnership:
    """A partnership of a school in one cohort, with the organisations’ names; `begun_at` is its last beginning."""

    id: str
    lead_provider_id: str
    lead_provider_name: str
    delivery_partner_id: str | None
    delivery_partner_name: str | None
    status: str
    challenged_at: datetime | None
    challenged_reason: str | None
    declined_at: datetime | None
    declined_reason: str | None
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class LastChoices:
    """What the school chose for the ECT it registered last, since when it chooses that, and the state of the
    partnership that came of it."""

    appropriate_body_id: str
    programme: str
    lead_provider_id: str | None
    delivery_partner_id: str | None
    saved_at: datetime
    partnership_status: str | None


# Built once: these run on every question page, and building a select costs more than running it.
_PERIODS = (
    select(
        EctPeriod.id,
        EctPeriod.teacher_id,
        EctPeriod.school_id,
        School.name,
        EctPeriod.started_on,
        EctPeriod.finished_on,
        EctPeriod.reference,
        EctPeriod.registered_at,
        Person.name,
        AppropriateBody.name,
        TrainingRecord.programme,
        TrainingRecord.cohort,
        TrainingRecord.schedule_identifier,
        Cohort.payments_frozen_at,
        LeadProvider.name,
        DeliveryPartner.name,
        TrainingRecord.started_on,
    )
    .join(Teacher, Teacher.id == EctPeriod.teacher_id)
    .join(School, School.id == EctPeriod.school_id)
    .join(Person, Person.id == EctPeriod.registered_by)
    .join(AppropriateBody, AppropriateBody.id == EctPeriod.appropriate_body_id)
    .outerjoin(TrainingRecord, TrainingRecord.ect_period_id == EctPeriod.id)
    .outerjoin(Cohort, Cohort.start_year == TrainingRecord.cohort)
    .outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .outerjoin(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
    .outerjoin(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
    .where(Teacher.trn == bindparam("trn"))
    .order_by(
        EctPeriod.started_on.desc(),
        EctPeriod.id.desc(),
        TrainingRecord.started_on.desc(),
        TrainingRecord.id.desc(),
    )
)
_EMAIL_HOLDERS = union(
    *(
        select(Teacher.trn)
        .join(period, period.teacher_id == Teacher.id)
        .where(period.email_key == bindparam("email_key"), period.finished_on.is_(None))
        for period in (EctPeriod, MentorPeriod)
    )
).order_by("trn")
_PARTNERSHIPS = (
    select(
        Partnership.id,
        Partnership.lead_provider_id,
        LeadProvider.name,
        Partnership.delivery_partner_id,
        DeliveryPartner.name,
        Partnership.status,
        Partnership.challenged_at,
        Partnership.challenged_reason,
        Partnership.declined_at,
        Partnership.declined_reason,
        func.coalesce(Partnership.proposed_at, Partnership.confirmed_at, Partnership.created_at),
    )
    .join(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
    .outerjoin(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
    .where(Partnership.school_id == bindparam("school_id"), Partnership.cohort == bindparam("cohort"))
    .order_by(Partnership.created_at, Partnership.id)
)
# In the order of LastChoices.
CHOICES: tuple[Any, ...] = (
    SchoolChoice.appropriate_body_id,
    SchoolChoice.programme,
    SchoolChoice.lead_provider_id,
    SchoolChoice.delivery_partner_id,
    SchoolChoice.saved_at,
    Partnership.status,
)
_LAST_CHOICES: Select[*tuple[Any, ...]] = (
    select(*CHOICES)
    .outerjoin(Partnership, Partnership.id == SchoolChoice.partnership_id)
    .where(SchoolChoice.school_id == bindparam("school_id"))
)


def periods_of(trn: str) -> tuple[PastPeriod, ...]:
    """Every ECT period of the teacher with this TRN, the latest start first, ties by id."""
    found: dict[str, PastPeriod] = {}
    for row in reading().execute(_PERIODS, {"trn": trn}):
        if row[0] not in found:
            training = PastTraining(*row[10:17]) if row[10] is not None else None
            found[row[0]] = PastPeriod(*row[:10], training)
    return tuple(found.values())


def email_holders(email_key: str) -> tuple[str, ...]:
    """The TRNs of those whose open registration uses this email address."""
    return tuple(reading().execute(_EMAIL_HOLDERS, {"email_key": email_key}).scalars())


def partnerships_of(school_id: str, cohort: int) -> tuple[SchoolPartnership, ...]:
    """The school’s partnerships in a cohort, whatever their status, in order of their making."""
    rows = reading().execute(_PARTNERSHIPS, {"school_id": school_id, "cohort": cohort})
    return tuple(SchoolPartnership(*row) for row in rows)


def last_choices(school_id: str) -> LastChoices | None:
    """The school’s last choices; None before it has registered anybody."""
    row = reading().execute(_LAST_CHOICES, {"school_id": school_id}).one_or_none()
    return None if row is None else LastChoices(*row)
