"""Acceptance case 21 of the school journey: Ravi Patel, registered at Harrow Lane, comes to Oakfield."""

from __future__ import annotations

from datetime import date

import pytest

from app.data.models import EctPeriod, Event, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.document import Document
from tests.support.registering import Registering, day
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

RAVI = {"trn": fixture.RAVI_TRN, "email": "ravi.patel@example.com"}


def at_start_date(client: InspectingClient) -> Registering:
    going = Registering(client)
    going.to("start_date", **RAVI)
    return going


def harrow_lanes(stored: Stored) -> EctPeriod:
    return stored.one(EctPeriod, EctPeriod.id == fixture.RAVIS_PERIOD)


def controls(page: Document) -> list[str]:
    """What can be typed into or chosen in the page’s form."""
    hidden = [each for each in page.all("input", within=page.form()) if each.get("type") != "hidden"]
    return [each.get("name", "") for each in (*hidden, *page.all("select", "textarea", within=page.form()))]


def test_what_the_last_school_said_is_shown_read_only(client: InspectingClient) -> None:
    going = Registering(client)
    page = going.to("registered_before", **RAVI)
    assert page.h1 == "Ravi Patel has been an ECT at another school"
    assert "This is what Harrow Lane Academy told us. You cannot change it here." in page.text
    assert shown.rows(page) == {
        "School": "Harrow Lane Academy",
        "Started there": "1 September 2025",
        "Appropriate body": "Five Rivers Teaching School Hub",
        "Training": "Provider-led",
        "Lead provider": "Teach Forward",
        "Delivery partner": "St Oswin's Hub",
    }
    assert controls(page) == []
    assert "their time at Harrow Lane Academy ends the day before they start with you." in page.text
    assert "ravi.patel@example.com" not in page.text


def test_a_start_on_1_october_ends_harrow_lanes_time_on_30_september(
    client: InspectingClient, stored: Stored
) -> None:
    going = at_start_date(client)
    going.answer(**day(1, 10, 2025))
    going.confirm(appropriate_body=fixture.ALDER_BODY)
    assert going.page.h1 == "Ravi Patel is registered"
    old = harrow_lanes(stored)
    assert old.finished_on == date(2025, 9, 30)
    training = stored.one(TrainingRecord, TrainingRecord.id == fixture.RAVIS_TRAINING)
    assert training.finished_on == date(2025, 9, 30)
    new = stored.one(EctPeriod, EctPeriod.school_id == fixture.OAKFIELD)
    assert (new.started_on, new.finished_on, new.teacher_id) == (date(2025, 10, 1), None, fixture.RAVI)
    (left,) = stored.all(Event, Event.kind == "ect.left")
    assert (left.record_id, left.school_id) == (fixture.RAVIS_PERIOD, fixture.HARROW_LANE)
    assert stored.all(Event, Event.kind == "teacher.added") == []
    (proposal,) = stored.proposals(fixture.NORTHSTAR)
    assert (proposal.urn, proposal.cohort, proposal.participants_waiting) == (fixture.OAKFIELD_URN, 2025, 1)
    assert stored.participants(fixture.NORTHSTAR) == []
    (seen,) = stored.participants(fixture.TEACH_FORWARD)
    (enrolment,) = seen.ecf_enrolments
    assert (seen.teacher_reference_number, enrolment.participant_status) == (fixture.RAVI_TRN, "leaving")


def test_nothing_ends_at_harrow_lane_before_the_button_is_pressed(
    client: InspectingClient, stored: Stored
) -> None:
    going = at_start_date(client)
    going.answer(**day(1, 10, 2025))
    going.to("check_answers")
    assert harrow_lanes(stored).finished_on is None


@pytest.mark.parametrize("first", [1, 2])
def test_the_old_start_and_the_day_after_are_too_soon(
    client: InspectingClient, stored: Stored, first: int
) -> None:
    going = at_start_date(client)
    page = going.refused(**day(first, 9, 2025))
    assert [text for text, _ in page.error_links] == [
        (
            "Start date must be 3 September 2025 or later, because Ravi Patel started at Harrow Lane Academy on 1 "
            "September 2025"
        )
    ]
    assert "start_date" not in stored.answers(going.reference)


def test_2_days_after_the_old_start_is_taken(client: InspectingClient, stored: Stored) -> None:
    going = at_start_date(client)
    going.answer(**day(3, 9, 2025))
    going.confirm()
    assert harrow_lanes(stored).finished_on == date(2025, 9, 2)


def test_4_months_ahead_is_taken(client: InspectingClient, stored: Stored) -> None:
    going = at_start_date(client)
    going.answer(**day(15, 1, 2026))
    going.confirm()
    assert harrow_lanes(stored).finished_on == date(2026, 1, 14)


def test_4_months_and_a_day_ahead_is_refused(client: InspectingClient, stored: Stored) -> None:
    going = at_start_date(client)
    page = going.refused(**day(16, 1, 2026))
    assert [text for text, _ in page.error_links] == [
        "Start date must be 15 January 2026 or earlier, because Ravi Patel is still registered at Harrow Lane Academy"
    ]
    assert "start_date" not in stored.answers(going.reference)


def test_harrow_lane_entering_ravi_again_is_told_that_he_is_registered(
    client: InspectingClient, stored: Stored
) -> None:
    counts = stored.counts()
    going = Registering(client, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    page = going.to("already_here", **RAVI)
    assert page.h1 == "Your school has already registered Ravi Patel"
    assert page.link("See Ravi Patel’s details") == f"/schools/900102/ects/{fixture.RAVIS_PERIOD}"
    assert page.link("Register a different teacher") == going.address("find_ect")
    assert stored.counts() == counts
    assert client.see(f"/schools/900102/ects/{fixture.RAVIS_PERIOD}").h1 == "Ravi Patel"


def test_while_ravi_is_still_at_harrow_lane_it_is_told_so_after_oakfield_registered_him(
    client: InspectingClient,
) -> None:
    going = at_start_date(client)
    going.answer(**day(1, 10, 2025))
    going.confirm()
    again = Registering(client, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    again.to("already_here", **RAVI)
    mine = Registering(client)
    assert mine.to("already_here", **RAVI).h1 == "Your school has already registered Ravi Patel"


def test_the_email_address_of_ravis_own_registration_is_his_to_use(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("email", **RAVI)
    going.answer(email="RAVI.Patel@example.com")
    assert going.at == "start_date"
    other = Registering(client)
    other.to("email", **stories.ZOE)
    page = other.refused(email="Ravi.Patel@EXAMPLE.com")
    assert [text for text, _ in page.error_links] == [
        "This email address belongs to another ECT or mentor, so enter one that only Zoë D'Arcy-N'Diaye uses"
    ]
