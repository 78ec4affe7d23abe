"""Where a declaration goes on a statement, and what becomes of its line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.database import reading
from app.data.models import StatementLine
from app.data.transaction import violated, write
from app.services import statements
from tests.services.statements.ledger import (
    APRIL,
    COHORT,
    IN_JANUARY,
    JANUARY,
    WINTER,
    Ledger,
    add_clawback,
    by_clock,
    declare,
    on,
    states,
    void,
)
from tests.support.amounts import amount


def next_open(ledger: Ledger, today: date) -> str | None:
    return write(lambda session: statements.next_open(session, ledger.provider, COHORT, today))


def lines() -> list[tuple[str, str, str]]:
    """Kind, state and statement of every line."""
    found = reading().execute(select(StatementLine.kind, StatementLine.state, StatementLine.statement_id))
    return sorted((kind, state, statement) for kind, state, statement in found)


def test_a_declaration_goes_on_the_earliest_output_statement_whose_deadline_is_today_or_later(
    ledger: Ledger,
) -> None:
    assert next_open(ledger, date(2024, 11, 20)) == next_open(ledger, date(2024, 12, 31)) == on(JANUARY)
    assert next_open(ledger, date(2025, 1, 1)) == on(APRIL)
    assert next_open(ledger, date(2027, 4, 1)) is None
    assert write(lambda session: statements.next_open(session, ledger.authoriser, COHORT, JANUARY)) is None
    assert write(lambda session: statements.next_open(session, ledger.provider, 2025, JANUARY)) is None


def test_a_statement_that_was_closed_takes_no_more(ledger: Ledger) -> None:
    write(lambda session: statements.close(session, on(JANUARY), by_clock(IN_JANUARY)))
    assert next_open(ledger, date(2024, 12, 31)) == on(APRIL)


def test_a_declaration_is_billed_once_and_taken_back_once(ledger: Ledger) -> None:
    (declaration,) = declare(ledger, None)
    january = on(JANUARY)

    def bill(session: Session) -> None:
        statements.bill(session, declaration, january, WINTER)

    def claw_back(session: Session) -> None:
        statements.claw_back(session, declaration, january, WINTER)

    write(bill)
    write(claw_back)
    assert lines() == [("clawback", "awaiting_clawback", january), ("payment", "eligible", january)]
    for again in (bill, claw_back):
        with pytest.raises(IntegrityError) as refused:
            write(again)
        assert violated(refused.value) == "ix_statement_lines_declaration_id_kind"


def test_a_voided_line_stays_on_its_statement(ledger: Ledger) -> None:
    (declaration,) = declare(ledger, on(JANUARY))
    void(declaration)
    assert lines() == [("payment", "voided", on(JANUARY))]


def test_a_line_that_was_paid_or_is_not_there_cannot_be_voided(ledger: Ledger) -> None:
    (paid,) = declare(ledger, on(JANUARY), state="paid")
    (bare,) = declare(ledger, None)
    for declaration in (paid, bare):
        with pytest.raises(statements.LinesDisagree):
            write(lambda session, declaration=declaration: statements.void_line(session, declaration))
    add_clawback(ledger, paid, on(APRIL))
    assert sorted(lines()) == [
        ("clawback", "awaiting_clawback", on(APRIL)),
        ("payment", "paid", on(JANUARY)),
    ]


def meanwhile(app: Flask, other: Callable[[], Any], until: Callable[[], None]) -> Any:
    """Start `other` in a thread of its own, do `until`, and give what `other` returns."""

    def run() -> Any:
        with app.app_context():
            return other()

    with ThreadPoolExecutor(1) as pool:
        started = pool.submit(run)
        until()
        return started.result(20)


def wait_for_somebody(session: Session, kind: str) -> None:
    """On PostgreSQL, until another connection waits for a lock of ours; SQLite has nothing to ask."""
    if kind == "sqlite":
        return
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(500):
        if session.execute(waiting).scalar_one():
            return
        session.execute(text("SELECT pg_sleep(0.01)"))
    raise AssertionError("nobody waited")


def test_the_daily_job_waits_for_a_declaration_that_is_on_its_way(ledger: Ledger, database: Any) -> None:
    (declaration,) = declare(ledger, None)
    january, day = on(JANUARY), IN_JANUARY
    held = threading.Event()

    def close() -> int | None:
        held.wait(10)
        return write(lambda session: statements.close(session, january, by_clock(day)))

    def work(session: Session) -> None:
        chosen = statements.next_open(session, ledger.provider, COHORT, date(2024, 12, 31))
        assert chosen == january
        held.set()
        wait_for_somebody(session, database.kind)
        statements.bill(session, declaration, january, WINTER)

    moved = meanwhile(database.app, close, lambda: write(work))
    assert (moved, states(), lines()) == (1, {"payable": 1}, [("payment", "payable", january)])


def test_a_declaration_that_comes_while_its_statement_is_being_closed_goes_on_the_next_one(
    ledger: Ledger, database: Any
) -> None:
    january, april, last_day = on(JANUARY), on(APRIL), date(2024, 12, 31)
    held = threading.Event()

    def choose() -> str | None:
        held.wait(10)
        return next_open(ledger, last_day)

    def work(session: Session) -> None:
        assert statements.close(session, january, by_clock(IN_JANUARY)) == 0
        held.set()
        wait_for_somebody(session, database.kind)

    assert meanwhile(database.app, choose, lambda: write(work)) == april


def test_no_line_is_lost_when_declarations_come_in_over_midnight(ledger: Ledger, database: Any) -> None:
    january, april = on(JANUARY), on(APRIL)
    declarations = declare(ledger, None, amount(12, 400))
    crowd = 4
    together = threading.Barrier(crowd + 1)

    def bill(session: Session, declaration: str) -> None:
        chosen = statements.next_open(session, ledger.provider, COHORT, date(2024, 12, 31))
        assert chosen is not None
        statements.bill(session, declaration, chosen, datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC))

    def come_in(number: int) -> None:
        with database.app.app_context():
            together.wait()
            for declaration in declarations[number::crowd]:
                write(lambda session, declaration=declaration: bill(session, declaration))

    def close() -> int | None:
        with database.app.app_context():
            together.wait()
            return write(lambda session: statements.close(session, january, by_clock(IN_JANUARY)))

    with ThreadPoolExecutor(crowd + 1) as pool:
        closing = pool.submit(close)
        list(pool.map(come_in, range(crowd)))
        moved = closing.result()
    counted = [
        lines().count(each) for each in (("payment", "payable", january), ("payment", "eligible", april))
    ]
    assert counted[0] == moved
    assert sum(counted) == len(declarations)
    assert states() == {
        state: number for state, number in zip(("payable", "eligible"), counted, strict=True) if number
    }


def test_every_state_of_a_line_is_one_that_its_declaration_can_be_in() -> None:
    from app.data.models.declarations import DECLARATION_STATES
    from app.data.models.statements import LINE_STATES, STATEMENT_STATES
    from app.domain.declarations import State
    from app.domain.statements import State as StatementState

    assert set(LINE_STATES) < set(DECLARATION_STATES) == set(State)
    assert set(STATEMENT_STATES) == set(StatementState)
