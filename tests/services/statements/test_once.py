"""Many at the same statement at once: paid once, and nothing both paid and voided."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from subprocess import PIPE
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from app.data.database import reading
from app.data.ids import new_id
from app.data.models import Declaration, Event, Statement, StatementLine
from app.data.queries import contracts
from app.data.transaction import write
from app.services import statements
from tests.services.statements.ledger import (
    COHORT,
    IN_JANUARY,
    JANUARY,
    WINTER,
    Ledger,
    by_clock,
    declare,
    on,
    states,
    void,
)
from tests.support.amounts import amount

CROWD = 8
PROCESSES, ROUNDS = amount(2, 8), amount(3, 50)
EACH = 5

AUTHORISER = """
import sys
from flask import Flask
from app.data.database import configure
from app.data.transaction import write
from app.services import statements
from tests.services.statements.ledger import IN_JANUARY
from app.data.queries.events import Actor
from app.services.asked import Asked

app = Flask("authoriser")
configure(app, sys.argv[1])
asked = Asked(Actor("dfe", sys.argv[2]), IN_JANUARY, "request-2")
with app.app_context():
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            write(lambda session: statements.authorise(session, line.strip(), asked))
            print("paid", flush=True)
        except statements.Conflict:
            print("conflict", flush=True)
"""


def asked_for(ledger: Ledger, rounds: int) -> list[str]:
    """As many payable statements, each with a request and a few declarations."""
    contract = contracts.latest(ledger.provider, COHORT)
    assert contract is not None
    shared = {"lead_provider_id": ledger.provider, "cohort": COHORT, "output": True, "state": "payable"}
    dates = {"deadline_on": WINTER.date(), "pays_on": WINTER.date(), "created_at": WINTER}
    rows = [
        {
            "id": new_id(),
            "year": 2030 + number // 12,
            "month": number % 12 + 1,
            "contract_id": contract.id,
            **shared,
            **dates,
        }
        for number in range(rounds)
    ]
    write(lambda session: session.execute(insert(Statement), rows) and None)
    made = [str(row["id"]) for row in rows]
    for statement_id in made:
        declare(ledger, statement_id, EACH, state="payable")
        asked = ledger.by(ledger.asker)
        write(lambda session, one=statement_id, asked=asked: statements.request_payment(session, one, asked))
    return made


def payments_by_statement() -> set[int]:
    """How many events of payment the statements have."""
    counted = select(func.count()).where(Event.kind == "statement.paid").group_by(Event.record_id)
    return set(reading().execute(counted).scalars())


def test_of_eight_threads_that_authorise_at_once_one_pays(ledger: Ledger, app: Flask) -> None:
    rounds = asked_for(ledger, amount(2, 50))
    together = threading.Barrier(CROWD)

    def attempt(_number: int) -> list[str]:
        outcomes = []
        with app.app_context():
            for statement_id in rounds:
                together.wait()
                outcomes.append(outcome(statement_id))
        return outcomes

    def outcome(statement_id: str) -> str:
        asked = ledger.by(ledger.authoriser)
        try:
            write(lambda session: statements.authorise(session, statement_id, asked))
        except statements.Conflict:
            return "conflict"
        return "paid"

    with ThreadPoolExecutor(CROWD) as pool:
        columns = list(pool.map(attempt, range(CROWD)))
    for outcomes in zip(*columns, strict=True):
        assert Counter(outcomes) == {"paid": 1, "conflict": CROWD - 1}
    assert states() == states(StatementLine) == {"paid": EACH * len(rounds)}
    assert payments_by_statement() == {1}


def test_of_several_processes_that_authorise_at_once_one_pays(ledger: Ledger, app: Flask) -> None:
    rounds = asked_for(ledger, ROUNDS)
    command = [
        sys.executable,
        "-c",
        AUTHORISER,
        app.config["SQLALCHEMY_DATABASE_URI"],
        ledger.authoriser,
    ]
    workers = [
        subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) for _ in range(PROCESSES)
    ]
    try:
        assert {answer(worker) for worker in workers} == {"ready"}
        for statement_id in rounds:
            for worker in workers:
                assert worker.stdin is not None
                worker.stdin.write(f"{statement_id}\n")
            outcomes = Counter(answer(worker) for worker in workers)
            assert outcomes == {"paid": 1, "conflict": PROCESSES - 1}
    finally:
        for worker in workers:
            worker.communicate(timeout=30)
    assert [worker.returncode for worker in workers] == [0] * PROCESSES
    assert states() == states(StatementLine) == {"paid": EACH * ROUNDS}
    assert payments_by_statement() == {1}


def answer(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


def pairs() -> dict[tuple[str, str], int]:
    """The state of each declaration and of its line, and how many there are of each pair."""
    statement = select(Declaration.state, StatementLine.state, func.count()).join(
        StatementLine, StatementLine.declaration_id == Declaration.id
    )
    rows = reading().execute(statement.group_by(Declaration.state, StatementLine.state))
    return {(one, other): number for one, other, number in rows}


def test_a_declaration_voided_while_it_is_paid_is_the_one_or_the_other_with_its_line(
    ledger: Ledger, app: Flask
) -> None:
    rounds = asked_for(ledger, amount(5, 100))
    together = threading.Barrier(2)

    def void_all() -> int:
        voided = 0
        with app.app_context():
            for statement_id in rounds:
                lines = select(StatementLine.declaration_id).where(StatementLine.statement_id == statement_id)
                declarations = list(reading().execute(lines).scalars())
                together.wait()
                for declaration in declarations:
                    try:
                        void(declaration)
                        voided += 1
                    except statements.Conflict:
                        pass
        return voided

    def pay_all() -> None:
        with app.app_context():
            for statement_id in rounds:
                asked = ledger.by(ledger.authoriser)
                together.wait()
                write(
                    lambda session, one=statement_id, asked=asked: statements.authorise(session, one, asked)
                )

    with ThreadPoolExecutor(2) as pool:
        voiding, paying = pool.submit(void_all), pool.submit(pay_all)
        voided, _nothing = voiding.result(), paying.result()
    counted = pairs()
    assert set(counted) <= {("paid", "paid"), ("voided", "voided")}
    assert counted.get(("voided", "voided"), 0) == voided
    assert sum(counted.values()) == EACH * len(rounds)


def test_two_machines_that_close_a_statement_at_once_close_it_once(ledger: Ledger, app: Flask) -> None:
    declare(ledger, on(JANUARY), EACH)
    january, together = on(JANUARY), threading.Barrier(CROWD)

    def close(_number: int) -> Any:
        with app.app_context():
            together.wait()
            return write(lambda session: statements.close(session, january, by_clock(IN_JANUARY)))

    with ThreadPoolExecutor(CROWD) as pool:
        outcomes = Counter(pool.map(close, range(CROWD)))
    assert outcomes == {EACH: 1, None: CROWD - 1}
    assert states() == states(StatementLine) == {"payable": EACH}
