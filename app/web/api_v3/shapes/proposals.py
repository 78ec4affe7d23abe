"""Proposals: what schools ask a lead provider to confirm (Provider API, Partnerships)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel
from typing_extensions import TypedDict

from app.domain.partnerships import DeclineReason, State
from app.web.api_v3.shapes.partnerships import PartnershipId
from app.web.api_v3.shapes.values import (
    DELIVERY_PARTNER_ID,
    PARTNER_NAME,
    SCHOOL_ID,
    SCHOOL_NAME,
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
    from app.data.queries.api.proposals import ProposalRow

Shown = Annotated[str, among((State.PROPOSED, State.DECLINED, State.RETRACTED))]
Decline = Annotated[str, among(DeclineReason)]


class PartnershipProposalAttributes(TypedDict):
    """What is told of a proposal."""

    cohort: CohortOut
    urn: Urn
    school_id: Annotated[Uuid, about("The id of the school", SCHOOL_ID)]
    school_name: Annotated[str, about("The name of the school", SCHOOL_NAME)]
    delivery_partner_id: Annotated[
        Uuid | None,
        about("The delivery partner the school named; null when it does not know", DELIVERY_PARTNER_ID),
    ]
    delivery_partner_name: Annotated[str | None, about("Its name", PARTNER_NAME)]
    status: Annotated[Shown, about("Proposed while it waits for your answer", "proposed")]
    declined_reason: Annotated[Decline | None, about("Why you declined it", None)]
    participants_waiting: Annotated[
        int, about("How many people the school has registered who wait for your answer", 2)
    ]
    induction_tutor_name: TutorName
    induction_tutor_email: TutorEmail
    created_at: Created
    updated_at: Updated


class PartnershipProposal(TypedDict):
    """What a school says of its training with you, before you have confirmed it."""

    id: PartnershipId
    type: Literal["partnership-proposal"]
    attributes: PartnershipProposalAttributes


class PartnershipProposalResponse(TypedDict):
    """One proposal."""

    data: PartnershipProposal


class PartnershipProposalsResponse(TypedDict):
    """A page of proposals."""

    data: list[PartnershipProposal]


class PartnershipProposalConfirmAttributes(BaseModel):
    """The delivery partner, where the school did not know it."""

    delivery_partner_id: Annotated[
        Uuid | None,
        about(
            "Needed when the proposal names no delivery partner. Otherwise leave it out, or send the same one",
            DELIVERY_PARTNER_ID,
        ),
    ] = None


class PartnershipProposalConfirm(BaseModel):
    """Your yes."""

    type: Annotated[SentType, about("Not checked", "partnership-proposal-confirm")] = None
    attributes: PartnershipProposalConfirmAttributes


class PartnershipProposalConfirmRequest(BaseModel):
    """A yes to a proposal."""

    data: PartnershipProposalConfirm


class PartnershipProposalDeclineAttributes(BaseModel):
    """Why not. The school is shown it."""

    reason: Annotated[Decline, about("Why you decline. The school is shown it", "no_agreement")]


class PartnershipProposalDecline(BaseModel):
    """Your no."""

    type: Annotated[SentType, about("Not checked", "partnership-proposal-decline")] = None
    attributes: PartnershipProposalDeclineAttributes


class PartnershipProposalDeclineRequest(BaseModel):
    """A no to a proposal."""

    data: PartnershipProposalDecline


def item(row: ProposalRow) -> PartnershipProposal:
    """A proposal as the API shows it."""
    return {
        "id": row.id,
        "type": "partnership-proposal",
        "attributes": {
            "cohort": str(row.cohort),
            "urn": row.urn,
            "school_id": row.school_id,
            "school_name": row.school_name,
            "delivery_partner_id": row.delivery_partner_id,
            "delivery_partner_name": row.delivery_partner_name,
            "status": row.status,
            "declined_reason": row.declined_reason,
            "participants_waiting": row.participants_waiting,
            "induction_tutor_name": row.induction_tutor_name,
            "induction_tutor_email": row.induction_tutor_email,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }
