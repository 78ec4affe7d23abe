"""Acceptance case 10: an answer carries what it was about, and counts only while that is asked."""

from __future__ import annotations

import pytest

from app.data.models import SchoolChoice
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.client import InspectingClient
from tests.support.document import values_of
from tests.support.registering import CONFIRM, Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

ALDER = "Alder Teaching School Hub"
PART_OF_ALDER = f"{ALDER} · Part of {ALDER}, your appropriate body"
AGAIN = (
    "Choose a delivery partner again You changed the lead provider to Teach Forward. Alder Teaching School Hub was "
    "your choice with Northstar."
)
CHANGED = (
    "Your answers have changed Someone, or you in another tab, changed an answer after this page was opened. Check the "
    "answers again before you register Aoife O'Brien."
)
OTHER_BODY = (
    "Check the delivery partner again You changed the appropriate body, so your answer about Alder Teaching School "
    "Hub no longer counts."
)


@pytest.fixture
def said_yes(client: InspectingClient) -> Registering:
    """At check answers with Northstar and Alder, by “yes”."""
    going = Registering(client)
    going.to("check_answers")
    return going


@pytest.fixture
def said_no(client: InspectingClient) -> Registering:
    """At check answers with Northstar and St Oswin’s, by “no” to Alder."""
    going = Registering(client)
    going.to("check_answers", same_organisation="no", delivery_partner=fixture.ST_OSWINS)
    return going


# ------------------------------------------------------------------------------------ another lead provider


def test_case_10_a_new_lead_provider_asks_for_one_of_its_delivery_partners(said_yes: Registering) -> None:
    said_yes.change("lead provider")
    page = said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    assert said_yes.at == "delivery_partner"
    assert shown.options(page)[:3] == ["Five Rivers North", "Five Rivers South", "St Oswin's Hub"]
    assert shown.chosen(page) == []
    assert shown.notices(page) == [AGAIN]


def test_case_10_then_check_answers_shows_only_the_new_choice(said_yes: Registering, stored: Stored) -> None:
    said_yes.change("lead provider")
    said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    page = said_yes.answer(delivery_partner=fixture.FIVE_RIVERS_NORTH)
    assert said_yes.at == "check_answers"
    assert shown.rows(page)["Lead provider"] == "Teach Forward"
    assert shown.rows(page)["Delivery partner"] == "Five Rivers North"
    assert shown.changes(page)["delivery partner"] == "delivery-partner"
    said_yes.send()
    assert stored.proposals(fixture.NORTHSTAR) == []
    (proposal,) = stored.proposals(fixture.TEACH_FORWARD)
    assert proposal.delivery_partner_id == fixture.FIVE_RIVERS_NORTH


def test_case_10_check_answers_cannot_be_reached_before_a_partner_is_chosen(said_yes: Registering) -> None:
    said_yes.change("lead provider")
    said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    said_yes.see("check_answers")
    assert said_yes.at == "delivery_partner"


def test_case_10_a_stale_confirm_saves_nothing(said_yes: Registering, stored: Stored) -> None:
    client, address = said_yes.client, said_yes.address("check_answers")
    stale = dict(values_of(said_yes.page, said_yes.page.form(button=CONFIRM)))
    said_yes.change("lead provider")
    said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    counts = stored.counts()
    client.post(address, data=stale, status=303)
    page = client.follow()
    assert said_yes.at == "delivery_partner"
    assert AGAIN in shown.notices(page)
    assert stored.counts() == counts
    assert stored.run(said_yes.reference).status == "open"


def test_case_10_a_stale_confirm_after_everything_is_answered_again_saves_nothing(
    said_yes: Registering, stored: Stored
) -> None:
    client, address = said_yes.client, said_yes.address("check_answers")
    stale = dict(values_of(said_yes.page, said_yes.page.form(button=CONFIRM)))
    said_yes.change("lead provider")
    said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    said_yes.answer(delivery_partner=fixture.FIVE_RIVERS_NORTH)
    counts = stored.counts()
    client.post(address, data=stale, status=303)
    page = client.follow()
    assert said_yes.at == "check_answers"
    assert shown.notices(page) == [CHANGED]
    assert shown.rows(page)["Delivery partner"] == "Five Rivers North"
    assert stored.counts() == counts
    assert stored.run(said_yes.reference).status == "open"


def test_case_10_choosing_northstar_again_keeps_everything(said_yes: Registering, stored: Stored) -> None:
    before = shown.rows(said_yes.page)
    said_yes.change("lead provider")
    said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    said_yes.see("lead_provider")
    page = said_yes.answer(lead_provider=fixture.NORTHSTAR, changing="yes")
    assert said_yes.at == "check_answers"
    assert shown.rows(page) == before
    assert before["Delivery partner"] == PART_OF_ALDER
    said_yes.send()
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert proposal.delivery_partner_id == fixture.ALDER_PARTNER


def test_case_10_choosing_northstar_again_from_check_answers_keeps_the_yes(said_yes: Registering) -> None:
    said_yes.change("lead provider")
    said_yes.answer(lead_provider=fixture.TEACH_FORWARD)
    said_yes.answer(delivery_partner=fixture.FIVE_RIVERS_NORTH)
    said_yes.change("lead provider")
    page = said_yes.answer(lead_provider=fixture.NORTHSTAR)
    assert said_yes.at == "check_answers"
    assert shown.rows(page)["Delivery partner"] == PART_OF_ALDER


# --------------------------------------------------------------------------------- another appropriate body


def test_case_10_another_body_unhears_yes(said_yes: Registering) -> None:
    said_yes.change("appropriate body")
    page = said_yes.answer(appropriate_body=fixture.BRAMBLE_BODY)
    assert said_yes.at == "same_organisation"
    assert page.h1 == "Will Bramble Hub also be the delivery partner for Aoife O'Brien’s training?"
    assert shown.chosen(page) == []
    assert shown.notices(page) == [OTHER_BODY]


def test_case_10_another_body_unhears_no(said_no: Registering) -> None:
    said_no.change("appropriate body")
    page = said_no.answer(appropriate_body=fixture.BRAMBLE_BODY)
    assert said_no.at == "same_organisation"
    assert shown.chosen(page) == []
    assert shown.notices(page) == [OTHER_BODY]


def test_case_10_a_body_without_a_partner_unhears_yes_and_asks_for_one(said_yes: Registering) -> None:
    said_yes.change("appropriate body")
    page = said_yes.answer(appropriate_body=fixture.QUARRY_BODY)
    assert said_yes.at == "delivery_partner"
    assert shown.options(page)[0] == ALDER
    assert shown.chosen(page) == []
    assert shown.notices(page) == [OTHER_BODY]


@pytest.mark.parametrize("body", [fixture.BRAMBLE_BODY, fixture.QUARRY_BODY, fixture.FIVE_RIVERS_BODY])
def test_case_10_returning_to_the_body_restores_yes(said_yes: Registering, stored: Stored, body: str) -> None:
    before = shown.rows(said_yes.page)
    said_yes.change("appropriate body")
    said_yes.answer(appropriate_body=body)
    said_yes.see("appropriate_body")
    page = said_yes.answer(appropriate_body=fixture.ALDER_BODY, changing="yes")
    assert said_yes.at == "check_answers"
    assert shown.rows(page) == before
    assert shown.notices(page) == []
    said_yes.send()
    assert stored.one(SchoolChoice).delivery_partner_id == fixture.ALDER_PARTNER


def test_case_10_returning_to_the_body_restores_no_and_the_choice_after_it(
    said_no: Registering, stored: Stored
) -> None:
    before = shown.rows(said_no.page)
    said_no.change("appropriate body")
    said_no.answer(appropriate_body=fixture.BRAMBLE_BODY)
    said_no.see("appropriate_body")
    page = said_no.answer(appropriate_body=fixture.ALDER_BODY, changing="yes")
    assert said_no.at == "check_answers"
    assert shown.rows(page) == before
    assert shown.changes(page)["delivery partner"] == "same-organisation"
    said_no.send()
    assert stored.one(SchoolChoice).delivery_partner_id == fixture.ST_OSWINS


# ------------------------------------------------------------------------------------ chosen from the list


def test_case_10_a_partner_from_the_list_counts_while_the_page_would_offer_it(said_no: Registering) -> None:
    said_no.change("lead provider")
    page = said_no.answer(lead_provider=fixture.TEACH_FORWARD)
    assert said_no.at == "check_answers"
    assert shown.rows(page)["Delivery partner"] == "St Oswin's Hub"
    assert shown.rows(page)["Lead provider"] == "Teach Forward"


def test_case_10_a_partner_from_the_list_does_not_count_where_the_page_would_not_offer_it(
    client: InspectingClient,
) -> None:
    going = Registering(client)
    going.to("check_answers", same_organisation="no", delivery_partner=fixture.BRAMBLE_PARTNER)
    going.change("lead provider")
    page = going.answer(lead_provider=fixture.TEACH_FORWARD)
    assert going.at == "delivery_partner"
    assert shown.chosen(page) == []
    assert shown.notices(page) == [AGAIN.replace(ALDER, "Bramble Trust Training")]


def test_case_10_a_partner_from_the_list_counts_with_another_body(said_no: Registering) -> None:
    said_no.change("appropriate body")
    page = said_no.answer(appropriate_body=fixture.QUARRY_BODY)
    assert said_no.at == "check_answers"
    assert shown.rows(page)["Delivery partner"] == "St Oswin's Hub"
    assert shown.changes(page)["delivery partner"] == "delivery-partner"


def test_case_10_saying_no_after_a_partner_from_the_list_leaves_out_the_one_refused(
    client: InspectingClient,
) -> None:
    going = Registering(client)
    going.to("check_answers", appropriate_body=fixture.QUARRY_BODY, delivery_partner=fixture.ALDER_PARTNER)
    going.change("appropriate body")
    going.answer(appropriate_body=fixture.ALDER_BODY)
    assert going.at == "same_organisation"
    page = going.answer(same_organisation="no")
    assert going.at == "delivery_partner"
    assert shown.chosen(page) == []
    assert ALDER not in shown.options(page)


def test_case_10_school_led_unhears_the_lead_provider_and_all_after_it(
    said_yes: Registering, stored: Stored
) -> None:
    said_yes.change("training")
    page = said_yes.answer(programme="school_led")
    assert said_yes.at == "check_answers"
    assert set(shown.rows(page)) & {"Lead provider", "Delivery partner"} == set()
    assert "We do not tell any training organisation." in page.text
    page = said_yes.send()
    assert "Your school can start Aoife O'Brien’s training." in page.text
    assert stored.partnerships(fixture.OAKFIELD) == ()
    choice = stored.one(SchoolChoice)
    assert (choice.programme, choice.lead_provider_id, choice.delivery_partner_id) == (
        "school_led",
        None,
        None,
    )
