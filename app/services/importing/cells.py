"""One cell to one value. Each function raises CellRefused; its message stands after the row and the value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from app.domain import people
from app.domain.days import LONDON
from app.domain.refusals import Refused
from app.services.importing.reading import Row
from app.services.importing.report import CellRefused

LONGEST_TEXT = 255
_DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_YES_OR_NO: Mapping[str, bool] = {
    "true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False,
}  # fmt: skip


def text(row: Row, column: str, longest: int = LONGEST_TEXT) -> str:
    """A cell that must say something: composed letters (NFC), runs of spaces and line breaks one space."""
    value = optional_text(row, column, longest)
    if not value:
        raise CellRefused(column, row[column], "is blank")
    return value


def optional_text(row: Row, column: str, longest: int = LONGEST_TEXT) -> str:
    """A cell that may be blank (""), tidied as `text` does."""
    value = unicodedata.normalize("NFC", " ".join(row[column].split()))
    if len(value) > longest:
        raise CellRefused(column, value, f"is longer than {longest} characters")
    if not value.isprintable():
        raise CellRefused(column, value, "has a character that is not text")
    return value


def optional_email(row: Row, column: str) -> str:
    """An email address, or "" for a blank cell."""
    value = row[column]
    try:
        return people.read_email(value) if value else ""
    except Refused:
        raise CellRefused(column, value, "must be an email address like name@example.com") from None


def urn(row: Row, column: str = "URN") -> str:
    """A school's unique reference number: 6 ASCII digits, kept as text."""
    value = row[column]
    if not re.fullmatch(r"[0-9]{6}", value):
        raise CellRefused(column, value, "must be 6 numbers")
    return value


def year(row: Row, column: str) -> int:
    """A cohort's start year, 2020 to 2099."""
    value = row[column]
    if not re.fullmatch(r"20[2-9][0-9]", value):
        raise CellRefused(column, value, "must be a year from 2020 to 2099")
    return int(value)


def yes_or_no(row: Row, column: str) -> bool:
    """true, yes, y, 1 or false, no, n, 0 in any case."""
    value = row[column]
    if value.casefold() not in _YES_OR_NO:
        raise CellRefused(column, value, "must be true or false")
    return _YES_OR_NO[value.casefold()]


def optional_date(row: Row, column: str) -> date | None:
    """A date as 2025/09/01, 2025-09-01 or 01/09/2025 (day first), or None for a blank cell."""
    value = row[column]
    if not value:
        return None
    found = _DATE.fullmatch(value)
    if not found:
        raise CellRefused(column, value, "must be a date like 2025/09/01")
    parts = [int(part) for part in found.groups() if part]
    year_, month, day = parts if found.group(1) else reversed(parts)
    try:
        return _in_reach(date(year_, month, day))
    except ValueError:
        raise CellRefused(column, value, "must be a date that exists, from 2000 to 2099") from None


def required_date(row: Row, column: str) -> date:
    """A date that must be there."""
    found = optional_date(row, column)
    if found is None:
        raise CellRefused(column, row[column], "is blank")
    return found


def optional_time(row: Row, column: str) -> datetime | None:
    """A moment in UTC: a date (its midnight in London), or a date and time like 2025-09-01T10:30+01:00.

    A time without an offset is London time.
    """
    value = row[column]
    if "T" not in value and ":" not in value:
        day = optional_date(row, column)
        return None if day is None else midnight(day)
    try:
        moment = datetime.fromisoformat(value)
        _in_reach(moment)
    except ValueError:
        raise CellRefused(column, value, "must be a date like 2025/09/01, or 2025-09-01T10:30") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def required_time(row: Row, column: str) -> datetime:
    """A moment that must be there."""
    found = optional_time(row, column)
    if found is None:
        raise CellRefused(column, row[column], "is blank")
    return found


def midnight(day: date) -> datetime:
    """The start of a London day, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _in_reach(day: date) -> date:
    """The same day. Raises ValueError for a year that can only be a slip of the keyboard."""
    if not 2000 <= day.year <= 2099:
        raise ValueError(day.year)
    return day
