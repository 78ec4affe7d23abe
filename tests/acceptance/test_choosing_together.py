"""One answer for everybody whose training ended together. (Words, table 8; School journey, “Partnership records”.)"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from app.data.ids import new_id
from app.data.models import EctPeriod, Event, Partnership, Teacher, TrainingRecord
from tests.support import about_ects, shown, stories
from tests.support import acceptance as fixture
from tests.support.about_ects import ADA, Choosing, Together
from tests.support.client import InspectingClient
from tests.support.stored import Stored
from tests.web.api_v3.playing import Provider

pytestmark = pytest.mark.usefixtures("acceptance")

BEN, CAI = "Ben Rowe", "Cai Moss"
OAKFIELD = f"/schools/{fixture.OAKFIELD_URN}"
TODAY, YESTERDAY = date(2025, 9, 15), date(2025, 9, 14)
ELSEWHERE = {"how_trained": "other_provider", "lead_provider": fixture.TEACH_FORWARD}


@pytest.fixture(autouse=True)
def _names(client: InspectingClient) -> None:
    client.allow(ADA, BEN, CAI)


def store(
    stored: Stored, status: str, names: tuple[str, ...] = (ADA, BEN)
) -> tuple[str, dict[str, tuple[str, str]]]:
    """A partnership of this status and its ECTs. Returns its id, and by name their time at the school and record."""
    under, rows = about_ects.partnership_of(status, names=names)
    teachers = {each.id: each.name for each in rows if isinstance(each, Teacher)}
    records = (each for each in rows if isinstance(each, TrainingRecord))
    found = {teachers[each.teacher_id]: (each.ect_period_id or "", each.id) for each in records}
    identity = under.id
    stored.store(*rows)
    return identity, found


def events(stored: Stored) -> Counter[str]:
    """What was recorded, by kind."""
    return Counter(each.kind for each in stored.all(Event, Event.kind != "api_token.issued"))


def trained(stored: Stored, ect: str) -> list[TrainingRecord]:
    """The ECT’s training records, the earliest first."""
    found = stored.all(TrainingRecord, TrainingRecord.ect_period_id == ect)
    return sorted(found, key=lambda each: each.started_on)


def token(client: InspectingClient, button: str) -> dict[str, str]:
    """What a form of the page last seen proves itself with."""
    return {"csrf_token": stories.form_sent(client, button)[1]["csrf_token"]}


def reads_and_is_asked(going: Together) -> None:
    """The pages up to the question say what happened, to whom, and what can be chosen."""
    page = going.page
    assert page.h1 == "Northstar has said it cannot train these ECTs with Alder Teaching School Hub"
    assert "Northstar said no: “It has no agreement with your school”." in page.text
    assert "Nobody trains these 2 ECTs now: Ada Park and Ben Rowe." in page.text
    page = going.to("how_trained")
    assert page.h1 == "How will these ECTs be trained?"
    assert shown.options(page) == [
        "With Northstar and a different delivery partner",
        "With a different lead provider",
        "By our school (school-led)",
        "With Northstar and Alder Teaching School Hub after all",
        "I need to talk to Northstar first",
    ]
    going.client.submit(status=422)
    assert going.page.error_links == (("Select how these ECTs will be trained", "#how_trained"),)


def test_one_answer_moves_everybody_a_lead_provider_said_no_to(
    client: InspectingClient, stored: Stored
) -> None:
    under, ects = store(stored, "declined")
    going = Together(client, under)
    reads_and_is_asked(going)
    page = going.to("delivery_partner", **ELSEWHERE)
    assert page.h1 == "Which delivery partner will run these ECTs’ training?"
    page = going.to()
    assert page.h1 == "Check these ECTs’ training"
    assert shown.rows(page) == {
        "ECTs": "Ada Park and Ben Rowe · 2 ECTs. Your answers count for all of them",
        "Training": "Provider-led",
        "Lead provider": "Teach Forward",
        "Delivery partner": "St Oswin's Hub",
    }
    assert events(stored) == {}
    path, form = stories.form_sent(client, going.confirm)
    for _ in range(3):
        client.post(path, data=form)
        assert client.follow().h1 == "You have chosen training for 2 ECTs"
    assert "You have chosen it for Ada Park and Ben Rowe." in going.page.text
    said = "We have asked Teach Forward to confirm that it will train these ECTs with St Oswin's Hub."
    assert said in going.page.text
    assert events(stored) == {"partnership.proposed": 1, "training.chosen_again": 2}
    told = stored.all(Event, Event.kind == "training.chosen_again")
    assert {each.record_id for each in told} == {record for _, record in ects.values()}
    assert len({json.loads(each.details)["reference"] for each in told}) == 1
    (proposal,) = stored.proposals(fixture.TEACH_FORWARD)
    assert proposal.participants_waiting == 2
    assert "Choose training" not in client.see(f"{OAKFIELD}/partnerships").text


def test_from_any_of_their_pages_it_is_the_same_answer_for_all(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    under, ects = store(stored, "challenged", (ADA, BEN, CAI))
    later = (
        update(TrainingRecord).where(TrainingRecord.id == ects[CAI][1]).values(started_on=date(2026, 1, 5))
    )
    body = (
        update(EctPeriod).where(EctPeriod.id == ects[BEN][0]).values(appropriate_body_id=fixture.BRAMBLE_BODY)
    )
    stored.change(lambda session: [session.connection().execute(each) for each in (later, body)])
    client.sign_in(fixture.OAKFIELD_TUTOR)
    page = client.see(f"{OAKFIELD}/ects/{ects[BEN][0]}")
    assert "Your answer counts for all your ECTs with Northstar and Alder Teaching School Hub." in page.text
    assert "Choose training for 3 ECTs" in client.see(f"{OAKFIELD}/ects").text
    going = Choosing(client, ects[BEN][0])
    assert going.page.h1 == "Choose training for these ECTs"
    assert "Nobody trains these 3 ECTs now: Ada Park, Ben Rowe and Cai Moss." in going.page.text
    page = going.to(how_trained="other_partner")
    # With two appropriate bodies among them none is asked about by name, and the partner before isn’t offered again.
    assert going.see("same_organisation").h1 == going.see("check_answers").h1
    begins = "15 September 2025 (Ada Park and Ben Rowe) and 6 January 2026 (Cai Moss)"
    assert f"The new training begins on {begins}." in going.page.text
    assert "We do not tell their appropriate bodies." in going.page.text
    going.send()
    assert events(stored) == {"partnership.proposed": 1, "training.ended": 3, "training.started": 3}
    for name, (ect, record) in ects.items():
        before, after = trained(stored, ect)
        assert (before.id, before.partnership_id) == (record, under)
        starts, ends = (date(2026, 1, 6), date(2026, 1, 5)) if name == CAI else (TODAY, YESTERDAY)
        assert (before.finished_on, after.started_on, after.finished_on) == (ends, starts, None)
        assert (after.cohort, after.schedule_identifier) == (before.cohort, before.schedule_identifier)
    northstar = Provider(app, fixture.NORTHSTAR)
    (asked,) = northstar.get("/partnership-proposals")
    assert asked["attributes"]["participants_waiting"] == 3
    assert asked["attributes"]["delivery_partner_id"] == fixture.ST_OSWINS


def test_whoever_has_other_training_meanwhile_is_left_alone_and_named(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    under, ects = store(stored, "declined")
    going = Together(client, under)
    going.to(**ELSEWHERE)
    stop = {"stopped_on": YESTERDAY, "stopped_reason": "other", "finished_on": YESTERDAY}
    his = update(TrainingRecord).where(TrainingRecord.id == ects[BEN][1])
    stored.change(lambda session: session.connection().execute(his.values(stop)))
    going.send()
    assert going.at == "what_happened_to_all"
    (said,) = shown.notices(going.page)
    assert "Not any more: Ben Rowe. They have other training now, or have stopped or left" in said
    assert "Next, tell us who trains Ada Park from now on." in going.page.text
    assert events(stored) == {}
    going.answer()
    assert (going.at, shown.rows(going.page)["ECTs"]) == ("check_answers", ADA)
    going.send()
    assert going.page.h1 == "You have chosen training for Ada Park"
    assert events(stored) == {"partnership.proposed": 1, "training.chosen_again": 1}
    (left,) = trained(stored, ects[BEN][0])
    assert (left.partnership_id, left.finished_on) == (under, YESTERDAY)
    # Whoever had stopped chooses for themselves, whatever became of the partnership.
    alone = Choosing(client, ects[BEN][0])
    assert alone.page.h1 == "Ben Rowe needs training"
    assert alone.to("programme").h1 == "Will Ben Rowe’s training be provider-led or school-led?"


def test_talking_first_changes_nothing_and_the_way_on_is_kept(
    client: InspectingClient, stored: Stored
) -> None:
    under, _ = store(stored, "declined", (ADA,))
    going = Together(client, under)
    going.to("how_trained")
    going.answer(how_trained="talk_first")
    assert going.page.h1 == "Talk to Northstar first"
    assert "Nobody trains Ada Park, and Northstar cannot see their details." in going.page.text
    going.see("how_trained")
    going.answer(how_trained="school_led")
    assert shown.rows(going.page) == {"ECTs": ADA, "Training": "School-led"}
    assert events(stored) == {}


def test_a_choice_that_closes_meanwhile_moves_nobody(client: InspectingClient, stored: Stored) -> None:
    under, ects = store(stored, "declined")
    going = Together(client, under)
    going.to(how_trained="as_before")
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ALDER_PARTNER)
    going.send()
    assert going.at == "how_trained"
    assert "With Northstar and Alder Teaching School Hub after all" not in shown.options(going.page)
    assert events(stored) == {}
    assert {each.partnership_id for ect, _ in ects.values() for each in trained(stored, ect)} == {under}


def test_the_single_journey_leads_to_the_one_for_all(client: InspectingClient, stored: Stored) -> None:
    _, ects = store(stored, "declined")
    going = Choosing(client, ects[ADA][0])
    client.post(f"{OAKFIELD}/ects/{ects[ADA][0]}/training", data=token(client, going.confirm))
    assert client.follow().h1 == "Choose training for everybody together"


def test_another_schools_partnership_is_as_unknown_as_none(client: InspectingClient, stored: Stored) -> None:
    theirs, rows = about_ects.partnership_of("declined", fixture.HARROW_LANE)
    identity = theirs.id
    stored.store(*rows)
    client.sign_in(fixture.OAKFIELD_TUTOR)
    client.see(f"{OAKFIELD}/ects")
    form = token(client, stories.REGISTER)
    for unknown in (identity, new_id(), "abc"):
        client.post(f"{OAKFIELD}/partnerships/{unknown}/training", data=form, status=404)
    assert stored.all(Partnership, Partnership.school_id == fixture.OAKFIELD) == []
