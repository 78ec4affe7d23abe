"""Contracts: amounts in pounds, a new version for whatever is new."""

from __future__ import annotations

from typing import Any

import pytest

from app.data.database import release
from app.data.models import Contract, ContractBand, Event, LeadProvider
from app.data.queries import contracts
from app.domain.payments import Band
from tests.services.importing.test_cohorts import HEADER as COHORTS

BAND_A = "band_a_min,band_a_max,band_a_price"
SHORT = f"lead_provider,cohort,recruitment_target,set_up_fee,vat,{BAND_A}\n"
FULL = (
    f"lead_provider,cohort,recruitment_target,set_up_fee,monthly_service_fee,uplift,vat,mentor_price,{BAND_A},"
    "band_b_min,band_b_max,band_b_price,band_b_output_percent,band_b_service_percent\n"
)
ROW = 'Northstar,2024,"6,000","£149,651.00",yes,0,2000,995\n'


@pytest.fixture
def places(bring_in: Any) -> None:
    """Northstar in 2024 and in 2025, which has mentor funding."""
    rows = "2024,2024/05/10,2024/09/01,,,false,false\n2025,2025/05/10,2025/09/01,,,true,true\n"
    bring_in("cohorts", COHORTS + rows)
    bring_in("lead-providers", "name\nNorthstar\nCedar\n")
    bring_in("lead-provider-places", "lead_provider,cohort\nNorthstar,2024\nNorthstar,2025\n")


def latest(held: Any, cohort: int) -> contracts.ContractDetails:
    provider = next(row["id"] for row in held(LeadProvider) if row["name"] == "Northstar")
    release()
    found = contracts.latest(provider, cohort)
    assert found is not None
    return found


def test_pounds_become_pence_and_what_is_left_out_is_as_usual(places: None, bring_in: Any, held: Any) -> None:
    assert bring_in("contracts", SHORT + ROW).added == 1
    contract = latest(held, 2024)
    assert contract.terms.bands == (Band("A", 0, 2000, 995_00, 60, 40),)
    assert (contract.version, contract.created_by) == (1, None)
    terms = contract.terms
    assert (terms.recruitment_target, terms.set_up_fee_pence, terms.uplift_pence, terms.vat) == (
        6000,
        149_651_00,
        100_00,
        True,
    )
    assert (terms.monthly_service_fee_pence, terms.mentor_price_pence) == (None, None)


def test_every_column_is_read(places: None, bring_in: Any, held: Any) -> None:
    row = "Northstar,2025,100,0,0,,no,1000.50,1,50,400,51,80,300.25,70,30\n"
    assert bring_in("contracts", FULL + row).added == 1
    terms = latest(held, 2025).terms
    assert terms.bands == (Band("A", 1, 50, 400_00), Band("B", 51, 80, 300_25, 70, 30))
    assert (terms.monthly_service_fee_pence, terms.uplift_pence, terms.mentor_price_pence) == (0, 0, 1000_50)


def test_the_same_row_adds_nothing_and_another_one_the_next_version(
    places: None, bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    bring_in("contracts", SHORT + ROW)
    with unchanged_by(lambda: held(Contract), lambda: held(ContractBand)):
        assert bring_in("contracts", SHORT + ROW).unchanged == 1
    assert bring_in("contracts", SHORT + ROW.replace("995", "996")).added == 1
    assert sorted(row["version"] for row in held(Contract)) == [1, 2]
    assert sorted(row["price_pence"] for row in held(ContractBand)) == [995_00, 996_00]
    assert [row["kind"] for row in held(Event)].count("contract.added") == 2


def test_rows_that_the_rules_refuse_are_named(places: None, bring_in: Any, held: Any) -> None:
    report = bring_in(
        "contracts",
        FULL
        + "Nobody,2024,1,1,,,no,,0,2,4,,,,,\n"
        + "Cedar,2024,1,1,,,no,,0,2,4,,,,,\n"
        + "Northstar,2025,1,1,,,no,,0,2,4,,,,,\n"
        + "Northstar,2024,1,1,,,no,,0,2,4,4,5,3,,\n",
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, lead_provider “Nobody”: no lead provider has this name: import it first",
        "Row 3, cohort “Cedar”: This lead provider has no place in the 2024 cohort",
        "Row 4, mentor_price “Northstar”: Enter the price of a mentor: the 2025 cohort has mentor funding",
        "Row 5, band_b_min “Northstar”: Band B must begin at 3, right after the one before it",
    ]
    assert held(Contract) == []


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (2, "many", "recruitment_target “many”: must be a whole number"),
        (2, "9" * 5000, "must be a whole number"),
        (3, "1.5", "set_up_fee “1.5”: must be an amount in pounds like 995 or 149,651.00"),
        (3, "-1", "set_up_fee “-1”: must be an amount in pounds like 995 or 149,651.00"),
        (3, "9999999999", "set_up_fee “9999999999”: is too large"),
        (6, "perhaps", "vat “perhaps”: must be true or false"),
        (9, "0", "band_a_max “0”: is less than the band’s min"),
        (14, "101", "band_b_output_percent “101”: must be 100 or less"),
    ],
)
def test_cells_that_cannot_be_read_are_named(
    places: None, bring_in: Any, column: int, value: str, message: str
) -> None:
    row = ["Northstar", "2024", "1", "1", "", "", "no", "", "1", "2", "4", "3", "5", "3", "60", "40"]
    row[column] = value
    report = bring_in("contracts", FULL + ",".join(row) + "\n")
    (error,) = report.errors
    assert message in str(error)
    assert report.added == 0
