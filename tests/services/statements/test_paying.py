"""Paying a statement: two people, once, all of it or nothing."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.data.database import reading
from app.data.ids import new_id
from app.data.models import Declaration, Event, PaymentRequest, StatementLine
from app.data.queries import statements as found
from app.data.queries.statements import StatementDetails
from app.data.transaction import write
from app.domain.refusals import Refused
from app.services import statements
from tests.services.statements.ledger import (
    APRIL,
    IN_JANUARY,
    JANUARY,
    WINTER,
    Ledger,
    add_clawback,
    by_clock,
    declare,
    events,
    on,
    pay,
    states,
    void,
)
from tests.support.amounts import amount
from tests.support.clocks import london

IN_APRIL = london("2025-04-02 09:00")
FEBRUARY = london("2025-02-25 00:00").date()
MANY, MOST_SECONDS = amount(500, 10_000), 10


def close(statement_id: str, now: datetime = IN_JANUARY) -> int | None:
    return write(lambda session: statements.close(session, statement_id, by_clock(now)))


def ask(ledger: Ledger, statement_id: str, now: datetime = IN_JANUARY) -> str:
    asked = ledger.by(ledger.asker, now)
    return write(lambda session: statements.request_payment(session, statement_id, asked))


def authorise(
    ledger: Ledger, statement_id: str, person: str | None = None, now: datetime = IN_JANUARY
) -> Any:
    asked = ledger.by(person or ledger.authoriser, now)
    return write(lambda session: statements.authorise(session, statement_id, asked))


def withdraw(ledger: Ledger, statement_id: str) -> None:
    asked = ledger.by(ledger.authoriser)
    write(lambda session: statements.withdraw_request(session, statement_id, asked))


def stored(statement_id: str) -> StatementDetails:
    statement = found.by_id(statement_id)
    assert statement is not None
    return statement


def test_one_person_asks_another_authorises_and_everything_on_the_statement_is_paid(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), 3)
    declare(ledger, on(JANUARY), 1, state="voided")
    declare(ledger, on(APRIL), 2)
    assert close(on(JANUARY)) == 3
    request = ask(ledger, on(JANUARY))
    amounts = authorise(ledger, on(JANUARY))
    assert (amounts.total, amounts.vat) == (2 * 48_00 + 36_00, 26_40)
    january = stored(on(JANUARY))
    assert (january.state, january.paid_at, january.total_pence, january.vat_pence) == (
        "paid",
        IN_JANUARY,
        132_00,
        26_40,
    )
    assert states() == states(StatementLine) == {"paid": 3, "voided": 1, "eligible": 2}
    (made,) = found.requests(on(JANUARY))
    assert (made.id, made.requested_by, made.authorised_by) == (request, ledger.asker, ledger.authoriser)
    assert stored(on(APRIL)).state == "open"


def test_every_declaration_that_is_paid_leaves_one_event_of_its_own(ledger: Ledger) -> None:
    declarations = declare(ledger, on(JANUARY), 3)
    pay(ledger, on(JANUARY))
    rows = reading().execute(select(*Event.__table__.c).where(Event.record_kind == "declaration")).all()
    paid = [row for row in rows if row.kind == "declaration.paid"]
    assert sorted(row.record_id for row in paid) == sorted(declarations)
    assert {(row.actor_kind, row.actor_id, row.request_id) for row in paid} == {
        ("dfe", ledger.authoriser, "request-1")
    }
    assert {row.lead_provider_id for row in paid} == {ledger.provider}
    assert json.loads(paid[0].details) == {"from": "payable", "statement": on(JANUARY)}
    assert len([row for row in rows if row.kind == "declaration.payable"]) == 3
    kinds = ("statement.payable", "statement.payment_requested", "statement.paid")
    assert [events(kind) for kind in kinds] == [1, 1, 1]


def test_what_was_to_be_taken_back_is_clawed_back_when_the_next_statement_is_paid(ledger: Ledger) -> None:
    declarations = declare(ledger, on(JANUARY), 2)
    pay(ledger, on(JANUARY))
    add_clawback(ledger, declarations[0], on(APRIL))
    assert states(StatementLine) == {"paid": 2, "awaiting_clawback": 1}
    amounts = pay(ledger, on(APRIL), IN_APRIL)
    assert (amounts.clawbacks, amounts.total) == (48_00, -48_00)
    assert states() == {"paid": 1, "clawed_back": 1}
    assert states(StatementLine) == {"paid": 2, "clawed_back": 1}
    assert events("declaration.clawed_back") == 1


def test_a_statement_with_the_service_fee_only_is_paid_in_the_same_way(ledger: Ledger) -> None:
    february = on(FEBRUARY)
    now = london("2025-02-02 09:00")
    assert not stored(february).output
    assert pay(ledger, february, now).total == 0
    assert stored(february).state == "paid"


def test_the_person_who_asked_cannot_authorise(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY))
    close(on(JANUARY))
    ask(ledger, on(JANUARY))
    with pytest.raises(Refused, match="same_person"):
        authorise(ledger, on(JANUARY), ledger.asker)
    assert (stored(on(JANUARY)).state, states()) == ("payable", {"payable": 1})


def test_nothing_is_authorised_unasked_early_or_before_the_daily_job(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY))
    with pytest.raises(Refused, match="deadline_not_passed"):
        ask(ledger, on(JANUARY), WINTER)
    with pytest.raises(Refused, match="not_requested"):
        authorise(ledger, on(JANUARY))
    ask(ledger, on(JANUARY))
    with pytest.raises(Refused, match="wrong_state"):
        authorise(ledger, on(JANUARY))
    assert (stored(on(JANUARY)).state, states()) == ("open", {"eligible": 1})


def test_a_statement_is_asked_for_once_and_again_when_the_request_was_withdrawn(ledger: Ledger) -> None:
    close(on(JANUARY))
    first = ask(ledger, on(JANUARY))
    with pytest.raises(Refused, match="already_requested"):
        ask(ledger, on(JANUARY))
    withdraw(ledger, on(JANUARY))
    with pytest.raises(Refused, match="not_requested"):
        authorise(ledger, on(JANUARY))
    with pytest.raises(Refused, match="not_requested"):
        withdraw(ledger, on(JANUARY))
    second = ask(ledger, on(JANUARY))
    authorise(ledger, on(JANUARY))
    assert [(each.id, each.withdrawn_at is None) for each in found.requests(on(JANUARY))] == [
        (first, False),
        (second, True),
    ]
    assert events("statement.request_withdrawn") == 1


def test_a_paid_statement_is_neither_asked_for_nor_withdrawn_nor_authorised_again(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY))
    pay(ledger, on(JANUARY))
    with pytest.raises(Refused, match="already_paid"):
        ask(ledger, on(JANUARY))
    with pytest.raises(Refused, match="already_paid"):
        withdraw(ledger, on(JANUARY))
    with pytest.raises(statements.Conflict):
        authorise(ledger, on(JANUARY))
    assert (events("statement.paid"), events("declaration.paid")) == (1, 1)


def test_what_nobody_made_cannot_be_paid(ledger: Ledger) -> None:
    for attempt in (ask, authorise):
        with pytest.raises(Refused, match="unknown_statement"):
            attempt(ledger, new_id())
    assert reading().execute(select(PaymentRequest.id)).all() == []


def test_a_request_that_was_overtaken_is_a_conflict(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(ledger, on(JANUARY))
    monkeypatch.setattr("app.data.queries.statements.standing_request", lambda _id: None)
    with pytest.raises(statements.Conflict):
        ask(ledger, on(JANUARY))


def test_a_line_that_disagrees_with_its_declaration_stops_the_payment_and_nothing_is_stored(
    ledger: Ledger,
) -> None:
    declare(ledger, on(JANUARY), 2)
    close(on(JANUARY))
    ask(ledger, on(JANUARY))
    (wrong,) = declare(ledger, on(JANUARY), state="payable")

    def forget_the_line(session: Any) -> None:
        session.get_one(Declaration, wrong).state = "voided"

    write(forget_the_line)
    with pytest.raises(statements.LinesDisagree):
        authorise(ledger, on(JANUARY))
    assert (stored(on(JANUARY)).state, states()) == ("payable", {"payable": 2, "voided": 1})
    assert events("declaration.paid") == 0


def test_a_declaration_voided_before_the_payment_is_left_out_of_it(ledger: Ledger) -> None:
    kept, gone = declare(ledger, on(JANUARY), 2)
    close(on(JANUARY))
    void(gone)
    ask(ledger, on(JANUARY))
    assert authorise(ledger, on(JANUARY)).total == 48_00
    with pytest.raises(statements.Conflict):
        void(kept)
    assert states() == states(StatementLine) == {"paid": 1, "voided": 1}


def test_a_large_statement_is_closed_and_paid_in_seconds(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), MANY)
    started = time.monotonic()
    assert close(on(JANUARY)) == MANY
    closed = time.monotonic()
    ask(ledger, on(JANUARY))
    authorise(ledger, on(JANUARY))
    paid = time.monotonic()
    assert states() == states(StatementLine) == {"paid": MANY}
    assert events("declaration.paid") == events("declaration.payable") == MANY
    assert max(closed - started, paid - closed) < MOST_SECONDS
