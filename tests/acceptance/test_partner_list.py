"""Acceptance cases 5 to 7 of the school journey: choosing from the list, and leaving it to the lead provider."""

from __future__ import annotations

import pytest

from app.data.models import SchoolChoice
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

ALDER, BRAMBLE, QUARRY, ST_OSWINS = (
    "Alder Teaching School Hub",
    "Bramble Trust Training",
    "Quarry Teaching Hub",
    "St Oswin's Hub",
)
WAYS_OUT = ["My delivery partner is not in this list", "I do not know"]
SEVERAL = (
    "Five Rivers Hub runs training under more than one name Choose the one your school works with. If you are not "
    "sure, ask Five Rivers Hub or choose “I do not know”."
)
TO_BE_CONFIRMED = (
    "You can register Aoife O'Brien now. We pass your choice to {LP}, and it agrees a delivery partner with your "
    "school. The name will then show on your ECTs page. To find out sooner, contact {LP}: {contact}."
)


# -------------------------------------------------------------------- case 5: a look-alike without a link


def test_case_5_a_look_alike_is_an_ordinary_option_without_any_claim(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("lead_provider", appropriate_body=fixture.QUARRY_BODY)
    page = going.answer(lead_provider=fixture.NORTHSTAR)
    assert going.at == "delivery_partner"
    assert shown.options(page) == [ALDER, BRAMBLE, QUARRY, ST_OSWINS, *WAYS_OUT]
    assert shown.hints(page) == {}
    assert shown.notices(page) == []
    assert "Part of" not in page.text


def test_case_5_nothing_is_preselected_and_quarry_is_stored_only_when_chosen(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    page = going.to("delivery_partner", appropriate_body=fixture.QUARRY_BODY)
    assert shown.chosen(page) == []
    going.refused()
    page = going.to("check_answers", delivery_partner=fixture.QUARRY_PARTNER)
    assert shown.rows(page)["Delivery partner"] == QUARRY
    going.send()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert made.delivery_partner_id == fixture.QUARRY_PARTNER


# ---------------------------------------------------------------------- case 6: one body, two partners


def test_case_6_a_body_with_two_partners_leads_straight_to_the_list(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("lead_provider", appropriate_body=fixture.FIVE_RIVERS_BODY)
    page = going.answer(lead_provider=fixture.TEACH_FORWARD)
    assert going.at == "delivery_partner"
    assert shown.options(page) == ["Five Rivers North", "Five Rivers South", ST_OSWINS, *WAYS_OUT]
    part = "Part of Five Rivers Teaching School Hub, your appropriate body"
    assert shown.hints(page) == {"Five Rivers North": part, "Five Rivers South": part}
    assert shown.notices(page) == [SEVERAL]


def test_case_6_with_souths_pairing_closed_the_yes_or_no_names_north(
    client: InspectingClient, stored: Stored
) -> None:
    stories.close_pairing(stored, fixture.TEACH_FORWARD, fixture.FIVE_RIVERS_SOUTH)
    going = Registering(client)
    page = going.to(
        "same_organisation",
        appropriate_body=fixture.FIVE_RIVERS_BODY,
        lead_provider=fixture.TEACH_FORWARD,
    )
    assert shown.options(page)[0] == "Yes, Five Rivers North"
    assert shown.hints(page) == {
        "Yes, Five Rivers North": "Five Rivers Teaching School Hub trains as Five Rivers North"
    }
    going.to("check_answers")
    going.send()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert made.delivery_partner_id == fixture.FIVE_RIVERS_NORTH


# ------------------------------------------------------------- case 7: no delivery partners, or not listed


def test_case_7_a_lead_provider_without_partners_will_confirm_one(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("lead_provider")
    page = going.answer(lead_provider=fixture.LANTERN)
    assert going.at == "partner_to_be_confirmed"
    assert page.h1 == "Lantern will confirm the delivery partner"
    assert (
        "Lantern has not told us which delivery partners it works with in 2025 to 2026. "
        + TO_BE_CONFIRMED.format(LP="Lantern", contact="ect@lantern.example")
        in page.text
    )
    assert "You do not need to know this yet." not in page.text
    assert "If yours is missing" not in page.text


def test_case_7_confirming_stores_a_proposal_without_a_partner(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    page = going.to("check_answers", lead_provider=fixture.LANTERN)
    assert shown.rows(page)["Delivery partner"] == "Lantern will confirm this"
    assert shown.changes(page)["delivery partner"] == "lead-provider"
    page = going.send()
    assert "Lantern will agree a delivery partner with your school." in page.text
    (proposal,) = stored.proposals(fixture.LANTERN)
    assert (proposal.delivery_partner_id, proposal.status, proposal.participants_waiting) == (
        None,
        "proposed",
        1,
    )
    assert stored.confirmed(fixture.LANTERN) == []


def test_case_7_not_in_the_list_of_northstar_does_the_same(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    page = going.to("partner_to_be_confirmed", same_organisation="no", delivery_partner="not_listed")
    assert page.h1 == "Northstar will confirm the delivery partner"
    assert (
        "The list has every delivery partner that works with Northstar in 2025 to 2026. If yours is missing, you "
        "may have a different lead provider." in page.text
    )
    assert page.link("Check the lead provider") == going.address("lead_provider")
    going.confirm()
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.delivery_partner_id, proposal.status) == (None, "proposed")
    assert stored.one(SchoolChoice).delivery_partner_id is None


def test_case_7_a_second_one_not_listed_joins_the_same_proposal(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm(lead_provider=fixture.LANTERN)
    going = Registering(client)
    going.confirm(trn=fixture.ZOE_TRN, email="zoe@example.com", lead_provider=fixture.LANTERN)
    (proposal,) = stored.proposals(fixture.LANTERN)
    assert proposal.participants_waiting == 2
