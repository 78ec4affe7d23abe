"""Chance from a seed: the same seed gives the same numbers, ids and moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")

RECENTLY = timedelta(days=1)
RECENT_SHARE = 0.01
QUIET = timedelta(days=3)
"""Nothing happened between this long ago and the recent changes, so that these can be told from all others."""

_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Dice:
    """Throws for one batch. `now` is the moment of the whole demonstration."""

    def __init__(self, seed: str, now: datetime) -> None:
        chance = Random(seed)  # noqa: S311  (records, not secrets)
        self.throw, self._bits, self.now = chance.random, chance.getrandbits, now

    def new_id(self, at: datetime) -> str:
        """An id as if it had been made at that moment: a UUIDv7."""
        milliseconds = (at - _EPOCH) // _MILLISECOND
        number = milliseconds << 80 | 7 << 76 | self._bits(12) << 64 | 2 << 62 | self._bits(62)
        text = f"{number:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def chance(self, share: float) -> bool:
        """True in this share of throws."""
        return self.throw() < share

    def below(self, limit: int) -> int:
        """A whole number from 0, under the limit."""
        return int(self.throw() * limit)

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return among[int(self.throw() * len(among))]

    def weighted(self, among: Sequence[tuple[T, float]]) -> T:
        """One of them, each as often as its share says; the shares add up to 1."""
        thrown = self.throw()
        for each, share in among:
            thrown -= share
            if thrown < 0:
                return each
        return among[-1][0]

    def day(self, first: date, last: date) -> date:
        """A day between the two, both possible; the first when the last comes before it."""
        return first + timedelta(days=self.below(max(0, (last - first).days) + 1))

    def at(self, day: date, hour: int) -> datetime:
        """A moment of that day in the four hours from `hour` UTC; in London it is the same day."""
        microseconds = int(self.throw() * 14_400_000_000)
        return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) + timedelta(microseconds=microseconds)

    def stamp(self, last_changed: datetime) -> datetime:
        """When a record was last changed: one in a hundred recently, the others as their history says."""
        if self.throw() < RECENT_SHARE:
            return self.now - RECENTLY * self.throw()
        return min(last_changed, self.now - QUIET)
