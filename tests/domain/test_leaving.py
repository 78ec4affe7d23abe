"""Last days: of somebody at a school, of their training, and of what ends with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.leaving import STOP_REASONS, StopReason, check_last_day, check_stopping_day, ends_on
from app.domain.refusals import Refused

STARTED, TODAY = date(2025, 9, 1), date(2025, 9, 15)
LATEST = date(2026, 1, 15)
DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize("day", [STARTED, date(2025, 9, 14), TODAY, date(2025, 12, 31), LATEST])
def test_a_last_day_lies_between_the_start_and_four_months_ahead(day: date) -> None:
    assert check_last_day(day, STARTED, TODAY) == day


@pytest.mark.parametrize(
    ("day", "more", "reason", "detail"),
    [
        (date(2025, 8, 31), {}, "too_early", {"earliest": STARTED}),
        (LATEST + timedelta(days=1), {}, "too_far_ahead", {"date": LATEST}),
        (date(2025, 10, 31), {"told": date(2025, 10, 31)}, "told_already", {}),
        (date(2025, 10, 31), {"told": date(2025, 10, 31), "by_another_school": True}, "so_already", {}),
        (
            date(2025, 10, 1),
            {"starts_elsewhere_on": date(2025, 10, 1)},
            "registered_elsewhere",
            {"date": date(2025, 9, 30)},
        ),
    ],
)
def test_any_other_last_day_is_refused(
    day: date, more: dict[str, date], reason: str, detail: dict[str, date]
) -> None:
    with pytest.raises(Refused) as refused:
        check_last_day(day, STARTED, TODAY, **more)
    assert (refused.value.reason, dict(refused.value.detail)) == (reason, detail)


def test_the_end_of_a_long_month_is_the_end_of_a_short_one_four_months_on() -> None:
    assert check_last_day(date(2026, 2, 28), STARTED, date(2025, 10, 31)) == date(2026, 2, 28)
    with pytest.raises(Refused, match="too_far_ahead"):
        check_last_day(date(2026, 3, 1), STARTED, date(2025, 10, 31))


def test_training_stopped_today_or_before_but_not_before_it_began() -> None:
    assert check_stopping_day(STARTED, STARTED, TODAY) == STARTED
    assert check_stopping_day(TODAY, STARTED, TODAY) == TODAY
    for day, reason in ((STARTED - timedelta(days=1), "too_early"), (TODAY + timedelta(days=1), "ahead")):
        with pytest.raises(Refused, match=reason):
            check_stopping_day(day, STARTED, TODAY)


@pytest.mark.parametrize(
    ("finished", "told", "ends"),
    [
        (None, None, date(2025, 10, 31)),
        (date(2025, 12, 31), None, date(2025, 10, 31)),
        (date(2025, 9, 30), None, date(2025, 9, 30)),
        (date(2025, 9, 30), date(2025, 9, 30), date(2025, 10, 31)),
        (date(2025, 9, 20), date(2025, 9, 30), date(2025, 9, 20)),
    ],
)
def test_what_is_open_or_ended_with_the_day_told_before_ends_with_the_last_day(
    finished: date | None, told: date | None, ends: date
) -> None:
    assert ends_on(STARTED, finished, date(2025, 10, 31), told) == ends


@given(DAYS, DAYS, DAYS)
def test_telling_one_day_and_then_another_comes_to_telling_the_other(
    started: date, first: date, second: date
) -> None:
    at_first = ends_on(started, None, first)
    assert ends_on(started, at_first, second, told=first) == ends_on(started, None, second)
    assert at_first is not None and at_first >= started


def test_every_reason_to_stop_has_words() -> None:
    assert set(STOP_REASONS) == set(StopReason)
