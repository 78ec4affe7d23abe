"""One statement: its figures, its lines, the file of its declarations."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.data.models import Contract, ContractBand, LeadProvider, Teacher
from app.data.transaction import write
from app.services import finance
from app.web.finance import csv_out
from tests.services.statements.ledger import APRIL, JANUARY, TERMS, Ledger, add_clawback, agree
from tests.support.client import InspectingClient
from tests.support.clocks import london
from tests.support.document import text_of
from tests.web.finance.rows import STATEMENTS, close, declare, facts, inside, on, pay, table

Counting = Callable[[], AbstractContextManager[list[str]]]
MINUS = "\u2212"


def adjust(app: Flask, ledger: Ledger, statement_id: str, name: str, pence: int) -> str:
    def work() -> str:
        seen = finance.adjustments_seen(statement_id)
        return finance.add_adjustment(statement_id, name, pence, seen, ledger.by(ledger.asker))

    return inside(app, work)


def rename(app: Flask, name: str) -> None:
    """Everybody in the ledger gets this name."""
    inside(app, lambda: write(lambda session: session.execute(update(Teacher).values(name=name))))


def test_a_statement_with_nothing_on_it_says_so(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    page = asha.see(f"{STATEMENTS}/{on(app, APRIL)}")
    assert page.h1 == "Northstar, April 2025, 2024 cohort"
    assert facts(page) == {
        "Lead provider": "Northstar",
        "Cohort": "2024",
        "What it is for": "Declarations and service fee",
        "Deadline": "31 March 2025",
        "Payment date": "25 April 2025",
        "Contract": "Version 1, which can change until the deadline has passed",
    }
    assert "You can ask for payment when the deadline, 31 March 2025, has passed." in page.text
    assert "There are none on this statement." in page.text
    assert table(page, "Declarations by band") == []
    assert table(page, "What it comes to")[-1] == ["Total with VAT", "£0.00"]
    lines = asha.see(page.link("See the declarations"))
    assert "There are no declarations on this statement." in lines.text


def test_every_figure_stands_on_it_with_what_it_is_made_of(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january, april = on(app, JANUARY), on(app, APRIL)
    first = declare(app, ledger, january, 3, pupil_premium_uplift=True)
    pay(app, ledger, january)
    inside(app, lambda: add_clawback(ledger, first[0], april))
    declare(app, ledger, april, 2, sparsity_uplift=True)
    declare(app, ledger, april, 9, declaration_type="retained-1")
    adjust(app, ledger, april, "Agreed in March", -1_234_56)
    page = asha.see(f"{STATEMENTS}/{april}")
    assert table(page, "Declarations by band") == [
        ["Started", "B", "£36.00", "1", "£36.00", "0", "£0.00"],
        ["Started", "C", "£24.00", "1", "£24.00", "1", f"{MINUS}£24.00"],
        ["Retained 1", "A", "£36.00", "2", "£72.00", "0", "£0.00"],
        ["Retained 1", "B", "£27.00", "2", "£54.00", "0", "£0.00"],
        ["Retained 1", "C", "£18.00", "2", "£36.00", "0", "£0.00"],
        ["Retained 1", "D", "£9.00", "2", "£18.00", "0", "£0.00"],
    ]
    assert table(page, "What it comes to") == [
        ["Service fee", "£0.00"],
        ["Output fees", "£240.00"],
        ["Clawbacks", f"{MINUS}£24.00"],
        ["Uplift for 2 declarations", "£200.00"],
        ["Uplift taken back", f"{MINUS}£100.00"],
        ["Adjustments", f"{MINUS}£1,234.56"],
        ["Total before VAT", f"{MINUS}£918.56"],
        ["VAT", f"{MINUS}£183.71"],
        ["Total with VAT", f"{MINUS}£1,102.27"],
    ]
    assert table(page, "Adjustments") == [
        ["Agreed in March", "2 January 2025", f"{MINUS}£1,234.56", "Remove Agreed in March"]
    ]
    assert "Retained 1: 1 person found no room in any band, and is not paid for." in page.text
    assert "2 of 2 started declarations have an uplift (100%). The target is 33%." in page.text


def test_mentors_paid_flat_have_a_table_of_their_own(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    """The price of a mentor belongs to cohorts from 2025 on; the table only needs a contract that has one."""
    january = on(app, JANUARY)
    declare(app, ledger, january, 5, course="ecf-mentor")
    declare(app, ledger, january, 3, course="ecf-mentor", declaration_type="completed")
    price = update(Contract).values(mentor_price_pence=1_000_00)
    inside(app, lambda: write(lambda session: session.execute(price)))
    page = asha.see(f"{STATEMENTS}/{january}")
    assert table(page, "Mentors") == [
        ["Started", "£500.00", "5", "£2,500.00", "0", "£0.00"],
        ["Completed", "£500.00", "3", "£1,500.00", "0", "£0.00"],
    ]
    assert ["Output fees for mentors", "£4,000.00"] in table(page, "What it comes to")


def test_without_a_contract_it_says_what_is_missing(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    def work() -> None:
        write(lambda session: session.execute(delete(ContractBand)) and session.execute(delete(Contract)))

    inside(app, work)
    page = asha.see(f"{STATEMENTS}/{on(app, JANUARY)}")
    assert "There is no contract to work this statement out by." in page.text
    assert table(page, "What it comes to") == []
    assert facts(page)["Contract"] == "None yet"


def test_a_later_contract_changes_nothing_once_the_deadline_has_passed(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january, april = on(app, JANUARY), on(app, APRIL)
    close(app, january)
    inside(app, lambda: agree(ledger, replace(TERMS, monthly_service_fee_pence=1_000_00)))
    page = asha.see(f"{STATEMENTS}/{january}")
    assert facts(page)["Contract"] == "Version 1"
    assert ["Service fee", "£0.00"] in table(page, "What it comes to")
    page = asha.see(f"{STATEMENTS}/{april}")
    assert ["Service fee", "£1,000.00"] in table(page, "What it comes to")


def test_a_paid_statement_says_who_asked_and_who_authorised_and_can_only_be_read(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january = on(app, JANUARY)
    pay(app, ledger, january)
    page = asha.see(f"{STATEMENTS}/{january}")
    assert "Asha Begum asked for this payment on 2 January 2025 at 9am." in page.text
    assert "Ben Okoro authorised it on 2 January 2025 at 9am." in page.text
    with pytest.raises(LookupError):
        page.link("Add an adjustment")
    assert page.one(cls="govuk-button", within=page.main) is None


def test_its_lines_are_listed_with_a_link_to_each_declaration(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january = on(app, JANUARY)
    ids = declare(app, ledger, january, 21)
    name = "Zoë <O'Brien> " + "W" * 70
    rename(app, name)
    asha.allow(name)
    page = asha.see(f"{STATEMENTS}/{january}/declarations")
    rows = table(page, "Declarations on Northstar, January 2025, 2024 cohort")
    assert len(rows) == 20 and rows[0][0] == name
    assert rows[0][4:] == ["1 December 2024", "Payment", "Eligible"]
    assert page.link("Started") == f"/finance/declarations/{sorted(ids)[0]}"
    assert "Showing 1 to 20 of 21" in page.text
    page = asha.see(f"{STATEMENTS}/{january}/declarations?page=9")
    assert len(table(page, "Declarations on Northstar, January 2025, 2024 cohort")) == 1


def test_a_wide_table_scrolls_in_a_region_that_keyboards_reach(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    declare(app, ledger, on(app, JANUARY), 1)
    page = asha.see(f"{STATEMENTS}/{on(app, JANUARY)}")
    (region,) = page.all(cls="app-scrolling")
    assert (region.get("tabindex"), region.get("role")) == ("0", "region")
    assert region.get("aria-label") == text_of(page.all("caption", within=region)[0])


def test_the_file_has_a_row_for_every_line_and_lines_end_as_the_standard_says(
    app: Flask, ledger: Ledger, asha: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_out, "AT_ONCE", 2)
    january = on(app, JANUARY)
    ids = declare(app, ledger, january, 5, pupil_premium_uplift=True)
    response = asha.get(f"{STATEMENTS}/{january}/declarations.csv")
    text = response.get_data(as_text=True)
    assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert (
        response.headers["Content-Disposition"] == "attachment; filename=statement-northstar-2024-2025-01.csv"
    )
    assert text.endswith("\r\n") and text.count("\r\n") == 6 == text.count("\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["declaration_id"] for row in rows] == sorted(ids)
    assert rows[0]["pupil_premium_uplift"] == "yes" and rows[0]["line"] == "payment"
    assert rows[0]["declaration_date"] == "2024-12-01T09:00:00Z"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(app: Flask, ledger: Ledger, asha: InspectingClient, start: str) -> None:
    january = on(app, JANUARY)
    declare(app, ledger, january, 1)
    rename(app, f'{start}cmd|" /C calc"!A0, "x"\n')
    text = asha.get(f"{STATEMENTS}/{january}/declarations.csv").get_data(as_text=True)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["full_name"] == f'\'{start}cmd|" /C calc"!A0, "x"\n'


def test_the_file_of_a_statement_without_declarations_is_its_heading(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    text = asha.get(f"{STATEMENTS}/{on(app, APRIL)}/declarations.csv").get_data(as_text=True)
    assert text == ",".join(csv_out.HEAD) + "\r\n"


def test_a_file_name_is_plain_whatever_the_lead_provider_is_called(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    name = 'Éirinn & "Søn";\r\nX: 1'
    change = update(LeadProvider).values(name=name)
    inside(app, lambda: write(lambda session: session.execute(change)))
    headers = asha.get(f"{STATEMENTS}/{on(app, APRIL)}/declarations.csv").headers
    assert (
        headers["Content-Disposition"] == "attachment; filename=statement-eirinn-and-son-x-1-2024-2025-04.csv"
    )


def test_more_declarations_cost_no_more_selects(
    app: Flask, ledger: Ledger, asha: InspectingClient, count_queries: Counting
) -> None:
    def queries() -> int:
        with count_queries() as sent:
            asha.get(f"{STATEMENTS}/{january}")
            asha.get(f"{STATEMENTS}/{january}/declarations")
        return len(sent)

    january = on(app, JANUARY)
    declare(app, ledger, january, 2)
    adjust(app, ledger, january, "One", 1)
    asha.get(STATEMENTS)
    before = queries()
    declare(app, ledger, january, 18)
    adjust(app, ledger, january, "Two", 2)
    assert queries() == before <= 14


def test_after_the_only_declaration_is_clawed_back_the_statement_is_below_nothing(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january, april = on(app, JANUARY), on(app, APRIL)
    (declaration,) = declare(app, ledger, january)
    pay(app, ledger, january)
    inside(app, lambda: add_clawback(ledger, declaration, april))
    close(app, april, london("2025-04-02 09:00"))
    page = asha.see(f"{STATEMENTS}/{april}")
    assert table(page, "What it comes to")[-1] == ["Total with VAT", f"{MINUS}£57.60"]
