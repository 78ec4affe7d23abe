"""Named amounts on a statement, until it is paid."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.services.statements.ledger import APRIL, JANUARY, Ledger
from tests.support.client import InspectingClient
from tests.web.finance.rows import STATEMENTS, on, pay, success, table

MINUS = "\u2212"


@pytest.fixture
def april(app: Flask, ledger: Ledger) -> str:
    """The address of April’s statement, which is open."""
    return f"{STATEMENTS}/{on(app, APRIL)}"


def add(client: InspectingClient, statement: str, name: str, amount: str) -> None:
    client.see(f"{statement}/adjustments/add")
    client.submit("Add the adjustment", name=name, amount=amount)


def test_one_is_added_and_removed(april: str, asha: InspectingClient) -> None:
    add(asha, april, "  Agreed   in March ", " £1,234.56")
    page = asha.follow()
    assert success(page) == "The adjustment has been added."
    assert table(page, "Adjustments") == [
        ["Agreed in March", "2 January 2025", "£1,234.56", "Remove Agreed in March"]
    ]
    page = asha.see(page.link("Remove"))
    assert "£1,234.56" in page.text and page.h1 == "Remove this adjustment"
    asha.submit("Remove it")
    page = asha.follow()
    assert success(page) == "The adjustment has been removed."
    assert table(page, "Adjustments") == []


@pytest.mark.parametrize("amount", ["-500", f"{MINUS}£500.00", "£-500"])
def test_a_minus_sign_takes_it_off(april: str, asha: InspectingClient, amount: str) -> None:
    add(asha, april, "Overpaid", amount)
    assert table(asha.follow(), "Adjustments")[0][2] == f"{MINUS}£500.00"


@pytest.mark.parametrize(
    ("name", "amount", "errors"),
    [
        ("", "", [("Enter a name for the adjustment", "#name"), ("Enter the amount in pounds", "#amount")]),
        ("Extra", "0.00", [("The amount must not be 0", "#amount")]),
        ("Extra", "ten", [("Enter the amount in pounds, like 995 or 1,234.56", "#amount")]),
        ("Extra", "99999999", [("The amount must be less than £21 million", "#amount")]),
        ("x" * 101, "1", [("The name must be 100 characters or fewer", "#name")]),
    ],
)
def test_what_is_wrong_is_said_and_the_answers_are_kept(
    april: str, asha: InspectingClient, name: str, amount: str, errors: list[tuple[str, str]]
) -> None:
    asha.see(f"{april}/adjustments/add")
    asha.submit("Add the adjustment", name=name, amount=amount, status=422)
    assert list(asha.page.error_links) == errors
    assert (asha.page.by_id["name"].get("value") or "", asha.page.by_id["amount"].get("value") or "") == (
        name,
        amount,
    )
    asha.submit("Add the adjustment", name="Extra", amount="12")
    assert table(asha.follow(), "Adjustments")[0][2] == "£12.00"


def test_a_form_that_is_sent_twice_adds_one(april: str, asha: InspectingClient) -> None:
    asha.see(f"{april}/adjustments/add")
    form = asha.page
    asha.submit("Add the adjustment", name="Extra", amount="1")
    asha._page = form
    asha.submit("Add the adjustment", name="Extra", amount="1", status=409)
    assert asha.page.h1 == "Somebody else made a change first"
    assert len(table(asha.see(april), "Adjustments")) == 1


def test_two_of_one_name_can_be_told_apart(april: str, asha: InspectingClient) -> None:
    for amount in ("1", "2", "2"):
        add(asha, april, "Extra", amount)
    links = [row[3] for row in table(asha.see(april), "Adjustments")]
    assert links == ["Remove Extra, £1.00", "Remove Extra, £2.00, 1 of 2", "Remove Extra, £2.00, 2 of 2"]


def test_a_name_is_text(april: str, asha: InspectingClient) -> None:
    name = "<script>alert(1)</script> & 'Sons' " + "W" * 60
    add(asha, april, name, "1")
    asha.allow(name)
    assert table(asha.follow(), "Adjustments")[0][0] == name


def test_once_paid_they_are_frozen(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    january = f"{STATEMENTS}/{on(app, JANUARY)}"
    add(asha, january, "Extra", "1")
    remove = asha.follow().link("Remove")
    asha.see(remove)
    form = asha.page
    pay(app, ledger, on(app, JANUARY))
    asha.get(f"{january}/adjustments/add", status=409)
    assert asha.page.h1 == "This statement has already been paid"
    asha._page, asha.last_path = form, remove
    asha.submit("Remove it", status=409)
    assert asha.page.h1 == "This statement has already been paid"
    assert table(asha.see(january), "Adjustments") == [["Extra", "2 January 2025", "£1.00"]]
