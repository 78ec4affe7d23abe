"""A lead provider's partnerships with schools (Provider API, “Partnerships”).

A row that has been active once stays here for good, shown as challenged until it is active again, also while the
school proposes it anew: then it is among the proposals too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Select, bindparam, case, select

from app.data.models import DeliveryPartner, Partnership, School
from app.data.queries.api.paging import Listing, among, when_given
from app.data.queries.api.wanted import Wanted


class PartnershipRow(NamedTuple):
    """A partnership that the provider has confirmed once. `status` is active or challenged.

    The challenge is told only while it is shown as challenged.
    """

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


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    active = page.c.status == "active"
    return (
        select(
            page.c.id,
            page.c.cohort,
            School.urn,
            page.c.school_id,
            page.c.delivery_partner_id,
            DeliveryPartner.name,
            case((active, "active"), else_="challenged"),
            case((~active, page.c.challenged_reason)),
            case((~active, page.c.challenged_at)),
            School.induction_tutor_name,
            School.induction_tutor_email,
            page.c.created_at,
            page.c.updated_at,
        )
        .join(School, School.id == page.c.school_id)
        .join(DeliveryPartner, DeliveryPartner.id == page.c.delivery_partner_id)
    )


_LISTING = Listing(
    select(
        Partnership.id,
        Partnership.cohort,
        Partnership.school_id,
        Partnership.delivery_partner_id,
        Partnership.status,
        Partnership.challenged_reason,
        Partnership.challenged_at,
        Partnership.created_at,
        Partnership.updated_at,
    ).where(Partnership.lead_provider_id == bindparam("lead_provider_id"), Partnership.ever_active),
    _shown,
    conditions=when_given(
        {
            "cohorts": Partnership.cohort.in_(among("cohorts")),
            "updated_since": Partnership.updated_at >= bindparam("updated_since"),
            "delivery_partner_ids": Partnership.delivery_partner_id.in_(among("delivery_partner_ids")),
        }
    ),
)


def listed(lead_provider_id: str, wanted: Wanted) -> list[PartnershipRow]:
    """A page of the caller's partnerships. Filters: `cohorts`, `updated_since`, `delivery_partner_ids`."""
    return [PartnershipRow(*row) for row in _LISTING.page(lead_provider_id, wanted)]


def one(lead_provider_id: str, id: str) -> PartnershipRow | None:
    """The partnership with this id, if it is the caller's and has been active."""
    return next((PartnershipRow(*row) for row in _LISTING.one(lead_provider_id, id)), None)


def those(lead_provider_id: str, ids: Collection[str]) -> list[PartnershipRow]:
    """The partnerships with these ids, if they are the caller's and have been active; in no order."""
    return [PartnershipRow(*row) for row in _LISTING.those(lead_provider_id, ids)]
