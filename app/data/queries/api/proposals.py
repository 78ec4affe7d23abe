"""What schools ask a lead provider to confirm (Provider API, “partnership-proposal”)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Select, bindparam, case, func, select

from app.data.models import DeliveryPartner, Partnership, School, TrainingRecord
from app.data.queries.api.paging import Listing, among, when_given
from app.data.queries.api.wanted import Wanted


class ProposalRow(NamedTuple):
    """A partnership proposed, declined or retracted. `participants_waiting` counts people with open training."""

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


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    waiting = (
        select(func.count())
        .select_from(TrainingRecord)
        .where(TrainingRecord.partnership_id == page.c.id, TrainingRecord.finished_on.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            page.c.id,
            page.c.cohort,
            School.urn,
            page.c.school_id,
            School.name,
            page.c.delivery_partner_id,
            DeliveryPartner.name,
            page.c.status,
            case((page.c.status == "declined", page.c.declined_reason)),
            waiting,
            School.induction_tutor_name,
            School.induction_tutor_email,
            page.c.created_at,
            page.c.updated_at,
        )
        .join(School, School.id == page.c.school_id)
        .outerjoin(DeliveryPartner, DeliveryPartner.id == page.c.delivery_partner_id)
    )


_LISTING = Listing(
    select(
        Partnership.id,
        Partnership.cohort,
        Partnership.school_id,
        Partnership.delivery_partner_id,
        Partnership.status,
        Partnership.declined_reason,
        Partnership.created_at,
        Partnership.updated_at,
    ).where(
        Partnership.lead_provider_id == bindparam("lead_provider_id"),
        Partnership.status.in_(("proposed", "declined", "retracted")),
    ),
    _shown,
    conditions=when_given(
        {
            "cohorts": Partnership.cohort.in_(among("cohorts")),
            "updated_since": Partnership.updated_at >= bindparam("updated_since"),
        }
    ),
)


def listed(lead_provider_id: str, wanted: Wanted) -> list[ProposalRow]:
    """A page of what is or was proposed to the caller. Filters: `cohorts`, `updated_since`."""
    return [ProposalRow(*row) for row in _LISTING.page(lead_provider_id, wanted)]


def one(lead_provider_id: str, id: str) -> ProposalRow | None:
    """The proposal with this id, if it was made to the caller and isn't active or challenged now."""
    return next((ProposalRow(*row) for row in _LISTING.one(lead_provider_id, id)), None)


def those(lead_provider_id: str, ids: Collection[str]) -> list[ProposalRow]:
    """The proposals with these ids, if they were made to the caller; in no order."""
    return [ProposalRow(*row) for row in _LISTING.those(lead_provider_id, ids)]
