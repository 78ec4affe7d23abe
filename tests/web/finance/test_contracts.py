"""Contracts: the list, the versions, and a new one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from flask import Flask

from app.data.queries import contracts
from app.domain.payments import Band, Contract
from tests.services.statements.ledger import TERMS, Ledger, agree
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.web.finance.rows import facts, inside, success, table

CONTRACTS = "/finance/contracts"
Counting = Callable[[], AbstractContextManager[list[str]]]
NEW = {
    "recruitment_target": "6,000",
    "set_up_fee": "£149,651",
    "monthly_service_fee": "",
    "uplift": "0",
    "vat": "no",
    "mentor_price": "1,000.50",
    "band_a_min": "1",
    "band_a_max": "2,000",
    "band_a_price": "995.00",
    "band_a_output": "60",
    "band_a_service": "40",
}
MADE = Contract((Band("A", 1, 2000, 995_00),), 6000, 149_651_00, None, 0, False, 1_000_50)


@pytest.fixture
def of_2024(ledger: Ledger) -> str:
    """The address of a contract with one version."""
    return f"{CONTRACTS}/{ledger.provider}/2024"


@pytest.fixture
def of_2025(ledger: Ledger) -> str:
    """The address of a contract that isn’t there yet, in a cohort with mentor funding."""
    return f"{CONTRACTS}/{ledger.provider}/2025"


def stored(app: Flask, ledger: Ledger, cohort: int) -> list[Contract]:
    """The terms of every version, newest first."""
    return inside(app, lambda: [each.terms for each in contracts.versions(ledger.provider, cohort)])


def typed(page: Document, name: str) -> str:
    return page.by_id[name].get("value") or ""


def test_every_place_in_a_cohort_is_listed_with_its_latest_version(
    app: Flask, ledger: Ledger, asha: InspectingClient, of_2024: str
) -> None:
    inside(app, lambda: agree(ledger, replace(TERMS, vat=False)))
    page = asha.see(CONTRACTS)
    assert table(page, "Contracts") == [
        ["Northstar, 2025 cohort", "2025", "None yet", "Not set up"],
        ["Northstar, 2024 cohort", "2024", "Version 2", "1 December 2024"],
    ]
    asha.submit("Apply filters", provider=ledger.provider, cohort="2024")
    assert [row[1] for row in table(asha.page, "Contracts")] == ["2024"]
    assert asha.page.link("Northstar") == of_2024
    page = asha.see(f"{CONTRACTS}?cohort=2031")
    assert "No contracts found" in page.text and page.link("Show all contracts") == CONTRACTS


def test_a_place_without_a_contract_says_what_that_means(asha: InspectingClient, of_2025: str) -> None:
    page = asha.see(of_2025)
    assert page.h1 == "Contract with Northstar, 2025 cohort"
    assert "Without one, no statement can be worked out or paid." in page.text
    assert page.link("Set up version 1") == f"{of_2025}/new"


def test_versions_are_shown_newest_first_with_who_set_them_up(
    app: Flask, ledger: Ledger, asha: InspectingClient, of_2024: str
) -> None:
    page = asha.see(of_2024)
    assert facts(page) == {
        "Set up": "1 December 2024 by an import",
        "Recruitment target": "6,000 participants",
        "Set-up fee": "£149,651.00",
        "Monthly service fee": "£0.00",
        "Uplift for each participant": "£100.00",
        "Charges VAT": "Yes",
    }
    assert table(page, "Bands of version 1")[0] == ["A", "1 to 2", "£400.00", "60%", "40%"]
    inside(app, lambda: agree(ledger, replace(TERMS, monthly_service_fee_pence=None)))
    page = asha.see(of_2024)
    headings = [text_of(each) for each in page.all("h2", within=page.main)]
    assert headings == ["Version 2", "Version 1"]


def test_a_new_version_is_checked_before_it_is_set_up(
    app: Flask, ledger: Ledger, asha: InspectingClient, of_2025: str
) -> None:
    page = asha.see(f"{of_2025}/new")
    assert (typed(page, "uplift"), typed(page, "band_b_output"), typed(page, "band_a_min")) == (
        "0.00",
        "60",
        "",
    )
    asha.submit("Continue", **NEW)
    page = asha.page
    assert page.h1 == "Check version 1 of the contract"
    assert facts(page)["Monthly service fee"] == "Worked out from the bands"
    assert facts(page)["Price of each mentor"] == "£1,000.50"
    assert table(page, "Bands") == [["A", "1 to 2,000", "£995.00", "60%", "40%"]]
    assert stored(app, ledger, 2025) == []
    asha.submit("Set up version 1")
    page = asha.follow()
    assert success(page) == "The new version of the contract has been set up."
    assert facts(page)["Set up"] == "2 January 2025 by Asha Begum"
    assert stored(app, ledger, 2025) == [MADE]


def test_changing_the_answers_keeps_them(asha: InspectingClient, of_2025: str) -> None:
    asha.see(f"{of_2025}/new")
    asha.submit("Continue", **NEW)
    asha.submit("Change these answers")
    page = asha.page
    assert page.h1 == "Set up version 1 of the contract"
    assert {name: typed(page, name) for name in NEW if name != "vat"} == {
        name: value for name, value in NEW.items() if name != "vat"
    }
    assert "checked" in page.by_id["vat-2"].attrib


def test_the_next_version_begins_with_the_latest(
    app: Flask, ledger: Ledger, asha: InspectingClient, of_2024: str
) -> None:
    asha.see(f"{of_2024}/new")
    asha.submit("Continue", vat="no", band_d_price="99.50")
    asha.submit("Set up version 2")
    bands = (*TERMS.bands[:3], replace(TERMS.bands[3], price_pence=99_50))
    assert stored(app, ledger, 2024) == [replace(TERMS, vat=False, bands=bands), TERMS]


def test_everything_missing_is_said_at_once_in_the_order_of_the_page(
    asha: InspectingClient, of_2025: str
) -> None:
    asha.see(f"{of_2025}/new")
    asha.submit("Continue", uplift="", status=422)
    assert list(asha.page.error_links) == [
        ("Enter the recruitment target", "#recruitment_target"),
        ("Enter the set-up fee", "#set_up_fee"),
        ("Enter the uplift for each participant", "#uplift"),
        ("Select yes if the lead provider charges VAT", "#vat"),
        ("Enter the price of each mentor", "#mentor_price"),
        ("Enter where band A begins", "#band_a_min"),
        ("Enter where band A ends", "#band_a_max"),
        ("Enter the price of a participant in band A", "#band_a_price"),
    ]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"set_up_fee": "ten"}, ("Enter the set-up fee in pounds, like 995 or 1,234.56", "#set_up_fee")),
        (
            {"recruitment_target": "1.5"},
            ("Enter the recruitment target as a whole number", "#recruitment_target"),
        ),
        (
            {"band_a_output": "101"},
            ("The percentage for declarations in band A must be 100 or less", "#band_a_output"),
        ),
        (
            {"uplift": "99999999"},
            ("The uplift for each participant must be £21,474,836.47 or less", "#uplift"),
        ),
        ({"band_a_max": "2000001"}, ("Where band A ends must be 1,000,000 or less", "#band_a_max")),
        ({"band_a_min": "2", "band_a_max": "1"}, ("Band A must not end before it begins", "#band_a_max")),
        (
            {"band_a_min": "0", "band_a_max": "0"},
            ("Band A must have room for at least one participant", "#band_a_max"),
        ),
        ({"band_a_min": "2"}, ("Band A must begin at 0 or 1", "#band_a_min")),
        (
            {"band_b_min": "2,002", "band_b_max": "3000", "band_b_price": "9"},
            ("Band B must begin at 2001, right after the one before it", "#band_b_min"),
        ),
        (
            {"band_b_min": "2001", "band_b_max": "3000"},
            ("Enter the price of a participant in band B", "#band_b_price"),
        ),
    ],
)
def test_what_is_wrong_is_said_and_the_answers_are_kept(
    app: Flask,
    ledger: Ledger,
    asha: InspectingClient,
    of_2025: str,
    changes: dict[str, str],
    error: tuple[str, str],
) -> None:
    asha.see(f"{of_2025}/new")
    sent = {**NEW, **changes}
    asha.submit("Continue", **sent, status=422)
    assert asha.page.error_links == (error,)
    assert {name: typed(asha.page, name) for name in sent if name != "vat"} == {
        name: value for name, value in sent.items() if name != "vat"
    }
    assert stored(app, ledger, 2025) == []


def test_a_band_that_is_left_out_between_two_is_asked_for(asha: InspectingClient, of_2025: str) -> None:
    asha.see(f"{of_2025}/new")
    third = {"band_c_min": "2001", "band_c_max": "3000", "band_c_price": "9"}
    asha.submit("Continue", **NEW, **third, status=422)
    assert [text for text, _ in asha.page.error_links] == [
        "Enter where band B begins",
        "Enter where band B ends",
        "Enter the price of a participant in band B",
    ]


def test_only_cohorts_with_mentor_funding_ask_for_the_price_of_a_mentor(
    asha: InspectingClient, of_2024: str
) -> None:
    assert "mentor_price" not in asha.see(f"{of_2024}/new").by_id


def test_a_version_that_somebody_else_set_up_meanwhile_is_not_overwritten(
    app: Flask, ledger: Ledger, asha: InspectingClient, of_2024: str
) -> None:
    asha.see(f"{of_2024}/new")
    asha.submit("Continue")
    inside(app, lambda: agree(ledger, replace(TERMS, vat=False)))
    check = asha.page
    asha.submit("Set up version 2", status=409)
    assert asha.page.h1 == "Somebody else made a change first"
    assert asha.page.link("Go back to the contract") == of_2024
    asha._page, asha.last_path = check, f"{of_2024}/new"
    asha.submit("Change these answers", status=409)
    assert len(stored(app, ledger, 2024)) == 2


def test_more_versions_cost_no_more_selects(
    app: Flask, ledger: Ledger, asha: InspectingClient, of_2024: str, count_queries: Counting
) -> None:
    def queries() -> int:
        with count_queries() as sent:
            asha.get(of_2024)
            asha.get(CONTRACTS)
        return len(sent)

    asha.see(f"{of_2024}/new")
    asha.submit("Continue")
    asha.submit("Set up version 2")
    asha.get(CONTRACTS)
    before = queries()
    for fee in (1, 2, 3):
        terms = replace(TERMS, monthly_service_fee_pence=fee)
        inside(app, lambda terms=terms: agree(ledger, terms))
    assert queries() == before <= 12
