"""Mentors of a lead provider's ECTs who have no training with it (Provider API, “unfunded-mentor”)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Select, bindparam, select

from app.data.models import MentorPeriod, ProviderParticipant, Teacher
from app.data.queries.api.paging import Listing, when_given
from app.data.queries.api.wanted import Wanted


class UnfundedMentorRow(NamedTuple):
    """A mentor, by their participant id, with the address they have at the school where they mentor."""

    id: str
    full_name: str
    email: str
    teacher_reference_number: str
    created_at: datetime
    updated_at: datetime


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    columns = (page.c.id, Teacher.name, MentorPeriod.email, Teacher.trn, page.c.created_at, page.c.updated_at)
    return (
        select(*columns)
        .join(Teacher, Teacher.id == page.c.id)
        .join(MentorPeriod, MentorPeriod.id == page.c.unfunded_period_id)
    )


_LISTING = Listing(
    select(
        ProviderParticipant.teacher_id.label("id"),
        ProviderParticipant.unfunded_period_id,
        ProviderParticipant.created_at,
        ProviderParticipant.updated_at,
    ).where(
        ProviderParticipant.lead_provider_id == bindparam("lead_provider_id"),
        ProviderParticipant.unfunded_period_id.is_not(None),
    ),
    _shown,
    conditions=when_given({"updated_since": ProviderParticipant.updated_at >= bindparam("updated_since")}),
)


def listed(lead_provider_id: str, wanted: Wanted) -> list[UnfundedMentorRow]:
    """A page of the mentors of the caller's ECTs whom it doesn't train. Filter: `updated_since`."""
    return [UnfundedMentorRow(*row) for row in _LISTING.page(lead_provider_id, wanted)]


def one(lead_provider_id: str, id: str) -> UnfundedMentorRow | None:
    """The mentor with this participant id, if they mentor the caller's ECTs and it doesn't train them."""
    return next((UnfundedMentorRow(*row) for row in _LISTING.one(lead_provider_id, id)), None)
