"""Two people pay a statement: one asks, a different one authorises what was seen."""

from __future__ import annotations

import pytest
from flask import Flask

from app.services import finance
from tests.services.statements.ledger import APRIL, JANUARY, Ledger
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.web.finance.rows import STATEMENTS, close, declare, facts, inside, on, success


@pytest.fixture
def january(app: Flask, ledger: Ledger) -> str:
    """The address of January’s statement with 3 declarations, closed: £158.40 with VAT."""
    identity = on(app, JANUARY)
    declare(app, ledger, identity, 3)
    close(app, identity)
    return f"{STATEMENTS}/{identity}"


def ask(client: InspectingClient, statement: str) -> None:
    client.see(f"{statement}/request")
    client.submit("Ask for payment")


def test_one_person_asks_and_a_different_one_authorises(
    january: str, asha: InspectingClient, ben: InspectingClient
) -> None:
    page = asha.see(january)
    assert page.link("Ask for payment") == f"{january}/request"
    page = asha.see(f"{january}/request")
    assert facts(page)["Total with VAT"] == "£158.40"
    assert "A different person must then authorise the payment." in page.text
    asha.submit("Ask for payment")
    page = asha.follow()
    assert success(page) == "You have asked for this payment. A different person must authorise it."
    with pytest.raises(LookupError):
        page.link("Authorise for payment")
    page = ben.see(january)
    assert "Asha Begum asked for this payment on 2 January 2025 at 9am." in page.text
    page = ben.see(page.link("Authorise for payment"))
    assert "Northstar is paid £158.40 with VAT, on 25 January 2025" in page.text
    assert "3 declarations become paid" in page.text
    assert "You cannot undo this." in page.text
    ben.submit("Authorise the payment")
    page = ben.follow()
    assert success(page) == "The payment has been authorised."
    assert "Status: Paid" in page.text


def test_who_asked_cannot_authorise(january: str, asha: InspectingClient) -> None:
    ask(asha, january)
    asha.get(f"{january}/authorise", status=409)
    assert asha.page.h1 == "A different person must authorise this payment"
    assert asha.page.link("Go back to the statement") == january
    asha.see(f"{january}/withdraw")
    form = asha.page.form()
    token = next(each for each in form.iter("input") if each.get("name") == "csrf_token").get("value")
    asha.post(f"{january}/authorise", data={"csrf_token": token, "total": "15840"}, status=409)
    assert asha.page.h1 == "A different person must authorise this payment"
    assert "Status: Payable" in asha.see(january).text


def test_a_paid_statement_can_neither_be_withdrawn_nor_authorised(
    january: str, asha: InspectingClient, ben: InspectingClient
) -> None:
    ask(asha, january)
    ben.see(f"{january}/authorise")
    ben.submit("Authorise the payment")
    ben.get(f"{january}/withdraw", status=409)
    assert ben.page.h1 == "This statement has already been paid"
    ben.get(f"{january}/authorise", status=409)
    assert ben.page.h1 == "This statement has already been paid"


def test_two_open_pages_pay_once(january: str, asha: InspectingClient, ben: InspectingClient) -> None:
    ask(asha, january)
    ben.see(f"{january}/authorise")
    old = ben.page
    ben.submit("Authorise the payment")
    ben._page = old
    ben.last_path = f"{january}/authorise"
    ben.submit("Authorise the payment", status=409)
    assert ben.page.h1 == "Somebody else made a change first"
    assert "We have not changed anything." in ben.page.text
    assert ben.page.link("Go back to the statement") == january


def test_an_amount_that_changed_since_it_was_seen_is_not_paid(
    app: Flask, ledger: Ledger, january: str, asha: InspectingClient, ben: InspectingClient
) -> None:
    ask(asha, january)
    ben.see(f"{january}/authorise")
    identity = january.rpartition("/")[2]
    by = ledger.by(ledger.asker)
    seen = inside(app, lambda: finance.adjustments_seen(identity))
    inside(app, lambda: finance.add_adjustment(identity, "Extra", 100, seen, by))
    ben.submit("Authorise the payment", status=409)
    assert ben.page.h1 == "The figures have changed"
    assert "Status: Payable" in ben.see(january).text


@pytest.mark.parametrize("total", ["", "abc", "1e5", "-", "9" * 400, "\uff11"])
def test_a_forged_amount_pays_nothing(
    january: str, asha: InspectingClient, ben: InspectingClient, total: str
) -> None:
    ask(asha, january)
    ben.see(f"{january}/authorise")
    ben.submit("Authorise the payment", total=total, status=409)
    assert ben.page.h1 == "The figures have changed"


def test_a_request_can_be_withdrawn_and_made_again(
    january: str, asha: InspectingClient, ben: InspectingClient
) -> None:
    ask(asha, january)
    page = ben.see(f"{january}/withdraw")
    assert "The statement will not be paid until somebody asks again" in page.text
    ben.submit("Withdraw the request")
    assert success(ben.follow()) == "The request for payment has been withdrawn."
    ben.get(f"{january}/withdraw", status=409)
    assert ben.page.h1 == "Nobody is asking for this payment"
    ask(ben, january)
    page = asha.see(january)
    assert "Ben Okoro asked for this payment" in page.text
    assert page.link("Authorise for payment") == f"{january}/authorise"


def test_asking_twice_is_told_so(january: str, asha: InspectingClient, ben: InspectingClient) -> None:
    asha.see(f"{january}/request")
    ask(ben, january)
    asha.submit("Ask for payment", status=409)
    assert asha.page.h1 == "Somebody has already asked for this payment"
    asha.get(f"{january}/request", status=409)
    assert asha.page.h1 == "Somebody has already asked for this payment"


def test_it_is_too_early_before_the_deadline(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    asha.get(f"{STATEMENTS}/{on(app, APRIL)}/request", status=409)
    assert asha.page.h1 == "It is too early to pay this statement"
    assert "until the end of 31 March 2025" in asha.page.text


def test_what_the_daily_job_has_not_closed_yet_waits_for_it(
    app: Flask, ledger: Ledger, asha: InspectingClient, ben: InspectingClient
) -> None:
    statement = f"{STATEMENTS}/{on(app, JANUARY)}"
    ask(asha, statement)
    ben.get(f"{statement}/authorise", status=409)
    assert ben.page.h1 == "This statement is not ready to be paid"


def test_a_payment_date_that_is_over_is_not_promised(
    january: str, asha: InspectingClient, ben: InspectingClient, clock: Clock, ledger: Ledger
) -> None:
    ask(asha, january)
    clock.set("2025-03-01 09:00")
    ben.sign_in(ledger.authoriser)
    page = ben.see(f"{january}/authorise")
    assert "Northstar is paid £158.40 with VAT" in page.text
    assert "£158.40 with VAT, on" not in page.text
