"""Finding declarations and people, reading their history, voiding and clawing back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.data.database import reading
from app.data.models import Declaration, Funding, Teacher, TrainingRecord
from app.data.transaction import write
from app.web.finance import declaration_pages
from tests.data import records
from tests.services.statements.ledger import APRIL, JANUARY, WINTER, Ledger
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.web.finance.rows import DECLARATIONS, close, declare, facts, inside, on, pay, success, table

Counting = Callable[[], AbstractContextManager[list[str]]]


def person(app: Flask, declaration: str) -> tuple[str, str]:
    """The id and the TRN of whom a declaration is about."""
    whom = (
        select(Teacher.id, Teacher.trn)
        .join(Declaration, Declaration.teacher_id == Teacher.id)
        .where(Declaration.id == declaration)
    )
    identity, trn = inside(app, lambda: reading().execute(whom).one())
    return identity, trn


def again(app: Flask, ledger: Ledger, declaration: str, **values: object) -> list[str]:
    """Another declaration, about the same person."""
    (made,) = declare(app, ledger, None, 1, **values)
    identity, _ = person(app, declaration)
    moved = update(Declaration).where(Declaration.id == made).values(teacher_id=identity)
    inside(app, lambda: write(lambda session: session.execute(moved)))
    return [made]


def found(client: InspectingClient, typed: str, status: int = 303) -> str:
    """Where a search leads."""
    client.allow(typed)
    response = client.get(DECLARATIONS, query_string={"search": typed}, status=status)
    return response.headers.get("Location", "")


def test_the_search_is_a_form_that_works_without_scripts(ledger: Ledger, asha: InspectingClient) -> None:
    page = asha.see(DECLARATIONS)
    assert page.h1 == "Declarations"
    assert "Nothing found" not in page.text
    assert page.form(button="Search").get("method") == "get"


def test_a_trn_leads_to_the_person_and_an_id_to_its_declaration(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    (declaration,) = declare(app, ledger, on(app, JANUARY))
    identity, trn = person(app, declaration)
    to_person = f"/finance/participants/{identity}"
    assert found(asha, trn) == to_person
    assert found(asha, f" RP{trn[:2]}/{trn[2:]} ") == to_person
    assert found(asha, identity) == to_person
    assert found(asha, declaration) == f"{DECLARATIONS}/{declaration}"
    assert found(asha, f"  {declaration.upper()} ") == f"{DECLARATIONS}/{declaration}"


@pytest.mark.parametrize("typed", ["7654321", "01a2010f-7843-773a-bad8-8d4607eb5497"])
def test_what_nothing_has_is_not_found(ledger: Ledger, asha: InspectingClient, typed: str) -> None:
    found(asha, typed, 200)
    assert f"There is no declaration and no participant for “{typed}”." in asha.page.text
    assert asha.page.by_id["search"].get("value") == typed


@pytest.mark.parametrize("typed", ["Kit", "12", "12345678", "%", "' OR 1=1 --", "<b>x</b>"])
def test_what_cannot_be_either_is_an_error(ledger: Ledger, asha: InspectingClient, typed: str) -> None:
    found(asha, typed, 422)
    assert asha.page.error_links == (("Enter a TRN of 5 to 7 digits, or the ID of a declaration", "#search"),)
    assert asha.page.by_id["search"].get("value") == typed


def test_declarations_that_no_statement_is_left_for_are_shown(
    app: Flask, ledger: Ledger, asha: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declaration_pages, "MOST_WAITING", 2)
    made = declare(app, ledger, None, 4, state="submitted")
    funded = [person(app, each)[0] for each in made[:3]]

    def fund() -> None:
        records.save(
            *(
                Funding(
                    teacher_id=each, course="ecf-induction", eligible=True, by_hand=False, created_at=WINTER
                )
                for each in funded
            )
        )

    inside(app, fund)
    page = asha.see(DECLARATIONS)
    rows = table(page, "Declarations that no open statement is left for")
    assert len(rows) == 2 and rows[0][3:] == ["Northstar", "2024", "1 December 2024"]
    assert "There are more. These are the first 2." in page.text


def test_a_declaration_shows_what_was_declared_where_it_is_paid_and_what_happened(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january = on(app, JANUARY)
    (declaration,) = declare(app, ledger, january, 1, sparsity_uplift=True)
    pay(app, ledger, january)
    page = asha.see(f"{DECLARATIONS}/{declaration}")
    assert page.h1 == "Started, ECT, Kit"
    shown = facts(page)
    assert (shown["Declaration ID"], shown["Lead provider"], shown["Cohort"]) == (
        declaration,
        "Northstar",
        "2024",
    )
    assert (shown["Pupil premium uplift"], shown["Sparsity uplift"]) == ("No", "Yes")
    assert table(page, "Statements") == [["January 2025, payment", "Payment", "Paid", "1 December 2024"]]
    assert table(page, "History") == [
        ["2 January 2025 at 9am", "Declaration payable", "The service"],
        ["2 January 2025 at 9am", "Declaration paid", "Ben Okoro, DfE"],
    ]


def test_one_that_is_on_no_statement_says_so_and_why(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    (declaration,) = declare(
        app, ledger, None, 1, state="ineligible", ineligible_reason="duplicate_declaration"
    )
    page = asha.see(f"{DECLARATIONS}/{declaration}")
    assert "This declaration is on no statement." in page.text
    assert facts(page)["Why it is ineligible"] == "Another lead provider has declared the same"


def test_an_unpaid_one_is_voided_after_a_question(app: Flask, ledger: Ledger, asha: InspectingClient) -> None:
    (declaration,) = declare(app, ledger, on(app, JANUARY))
    page = asha.see(f"{DECLARATIONS}/{declaration}")
    page = asha.see(page.link("Void this declaration"))
    assert page.h1 == "Void this declaration"
    assert "It stays on its statement, but counts nothing: Northstar is not paid for it." in page.text
    asha.submit("Void it")
    page = asha.follow()
    assert success(page) == "The declaration has been voided."
    assert "Status: Voided" in page.text
    assert table(page, "History")[-1][1:] == ["Declaration voided", "Asha Begum, DfE"]
    with pytest.raises(LookupError):
        page.link("Void this declaration")


def test_a_paid_one_is_clawed_back_on_the_next_statement(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january = on(app, JANUARY)
    (declaration,) = declare(app, ledger, january)
    pay(app, ledger, january)
    page = asha.see(f"{DECLARATIONS}/{declaration}")
    page = asha.see(page.link("Claw this declaration back"))
    assert "We take the money back on its April 2025 statement, when that is paid." in page.text
    asha.submit("Claw it back")
    page = asha.follow()
    assert success(page) == "The declaration will be clawed back."
    assert table(page, "Statements")[1][:3] == ["April 2025, clawback", "Clawback", "Awaiting clawback"]
    lines = asha.see(f"/finance/statements/{on(app, APRIL)}/declarations")
    assert table(lines, "Declarations on Northstar, April 2025, 2024 cohort")[0][5:] == [
        "Clawback",
        "Awaiting clawback",
    ]


def test_one_that_was_paid_since_the_question_is_not_clawed_back_unasked(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january = on(app, JANUARY)
    (declaration,) = declare(app, ledger, january)
    close(app, january)
    asha.see(f"{DECLARATIONS}/{declaration}/void")
    pay(app, ledger, january)
    asha.submit("Void it", status=409)
    assert asha.page.h1 == "Somebody else made a change first"
    assert asha.page.link("Go back to the declaration") == f"{DECLARATIONS}/{declaration}"
    assert "Status: Paid" in asha.see(f"{DECLARATIONS}/{declaration}").text


@pytest.mark.parametrize("state", ["voided", "awaiting_clawback", "clawed_back"])
def test_what_was_taken_back_already_cannot_be_again(
    app: Flask, ledger: Ledger, asha: InspectingClient, state: str
) -> None:
    (declaration,) = declare(app, ledger, None, 1, state=state)
    asha.get(f"{DECLARATIONS}/{declaration}/void", status=409)
    assert asha.page.h1 == "This declaration cannot be taken back"
    assert f"A declaration that is {state.replace('_', ' ')} cannot be voided." in asha.page.text


def test_a_paid_one_without_a_statement_left_cannot_be_clawed_back(
    app: Flask, ledger: Ledger, asha: InspectingClient, clock: Clock
) -> None:
    january = on(app, JANUARY)
    (declaration,) = declare(app, ledger, january)
    pay(app, ledger, january)
    clock.set("2027-06-01 09:00")
    asha.sign_in(ledger.asker)
    asha.get(f"{DECLARATIONS}/{declaration}/void", status=409)
    assert "its cohort has no open statement left" in asha.page.text


def test_a_participant_s_page_has_everything_that_is_declared_about_them(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    january = on(app, JANUARY)
    (declaration,) = declare(app, ledger, january)
    again(app, ledger, declaration, state="submitted", declaration_type="retained-1")
    pay(app, ledger, january)
    identity, trn = person(app, declaration)
    training = update(TrainingRecord).values(teacher_id=identity)
    inside(app, lambda: write(lambda session: session.execute(training)))
    funding = Funding(
        teacher_id=identity, course="ecf-induction", eligible=False, by_hand=False, created_at=WINTER
    )
    inside(app, lambda: records.save(funding))
    page = asha.see(f"/finance/participants/{identity}")
    assert page.h1 == "Kit"
    assert facts(page) == {"TRN": trn, "Participant ID": identity, "Funding as an ECT": "Cannot be funded"}
    assert [row[:1] + row[5:] for row in table(page, "Declarations")] == [
        ["Started, declaration 1", "Paid", "January 2025, declaration 1"],
        ["Retained 1, declaration 2", "Submitted", "None"],
    ]
    assert table(page, "Training") == [
        ["Since 1 September 2025", "ECT", "School-led", "2025", "ecf-standard-september", "Active"]
    ]
    assert table(page, "History")[1] == [
        "2 January 2025 at 9am",
        "Declaration paid: Started, ECT",
        "Ben Okoro, DfE",
    ]


def test_somebody_without_declarations_has_a_page_too(
    app: Flask, ledger: Ledger, asha: InspectingClient
) -> None:
    name = "Zoë <O'Brien> " + "W" * 70
    teacher = records.teacher("7654321", name)
    inside(app, lambda: records.save(teacher))
    asha.allow(name)
    page = asha.see(f"/finance/participants/{teacher.id}")
    assert page.h1 == name
    assert "Nothing has been declared about this person." in page.text
    assert table(page, "History") == []


def test_more_declarations_cost_no_more_selects(
    app: Flask, ledger: Ledger, asha: InspectingClient, count_queries: Counting
) -> None:
    def queries() -> int:
        with count_queries() as sent:
            asha.get(f"/finance/participants/{person(app, declaration)[0]}")
        return len(sent)

    january = on(app, JANUARY)
    (declaration,) = declare(app, ledger, january)
    pay(app, ledger, january)
    asha.see(DECLARATIONS)
    before = queries()
    for at in range(1, 5):
        again(app, ledger, declaration, state="submitted", declaration_type=f"retained-{at}")
    assert queries() == before <= 11
