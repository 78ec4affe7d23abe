from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payments import (
    TAKEN_OFF,
    Amounts,
    Band,
    Contract,
    Counts,
    Figures,
    allocate,
    fee,
    figures,
    pence,
    service_fee,
)
from app.domain.schedules import Course, DeclarationType
from app.domain.statements import Adjustment

ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
STARTED, RETAINED_1, COMPLETED = (
    DeclarationType.STARTED,
    DeclarationType.RETAINED_1,
    DeclarationType.COMPLETED,
)

BANDS = (
    Band("A", 1, 2, 400_00),
    Band("B", 3, 4, 300_00),
    Band("C", 5, 6, 200_00),
    Band("D", 7, 8, 100_00),
)
PLAIN = Contract(BANDS, 6000, 149_651_00, monthly_service_fee_pence=None, uplift_pence=100_00, vat=True)
NO_FEE = replace(PLAIN, monthly_service_fee_pence=0)
FLAT = replace(NO_FEE, uplift_pence=0, mentor_price_pence=1000_00)


def in_pounds(amount: Fraction) -> str:
    """An amount of pence in pounds to five decimals, as the worked examples have it."""
    return f"{float(round(amount / 100, 5)):.5f}"


def counted(found: Figures) -> dict[str, list[tuple[int, int]]]:
    """Additions and subtractions from A to D of each type that has any."""
    rows = {
        str(each): [
            (line.additions, line.subtractions) for line in found.lines if line.declaration_type == each
        ]
        for each in DeclarationType
    }
    return {name: row for name, row in rows.items() if any(map(any, row))}


def test_worked_example_of_mentors_paid_flat() -> None:
    found = figures(
        FLAT, [Counts(MENTOR, STARTED, now=5, refunded=2), Counts(MENTOR, COMPLETED, now=3, refunded=1)]
    )
    assert [(line.band, line.additions, line.subtractions, line.fee) for line in found.mentor_lines] == [
        (None, 5, 2, 500_00),
        (None, 3, 1, 500_00),
    ]
    assert counted(found) == {}
    stored = found.pence()
    assert (stored.mentor_output_fee, stored.mentor_clawbacks) == (4000_00, 1500_00)
    assert (stored.total, stored.vat, stored.total_with_vat) == (2500_00, 500_00, 3000_00)


def test_worked_example_of_uplifts_without_output_declarations() -> None:
    found = figures(PLAIN, [Counts(ECT, STARTED, uplifts=4, uplifts_refunded=2)]).exact
    assert in_pounds(found.service_fee) == "-5132.79310"
    assert (found.uplift, found.refunded_uplifts) == (400_00, 200_00)
    assert in_pounds(found.total) == "-4932.79310"
    assert (found.output_fee, found.clawbacks) == (0, 0)


def test_a_statement_of_the_service_fee_only_is_worked_out_without_counts() -> None:
    found = figures(replace(PLAIN, vat=False), ())
    assert found.exact.total == service_fee(PLAIN) == found.exact.total_with_vat
    assert (found.exact.vat, dict(found.unpaid), found.mentor_lines) == (
        0,
        dict.fromkeys(DeclarationType, 0),
        (),
    )


def test_there_is_a_line_for_every_type_in_every_band_with_its_fee() -> None:
    lines = figures(PLAIN, ()).lines
    assert [(line.declaration_type, line.band) for line in lines] == [
        (each, band.letter) for each in DeclarationType for band in BANDS
    ]
    assert [line.fee for line in lines] == [fee(each, band) for each in DeclarationType for band in BANDS]


def test_declaration_types_fill_the_bands_separately() -> None:
    found = figures(
        NO_FEE,
        [
            Counts(ECT, STARTED, before=4, now=3, refunded=2),
            Counts(ECT, RETAINED_1, before=1, now=2),
            Counts(ECT, DeclarationType.EXTENDED_3, now=1),
        ],
    )
    assert counted(found) == {
        "started": [(0, 0), (0, 0), (2, 1), (1, 1)],
        "retained-1": [(1, 0), (1, 0), (0, 0), (0, 0)],
        "extended-3": [(1, 0), (0, 0), (0, 0), (0, 0)],
    }
    assert found.exact.output_fee == (2 * 24 + 12 + 36 + 27 + 36) * 100
    assert found.exact.clawbacks == (24 + 12) * 100
    assert found.exact.total == (159 - 36) * 100


def test_what_finds_no_room_is_counted_and_not_paid() -> None:
    found = figures(NO_FEE, [Counts(ECT, STARTED, before=7, now=4)])
    assert counted(found) == {"started": [(0, 0), (0, 0), (0, 0), (1, 0)]}
    assert {each: left for each, left in found.unpaid.items() if left} == {STARTED: 3}


def test_without_a_mentor_price_mentors_share_the_bands_and_the_uplift_with_ects() -> None:
    found = figures(
        NO_FEE,
        [
            Counts(ECT, STARTED, before=1, now=1, uplifts=1),
            Counts(MENTOR, STARTED, before=1, now=2, refunded=1, uplifts=2, uplifts_refunded=1),
        ],
    )
    assert counted(found) == {"started": [(0, 0), (2, 0), (1, 1), (0, 0)]}
    assert (found.exact.uplift, found.exact.refunded_uplifts) == (300_00, 100_00)
    assert found.mentor_lines == ()


def test_with_a_mentor_price_mentors_fill_no_band_and_get_no_uplift() -> None:
    found = figures(
        replace(FLAT, uplift_pence=100_00),
        [
            Counts(ECT, STARTED, now=1),
            Counts(MENTOR, STARTED, before=7, now=1, uplifts=1, uplifts_refunded=1),
        ],
    )
    assert counted(found) == {"started": [(1, 0), (0, 0), (0, 0), (0, 0)]}
    assert (found.exact.uplift, found.exact.refunded_uplifts) == (0, 0)
    assert found.exact.total == 48_00 + 500_00


def test_a_mentor_price_of_0_is_a_price() -> None:
    found = figures(replace(FLAT, mentor_price_pence=0), [Counts(MENTOR, STARTED, now=1)])
    assert (found.exact.total, counted(found)) == (0, {})


def test_mentors_paid_flat_are_paid_for_starting_and_completing_and_anything_else_shows_as_nothing() -> None:
    found = figures(FLAT, [Counts(MENTOR, RETAINED_1, now=2, refunded=1)])
    assert [(line.declaration_type, line.additions, line.fee) for line in found.mentor_lines] == [
        (STARTED, 0, 500_00),
        (RETAINED_1, 2, 0),
        (COMPLETED, 0, 500_00),
    ]
    assert found.exact.total == 0


def test_only_started_declarations_have_an_uplift() -> None:
    found = figures(NO_FEE, [Counts(ECT, RETAINED_1, uplifts=3, uplifts_refunded=1)]).exact
    assert (found.uplift, found.refunded_uplifts, found.total) == (0, 0, 0)


def test_uplift_has_no_cap() -> None:
    assert figures(NO_FEE, [Counts(ECT, STARTED, before=8, now=900, uplifts=900)]).exact.total == 90_000_00


def test_adjustments_go_either_way() -> None:
    adjustments = [Adjustment("Late registrations", 500_00), Adjustment("Paid twice", -750_01)]
    found = figures(NO_FEE, (), adjustments).exact
    assert (found.adjustments, found.total) == (-250_01, -250_01)


def test_the_stored_total_is_the_exact_total_rounded_and_not_a_sum_of_rounded_lines() -> None:
    contract = replace(NO_FEE, bands=(Band("A", 1, 9, 1_05),), vat=True)
    found = figures(contract, [Counts(ECT, each, now=1) for each in (RETAINED_1, DeclarationType.RETAINED_2)])
    assert [pence(line.output_fee) for line in found.lines if line.additions] == [9, 9]
    assert found.exact.total == Fraction(189, 10)
    assert found.pence().total == 19
    assert found.pence().output_fee == 19


def test_vat_is_a_fifth_of_the_exact_total() -> None:
    contract = replace(NO_FEE, bands=(Band("A", 1, 9, 9_70),))
    found = figures(contract, [Counts(ECT, RETAINED_1, now=1)])
    assert found.exact.total == Fraction("87.3")
    assert found.exact.vat == Fraction("17.46")
    assert (found.pence().total, found.pence().vat, found.pence().total_with_vat) == (87, 17, 105)


@pytest.mark.parametrize("vat", [True, False])
def test_vat_is_charged_when_the_provider_charges_it_below_0_too(vat: bool) -> None:
    found = figures(replace(NO_FEE, vat=vat), (), [Adjustment("Paid twice", -100_00)]).pence()
    assert (found.vat, found.total_with_vat) == ((-20_00, -120_00) if vat else (0, -100_00))


COUNT = st.integers(0, 12)
COUNTS = st.lists(
    st.builds(
        Counts, st.sampled_from(Course), st.sampled_from(DeclarationType), COUNT, COUNT, COUNT, COUNT, COUNT
    ),
    max_size=8,
)
PRICES = st.integers(0, 1_000_00)
CONTRACTS = st.builds(
    Contract,
    st.builds(lambda a, b: (Band("A", 0, 3, a), Band("B", 4, 9, b, 55, 45)), PRICES, PRICES),
    st.integers(0, 20),
    st.integers(0, 200_000_00),
    st.none() | PRICES,
    PRICES,
    st.booleans(),
    st.none() | PRICES,
)
ADJUSTMENTS = st.lists(st.builds(Adjustment, st.just("Named"), st.integers(-9999, -1) | st.integers(1, 9999)))


@given(CONTRACTS, COUNTS, ADJUSTMENTS)
def test_the_total_is_the_sum_of_what_is_shown_exactly(
    contract: Contract, counts: list[Counts], adjustments: list[Adjustment]
) -> None:
    found = figures(contract, counts, adjustments)
    exact, lines = found.exact, [*found.lines, *found.mentor_lines]
    assert exact.output_fee + exact.mentor_output_fee == sum(line.additions * line.fee for line in lines)
    assert exact.clawbacks + exact.mentor_clawbacks == sum(line.subtractions * line.fee for line in lines)
    assert exact.total == (
        service_fee(contract)
        + sum((line.additions - line.subtractions) * line.fee for line in lines)
        + exact.uplift
        - exact.refunded_uplifts
        + sum(each.amount_pence for each in adjustments)
    )
    assert exact.total_with_vat - exact.total == exact.vat == (exact.total / 5 if contract.vat else 0)


@given(CONTRACTS, COUNTS)
def test_every_declaration_counted_is_added_or_unpaid(contract: Contract, counts: list[Counts]) -> None:
    found = figures(contract, counts)
    added = sum(line.additions for line in [*found.lines, *found.mentor_lines])
    assert added + sum(found.unpaid.values()) == sum(each.now for each in counts)


@given(CONTRACTS, COUNTS)
def test_the_order_of_the_counts_does_not_matter(contract: Contract, counts: list[Counts]) -> None:
    assert figures(contract, counts[::-1]) == figures(contract, iter(counts))


@given(CONTRACTS, COUNTS)
def test_each_stored_amount_is_an_exact_one_rounded_for_itself(
    contract: Contract, counts: list[Counts]
) -> None:
    found = figures(contract, counts)
    for each in fields(Amounts):
        exact, stored = getattr(found.exact, each.name), getattr(found.pence(), each.name)
        assert type(exact) is Fraction
        assert type(stored) is int
        assert stored == pence(exact)


def test_what_is_taken_off_is_named_as_an_amount() -> None:
    assert {each.name for each in fields(Amounts)} > TAKEN_OFF


def test_lines_agree_with_the_allocation() -> None:
    found = figures(PLAIN, [Counts(ECT, COMPLETED, 3, 4, 1)])
    lines = [line for line in found.lines if line.declaration_type == COMPLETED]
    paid = allocate(3, 4, 1, BANDS)
    assert tuple(line.additions for line in lines) == paid.additions
    assert tuple(line.subtractions for line in lines) == paid.subtractions
