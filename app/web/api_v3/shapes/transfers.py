"""Transfers: people who leave a school and join the next (Provider API, Transfers)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypedDict

from app.domain.transfers import TransferStatus, TransferType
from app.web.api_v3.shapes.values import (
    PARTICIPANT_ID,
    PROVIDER_NAME,
    TRAINING_RECORD_ID,
    Created,
    Updated,
    Urn,
    Uuid,
    about,
    among,
)

if TYPE_CHECKING:
    from app.data.queries.api.transfers import ParticipantTransfersRow, SideRow, TransferRow

TransferKind = Annotated[str, among(TransferType)]
TransferState = Annotated[str, among(TransferStatus)]
LastDay = Annotated[date, about("Their last day there", "2026-01-31")]
FirstDay = Annotated[date, about("Their first day there", "2026-02-01")]


class ECFParticipantLeaving(TypedDict):
    """The school somebody leaves."""

    school_urn: Urn
    provider: Annotated[
        str | None,
        about("The lead provider there; null when it is school-led or not confirmed", PROVIDER_NAME),
    ]
    date: LastDay


class ECFParticipantJoining(TypedDict):
    """The school somebody joins."""

    school_urn: Annotated[str, about("The unique reference number (URN) of the school", "900102")]
    provider: Annotated[
        str | None,
        about("The lead provider there; null when it is school-led or not confirmed", "Teach Forward"),
    ]
    date: FirstDay


class ECFParticipantTransfers(TypedDict):
    """One move."""

    training_record_id: Annotated[
        Uuid,
        about("The id of the training record with you, the one they leave if both are", TRAINING_RECORD_ID),
    ]
    transfer_type: Annotated[
        TransferKind,
        about("Whether the provider changes too; unknown while nobody has joined", "new_provider"),
    ]
    status: Annotated[
        TransferState, about("Incomplete while the later of the two days is ahead", "incomplete")
    ]
    leaving: ECFParticipantLeaving
    joining: Annotated[ECFParticipantJoining | None, about("Null while no school has registered them", None)]
    created_at: Created


class ECFParticipantTransferAttributes(TypedDict):
    """The moves of a person."""

    updated_at: Updated
    transfers: list[ECFParticipantTransfers]


class ECFParticipantTransfer(TypedDict):
    """A person who moves, and their moves."""

    id: Annotated[Uuid, about("The id of the person", PARTICIPANT_ID)]
    type: Literal["participant-transfer"]
    attributes: ECFParticipantTransferAttributes


class ECFParticipantTransferResponse(TypedDict):
    """The moves of one person."""

    data: ECFParticipantTransfer


class MultipleECFParticipantTransferResponse(TypedDict):
    """A page of people who move."""

    data: list[ECFParticipantTransfer]


def item(row: ParticipantTransfersRow) -> ECFParticipantTransfer:
    """A person’s moves as the API shows them."""
    return {
        "id": row.id,
        "type": "participant-transfer",
        "attributes": {
            "updated_at": row.updated_at,
            "transfers": [_transfer(each) for each in row.transfers],
        },
    }


def _transfer(row: TransferRow) -> ECFParticipantTransfers:
    joining = row.joining
    return {
        "training_record_id": row.training_record_id,
        "transfer_type": row.transfer_type,
        "status": row.status,
        "leaving": _left(row.leaving),
        "joining": None if joining is None else _joined(joining),
        "created_at": row.created_at,
    }


def _left(row: SideRow) -> ECFParticipantLeaving:
    return {"school_urn": row.school_urn, "provider": row.provider, "date": row.date}


def _joined(row: SideRow) -> ECFParticipantJoining:
    return {"school_urn": row.school_urn, "provider": row.provider, "date": row.date}
