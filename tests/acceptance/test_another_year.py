"""Acceptance case 11 of the school journey: a new start date that moves somebody into another year."""

from __future__ import annotations

from datetime import date

import pytest

from app.data.models import EctPeriod, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.client import InspectingClient
from tests.support.document import values_of
from tests.support.registering import CONFIRM, Registering, day
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

WORDS_FOR_2026 = (
    "Bramble Trust Training does not work with Northstar in 2026 to 2027 The new start date moves Aoife O'Brien into "
    "2026 to 2027. Choose a delivery partner for that year."
)
NOT_IN_2026 = (
    "Teach Forward does not train ECTs who start in 2026 to 2027 The new start date moves Aoife O'Brien into 2026 to "
    "2027. Choose a lead provider for that year."
)
WAYS_OUT = ["My delivery partner is not in this list", "I do not know"]


# -------------------------------------------------------------------------------------- case 11: 2026 closed


def test_case_11_a_start_in_a_year_not_open_says_cannot_register_yet(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    counts = stored.counts()
    going.change("start date")
    page = going.answer(**day(1, 6, 2026))
    assert going.at == "cannot_register_yet"
    assert page.h1 == "You cannot register Aoife O'Brien yet"
    assert (
        "They start on 1 June 2026, and registration for 2026 to 2027 is not open. We have kept your answers until "
        "15 October 2025." in page.text
    )
    assert page.link("Back to your ECTs") == f"/schools/{fixture.OAKFIELD_URN}/ects"
    assert page.link("Change the start date") == going.address("start_date")
    assert stored.counts() == counts


def test_case_11_a_stale_confirm_saves_nothing_then(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    page = going.to("check_answers")
    stale, counts = dict(values_of(page, page.form(button=CONFIRM))), stored.counts()
    going.change("start date")
    going.answer(**day(1, 6, 2026))
    for version in (stale["version"], str(stored.run(going.reference).version)):
        client.post(going.address("check_answers"), data={**stale, "version": version}, status=303)
        client.follow()
        assert going.at == "cannot_register_yet"
    assert stored.counts() == counts
    assert stored.run(going.reference).status == "open"


def test_case_11_changing_the_date_back_keeps_every_other_answer(client: InspectingClient) -> None:
    going = Registering(client)
    before = shown.rows(going.to("check_answers"))
    going.change("start date")
    page = going.answer(**day(1, 6, 2026))
    client.see(page.link("Change the start date"))
    page = going.answer(**day(2, 9, 2025), changing="yes")
    assert going.at == "check_answers"
    assert shown.rows(page) == {**before, "Start date": "2 September 2025"}


# ---------------------------------------------------------------------------------------- case 11: 2026 open


@pytest.mark.usefixtures("open_2026")
def test_case_11_an_earlier_bramble_must_be_chosen_again_and_the_page_says_why(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers", appropriate_body=fixture.QUARRY_BODY, delivery_partner=fixture.BRAMBLE_PARTNER)
    going.change("start date")
    page = going.answer(**day(1, 6, 2026))
    assert going.at == "delivery_partner"
    assert shown.options(page) == ["Alder Teaching School Hub", *WAYS_OUT]
    assert shown.chosen(page) == []
    assert shown.notices(page) == [WORDS_FOR_2026]
    going.answer(delivery_partner=fixture.ALDER_PARTNER)
    assert going.at == "check_answers"
    going.send()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert (made.cohort, made.delivery_partner_id) == (2026, fixture.ALDER_PARTNER)


@pytest.mark.usefixtures("open_2026")
def test_case_11_so_must_a_bramble_that_came_of_yes(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("check_answers", appropriate_body=fixture.BRAMBLE_BODY)
    going.change("start date")
    page = going.answer(**day(1, 6, 2026))
    assert going.at == "delivery_partner"
    assert shown.options(page) == ["Alder Teaching School Hub", *WAYS_OUT]
    assert shown.notices(page) == [WORDS_FOR_2026]


@pytest.mark.usefixtures("open_2026")
def test_case_11_after_a_no_to_the_only_partner_left_the_notice_offers_it_back(
    client: InspectingClient,
) -> None:
    going = Registering(client)
    going.to("check_answers", same_organisation="no", delivery_partner=fixture.BRAMBLE_PARTNER)
    going.change("start date")
    page = going.answer(**day(1, 6, 2026))
    assert going.at == "delivery_partner"
    assert shown.options(page) == WAYS_OUT
    refused, moved = shown.notices(page)
    assert refused.startswith("Alder Teaching School Hub is not in this list")
    assert moved == WORDS_FOR_2026


@pytest.mark.usefixtures("open_2026")
def test_case_11_an_alder_that_still_holds_is_kept(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.to("check_answers")
    going.change("start date")
    going.answer(**day(1, 6, 2026))
    assert going.at == "check_answers"
    assert "Northstar and Alder Teaching School Hub in 2026 to 2027 before" in going.page.text
    going.send()
    period = stored.one(EctPeriod, EctPeriod.school_id == fixture.OAKFIELD)
    training = stored.one(TrainingRecord, TrainingRecord.ect_period_id == period.id)
    assert (training.cohort, training.started_on) == (2026, date(2026, 6, 1))


@pytest.mark.usefixtures("open_2026")
def test_case_11_a_lead_provider_that_is_not_in_the_new_year_must_be_chosen_again(
    client: InspectingClient,
) -> None:
    going = Registering(client)
    going.to("check_answers", lead_provider=fixture.TEACH_FORWARD)
    going.change("start date")
    page = going.answer(**day(1, 6, 2026))
    assert going.at == "lead_provider"
    assert shown.options(page) == ["Northstar", "It is not in this list, or I do not know"]
    assert shown.notices(page) == [NOT_IN_2026]
