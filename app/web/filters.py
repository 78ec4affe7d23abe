"""Jinja filters: how a value reads on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.days import LONDON, in_words

if TYPE_CHECKING:
    from app.web.journeys.page import OptionView


def time_of_day(at: datetime) -> str:
    """“9am”, “12:30pm”, “midday” or “midnight” in London, as GOV.UK writes times. ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone to have a time of day")
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime) -> str:
    """“1 September 2025 at 9:30am” in London."""
    return f"{in_words(at.astimezone(LONDON).date())} at {time_of_day(at)}"


def counted(number: int, one: str, many: str = "") -> str:
    """“1 ECT”, “2 ECTs”: a number with its noun. `many` is for a noun that doesn’t just take an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def numbered(options: Iterable[OptionView]) -> Iterator[tuple[int, OptionView]]:
    """Radios with their numbers, from 1. A divider before one takes a number too, as upstream."""
    at = 0
    for option in options:
        at += 2 if option.divided else 1
        yield at, option


FILTERS = {
    "in_words": in_words,
    "time_of_day": time_of_day,
    "moment": moment,
    "counted": counted,
    "numbered": numbered,
}
