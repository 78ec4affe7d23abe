"""Who trains a mentor: the ECT’s lead provider, now or once there is one, or another that the school names."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask import Flask

from app.data.models import Event, MentorPeriod, Mentorship, Partnership, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.about_ects import ADA, WITHDRAWN, Choosing, store_ect
from tests.support.client import InspectingClient
from tests.support.document import text_of
from tests.support.mentoring import Mentoring, flag, store_mentor
from tests.support.stored import Stored
from tests.web.api_v3.playing import Provider

pytestmark = pytest.mark.usefixtures("acceptance")

TODAY = date(2025, 9, 15)
PEOPLE, PROPOSALS = "/participants/ecf", "/partnership-proposals"
WANDA = ("3006201", "Wanda Mocksworth")


@pytest.fixture(autouse=True)
def _names(client: InspectingClient) -> None:
    client.allow(ADA, "Sam Lee", WANDA[1])


def said(going: Mentoring | Choosing) -> str:
    return text_of(going.page.main)


def of_mentors(stored: Stored) -> list[TrainingRecord]:
    """The training records of mentors, the earliest first."""
    found = stored.all(TrainingRecord, TrainingRecord.participant_type == "mentor")
    return sorted(found, key=lambda each: (each.started_on, each.id))


def enrolments(provider: Provider) -> dict[str, dict[str, object]]:
    """Who the lead provider sees: the enrolment of each by name."""
    found = [each["attributes"] for each in provider.get(PEOPLE)]
    return {each["full_name"]: each["ecf_enrolments"][0] for each in found}


def send_another(client: InspectingClient, ect: str, **answers: str) -> Mentoring:
    """Register Sam for the ECT with Teach Forward as his lead provider, and send it."""
    going = Mentoring(client, ect)
    going.to(mentor_training="another", lead_provider=fixture.TEACH_FORWARD, **answers)
    going.send()
    return going


def test_a_mentor_chosen_while_nobody_trains_the_ect_is_trained_once_somebody_does(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored, "active", **WITHDRAWN)
    going = Mentoring(client, ect)
    going.to()
    assert "When Ada Park trains with a lead provider, we register Sam Lee for mentor training" in said(going)
    going.send()
    assert of_mentors(stored) == []
    choosing = Choosing(client, ect)
    choosing.to(lead_provider=fixture.TEACH_FORWARD)
    assert "Sam Lee mentors Ada Park, so we register them for mentor training with Teach Forward too" in said(
        choosing
    )
    choosing.send()
    (record,) = of_mentors(stored)
    under = stored.one(
        Partnership,
        Partnership.lead_provider_id == fixture.TEACH_FORWARD,
        Partnership.school_id == fixture.OAKFIELD,
    )
    assert (record.partnership_id, record.started_on) == (under.id, TODAY)
    assert record.updated_at == under.updated_at, "stamped in the same write"
    (event,) = stored.all(Event, Event.record_id == record.id)
    (latest,) = stored.all(
        TrainingRecord, TrainingRecord.ect_period_id == ect, TrainingRecord.finished_on.is_(None)
    )
    assert (event.kind, json.loads(event.details)) == ("training.started", {"follows": latest.id})
    forward = Provider(app, fixture.TEACH_FORWARD)
    assert forward.show(f"{PROPOSALS}/{under.id}")["participants_waiting"] == 2
    forward.send(f"put {PROPOSALS}/{under.id}/confirm")
    seen = enrolments(forward)
    assert seen["Sam Lee"]["training_record_id"] == record.id
    assert seen[ADA]["mentor_id"] == record.teacher_id


def test_a_mentor_is_not_followed_into_school_led_training(client: InspectingClient, stored: Stored) -> None:
    ect, _, _ = store_ect(stored, "active", **WITHDRAWN)
    store_mentor(stored, *WANDA, ect_id=ect)
    choosing = Choosing(client, ect)
    choosing.to(programme="school_led")
    assert "register them for mentor training" not in said(choosing)
    choosing.send()
    assert of_mentors(stored) == []


def test_another_lead_provider_is_named_and_asked_to_confirm(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, _, under = store_ect(stored)
    going = Mentoring(client, ect)
    going.to("lead_provider", mentor_training="another")
    assert going.page.h1 == "Which lead provider will be training Sam Lee?"
    assert "Checks Ada Park’s induction" in said(going)
    assert shown.options(going.page) == [
        "Lantern",
        "Northstar",
        "Teach Forward",
        shown.options(going.page)[-1],
    ]
    going.answer(lead_provider=fixture.TEACH_FORWARD)
    assert going.page.h1 == "Which delivery partner will run Sam Lee’s training?"
    assert shown.options(going.page)[:3] == ["Five Rivers North", "Five Rivers South", "St Oswin's Hub"]
    page = going.answer(delivery_partner=fixture.ST_OSWINS)
    rows = shown.rows(page)
    assert (rows["Lead provider"], rows["Delivery partner"]) == ("Teach Forward", "St Oswin's Hub")
    assert client.page.link("Change lead provider").endswith("/lead-provider?changing=yes")
    assert "We ask Teach Forward to confirm that it will train Sam Lee." in said(going)
    assert "Your school has not worked with Teach Forward and St Oswin's Hub" in said(going)
    going.send()
    assert "We have asked Teach Forward to confirm that it will train Sam Lee." in said(going)
    (record,) = of_mentors(stored)
    made = stored.one(Partnership, Partnership.id == record.partnership_id)
    assert (made.lead_provider_id, made.delivery_partner_id) == (fixture.TEACH_FORWARD, fixture.ST_OSWINS)
    assert (made.status, made.cohort, record.cohort, made.id != under) == ("proposed", 2025, 2025, True)
    forward, northstar = Provider(app, fixture.TEACH_FORWARD), Provider(app, fixture.NORTHSTAR)
    assert forward.show(f"{PROPOSALS}/{made.id}")["participants_waiting"] == 1
    assert "Sam Lee" not in enrolments(forward)
    forward.send(f"put {PROPOSALS}/{made.id}/confirm")
    assert enrolments(forward)["Sam Lee"]["training_record_id"] == record.id
    seen = enrolments(northstar)
    assert (list(seen), seen[ADA]["mentor_id"]) == ([ADA], record.teacher_id)
    assert northstar.ids("/unfunded-mentors/ecf") == [record.teacher_id]


def test_a_lead_provider_named_in_vain_can_be_taken_back_from_any_page(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, under = store_ect(stored)
    going = Mentoring(client, ect)
    going.to("lead_provider", mentor_training="another")
    going.answer(lead_provider="unknown")
    assert (going.at, going.page.h1) == (
        "find_the_lead_provider",
        "Find out the lead provider, then come back",
    )
    assert "Sam Lee trains with Northstar, as Ada Park does" in said(going)
    client.see(going.page.link("Choose a lead provider"))
    going.answer(lead_provider=fixture.LANTERN)
    assert (going.at, going.page.h1) == (
        "partner_to_be_confirmed",
        "Lantern will confirm the delivery partner",
    )
    page = going.answer()
    assert shown.rows(page)["Delivery partner"] == "Lantern will confirm this"
    going.see("mentor_training")
    page = going.answer(mentor_training="same")
    assert (shown.rows(page)["Lead provider"], "Lantern" in said(going)) == ("Northstar", False)
    going.send()
    assert [each.partnership_id for each in of_mentors(stored)] == [under]
    assert len(stored.all(Partnership, Partnership.school_id == fixture.OAKFIELD)) == 1


def test_the_present_mentor_can_be_chosen_again_when_that_would_train_them(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, _, under = store_ect(stored)
    send_another(client, ect)
    (asked,) = of_mentors(stored)
    sam = stored.one(MentorPeriod)
    going = Mentoring(client, ect)
    assert going.at == "find_mentor", "whoever waits for training is not offered"
    sent = {"reason": "no_agreement"}
    Provider(app, fixture.TEACH_FORWARD).send(f"put {PROPOSALS}/{asked.partnership_id}/decline", **sent)
    going = Mentoring(client, ect)
    assert shown.hints(going.page)["Sam Lee"].endswith("Mentors Ada Park now, and is not in training")
    going.to(mentor=sam.id)
    assert "Sam Lee goes on as Ada Park’s mentor." in said(going)
    assert "stops being" not in said(going)
    going.send()
    assert going.page.h1 == "Sam Lee is registered for mentor training"
    assert stored.one(Mentorship).mentor_period_id == sam.id
    (record,) = of_mentors(stored)
    assert (record.id, record.partnership_id) == (asked.id, under)
    assert enrolments(Provider(app, fixture.NORTHSTAR))["Sam Lee"]["training_record_id"] == record.id


def test_a_mentor_nobody_pays_for_is_neither_offered_again_nor_trained_later(
    client: InspectingClient, stored: Stored
) -> None:
    ect, _, _ = store_ect(stored, "active", **WITHDRAWN)
    store_mentor(stored, *WANDA, ect_id=ect)
    stored.store(flag(WANDA[0]))
    choosing = Choosing(client, ect)
    choosing.to(lead_provider=fixture.TEACH_FORWARD)
    assert "register them for mentor training" not in said(choosing)
    choosing.send()
    assert of_mentors(stored) == []
    assert Mentoring(client, ect).at == "find_mentor"
