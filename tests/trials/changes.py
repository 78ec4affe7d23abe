"""What others do to the records while somebody answers: closing, reopening, linking, confirming, declining."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Cohort, LeadProviderCohort, OrganisationLink, Pairing, Partnership
from app.data.transaction import store
from tests.support.acceptance import ALDER_PARTNER, BODY_NAMES, DELIVERY_PARTNER_NAMES, NORTHSTAR
from tests.trials.answers import Pick
from tests.trials.expected import Training

Change = Callable[[Session, Pick, datetime], None]


def close_pairing(session: Session, pick: Pick, now: datetime) -> None:
    """A pairing ends, or is opened again."""
    _turn(session, Pairing, pick, now.date())


def close_place(session: Session, pick: Pick, now: datetime) -> None:
    """A lead provider leaves a cohort, or comes back."""
    _turn(session, LeadProviderCohort, pick, now.date())


def _turn(session: Session, table: type[Pairing] | type[LeadProviderCohort], pick: Pick, today: date) -> None:
    keys = list(table.__table__.primary_key.columns)
    chosen = pick(session.execute(select(table).order_by(*keys)).scalars().all())
    chosen.closed_on = None if chosen.closed_on else today


def end_link(session: Session, pick: Pick, now: datetime) -> None:
    """A body and a partner are no longer one organisation."""
    open_ones = (
        select(OrganisationLink).where(OrganisationLink.ended_at.is_(None)).order_by(OrganisationLink.id)
    )
    if found := session.execute(open_ones).scalars().all():
        pick(found).ended_at = now


def link(session: Session, pick: Pick, now: datetime) -> None:
    """A body and a partner turn out to be one organisation."""
    body, partner = pick(tuple(BODY_NAMES)), pick(tuple(DELIVERY_PARTNER_NAMES))
    there = select(OrganisationLink).where(
        OrganisationLink.appropriate_body_id == body,
        OrganisationLink.delivery_partner_id == partner,
        OrganisationLink.ended_at.is_(None),
    )
    if session.execute(there).first() is None:
        row = OrganisationLink(id=new_id(), appropriate_body_id=body, delivery_partner_id=partner)
        row.decided_by, row.decided_at, row.note = "Asha Begum", now, "Told us by telephone"
        session.add(row)


def answer_partnership(session: Session, pick: Pick, now: datetime) -> None:
    """A lead provider confirms or declines a proposal; a school says that a confirmed one is wrong."""
    found = session.execute(select(Partnership).order_by(Partnership.id)).scalars().all()
    row = pick(found)
    if row.status == "active":
        values = {"status": "challenged", "challenged_at": now, "challenged_reason": "mistake"}
    elif row.status != "proposed":
        return
    elif row.delivery_partner_id is None or pick((True, False)):
        values = {"status": "declined", "declined_at": now, "declined_reason": "no_agreement"}
    else:
        values = {"status": "active", "confirmed_at": now, "confirmed_by": "Kim Osei", "ever_active": True}
    session.execute(update(Partnership).where(Partnership.id == row.id).values(values))


def close_this(session: Session, trained: Training, now: datetime) -> None:
    """The very pairing that somebody chose ends; the lead provider’s place where no partner was named."""
    place = {"lead_provider_id": trained.lead_provider, "cohort": trained.cohort}
    table, key = (LeadProviderCohort, place)
    if trained.partner is not None:
        table, key = (Pairing, {**place, "delivery_partner_id": trained.partner})  # type: ignore[assignment]
    session.get_one(table, key).closed_on = now.date()


def open_next_year(session: Session) -> None:
    """Cohort 2026 opens early, with Northstar and Alder only. (School journey, case 11.)"""
    session.get_one(Cohort, 2026).opened_on = date(2025, 9, 1)
    place = {"lead_provider_id": NORTHSTAR, "cohort": 2026}
    store(session, LeadProviderCohort(**place))
    store(session, Pairing(**place, delivery_partner_id=ALDER_PARTNER))


CHANGES: tuple[Change, ...] = (close_pairing, close_place, end_link, link, answer_partnership)
