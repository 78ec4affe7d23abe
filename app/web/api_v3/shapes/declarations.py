"""Declarations: a lead provider’s word that somebody reached a point of training (Provider API, Declarations)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel
from typing_extensions import TypedDict

from app.domain.declarations import Evidence, IneligibleReason, State
from app.web.api_v3.shapes.values import (
    DELIVERY_PARTNER_ID,
    MENTOR_ID,
    PARTICIPANT_ID,
    PROVIDER_NAME,
    STATEMENT_ID,
    CourseIdentifier,
    Created,
    Declared,
    SentType,
    Updated,
    Uuid,
    about,
    among,
)

if TYPE_CHECKING:
    from app.data.queries.api.declarations import DeclarationRow

DeclarationState = Annotated[str, among(State)]
EvidenceHeld = Annotated[str, among(Evidence)]
NotPaid = Annotated[str, among(IneligibleReason)]
WHEN = "2025-09-12T10:15:00Z"


class ParticipantDeclarationAttributes(TypedDict):
    """What is told of a declaration."""

    participant_id: Annotated[Uuid, about("The id of the person", PARTICIPANT_ID)]
    declaration_type: Annotated[Declared, about("The point of training they reached", "started")]
    declaration_date: Annotated[datetime, about("When they reached it", WHEN)]
    course_identifier: Annotated[CourseIdentifier, about("The course they are on", "ecf-induction")]
    state: Annotated[DeclarationState, about("Where it is on its way to payment", "eligible")]
    updated_at: Updated
    created_at: Created
    delivery_partner_id: Annotated[
        Uuid | None, about("The delivery partner on the declaration date", DELIVERY_PARTNER_ID)
    ]
    statement_id: Annotated[
        Uuid | None, about("The statement it is paid on; null before it is eligible", STATEMENT_ID)
    ]
    clawback_statement_id: Annotated[Uuid | None, about("The statement it is taken back on", None)]
    ineligible_for_funding_reason: Annotated[NotPaid | None, about("Why it will not be paid", None)]
    mentor_id: Annotated[Uuid | None, about("An ECT’s mentor on the declaration date", MENTOR_ID)]
    uplift_paid: Annotated[bool, about("Whether it brings an uplift payment", False)]
    evidence_held: Annotated[EvidenceHeld | None, about("What you hold to show that they took part", None)]
    has_passed: Annotated[bool | None, about("Always null", None)]
    lead_provider_name: Annotated[str, about("Who declared it", PROVIDER_NAME)]


class ParticipantDeclarationResponse(TypedDict):
    """A declaration."""

    id: Annotated[Uuid, about("The id of the declaration", "0197a0c4-3c00-7000-8000-000000000081")]
    type: Literal["participant-declaration"]
    attributes: ParticipantDeclarationAttributes


class SingleParticipantDeclarationResponse(TypedDict):
    """One declaration."""

    data: ParticipantDeclarationResponse


class MultipleParticipantDeclarationsResponse(TypedDict):
    """A page of declarations."""

    data: list[ParticipantDeclarationResponse]


class ParticipantDeclarationRequestAttributes(BaseModel):
    """Who reached which point of training, and when."""

    participant_id: Annotated[Uuid, about("The id of somebody who trains with you", PARTICIPANT_ID)]
    declaration_type: Annotated[Declared, about("The point of training they reached", "started")]
    declaration_date: Annotated[
        datetime,
        about("When they reached it: RFC 3339, with its offset, in the past, inside the milestone", WHEN),
    ]
    course_identifier: Annotated[CourseIdentifier, about("The course they are on with you", "ecf-induction")]
    evidence_held: Annotated[
        EvidenceHeld | None,
        about("What you hold to show that they took part. Cohort and type decide what is needed", None),
    ] = None


class ParticipantDeclarationData(BaseModel):
    """The declaration you make."""

    type: Annotated[SentType, about("Not checked", "participant-declaration")] = None
    attributes: ParticipantDeclarationRequestAttributes


class ParticipantDeclarationRequest(BaseModel):
    """A declaration to make."""

    data: ParticipantDeclarationData


def item(row: DeclarationRow) -> ParticipantDeclarationResponse:
    """A declaration as the API shows it.

    Taken apart at once: a page has thousands, and naming each part of each row takes twice as long.
    """
    (declaration, participant, kind, at, course, state, partner, mentor, statement, clawback, reason, uplift, evidence,
     provider, created, updated) = row  # fmt: skip
    return {
        "id": declaration,
        "type": "participant-declaration",
        "attributes": {
            "participant_id": participant,
            "declaration_type": kind,
            "declaration_date": at,
            "course_identifier": course,
            "state": state,
            "updated_at": updated,
            "created_at": created,
            "delivery_partner_id": partner,
            "statement_id": statement,
            "clawback_statement_id": clawback,
            "ineligible_for_funding_reason": reason,
            "mentor_id": mentor,
            "uplift_paid": uplift,
            "evidence_held": evidence,
            "has_passed": None,
            "lead_provider_name": provider,
        },
    }
