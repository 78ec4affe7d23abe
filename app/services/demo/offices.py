"""People who don’t work at a school: one at each lead provider, and two who pay at DfE."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import LeadProvider, Person
from app.data.transaction import store
from app.domain.matching import fold


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at a lead provider, given by id, or at DfE without one. `email` is unique."""

    name: str
    email: str
    lead_provider_id: str | None = None


OFFICER = Desk("Finance officer at DfE (fictional)", "finance.officer@dfe.example")
MANAGER = Desk("Finance manager at DfE (fictional)", "finance.manager@dfe.example")
FINANCE = OFFICER, MANAGER
"""The first asks for payments, the second authorises them: nobody may do both."""


def store_desks(session: Session, at: datetime) -> int:
    """The people who aren’t there yet. Returns how many were added."""
    known = set(session.execute(select(Person.email)).scalars())
    new = [desk for desk in (*_at_providers(session), *FINANCE) if desk.email not in known]
    store(session, *(_person(desk, at) for desk in new))
    return len(new)


def payers(session: Session) -> tuple[str, str]:
    """The ids of who asks for payments and of who authorises them."""
    desks = session.execute(select(Person.email, Person.id).where(Person.kind == "dfe"))
    found = {row.email: row.id for row in desks}
    return found[OFFICER.email], found[MANAGER.email]


def _at_providers(session: Session) -> list[Desk]:
    statement = select(LeadProvider.id, LeadProvider.name).where(LeadProvider.fictional)
    return [
        Desk(
            f"Partnership manager at {name} (fictional)",
            f"partnerships@{fold(name).replace(' ', '-')}.example",
            identity,
        )
        for identity, name in session.execute(statement.order_by(LeadProvider.name_key))
    ]


def _person(desk: Desk, at: datetime) -> Person:
    return Person(
        id=new_id(),
        name=desk.name,
        email=desk.email,
        kind="lead_provider" if desk.lead_provider_id else "dfe",
        demo=True,
        lead_provider_id=desk.lead_provider_id,
        created_at=at,
    )
