"""A school chooses training again for an ECT who has none. (School journey, “Partnership records”; case 15.)"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.data.models import Event, Partnership, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.about_ects import ADA, WITHDRAWN, Choosing, Reporting, store_ect
from tests.support.client import InspectingClient
from tests.support.stored import Stored
from tests.web.api_v3.playing import Provider

pytestmark = pytest.mark.usefixtures("acceptance")

ECTS = f"/schools/{fixture.OAKFIELD_URN}/ects"
ELSEWHERE = {"how_trained": "other_provider", "lead_provider": fixture.TEACH_FORWARD}
TODAY, YESTERDAY = date(2025, 9, 15), date(2025, 9, 14)


@pytest.fixture(autouse=True)
def _names(client: InspectingClient) -> None:
    client.allow(ADA)


def events(stored: Stored) -> Counter[str]:
    """What was recorded of training and partnerships, by kind."""
    return Counter(each.kind for each in stored.all(Event, Event.kind != "api_token.issued"))


def trained(stored: Stored, ect: str) -> list[TrainingRecord]:
    """The ECT’s training records, the earliest first."""
    found = stored.all(TrainingRecord, TrainingRecord.ect_period_id == ect)
    return sorted(found, key=lambda each: each.started_on)


def people(provider: Provider) -> dict[str, dict[str, Any]]:
    """Who the lead provider sees: the enrolment of each by name."""
    found = [each["attributes"] for each in provider.get("/participants/ecf")]
    return {each["full_name"]: each["ecf_enrolments"][0] for each in found}


def test_after_a_no_the_same_record_waits_for_another_lead_provider(
    client: InspectingClient, stored: Stored
) -> None:
    ect, training, under = store_ect(stored, "declined")
    going = Choosing(client, ect)
    assert going.page.h1 == "Northstar has said it cannot train Ada Park with Alder Teaching School Hub"
    assert "Northstar said no: “It has no agreement with your school”" in going.page.text
    page = going.to(**ELSEWHERE)
    assert shown.rows(page) == {
        "ECTs": ADA,
        "Training": "Provider-led",
        "Lead provider": "Teach Forward",
        "Delivery partner": "St Oswin's Hub",
    }
    assert "We ask Teach Forward to confirm that it will train Ada Park." in page.text
    assert "stays in their history" not in page.text
    path, form = stories.form_sent(client, going.confirm)
    for _ in range(3):
        client.post(path, data=form)
        assert client.follow().h1 == "You have chosen training for Ada Park"
    assert events(stored) == {"partnership.proposed": 1, "training.chosen_again": 1}
    (record,) = trained(stored, ect)
    assert (record.id, record.finished_on, record.started_on) == (training, None, date(2025, 9, 1))
    assert record.partnership_id != under
    (event,) = stored.all(Event, Event.kind == "training.chosen_again")
    assert json.loads(event.details)["from"] == under
    (proposal,) = stored.proposals(fixture.TEACH_FORWARD)
    assert (proposal.id, proposal.participants_waiting) == (record.partnership_id, 1)
    assert "Status: Waiting for lead provider" in client.see(f"{ECTS}/{ect}").text
    assert going.see("how_trained").h1 == "You have already chosen training for Ada Park"


def test_the_same_choice_again_is_the_same_row_and_the_no_is_told_of(
    client: InspectingClient, stored: Stored
) -> None:
    ect, training, under = store_ect(stored, "declined")
    going = Choosing(client, ect)
    page = going.to()
    assert "Northstar said no: “It has no agreement with your school”. Speak to Northstar before" in page.text
    going.send()
    row = stored.one(Partnership, Partnership.school_id == fixture.OAKFIELD)
    assert (row.id, row.status) == (under, "proposed")
    assert [(each.id, each.partnership_id) for each in trained(stored, ect)] == [(training, under)]


def test_after_a_challenge_the_record_ends_the_day_before_its_successor_starts(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, training, under = store_ect(stored, "challenged")
    northstar = Provider(app, fixture.NORTHSTAR)
    assert people(northstar) == {}
    going = Choosing(client, ect)
    assert "your school told us what was wrong with Northstar training Ada Park" in going.page.text
    page = going.to()
    assert "your school told us this was wrong: “We have not agreed to work with them”" in page.text
    assert "The new training begins on 15 September 2025." in page.text
    going.send()
    assert events(stored) == {"partnership.proposed": 1, "training.ended": 1, "training.started": 1}
    before, after = trained(stored, ect)
    assert (before.id, before.partnership_id, before.finished_on) == (training, under, YESTERDAY)
    assert (after.partnership_id, after.started_on, after.finished_on) == (under, TODAY, None)
    assert (after.cohort, after.schedule_identifier) == (before.cohort, before.schedule_identifier)
    northstar.send(f"put /partnership-proposals/{under}/confirm")
    enrolment = people(northstar)[ADA]
    assert (enrolment["training_record_id"], enrolment["participant_status"]) == (after.id, "active")


def test_training_that_its_provider_stopped_can_go_on_with_the_same_one(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, training, under = store_ect(stored, "active", **WITHDRAWN)
    northstar = Provider(app, fixture.NORTHSTAR)
    going = Choosing(client, ect)
    assert "Northstar told us that Ada Park’s training with it has ended: another reason." in going.page.text
    page = going.to("existing_partner")
    assert page.h1 == "Will Alder Teaching School Hub run Ada Park’s training too?"
    page = going.to()
    assert "Northstar can see Ada Park’s details straight away." in page.text
    going.send()
    assert events(stored) == {"training.ended": 1, "training.started": 1}
    _, after = trained(stored, ect)
    assert (after.partnership_id, after.id != training) == (under, True)
    enrolment = people(northstar)[ADA]
    assert (enrolment["training_record_id"], enrolment["training_status"]) == (after.id, "active")


def test_whoever_stopped_can_train_again_school_led_and_nobody_is_told(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, *_ = store_ect(stored)
    reporting = Reporting(client, ect)
    reporting.stopped(15, 9, 2025)
    reporting.send()
    northstar = Provider(app, fixture.NORTHSTAR)
    assert people(northstar)[ADA]["participant_status"] == "withdrawn"
    going = Choosing(client, ect)
    assert "Your school told us that Ada Park had stopped training." in going.page.text
    page = going.to(programme="school_led")
    assert shown.rows(page) == {"ECT": ADA, "Training": "School-led"}
    assert "The new training begins on 16 September 2025." in page.text
    going.send()
    before, after = trained(stored, ect)
    assert (before.finished_on, before.stopped_on) == (TODAY, TODAY)
    assert (after.programme, after.partnership_id, after.started_on) == (
        "school_led",
        None,
        date(2025, 9, 16),
    )
    assert people(northstar)[ADA]["participant_status"] == "withdrawn"
    assert stored.proposals(fixture.NORTHSTAR) == []


def test_training_of_somebody_about_to_leave_ends_with_their_last_day(
    client: InspectingClient, stored: Stored
) -> None:
    ect, *_ = store_ect(stored, "challenged")
    Reporting(client, ect).leaves(31, 10, 2025)
    client.submit("Tell us this")
    going = Choosing(client, ect)
    going.to()
    going.send()
    before, after = trained(stored, ect)
    assert (before.finished_on, after.finished_on) == (YESTERDAY, date(2025, 10, 31))


def test_nobody_is_asked_to_choose_what_is_chosen(client: InspectingClient, stored: Stored) -> None:
    ect, *_ = store_ect(stored)
    client.sign_in(fixture.OAKFIELD_TUTOR)
    page = client.see(f"{ECTS}/{ect}")
    assert "Choose training" not in page.text
    client.see(ECTS)
    form = {"csrf_token": stories.form_sent(client, stories.REGISTER)[1]["csrf_token"]}
    client.post(f"{ECTS}/{ect}/training", data=form)
    assert client.follow().h1 == "You do not need to choose training for Ada Park"
    assert events(stored) == {}


def test_a_colleague_was_first(app: Flask, client: InspectingClient, stored: Stored) -> None:
    ect, *_ = store_ect(stored, "declined")
    theirs_client: InspectingClient = app.test_client()  # type: ignore[assignment]
    theirs_client.allow(ADA)
    mine = Choosing(client, ect)
    theirs = Choosing(theirs_client, ect, tutor=stories.second_tutor(stored))
    mine.to()
    theirs.to(**ELSEWHERE)
    theirs.send()
    mine.send()
    assert mine.page.h1 == "You do not need to choose training for these ECTs"
    assert events(stored)["training.chosen_again"] == 1
    (record,) = trained(stored, ect)
    under = stored.one(Partnership, Partnership.id == record.partnership_id)
    assert under.lead_provider_id == fixture.TEACH_FORWARD


def test_another_turn_of_events_is_said_before_anything_is_sent(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, under = store_ect(stored, "declined")
    going = Choosing(client, ect)
    going.to(**ELSEWHERE)
    challenged = update(Partnership).where(Partnership.id == under)
    values = {
        "status": "challenged",
        "ever_active": True,
        "confirmed_at": fixture.LOADED_AT,
        "challenged_at": fixture.LOADED_AT,
        "challenged_reason": "mistake",
    }
    stored.change(lambda session: session.connection().execute(challenged.values(values)))
    going.send()
    assert going.at == "what_happened_to_all"
    assert "your school told us what was wrong with Northstar training Ada Park" in going.page.text
    assert events(stored) == {}


def test_a_pairing_closed_meanwhile_is_asked_about_again_and_the_rest_is_kept(
    client: InspectingClient, stored: Stored
) -> None:
    ect, *_ = store_ect(stored, "declined")
    going = Choosing(client, ect)
    going.to(how_trained="other_partner")
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ST_OSWINS)
    going.send()
    assert going.at == "delivery_partner"
    (said,) = (each for each in shown.notices(going.page) if "no longer works with" in each)
    assert "This changed while you were choosing training for Ada Park." in said
    assert events(stored) == {}


def test_forged_values_are_refused_and_nothing_is_stored(client: InspectingClient, stored: Stored) -> None:
    ect, *_ = store_ect(stored, "declined")
    going = Choosing(client, ect)
    going.to("lead_provider", **ELSEWHERE)
    for forged in ("", fixture.CEDAR, fixture.NORTHSTAR, "0", "-1", "abc", "9" * 40):
        client.submit(status=422, lead_provider=forged)
    going.answer(lead_provider="unknown")
    assert going.page.h1 == "Find out your lead provider, then come back"
    going.see("how_trained")
    for forged in ("", "provider_led", "0", "yes"):
        client.submit(status=422, how_trained=forged)
    assert going.page.error_links == (("Select how Ada Park will be trained", "#how_trained"),)
    going.answer(how_trained="other_partner")
    for forged in ("", fixture.FIVE_RIVERS_NORTH, fixture.ALDER_PARTNER, "abc"):
        client.submit(status=422, delivery_partner=forged)
    assert events(stored) == {}
