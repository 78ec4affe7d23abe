"""Every operation of the lead provider API, in one table (Provider API, Endpoints).

Routes are held against it by a test; the OpenAPI document and the reference pages are drawn from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from app.services.idempotency import FIELD
from app.web.api_v3.server_clock import HEADER
from app.web.api_v3.shapes import (
    declarations,
    delivery_partners,
    participants,
    partnerships,
    proposals,
    schools,
    statements,
    training,
    transfers,
    unfunded_mentors,
)

PREFIX = "/api/v3"
ALWAYS = (400, 401, 403, 429, 500)
"""Statuses that every operation can answer with, beside 200. A header alone can be a 400: X-With-Server-Date."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path; `path` is as OpenAPI writes it, below PREFIX.

    `answer` is the shape of a 200, `body` that of what is sent, None for none. `refusals` are the statuses
    beside 200 and ALWAYS. `filters` can be asked for, those in `required` have to be.
    """

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    answer: Any
    refusals: tuple[int, ...]
    filters: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    paged: bool = False
    ordered: bool = False
    body: type[BaseModel] | None = None

    @property
    def statuses(self) -> tuple[int, ...]:
        """Every status it can answer with, 200 first."""
        return (200, *sorted({*ALWAYS, *self.refusals}))

    @property
    def headers(self) -> tuple[str, ...]:
        """The request headers it reads beside Authorization."""
        repeatable = (FIELD,) if self.method == "post" else ()
        return (*repeatable, HEADER)

    @property
    def slug(self) -> str:
        """Its name in the addresses of the documentation."""
        return self.id.replace("_", "-")


TAGS: Mapping[str, str] = MappingProxyType(
    {
        "Delivery partners": "The organisations that run training for you",
        "Partnerships": "Who trains at which school, in which cohort",
        "Partnership proposals": "What schools ask you to confirm",
        "Schools": "The schools whose training can be paid for",
        "Participants": "The people who train with you",
        "Participant transfers": "People who change school",
        "Unfunded mentors": "Mentors of your ECTs who do not train with you",
        "Participant declarations": "What you declare to be paid for",
        "Statements": "When declarations are paid",
    }
)

_CHANGED = ("cohort", "updated_since")


def _list(
    id: str, path: str, tag: str, summary: str, description: str, answer: Any, **more: Any
) -> Operation:
    return Operation(id, "get", path, tag, summary, description, answer, (), paged=True, **more)


def _show(
    id: str, path: str, tag: str, summary: str, description: str, answer: Any, **more: Any
) -> Operation:
    return Operation(id, "get", path, tag, summary, description, answer, (404,), **more)


def _send(
    id: str,
    way: str,
    tag: str,
    summary: str,
    description: str,
    answer: Any,
    refusals: tuple[int, ...],
    body: Any,
) -> Operation:
    method, path = way.split()
    return Operation(id, method, path, tag, summary, description, answer, refusals, body=body)


# An unknown id in the address is a 404, in a body a 422; so it is for participants, who are named by both.
_WRITE, _WRITE_TO = (409, 413, 422), (404, 409, 413, 422)

OPERATIONS: tuple[Operation, ...] = (
    _list(
        "delivery_partners_list", "/delivery-partners", "Delivery partners",
        "List your delivery partners", "Those you work with or have worked with.",
        delivery_partners.DeliveryPartnersResponse, filters=("cohort",), ordered=True,
    ),
    _show(
        "delivery_partner_show", "/delivery-partners/{id}", "Delivery partners",
        "Get one delivery partner", "One that you work with or have worked with.",
        delivery_partners.DeliveryPartnerResponse,
    ),
    _list(
        "partnerships_list", "/partnerships/ecf", "Partnerships",
        "List your partnerships", "Those that are or have been active.",
        partnerships.MultipleECFPartnershipsResponse, filters=(*_CHANGED, "delivery_partner_id"), ordered=True,
    ),
    _show(
        "partnership_show", "/partnerships/ecf/{id}", "Partnerships",
        "Get one partnership", "One of yours that is or has been active.",
        partnerships.ECFPartnershipResponse,
    ),
    _send(
        "partnership_report", "post /partnerships/ecf", "Partnerships",
        "Report a partnership",
        "It is active at once. If the school has proposed it, the proposal becomes the partnership, with the same id.",
        partnerships.ECFPartnershipResponse, _WRITE, partnerships.ECFPartnershipRequest,
    ),
    _send(
        "partnership_update", "put /partnerships/ecf/{id}", "Partnerships",
        "Change the delivery partner of a partnership", "Only while it is active.",
        partnerships.ECFPartnershipResponse, _WRITE_TO, partnerships.ECFPartnershipUpdateRequest,
    ),
    _list(
        "partnership_proposals_list", "/partnership-proposals", "Partnership proposals",
        "List the proposals of schools", "What schools have asked you to confirm, and what became of it.",
        proposals.PartnershipProposalsResponse, filters=_CHANGED, ordered=True,
    ),
    _show(
        "partnership_proposal_show", "/partnership-proposals/{id}", "Partnership proposals",
        "Get one proposal", "One that a school has made to you.",
        proposals.PartnershipProposalResponse,
    ),
    _send(
        "partnership_proposal_confirm", "put /partnership-proposals/{id}/confirm", "Partnership proposals",
        "Confirm a proposal", "It becomes an active partnership with the same id, which is the answer.",
        partnerships.ECFPartnershipResponse, _WRITE_TO, proposals.PartnershipProposalConfirmRequest,
    ),
    _send(
        "partnership_proposal_decline", "put /partnership-proposals/{id}/decline", "Partnership proposals",
        "Decline a proposal", "The school is shown your reason, and asked again.",
        proposals.PartnershipProposalResponse, _WRITE_TO, proposals.PartnershipProposalDeclineRequest,
    ),
    _list(
        "schools_list", "/schools/ecf", "Schools",
        "List schools", "Every school whose training can be paid for, as it stands in one cohort.",
        schools.MultipleECFSchoolsResponse, filters=("cohort", "urn", "updated_since"), required=("cohort",),
        ordered=True,
    ),
    _show(
        "school_show", "/schools/ecf/{id}", "Schools",
        "Get one school", "As it stands in one cohort.",
        schools.ECFSchoolResponse, filters=("cohort",), required=("cohort",),
    ),
    _list(
        "participants_list", "/participants/ecf", "Participants",
        "List your participants", "People with training under one of your active partnerships.",
        participants.MultipleECFParticipantsResponse,
        filters=(*_CHANGED, "training_status", "from_participant_id"), ordered=True,
    ),
    _show(
        "participant_show", "/participants/ecf/{id}", "Participants",
        "Get one participant", "Somebody with training under one of your active partnerships.",
        participants.ECFParticipantResponse,
    ),
    _send(
        "participant_defer", "put /participants/ecf/{id}/defer", "Participants",
        "Defer a participant", "Their training pauses. Nothing can be declared until you resume it.",
        participants.ECFParticipantResponse, _WRITE, training.ECFParticipantDeferRequest,
    ),
    _send(
        "participant_resume", "put /participants/ecf/{id}/resume", "Participants",
        "Resume a participant", "Their training goes on, after a deferral or a withdrawal.",
        participants.ECFParticipantResponse, _WRITE, training.ECFParticipantResumeRequest,
    ),
    _send(
        "participant_withdraw", "put /participants/ecf/{id}/withdraw", "Participants",
        "Withdraw a participant", "Their training with you ends. You can declare what came before.",
        participants.ECFParticipantResponse, _WRITE, training.ECFParticipantWithdrawRequest,
    ),
    _send(
        "participant_change_schedule", "put /participants/ecf/{id}/change-schedule", "Participants",
        "Change a participant’s schedule", "They move to another schedule, and perhaps to another cohort.",
        participants.ECFParticipantResponse, _WRITE, training.ECFParticipantChangeScheduleRequest,
    ),
    _list(
        "participant_transfers_list", "/participants/ecf/transfers", "Participant transfers",
        "List transfers", "People who come to you or leave you by changing school.",
        transfers.MultipleECFParticipantTransferResponse, filters=("updated_since",),
    ),
    _show(
        "participant_transfers_show", "/participants/ecf/{id}/transfers", "Participant transfers",
        "Get the transfers of one participant", "All moves of one person that concern you.",
        transfers.ECFParticipantTransferResponse,
    ),
    _list(
        "unfunded_mentors_list", "/unfunded-mentors/ecf", "Unfunded mentors",
        "List unfunded mentors", "Mentors of your ECTs who have no training with you.",
        unfunded_mentors.MultipleUnfundedMentorsResponse, filters=("updated_since",), ordered=True,
    ),
    _show(
        "unfunded_mentor_show", "/unfunded-mentors/ecf/{id}", "Unfunded mentors",
        "Get one unfunded mentor", "A mentor of one of your ECTs who has no training with you.",
        unfunded_mentors.UnfundedMentorResponse,
    ),
    _list(
        "participant_declarations_list", "/participant-declarations", "Participant declarations",
        "List declarations", "Yours, and other providers’ live ones for people who are with you now. Oldest first.",
        declarations.MultipleParticipantDeclarationsResponse,
        filters=(*_CHANGED, "participant_id", "delivery_partner_id"),
    ),
    _show(
        "participant_declaration_show", "/participant-declarations/{id}", "Participant declarations",
        "Get one declaration", "One of yours, or a live one of somebody who is with you now.",
        declarations.SingleParticipantDeclarationResponse,
    ),
    _send(
        "participant_declaration_create", "post /participant-declarations", "Participant declarations",
        "Declare", "Say that somebody has reached a point of training.",
        declarations.SingleParticipantDeclarationResponse, _WRITE, declarations.ParticipantDeclarationRequest,
    ),
    _send(
        "participant_declaration_void", "put /participant-declarations/{id}/void", "Participant declarations",
        "Void a declaration", "Take one of yours back. If it has been paid, the money is taken back later.",
        declarations.SingleParticipantDeclarationResponse, _WRITE_TO, None,
    ),
    _list(
        "statements_list", "/statements", "Statements",
        "List your statements", "Those that declarations are paid on. The earliest payment first.",
        statements.StatementsResponse, filters=(*_CHANGED, "type"),
    ),
    _show(
        "statement_show", "/statements/{id}", "Statements",
        "Get one statement", "Also one that carries only the service fee.",
        statements.StatementResponse,
    ),
)  # fmt: skip

BY_SLUG: Mapping[str, Operation] = MappingProxyType({each.slug: each for each in OPERATIONS})
