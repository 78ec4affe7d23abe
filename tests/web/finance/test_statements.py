"""The list of statements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.data.models import LeadProviderCohort
from app.data.transaction import write
from app.services import statements
from tests.data import records
from tests.services.statements.ledger import APRIL, JANUARY, WINTER, Ledger, add_clawback, by_clock
from tests.support.client import InspectingClient
from tests.support.clocks import london
from tests.support.document import Document
from tests.web.finance.rows import STATEMENTS, declare, inside, on, pay, table

Counting = Callable[[], AbstractContextManager[list[str]]]


def names(page: Document) -> list[str]:
    """“November 2024” of each row."""
    return [row[0].partition(",")[0] for row in table(page, "Statements")]


def seen(client: InspectingClient, **args: str) -> Document:
    client.get(STATEMENTS, query_string=args)
    return client.page


def add_provider(app: Flask, name: str, cohort: int = 2024) -> str:
    """Another lead provider with statements, and no contract."""
    provider = records.lead_provider(name)

    def work() -> None:
        records.save(provider)
        records.save(LeadProviderCohort(lead_provider_id=provider.id, cohort=cohort))
        write(lambda session: statements.plan(session, provider.id, cohort, by_clock(WINTER)))

    inside(app, work)
    return str(provider.id)


def test_at_first_it_shows_what_is_due_and_what_closes_next(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    declare(app, ledger, on(app, JANUARY), 3)
    page = asha.see(STATEMENTS)
    assert page.h1 == "Statements"
    assert table(page, "Statements")[2:] == [
        [
            "January 2025, Northstar, 2024 cohort",
            "Northstar",
            "2024",
            "Closing",
            "31 December 2024",
            "25 January 2025",
            "£158.40",
        ],
        [
            "February 2025, Northstar, 2024 cohort",
            "Northstar",
            "2024",
            "Open",
            "31 January 2025",
            "25 February 2025",
            "Not closed yet",
        ],
    ]
    assert "not paid yet, and those that close next, on 31 January 2025." in page.text
    assert page.link("January 2025") == f"{STATEMENTS}/{on(app, JANUARY)}"


def test_a_paid_one_is_due_no_more_and_is_added_up(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    declare(app, ledger, on(app, JANUARY), 3)
    pay(app, ledger, on(app, JANUARY))
    assert names(asha.see(STATEMENTS)) == ["November 2024", "December 2024", "February 2025"]
    page = seen(asha, state="paid")
    assert table(page, "Statements")[0][-1] == "£158.40"
    assert "Paid on 1 statement: £158.40 with VAT." in page.text


def test_filters_narrow_the_list_and_stay_chosen(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    other = add_provider(app, "Teach Forward")
    asha.see(STATEMENTS)
    asha.submit("Apply filters", provider=other, cohort="2024", month="2025-04", state="open")
    page = asha.page
    assert [row[:3] for row in table(page, "Statements")] == [
        ["April 2025, Teach Forward, 2024 cohort", "Teach Forward", "2024"]
    ]
    chosen = [option.get("value") for option in page.all("option") if "selected" in option.attrib]
    assert chosen == [other, "2024", "2025-04", "open"]


def test_a_status_that_finds_nothing_leads_to_all_of_them(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    page = seen(asha, month="2026-04", state="paid")
    assert "No statements found" in page.text
    asha.get(page.link("Show them whatever their status"))
    assert names(asha.page) == ["April 2026"]
    page = seen(asha, cohort="2025", state="all")
    assert page.link("Show what is due now and next") == STATEMENTS


@pytest.mark.parametrize(
    "args",
    [
        {"provider": "x", "cohort": "abc", "month": "April", "state": "gone"},
        {"cohort": "\uff12\uff10\uff12\uff14", "month": "0000-00x", "page": "-1"},
        {"provider": "'; DROP TABLE", "state": "<script>"},
    ],
)
def test_an_address_that_makes_no_sense_filters_nothing(
    ledger: Ledger, asha: InspectingClient, args: dict[str, str]
) -> None:
    assert len(names(seen(asha, **args))) == 4


def test_a_month_that_does_not_exist_finds_nothing(ledger: Ledger, asha: InspectingClient) -> None:
    assert "No statements found" in seen(asha, month="9999-99").text


def test_there_are_20_on_a_page_and_the_links_keep_the_filters(
    ledger: Ledger, asha: InspectingClient
) -> None:
    page = seen(asha, state="all", cohort="2024")
    assert len(names(page)) == 20
    assert "31 statements" in page.text and "Showing 1 to 20 of 31" in page.text
    asha.get(page.link("Next"))
    assert len(names(asha.page)) == 11
    assert names(asha.page)[-1] == "November 2024"
    assert names(seen(asha, state="all", page="99")) == names(asha.page)


def test_one_without_a_contract_says_so(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    other = add_provider(app, "Teach Forward")
    assert table(seen(asha, provider=other), "Statements")[0][-1] == "No contract"


def test_long_names_are_printed_whole_and_escaped(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    name = "<b>Lead</b> & Provider " + "W" * 80
    other = add_provider(app, name)
    asha.allow(name)
    page = seen(asha, provider=other)
    assert table(page, "Statements")[0][1] == name
    assert "&lt;b&gt;Lead&lt;/b&gt;" in page.html


def test_more_statements_cost_no_more_selects(
    app: Flask, ledger: Ledger, asha: InspectingClient, count_queries: Counting
) -> None:
    def queries() -> int:
        with count_queries() as sent:
            asha.get(STATEMENTS)
        return len(sent)

    january = on(app, JANUARY)
    declare(app, ledger, january, 2)
    asha.get(STATEMENTS)
    before = queries()
    add_provider(app, "Teach Forward")
    declare(app, ledger, january, 5)
    assert queries() == before <= 14


def test_a_clawback_shows_as_an_amount_below_nothing(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january, april = on(app, JANUARY), on(app, APRIL)
    (declaration,) = declare(app, ledger, january)
    pay(app, ledger, january)
    inside(app, lambda: add_clawback(ledger, declaration, april))
    pay(app, ledger, april, london("2025-04-02 09:00"))
    page = seen(asha, state="paid", month="2025-04")
    assert table(page, "Statements")[0][-1] == "\u2212£57.60"
