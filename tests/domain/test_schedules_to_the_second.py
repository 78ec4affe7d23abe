from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import london_day
from app.domain.schedules import (
    DeclarationType,
    Milestone,
    closes,
    holds,
    milestone_of,
    milestones,
    opens,
)


def milestone(cohort: int, schedule: str, declaration_type: str) -> Milestone:
    found = milestone_of(milestones(cohort, schedule), declaration_type)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("declaration_type", "first", "outside"),
    [
        ("started", datetime(2024, 5, 31, 23, 0, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)),
        ("retained-1", datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 3, 31, 23, 0, tzinfo=UTC)),
        ("retained-2", datetime(2025, 3, 31, 23, 0, tzinfo=UTC), datetime(2025, 7, 31, 23, 0, tzinfo=UTC)),
        ("retained-3", datetime(2025, 7, 31, 23, 0, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_milestone_holds_from_midnight_to_the_last_second_in_london(
    declaration_type: str, first: datetime, outside: datetime
) -> None:
    found = milestone(2024, "ecf-standard-september", declaration_type)
    second = timedelta(seconds=1)
    assert (opens(found), closes(found)) == (first, outside)
    assert [holds(found, first - second), holds(found, first)] == [False, True]
    assert [holds(found, outside - second), holds(found, outside)] == [True, False]
    assert holds(found, outside - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("day", "first", "hours"),
    [
        (date(2025, 3, 30), datetime(2025, 3, 30, tzinfo=UTC), 23),
        (date(2025, 10, 26), datetime(2025, 10, 25, 23, 0, tzinfo=UTC), 25),
    ],
)
def test_the_days_on_which_clocks_change_are_inside_in_full(day: date, first: datetime, hours: int) -> None:
    one_day = Milestone(DeclarationType.STARTED, day, day, day)
    assert opens(one_day) == first
    assert closes(one_day) == first + timedelta(hours=hours)


def test_the_zone_a_moment_is_written_in_does_not_count() -> None:
    found = milestone(2024, "ecf-standard-september", "retained-2")
    paris, new_york = timezone(timedelta(hours=2)), timezone(timedelta(hours=-4))
    assert holds(found, datetime(2025, 4, 1, 1, 0, tzinfo=paris))
    assert not holds(found, datetime(2025, 4, 1, 0, 59, 59, tzinfo=paris))
    assert holds(found, datetime(2025, 7, 31, 18, 59, 59, tzinfo=new_york))
    assert not holds(found, datetime(2025, 7, 31, 19, 0, tzinfo=new_york))


def test_a_moment_without_a_zone_lies_nowhere() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        holds(milestone(2024, "ecf-standard-april", "started"), datetime(2025, 5, 1))  # noqa: DTZ001


def test_an_open_end_holds_any_later_moment() -> None:
    found = milestone(2025, "ecf-extended-september", "completed")
    assert closes(found) is None
    assert holds(found, datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))))
    assert not holds(found, datetime.min.replace(tzinfo=timezone(timedelta(hours=12))))


@given(st.integers(0, 1000 * 86_400))
def test_a_moment_is_inside_exactly_when_its_london_day_is(seconds: int) -> None:
    moment = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    for each in milestones(2024, "ecf-standard-september"):
        assert each.ends_on is not None
        assert holds(each, moment) == (each.starts_on <= london_day(moment) <= each.ends_on)
