"""Named amounts on a statement, until it is paid."""

from __future__ import annotations

from typing import Any

import pytest

from app.data.ids import new_id
from app.data.queries import statements as found
from app.data.transaction import write
from app.domain.refusals import Refused
from app.services import statements
from tests.services.statements.ledger import APRIL, JANUARY, Ledger, events, on, pay


def add(ledger: Ledger, name: str, pence: int, statement_id: str | None = None) -> str:
    asked = ledger.by(ledger.asker)
    return write(
        lambda session: statements.add_adjustment(session, statement_id or on(JANUARY), name, pence, asked)
    )


def remove(ledger: Ledger, adjustment_id: str, statement_id: str | None = None) -> None:
    asked = ledger.by(ledger.asker)
    write(
        lambda session: statements.remove_adjustment(
            session, statement_id or on(JANUARY), adjustment_id, asked
        )
    )


def named(statement_id: str) -> list[tuple[str, int]]:
    return [(each.name, each.amount_pence) for each in found.adjustments(statement_id)]


def test_adjustments_count_until_they_are_removed_and_every_one_leaves_an_event(ledger: Ledger) -> None:
    extra = add(ledger, " Extra places ", 12_34)
    add(ledger, "Overpaid in May", -100_00)
    assert named(on(JANUARY)) == [("Extra places", 12_34), ("Overpaid in May", -100_00)]
    assert statements.figures(on(JANUARY)).pence().total == 12_34 - 100_00
    remove(ledger, extra)
    assert named(on(JANUARY)) == [("Overpaid in May", -100_00)]
    assert (events("statement.adjustment_added"), events("statement.adjustment_removed")) == (2, 1)


def test_once_the_statement_is_paid_they_are_frozen(ledger: Ledger) -> None:
    extra = add(ledger, "Extra places", 12_34)
    assert pay(ledger, on(JANUARY)).adjustments == 12_34
    with pytest.raises(Refused, match="already_paid"):
        add(ledger, "More", 1)
    with pytest.raises(Refused, match="already_paid"):
        remove(ledger, extra)
    assert named(on(JANUARY)) == [("Extra places", 12_34)]


@pytest.mark.parametrize(("name", "pence", "reason"), [(" ", 1, "blank"), ("Extra", 0, "zero")])
def test_one_without_a_name_or_an_amount_is_refused(
    ledger: Ledger, name: str, pence: int, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        add(ledger, name, pence)
    assert named(on(JANUARY)) == []


def test_what_is_not_there_cannot_be_adjusted(ledger: Ledger) -> None:
    extra = add(ledger, "Extra places", 12_34)
    with pytest.raises(Refused, match="unknown_statement"):
        add(ledger, "Extra places", 1, new_id())
    with pytest.raises(statements.Conflict):
        remove(ledger, extra, on(APRIL))
    remove(ledger, extra)
    with pytest.raises(statements.Conflict):
        remove(ledger, extra)


def test_every_statement_has_adjustments_of_its_own(ledger: Ledger) -> None:
    add(ledger, "Extra places", 12_34)
    shown: dict[str, Any] = {"january": named(on(JANUARY)), "april": named(on(APRIL))}
    assert shown == {"january": [("Extra places", 12_34)], "april": []}
