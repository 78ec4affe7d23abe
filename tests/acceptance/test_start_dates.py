"""Acceptance case 12 of the school journey: the start date, and the year it puts somebody in."""

from __future__ import annotations

from datetime import date

import pytest

from app.data.models import EctPeriod, TrainingRecord
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.registering import Registering, day
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

NO_SUCH_DATE = "Start date must be a date that exists, like 1 9 2025"


def training_of_aoife(stored: Stored) -> TrainingRecord:
    """The only training record at Oakfield."""
    period = stored.one(EctPeriod, EctPeriod.school_id == fixture.OAKFIELD)
    return stored.one(TrainingRecord, TrainingRecord.ect_period_id == period.id)


# ------------------------------------------------------------------------------------------- case 12: accepted


@pytest.mark.parametrize(
    ("said", "training_starts", "schedule"),
    [
        (date(2026, 5, 31), date(2026, 5, 31), "april"),
        (date(2025, 5, 31), date(2025, 6, 1), "september"),
        (date(2025, 6, 1), date(2025, 6, 1), "september"),
        (date(2023, 6, 1), date(2025, 6, 1), "september"),
        (date(2024, 2, 29), date(2025, 6, 1), "september"),
    ],
)
def test_case_12_a_start_up_to_31_may_2026_is_in_2025(
    client: InspectingClient, stored: Stored, said: date, training_starts: date, schedule: str
) -> None:
    Registering(client).confirm(**day(said.day, said.month, said.year))
    assert stored.one(EctPeriod, EctPeriod.school_id == fixture.OAKFIELD).started_on == said
    training = training_of_aoife(stored)
    assert (training.cohort, training.started_on) == (2025, training_starts)
    assert training.schedule_identifier == f"ecf-standard-{schedule}"


def test_case_12_1_june_2026_cannot_be_registered_yet(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("start_date")
    going.answer(**day(1, 6, 2026))
    assert going.at == "cannot_register_yet"


def test_case_12_spaces_in_the_parts_are_no_fault(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("start_date")
    going.answer(**day(" 1 ", " 9 ", " 2025 "))
    assert going.at == "working_pattern"
    assert shown.rows(going.to("check_answers"))["Start date"] == "1 September 2025"


def test_case_12_back_shows_the_date_as_it_was_given(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("working_pattern")
    page = client.see(going.page.link("Back"))
    assert boxes(going) == ("1", "9", "2025")
    assert page.h1 == "When did Aoife O'Brien start, or when will they start, as an ECT at your school?"


# -------------------------------------------------------------------------------------------- case 12: refused


REFUSED = {
    ("31", "5", "2023"): ("Start date must be 1 June 2023 or later", "day"),
    ("29", "2", "2025"): (NO_SUCH_DATE, "day"),
    ("31", "04", "2025"): (NO_SUCH_DATE, "day"),
    ("00", "01", "2025"): (NO_SUCH_DATE, "day"),
    ("12", "13", "2025"): (NO_SUCH_DATE, "month"),
    ("", "9", "2025"): ("Start date must include a day", "day"),
    ("1", "", "2025"): ("Start date must include a month", "month"),
    ("1", "9", ""): ("Start date must include a year", "year"),
    ("", "9", ""): ("Start date must include a day and year", "day"),
    ("1", "Sep", "25"): (NO_SUCH_DATE, "month"),
    ("１", "９", "２０２５"): (NO_SUCH_DATE, "day"),  # noqa: RUF001  (full-width digits)
    ("-1", "9", "2025"): (NO_SUCH_DATE, "day"),
    ("1.5", "9", "2025"): (NO_SUCH_DATE, "day"),
    ("1", "9", "25"): (NO_SUCH_DATE, "year"),
}


def test_case_12_each_other_date_has_one_error_at_the_part_at_fault_and_the_input_is_kept(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("start_date")
    answers = stored.answers(going.reference)
    for parts, (error, wrong) in REFUSED.items():
        page = going.refused(**day(*parts))
        assert page.error_links == ((error, f"#start_date-{wrong}"),), parts
        assert boxes(going) == parts
    assert stored.answers(going.reference) == answers


def test_case_12_a_refused_date_leaves_the_earlier_one(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.to("check_answers")
    answers = stored.answers(going.reference)
    going.change("start date")
    going.refused(**day(31, 5, 2023))
    assert stored.answers(going.reference) == answers
    going.see("start_date")
    assert boxes(going) == ("1", "9", "2025")


# ------------------------------------------------------------------------------------- case 12: London midnight


@pytest.mark.usefixtures("open_2026")
@pytest.mark.parametrize(("now", "year"), [("2026-05-31 23:59", 2025), ("2026-06-01 00:00", 2026)])
def test_case_12_the_year_flips_at_london_midnight(
    client: InspectingClient, stored: Stored, clock: Clock, now: str, year: int
) -> None:
    clock.set(now)
    Registering(client).confirm()
    training = training_of_aoife(stored)
    assert training.cohort == year
    assert training.started_on == (date(2025, 9, 1) if year == 2025 else date(2026, 6, 1))


@pytest.mark.usefixtures("open_2026")
def test_case_12_so_does_the_earliest_start_date(client: InspectingClient, clock: Clock) -> None:
    clock.set("2026-05-31 23:59")
    going = Registering(client)
    going.to("start_date")
    going.answer(**day(1, 6, 2023))
    assert going.at == "working_pattern"
    clock.set("2026-06-01 00:00")
    page = going.see("start_date")
    assert [notice.partition(" The date")[0] for notice in shown.notices(page)] == [
        "Check the start date again"
    ]
    page = going.refused(**day(31, 5, 2024))
    assert page.error_links == (("Start date must be 1 June 2024 or later", "#start_date-day"),)
    going.answer(**day(1, 6, 2024))
    assert going.at == "working_pattern"


def boxes(going: Registering) -> tuple[str, ...]:
    """What stands in the three boxes of the start date."""
    found = going.page.by_id
    return tuple(found[f"start_date-{part}"].get("value", "") for part in ("day", "month", "year"))
