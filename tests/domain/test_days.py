from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.days import LONDON, in_words, london_day, months_after, read_date
from app.domain.refusals import Refused

SECONDS = st.integers(946684800, 4070908800)  # 2000 to 2098
INSTANTS = SECONDS.map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        # Summer: London is an hour ahead.
        (datetime(2025, 8, 31, 22, 59, 59, tzinfo=UTC), date(2025, 8, 31)),
        (datetime(2025, 8, 31, 23, 0, tzinfo=UTC), date(2025, 9, 1)),
        (datetime(2026, 5, 31, 22, 59, 59, 999999, tzinfo=UTC), date(2026, 5, 31)),
        (datetime(2026, 5, 31, 23, 0, tzinfo=UTC), date(2026, 6, 1)),
        # Winter: it isn't.
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        # The nights before and after the clocks go forward (30 March 2025) and back (26 October 2025).
        (datetime(2025, 3, 29, 23, 59, tzinfo=UTC), date(2025, 3, 29)),
        (datetime(2025, 3, 30, 0, 0, tzinfo=UTC), date(2025, 3, 30)),
        (datetime(2025, 3, 30, 22, 59, tzinfo=UTC), date(2025, 3, 30)),
        (datetime(2025, 3, 30, 23, 0, tzinfo=UTC), date(2025, 3, 31)),
        (datetime(2025, 10, 25, 22, 59, tzinfo=UTC), date(2025, 10, 25)),
        (datetime(2025, 10, 25, 23, 0, tzinfo=UTC), date(2025, 10, 26)),
        (datetime(2025, 10, 26, 23, 59, tzinfo=UTC), date(2025, 10, 26)),
        (datetime(2025, 10, 27, 0, 0, tzinfo=UTC), date(2025, 10, 27)),
    ],
)
def test_the_day_is_londons_at_midnight_and_round_both_clock_changes(at: datetime, day: date) -> None:
    assert london_day(at) == day


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_day(datetime(2025, 9, 1))  # noqa: DTZ001 - the zone is what is missing


@given(INSTANTS)
def test_the_london_day_is_the_same_whatever_zone_the_instant_is_told_in(at: datetime) -> None:
    assert london_day(at.astimezone(LONDON)) == london_day(at)


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_time_never_takes_the_day_back(at: datetime, later: timedelta) -> None:
    assert london_day(at + later) >= london_day(at)


def test_a_day_in_words_has_no_leading_zero_and_a_full_month() -> None:
    assert in_words(date(2025, 9, 1)) == "1 September 2025"
    assert [in_words(date(2026, month, 10)) for month in range(1, 13)] == [
        "10 January 2026",
        "10 February 2026",
        "10 March 2026",
        "10 April 2026",
        "10 May 2026",
        "10 June 2026",
        "10 July 2026",
        "10 August 2026",
        "10 September 2026",
        "10 October 2026",
        "10 November 2026",
        "10 December 2026",
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 9, 15), 4, date(2026, 1, 15)),
        (date(2025, 10, 31), 4, date(2026, 2, 28)),
        (date(2023, 10, 31), 4, date(2024, 2, 29)),
        (date(2025, 8, 31), 4, date(2025, 12, 31)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 1, 30), 0, date(2025, 1, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, later: date
) -> None:
    assert months_after(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(0, 60))
def test_months_later_lands_in_the_month_counted(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(st.dates())
@example(date.min)
@example(date.max)
def test_a_date_is_read_as_it_was_typed(day: date) -> None:
    assert read_date(str(day.day), str(day.month), f"{day.year:04}") == day
    assert read_date(f"{day.day:02}", f"{day.month:02}", f"{day.year:04}") == day


def test_spaces_round_the_parts_of_a_date_do_not_count() -> None:
    assert read_date(" 1 ", " 9 ", " 2025 ") == date(2025, 9, 1)
    assert read_date("\t01", "09\n", "\u00a02025") == date(2025, 9, 1)


def test_a_date_with_nothing_in_it_is_blank() -> None:
    for parts in [("", "", ""), (" ", "\t", "\u00a0")]:
        with pytest.raises(Refused) as refused:
            read_date(*parts)
        assert refused.value.reason == "blank"
        assert refused.value.detail["parts"] == ("day", "month", "year")


@pytest.mark.parametrize(
    ("typed", "parts", "missing"),
    [
        (("", "9", "2025"), ("day",), "a day"),
        (("1", "", "2025"), ("month",), "a month"),
        (("1", "9", ""), ("year",), "a year"),
        (("", "", "2025"), ("day", "month"), "a day and month"),
        (("", "9", " "), ("day", "year"), "a day and year"),
        (("1", "", ""), ("month", "year"), "a month and year"),
        (("x", "", "25"), ("month",), "a month"),
    ],
)
def test_a_missing_part_of_a_date_is_named(
    typed: tuple[str, str, str], parts: tuple[str, ...], missing: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_date(*typed)
    assert refused.value.reason == "part_missing"
    assert dict(refused.value.detail) == {"parts": parts, "missing": missing}


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (("31", "04", "2025"), ("day",)),
        (("29", "2", "2025"), ("day",)),
        (("00", "01", "2025"), ("day",)),
        (("32", "1", "2025"), ("day",)),
        (("12", "13", "2025"), ("month",)),
        (("12", "0", "2025"), ("month",)),
        (("1", "Sep", "25"), ("month", "year")),
        (("1", "September", "2025"), ("month",)),
        (("1", "9", "25"), ("year",)),
        (("1", "9", "20255"), ("year",)),
        (("1", "9", "0000"), ("year",)),
        (("1".translate(WIDE), "9", "2025"), ("day",)),
        (("1", "9".translate(WIDE), "2025".translate(WIDE)), ("month", "year")),
        (("1", "9", "٢٠٢٥"), ("year",)),
        (("²", "9", "2025"), ("day",)),
        (("-1", "9", "2025"), ("day",)),
        (("+1", "9", "2025"), ("day",)),
        (("1.5", "9", "2025"), ("day",)),
        (("1", "9", "2_25"), ("year",)),
        (("001", "9", "2025"), ("day",)),
        (("1st", "9", "2025"), ("day",)),
        (("1 2", "9", "2025"), ("day",)),
        (("1\x00", "9", "2025"), ("day",)),
        (("1" * 5000, "9", "2025"), ("day",)),
        (("x", "y", "z"), ("day", "month", "year")),
        (("32", "13", "2025"), ("day", "month")),
    ],
)
def test_what_is_not_a_date_is_refused_once_naming_the_parts_at_fault(
    typed: tuple[str, str, str], parts: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        read_date(*typed)
    assert (refused.value.reason, refused.value.detail["parts"]) == ("not_a_date", parts)


def test_29_february_exists_in_leap_years_only() -> None:
    assert read_date("29", "2", "2024") == date(2024, 2, 29)
    assert read_date("29", "2", "2000") == date(2000, 2, 29)
    with pytest.raises(Refused):
        read_date("29", "2", "1900")


def tried(day: str, month: str, year: str) -> date | Refused:
    try:
        return read_date(day, month, year)
    except Refused as refused:
        return refused


PART = st.text(max_size=6) | st.integers(-5, 10_000).map(str) | st.sampled_from(["", " ", "29", "2", "2025"])


@given(PART, PART, PART)
def test_any_three_texts_are_a_date_or_one_refusal_with_the_parts_at_fault(
    day: str, month: str, year: str
) -> None:
    read = tried(day, month, year)
    if isinstance(read, Refused):
        assert read.reason in {"blank", "part_missing", "not_a_date"}
        assert read.detail["parts"]
    else:
        assert (read.day, read.month, read.year) == (int(day), int(month), int(year))
