"""What others do while a registration is under way: other tabs, other tutors, lead providers, DfE staff.

Acts that have no page yet (a lead provider’s word, a school’s challenge) are the conditional updates they will be.
"""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data.models import (
    AppropriateBody,
    LeadProvider,
    LeadProviderCohort,
    Pairing,
    Partnership,
    PartnershipDeliveryPartner,
    Person,
    SchoolMembership,
)
from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.document import values_of
from tests.support.registering import Registering
from tests.support.stored import Stored

ZOE = {"trn": acceptance.ZOE_TRN, "email": "zoe@example.com"}
AMELIA = {"trn": "3002001", "email": "amelia@example.com"}
SECOND_TUTOR = "00000005-0000-7000-8000-000000000009"
REGISTER = "Register an ECT"


def second_tutor(stored: Stored, school_id: str = acceptance.OAKFIELD, name: str = "Dev Anand") -> str:
    """Another person at a school; returns their id."""
    at = acceptance.LOADED_AT
    person = Person(
        id=SECOND_TUTOR,
        name=name,
        email="second.tutor@example.com",
        kind="school",
        demo=True,
        created_at=at,
        updated_at=at,
    )
    stored.store(person, SchoolMembership(person_id=SECOND_TUTOR, school_id=school_id))
    return SECOND_TUTOR


def tab(going: Registering) -> Registering:
    """The same run in another tab of the same browser."""
    other = copy(going)
    other.client = going.client.application.test_client()  # type: ignore[assignment]
    cookie = going.client.get_cookie("session")
    assert cookie is not None
    other.client.set_cookie("session", cookie.value)
    return other


def tab_with_another(going: Registering) -> Registering:
    """A new run in another tab of the same browser."""
    other = tab(going)
    other.client.see(f"/schools/{going.urn}/ects")
    other.client.submit(REGISTER)
    other.client.follow()
    other.base = other.client.last_path.rsplit("/", 1)[0]
    return other


def form_sent(client: InspectingClient, button: str = "") -> tuple[str, dict[str, str]]:
    """The address and the fields that pressing the button of the page last seen would send."""
    form = client.page.form(button=button)
    return form.get("action") or client.last_path, dict(values_of(client.page, form))


# ---------------------------------------------------------------------------------------- partnerships


def say_yes(
    stored: Stored, partnership_id: str, at: datetime = datetime(2025, 9, 15, 9, 30, tzinfo=UTC)
) -> None:
    """The lead provider confirms a proposal."""

    def work(session: Session) -> None:
        proposed = Partnership.id == partnership_id, Partnership.status == "proposed"
        row = session.query(Partnership).filter(*proposed).one()
        history = PartnershipDeliveryPartner(
            partnership_id=row.id, from_at=at, delivery_partner_id=row.delivery_partner_id, to_at=None
        )
        changes = {"confirmed_at": at, "confirmed_by": "Kim Osei", "ever_active": True}
        _move(session, partnership_id, "proposed", "active", changes)
        session.add(history)

    stored.change(work)


def say_no(stored: Stored, partnership_id: str, reason: str, at: datetime) -> None:
    """The lead provider declines a proposal."""
    changes = {"declined_at": at, "declined_reason": reason}
    stored.change(lambda session: _move(session, partnership_id, "proposed", "declined", changes))


def call_wrong(stored: Stored, partnership_id: str, reason: str, at: datetime) -> None:
    """The school challenges a partnership."""
    changes = {"challenged_at": at, "challenged_reason": reason}
    stored.change(lambda session: _move(session, partnership_id, "active", "challenged", changes))


def _move(session: Session, identity: str, before: str, after: str, changes: dict[str, Any]) -> None:
    statement = update(Partnership).where(Partnership.id == identity, Partnership.status == before)
    moved = session.connection().execute(statement.values(status=after, **changes))
    assert moved.rowcount == 1, f"the partnership isn’t {before}"


# ---------------------------------------------------------------------------------------- organisations


def close_pairing(stored: Stored, provider: str, partner: str, year: int = 2025) -> None:
    """DfE staff close a pairing from today."""
    which = (
        Pairing.lead_provider_id == provider,
        Pairing.delivery_partner_id == partner,
        Pairing.cohort == year,
    )
    _change(stored, update(Pairing).where(*which).values(closed_on=date(2025, 9, 15)))


def close_place(stored: Stored, provider: str, year: int = 2025) -> None:
    """DfE staff close a lead provider’s place in a cohort from today."""
    which = LeadProviderCohort.lead_provider_id == provider, LeadProviderCohort.cohort == year
    _change(stored, update(LeadProviderCohort).where(*which).values(closed_on=date(2025, 9, 15)))


def make_inactive(stored: Stored, model: type[LeadProvider] | type[AppropriateBody], identity: str) -> None:
    """An organisation stops."""
    _change(stored, update(model).where(model.id == identity).values(active=False))


def _change(stored: Stored, statement: Any) -> None:
    def work(session: Session) -> None:
        assert session.connection().execute(statement).rowcount == 1

    stored.change(work)
