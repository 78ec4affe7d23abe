"""Acceptance cases 1 to 4 of the school journey: whether the appropriate body is the delivery partner too."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from app.data.models import AppropriateBody, EctPeriod, SchoolChoice, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import shown
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
TO_BE_CONFIRMED = (
    "You can register Aoife O'Brien now. We pass your choice to {LP}, and it agrees a delivery partner with your "
    "school. The name will then show on your ECTs page. To find out sooner, contact {LP}: {contact}."
)


# ---------------------------------------------------------------------------------------------- case 1: yes


def test_case_1_the_question_names_the_body_and_yes_carries_the_partners_own_name(
    client: InspectingClient,
) -> None:
    going = Registering(client)
    page = going.to("same_organisation")
    assert page.h1 == "Will Alder Hub also be the delivery partner for Aoife O'Brien’s training?"
    assert shown.options(page) == [f"Yes, {ALDER}", "No, a different organisation", "I do not know"]
    assert shown.hints(page) == {}
    assert shown.chosen(page) == []


def test_case_1_check_answers_shows_the_partner_under_its_own_name(client: InspectingClient) -> None:
    going = Registering(client)
    page = going.to("check_answers")
    assert page.h1 == "Check your answers, then register Aoife O'Brien"
    assert shown.rows(page) == {
        "Name": "Aoife O'Brien",
        "TRN": "3001234",
        "Email address": "aoife@example.com",
        "Start date": "1 September 2025",
        "Working pattern": "Full time",
        "Appropriate body": ALDER,
        "Training": "Provider-led",
        "Lead provider": "Northstar",
        "Delivery partner": f"{ALDER} · Part of {ALDER}, your appropriate body",
    }
    assert shown.changes(page)["delivery partner"] == "same-organisation"
    assert f"Your school has not worked with Northstar and {ALDER} in 2025 to 2026 before." in page.text
    assert "It sees Aoife O'Brien’s TRN and email address only after it says yes." in page.text
    assert f"We do not tell {ALDER}. You register Aoife O'Brien with it yourself." in page.text


def test_case_1_confirming_stores_one_proposed_partnership(client: InspectingClient, stored: Stored) -> None:
    Registering(client).confirm()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert (made.lead_provider_id, made.delivery_partner_id, made.cohort, made.status, made.ects) == (
        fixture.NORTHSTAR,
        fixture.ALDER_PARTNER,
        2025,
        "proposed",
        1,
    )
    training = stored.one(TrainingRecord, TrainingRecord.partnership_id == made.id)
    assert (training.programme, training.cohort, training.schedule_identifier, training.started_on) == (
        "provider_led",
        2025,
        "ecf-standard-september",
        date(2025, 9, 1),
    )


def test_case_1_the_confirmation_says_who_was_asked_and_what_is_left_to_do(client: InspectingClient) -> None:
    page = Registering(client).confirm()
    assert page.h1 == "Aoife O'Brien is registered"
    assert (
        f"We have asked Northstar to confirm that it will train Aoife O'Brien with {ALDER}. Until it does, your "
        "ECTs page says “Waiting for Northstar”." in page.text
    )
    assert f"Register Aoife O'Brien with {ALDER}, if you have not already." in page.text
    assert "ect@northstar.example" in page.text


def test_case_1_northstar_sees_the_proposal_once_and_teach_forward_not_at_all(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.urn, proposal.cohort, proposal.status, proposal.delivery_partner_name) == (
        fixture.OAKFIELD_URN,
        2025,
        "proposed",
        ALDER,
    )
    assert proposal.participants_waiting == 1
    assert stored.proposals(fixture.TEACH_FORWARD) == []


def test_case_1_northstar_sees_no_partnership_and_nobody_before_it_says_yes(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    assert stored.confirmed(fixture.NORTHSTAR) == []
    assert stored.participants(fixture.NORTHSTAR) == []


# ----------------------------------------------------------------------------------------------- case 2: no


def test_case_2_after_no_the_list_is_the_other_partners_and_two_ways_out(client: InspectingClient) -> None:
    going = Registering(client)
    page = going.to("delivery_partner", same_organisation="no")
    assert page.h1 == "Which delivery partner will run Aoife O'Brien’s training?"
    assert shown.options(page) == [BRAMBLE, QUARRY, ST_OSWINS, *WAYS_OUT]
    assert shown.chosen(page) == []


def test_case_2_a_notice_says_that_alder_was_left_out_and_links_back(client: InspectingClient) -> None:
    going = Registering(client)
    page = going.to("delivery_partner", same_organisation="no")
    assert shown.notices(page) == [
        f"{ALDER} is not in this list You said it will not be {ALDER}. If that was wrong, change your answer."
    ]
    (link,) = shown.notice_links(page)
    back = client.see(link)
    assert going.at == "same_organisation"
    assert shown.chosen(back) == ["No, a different organisation"]


def test_case_2_st_oswins_is_stored_and_no_trace_of_alder_as_partner(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    page = going.to("check_answers", same_organisation="no", delivery_partner=fixture.ST_OSWINS)
    assert shown.rows(page)["Delivery partner"] == ST_OSWINS
    going.send()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert (made.delivery_partner_id, made.status) == (fixture.ST_OSWINS, "proposed")
    assert stored.one(SchoolChoice).delivery_partner_id == fixture.ST_OSWINS
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert proposal.delivery_partner_id == fixture.ST_OSWINS


@pytest.mark.parametrize("asked", ["same_organisation", "delivery_partner"])
def test_case_2_i_do_not_know_leads_to_a_partner_to_be_confirmed(
    client: InspectingClient, stored: Stored, asked: str
) -> None:
    going = Registering(client)
    page = going.to("partner_to_be_confirmed", **{"same_organisation": "no", asked: "unknown"})
    assert page.h1 == "Northstar will confirm the delivery partner"
    assert "You do not need to know this yet." in page.text
    assert TO_BE_CONFIRMED.format(LP="Northstar", contact="ect@northstar.example") in page.text
    page = going.to("check_answers")
    assert shown.rows(page)["Delivery partner"] == "Northstar will confirm this"
    assert shown.changes(page)["delivery partner"] == "same-organisation"
    page = going.send()
    assert "Northstar will agree a delivery partner with your school." in page.text
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert (made.delivery_partner_id, made.status) == (None, "proposed")


# ------------------------------------------------------------------------------ case 3: linked, not eligible


def test_case_3_the_yes_or_no_is_never_shown(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("lead_provider")
    page = going.answer(lead_provider=fixture.TEACH_FORWARD)
    assert going.at == "delivery_partner"
    assert shown.options(page) == ["Five Rivers North", "Five Rivers South", ST_OSWINS, *WAYS_OUT]
    assert shown.notices(page) == []


def test_case_3_its_address_leads_to_the_page_to_answer(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("delivery_partner", lead_provider=fixture.TEACH_FORWARD)
    going.see("same_organisation")
    assert going.at == "delivery_partner"


def test_case_3_a_yes_posted_to_it_changes_nothing(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    page = going.to("delivery_partner", lead_provider=fixture.TEACH_FORWARD)
    answers, run, counts = stored.answers(going.reference), stored.run(going.reference), stored.counts()
    token = page.form().find(".//input[@name='csrf_token']")
    assert token is not None
    said = {"same_organisation": "yes", "version": str(run.version), "csrf_token": token.get("value", "")}
    client.post(going.address("same_organisation"), data=said, status=303)
    client.follow()
    assert going.at == "delivery_partner"
    assert stored.answers(going.reference) == answers
    assert stored.run(going.reference).version == run.version
    assert stored.counts() == counts


# --------------------------------------------------------------------------- case 4: another trading name


def test_case_4_the_question_says_what_the_body_trains_as(client: InspectingClient) -> None:
    page = Registering(client).to("same_organisation", appropriate_body=fixture.BRAMBLE_BODY)
    assert page.h1 == "Will Bramble Hub also be the delivery partner for Aoife O'Brien’s training?"
    assert shown.options(page)[0] == f"Yes, {BRAMBLE}"
    assert shown.hints(page) == {f"Yes, {BRAMBLE}": f"Bramble Teaching School Hub trains as {BRAMBLE}"}


def test_case_4_yes_stores_the_partner_that_was_named(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    page = going.to("check_answers", appropriate_body=fixture.BRAMBLE_BODY)
    assert (
        shown.rows(page)["Delivery partner"]
        == f"{BRAMBLE} · Part of Bramble Teaching School Hub, your appropriate body"
    )
    going.send()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert made.delivery_partner_id == fixture.BRAMBLE_PARTNER
    assert stored.one(SchoolChoice).delivery_partner_id == fixture.BRAMBLE_PARTNER


def test_case_4_renaming_the_body_later_changes_nothing_stored(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm(appropriate_body=fixture.BRAMBLE_BODY)
    before = (stored.partnerships(fixture.OAKFIELD), stored.proposals(fixture.NORTHSTAR), stored.counts())
    renamed = update(AppropriateBody).where(AppropriateBody.id == fixture.BRAMBLE_BODY)
    stored.change(lambda session: session.execute(renamed.values(name="Alder Teaching School Hub East")))
    assert (
        stored.partnerships(fixture.OAKFIELD),
        stored.proposals(fixture.NORTHSTAR),
        stored.counts(),
    ) == before
    period = stored.one(EctPeriod, EctPeriod.school_id == fixture.OAKFIELD)
    assert period.appropriate_body_id == fixture.BRAMBLE_BODY
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert (made.delivery_partner_id, made.delivery_partner_name) == (fixture.BRAMBLE_PARTNER, BRAMBLE)
