"""One cell to one value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from app.services.importing import cells
from app.services.importing.reading import Row
from app.services.importing.report import CellRefused


def a_row(value: str) -> Row:
    return Row(2, {"it": value})


def test_runs_of_spaces_and_line_breaks_in_text_become_one_space() -> None:
    assert cells.text(a_row("John Taylor  Hub\u00a0\n (North)"), "it") == "John Taylor Hub (North)"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025/09/01", date(2025, 9, 1)),
        ("2025-9-1", date(2025, 9, 1)),
        ("01/09/2025", date(2025, 9, 1)),
        ("29/02/2024", date(2024, 2, 29)),
        ("", None),
    ],
)
def test_dates_are_read_year_first_or_day_first(written: str, read: date | None) -> None:
    assert cells.optional_date(a_row(written), "it") == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024/08/01", datetime(2024, 7, 31, 23, 0, tzinfo=UTC)),
        ("2024/12/01", datetime(2024, 12, 1, 0, 0, tzinfo=UTC)),
        ("2025-09-01T10:30", datetime(2025, 9, 1, 9, 30, tzinfo=UTC)),
        ("2025-09-01 10:30+02:00", datetime(2025, 9, 1, 8, 30, tzinfo=UTC)),
        ("2025-09-01T10:30:00Z", datetime(2025, 9, 1, 10, 30, tzinfo=UTC)),
        ("", None),
    ],
)
def test_moments_are_london_time_unless_they_say_otherwise(written: str, read: datetime | None) -> None:
    assert cells.optional_time(a_row(written), "it") == read


@pytest.mark.parametrize("written", ["TRUE", "yes", "Y", "1"])
def test_a_yes_is_a_yes_in_any_case(written: str) -> None:
    assert cells.yes_or_no(a_row(written), "it") is True


@pytest.mark.parametrize("written", ["False", "NO", "n", "0"])
def test_a_no_is_a_no_in_any_case(written: str) -> None:
    assert cells.yes_or_no(a_row(written), "it") is False


@pytest.mark.parametrize(
    ("kind", "written", "message"),
    [
        (cells.text, "", "is blank"),
        (cells.text, "x" * 256, "is longer than 255 characters"),
        (cells.text, "bell\x07", "has a character that is not text"),
        (cells.text, "\u202etxet", "has a character that is not text"),
        (cells.urn, "12345", "must be 6 numbers"),
        (cells.urn, "1234567", "must be 6 numbers"),
        (cells.urn, "\uff11\uff12\uff13\uff14\uff15\uff16", "must be 6 numbers"),
        (cells.year, "1925", "must be a year from 2020 to 2099"),
        (cells.year, "2025/26", "must be a year from 2020 to 2099"),
        (cells.yes_or_no, "maybe", "must be true or false"),
        (cells.yes_or_no, "", "must be true or false"),
        (cells.optional_date, "2025/02/29", "must be a date that exists, from 2000 to 2099"),
        (cells.optional_date, "0025/09/01", "must be a date that exists, from 2000 to 2099"),
        (cells.optional_date, "1 September 2025", "must be a date like 2025/09/01"),
        (cells.optional_date, "01/09/25", "must be a date like 2025/09/01"),
        (cells.required_date, "", "is blank"),
        (cells.required_time, "", "is blank"),
        (cells.optional_time, "2025-09-01T25:00", "must be a date like 2025/09/01, or 2025-09-01T10:30"),
        (
            cells.optional_time,
            "0001-01-01T00:00+23:59",
            "must be a date like 2025/09/01, or 2025-09-01T10:30",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_its_column_and_value(
    kind: Callable[[Row, str], object], written: str, message: str
) -> None:
    with pytest.raises(CellRefused) as refused:
        kind(a_row(written), "it")
    assert (refused.value.column, refused.value.value, refused.value.message) == ("it", written, message)
