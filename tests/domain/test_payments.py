from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payments import (
    MENTOR_SHARES,
    SHARES,
    UPLIFT_TARGET_PERCENT,
    Allocation,
    Band,
    Contract,
    Counts,
    allocate,
    capacity,
    fee,
    pence,
    service_fee,
    usual_uplift,
)
from app.domain.schedules import Course, DeclarationType

ECT = Course.ECF_INDUCTION
STARTED, RETAINED_1, COMPLETED = (
    DeclarationType.STARTED,
    DeclarationType.RETAINED_1,
    DeclarationType.COMPLETED,
)


def bands(size: int, *pounds: int) -> tuple[Band, ...]:
    """Bands of one size, one after the other, at prices in pounds."""
    return tuple(
        Band(letter, place * size + 1, (place + 1) * size, price * 100)
        for place, (letter, price) in enumerate(zip("ABCD", pounds, strict=False))
    )


FOUR_OF_TWO = bands(2, 400, 300, 200, 100)
SET_UP = 149_651_00
PLAIN = Contract(FOUR_OF_TWO, 6000, SET_UP, monthly_service_fee_pence=None, uplift_pence=100_00, vat=True)


def in_pounds(amount: Fraction) -> str:
    """An amount of pence in pounds to five decimals, as the worked examples have it."""
    return f"{float(round(amount / 100, 5)):.5f}"


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Fraction(49, 100), 0),
        (Fraction(-49, 100), 0),
        (Fraction(51, 100), 1),
        (Fraction(7), 7),
        (Fraction(-7), -7),
        (Fraction(2**60) + Fraction(1, 2), 2**60 + 1),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: Fraction, whole: int) -> None:
    assert pence(amount) == whole


@given(st.fractions())
def test_rounding_moves_an_amount_by_half_a_penny_at_most_and_minds_no_sign(amount: Fraction) -> None:
    assert abs(pence(amount) - amount) <= Fraction(1, 2)
    assert pence(-amount) == -pence(amount)


def test_shares_are_a_fifth_at_both_ends_and_15_percent_between() -> None:
    assert set(SHARES) == set(DeclarationType)
    assert [each for each, share in SHARES.items() if share == Fraction(1, 5)] == [STARTED, COMPLETED]
    assert set(SHARES.values()) == {Fraction(1, 5), Fraction(3, 20)}
    assert {STARTED: Fraction(1, 2), COMPLETED: Fraction(1, 2)} == MENTOR_SHARES


def test_worked_example_of_fees() -> None:
    assert [(band.letter, fee(STARTED, band) / 100, fee(RETAINED_1, band) / 100) for band in FOUR_OF_TWO] == [
        ("A", 48, 36),
        ("B", 36, 27),
        ("C", 24, 18),
        ("D", 12, 9),
    ]


def test_a_fee_is_exact() -> None:
    assert fee(RETAINED_1, Band("A", 1, 2, 995_01, output_percent=61)) == Fraction(99501 * 15 * 61, 10_000)


@pytest.mark.parametrize(
    ("least", "most", "places"), [(0, 2000, 2000), (1, 2000, 2000), (2001, 4000, 2000), (5, 5, 1), (0, 0, 0)]
)
def test_capacity_counts_both_ends_of_a_band(least: int, most: int, places: int) -> None:
    assert capacity(Band("A", least, most, 1)) == places


@pytest.mark.parametrize(
    ("before", "now", "additions"), [(2100, 2000, (0, 1900, 100)), (1900, 2500, (100, 2000, 400))]
)
def test_worked_examples_of_bands_of_2000(before: int, now: int, additions: tuple[int, ...]) -> None:
    assert allocate(before, now, 0, bands(2000, 3, 2, 1)) == Allocation(additions, (0, 0, 0))


def test_worked_example_of_clawbacks() -> None:
    assert allocate(4, 3, 2, FOUR_OF_TWO) == Allocation((0, 0, 2, 1), (0, 0, 1, 1))


@pytest.mark.parametrize(
    ("before", "now", "refunded", "additions", "subtractions"),
    [
        (0, 0, 0, (0, 0, 0, 0), (0, 0, 0, 0)),
        (0, 9, 0, (2, 2, 2, 2), (0, 0, 0, 0)),
        (8, 5, 0, (0, 0, 0, 0), (0, 0, 0, 0)),
        (4, 1, 3, (0, 0, 1, 0), (0, 2, 1, 0)),
        (8, 0, 3, (0, 0, 0, 0), (0, 0, 1, 2)),
        (1, 0, 5, (0, 0, 0, 0), (1, 0, 0, 0)),
        (0, 0, 5, (0, 0, 0, 0), (0, 0, 0, 0)),
        (10, 0, 1, (0, 0, 0, 0), (0, 0, 0, 1)),
        (7, 3, 2, (0, 0, 0, 1), (0, 0, 0, 2)),
    ],
)
def test_bands_fill_from_a_and_empty_from_d(
    before: int, now: int, refunded: int, additions: tuple[int, ...], subtractions: tuple[int, ...]
) -> None:
    assert allocate(before, now, refunded, FOUR_OF_TWO) == Allocation(additions, subtractions)


COUNT = st.integers(0, 60)
SIZES = st.lists(st.integers(0, 12), min_size=1, max_size=4)


def sized(sizes: list[int]) -> tuple[Band, ...]:
    """Bands that hold so many; one that holds nobody is from 0 to 0."""
    return tuple(Band(letter, min(1, size), size, 100) for letter, size in zip("ABCD", sizes, strict=False))


def filled(count: int, sizes: list[int]) -> list[int]:
    """How many of `count` lie in each band, one after the other."""
    return [max(0, min(size, count - sum(sizes[:place]))) for place, size in enumerate(sizes)]


@given(COUNT, COUNT, COUNT, SIZES)
def test_additions_fill_the_bands_on_top_of_those_before(
    before: int, now: int, refunded: int, sizes: list[int]
) -> None:
    additions = allocate(before, now, refunded, sized(sizes)).additions
    earlier = filled(before, sizes)
    together = [one + added for one, added in zip(earlier, additions, strict=True)]
    assert together == filled(before + now, sizes)
    assert all(0 <= added <= size for added, size in zip(additions, sizes, strict=True))
    assert sum(additions) == min(now, sum(sizes) - min(before, sum(sizes)))


@given(COUNT, COUNT, COUNT, SIZES)
def test_subtractions_come_out_of_the_additions_from_d_to_a_then_of_those_before_from_d_to_a(
    before: int, now: int, refunded: int, sizes: list[int]
) -> None:
    found = allocate(before, now, refunded, sized(sizes))
    taken, left = [0] * len(sizes), refunded
    for held in (found.additions, filled(before, sizes)):
        for place in reversed(range(len(sizes))):
            out = min(left, held[place])
            taken[place], left = taken[place] + out, left - out
    assert list(found.subtractions) == taken


@given(COUNT, COUNT, COUNT, SIZES)
def test_no_more_is_taken_back_than_was_ever_paid_in_a_band(
    before: int, now: int, refunded: int, sizes: list[int]
) -> None:
    found = allocate(before, now, refunded, sized(sizes))
    paid = [one + added for one, added in zip(filled(before, sizes), found.additions, strict=True)]
    assert all(0 <= out <= most for out, most in zip(found.subtractions, paid, strict=True))
    assert sum(found.subtractions) == min(refunded, sum(paid)) <= before + now


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=8), SIZES)
def test_statement_after_statement_what_is_paid_is_what_stands_while_all_find_room(
    months: list[tuple[int, int]], sizes: list[int]
) -> None:
    before, paid = 0, [0] * len(sizes)
    for billed, taken_back in months:
        now = min(billed, sum(sizes) - before)
        refunded = min(taken_back, before + now)
        found = allocate(before, now, refunded, sized(sizes))
        paid = [
            one + added - out
            for one, added, out in zip(paid, found.additions, found.subtractions, strict=True)
        ]
        before += now - refunded
        assert paid == filled(before, sizes)


@pytest.mark.parametrize("wrong", [-1, 1.0, Decimal(1), True, "1"])
def test_counts_are_whole_numbers_from_0(wrong: Any) -> None:
    for name in ("before", "now", "refunded", "uplifts", "uplifts_refunded"):
        with pytest.raises(ValueError, match="only whole numbers from 0"):
            Counts(ECT, STARTED, **{name: wrong})
    with pytest.raises(ValueError, match="only whole numbers from 0"):
        allocate(wrong, 0, 0, FOUR_OF_TWO)


@pytest.mark.parametrize(
    "change",
    [
        {"price_pence": 995.0},
        {"price_pence": -1},
        {"output_percent": 101},
        {"service_percent": 101},
        {"service_percent": Decimal(40)},
        {"min": 3},
    ],
)
def test_a_band_has_whole_pence_percentages_and_its_ends_in_order(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="whole numbers|percentages"):
        replace(FOUR_OF_TWO[0], **change)


def test_a_band_pays_60_percent_by_declarations_and_40_by_the_month_unless_said_otherwise() -> None:
    assert (FOUR_OF_TWO[0].output_percent, FOUR_OF_TWO[0].service_percent) == (60, 40)


@pytest.mark.parametrize(
    "change",
    [
        {"bands": ()},
        {"bands": FOUR_OF_TWO[::-1]},
        {"bands": FOUR_OF_TWO[1:]},
        {"recruitment_target": -1},
        {"set_up_fee_pence": 0.5},
        {"monthly_service_fee_pence": -1},
        {"uplift_pence": -1},
        {"mentor_price_pence": -1},
    ],
)
def test_a_contract_has_bands_from_a_and_whole_amounts(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="whole numbers|bands are A to D"):
        replace(PLAIN, **change)


def test_worked_example_of_the_service_fee() -> None:
    contract = replace(PLAIN, bands=bands(2000, 995, 979, 966))
    assert in_pounds(service_fee(contract)) == "75943.06897"
    assert pence(service_fee(contract)) == 75943_07


def test_the_service_fee_pours_the_target_into_the_bands_and_the_rest_is_lost() -> None:
    contract = replace(PLAIN, bands=bands(2000, 995, 979, 966), set_up_fee_pence=0)
    assert service_fee(replace(contract, recruitment_target=2001)) * 29 == 2000 * 398_00 + 391_60
    assert service_fee(replace(contract, recruitment_target=0)) == 0
    assert service_fee(replace(contract, recruitment_target=9999)) == service_fee(contract)


def test_the_set_up_fee_is_spread_over_the_places_of_band_a() -> None:
    contract = replace(PLAIN, bands=bands(2000, 995, 979, 966), recruitment_target=1000)
    free = replace(contract, set_up_fee_pence=0)
    assert service_fee(free) - service_fee(contract) == Fraction(SET_UP, 2 * 29)


def test_a_band_a_for_nobody_bears_no_set_up_fee() -> None:
    assert service_fee(replace(PLAIN, bands=(Band("A", 0, 0, 100),))) == 0


@pytest.mark.parametrize("monthly", [0, 1, 75_000_00])
def test_a_monthly_figure_is_the_service_fee_even_when_it_is_0(monthly: int) -> None:
    assert service_fee(replace(PLAIN, monthly_service_fee_pence=monthly)) == monthly


def test_uplift_is_100_pounds_to_2024_and_none_after() -> None:
    assert [usual_uplift(cohort) for cohort in (2021, 2024, 2025, 2026)] == [10_000, 10_000, 0, 0]
    assert UPLIFT_TARGET_PERCENT == 33
