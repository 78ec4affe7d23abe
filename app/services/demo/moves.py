"""What became of partnerships after a registration: the moves of the partnership table, each with one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.models import Partnership, PartnershipDeliveryPartner, SchoolChoice, TrainingRecord
from app.data.queries.events import Actor, record
from app.data.transaction import store
from app.domain.partnerships import Action, ChallengeReason, DeclineReason, State, next_state
from app.services import partnerships
from app.services.demo.schools import Place
from app.services.partnerships import Link
from app.services.registrations import Request

CONFIRMED_BY = "Partnership team (fictional)"
_EVENTS = {
    Action.CONFIRM: "partnership.confirmed",
    Action.DECLINE: "partnership.declined",
    Action.CHALLENGE: "partnership.challenged",
    Action.RETRACT: "partnership.retracted",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A partnership, who acts on it at the school, and when."""

    link: Link
    delivery_partner_id: str | None
    place: Place
    at: datetime


def confirm(session: Session, of: Subject) -> None:
    """The lead provider says yes."""
    identity = _move(
        session, of, Action.CONFIRM, confirmed_at=of.at, confirmed_by=CONFIRMED_BY, ever_active=True
    )
    row = PartnershipDeliveryPartner(
        partnership_id=identity, from_at=of.at, delivery_partner_id=of.delivery_partner_id, to_at=None
    )
    store(session, row)


def decline(session: Session, of: Subject, reason: DeclineReason) -> None:
    """The lead provider says no."""
    _move(session, of, Action.DECLINE, declined_at=of.at, declined_reason=reason.value)


def challenge(session: Session, of: Subject, reason: ChallengeReason) -> None:
    """The school says that a confirmed partnership is wrong."""
    _move(session, of, Action.CHALLENGE, challenged_at=of.at, challenged_reason=reason.value)


def name_partner(session: Session, of: Subject, delivery_partner_id: str) -> None:
    """The delivery partner that was to be confirmed is named: its people move, and the old row is retracted."""
    asked = Request(of.place.person_id, of.at, _request(of))
    named = partnerships.propose(session, of.link, delivery_partner_id, asked)
    confirm(session, Subject(of.link, delivery_partner_id, of.place, of.at))
    old = _move(session, of, Action.RETRACT, retracted_at=of.at)
    moving = select(TrainingRecord.id).where(TrainingRecord.partnership_id == old)
    people = tuple(session.connection().execute(moving.order_by(TrainingRecord.id)).scalars())
    changes = {"partnership_id": named}
    session.connection().execute(update(TrainingRecord).where(TrainingRecord.id.in_(people)).values(changes))
    for person in people:
        _record(session, of, "training.partnership_changed", "training_record", person)
    chosen = update(SchoolChoice).where(SchoolChoice.partnership_id == old)
    session.connection().execute(
        chosen.values(partnership_id=named, delivery_partner_id=delivery_partner_id, saved_at=of.at)
    )


def _move(session: Session, of: Subject, action: Action, **changes: object) -> str:
    """Move the partnership by the table. Returns its id. Raises Refused for a move that isn’t in it."""
    partner = Partnership.delivery_partner_id
    statement = select(Partnership.id, Partnership.status).where(
        Partnership.school_id == of.link.school_id,
        Partnership.lead_provider_id == of.link.lead_provider_id,
        Partnership.cohort == of.link.cohort,
        partner.is_(None) if of.delivery_partner_id is None else partner == of.delivery_partner_id,
    )
    identity, status = session.connection().execute(statement).one()
    values = {"status": next_state(action, State(status)).value, **changes}
    session.connection().execute(update(Partnership).where(Partnership.id == identity).values(values))
    by_school = action in (Action.CHALLENGE, Action.RETRACT)
    _record(session, of, _EVENTS[action], "partnership", identity, by_school=by_school)
    return str(identity)


def _record(
    session: Session, of: Subject, kind: str, record_kind: str, record_id: str, *, by_school: bool = False
) -> None:
    actor = Actor("person", of.place.person_id)
    record(
        session,
        at=of.at,
        kind=kind,
        actor=actor if by_school else Actor("lead_provider", of.link.lead_provider_id),
        record_kind=record_kind,
        record_id=record_id,
        request_id=_request(of),
        school_id=of.link.school_id,
        lead_provider_id=of.link.lead_provider_id,
    )


def _request(of: Subject) -> str:
    return f"demonstration-{of.link.cohort}"
