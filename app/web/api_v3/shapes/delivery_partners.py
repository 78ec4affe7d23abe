"""Delivery partners, as a lead provider that works with them sees them (Provider API, Attributes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypedDict

from app.web.api_v3.shapes.values import (
    DELIVERY_PARTNER_ID,
    PARTNER_NAME,
    Created,
    Updated,
    Uuid,
    about,
)

if TYPE_CHECKING:
    from app.data.queries.api.delivery_partners import DeliveryPartnerRow


class DeliveryPartnerAttributes(TypedDict):
    """What is told of a delivery partner."""

    name: Annotated[str, about("Its name", PARTNER_NAME)]
    cohort: Annotated[
        list[str],
        about("The cohorts you share with it: those you may report partnerships for", ["2024", "2025"]),
    ]
    created_at: Created
    updated_at: Updated


class DeliveryPartner(TypedDict):
    """An organisation that runs training near schools."""

    id: Annotated[Uuid, about("The id of the delivery partner", DELIVERY_PARTNER_ID)]
    type: Literal["delivery-partner"]
    attributes: DeliveryPartnerAttributes


class DeliveryPartnerResponse(TypedDict):
    """One delivery partner."""

    data: DeliveryPartner


class DeliveryPartnersResponse(TypedDict):
    """A page of delivery partners."""

    data: list[DeliveryPartner]


def item(row: DeliveryPartnerRow) -> DeliveryPartner:
    """A delivery partner as the API shows it."""
    return {
        "id": row.id,
        "type": "delivery-partner",
        "attributes": {
            "name": row.name,
            "cohort": list(row.cohort),
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }
