"""What finance does and reads: to what was seen, once, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest

from app.data.ids import new_id
from app.data.queries import contracts as contract_queries
from app.data.queries import finance as finance_queries
from app.data.queries import statements as statement_queries
from app.data.queries.finance import DUE, Wanted
from app.data.transaction import write
from app.domain.refusals import Refused
from app.services import finance, statements
from tests.services.statements.conftest import in_app, ledger
from tests.services.statements.ledger import (
    APRIL,
    COHORT,
    IN_JANUARY,
    JANUARY,
    TERMS,
    Ledger,
    add_clawback,
    by_clock,
    declare,
    events,
    on,
    pay,
    states,
)

__all__ = ["in_app", "ledger"]

Counting = Callable[[], AbstractContextManager[list[str]]]
TODAY = date(2025, 1, 2)


def close(statement_id: str) -> None:
    write(lambda session: statements.close(session, statement_id, by_clock(IN_JANUARY)))


def ready(ledger: Ledger) -> str:
    """January’s statement with three declarations, closed and asked for."""
    january = on(JANUARY)
    declare(ledger, january, 3)
    close(january)
    finance.request_payment(january, ledger.by(ledger.asker))
    return january


def test_one_asks_and_another_pays_the_amount_that_was_seen(ledger: Ledger) -> None:
    january = ready(ledger)
    assert finance.authorise(january, 158_40, ledger.by(ledger.authoriser)) == 158_40
    assert states() == {"paid": 3}


def test_another_amount_than_was_seen_is_not_paid(ledger: Ledger) -> None:
    january = ready(ledger)
    with pytest.raises(Refused, match="figures_changed"):
        finance.authorise(january, 158_41, ledger.by(ledger.authoriser))
    assert states() == {"payable": 3}
    assert events("statement.paid") == 0


def test_who_comes_second_is_overtaken(ledger: Ledger) -> None:
    january = ready(ledger)
    finance.authorise(january, 158_40, ledger.by(ledger.authoriser))
    with pytest.raises(finance.Overtaken):
        finance.authorise(january, 158_40, ledger.by(ledger.authoriser))
    assert events("statement.paid") == 1


def test_what_is_not_there_is_not_found(ledger: Ledger) -> None:
    asked, nowhere = ledger.by(ledger.asker), new_id()
    for change in (
        lambda: finance.request_payment(nowhere, asked),
        lambda: finance.withdraw_request(nowhere, asked),
        lambda: finance.authorise(nowhere, 0, asked),
        lambda: finance.add_adjustment(nowhere, "Extra", 1, finance.adjustments_seen(nowhere), asked),
        lambda: finance.remove_adjustment(nowhere, nowhere, asked),
        lambda: finance.void(nowhere, "paid", asked),
        lambda: finance.void("no id at all", "paid", asked),
    ):
        with pytest.raises(finance.NotFound):
            change()
    assert finance.statement(nowhere) is None
    assert finance.statement("no id at all") is None


def test_a_form_that_is_sent_twice_adds_one_adjustment(ledger: Ledger) -> None:
    january, asked = on(JANUARY), ledger.by(ledger.asker)
    seen = finance.adjustments_seen(january)
    added = finance.add_adjustment(january, "Extra", 12_34, seen, asked)
    with pytest.raises(finance.Overtaken):
        finance.add_adjustment(january, "Extra", 12_34, seen, asked)
    assert [each.id for each in statement_queries.adjustments(january)] == [added]
    finance.remove_adjustment(january, added, asked)
    with pytest.raises(finance.Overtaken):
        finance.remove_adjustment(january, added, asked)
    assert finance.adjustments_seen(january) == seen


def test_a_declaration_that_was_paid_meanwhile_is_not_clawed_back_by_a_page_that_would_void_it(
    ledger: Ledger,
) -> None:
    (declaration,) = declare(ledger, on(JANUARY))
    pay(ledger, on(JANUARY))
    with pytest.raises(finance.Overtaken):
        finance.void(declaration, "payable", ledger.by(ledger.asker))
    assert states() == {"paid": 1}
    assert finance.void(declaration, "paid", ledger.by(ledger.asker)) == "awaiting_clawback"
    assert states() == {"awaiting_clawback": 1}


def test_an_unpaid_declaration_is_voided_once(ledger: Ledger) -> None:
    (declaration,) = declare(ledger, on(JANUARY))
    assert finance.void(declaration, "eligible", ledger.by(ledger.asker)) == "voided"
    with pytest.raises(finance.Overtaken):
        finance.void(declaration, "eligible", ledger.by(ledger.asker))
    with pytest.raises(Refused, match="wrong_state"):
        finance.void(declaration, "voided", ledger.by(ledger.asker))
    assert events("declaration.voided") == 1


def test_a_version_is_added_after_the_one_that_was_seen(ledger: Ledger) -> None:
    asked, terms = ledger.by(ledger.asker), replace(TERMS, vat=False)
    with pytest.raises(finance.Overtaken):
        finance.add_contract(ledger.provider, COHORT, terms, 0, asked)
    finance.add_contract(ledger.provider, COHORT, terms, 1, asked)
    with pytest.raises(finance.Overtaken):
        finance.add_contract(ledger.provider, COHORT, terms, 1, asked)
    assert [each.version for each in contract_queries.versions(ledger.provider, COHORT)] == [2, 1]


def test_what_is_due_is_closed_and_unpaid_and_what_closes_next(ledger: Ledger) -> None:
    pay(ledger, on(JANUARY))
    due = finance_queries.statements(Wanted(state=DUE), TODAY, 1)
    assert [(each.year, each.month) for each in due.rows] == [(2024, 11), (2024, 12), (2025, 2)]
    assert finance_queries.next_deadline(Wanted(), TODAY) == date(2025, 1, 31)
    assert finance_queries.paid(Wanted(), TODAY).count == 1
    april = finance_queries.statements(Wanted(state=DUE, month=(2025, 4)), TODAY, 1)
    assert [(each.year, each.month) for each in april.rows] == [(2025, 4)]
    assert finance_queries.statements(Wanted(cohort=2023), TODAY, 1).total == 0


def test_totals_of_a_list_are_what_each_statement_says_by_itself(ledger: Ledger) -> None:
    paid = declare(ledger, on(JANUARY), 3, pupil_premium_uplift=True)
    pay(ledger, on(JANUARY))
    add_clawback(ledger, paid[0], on(APRIL))
    declare(ledger, on(APRIL), 4, declaration_type="retained-1")
    declare(ledger, on(APRIL), 2)
    later = date(2025, 4, 2)
    asked = ledger.by(ledger.asker)
    finance.add_adjustment(on(APRIL), "Extra", -10_01, finance.adjustments_seen(on(APRIL)), asked)
    rows = finance_queries.statements(Wanted(), later, 1, 100).rows
    found = finance.totals(rows, later)
    closed = {each.id for each in rows if each.deadline_on < later}
    assert set(found) == closed and {on(JANUARY), on(APRIL)} < closed
    for statement_id, total in found.items():
        assert total == statements.figures(statement_id).pence().total_with_vat
    assert found[on(APRIL)] != 0


def test_totals_without_a_contract_are_left_out(ledger: Ledger) -> None:
    write(lambda session: statements.plan(session, ledger.provider, 2025, by_clock(IN_JANUARY)))
    later = date(2026, 1, 2)
    rows = finance_queries.statements(Wanted(cohort=2025), later, 1, 100).rows
    assert rows and finance.totals(rows, later) == {}


def test_what_a_statement_is_made_of_takes_as_many_selects_whatever_is_on_it(
    ledger: Ledger, count_queries: Counting
) -> None:
    def queries() -> int:
        with count_queries() as sent:
            assert finance.statement(january) is not None
        return len(sent)

    january = on(JANUARY)
    declare(ledger, january, 2)
    asked = ledger.by(ledger.asker)
    finance.add_adjustment(january, "One", 1, finance.adjustments_seen(january), asked)
    close(january)
    finance.request_payment(january, asked)
    before = queries()
    finance.withdraw_request(january, asked)
    finance.request_payment(january, ledger.by(ledger.authoriser))
    declare(ledger, january, 20, state="payable")
    finance.add_adjustment(january, "Two", 2, finance.adjustments_seen(january), asked)
    assert queries() == before <= 8


def test_started_declarations_are_counted_with_their_uplifts(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), 3, sparsity_uplift=True)
    declare(ledger, on(JANUARY), 2)
    declare(ledger, on(JANUARY), 4, declaration_type="retained-1", sparsity_uplift=True)
    view = finance.statement(on(JANUARY))
    assert view is not None
    assert (view.started.now, view.started.uplifts) == (5, 3)
