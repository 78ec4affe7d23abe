"""Moves of a lead provider's participants between schools (Provider API, “Transfers”).

Both sides are told of a move; of another provider, only its name, and only once its partnership is active.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select

from app.data.database import reading
from app.data.models import (
    EctPeriod,
    LeadProvider,
    MentorPeriod,
    Partnership,
    ProviderParticipant,
    School,
    TrainingRecord,
)
from app.data.queries.api.paging import Found, Listing, among, when_given
from app.data.queries.api.wanted import Wanted
from app.data.seen import Record
from app.domain.transfers import SchoolRecord, Transfer, transfers


class SideRow(NamedTuple):
    """One side of a move: the last day at the school left, or the first at the one joined.

    `provider` is None for school-led training, and for a provider that hasn't confirmed the partnership.
    """

    school_urn: str
    provider: str | None
    date: date


class TransferRow(NamedTuple):
    """A move, under the caller's own record in it. `joining` is None while no other school is known."""

    training_record_id: str
    transfer_type: str
    status: str
    created_at: datetime
    leaving: SideRow
    joining: SideRow | None


class ParticipantTransfersRow(NamedTuple):
    """A person and the moves the caller is told of, earliest first."""

    id: str
    updated_at: datetime
    transfers: tuple[TransferRow, ...]


class _Stored(NamedTuple):
    """A training record as the rules read it, and what is shown of it.

    `reported_at` is when the old school said that the person leaves, None if it didn't.
    """

    record: Record
    school_urn: str
    provider: str | None
    created_at: datetime
    reported_at: datetime | None


_FILTERED = when_given({"updated_since": ProviderParticipant.updated_at >= bindparam("updated_since")})


def _conditions(given: Collection[str]) -> list[ColumnElement[bool]]:
    """A person may be asked for who hasn't moved; lists leave them out."""
    return [ProviderParticipant.transfers > 0, *_FILTERED(given)]


_LISTING = Listing(
    select(
        ProviderParticipant.teacher_id.label("id"),
        ProviderParticipant.updated_at,
        ProviderParticipant.created_at,
    ).where(
        ProviderParticipant.lead_provider_id == bindparam("lead_provider_id"), ProviderParticipant.visible
    ),
    conditions=_conditions,
    sortable=False,
)
_RECORDS = (
    select(
        TrainingRecord.teacher_id,
        Partnership.lead_provider_id,
        Partnership.status,
        School.id,
        TrainingRecord.id,
        TrainingRecord.participant_type,
        TrainingRecord.started_on,
        TrainingRecord.finished_on,
        TrainingRecord.stopped_on,
        func.coalesce(EctPeriod.finished_on, MentorPeriod.finished_on),
        School.urn,
        LeadProvider.name,
        TrainingRecord.created_at,
        EctPeriod.leaving_reported_at,
    )
    .select_from(TrainingRecord)
    .outerjoin(EctPeriod, EctPeriod.id == TrainingRecord.ect_period_id)
    .outerjoin(MentorPeriod, MentorPeriod.id == TrainingRecord.mentor_period_id)
    .join(School, School.id == func.coalesce(EctPeriod.school_id, MentorPeriod.school_id))
    .outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .outerjoin(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
    .where(TrainingRecord.teacher_id.in_(among("ids")))
)


def listed(lead_provider_id: str, wanted: Wanted, today: date) -> list[ParticipantTransfersRow]:
    """A page of the caller's people who moved, as it stands on the London day `today`. Filter: `updated_since`.

    Two selects: the people, and all their records, because a move is seen from both sides.
    """
    return _people(lead_provider_id, _LISTING.page(lead_provider_id, wanted), today)


def one(lead_provider_id: str, id: str, today: date) -> ParticipantTransfersRow | None:
    """The moves of the person with this participant id, if the caller may see them: none when they never moved."""
    rows = _LISTING.one(lead_provider_id, id)
    return next(iter(_people(lead_provider_id, rows, today)), None)


def _records_of(ids: Collection[str]) -> dict[str, list[_Stored]]:
    """Every training record of these people by teacher id, whoever the provider: for the rules, not to be shown."""
    found: dict[str, list[_Stored]] = {}
    for teacher_id, *values in reading().execute(_RECORDS, {"ids": ids}) if ids else ():
        stored = _Stored(Record(*values[:9]), *values[9:])
        found.setdefault(teacher_id, []).append(stored)
    return found


def _people(lead_provider_id: str, rows: Found, today: date) -> list[ParticipantTransfersRow]:
    records = _records_of([row.id for row in rows])
    return [
        ParticipantTransfersRow(
            row.id, row.updated_at, _moves(lead_provider_id, records.get(row.id, []), today)
        )
        for row in rows
    ]


def _moves(lead_provider_id: str, records: list[_Stored], today: date) -> tuple[TransferRow, ...]:
    stored = {each.record.id: each for each in records}
    every = transfers(each.record.school_record for each in records)
    moves = ((move, move.record_of(lead_provider_id)) for move in every)
    return tuple(_move(move, own, stored, today) for move, own in moves if own is not None)


def _move(move: Transfer, own: SchoolRecord, stored: dict[str, _Stored], today: date) -> TransferRow:
    leaving = stored[move.leaving.record_id]
    joining = None if move.joining is None else stored[move.joining.record_id]
    known = (leaving.reported_at, joining.created_at if joining else None)
    return TransferRow(
        training_record_id=own.record_id,
        transfer_type=move.type.value,
        status=move.status(today).value,
        created_at=min((at for at in known if at is not None), default=leaving.created_at),
        leaving=_side(leaving, move.left_on),
        joining=_side(joining, joining.record.started_on) if joining else None,
    )


def _side(side: _Stored, day: date) -> SideRow:
    return SideRow(side.school_urn, side.provider if side.record.shown_to else None, day)
