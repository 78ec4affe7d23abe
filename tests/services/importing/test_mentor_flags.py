"""Mentors who can’t be paid for, by TRN."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.data.models import MentorFundingFlag
from tests.data import records

HEADER = "trn,reason,ended_on\n"


def test_flags_come_in_with_their_day_and_a_second_time_change_nothing(bring_in: Any, held: Any) -> None:
    rows = f"{HEADER}0012345,started_not_completed,2023-06-30\n3001234,completed_during_early_roll_out,\n"
    assert bring_in("mentor-funding-flags", rows).added == 2
    assert held(MentorFundingFlag) == [
        {
            "trn": "0012345",
            "reason": "started_not_completed",
            "source": "import",
            "ended_on": date(2023, 6, 30),
        },
        {
            "trn": "3001234",
            "reason": "completed_during_early_roll_out",
            "source": "import",
            "ended_on": date(2021, 4, 19),
        },
    ]
    assert bring_in("mentor-funding-flags", rows).unchanged == 2


def test_another_day_is_taken_over_but_the_early_roll_out_ended_on_one_day_for_all(
    bring_in: Any, held: Any
) -> None:
    bring_in("mentor-funding-flags", f"{HEADER}3001234,started_not_completed,2023-06-30\n")
    assert (
        bring_in("mentor-funding-flags", f"{HEADER}3001234,started_not_completed,2023-07-31\n").changed == 1
    )
    bring_in("mentor-funding-flags", f"{HEADER}3001234,completed_during_early_roll_out,2022-01-01\n")
    assert sorted(row["ended_on"] for row in held(MentorFundingFlag)) == [
        date(2021, 4, 19),
        date(2023, 7, 31),
    ]


def test_a_flag_that_a_declaration_set_stays_as_it_is(bring_in: Any, held: Any) -> None:
    reason, own_day = "completed_declaration_received", date(2025, 1, 1)
    records.save(MentorFundingFlag(trn="3001234", reason=reason, source="declaration", ended_on=own_day))
    bring_in("mentor-funding-flags", f"{HEADER}3001234,started_not_completed,2023-06-30\n")
    assert {(row["source"], row["ended_on"]) for row in held(MentorFundingFlag)} == {
        ("declaration", own_day),
        ("import", date(2023, 6, 30)),
    }


def test_cells_that_cannot_be_used_are_named(bring_in: Any) -> None:
    report = bring_in(
        "mentor-funding-flags",
        f"{HEADER}12,started_not_completed,2023-06-30\n"
        "3001234,completed_declaration_received,2023-06-30\n"
        "3001234,started_not_completed,\n"
        "3001234,completed_during_early_roll_out,soon\n"
        "3001234,started_not_completed,2023-06-30\n3001234,started_not_completed,2023-06-30\n",
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, trn “12”: must be 7 digits",
        (
            "Row 3, reason “completed_declaration_received”: must be completed_during_early_roll_out or"
            " started_not_completed"
        ),
        "Row 4, ended_on “”: is blank",
        "Row 5, ended_on “soon”: must be a date like 2025/09/01",
        "Row 7, trn, reason “3001234, started_not_completed”: is in row 6 already",
    ]
    assert report.added == 1
