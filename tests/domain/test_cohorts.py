from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cohorts import (
    CohortPlace,
    cohort_for_start,
    cohort_of,
    cohort_to_train_in,
    current_cohort,
    earliest_start,
    extended_schedule,
    standard_schedule,
    training_start,
    window,
    years,
)
from app.domain.days import london_day
from app.domain.refusals import Refused

OPEN = (2023, 2024, 2025)
TODAY = date(2025, 9, 15)
DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))


def test_a_window_is_1_june_to_31_may() -> None:
    assert window(2025) == (date(2025, 6, 1), date(2026, 5, 31))


@given(DAYS)
def test_windows_partition_time(day: date) -> None:
    cohort = cohort_of(day)
    first, last = window(cohort)
    assert first <= day <= last
    assert window(cohort + 1)[0] == last + timedelta(days=1)
    assert not window(cohort - 1)[0] <= day <= window(cohort - 1)[1]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_cohort_of_any_day_that_can_be_typed_is_known(day: date) -> None:
    assert cohort_of(day) == (0 if day == date.min else 9999)


def test_schools_read_two_years() -> None:
    assert years(2025) == "2025 to 2026"


@pytest.mark.parametrize(
    ("opened", "today", "current"),
    [
        (OPEN, TODAY, 2025),
        ((2025, 2023, 2024), TODAY, 2025),
        ((*OPEN, 2026), TODAY, 2025),
        ((*OPEN, 2026), date(2026, 5, 31), 2025),
        ((*OPEN, 2026), date(2026, 6, 1), 2026),
        (OPEN, date(2026, 9, 15), 2025),
        ((2026,), TODAY, None),
        ((), TODAY, None),
    ],
)
def test_the_current_cohort_is_the_latest_open_one_whose_window_has_begun(
    opened: tuple[int, ...], today: date, current: int | None
) -> None:
    assert current_cohort(opened, today) == current


def test_the_cohort_flips_at_london_midnight() -> None:
    before = london_day(datetime(2026, 5, 31, 22, 59, 59, tzinfo=UTC))
    after = london_day(datetime(2026, 5, 31, 23, 0, 0, tzinfo=UTC))
    assert current_cohort((*OPEN, 2026), before) == 2025
    assert current_cohort((*OPEN, 2026), after) == 2026


@pytest.mark.parametrize(
    ("start", "cohort"),
    [
        (date(2026, 5, 31), 2025),
        (date(2026, 6, 1), None),
        (date(2025, 5, 31), 2025),
        (date(2025, 6, 1), 2025),
        (date(2023, 6, 1), 2025),
        (date(2024, 2, 29), 2025),
        (date(9999, 12, 31), None),
    ],
)
def test_a_start_date_decides_the_cohort(start: date, cohort: int | None) -> None:
    assert cohort_for_start(start, OPEN, TODAY) == cohort


@pytest.mark.parametrize("start", [date(2023, 5, 31), date.min])
def test_a_start_before_the_window_two_back_is_refused(start: date) -> None:
    with pytest.raises(Refused) as refused:
        cohort_for_start(start, OPEN, TODAY)
    assert (refused.value.reason, dict(refused.value.detail)) == ("too_early", {"earliest": date(2023, 6, 1)})


def test_a_start_in_a_later_window_is_open_once_dfe_has_opened_it() -> None:
    assert cohort_for_start(date(2026, 6, 1), (*OPEN, 2026), TODAY) == 2026
    assert cohort_for_start(date(2027, 6, 1), (*OPEN, 2026), TODAY) is None


def test_a_year_that_was_not_opened_is_not_registered_for_after_it_has_begun() -> None:
    assert cohort_for_start(date(2026, 9, 1), OPEN, date(2026, 9, 15)) is None


def test_before_any_window_has_begun_only_an_opened_cohort_takes_its_own_starters() -> None:
    assert cohort_for_start(date(2026, 9, 1), (2026,), date(2026, 4, 1)) == 2026
    assert cohort_for_start(date(2026, 5, 31), (2026,), date(2026, 4, 1)) is None
    assert cohort_for_start(date(2026, 9, 1), (), TODAY) is None


@given(DAYS, DAYS, st.sets(st.integers(2000, 2100)))
def test_nobody_is_put_into_a_cohort_that_is_not_open(start: date, today: date, opened: set[int]) -> None:
    current = current_cohort(opened, today)
    if current is not None and start < earliest_start(current):
        with pytest.raises(Refused, match=r"^too_early$"):
            cohort_for_start(start, opened, today)
        return
    cohort = cohort_for_start(start, opened, today)
    assert cohort is None or (cohort in opened and window(cohort)[1] >= start)
    assert (cohort is None) == (cohort_of(start) > (current or 0) and cohort_of(start) not in opened)


def test_the_earliest_start_is_two_windows_back() -> None:
    assert earliest_start(2025) == date(2023, 6, 1)


def test_training_starts_on_the_later_of_start_and_window() -> None:
    assert training_start(date(2024, 2, 29), 2025) == date(2025, 6, 1)
    assert training_start(date(2025, 5, 31), 2025) == date(2025, 6, 1)
    assert training_start(date(2025, 9, 1), 2025) == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("months", "season"),
    [((6, 7, 8, 9, 10), "september"), ((11, 12, 1, 2), "january"), ((3, 4, 5), "april")],
)
def test_the_month_training_starts_picks_the_schedule(months: tuple[int, ...], season: str) -> None:
    for month in months:
        for day in (1, 28):
            assert standard_schedule(date(2026, month, day)) == f"ecf-standard-{season}"
            assert extended_schedule(date(2026, month, day)) == f"ecf-extended-{season}"


def test_a_first_registration_goes_by_the_start_date() -> None:
    assert cohort_to_train_in(date(2025, 9, 1), OPEN, TODAY) == CohortPlace(
        2025, "ecf-standard-september", date(2025, 9, 1)
    )
    assert cohort_to_train_in(date(2026, 1, 5), OPEN, TODAY) == CohortPlace(
        2025, "ecf-standard-january", date(2026, 1, 5)
    )


def test_a_late_registration_is_on_the_schedule_of_its_cohorts_first_day() -> None:
    assert cohort_to_train_in(date(2024, 2, 29), OPEN, TODAY) == CohortPlace(
        2025, "ecf-standard-september", date(2025, 6, 1)
    )


def test_a_first_registration_in_a_year_that_is_not_open_has_no_place() -> None:
    assert cohort_to_train_in(date(2026, 6, 1), OPEN, TODAY) is None


def test_an_earlier_provider_led_record_keeps_its_cohort_and_schedule() -> None:
    place = cohort_to_train_in(date(2025, 10, 1), OPEN, TODAY, 2024, earlier_schedule="ecf-reduced-january")
    assert place == CohortPlace(2024, "ecf-reduced-january", date(2025, 10, 1))


def test_an_earlier_record_without_a_schedule_gets_the_standard_one_of_its_training_start() -> None:
    assert cohort_to_train_in(date(2025, 3, 1), OPEN, TODAY, 2024) == CohortPlace(
        2024, "ecf-standard-april", date(2025, 3, 1)
    )


def test_an_earlier_record_is_kept_when_the_start_falls_into_a_year_that_is_not_open() -> None:
    place = cohort_to_train_in(date(2026, 6, 1), OPEN, TODAY, 2024, earlier_schedule="ecf-standard-april")
    assert place == CohortPlace(2024, "ecf-standard-april", date(2026, 6, 1))


def test_a_frozen_earlier_cohort_moves_to_2024_on_an_extended_schedule_with_the_flag() -> None:
    place = cohort_to_train_in(
        date(2025, 11, 3), OPEN, TODAY, 2021, frozen=True, earlier_schedule="ecf-standard-april"
    )
    assert place == CohortPlace(2024, "ecf-extended-january", date(2025, 11, 3), True)


def test_a_frozen_cohort_says_nothing_about_somebody_without_an_earlier_record() -> None:
    place = cohort_to_train_in(date(2025, 9, 1), OPEN, TODAY, None, frozen=True)
    assert place == CohortPlace(2025, "ecf-standard-september", date(2025, 9, 1), False)


def test_a_schedule_without_an_earlier_cohort_is_not_kept() -> None:
    place = cohort_to_train_in(date(2025, 9, 1), OPEN, TODAY, earlier_schedule="ecf-standard-april")
    assert place is not None
    assert place.schedule == "ecf-standard-september"


def test_an_earlier_record_does_not_move_the_earliest_start() -> None:
    with pytest.raises(Refused, match=r"^too_early$"):
        cohort_to_train_in(date(2023, 5, 31), OPEN, TODAY, 2022)
