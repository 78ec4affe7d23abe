"""Statements on a lead provider’s pages: when and what, never how much."""

from __future__ import annotations

from app.data import models
from tests.data import records
from tests.data.queries.api import worlds
from tests.web.finance.rows import facts, table
from tests.web.provider.conftest import Office

LIST = "/provider/statements"


def billed(
    office: Office, statement_id: str, who: worlds.Trained, kind: str, state: str = "eligible"
) -> None:
    of_mentor = {"course": "ecf-mentor"} if kind == "completed" else {}
    declared = {"declaration_type": kind, "state": state, **of_mentor}
    made = office.stage.store(lambda at: worlds.declaration(who, at.northstar, **declared))
    side = "clawback" if state == "awaiting_clawback" else "payment"
    line = {"id": made.id, "statement_id": statement_id, "declaration_id": made.id, "added_at": records.NOW}
    office.stage.do(lambda: worlds.save(models.StatementLine(kind=side, state=state, **line)))


def of(office: Office, provider: str, month: int = 1) -> models.Statement:
    stage = office.stage
    (found,) = stage.all(models.Statement, lead_provider_id=provider, cohort=2025, year=2026, month=month)
    return found  # type: ignore[no-any-return]


def test_statements_are_listed_by_cohort_and_status(office: Office) -> None:
    page = office.kim.see(LIST)
    assert [row[3] for row in table(page, "Statements")] == [
        "30 September 2025",
        "31 July 2025",
        "31 March 2025",
        "31 December 2024",
    ]
    assert "£" not in page.text
    everything = table(office.kim.see(f"{LIST}?status=all&cohort=2024"), "Statements")
    assert {row[1] for row in everything} == {"2024"}
    assert len(everything) > 4
    own = of(office, office.stage.at.northstar)
    paid = {"state": "paid", "paid_at": records.NOW, "total_pence": 987_654_00, "vat_pence": 0}
    office.stage.change(models.Statement, own.id, **paid)
    (row,) = table(office.kim.see(f"{LIST}?status=paid"), "Statements")
    assert row == ["January 2026, 2025 cohort", "2025", "Paid", "31 December 2025", "25 January 2026"]
    assert office.kim.see(f"{LIST}?status=payable").link("Show all statements") == f"{LIST}?status=all"


def test_one_statement_counts_its_declarations_by_type_and_shows_no_money(office: Office) -> None:
    own, under = of(office, office.stage.at.northstar), office.stage.partnership()
    gone = office.stage.partnership(status="challenged", school_id=office.stage.at.harrow.id)
    aoife, ben = (office.stage.ect(under, name=name) for name in ("Aoife O’Brien", "Ben Field"))
    sam, hidden = office.stage.mentor(under), office.stage.ect(gone, name="Hidden Person")
    for who, kind, state in (
        (aoife, "started", "eligible"),
        (ben, "started", "eligible"),
        (aoife, "retained-1", "voided"),
        (ben, "retained-1", "awaiting_clawback"),
        (sam, "completed", "eligible"),
        (hidden, "started", "eligible"),
    ):
        billed(office, own.id, who, kind, state)
    page = office.kim.see(f"{LIST}/{own.id}")
    assert page.h1 == "January 2026, 2025 cohort"
    assert facts(page)["Payment date"] == "25 January 2026"
    assert table(page, "Declarations") == [
        ["Started, ECT", "3", "0"],
        ["Retained 1, ECT", "0", "1"],
        ["Completed, Mentor", "1", "0"],
        ["All declarations", "4", "1"],
    ]
    lines = office.kim.see(page.link("See the declarations"))
    rows = table(lines, "Declarations on January 2026, 2025 cohort")
    assert len(rows) == 6
    assert rows[0][2:] == ["Started", "ECT", "15 September 2025", "Payment", "Eligible"]
    assert rows[3][5:] == ["Clawback", "Awaiting clawback"]
    assert rows[5][:2] == ["No longer with you", f"Participant ID {hidden.teacher}"]
    assert "£" not in page.text + lines.text
    assert "Hidden Person" not in lines.text


def test_one_without_declarations_says_so(office: Office) -> None:
    made = office.stage.all(
        models.Statement, lead_provider_id=office.stage.at.northstar, cohort=2025, output=False
    )[0]
    page = office.kim.see(f"{LIST}/{made.id}")
    assert facts(page)["What it is for"] == "Service fee only"
    assert "There are no declarations on this statement." in page.text
    assert (
        "There are no declarations on this statement."
        in office.kim.see(f"{LIST}/{made.id}/declarations").text
    )
