"""Amounts as people type and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.pounds import (
    LARGEST_PENCE,
    in_pounds,
    read_count,
    read_pounds,
    read_signed_pounds,
    typed_again,
)
from app.domain.refusals import Refused


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (0, "£0.00"),
        (5, "£0.05"),
        (1_234_56, "£1,234.56"),
        (-4_932_79, "\u2212£4,932.79"),
        (123_456_789_00, "£123,456,789.00"),
    ],
)
def test_amounts_read_like_this(pence: int, shown: str) -> None:
    assert in_pounds(pence) == shown


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("995", 995_00),
        (" £ 1,234.56 ", 1_234_56),
        ("1 234.56", 1_234_56),
        ("0", 0),
        ("0.05", 5),
        ("149651.00", 149_651_00),
        ("21,474,836.47", LARGEST_PENCE),
    ],
)
def test_amounts_are_read_however_they_are_typed(typed: str, pence: int) -> None:
    assert read_pounds(typed) == pence
    assert read_signed_pounds(typed) == pence


@pytest.mark.parametrize("sign", ["-", "\u2212", "\u2013"])
@pytest.mark.parametrize("typed", ["{}£500", "£{}500.00", "{} 500"])
def test_a_minus_sign_of_any_kind_takes_off(sign: str, typed: str) -> None:
    assert read_signed_pounds(typed.format(sign)) == -500_00
    with pytest.raises(Refused, match="not_an_amount"):
        read_pounds(typed.format(sign))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("£", "blank"),
        ("ten", "not_an_amount"),
        ("1.5", "not_an_amount"),
        ("1,23", "not_an_amount"),
        ("1.234", "not_an_amount"),
        ("££5", "not_an_amount"),
        ("--5", "not_an_amount"),
        ("\uff11\uff12", "not_an_amount"),
        ("1e3", "not_an_amount"),
        ("21474836.48", "too_large"),
        ("9" * 5000, "not_an_amount"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_signed_pounds(typed)


@given(st.integers(-LARGEST_PENCE, LARGEST_PENCE))
def test_an_amount_in_a_field_is_read_back_as_it_was(pence: int) -> None:
    assert read_signed_pounds(typed_again(pence)) == pence
    assert read_signed_pounds(in_pounds(pence)) == pence


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("2,000", 2000), (" 6 000 ", 6000)])
def test_whole_numbers_may_have_commas(typed: str, number: int) -> None:
    assert read_count(typed) == number


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "blank"), ("1.5", "not_whole"), ("-1", "not_whole"), ("101", "too_large")]
)
def test_what_is_no_whole_number_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_count(typed, 100)
