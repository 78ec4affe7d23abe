"""London calendar days: which day an instant falls on, how a day reads, and days as people type them.

Instants are stored in UTC; every rule about days is a rule about the day in London, where 31 August 23:00
UTC is already 1 September.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.refusals import Refused

LONDON = ZoneInfo("Europe/London")

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PARTS = ("day", "month", "year")


def london_day(at: datetime) -> date:
    """The day in London at an instant. `at` must know its zone: ValueError otherwise."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone to fall on a day")
    return at.astimezone(LONDON).date()


def in_words(day: date) -> str:
    """“1 September 2025”: month in full, no leading zero, whatever the machine’s locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month’s last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_date(day: str, month: str, year: str) -> date:
    """The date typed into three boxes. Spaces round a part don’t count; only the digits 0 to 9 do.

    Raises Refused with `parts`, the boxes at fault in page order: `blank` (nothing typed), `part_missing`
    (with `missing`, “a month” or “a day and year”), `not_a_date` (no such day, not numbers, a year without
    4 digits).
    """
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    empty = tuple(part for part in PARTS if not typed[part])
    if len(empty) == len(PARTS):
        raise Refused("blank", parts=PARTS)
    if empty:
        raise Refused("part_missing", parts=empty, missing="a " + " and ".join(empty))
    wrong = tuple(part for part in PARTS if not _could_be(part, typed[part]))
    if wrong:
        raise Refused("not_a_date", parts=wrong)
    try:
        return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    except ValueError:
        # Each part could be right, so it is the day that this month doesn’t have: 31 April, 29 February 2025.
        raise Refused("not_a_date", parts=("day",)) from None


def _could_be(part: str, text: str) -> bool:
    """Whether a part is right on its own. `isascii` keeps full-width and other digits out."""
    if not (text.isascii() and text.isdigit()):
        return False
    if part == "year":
        return len(text) == 4 and int(text) > 0
    return len(text) <= 2 and 1 <= int(text) <= (31 if part == "day" else 12)
