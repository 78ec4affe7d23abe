"""What a school and a lead provider do to a partnership. Each is a conditional update and one event.

The moves themselves are the table in `app.domain.partnerships`. (School journey, “Partnership records”; Trust, 2.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Partnership
from app.data.queries.events import Actor, record
from app.data.transaction import store
from app.domain.partnerships import LIVE, Action, State, next_state
from app.services.partnerships.moving import Conflict, hold_school


class SchoolAsks(Protocol):
    """Who asks, when, and in which request."""

    @property
    def person_id(self) -> str:
        """The person at the school."""

    @property
    def now(self) -> datetime:
        """The moment, in UTC."""

    @property
    def request_id(self) -> str:
        """The request."""


@dataclass(frozen=True, slots=True)
class Link:
    """A school, a lead provider and a cohort: all of a partnership but its delivery partner."""

    school_id: str
    lead_provider_id: str
    cohort: int


def propose(session: Session, link: Link, delivery_partner_id: str | None, asked: SchoolAsks) -> str:
    """The partnership that a new registration belongs to: joined when it is live, else proposed. Returns its id.

    One row per school, lead provider, delivery partner and cohort: a challenged, declined or retracted one is proposed
    again, the same row. Raises Conflict when it changed meanwhile; IntegrityError for an ineligible delivery partner.
    """
    hold_school(session, link.school_id)
    partner = (
        Partnership.delivery_partner_id.is_(None)
        if delivery_partner_id is None
        else Partnership.delivery_partner_id == delivery_partner_id
    )
    found = session.execute(
        select(Partnership.id, Partnership.status).where(
            Partnership.school_id == link.school_id,
            Partnership.lead_provider_id == link.lead_provider_id,
            Partnership.cohort == link.cohort,
            partner,
        )
    ).one_or_none()
    if found is None:
        return _add(session, link, delivery_partner_id, asked)
    if State(found.status) in LIVE:
        return str(found.id)
    _propose_again(session, link, str(found.id), State(found.status), asked)
    return str(found.id)


def _add(session: Session, link: Link, delivery_partner_id: str | None, asked: SchoolAsks) -> str:
    row = Partnership(
        id=new_id(),
        school_id=link.school_id,
        lead_provider_id=link.lead_provider_id,
        delivery_partner_id=delivery_partner_id,
        cohort=link.cohort,
        status=next_state(Action.PROPOSE, None),
        proposed_at=asked.now,
        proposed_by=asked.person_id,
        ever_active=False,
        created_at=asked.now,
    )
    store(session, row)
    _proposed(session, link, row.id, asked)
    return row.id


def _propose_again(
    session: Session, link: Link, partnership_id: str, state: State, asked: SchoolAsks
) -> None:
    changes = {
        "status": next_state(Action.PROPOSE, state),
        "proposed_at": asked.now,
        "proposed_by": asked.person_id,
    }
    statement = update(Partnership).where(Partnership.id == partnership_id, Partnership.status == state)
    if session.connection().execute(statement.values(changes)).rowcount != 1:
        raise Conflict
    _proposed(session, link, partnership_id, asked)


def _proposed(session: Session, link: Link, partnership_id: str, asked: SchoolAsks) -> None:
    record(
        session,
        at=asked.now,
        kind="partnership.proposed",
        actor=Actor("person", asked.person_id),
        record_kind="partnership",
        record_id=partnership_id,
        request_id=asked.request_id,
        school_id=link.school_id,
        lead_provider_id=link.lead_provider_id,
    )
