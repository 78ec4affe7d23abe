"""A stretch of training with its names: the part that cards, histories and earlier registrations share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from app.data.database import reading
from app.data.models import DeliveryPartner, LeadProvider, Partnership, TrainingRecord


@dataclass(frozen=True, slots=True)
class Training:
    """One training record. All from `partnership_id` to the delivery partner is None for school-led training.

    `training_status` and what follows it is the lead provider’s word; `stopped_on` the school’s.
    """

    id: str
    programme: str
    cohort: int
    schedule_identifier: str | None
    started_on: date
    finished_on: date | None
    cohort_changed_after_payments_frozen: bool
    partnership_id: str | None
    partnership_status: str | None
    ever_active: bool | None
    lead_provider_id: str | None
    lead_provider_name: str | None
    delivery_partner_id: str | None
    delivery_partner_name: str | None
    training_status: str
    deferred_at: datetime | None
    deferral_reason: str | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    stopped_on: date | None


COLUMNS: tuple[ColumnElement[Any], ...] = (
    TrainingRecord.__table__.c.id,
    TrainingRecord.__table__.c.programme,
    TrainingRecord.__table__.c.cohort,
    TrainingRecord.__table__.c.schedule_identifier,
    TrainingRecord.__table__.c.started_on,
    TrainingRecord.__table__.c.finished_on,
    TrainingRecord.__table__.c.cohort_changed_after_payments_frozen,
    Partnership.__table__.c.id,
    Partnership.__table__.c.status,
    Partnership.__table__.c.ever_active,
    LeadProvider.__table__.c.id,
    LeadProvider.__table__.c.name,
    DeliveryPartner.__table__.c.id,
    DeliveryPartner.__table__.c.name,
    TrainingRecord.__table__.c.training_status,
    TrainingRecord.__table__.c.deferred_at,
    TrainingRecord.__table__.c.deferral_reason,
    TrainingRecord.__table__.c.withdrawn_at,
    TrainingRecord.__table__.c.withdrawal_reason,
    TrainingRecord.__table__.c.stopped_on,
)


def joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """`statement`, which has training records in it, with their partnership and its two organisations."""
    return (
        statement.outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
        .outerjoin(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
        .outerjoin(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
    )


def from_row(values: tuple[Any, ...]) -> Training | None:
    """The training in the values of `COLUMNS`; None where an outer join found no record."""
    return None if values[0] is None else Training(*values)


def of_period(ect_period_id: str) -> tuple[Training, ...]:
    """The training records of one ECT's time at one school, latest first: few by nature."""
    statement = (
        joined(select(*COLUMNS).select_from(TrainingRecord))
        .where(TrainingRecord.ect_period_id == ect_period_id)
        .order_by(TrainingRecord.started_on.desc(), TrainingRecord.id.desc())
    )
    return tuple(Training(*row) for row in reading().execute(statement))
