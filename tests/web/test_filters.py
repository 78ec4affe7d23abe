"""How a value reads on a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.web.filters import counted, moment, time_of_day


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2025, 9, 1, 8, 0, tzinfo=UTC), "9am"),
        (datetime(2025, 12, 1, 8, 5, tzinfo=UTC), "8:05am"),
        (datetime(2025, 12, 1, 12, 0, tzinfo=UTC), "midday"),
        (datetime(2025, 12, 1, 12, 30, tzinfo=UTC), "12:30pm"),
        (datetime(2025, 8, 31, 23, 0, tzinfo=UTC), "midnight"),
        (datetime(2025, 12, 1, 0, 15, tzinfo=UTC), "12:15am"),
        (datetime(2025, 12, 1, 23, 59, tzinfo=UTC), "11:59pm"),
    ],
)
def test_a_time_of_day_is_london_s_and_written_as_gov_uk_writes_it(at: datetime, words: str) -> None:
    assert time_of_day(at) == words


def test_a_moment_in_the_last_hour_of_august_by_the_clock_of_storage_is_in_september() -> None:
    assert moment(datetime(2025, 8, 31, 23, 30, tzinfo=UTC)) == "1 September 2025 at 12:30am"


def test_an_instant_without_a_zone_has_no_time_of_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        time_of_day(datetime(2025, 9, 1, 8, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 ECTs"), (1, "1 ECT"), (2, "2 ECTs"), (20760, "20,760 ECTs")]
)
def test_a_count_agrees_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "ECT") == words


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert counted(2, "person", "people") == "2 people"
