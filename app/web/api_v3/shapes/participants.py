"""Participants: people who train with a lead provider, as it sees them (Provider API, Attributes)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal, cast

from typing_extensions import TypedDict

from app.domain.funding import MentorReason
from app.domain.participant_status import ParticipantStatus
from app.domain.training import DeferralReason, WithdrawalReason
from app.web.api_v3.shapes.values import (
    DELIVERY_PARTNER_ID,
    EMAIL,
    MENTOR_ID,
    OLD_PARTICIPANT_ID,
    PARTICIPANT_ID,
    PERSON,
    TRAINING_RECORD_ID,
    CohortOut,
    Created,
    ScheduleIdentifier,
    TrainingState,
    Trn,
    Updated,
    Urn,
    Uuid,
    about,
    among,
)

if TYPE_CHECKING:
    from app.data.queries.api.participants import EnrolmentRow, IdChange, ParticipantRow, Stop

PARTICIPANT_TYPES = ("ect", "mentor")
ParticipantKind = Annotated[str, among(PARTICIPANT_TYPES)]
SchoolsWord = Annotated[str, among(ParticipantStatus)]
NotFunded = Annotated[str, among(MentorReason)]
Deferred = Annotated[str, among(DeferralReason)]
Withdrawn = Annotated[str, among(WithdrawalReason)]


class ECFDeferral(TypedDict):
    """Why and since when training is paused."""

    reason: Annotated[Deferred, about("Why you deferred it", "career-break")]
    date: Annotated[datetime, about("When you deferred it", "2025-11-03T10:00:00Z")]


class ECFWithdrawal(TypedDict):
    """Why and since when training with you has ended."""

    reason: Annotated[Withdrawn, about("Why you withdrew it", "moved-school")]
    date: Annotated[datetime, about("When you withdrew it", "2025-11-03T10:00:00Z")]


class ECFEnrolment(TypedDict):
    """Somebody’s training with you as an ECT or as a mentor."""

    training_record_id: Annotated[Uuid, about("The id of the training record", TRAINING_RECORD_ID)]
    email: Annotated[str, about("Their email address", EMAIL)]
    mentor_id: Annotated[Uuid | None, about("The id of an ECT’s mentor; null without one", MENTOR_ID)]
    school_urn: Urn
    participant_type: Annotated[ParticipantKind, about("Whether they train as an ECT or as a mentor", "ect")]
    cohort: CohortOut
    training_status: Annotated[TrainingState, about("What you have said of the training", "active")]
    participant_status: Annotated[SchoolsWord, about("What the school has said, by today’s date", "active")]
    teacher_reference_number_validated: Annotated[
        bool | None, about("Whether the TRN was found in the teacher record; null while not checked", True)
    ]
    eligible_for_funding: Annotated[bool | None, about("Null while this is not decided", True)]
    pupil_premium_uplift: Annotated[bool | None, about("Whether the school brings this uplift", False)]
    sparsity_uplift: Annotated[bool | None, about("Whether the school brings this uplift", False)]
    schedule_identifier: Annotated[
        ScheduleIdentifier, about("The schedule they train on", "ecf-standard-september")
    ]
    delivery_partner_id: Annotated[Uuid | None, about("The id of the delivery partner", DELIVERY_PARTNER_ID)]
    withdrawal: Annotated[ECFWithdrawal | None, about("Null unless training_status is withdrawn", None)]
    deferral: Annotated[ECFDeferral | None, about("Null unless training_status is deferred", None)]
    created_at: Created
    induction_end_date: Annotated[date | None, about("The day induction ended; null before", None)]
    mentor_funding_end_date: Annotated[
        date | None, about("The day a mentor’s funding ended; null before", None)
    ]
    cohort_changed_after_payments_frozen: Annotated[
        bool, about("Whether they moved here because payments of their first cohort had stopped", False)
    ]
    mentor_ineligible_for_funding_reason: Annotated[
        NotFunded | None, about("Why a mentor is not funded", None)
    ]


class ParticipantIdChange(TypedDict):
    """Two records turned out to be one person: what was under one id is now under the other."""

    from_participant_id: Annotated[Uuid, about("The id no longer used", OLD_PARTICIPANT_ID)]
    to_participant_id: Annotated[Uuid, about("The id to use", PARTICIPANT_ID)]
    changed_at: Annotated[datetime, about("When that happened", "2025-10-01T08:00:00Z")]


class ECFParticipantAttributes(TypedDict):
    """What is told of a person."""

    full_name: Annotated[str, about("Their full name", PERSON)]
    teacher_reference_number: Trn
    updated_at: Updated
    ecf_enrolments: list[ECFEnrolment]
    participant_id_changes: list[ParticipantIdChange]


class ECFParticipant(TypedDict):
    """A person who trains with you. ECT and mentor are two enrolments of one person."""

    id: Annotated[Uuid, about("The id of the person", PARTICIPANT_ID)]
    type: Literal["participant"]
    attributes: ECFParticipantAttributes


class ECFParticipantResponse(TypedDict):
    """One participant."""

    data: ECFParticipant


class MultipleECFParticipantsResponse(TypedDict):
    """A page of participants."""

    data: list[ECFParticipant]


def item(row: ParticipantRow) -> ECFParticipant:
    """A person as the API shows them."""
    return {
        "id": row.id,
        "type": "participant",
        "attributes": {
            "full_name": row.full_name,
            "teacher_reference_number": row.teacher_reference_number,
            "updated_at": row.updated_at,
            "ecf_enrolments": [_enrolment(each) for each in row.ecf_enrolments],
            "participant_id_changes": [_id_change(each) for each in row.participant_id_changes],
        },
    }


def _enrolment(row: EnrolmentRow) -> ECFEnrolment:
    return {
        "training_record_id": row.training_record_id,
        "email": row.email,
        "mentor_id": row.mentor_id,
        "school_urn": row.school_urn,
        "participant_type": row.participant_type,
        "cohort": str(row.cohort),
        "training_status": row.training_status,
        "participant_status": row.participant_status,
        "teacher_reference_number_validated": row.teacher_reference_number_validated,
        "eligible_for_funding": row.eligible_for_funding,
        "pupil_premium_uplift": row.pupil_premium_uplift,
        "sparsity_uplift": row.sparsity_uplift,
        # Only school-led training has none.
        "schedule_identifier": cast("str", row.schedule_identifier),
        "delivery_partner_id": row.delivery_partner_id,
        "withdrawal": _withdrawal(row.withdrawal),
        "deferral": _deferral(row.deferral),
        "created_at": row.created_at,
        "induction_end_date": row.induction_end_date,
        "mentor_funding_end_date": row.mentor_funding_end_date,
        "cohort_changed_after_payments_frozen": row.cohort_changed_after_payments_frozen,
        "mentor_ineligible_for_funding_reason": row.mentor_ineligible_for_funding_reason,
    }


def _withdrawal(stop: Stop | None) -> ECFWithdrawal | None:
    return None if stop is None else {"reason": cast("str", stop.reason), "date": stop.date}


def _deferral(stop: Stop | None) -> ECFDeferral | None:
    return None if stop is None else {"reason": cast("str", stop.reason), "date": stop.date}


def _id_change(row: IdChange) -> ParticipantIdChange:
    return {
        "from_participant_id": row.from_participant_id,
        "to_participant_id": row.to_participant_id,
        "changed_at": row.changed_at,
    }
