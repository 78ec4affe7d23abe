"""What a registration says about training, and whether the last one can be offered again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.domain.partnerships import LIVE, State


class Programme(StrEnum):
    """How an ECT is trained."""

    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"


@dataclass(frozen=True, slots=True)
class Training:
    """The answers about induction and training, as ids.

    Provider-led training has a lead provider; no delivery partner means that the lead provider will confirm
    it. School-led training has neither. ValueError for anything else.
    """

    appropriate_body_id: str
    programme: Programme
    lead_provider_id: str | None = None
    delivery_partner_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse what can’t be stored."""
        if self.programme is Programme.PROVIDER_LED and self.lead_provider_id is None:
            raise ValueError("provider-led training needs a lead provider")
        if self.programme is Programme.SCHOOL_LED and (self.lead_provider_id or self.delivery_partner_id):
            raise ValueError("school-led training has no lead provider and no delivery partner")

    @property
    def partner_to_be_confirmed(self) -> bool:
        """Whether the lead provider has still to name the delivery partner."""
        return self.programme is Programme.PROVIDER_LED and self.delivery_partner_id is None


def can_offer_again(
    last: Training,
    last_state: State | None,
    *,
    bodies: Collection[str],
    lead_providers: Collection[str],
    eligible_partners: Collection[str],
) -> bool:
    """Whether “the same training as last time” can be offered.

    Everything must still hold for the cohort asked about: `bodies` the school can choose, `lead_providers`
    open in the cohort, `eligible_partners` of that lead provider there; and the last partnership record
    must be proposed or active. Never with an unknown delivery partner. School-led training needs only its
    body.
    """
    if last.appropriate_body_id not in bodies:
        return False
    if last.programme is Programme.SCHOOL_LED:
        return True
    return (
        last.lead_provider_id in lead_providers
        and last.delivery_partner_id in eligible_partners
        and last_state in LIVE
    )
