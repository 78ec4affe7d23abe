"""Partnerships: a lead provider, a delivery partner and a school for one cohort (Provider API, Partnerships)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel
from typing_extensions import TypedDict

from app.domain.partnerships import ChallengeReason, State
from app.web.api_v3.shapes.values import (
    DELIVERY_PARTNER_ID,
    PARTNER_NAME,
    SCHOOL_ID,
    CohortIn,
    CohortOut,
    Created,
    SentType,
    TutorEmail,
    TutorName,
    Updated,
    Urn,
    Uuid,
    about,
    among,
)

if TYPE_CHECKING:
    from app.data.queries.api.partnerships import PartnershipRow

Shown = Annotated[str, among((State.ACTIVE, State.CHALLENGED))]
Challenge = Annotated[str, among(ChallengeReason)]
PartnershipId = Annotated[
    Uuid,
    about("The id of the partnership, the same as of its proposal", "0197a0c4-3c00-7000-8000-000000000031"),
]


class ECFPartnershipAttributes(TypedDict):
    """What is told of a partnership."""

    cohort: CohortOut
    urn: Urn
    school_id: Annotated[Uuid, about("The id of the school", SCHOOL_ID)]
    delivery_partner_id: Annotated[Uuid, about("The id of the delivery partner", DELIVERY_PARTNER_ID)]
    delivery_partner_name: Annotated[str, about("The name of the delivery partner", PARTNER_NAME)]
    status: Annotated[Shown, about("Challenged when the school has said that it is wrong", "active")]
    challenged_reason: Annotated[Challenge | None, about("Why the school says that it is wrong", None)]
    challenged_at: Annotated[datetime | None, about("When the school said so", None)]
    induction_tutor_name: TutorName
    induction_tutor_email: TutorEmail
    created_at: Created
    updated_at: Updated


class ECFPartnership(TypedDict):
    """A partnership that is or has been confirmed."""

    id: PartnershipId
    type: Literal["partnership"]
    attributes: ECFPartnershipAttributes


class ECFPartnershipResponse(TypedDict):
    """One partnership."""

    data: ECFPartnership


class MultipleECFPartnershipsResponse(TypedDict):
    """A page of partnerships."""

    data: list[ECFPartnership]


class ECFPartnershipAttibutesRequest(BaseModel):
    """Who works together, for which cohort."""

    cohort: CohortIn
    delivery_partner_id: Annotated[
        Uuid, about("The id of a delivery partner you work with", DELIVERY_PARTNER_ID)
    ]
    school_id: Annotated[Uuid, about("The id of the school", SCHOOL_ID)]


class ECFPartnershipDataRequest(BaseModel):
    """The partnership you report."""

    type: Annotated[SentType, about("Not checked", "ecf-partnership")] = None
    attributes: ECFPartnershipAttibutesRequest


class ECFPartnershipRequest(BaseModel):
    """A partnership to report."""

    data: ECFPartnershipDataRequest


class ECFPartnershipUpdateAttibutesRequest(BaseModel):
    """The delivery partner from now on."""

    delivery_partner_id: Annotated[
        Uuid, about("The id of a delivery partner you work with", DELIVERY_PARTNER_ID)
    ]


class ECFPartnershipUpdateDataRequest(BaseModel):
    """What changes in a partnership."""

    type: Annotated[SentType, about("Not checked", "ecf-partnership-update")] = None
    attributes: ECFPartnershipUpdateAttibutesRequest


class ECFPartnershipUpdateRequest(BaseModel):
    """A change of delivery partner."""

    data: ECFPartnershipUpdateDataRequest


def item(row: PartnershipRow) -> ECFPartnership:
    """A partnership as the API shows it."""
    return {
        "id": row.id,
        "type": "partnership",
        "attributes": {
            "cohort": str(row.cohort),
            "urn": row.urn,
            "school_id": row.school_id,
            "delivery_partner_id": row.delivery_partner_id,
            "delivery_partner_name": row.delivery_partner_name,
            "status": row.status,
            "challenged_reason": row.challenged_reason,
            "challenged_at": row.challenged_at,
            "induction_tutor_name": row.induction_tutor_name,
            "induction_tutor_email": row.induction_tutor_email,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }
