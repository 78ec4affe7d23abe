"""Schedules and milestones: as published, put right where the file is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.data.models import Milestone, Schedule
from app.domain import schedules as rules
from tests.services.importing.test_cohorts import HEADER as COHORTS

HEADER = (
    "type,schedule-identifier,schedule-name,schedule-cohort-year,milestone-name,"
    "milestone-declaration-type,milestone-start-date,milestone-date,milestone-payment-date\n"
)


def line(identifier: str, year: int, declaration_type: str, *days: str) -> str:
    return f"x,{identifier},X,{year},X,{declaration_type},{','.join(days)}\n"


@pytest.fixture
def cohorts(bring_in: Any) -> None:
    """Cohorts 2021 to 2025."""
    rows = (
        f"{year},{year}/05/10,{year}/09/01,,,{flag},{flag}\n"
        for year, flag in ((year, str(year > 2024).lower()) for year in range(2021, 2026))
    )
    bring_in("cohorts", COHORTS + "".join(rows))


def by_rule(years: range) -> list[tuple[Any, ...]]:
    return sorted(
        (year, each, str(one.declaration_type), one.starts_on, one.ends_on, one.pays_on)
        for year in years
        for each in rules.IDENTIFIERS
        for one in rules.milestones(year, each)
    )


def test_the_published_file_gives_the_milestones_of_the_rule_and_a_second_time_changes_nothing(
    cohorts: None, reference: Path, bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    published = (reference / "schedules.csv").read_bytes()
    report = bring_in("schedules", published)
    assert report.counts() == {"read": 404, "added": 404, "changed": 0, "unchanged": 0, "refused": 0}
    columns = [column.name for column in Milestone.__table__.columns]
    # 405: the file leaves out the completed milestone of 2021’s january schedule.
    assert sorted(tuple(row[name] for name in columns) for row in held(Milestone)) == by_rule(
        range(2021, 2026)
    )
    assert len(held(Schedule)) == 12 * 5
    with unchanged_by(lambda: held(Milestone), lambda: held(Schedule)):
        assert bring_in("schedules", published).unchanged == 404


def test_a_date_that_dfe_changes_is_taken_over_also_where_the_published_file_was_put_right(
    cohorts: None, bring_in: Any, held: Any
) -> None:
    first = line("ecf-standard-september", 2025, "started", "2025-07-01", "", "2025-07-01")
    assert bring_in("schedules", HEADER + first).added == 1
    assert held(Milestone, "starts_on", "ends_on", "pays_on") == [
        {"starts_on": date(2025, 6, 1), "ends_on": date(2025, 12, 31), "pays_on": date(2025, 11, 30)}
    ]
    later = line("ecf-standard-september", 2025, "started", "2025-06-01", "2026-01-31", "")
    assert bring_in("schedules", HEADER + later).changed == 1
    assert held(Milestone, "starts_on", "ends_on", "pays_on") == [
        {"starts_on": date(2025, 6, 1), "ends_on": date(2026, 1, 31), "pays_on": None}
    ]


def test_the_missing_milestone_of_2021_is_added_once_and_only_if_the_file_has_not_got_it(
    cohorts: None, bring_in: Any, held: Any
) -> None:
    started = line("ecf-standard-january", 2021, "started", "2021-12-01", "2022-01-31", "2022-02-28")
    completed = line("ecf-standard-january", 2021, "completed", "2023-05-01", "2023-10-30", "")
    assert bring_in("schedules", HEADER + started + completed).added == 2
    assert [row["ends_on"] for row in held(Milestone, "ends_on")] == [date(2022, 1, 31), date(2023, 10, 30)]
    assert bring_in("schedules", HEADER + started).unchanged == 1
    assert len(held(Milestone)) == 2


def test_cells_that_cannot_be_used_are_named(cohorts: None, bring_in: Any, held: Any) -> None:
    report = bring_in(
        "schedules",
        HEADER
        + line("ecf-standard-may", 2024, "started", "2024-06-01", "", "")
        + line("ecf-reduced-april", 2024, "half-way", "2024-06-01", "", "")
        + line("ecf-reduced-april", 2024, "started", "", "", "")
        + line("ecf-reduced-april", 2024, "started", "2024-06-02", "2024-06-01", "")
        + line("ecf-reduced-april", 2030, "started", "2024-06-02", "", "")
        + line("ecf-reduced-april", 2024, "completed", "2024-06-02", "", "")
        + line("ecf-reduced-april", 2024, "completed", "2024-06-03", "", ""),
    )
    said = [str(error) for error in report.errors]
    assert said[0].startswith(
        "Row 2, schedule-identifier “ecf-standard-may”: must be ecf-standard-september,"
    )
    assert said[1].startswith("Row 3, milestone-declaration-type “half-way”: must be started, retained-1,")
    assert said[2:] == [
        "Row 4, milestone-start-date “”: is blank",
        "Row 5, milestone-date “2024-06-01”: is before the first day",
        "Row 6, schedule-cohort-year “2030”: no cohort has this year: import it first",
        (
            "Row 8, schedule-identifier, schedule-cohort-year, milestone-declaration-type"
            " “ecf-reduced-april, 2024, completed”: is in row 7 already"
        ),
    ]
    assert (report.added, len(held(Milestone))) == (1, 1)
