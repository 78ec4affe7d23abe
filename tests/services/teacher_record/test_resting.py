"""Leaving a register alone that is busy or failing."""

from __future__ import annotations

import pytest

from app.services.teacher_record.resting import LONGEST_REST, REST_AFTER_FAILURES, Rest


class Seconds:
    """A monotonic clock to set by hand."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_it_does_not_rest_unless_told() -> None:
    assert not Rest(Seconds()).is_on()


@pytest.mark.parametrize(("asked", "rests"), [(7, 7), (0, 1), (-5, 1), (100_000, LONGEST_REST)])
def test_a_rest_lasts_as_long_as_asked_within_reason(asked: int, rests: int) -> None:
    seconds = Seconds()
    rest = Rest(seconds)
    rest.begin(asked)
    seconds.now += rests - 0.1
    assert rest.is_on()
    seconds.now += 0.2
    assert not rest.is_on()


def test_a_shorter_rest_does_not_end_a_longer_one() -> None:
    seconds = Seconds()
    rest = Rest(seconds)
    rest.begin(60)
    rest.begin(5)
    seconds.now += 30
    assert rest.is_on()


def test_it_rests_after_three_failures_in_a_row() -> None:
    seconds = Seconds()
    rest = Rest(seconds)
    rest.failed()
    rest.failed()
    assert not rest.is_on()
    rest.failed()
    assert rest.is_on()
    seconds.now += REST_AFTER_FAILURES + 0.1
    assert not rest.is_on()


def test_an_answer_breaks_the_row_of_failures() -> None:
    rest = Rest(Seconds())
    for _ in range(5):
        rest.failed()
        rest.failed()
        rest.answered()
    assert not rest.is_on()
