"""An ECT’s page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.data.ids import new_id
from app.data.models import EctPeriod
from tests.data import records
from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.document import Document, text_of
from tests.web.conftest import SignIn
from tests.web.school.rows import ECTS, NOW, ect, partnership, save

CHANGING = re.compile(r'nonce="[^"]+"|nonce-[^\']+|value="[A-Za-z0-9_.\-]{22,}"|[0-9a-f-]{36}')


def rows(page: Document) -> dict[str, str]:
    found = page.all(cls="govuk-summary-list__row")
    return {text_of(row[0]): text_of(row[1]) for row in found}


def next_steps(page: Document) -> str:
    """The text between the first and the second h2."""
    return page.text.partition("What to do next")[2].partition("About ")[0].strip()


def test_a_confirmed_ect_says_who_confirmed_and_when(app: Flask, tutor: InspectingClient) -> None:
    confirmed = partnership("active")
    teacher, period, training = ect(1, "Aoife O’Brien", confirmed, reference="ECT-7K3P-QX2M")
    save(app, confirmed, teacher, period, training)
    page = tutor.see(f"{ECTS}/{period.id}")
    assert page.h1 == "Aoife O’Brien"
    assert rows(page) == {
        "Name": "Aoife O’Brien",
        "TRN": "4000001",
        "Email address": period.email,
        "Start date": "1 September 2025",
        "Working pattern": "Full time",
        "Mentor": "No mentor yet",
        "Appropriate body": "Alder Teaching School Hub"
        "You register Aoife O’Brien with it yourself. This service does not tell it.",
        "Training": "Provider-led",
        "Lead provider": "Northstar",
        "Delivery partner": "Alder Teaching School Hub",
        "What the lead provider says": "Confirmed by Kim Osei at Northstar, on 15 September 2025",
        "Your lead provider has told us": "Aoife O’Brien is in training",
        "You told us": "Aoife O’Brien has been in training since 1 September 2025",
        "Registered for training in": "2025 to 2026",
        "Reference": "ECT-7K3P-QX2M",
        "Registered": "15 September 2025 by Priya Shah",
    }
    crumbs = page.one(cls="govuk-breadcrumbs")
    assert crumbs is not None
    assert page.link("Your ECTs") == ECTS
    assert "Training at your school" not in page.text
    assert "Before this registration" not in page.text


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        (
            {"training_status": "deferred", "deferred_at": NOW, "deferral_reason": "parental-leave"},
            "Training paused",
            "It paused Aoife O’Brien’s training on 15 September 2025: parental leave",
        ),
        (
            {
                "training_status": "withdrawn",
                "withdrawn_at": NOW,
                "withdrawal_reason": "left-teaching-profession",
            },
            "Action required",
            "It stopped Aoife O’Brien’s training on 15 September 2025: they left teaching",
        ),
        ({"stopped_on": date(2025, 9, 12)}, "Training stopped", "Aoife O’Brien is in training"),
    ],
)
def test_both_sides_say_where_training_stands(
    app: Flask, tutor: InspectingClient, said: dict[str, Any], status: str, told: str
) -> None:
    under = partnership("active")
    teacher, period, training = ect(1, "Aoife O’Brien", under)
    for name, value in said.items():
        setattr(training, name, value)
    save(app, under, teacher, period, training)
    page = tutor.see(f"{ECTS}/{period.id}")
    assert f"Status: {status}" in page.text
    shown = rows(page)
    assert shown["Your lead provider has told us"] == told
    stopped = "stopped training on 12 September 2025" if "stopped_on" in said else ""
    assert shown["You told us"] == f"Aoife O’Brien {stopped or 'has been in training since 1 September 2025'}"
    assert (f"Northstar told us: “{told}”" in next_steps(page)) == ("training_status" in said)


def test_what_a_provider_said_before_it_was_called_wrong_is_past(app: Flask, tutor: InspectingClient) -> None:
    under = partnership("challenged", challenged_at=NOW, challenged_reason="mistake")
    teacher, period, training = ect(1, "Aoife O’Brien", under)
    training.training_status, training.deferred_at = "deferred", NOW
    save(app, under, teacher, period, training)
    page = tutor.see(f"{ECTS}/{period.id}")
    assert "Status: Action required" in page.text
    assert "Your lead provider has told us" not in page.text


def test_a_waiting_ect_has_a_day_and_a_contact(app: Flask, tutor: InspectingClient, clock: Clock) -> None:
    waiting = partnership("proposed")
    teacher, period, training = ect(1, "Aoife O’Brien", waiting)
    save(app, waiting, teacher, period, training)
    said = next_steps(tutor.see(f"{ECTS}/{period.id}"))
    assert "confirm that it will train Aoife O’Brien with Alder Teaching School Hub." in said
    assert "If you have heard nothing by 29 September 2025, contact Northstar: ect@northstar.example" in said
    clock.set("2025-09-30 10:00")
    tutor.sign_in(acceptance.OAKFIELD_TUTOR)
    said = next_steps(tutor.see(f"{ECTS}/{period.id}"))
    assert "It did not answer by 29 September 2025, so contact Northstar: ect@northstar.example" in said


def test_waiting_without_a_delivery_partner_says_who_will_name_it(
    app: Flask, tutor: InspectingClient
) -> None:
    waiting = partnership("proposed", delivery_partner_id=None)
    teacher, period, training = ect(1, "Aoife O’Brien", waiting)
    save(app, waiting, teacher, period, training)
    page = tutor.see(f"{ECTS}/{period.id}")
    assert "Northstar will agree a delivery partner with your school." in next_steps(page)
    assert rows(page)["Delivery partner"] == "Northstar to confirm"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no_agreement", "“It has no agreement with your school”."),
        ("wrong_delivery_partner", "“Your school works with a different delivery partner”."),
        ("delivery_partner_unavailable", "“Alder Teaching School Hub cannot take ECTs from your school”."),
        ("not_this_cohort", "“It does not take ECTs who start in 2025 to 2026”."),
        ("other", "“Another reason: contact Northstar at ect@northstar.example”."),
    ],
)
def test_after_a_no_the_reason_is_given(app: Flask, tutor: InspectingClient, reason: str, said: str) -> None:
    over = partnership("declined", declined_at=NOW, declined_reason=reason)
    teacher, period, training = ect(1, "Aoife O’Brien", over)
    save(app, over, teacher, period, training)
    page = tutor.see(f"{ECTS}/{period.id}")
    begins = "Northstar has said it cannot train Aoife O’Brien with Alder Teaching School Hub"
    assert f"{begins}: {said}" in next_steps(page)
    assert "Choose training for Aoife O’Brien." in next_steps(page)


def test_after_saying_it_is_wrong_the_school_reads_its_own_words(app: Flask, tutor: InspectingClient) -> None:
    wrong = partnership("challenged", challenged_at=NOW, challenged_reason="do_not_recognise")
    teacher, period, training = ect(1, "Aoife O’Brien", wrong)
    save(app, wrong, teacher, period, training)
    said = next_steps(tutor.see(f"{ECTS}/{period.id}"))
    assert (
        "On 15 September 2025 your school told us that Northstar and Alder Teaching School Hub was wrong"
        in said
    )
    assert "“We do not know who they are”." in said


def test_school_led_training_asks_nobody(app: Flask, tutor: InspectingClient) -> None:
    teacher, period, training = ect(1, "Aoife O’Brien", None)
    save(app, teacher, period, training)
    shown = rows(tutor.see(f"{ECTS}/{period.id}"))
    assert shown["Training"] == "School-led"
    assert not {"Lead provider", "Delivery partner", "What the lead provider says"} & set(shown)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 9, 20), "Aoife O’Brien leaves your school. Their last day is 20 September 2025."),
        (date(2025, 9, 14), "Aoife O’Brien left your school. Their last day was 14 September 2025."),
    ],
)
def test_somebody_who_leaves_or_left(app: Flask, tutor: InspectingClient, day: date, said: str) -> None:
    teacher, period, training = ect(1, "Aoife O’Brien", None, finished_on=day)
    save(app, teacher, period, training)
    assert next_steps(tutor.see(f"{ECTS}/{period.id}")) == said


def test_a_teacher_without_qts_is_pointed_out(app: Flask, tutor: InspectingClient) -> None:
    teacher, period, training = ect(1, "Aoife O’Brien", None)
    teacher.qts_awarded = False
    save(app, teacher, period, training)
    assert (
        "does not show that Aoife O’Brien has qualified teacher status"
        in tutor.see(f"{ECTS}/{period.id}").text
    )


def test_a_corrected_name_stands_beside_the_one_on_the_record(app: Flask, tutor: InspectingClient) -> None:
    teacher, period, training = ect(1, "Aoife Murphy", None)
    teacher.record_name = "Aoife O’Brien"
    save(app, teacher, period, training)
    assert rows(tutor.see(f"{ECTS}/{period.id}"))["Name on the teacher record"] == "Aoife O’Brien"


def test_changes_of_training_are_listed_the_latest_first(app: Flask, tutor: InspectingClient) -> None:
    confirmed = partnership("active")
    teacher, period, training = ect(1, "Aoife O’Brien", confirmed)
    training.finished_on = date(2025, 9, 9)
    now = records.training(period, None, started_on=date(2025, 9, 10))
    save(app, confirmed, teacher, period, training, now)
    page = tutor.see(f"{ECTS}/{period.id}")
    table = page.one("table")
    assert table is not None
    assert [[text_of(cell) for cell in row] for row in page.all("tr", within=table)] == [
        ["Dates", "Training"],
        ["Since 10 September 2025", "School-led"],
        ["1 September 2025 to 9 September 2025", "Northstar with Alder Teaching School Hub"],
    ]


def at_harrow_lane(app: Flask, teacher_id: str, **values: Any) -> None:
    """A registration of this teacher at Harrow Lane, school-led."""
    period = EctPeriod(
        id=new_id(),
        teacher_id=teacher_id,
        school_id=acceptance.HARROW_LANE,
        email="somebody@example.com",
        email_key="somebody@example.com",
        working_pattern="part_time",
        appropriate_body_id=acceptance.FIVE_RIVERS_BODY,
        registered_by=acceptance.HARROW_LANE_TUTOR,
        registered_at=NOW,
        reference=f"ECT-{new_id()}",
        created_at=NOW,
        updated_at=NOW,
        **values,
    )
    save(app, period, records.training(period, None, cohort=2024))


def test_an_earlier_registration_elsewhere_is_shown_and_a_later_one_is_not(
    app: Flask, tutor: InspectingClient
) -> None:
    teacher, period, training = ect(1, "Aoife O’Brien", None, finished_on=date(2025, 9, 10))
    teacher_id, ect_id = teacher.id, period.id
    save(app, teacher, period, training)
    at_harrow_lane(app, teacher_id, started_on=date(2024, 9, 1), finished_on=date(2025, 7, 31))
    page = tutor.see(f"{ECTS}/{ect_id}")
    card = page.one(cls="govuk-summary-card")
    assert card is not None
    assert [text_of(row) for row in page.all(cls="govuk-summary-list__row", within=card)] == [
        "Dates 1 September 2024 to 31 July 2025",
        "Appropriate body Five Rivers Teaching School Hub",
        "Training School-led",
    ]
    at_harrow_lane(app, teacher_id, started_on=date(2025, 9, 11))
    assert tutor.see(f"{ECTS}/{ect_id}").text.count("Harrow Lane Academy") == 1


@pytest.mark.parametrize(
    "ect_id",
    [
        acceptance.RAVIS_PERIOD,
        "00000000-0000-0000-0000-000000000000",
        "0",
        "-1",
        "abc",
        "%00",
        "'",
        "a" * 500,
    ],
)
def test_another_school_s_ect_is_like_one_that_does_not_exist(tutor: InspectingClient, ect_id: str) -> None:
    unknown = tutor.get(f"{ECTS}/01890000-0000-7000-8000-000000000000", status=404)
    foreign = tutor.get(f"{ECTS}/{ect_id}", status=404)
    assert CHANGING.sub("", foreign.text) == CHANGING.sub("", unknown.text)


def test_the_other_school_sees_its_own(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, acceptance.HARROW_LANE_TUTOR)
    page = client.see(f"/schools/{acceptance.HARROW_LANE_URN}/ects/{acceptance.RAVIS_PERIOD}")
    assert page.h1 == "Ravi Patel"
    assert (
        rows(page)["What the lead provider says"] == "Confirmed by Kim Osei at Teach Forward, on 1 June 2025"
    )
