"""Cohorts: importing one does not open it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.data.models import Cohort, Event
from app.domain.refusals import Refused
from app.services.importing.cohorts import open_cohort
from tests.services.importing.conftest import FIRST_DAY

HEADER = (
    "start-year,registration-start-date,academic-year-start-date,automatic-assignment-period-end-date,"
    "payments-frozen-at,mentor-funding,detailed-evidence-types\n"
)
ROW_2025 = "2025,2024/12/31,2025/09/01,2026/03/31,,true,true\n"


def test_a_cohort_is_imported_closed_with_its_dates(bring_in: Any, held: Any) -> None:
    bring_in("cohorts", HEADER + ROW_2025)
    assert held(Cohort) == [
        {
            "start_year": 2025,
            "opened_on": None,
            "registration_start_date": date(2024, 12, 31),
            "academic_year_start_date": date(2025, 9, 1),
            "automatic_assignment_period_end_date": date(2026, 3, 31),
            "payments_frozen_at": None,
            "mentor_funding": True,
            "detailed_evidence_types": True,
        }
    ]


@pytest.mark.parametrize("written", ["2024/04/03", "", "2030-01-01"])
def test_payments_of_2021_freeze_on_1_august_2024_whatever_the_file_says(
    bring_in: Any, held: Any, written: str
) -> None:
    bring_in("cohorts", f"{HEADER}2021,2021/05/10,2021/09/01,2022/03/31,{written},false,false\n")
    assert held(Cohort, "payments_frozen_at") == [
        {"payments_frozen_at": datetime(2024, 7, 31, 23, 0, tzinfo=UTC)}
    ]


def test_another_cohort_freezes_at_midnight_in_london_of_the_day_in_the_file(
    bring_in: Any, held: Any
) -> None:
    bring_in("cohorts", f"{HEADER}2022,2022/05/10,2022/09/01,2023/03/31,2025/08/01,false,false\n")
    assert held(Cohort, "payments_frozen_at") == [
        {"payments_frozen_at": datetime(2025, 7, 31, 23, 0, tzinfo=UTC)}
    ]


def test_a_cohort_is_opened_once_with_one_event_and_stays_open_when_it_is_imported_again(
    bring_in: Any, held: Any
) -> None:
    bring_in("cohorts", HEADER + ROW_2025)
    assert open_cohort(2025, date(2025, 6, 1), FIRST_DAY) is True
    assert open_cohort(2025, date(2025, 6, 2), FIRST_DAY) is False
    report = bring_in("cohorts", HEADER + ROW_2025)
    assert report.unchanged == 1
    assert held(Cohort, "opened_on") == [{"opened_on": date(2025, 6, 1)}]
    opened = [event for event in held(Event) if event["kind"] == "cohort.opened"]
    assert [(event["record_id"], json.loads(event["details"])) for event in opened] == [
        ("2025", {"cohort": 2025, "opened_on": "2025-06-01"})
    ]


def test_a_cohort_that_is_not_here_cannot_be_opened(bring_in: Any, held: Any) -> None:
    bring_in("cohorts", HEADER + ROW_2025)
    with pytest.raises(Refused, match="unknown_cohort"):
        open_cohort(2026, date(2026, 6, 1), FIRST_DAY)
    assert held(Cohort, "opened_on") == [{"opened_on": None}]


def test_cells_that_cannot_be_read_are_named(bring_in: Any) -> None:
    report = bring_in(
        "cohorts",
        f"{HEADER}25,2024/12/31,2025/09/01,,,true,true\n2025,,2025/09/01,,,true,true\n"
        "2025,2024/12/31,2025/09/31,,,true,true\n2025,2024/12/31,2025/09/01,,soon,true,true\n"
        "2025,2024/12/31,2025/09/01,,,,true\n",
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, start-year “25”: must be a year from 2020 to 2099",
        "Row 3, registration-start-date “”: is blank",
        "Row 4, academic-year-start-date “2025/09/31”: must be a date that exists, from 2000 to 2099",
        "Row 5, payments-frozen-at “soon”: must be a date like 2025/09/01",
        "Row 6, mentor-funding “”: must be true or false",
    ]
