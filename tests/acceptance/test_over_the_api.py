"""The API halves of cases 1, 7, 13, 14, 15 and 20: what lead providers see and do once a school has registered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Partnership, Teacher, TrainingRecord
from app.data.queries.events import Actor
from app.domain.partnerships import ChallengeReason
from app.services import partnerships, schedules, statements
from app.services.asked import Asked, by_service
from app.services.partnerships import moving
from tests.support import acceptance as fixture
from tests.support.client import InspectingClient
from tests.support.mentoring import Mentoring, flag
from tests.support.registering import Registering
from tests.support.stored import Stored
from tests.support.stories import AMELIA, ZOE
from tests.web.api_v3.playing import Provider

pytestmark = pytest.mark.usefixtures("acceptance")

NOW = datetime(2025, 9, 15, 9, tzinfo=UTC)
POST = "post /partnerships/ecf"
TRIO = {"cohort": 2025, "school_id": fixture.OAKFIELD, "delivery_partner_id": fixture.ALDER_PARTNER}


@pytest.fixture
def northstar(app: Flask) -> Provider:
    return Provider(app, fixture.NORTHSTAR)


@pytest.fixture
def teach_forward(app: Flask) -> Provider:
    return Provider(app, fixture.TEACH_FORWARD)


def confirm(proposal: dict[str, Any]) -> str:
    return f"put /partnership-proposals/{proposal['id']}/confirm"


def people(provider: Provider) -> dict[str, dict[str, Any]]:
    """Each participant’s attributes by name; each has one enrolment here, put among them."""
    found = [each["attributes"] | {"id": each["id"]} for each in provider.get("/participants/ecf")]
    return {each["full_name"]: {**each, **each["ecf_enrolments"][0]} for each in found}


def proposals(provider: Provider) -> dict[str | None, dict[str, Any]]:
    """What is proposed, by the delivery partner’s name."""
    found = provider.get("/partnership-proposals")
    return {
        each["attributes"]["delivery_partner_name"]: each["attributes"] | {"id": each["id"]} for each in found
    }


def test_case_1_a_proposal_is_seen_by_its_provider_alone_and_confirmed_with_its_ect(
    client: InspectingClient, northstar: Provider, teach_forward: Provider
) -> None:
    Registering(client).confirm()
    (proposal,) = northstar.get("/partnership-proposals")
    told = proposal["attributes"]
    assert (told["urn"], told["school_name"], told["cohort"]) == (
        fixture.OAKFIELD_URN,
        "Oakfield Primary",
        "2025",
    )
    assert (told["delivery_partner_name"], told["status"]) == ("Alder Teaching School Hub", "proposed")
    assert (told["participants_waiting"], told["induction_tutor_name"]) == (1, "Priya Shah")
    assert teach_forward.get("/partnership-proposals") == []
    unknown = teach_forward.missing(f"get /partnership-proposals/{new_id()}")
    assert teach_forward.missing(f"get /partnership-proposals/{proposal['id']}") == unknown
    assert teach_forward.missing(confirm(proposal)) == unknown
    assert northstar.get("/partnerships/ecf") == northstar.get("/participants/ecf") == []

    made = northstar.send(confirm(proposal))
    assert (made["id"], made["attributes"]["status"]) == (proposal["id"], "active")
    assert northstar.get("/partnerships/ecf") == [made]
    assert northstar.get("/partnership-proposals") == []
    aoife = people(northstar)["Aoife O'Brien"]
    assert aoife["teacher_reference_number"] == fixture.AOIFE_TRN
    assert (aoife["school_urn"], aoife["participant_type"], aoife["cohort"]) == ("900101", "ect", "2025")
    assert (aoife["email"], aoife["schedule_identifier"]) == ("aoife@example.com", "ecf-standard-september")
    assert (aoife["training_status"], aoife["participant_status"]) == ("active", "active")
    (school,) = northstar.get("/schools/ecf", cohort=2025, urn=fixture.OAKFIELD_URN)
    assert school["attributes"]["in_partnership"] is True
    assert "Aoife O'Brien" not in people(teach_forward)


def test_case_1_and_then_she_is_declared_for(
    client: InspectingClient, stored: Stored, northstar: Provider, teach_forward: Provider
) -> None:
    def lay_out(session: Session) -> None:
        schedules.lay_out(session, 2025, by_service(NOW, "test"))
        statements.plan(session, fixture.NORTHSTAR, 2025, by_service(NOW, "test"))

    stored.change(lay_out)
    Registering(client).confirm()
    sent = {
        "declaration_type": "started",
        "declaration_date": "2025-09-12T10:00:00Z",
        "course_identifier": "ecf-induction",
    }
    aoife = stored.one(Teacher, Teacher.trn == fixture.AOIFE_TRN)
    unknown = ("participant_id", "Enter the participant_id of somebody who trains with you")
    declare = "post /participant-declarations"
    assert northstar.refused(declare, participant_id=aoife.id, **sent) == [unknown]
    northstar.send(confirm(northstar.get("/partnership-proposals")[0]))
    made = northstar.send(declare, participant_id=aoife.id, **sent)["attributes"]
    assert (made["state"], made["delivery_partner_id"]) == ("eligible", fixture.ALDER_PARTNER)
    assert northstar.show(f"/statements/{made['statement_id']}")["month"] == "January"
    assert teach_forward.refused(declare, participant_id=aoife.id, **sent) == [unknown]


def test_case_7_the_provider_reports_bramble_and_the_ect_attaches_to_it(
    client: InspectingClient, stored: Stored, northstar: Provider
) -> None:
    Registering(client).confirm(same_organisation="no", delivery_partner="not_listed")
    (proposal,) = northstar.get("/partnership-proposals")
    assert proposal["attributes"]["delivery_partner_id"] is None
    made = northstar.send(POST, **{**TRIO, "delivery_partner_id": fixture.BRAMBLE_PARTNER})
    assert (made["id"], made["attributes"]["delivery_partner_name"]) == (
        proposal["id"],
        "Bramble Trust Training",
    )
    assert people(northstar)["Aoife O'Brien"]["delivery_partner_id"] == fixture.BRAMBLE_PARTNER
    assert northstar.get("/partnership-proposals") == []


def test_case_7_beside_a_proposal_of_bramble_those_not_listed_move_to_it(
    client: InspectingClient, stored: Stored, northstar: Provider
) -> None:
    Registering(client).confirm(same_organisation="no", delivery_partner=fixture.BRAMBLE_PARTNER)
    second = Registering(client)
    second.to("existing_partner", **ZOE)
    second.answer(existing_partner="unknown")
    second.confirm()
    before = proposals(northstar)
    assert set(before) == {None, "Bramble Trust Training"}
    made = northstar.send(POST, **{**TRIO, "delivery_partner_id": fixture.BRAMBLE_PARTNER})
    assert made["id"] == before["Bramble Trust Training"]["id"]
    shown = people(northstar)
    assert set(shown) == {"Aoife O'Brien", "Zoë D'Arcy-N'Diaye"}
    after = proposals(northstar)
    assert (after[None]["status"], after[None]["participants_waiting"]) == ("retracted", 0)
    assert {each.partnership_id for each in oakfields(stored)} == {made["id"]}


def oakfields(stored: Stored) -> list[TrainingRecord]:
    return stored.all(TrainingRecord, TrainingRecord.id != fixture.RAVIS_TRAINING)


def test_case_13_a_second_ect_is_the_same_proposal_and_comes_at_once_when_it_is_active(
    client: InspectingClient, northstar: Provider
) -> None:
    Registering(client).confirm()
    (first,) = northstar.get("/partnership-proposals")
    Registering(client).confirm(**ZOE)
    (second,) = northstar.get("/partnership-proposals", updated_since=first["attributes"]["updated_at"])
    assert (second["id"], second["attributes"]["participants_waiting"]) == (first["id"], 2)
    northstar.send(confirm(second))
    assert len(people(northstar)) == 2
    Registering(client).confirm(**AMELIA)
    assert len(people(northstar)) == 3
    assert northstar.ids("/partnerships/ecf") == [first["id"]]


def test_case_14_a_second_partner_and_a_second_provider_have_their_own_rows(
    client: InspectingClient, northstar: Provider, teach_forward: Provider
) -> None:
    Registering(client).confirm()
    second = Registering(client)
    second.to("existing_partner", **ZOE)
    second.answer(existing_partner="no")
    second.confirm(delivery_partner=fixture.BRAMBLE_PARTNER)
    third = Registering(client)
    third.to("lead_provider", **AMELIA)
    third.answer(lead_provider=fixture.TEACH_FORWARD)
    third.confirm(delivery_partner=fixture.ST_OSWINS)
    waiting = proposals(northstar)
    assert {name: each["participants_waiting"] for name, each in waiting.items()} == {
        "Alder Teaching School Hub": 1,
        "Bramble Trust Training": 1,
    }
    northstar.send(confirm(waiting["Bramble Trust Training"]))
    assert set(people(northstar)) == {"Zoë D'Arcy-N'Diaye"}
    assert set(proposals(northstar)) == {"Alder Teaching School Hub"}
    assert set(proposals(teach_forward)) == {"St Oswin's Hub"}


def test_case_15_a_challenged_trio_registered_again_is_the_same_row_in_both_lists(
    client: InspectingClient, stored: Stored, northstar: Provider
) -> None:
    Registering(client).confirm()
    (proposal,) = northstar.get("/partnership-proposals")
    northstar.send(confirm(proposal))
    by_tutor = Asked(Actor("person", fixture.OAKFIELD_TUTOR), NOW, "test")

    def challenge(session: Session) -> None:
        row = moving.find(session, proposal["id"])
        assert row is not None
        partnerships.challenge(session, row, ChallengeReason.DO_NOT_RECOGNISE, by_tutor)

    seen = northstar.show(f"/partnerships/ecf/{proposal['id']}")["updated_at"]
    stored.change(challenge)
    (challenged,) = northstar.get("/partnerships/ecf", updated_since=seen)
    assert challenged["attributes"]["challenged_reason"] == "do_not_recognise"
    assert challenged["attributes"]["challenged_at"] == "2025-09-15T09:00:00Z"
    assert northstar.get("/participants/ecf") == []
    ((title, sentence),) = northstar.refused(
        f"put /partnerships/ecf/{proposal['id']}", delivery_partner_id=fixture.BRAMBLE_PARTNER
    )
    assert title == "base"
    assert sentence.endswith("Report it again with a POST if it is right")
    Registering(client).confirm(**ZOE)
    (again,) = northstar.get("/partnership-proposals")
    assert again["id"] == proposal["id"]
    assert northstar.show(f"/partnerships/ecf/{proposal['id']}")["status"] == "challenged"
    assert northstar.get("/participants/ecf") == []
    aoifes = {each.id: each.training_status for each in oakfields(stored)}
    assert northstar.send(POST, **TRIO)["id"] == proposal["id"]
    assert set(people(northstar)) == {"Aoife O'Brien", "Zoë D'Arcy-N'Diaye"}
    assert {each.id: each.training_status for each in oakfields(stored)} == aoifes
    assert len(stored.all(Partnership, Partnership.school_id == fixture.OAKFIELD)) == 1


def test_case_20_a_mentor_who_has_completed_is_shown_as_the_ects_and_as_unfunded(
    client: InspectingClient, stored: Stored, northstar: Provider, teach_forward: Provider
) -> None:
    """Sam Lee, registered and given to Aoife page by page, has a period and a mentorship, and no training."""
    sam = aoifes_mentor(client, stored, flagged=True)
    assert northstar.get("/unfunded-mentors/ecf") == []
    northstar.send(confirm(northstar.get("/partnership-proposals")[0]))
    (mentor,) = northstar.get("/unfunded-mentors/ecf")
    assert (mentor["id"], mentor["attributes"]["full_name"]) == (sam, "Sam Lee")
    assert mentor["attributes"]["teacher_reference_number"] == fixture.SAM_TRN
    shown = people(northstar)
    assert set(shown) == {"Aoife O'Brien"}
    assert shown["Aoife O'Brien"]["mentor_id"] == sam
    assert teach_forward.get("/unfunded-mentors/ecf") == []
    declared = northstar.refused(
        "post /participant-declarations",
        participant_id=sam,
        declaration_type="started",
        declaration_date="2025-09-12T10:00:00Z",
        course_identifier="ecf-mentor",
    )
    assert declared == [("participant_id", "Enter the participant_id of somebody who trains with you")]


def test_a_mentor_who_can_be_paid_for_comes_with_the_ect_and_goes_with_another_mentor(
    client: InspectingClient, stored: Stored, northstar: Provider
) -> None:
    sam = aoifes_mentor(client, stored, flagged=False)
    (proposal,) = northstar.get("/partnership-proposals")
    assert proposal["attributes"]["participants_waiting"] == 2
    northstar.send(confirm(proposal))
    shown = people(northstar)
    assert (shown["Sam Lee"]["id"], shown["Sam Lee"]["participant_type"]) == (sam, "mentor")
    assert (shown["Sam Lee"]["eligible_for_funding"], shown["Sam Lee"]["cohort"]) == (True, "2025")
    assert shown["Aoife O'Brien"]["mentor_id"] == sam
    assert northstar.get("/unfunded-mentors/ecf") == []
    stored.store(flag("3002001"))
    (record,) = (each for each in oakfields(stored) if each.participant_type == "ect")
    going = Mentoring(client, str(record.ect_period_id))
    going.to(trn="3002001", email="amelia.hartley@example.com")
    going.send()
    (unfunded,) = northstar.get("/unfunded-mentors/ecf")
    assert people(northstar)["Aoife O'Brien"]["mentor_id"] == unfunded["id"] != sam


def aoifes_mentor(client: InspectingClient, stored: Stored, *, flagged: bool) -> str:
    """Register Aoife, then Sam Lee as her mentor. Returns his id."""
    Registering(client).confirm()
    if flagged:
        stored.store(flag())
    (record,) = oakfields(stored)
    going = Mentoring(client, str(record.ect_period_id))
    going.to()
    going.send()
    return stored.one(Teacher, Teacher.trn == fixture.SAM_TRN).id
