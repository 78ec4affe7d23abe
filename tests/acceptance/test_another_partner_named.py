"""The lead provider names another delivery partner than the school did. (School journey, “The LP names another DP”.)"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from app.data.models import Event, Partnership, PartnershipDeliveryPartner, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import challenging, shown, stories
from tests.support.challenging import Challenging, waiting_and_named
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

ECTS = f"/schools/{fixture.OAKFIELD_URN}/ects"
PARTNERSHIPS = f"/schools/{fixture.OAKFIELD_URN}/partnerships"
SAYS = "Northstar says your delivery partner is Bramble Trust Training"
NOON = datetime(2025, 9, 12, 11, tzinfo=UTC)


class Answering(Challenging):
    """A run that answers the lead provider."""

    path = "delivery-partner"


@pytest.fixture
def two(stored: Stored) -> tuple[str, str]:
    """The ids of the partnership that waits and of the one named."""
    waiting, named, rows = waiting_and_named()
    ids = waiting.id, named.id
    stored.store(*rows)
    return ids


@pytest.fixture
def going(client: InspectingClient, two: tuple[str, str]) -> Answering:
    """A run about the one that waits."""
    client.allow(*challenging.NAMES)
    return Answering(client, two[0])


def states(stored: Stored, two: tuple[str, str]) -> list[str]:
    rows = {row.id: row.status for row in stored.all(Partnership)}
    return [rows[each] for each in two]


def events(stored: Stored) -> list[str]:
    return sorted(each.kind for each in stored.all(Event))


def asks(page: Document) -> bool:
    return any(SAYS in notice for notice in shown.notices(page))


def test_yes_moves_everybody_who_waits_and_takes_the_proposal_back(
    client: InspectingClient, stored: Stored, two: tuple[str, str], going: Answering
) -> None:
    assert asks(client.see(ECTS))
    going.see()
    assert going.page.h1 == SAYS
    assert "You told us Alder Teaching School Hub for Ada Park and Ben Rowe." in going.page.text
    assert shown.options(going.page) == [
        "Yes, Bramble Trust Training",
        "No, it should be Alder Teaching School Hub",
        "I do not know",
    ]
    assert shown.hints(going.page) == {
        "No, it should be Alder Teaching School Hub": "We tell Northstar. Contact it as well"
    }
    client.submit(status=422)
    assert going.page.error_links == (("Select yes if Bramble Trust Training is right", "#is_it_right"),)
    going.answer(is_it_right="yes")
    assert shown.rows(going.page)["Delivery partner"] == "Bramble Trust Training"
    assert events(stored) == []
    page = going.send()
    assert page.h1 == "You have answered Northstar"
    assert "now train with Northstar and Bramble Trust Training" in page.text
    assert states(stored, two) == ["retracted", "active"]
    under = {row.partnership_id for row in stored.all(TrainingRecord) if row.id != fixture.RAVIS_TRAINING}
    assert under == {two[1]}
    assert len(stored.participants(fixture.NORTHSTAR)) == 2
    assert events(stored) == ["partnership.retracted", "training.attached", "training.attached"]
    assert not asks(client.see(ECTS))


def test_no_keeps_it_and_asks_the_lead_provider_again(
    client: InspectingClient, stored: Stored, two: tuple[str, str], going: Answering
) -> None:
    before = stored.one(Partnership, Partnership.id == two[0])
    going.answer(is_it_right="no")
    going.send()
    after = stored.one(Partnership, Partnership.id == two[0])
    assert states(stored, two) == ["proposed", "active"]
    assert after.updated_at > before.updated_at and after.proposed_at > before.proposed_at
    assert events(stored) == ["partnership.kept"]
    assert not asks(client.see(ECTS)), "it was answered"


def test_i_do_not_know_changes_nothing_and_is_asked_again(
    client: InspectingClient, stored: Stored, two: tuple[str, str], going: Answering
) -> None:
    page = going.answer(is_it_right="unknown")
    assert page.h1 == "Ask Northstar about your delivery partner"
    assert "ect@northstar.example" in page.text
    assert states(stored, two) == ["proposed", "active"] and events(stored) == []
    assert asks(client.see(ECTS))


def test_a_colleague_who_answered_first_is_enough(
    app: Flask, client: InspectingClient, stored: Stored, two: tuple[str, str], going: Answering
) -> None:
    going.answer(is_it_right="yes")
    path, form = stories.form_sent(client, going.confirm)
    colleague: InspectingClient = app.test_client()  # type: ignore[assignment]
    other = Answering(colleague, two[0], tutor=stories.second_tutor(stored))
    other.answer(is_it_right="no")
    other.send()
    client.post(path, data=form)
    assert client.follow().h1 == "You do not need to answer this now"
    assert states(stored, two) == ["proposed", "active"]
    assert events(stored) == ["partnership.kept"]


def test_a_second_delivery_partner_that_the_school_chose_itself_is_not_asked_about(
    client: InspectingClient, stored: Stored, two: tuple[str, str]
) -> None:
    asked = update(Partnership).where(Partnership.id == two[0]).values(proposed_at=NOON)
    stored.change(lambda session: session.connection().execute(asked))
    client.sign_in(fixture.OAKFIELD_TUTOR)
    assert not asks(client.see(ECTS))
    assert "Tell us if that is right" not in client.see(PARTNERSHIPS).text


def test_an_active_partnership_with_another_delivery_partner_is_told_of(
    client: InspectingClient, stored: Stored
) -> None:
    partnership = challenging.store_confirmed(stored)

    def change(session: object) -> None:
        connection = session.connection()  # type: ignore[attr-defined]
        connection.execute(update(PartnershipDeliveryPartner).values(to_at=NOON))
        connection.execute(
            update(Partnership)
            .where(Partnership.id == partnership)
            .values(delivery_partner_id=fixture.BRAMBLE_PARTNER)
        )

    stored.change(change)
    client.sign_in(fixture.OAKFIELD_TUTOR)
    page = client.see(ECTS)
    (notice,) = shown.notices(page)
    assert notice == (
        "Northstar changed your delivery partner from Alder Teaching School Hub to Bramble Trust Training on 12 "
        "September 2025."
    )
    assert shown.notice_links(page) == [PARTNERSHIPS]


def test_a_lead_provider_that_says_again_what_was_called_wrong_is_told_of(
    client: InspectingClient, stored: Stored
) -> None:
    partnership = challenging.store_confirmed(stored)
    when = {"challenged_at": datetime(2025, 9, 2, 9, tzinfo=UTC), "confirmed_at": NOON}
    said = update(Partnership).where(Partnership.id == partnership)
    stored.change(
        lambda session: session.connection().execute(said.values(challenged_reason="mistake", **when))
    )
    client.sign_in(fixture.OAKFIELD_TUTOR)
    page = client.see(ECTS)
    (notice,) = shown.notices(page)
    assert notice == (
        "Northstar has told us again that it works with your school through Alder Teaching School Hub. You said on 2 "
        "September 2025 that this was wrong. If it is right now, do nothing."
    )
    (link,) = page.all("a", cls="govuk-notification-banner__link")
    assert "tell us again" in text_of(link)
