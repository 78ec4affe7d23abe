"""What a school reads about its partnerships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.data.queries import contacts, partnerships
from app.data.queries.paging import Page
from app.data.queries.partnerships import PartnershipDetails
from app.domain.partnerships import DeclineReason

__all__ = ["Page", "PartnershipDetails", "YourPartnerships", "of_school"]


@dataclass(frozen=True, slots=True)
class YourPartnerships:
    """A page of partnerships, the latest year first, and contacts of the lead providers that say to get in touch."""

    page: Page[PartnershipDetails]
    contacts: Mapping[str, str]


def of_school(school_id: str, page: int = 1) -> YourPartnerships:
    """The school’s partnerships, 20 at a time; past the end, the last page."""
    found = partnerships.of_school(school_id, page=page)
    if found.total and not found.rows:
        found = partnerships.of_school(school_id, page=found.pages)
    asked = {each.lead_provider_id for each in found.rows if each.declined_reason == DeclineReason.OTHER}
    return YourPartnerships(found, contacts.of_lead_providers(asked))
