"""Acceptance case 16 of the school journey: a pairing or a place closes between check answers and the button."""

from __future__ import annotations

import pytest

from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

KEPT = "This changed while you were registering Aoife O'Brien. Nothing has been sent."


def test_a_pairing_closed_before_the_button_leads_back_to_the_list_with_all_else_kept(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    kept, counts = stored.answers(going.reference), stored.counts()
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ALDER_PARTNER)
    going.send()
    assert going.at == "delivery_partner"
    (notice,) = shown.notices(going.page)
    assert notice.startswith("Alder Teaching School Hub no longer works with Northstar in 2025 to 2026")
    assert f"{KEPT} Choose another delivery partner. We kept your other answers." in notice
    assert "Alder Teaching School Hub" not in shown.options(going.page)
    assert (stored.counts(), stored.answers(going.reference)) == (counts, kept)
    assert stored.proposals(fixture.NORTHSTAR) == []
    going.answer(delivery_partner=fixture.ST_OSWINS)
    assert going.at == "check_answers"
    assert shown.rows(going.page)["Email address"] == "aoife@example.com"
    going.send()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert (made.delivery_partner_name, made.status) == ("St Oswin's Hub", "proposed")


def test_a_pairing_of_the_partner_chosen_from_the_list_closed_asks_for_another(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers", same_organisation="no")
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ST_OSWINS)
    counts = stored.counts()
    going.send()
    assert going.at == "delivery_partner"
    notices = shown.notices(going.page)
    assert any(
        notice.startswith("St Oswin's Hub no longer works with Northstar in 2025 to 2026")
        for notice in notices
    )
    assert shown.chosen(going.page) == []
    assert stored.counts() == counts


def test_a_lead_providers_place_closed_before_the_button_leads_back_to_the_lead_providers(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    kept, counts = stored.answers(going.reference), stored.counts()
    stories.close_place(stored, fixture.NORTHSTAR)
    going.send()
    assert going.at == "lead_provider"
    (notice,) = shown.notices(going.page)
    assert notice.startswith("Northstar is no longer training ECTs who start in 2025 to 2026")
    assert f"{KEPT} Choose another lead provider. We kept your other answers." in notice
    assert "Northstar" not in shown.options(going.page)
    assert (stored.counts(), stored.answers(going.reference)) == (counts, kept)
    going.answer(lead_provider=fixture.TEACH_FORWARD)
    assert going.at == "delivery_partner"
    assert shown.chosen(going.page) == []
    going.answer(delivery_partner=fixture.ST_OSWINS)
    assert going.at == "check_answers"
    assert shown.rows(going.page)["Working pattern"] == "Full time"


def test_a_partnership_the_school_has_goes_on_but_is_not_joined_after_its_pairing_closed(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    going = Registering(client)
    going.to("check_answers", **stories.ZOE)
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ALDER_PARTNER)
    going.send()
    assert going.at == "delivery_partner"
    (still,) = stored.partnerships(fixture.OAKFIELD)
    assert (still.id, still.status, still.ects) == (made.id, "proposed", 1)


def test_a_page_opened_after_the_pairing_closed_says_the_same_without_the_button(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ALDER_PARTNER)
    going.see("check_answers")
    assert going.at == "delivery_partner"
    assert KEPT in shown.notices(going.page)[0]


def test_previous_choices_that_fell_before_the_button_are_asked_for_again(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    going = Registering(client)
    going.to("check_answers", **stories.ZOE, previous_choices="yes")
    counts = stored.counts()
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ALDER_PARTNER)
    going.send()
    assert going.at == "appropriate_body"
    (notice,) = shown.notices(going.page)
    assert notice.startswith("You cannot use the same training as last time any more")
    assert "Nothing has been sent." in notice
    assert stored.counts() == counts
