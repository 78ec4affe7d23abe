from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cohorts import extended_schedule, standard_schedule
from app.domain.days import in_words
from app.domain.refusals import Refused
from app.domain.schedules import (
    IDENTIFIERS,
    Course,
    Kind,
    Milestone,
    Season,
    binding,
    identifier,
    kind_and_season,
    milestone_of,
    milestones,
    suits,
    types_on,
)

COHORTS = st.integers(2022, 2090)
USUAL = ["started", "retained-1", "retained-2", "retained-3", "retained-4", "completed"]
# The tables as Schedules and money prints them, written out once more on purpose.
STANDARD_2024 = {
    "ecf-standard-september": [
        "1 June 2024 – 31 December 2024",
        "1 January 2025 – 31 March 2025",
        "1 April 2025 – 31 July 2025",
        "1 August 2025 – 31 December 2025",
        "1 January 2026 – 31 March 2026",
        "1 April 2026 – 31 July 2026",
    ],
    "ecf-standard-january": [
        "1 January 2025 – 31 March 2025",
        "1 April 2025 – 31 July 2025",
        "1 August 2025 – 31 December 2025",
        "1 January 2026 – 31 March 2026",
        "1 April 2026 – 31 July 2026",
        "1 August 2026 – 31 December 2026",
    ],
    "ecf-standard-april": [
        "1 April 2025 – 31 July 2025",
        "1 August 2025 – 31 December 2025",
        "1 January 2026 – 31 March 2026",
        "1 April 2026 – 31 July 2026",
        "1 August 2026 – 31 December 2026",
        "1 January 2027 – 31 March 2027",
    ],
}
STANDARD_2021 = {
    "ecf-standard-september": [
        "1 September 2021 – 30 November 2021",
        "1 September 2021 – 31 January 2022",
        "1 February 2022 – 30 April 2022",
        "1 May 2022 – 30 September 2022",
        "1 October 2022 – 31 January 2023",
        "1 February 2023 – 30 April 2023",
    ],
    "ecf-standard-january": [
        "1 December 2021 – 31 January 2022",
        "1 February 2022 – 30 April 2022",
        "1 May 2022 – 30 September 2022",
        "1 October 2022 – 31 January 2023",
        "1 February 2023 – 30 April 2023",
        "1 May 2023 – 31 October 2023",
    ],
    "ecf-standard-april": [
        "1 February 2022 – 31 May 2022",
        "1 May 2022 – 30 September 2022",
        "1 October 2022 – 31 January 2023",
        "1 February 2023 – 30 April 2023",
        "1 May 2023 – 31 October 2023",
        "1 November 2023 – 31 January 2024",
    ],
}


def windows(schedule: Sequence[Milestone]) -> list[str]:
    closed = [(each.starts_on, each.ends_on) for each in schedule if each.ends_on]
    return [f"{in_words(first)} – {in_words(last)}" for first, last in closed]


def milestone(cohort: int, schedule: str, declaration_type: str) -> Milestone:
    found = milestone_of(milestones(cohort, schedule), declaration_type)
    assert found is not None
    return found


def test_there_are_twelve_identifiers() -> None:
    assert len(set(IDENTIFIERS)) == 12
    assert {kind_and_season(each) for each in IDENTIFIERS} == {
        (kind, season) for kind in Kind for season in Season
    }
    assert identifier(Kind.REDUCED, Season.APRIL) == "ecf-reduced-april"


def test_everybody_begins_on_one_of_them() -> None:
    days = [date(2025, month, 1) for month in range(1, 13)]
    begun = {standard_schedule(day) for day in days} | {extended_schedule(day) for day in days}
    assert begun < set(IDENTIFIERS)


@pytest.mark.parametrize(
    "unknown", ["", "ecf-standard", "ecf-standard-may", "ECF-STANDARD-APRIL", "npq-standard"]
)
def test_another_identifier_is_refused(unknown: str) -> None:
    for rule in (kind_and_season, types_on, lambda each: milestones(2024, each)):
        with pytest.raises(Refused, match=r"^schedule_identifier: unknown$") as refused:
            rule(unknown)
        assert dict(refused.value.detail) == {"schedule": unknown}


@pytest.mark.parametrize(
    ("cohort", "schedule", "expected"),
    [(2024, *row) for row in STANDARD_2024.items()] + [(2021, *row) for row in STANDARD_2021.items()],
)
def test_the_standard_tables_are_those_of_the_specification(
    cohort: int, schedule: str, expected: list[str]
) -> None:
    found = milestones(cohort, schedule)
    assert [each.declaration_type for each in found] == USUAL
    assert windows(found) == expected


@given(COHORTS, st.sampled_from(Season))
def test_from_2022_a_standard_schedule_has_no_gap_and_no_overlap(cohort: int, season: Season) -> None:
    found = milestones(cohort, identifier(Kind.STANDARD, season))
    for one, following in pairwise(found):
        assert one.ends_on is not None
        assert following.starts_on == one.ends_on + timedelta(days=1)


@given(COHORTS, st.sampled_from(Season))
def test_from_2022_every_cohort_has_the_same_table_in_its_own_years(cohort: int, season: Season) -> None:
    later = cohort - 2024
    for own, one in zip(
        milestones(cohort, identifier(Kind.STANDARD, season)),
        milestones(2024, identifier(Kind.STANDARD, season)),
        strict=True,
    ):
        assert one.ends_on is not None
        assert own.starts_on == one.starts_on.replace(year=one.starts_on.year + later)
        assert own.ends_on == one.ends_on.replace(year=one.ends_on.year + later)


@pytest.mark.parametrize(
    ("cohort", "schedule", "declaration_type", "pays_on"),
    [
        (2024, "ecf-standard-september", "started", date(2024, 11, 30)),
        (2021, "ecf-standard-september", "started", date(2021, 11, 30)),
        (2024, "ecf-standard-september", "retained-1", date(2025, 4, 30)),
        (2024, "ecf-standard-january", "started", date(2025, 4, 30)),
        (2024, "ecf-standard-january", "completed", date(2027, 1, 31)),
        (2021, "ecf-standard-september", "retained-1", date(2022, 2, 28)),
        (2021, "ecf-standard-january", "started", date(2022, 2, 28)),
        (2021, "ecf-standard-april", "completed", date(2024, 2, 29)),
        (2025, "ecf-extended-january", "extended-2", date(2026, 1, 1)),
    ],
)
def test_the_payment_date_is_the_last_day_of_the_next_month_but_septembers_starts_are_paid_in_november(
    cohort: int, schedule: str, declaration_type: str, pays_on: date
) -> None:
    assert milestone(cohort, schedule, declaration_type).pays_on == pays_on


@pytest.mark.parametrize("kind", [Kind.EXTENDED, Kind.REDUCED, Kind.REPLACEMENT])
@pytest.mark.parametrize("cohort", [2020, 2021, 2025, 2026])
def test_the_other_kinds_open_on_one_day_and_never_close(cohort: int, kind: Kind) -> None:
    days = {
        Season.SEPTEMBER: date(cohort, 9, 1),
        Season.JANUARY: date(cohort + 1, 1, 1),
        Season.APRIL: date(cohort + 1, 4, 1),
    }
    for season, day in days.items():
        found = milestones(cohort, identifier(kind, season))
        assert {(each.starts_on, each.ends_on) for each in found} == {(day, None)}


def test_only_extended_schedules_have_extended_types() -> None:
    for schedule in IDENTIFIERS:
        extended = ["extended-1", "extended-2", "extended-3"] if "extended" in schedule else []
        assert [*types_on(schedule)] == USUAL + extended
        assert tuple(each.declaration_type for each in milestones(2025, schedule)) == types_on(schedule)
        assert milestone_of(milestones(2025, schedule), "extended-4") is None


def test_before_2021_there_is_no_standard_schedule() -> None:
    assert milestones(2020, "ecf-standard-september") == ()
    assert binding((), Course.ECF_MENTOR, mentor_funding=True) == ()


def test_replacement_schedules_are_for_mentors_only() -> None:
    assert all(suits(schedule, Course.ECF_MENTOR) for schedule in IDENTIFIERS)
    assert [each for each in IDENTIFIERS if not suits(each, Course.ECF_INDUCTION)] == [
        "ecf-replacement-september",
        "ecf-replacement-january",
        "ecf-replacement-april",
    ]


@pytest.mark.parametrize("schedule", IDENTIFIERS)
@pytest.mark.parametrize(
    ("course", "mentor_funding"),
    [(Course.ECF_INDUCTION, True), (Course.ECF_INDUCTION, False), (Course.ECF_MENTOR, False)],
)
def test_milestones_bind_as_they_stand(course: Course, mentor_funding: bool, schedule: str) -> None:
    found = milestones(2025, schedule)
    assert binding(found, course, mentor_funding) == found


def test_with_mentor_funding_a_mentor_starts_and_completes_on_any_day_from_the_schedules_first() -> None:
    stored = milestones(2025, "ecf-standard-january")[::-1]
    bound = binding(stored, Course.ECF_MENTOR, mentor_funding=True)
    for each in bound:
        if each.declaration_type in {"started", "completed"}:
            assert (each.starts_on, each.ends_on) == (date(2026, 1, 1), None)
    assert bound[1:-1] == stored[1:-1]
    assert [each.declaration_type for each in bound] == USUAL[::-1]


def published() -> dict[tuple[int, str, str], tuple[str, str, str]]:
    """The milestones as the earlier service seeded them; skips without the folder of reference data."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "reference"
    path = Path(os.environ.get("REFERENCE_DIR", beside)) / "schedules.csv"
    if not path.is_file():
        pytest.skip(f"There is no {path}: set REFERENCE_DIR to the folder that has it.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (
            int(row["schedule-cohort-year"]),
            row["schedule-identifier"],
            row["milestone-declaration-type"],
        ): (row["milestone-start-date"], row["milestone-date"], row["milestone-payment-date"])
        for row in rows
    }


def ours() -> dict[tuple[int, str, str], tuple[str, str, str]]:
    return {
        (cohort, schedule, str(each.declaration_type)): (
            str(each.starts_on),
            str(each.ends_on or ""),
            str(each.pays_on),
        )
        for cohort in range(2021, 2026)
        for schedule in IDENTIFIERS
        for each in milestones(cohort, schedule)
    }


def test_the_published_milestones_are_ours_but_for_those_that_the_specification_names() -> None:
    theirs, made = published(), ours()
    assert set(made) - set(theirs) == {(2021, "ecf-standard-january", "completed")}
    assert set(theirs) <= set(made)
    named = {(2021, "ecf-standard-april", each) for each in USUAL} | {
        (2025, identifier(Kind.STANDARD, season), each) for season in Season for each in USUAL
    }
    assert {key for key, row in theirs.items() if made[key] != row} == named


def test_all_54_published_standard_rows_of_2022_to_2024_fit() -> None:
    theirs, made = published(), ours()
    fitting = [
        key
        for key, row in theirs.items()
        if key[0] in {2022, 2023, 2024} and key[1].startswith("ecf-standard-") and made[key] == row
    ]
    assert len(fitting) == 54
