"""Leaving one school and joining another, as both lead providers read it. (Provider API, Transfers; case 21.)"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.data.models import EctPeriod, TrainingRecord
from tests.support import acceptance as fixture
from tests.support.about_ects import Reporting
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.registering import Registering, day
from tests.support.stored import Stored
from tests.web.api_v3.playing import Provider

pytestmark = pytest.mark.usefixtures("acceptance")

AOIFE = "Aoife O'Brien"
OLD_SIDE = {"school_urn": fixture.OAKFIELD_URN, "provider": "Northstar"}
NEW_SIDE = {"school_urn": fixture.HARROW_LANE_URN, "provider": "Teach Forward"}


@pytest.fixture
def northstar(app: Flask) -> Provider:
    return Provider(app, fixture.NORTHSTAR)


@pytest.fixture
def teach_forward(app: Flask) -> Provider:
    return Provider(app, fixture.TEACH_FORWARD)


def status(provider: Provider) -> str | None:
    """Aoife’s participant_status, if the lead provider sees her."""
    found = {
        each["attributes"]["full_name"]: each["attributes"]["ecf_enrolments"][0]
        for each in provider.get("/participants/ecf")
    }
    return found[AOIFE]["participant_status"] if AOIFE in found else None


def moves(provider: Provider) -> list[dict[str, Any]]:
    """The transfers that the lead provider is told of."""
    found = provider.get("/participants/ecf/transfers")
    return [move for each in found for move in each["attributes"]["transfers"]]


def aoife(stored: Stored) -> EctPeriod:
    """Her time at Oakfield."""
    return stored.one(EctPeriod, EctPeriod.school_id == fixture.OAKFIELD)


def trains_with_northstar(client: InspectingClient, northstar: Provider) -> None:
    """Oakfield registers Aoife; Northstar confirms."""
    Registering(client).confirm()
    (proposal,) = northstar.get("/partnership-proposals")
    northstar.send(f"put /partnership-proposals/{proposal['id']}/confirm")


def comes_to_harrow_lane(client: InspectingClient, number: int, month: int) -> None:
    """Harrow Lane registers her in training that Teach Forward has confirmed."""
    going = Registering(client, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    said = {**day(number, month, 2025), "lead_provider": fixture.TEACH_FORWARD}
    going.confirm(**said)
    assert going.at == "confirmation", going.page.h1


def test_leaving_then_joining_is_one_transfer_that_both_sides_see(
    client: InspectingClient, stored: Stored, clock: Clock, northstar: Provider, teach_forward: Provider
) -> None:
    trains_with_northstar(client, northstar)
    assert (status(northstar), moves(northstar)) == ("active", [])
    going = Reporting(client, aoife(stored).id)
    going.leaves(31, 10, 2025)
    going.send()
    assert status(northstar) == "leaving"
    (told,) = moves(northstar)
    assert (told["transfer_type"], told["status"], told["joining"]) == ("unknown", "incomplete", None)
    assert told["leaving"] == OLD_SIDE | {"date": "2025-10-31"}
    assert moves(teach_forward) == []

    comes_to_harrow_lane(client, 3, 11)
    assert (status(northstar), status(teach_forward)) == ("leaving", "joining")
    (ours,), (theirs,) = moves(northstar), moves(teach_forward)
    for move in (ours, theirs):
        assert (move["transfer_type"], move["status"]) == ("new_provider", "incomplete")
        assert move["leaving"] == OLD_SIDE | {"date": "2025-10-31"}
        assert move["joining"] == NEW_SIDE | {"date": "2025-11-03"}
    records = {each.ect_period_id: each.id for each in stored.all(TrainingRecord)}
    assert ours["training_record_id"] == records[aoife(stored).id] != theirs["training_record_id"]

    clock.set("2025-11-01 00:00")
    assert (status(northstar), status(teach_forward)) == ("left", "joining")
    assert moves(northstar)[0]["status"] == "incomplete"
    clock.set("2025-11-03 00:00")
    assert (status(northstar), status(teach_forward)) == ("left", "active")
    assert moves(northstar)[0]["status"] == moves(teach_forward)[0]["status"] == "complete"


def test_a_start_elsewhere_before_the_day_told_ends_the_old_side_sooner(
    client: InspectingClient, stored: Stored, northstar: Provider, teach_forward: Provider
) -> None:
    trains_with_northstar(client, northstar)
    ect = aoife(stored).id
    going = Reporting(client, ect)
    going.leaves(31, 12, 2025)
    going.send()
    comes_to_harrow_lane(client, 3, 11)
    (ours,) = moves(northstar)
    assert ours["leaving"]["date"] == "2025-11-02"
    assert moves(teach_forward)[0]["leaving"]["date"] == "2025-11-02"
    again = Reporting(client, ect)
    again.answer(what_has_changed="leaving")
    client.submit(status=422, **day(3, 11, 2025, "last_day"))
    sentence = (
        f"Last day must be 2 November 2025 or earlier, because another school has registered {AOIFE} from the"
    )
    assert again.page.error_links[0][0].startswith(sentence)
    again.answer(**day(31, 10, 2025, "last_day"))
    again.send()
    assert moves(northstar)[0]["leaving"]["date"] == "2025-10-31"
    assert moves(teach_forward)[0]["joining"]["date"] == "2025-11-03"


def test_somebody_who_stopped_training_is_withdrawn_and_not_moving(
    client: InspectingClient, stored: Stored, northstar: Provider
) -> None:
    trains_with_northstar(client, northstar)
    going = Reporting(client, aoife(stored).id)
    going.stopped(15, 9, 2025)
    going.send()
    assert (status(northstar), moves(northstar)) == ("withdrawn", [])
