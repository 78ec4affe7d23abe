"""One clock: UTC inside, London at the edge (Trust, 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine

from app.data import clock


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    clock.freeze(None)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-08-31T22:59:59+00:00", date(2025, 8, 31)),
        ("2025-08-31T23:00:00+00:00", date(2025, 9, 1)),
        ("2026-05-31T23:00:00+00:00", date(2026, 6, 1)),
        ("2025-12-31T23:30:00+00:00", date(2025, 12, 31)),
        ("2026-01-01T00:00:00+00:00", date(2026, 1, 1)),
        ("2025-09-01T04:00:00+05:30", date(2025, 8, 31)),
    ],
)
def test_the_date_is_londons(moment: str, day: date) -> None:
    at = datetime.fromisoformat(moment)
    assert clock.london_date(at) == day
    with time_machine.travel(at, tick=False):
        assert clock.today() == day


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    found = clock.now()
    assert found.utcoffset() == timedelta(0)
    assert before <= found <= datetime.now(UTC)


def test_a_stopped_clock_stands_until_it_is_let_go() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    at = datetime(2025, 9, 15, 14, 30, tzinfo=india)
    clock.freeze(at)
    assert clock.now() == clock.now() == at
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.today() == date(2025, 9, 15)
    clock.freeze(None)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_moment_without_a_zone_is_no_moment() -> None:
    naive = datetime(2025, 9, 15, 10, 0, tzinfo=UTC).replace(tzinfo=None)
    for use in (clock.freeze, clock.london_date):
        with pytest.raises(ValueError, match="time zone"):
            use(naive)
