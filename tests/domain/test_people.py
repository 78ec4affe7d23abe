from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.people import (
    age_on,
    read_birth_date,
    read_national_insurance_number,
    read_trn,
)
from app.domain.refusals import Refused

TODAY = date(2025, 9, 15)
WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


@pytest.mark.parametrize(
    ("typed", "trn"),
    [
        ("3001234", "3001234"),
        (" 30 01234 ", "3001234"),
        ("RP30/01234", "3001234"),
        ("rp 30-01234", "3001234"),
        ("123456", "0123456"),
        ("12345", "0012345"),
        ("00123", "0000123"),
        ("0000000", "0000000"),
        ("3\uff13001234", "3001234"),
    ],
)
def test_a_trn_is_its_digits_padded_to_7(typed: str, trn: str) -> None:
    assert read_trn(typed) == trn


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "blank"),
        (" \t\u00a0", "blank"),
        ("abcdefg", "no_digits"),
        ("-", "no_digits"),
        ("3001234".translate(WIDE), "no_digits"),
        ("٣٠٠١٢٣٤", "no_digits"),
        ("1234", "too_short"),
        ("RP1", "too_short"),
        ("12345678", "too_long"),
        ("1" * 40, "too_long"),
    ],
)
def test_what_is_not_a_trn_is_refused_by_name(typed: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_trn(typed)
    assert refused.value.reason == reason


@given(st.text() | st.text("0123456789 /RP", max_size=12))
def test_reading_a_trn_twice_changes_nothing(text: str) -> None:
    try:
        trn = read_trn(text)
    except Refused:
        return
    assert read_trn(trn) == trn
    assert len(trn) == 7
    assert trn.isascii()
    assert trn.isdigit()


@pytest.mark.parametrize("typed", ["QQ123456C", "qq 12 34 56 c", " QQ-12-34-56-C ", "Qq/12.34 56\u2011C"])
def test_a_national_insurance_number_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_national_insurance_number(typed) == "QQ123456C"


@pytest.mark.parametrize("suffix", "ABCDabcd")
def test_a_national_insurance_number_ends_in_a_to_d(suffix: str) -> None:
    assert read_national_insurance_number(f"QQ123456{suffix}") == f"QQ123456{suffix.upper()}"


@pytest.mark.parametrize("typed", ["", " ", "\n"])
def test_an_empty_national_insurance_number_is_blank(typed: str) -> None:
    with pytest.raises(Refused, match=r"^blank$"):
        read_national_insurance_number(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "QQ123456E",
        "QQ123456",
        "Q1123456C",
        "QQQ123456C",
        "QQ12345C",
        "QQ1234567C",
        "QQ123456C1",
        "1QQ123456C",
        f"QQ{'123456'.translate(WIDE)}C",
        "\u017f\u017f123456C",
        "\u212a\u212a123456C",
        "ßß123456C",
        "-",
    ],
)
def test_any_other_shape_is_not_a_national_insurance_number(typed: str) -> None:
    with pytest.raises(Refused, match=r"^wrong_shape$"):
        read_national_insurance_number(typed)


@example("xx000000d")
@given(st.from_regex(r"[A-Za-z]{2}[0-9]{6}[A-Da-d]", fullmatch=True))
def test_reading_a_national_insurance_number_twice_changes_nothing(text: str) -> None:
    number = read_national_insurance_number(text)
    assert number == text.upper()
    assert read_national_insurance_number(number) == number


def test_a_birth_date_is_a_past_date_of_an_adult() -> None:
    assert read_birth_date("27", "3", "2001", TODAY) == date(2001, 3, 27)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2007, 9, 15), 18),
        (date(2007, 9, 14), 18),
        (date(1925, 9, 15), 100),
        (date(1924, 9, 16), 100),
    ],
)
def test_18_and_100_are_let_through(born: date, age: int) -> None:
    assert read_birth_date(str(born.day), str(born.month), str(born.year), TODAY) == born
    assert age_on(born, TODAY) == age


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2007, 9, 16), 17), (date(2025, 9, 14), 0), (date(1924, 9, 15), 101), (date(1, 1, 1), 2024)],
)
def test_an_unlikely_age_is_said_in_years(born: date, age: int) -> None:
    with pytest.raises(Refused) as refused:
        read_birth_date(str(born.day), str(born.month), f"{born.year:04}", TODAY)
    assert refused.value.reason == "unlikely_age"
    assert dict(refused.value.detail) == {"parts": ("year",), "n": age}


@pytest.mark.parametrize("born", [TODAY, TODAY + timedelta(days=1), date(9999, 12, 31)])
def test_today_or_later_is_not_a_birth_date(born: date) -> None:
    with pytest.raises(Refused) as refused:
        read_birth_date(str(born.day), str(born.month), str(born.year), TODAY)
    assert refused.value.reason == "not_past"
    assert refused.value.detail["parts"] == ("day", "month", "year")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [(("", "", ""), "blank"), (("1", "", "2001"), "part_missing"), (("31", "4", "2001"), "not_a_date")],
)
def test_a_birth_date_that_is_no_date_is_refused_as_one(typed: tuple[str, str, str], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_birth_date(*typed, TODAY)
    assert refused.value.reason == reason


def test_somebody_born_on_29_february_is_older_on_1_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
