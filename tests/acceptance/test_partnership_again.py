"""Acceptance cases 13 to 15 of the school journey: joining a partnership, a second one, one that was wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.data.models import EctPeriod, Event, Partnership, TrainingRecord
from app.data.queries.partnerships import PartnershipDetails
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.registering import Registering
from tests.support.stored import Stored
from tests.support.stories import AMELIA, ZOE

pytestmark = pytest.mark.usefixtures("acceptance")

CHALLENGED_ON = datetime(2025, 9, 10, 12, tzinfo=UTC)


def first_ect(client: InspectingClient, stored: Stored) -> PartnershipDetails:
    """Aoife is registered at Oakfield with Northstar and Alder; the partnership that came of it."""
    Registering(client).confirm()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    return made


def partnership_2024(stored: Stored) -> None:
    at = fixture.LOADED_AT
    stored.store(
        Partnership(
            id="00000009-0000-7000-8000-000000000001",
            school_id=fixture.OAKFIELD,
            lead_provider_id=fixture.NORTHSTAR,
            delivery_partner_id=fixture.ALDER_PARTNER,
            cohort=2024,
            status="active",
            proposed_at=at,
            confirmed_at=at,
            confirmed_by="Kim Osei",
            ever_active=True,
            created_at=at,
            updated_at=at,
        )
    )


def training_of(stored: Stored, email: str) -> TrainingRecord:
    period = stored.one(EctPeriod, EctPeriod.email == email)
    return stored.one(TrainingRecord, TrainingRecord.ect_period_id == period.id)


def test_case_13_a_second_ect_with_the_same_answers_joins_the_same_partnership(
    client: InspectingClient, stored: Stored
) -> None:
    made = first_ect(client, stored)
    going = Registering(client)
    going.to("check_answers", **ZOE)
    assert (
        "Zoë D'Arcy-N'Diaye will join the training your school already has with Northstar and Alder Teaching "
        "School Hub."
    ) in going.page.text
    assert "has not worked with" not in going.page.text
    going.send()
    (still,) = stored.partnerships(fixture.OAKFIELD)
    assert (still.id, still.status) == (made.id, "proposed")
    assert {
        row.partnership_id for row in stored.all(TrainingRecord, TrainingRecord.id != fixture.RAVIS_TRAINING)
    } == {made.id}
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.id, proposal.participants_waiting) == (made.id, 2)
    assert len(stored.all(Event, Event.kind == "partnership.proposed")) == 1
    assert stored.proposals(fixture.TEACH_FORWARD) == []


def test_case_13_joining_a_confirmed_partnership_shows_the_ect_to_the_lead_provider_at_once(
    client: InspectingClient, stored: Stored
) -> None:
    made = first_ect(client, stored)
    stories.say_yes(stored, made.id)
    going = Registering(client)
    going.to("check_answers", **ZOE)
    assert "Northstar can see Zoë D'Arcy-N'Diaye's details straight away." in going.page.text.replace(
        "’", "'"
    )
    going.send()
    assert {each.teacher_reference_number for each in stored.participants(fixture.NORTHSTAR)} == {
        fixture.AOIFE_TRN,
        fixture.ZOE_TRN,
    }
    (confirmed,) = stored.confirmed(fixture.NORTHSTAR)
    assert (confirmed.id, confirmed.status) == (made.id, "active")
    assert "Northstar will send Zoë D'Arcy-N'Diaye details of their training." in going.page.text


def test_case_13_a_partnership_of_2024_does_not_count_for_2025(
    client: InspectingClient, stored: Stored
) -> None:
    partnership_2024(stored)
    going = Registering(client)
    going.to("same_organisation")
    going.to("check_answers")
    assert (
        "Your school has not worked with Northstar and Alder Teaching School Hub in 2025 to 2026 before."
        in going.page.text
    )
    going.send()
    rows = {(row.cohort, row.status) for row in stored.partnerships(fixture.OAKFIELD)}
    assert rows == {(2024, "active"), (2025, "proposed")}
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.cohort, proposal.participants_waiting) == (2025, 1)
    assert stored.participants(fixture.NORTHSTAR) == []


def test_case_14_the_partner_the_school_has_is_asked_about_before_any_list(
    client: InspectingClient, stored: Stored
) -> None:
    first_ect(client, stored)
    going = Registering(client)
    page = going.to("existing_partner", **ZOE)
    assert (
        page.h1.replace("’", "'") == "Will Alder Teaching School Hub run Zoë D'Arcy-N'Diaye's training too?"
    )
    assert shown.options(page) == [
        "Yes, Alder Teaching School Hub",
        "No, a different delivery partner",
        "I do not know",
    ]
    assert shown.chosen(page) == []
    assert (
        "Your school has asked Northstar to confirm Alder Teaching School Hub for 2025 to 2026" in page.text
    )


def test_case_14_a_second_delivery_partner_gets_its_own_row_and_the_first_ect_keeps_theirs(
    client: InspectingClient, stored: Stored
) -> None:
    made = first_ect(client, stored)
    before = training_of(stored, "aoife@example.com")
    going = Registering(client)
    going.to("existing_partner", **ZOE)
    going.answer(existing_partner="no")
    assert going.at == "delivery_partner"
    assert shown.options(going.page)[:3] == [
        "Bramble Trust Training",
        "Quarry Teaching Hub",
        "St Oswin's Hub",
    ]
    going.answer(delivery_partner=fixture.BRAMBLE_PARTNER)
    assert going.at == "check_answers"
    assert "Your other ECTs stay with Alder Teaching School Hub." in going.page.text
    assert shown.rows(going.page)["Delivery partner"] == "Bramble Trust Training"
    assert shown.changes(going.page)["delivery partner"] == "existing-partner"
    going.send()
    rows = {row.delivery_partner_name: row for row in stored.partnerships(fixture.OAKFIELD)}
    assert set(rows) == {"Alder Teaching School Hub", "Bramble Trust Training"}
    after = training_of(stored, "aoife@example.com")
    assert (after.id, after.partnership_id, after.updated_at) == (before.id, made.id, before.updated_at)
    assert training_of(stored, ZOE["email"]).partnership_id == rows["Bramble Trust Training"].id
    assert {
        (p.delivery_partner_name, p.participants_waiting) for p in stored.proposals(fixture.NORTHSTAR)
    } == {
        ("Alder Teaching School Hub", 1),
        ("Bramble Trust Training", 1),
    }


def test_case_14_with_two_partners_neither_is_asked_about_first(
    client: InspectingClient, stored: Stored
) -> None:
    first_ect(client, stored)
    second = Registering(client)
    second.to("existing_partner", **ZOE)
    second.answer(existing_partner="no")
    second.confirm(delivery_partner=fixture.BRAMBLE_PARTNER)
    third = Registering(client)
    third.to("lead_provider", **AMELIA, appropriate_body=fixture.QUARRY_BODY)
    third.answer(lead_provider=fixture.NORTHSTAR)
    assert third.at == "delivery_partner"
    assert shown.hints(third.page) == dict.fromkeys(
        ("Alder Teaching School Hub", "Bramble Trust Training"),
        "Your school already works with them in 2025 to 2026",
    )


def test_case_14_not_knowing_about_the_partner_goes_to_one_that_is_to_be_confirmed(
    client: InspectingClient, stored: Stored
) -> None:
    first_ect(client, stored)
    going = Registering(client)
    going.to("existing_partner", **ZOE)
    going.answer(existing_partner="unknown")
    assert going.at == "partner_to_be_confirmed"
    going.confirm()
    assert {
        (p.delivery_partner_name, p.participants_waiting) for p in stored.proposals(fixture.NORTHSTAR)
    } == {
        ("Alder Teaching School Hub", 1),
        (None, 1),
    }


def test_case_14_a_second_lead_provider_gets_its_own_row_without_a_question(
    client: InspectingClient, stored: Stored
) -> None:
    made = first_ect(client, stored)
    going = Registering(client)
    going.to("lead_provider", **ZOE)
    going.answer(lead_provider=fixture.TEACH_FORWARD)
    assert going.at == "delivery_partner"
    going.answer(delivery_partner=fixture.ST_OSWINS)
    assert going.at == "check_answers"
    assert (
        "Your school also works with Northstar in 2025 to 2026. Zoë D'Arcy-N'Diaye will be the first with Teach "
        "Forward."
    ) in going.page.text
    going.send()
    rows = {row.lead_provider_name: row for row in stored.partnerships(fixture.OAKFIELD)}
    assert rows["Northstar"].id == made.id
    assert rows["Teach Forward"].delivery_partner_name == "St Oswin's Hub"
    (mine,) = [each for each in stored.proposals(fixture.TEACH_FORWARD) if each.urn == fixture.OAKFIELD_URN]
    assert (mine.id, mine.participants_waiting) == (rows["Teach Forward"].id, 1)
    (theirs,) = stored.proposals(fixture.NORTHSTAR)
    assert (theirs.id, theirs.participants_waiting) == (made.id, 1)


def test_case_15_a_challenged_trio_is_said_to_be_so_and_the_same_row_is_proposed_again(
    client: InspectingClient, stored: Stored
) -> None:
    made = first_ect(client, stored)
    stories.say_yes(stored, made.id)
    stories.call_wrong(stored, made.id, "do_not_recognise", CHALLENGED_ON)
    assert stored.participants(fixture.NORTHSTAR) == []
    going = Registering(client)
    going.to("working_pattern", **ZOE)
    going.answer(working_pattern="part_time")
    assert going.at == "appropriate_body"  # not offered as the previous choice
    going.to("lead_provider")
    going.answer(lead_provider=fixture.NORTHSTAR)
    assert going.at == "same_organisation"  # and not as the partner the school has
    going.answer(same_organisation="yes")
    assert (
        "On 10 September 2025 your school told us this was wrong: “We do not know who they are”. If you carry on, we "
        "will ask Northstar to confirm it again."
    ) in going.page.text
    assert "has not worked with" not in going.page.text
    going.send()
    (again,) = stored.partnerships(fixture.OAKFIELD)
    assert (again.id, again.status) == (made.id, "proposed")
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.id, proposal.participants_waiting) == (made.id, 2)
    (partnership,) = stored.confirmed(fixture.NORTHSTAR)
    assert (partnership.id, partnership.status) == (made.id, "challenged")
    assert stored.participants(fixture.NORTHSTAR) == []
    assert len(stored.all(Event, Event.kind == "partnership.proposed")) == 2


def test_a_trio_that_the_lead_provider_declined_says_when_and_why(
    client: InspectingClient, stored: Stored
) -> None:
    made = first_ect(client, stored)
    stories.say_no(stored, made.id, "no_agreement", CHALLENGED_ON)
    going = Registering(client)
    going.to("working_pattern", **ZOE)
    going.answer(working_pattern="full_time")
    assert going.at == "appropriate_body"
    going.to("check_answers")
    assert (
        "On 10 September 2025 Northstar said no: “It has no agreement with your school”. Speak to Northstar before you "
        "ask again."
    ) in going.page.text
    going.send()
    (again,) = stored.partnerships(fixture.OAKFIELD)
    assert (again.id, again.status) == (made.id, "proposed")


def test_another_schools_partnership_is_not_joined(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    first_ect(client, stored)
    other: InspectingClient = app.test_client()  # type: ignore[assignment]
    going = Registering(other, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    going.confirm(**ZOE)
    assert {(p.urn, p.participants_waiting) for p in stored.proposals(fixture.NORTHSTAR)} == {
        (fixture.OAKFIELD_URN, 1),
        (fixture.HARROW_LANE_URN, 1),
    }
