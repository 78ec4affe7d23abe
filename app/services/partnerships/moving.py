"""Moving a partnership from one state to another: what every verb does in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING
from app.data.models import Partnership, PartnershipDeliveryPartner, School, TrainingRecord
from app.data.queries.events import Detail, record
from app.data.transaction import store
from app.domain.partnerships import Action, State, next_state
from app.services.asked import Asked


class Conflict(Exception):
    """The partnership changed between reading it and changing it: nothing was stored."""


@dataclass(frozen=True, slots=True)
class Row:
    """A partnership as it stands in the write at hand."""

    id: str
    school_id: str
    lead_provider_id: str
    delivery_partner_id: str | None
    cohort: int
    state: State


_COLUMNS = (
    Partnership.id,
    Partnership.school_id,
    Partnership.lead_provider_id,
    Partnership.delivery_partner_id,
    Partnership.cohort,
    Partnership.status,
)


def find(session: Session, partnership_id: str, **of: object) -> Row | None:
    """The partnership, if it is there and its columns are as in `of`, like `lead_provider_id`."""
    statement = select(*_COLUMNS).where(Partnership.id == partnership_id).filter_by(**of)
    found = session.execute(statement).one_or_none()
    return None if found is None else Row(*found[:5], State(found[5]))


def find_for(
    session: Session, school_id: str, lead_provider_id: str, cohort: int
) -> Mapping[str | None, Row]:
    """Every partnership of a school with a lead provider in a cohort, by delivery partner."""
    statement = select(*_COLUMNS).where(
        Partnership.school_id == school_id,
        Partnership.lead_provider_id == lead_provider_id,
        Partnership.cohort == cohort,
    )
    rows = (Row(*found[:5], State(found[5])) for found in session.execute(statement))
    return {row.delivery_partner_id: row for row in rows}


def move(
    session: Session,
    row: Row,
    action: Action,
    asked: Asked,
    changes: Mapping[str, object],
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Move a partnership and record it. Raises Refused for a move that isn’t in the table, Conflict when it moved."""
    state = next_state(action, row.state)
    _update(session, row, {"status": state, **changes})
    say(session, row, f"partnership.{_DONE[action]}", asked, details)


_DONE = {
    Action.PROPOSE: "proposed",
    Action.CONFIRM: "confirmed",
    Action.REPORT: "reported",
    Action.DECLINE: "declined",
    Action.RETRACT: "retracted",
    Action.CHALLENGE: "challenged",
}


def rename_partner(session: Session, row: Row, delivery_partner_id: str) -> None:
    """Give an active partnership another delivery partner. Raises Conflict when it changed meanwhile."""
    _update(session, row, {"delivery_partner_id": delivery_partner_id})


def ask_again(session: Session, row: Row, asked: Asked) -> None:
    """Let a proposal say that the school asked now. Raises Conflict when it isn’t one any more."""
    if row.state is not State.PROPOSED:
        raise Conflict
    _update(session, row, {"proposed_at": asked.now, "proposed_by": asked.person_id})


def hold_school(session: Session, school_id: str) -> None:
    """Lock a school’s row before any of its partnerships: the order of every write (`data.publishing`).

    Whoever changes partnerships of the school, or joins one, waits here: what is read next stays as it is.
    """
    session.execute(select(School.id).where(School.id == school_id).with_for_update(key_share=True))


def _update(session: Session, row: Row, changes: Mapping[str, object]) -> None:
    hold_school(session, row.school_id)
    unchanged = (
        Partnership.id == row.id,
        Partnership.status == row.state,
        Partnership.delivery_partner_id.is_not_distinct_from(row.delivery_partner_id),
    )
    if session.connection().execute(update(Partnership).where(*unchanged).values(changes)).rowcount != 1:
        raise Conflict


def say(
    session: Session, row: Row, kind: str, asked: Asked, details: Mapping[str, Detail] | None = None
) -> None:
    """Record what was done to a partnership."""
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind="partnership",
        record_id=row.id,
        request_id=asked.request_id,
        school_id=row.school_id,
        lead_provider_id=row.lead_provider_id,
        details=details,
    )


def keep_history(session: Session, partnership_id: str, delivery_partner_id: str, asked: Asked) -> None:
    """Note from now on which delivery partner the partnership has, if it hasn’t been noted.

    What was noted for now or later is replaced: outside production a request may ask from the past, or twice at once.
    """
    open_row = (
        PartnershipDeliveryPartner.partnership_id == partnership_id,
        PartnershipDeliveryPartner.to_at.is_(None),
    )
    noted = session.execute(select(PartnershipDeliveryPartner.delivery_partner_id).where(*open_row)).scalar()
    if noted == delivery_partner_id:
        return
    connection = session.connection()
    connection.execute(
        delete(PartnershipDeliveryPartner).where(
            PartnershipDeliveryPartner.partnership_id == partnership_id,
            PartnershipDeliveryPartner.from_at >= asked.now,
        )
    )
    connection.execute(
        update(PartnershipDeliveryPartner)
        .where(
            PartnershipDeliveryPartner.partnership_id == partnership_id,
            or_(PartnershipDeliveryPartner.to_at.is_(None), PartnershipDeliveryPartner.to_at > asked.now),
        )
        .values(to_at=asked.now)
    )
    store(
        session,
        PartnershipDeliveryPartner(
            partnership_id=partnership_id,
            from_at=asked.now,
            delivery_partner_id=delivery_partner_id,
            to_at=None,
        ),
    )


def hold_people(session: Session, partnership_id: str, asked: Asked) -> None:
    """Lock the training that waits on a partnership: before its school, because others come that way too."""
    waiting = select(TrainingRecord.id).where(*_waiting(partnership_id, asked)).order_by(TrainingRecord.id)
    session.execute(waiting.with_for_update(key_share=True))


def _waiting(partnership_id: str, asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """Whose training isn’t over: somebody about to leave still waits, and is told of as leaving then."""
    ends_on = TrainingRecord.finished_on
    return TrainingRecord.partnership_id == partnership_id, or_(ends_on.is_(None), ends_on >= asked.today)


def move_people(session: Session, from_: Row, to: str, asked: Asked) -> int:
    """Let everybody whose training waits on one partnership hang on another: one event each. Returns how many."""
    hold_school(session, from_.school_id)
    waiting = select(TrainingRecord.id).where(*_waiting(from_.id, asked))
    ids = session.execute(waiting.order_by(TrainingRecord.id)).scalars().all()
    if ids:
        # It is shown with the number of people waiting.
        session.connection().execute(
            update(Partnership).where(Partnership.id == from_.id).values(updated_at=PENDING)
        )
    for record_id in ids:
        session.connection().execute(
            update(TrainingRecord)
            .where(TrainingRecord.id == record_id, TrainingRecord.partnership_id == from_.id)
            .values(partnership_id=to)
        )
        record(
            session,
            at=asked.now,
            kind="training.attached",
            actor=asked.actor,
            record_kind="training_record",
            record_id=record_id,
            request_id=asked.request_id,
            school_id=from_.school_id,
            lead_provider_id=from_.lead_provider_id,
            details={"from": from_.id, "to": to},
        )
    return len(ids)
