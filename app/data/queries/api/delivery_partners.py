"""The delivery partners that a lead provider works with, in which cohorts (Provider API, “delivery-partner”).

Those it worked with once count as well: its partnerships and participants still name them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Select, and_, bindparam, exists, select

from app.data.models import DeliveryPartner, Pairing
from app.data.queries.api.paging import Found, Listing, among, when_given
from app.data.queries.api.wanted import Wanted


class DeliveryPartnerRow(NamedTuple):
    """A delivery partner. `cohort` has the years shared with the caller, as text, earliest first."""

    id: str
    name: str
    cohort: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


_PAIRED = and_(
    Pairing.lead_provider_id == bindparam("lead_provider_id"),
    Pairing.delivery_partner_id == DeliveryPartner.id,
)


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    shared = and_(
        Pairing.lead_provider_id == bindparam("lead_provider_id"), Pairing.delivery_partner_id == page.c.id
    )
    columns = (page.c.id, page.c.name, Pairing.cohort, page.c.created_at, page.c.updated_at)
    return select(*columns).join(Pairing, shared)


_LISTING = Listing(
    select(
        DeliveryPartner.id, DeliveryPartner.name, DeliveryPartner.created_at, DeliveryPartner.updated_at
    ).where(exists().where(_PAIRED)),
    _shown,
    conditions=when_given({"cohorts": exists().where(_PAIRED, Pairing.cohort.in_(among("cohorts")))}),
)


def listed(lead_provider_id: str, wanted: Wanted) -> list[DeliveryPartnerRow]:
    """A page of the delivery partners that the caller works with, in one select. Filter: `cohorts`."""
    return _partners(_LISTING.page(lead_provider_id, wanted))


def one(lead_provider_id: str, id: str) -> DeliveryPartnerRow | None:
    """The delivery partner with this id, if the caller works with it."""
    return next(iter(_partners(_LISTING.one(lead_provider_id, id))), None)


def _partners(rows: Found) -> list[DeliveryPartnerRow]:
    """One for all its rows: each row has one of its cohorts."""
    first: dict[str, Any] = {}
    cohorts: dict[str, list[int]] = {}
    for row in rows:
        first.setdefault(row[0], row)
        cohorts.setdefault(row[0], []).append(row[2])
    return [
        DeliveryPartnerRow(row[0], row[1], tuple(map(str, sorted(cohorts[row[0]]))), *row[3:])
        for row in first.values()
    ]
