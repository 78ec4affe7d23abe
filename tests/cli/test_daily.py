"""`flask daily`, `flask statements` and `flask schedules`: what a person at the terminal sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from app.cli.daily import daily
from app.cli.finance import schedules, statements
from tests.services.statements import ledger as small
from tests.services.statements.ledger import APRIL, JANUARY, Ledger

Run = Callable[..., Result]


@pytest.fixture
def run(app: Any) -> Run:
    return lambda command, *words: app.test_cli_runner().invoke(command, [str(word) for word in words])


@pytest.fixture
def ledger(app: Any) -> Ledger:
    """A lead provider of 2024 with statements, and three declarations on January’s."""
    with app.app_context():
        made = small.make_ledger()
        small.declare(made, small.on(JANUARY), 3)
    return made


def statement_id(app: Any, pays_on: Any) -> str:
    with app.app_context():
        return small.on(pays_on)


def test_the_daily_job_says_what_it_did_and_that_nothing_was_due(
    run: Run, ledger: Ledger, clock: Any
) -> None:
    clock.set("2025-01-01 00:05")
    first = run(daily)
    assert first.exit_code == 0, first.output
    assert "3 statements became payable\n3 declarations became payable\n" in first.output
    assert run(daily).output == "Nothing was due\n"


def test_statements_are_made_for_every_lead_provider_of_a_cohort_and_once(run: Run, ledger: Ledger) -> None:
    assert "Cohort 2025: 31 statements made\n" in run(statements, "make", 2025).output
    assert "Cohort 2025: 0 statements made\n" in run(statements, "make", 2025).output
    nobody = run(statements, "make", 2023)
    assert (nobody.exit_code, "import places first" in nobody.stderr) == (1, True)


def test_statements_are_listed_with_their_state(run: Run, ledger: Ledger, app: Any, clock: Any) -> None:
    clock.set("2025-01-01 00:05")
    run(daily)
    listed = run(statements, "list", "--state", "payable", "--cohort", 2024).output
    assert f"{statement_id(app, JANUARY)}  Northstar, cohort 2024, January 2025: payable," in listed
    assert "deadline 2024-12-31, payment 2025-01-25" in listed
    assert "Page 1 of 1, 3 in all" in listed


def test_a_statement_is_shown_with_its_amounts(run: Run, ledger: Ledger, app: Any) -> None:
    shown = run(statements, "show", statement_id(app, JANUARY)).output
    assert "output fee: £132.00\n" in shown
    assert "clawbacks: £0.00\n" in shown
    assert "total with vat: £158.40\n" in shown
    assert "output fee: £0.00" in run(statements, "show", statement_id(app, APRIL)).output
    unknown = run(statements, "show", ledger.provider)
    assert (unknown.exit_code, unknown.stderr) == (1, "Error: No such statement\n")


def test_an_amount_that_is_taken_off_has_a_minus(run: Run, ledger: Ledger, app: Any) -> None:
    with app.app_context():
        (paid,) = small.declare(ledger, small.on(JANUARY), state="paid")
        small.add_clawback(ledger, paid, small.on(APRIL))
    shown = run(statements, "show", statement_id(app, APRIL)).output
    assert "clawbacks: -£" in shown


def test_schedules_are_made_by_rule_and_once(run: Run, ledger: Ledger) -> None:
    assert run(schedules, "make", 2025).output == "Cohort 2025: 12 schedules made\n"
    assert run(schedules, "make", 2024).output == "Cohort 2024: 11 schedules made\n"
    assert run(schedules, "make", 2025).output == "Cohort 2025: 0 schedules made\n"
    unknown = run(schedules, "make", 2023)
    assert (unknown.exit_code, "There is no cohort 2023" in unknown.stderr) == (1, True)
