"""Many that meet at one record: to void it and to pay it, to declare it again and again, and the daily job beside them.

(Trust, 2; Provider API, “Declarations” and `Idempotency-Key`.)
"""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.data import clock
from app.data.database import reading, release
from app.data.models import Declaration, Event, ProviderParticipant, StatementLine
from app.data.publishing import take_turn
from app.data.transaction import write
from app.domain.refusals import Refused
from app.services import daily, finance, providers, statements
from app.services.asked import by_lead_provider
from app.web.api_v3.operations import PREFIX
from tests.services.statements.ledger import IN_JANUARY, Ledger, make_ledger
from tests.services.statements.test_once import EACH, asked_for
from tests.support.amounts import amount, dice
from tests.support.databases import Store
from tests.trials.crowd import at_once
from tests.trials.lives_deeds import Deeds
from tests.trials.lives_stage import Calendar, by_job, make, noting_deadlocks
from tests.web.api_v3.playing import Provider, set_up

RACES = amount(10, 200)
ROUNDS, AT_ONCE = amount(1, 20), 50
WRITERS, DAYS = 8, amount(4, 200)
POST = f"{PREFIX}/participant-declarations"
NOW = {"X-With-Server-Date": "2025-10-15T10:00:00Z"}
CROWDED = {
    Deeds.declare: 4,
    Deeds.void: 2,
    Deeds.training: 4,
    Deeds.schedule: 3,
    Deeds.pay: 1,
    Deeds.challenge: 3,
    Deeds.report: 4,
    Deeds.decide: 3,
}
"""What writers do beside the daily job: more to partnerships than anybody does in a life."""


def on_it(statement_id: str) -> list[str]:
    """The declarations on a statement."""
    lines = select(StatementLine.declaration_id).where(StatementLine.statement_id == statement_id)
    found = sorted(reading().execute(lines).scalars())
    release()
    return found


def void_all(ledger: Ledger, statement_id: str) -> None:
    """The lead provider takes back what is on the statement, one after the other."""
    asked = by_lead_provider(ledger.provider, IN_JANUARY, "void")
    for declaration in on_it(statement_id):
        with suppress(providers.Overtaken, Refused):
            providers.void(ledger.provider, declaration, asked)


def void_as_seen(ledger: Ledger, statement_id: str) -> None:
    """Finance voids what it saw as payable, the last one first."""
    for declaration in reversed(on_it(statement_id)):
        with suppress(finance.Overtaken, Refused):
            finance.void(declaration, "payable", ledger.by(ledger.asker))


def pay(ledger: Ledger, statement_id: str) -> None:
    """Finance pays what there is."""
    asked = ledger.by(ledger.authoriser)
    write(lambda session: statements.authorise(session, statement_id, asked))


def test_a_declaration_voided_while_its_statement_is_paid_is_never_both(database: Store) -> None:
    with database.session():
        ledger = make_ledger()
        rounds = asked_for(ledger, RACES)
    for statement_id in rounds:

        def race(part: Any, statement_id: str = statement_id) -> None:
            with database.session():
                part(ledger, statement_id)

        at_once(race, (void_all, void_as_seen, pay))
    with database.session():
        assert set(ends()) <= {("paid", "paid"), ("awaiting_clawback", "paid"), ("voided", "voided")}
        assert sum(ends().values()) == EACH * RACES
        both = [
            kinds for kinds in histories().values() if {"declaration.paid", "declaration.voided"} <= kinds
        ]
        assert both == []
        for statement_id in rounds:
            found = finance.statement(statement_id)
            assert found is not None and found.figures is not None and found.statement.state == "paid"
            assert found.statement.total_pence == found.figures.pence().total


def ends() -> Counter[tuple[str, str]]:
    """The states of declarations and of their payment lines, and how many there are of each pair."""
    found = select(Declaration.state, StatementLine.state).join(
        StatementLine, StatementLine.declaration_id == Declaration.id
    )
    rows = reading().execute(found.where(StatementLine.kind == "payment"))
    return Counter((declaration, line) for declaration, line in rows)


def histories() -> dict[str, set[str]]:
    """What happened to each declaration."""
    found: dict[str, set[str]] = {}
    rows = reading().execute(select(Event.record_id, Event.kind).where(Event.record_kind == "declaration"))
    for record, kind in rows:
        found.setdefault(record, set()).add(kind)
    return found


def same_post_at_once(provider: Provider, teacher: str, key: str | None) -> list[TestResponse]:
    """The same declaration, sent by fifty in the same moment."""
    app, headers = provider.caller.app, {"Authorization": f"Bearer {provider.caller.token}", **NOW}
    if key is not None:
        headers["Idempotency-Key"] = key
    attributes = {
        "participant_id": teacher,
        "course_identifier": "ecf-induction",
        "declaration_type": "started",
        "declaration_date": "2025-09-10T09:00:00Z",
    }
    body = {"data": {"attributes": attributes}}

    def send(_number: int) -> TestResponse:
        return FlaskClient(app, app.response_class).post(POST, json=body, headers=headers)

    return at_once(send, range(AT_ONCE))


def titles(reply: TestResponse) -> list[str]:
    """The titles of a refusal."""
    body: Any = reply.json
    return [each["title"] for each in body["errors"]]


@pytest.mark.parametrize("keyed", [False, True], ids=["without a key", "with a key"])
def test_the_same_declaration_sent_fifty_times_at_once_is_stored_once(database: Store, keyed: bool) -> None:
    stage = set_up(database.app)
    under = stage.partnership()
    for number in range(ROUNDS):
        aoife = stage.ect(under)
        # A token of its own: together the rounds ask more often than one token may.
        northstar = Provider(database.app, stage.northstar.id)
        replies = same_post_at_once(northstar, aoife.teacher, f"key-{number}" if keyed else None)
        (row,) = stage.all(Declaration, teacher_id=aoife.teacher)
        assert row.state == "eligible"
        answered = Counter(each.status_code for each in replies)
        accepted = {each.get_data() for each in replies if each.status_code == 200}
        assert len(accepted) == 1 and row.id in accepted.pop().decode()
        assert stage.kinds(row.id) == ["declaration.eligible"]
        if keyed:
            assert set(answered) <= {200, 409}
            again = same_post_at_once(northstar, aoife.teacher, f"key-{number}")
            assert {each.status_code for each in again} == {200}
            assert len({each.get_data() for each in (*again, replies[0]) if each.status_code == 200}) == 1
        else:
            assert answered == {200: 1, 422: AT_ONCE - 1}
            assert {tuple(titles(each)) for each in replies if each.status_code == 422} == {("base",)}


def everybody_is_due(session: Session) -> None:
    """Let the calendar have changed something of everybody today."""
    take_turn(session)
    session.execute(update(ProviderParticipant).values(changes_on=clock.today()))


def test_the_daily_job_and_eight_writers_never_wait_for_each_other_in_a_ring(postgresql_only: Store) -> None:
    world, over = make(postgresql_only.app), threading.Event()

    def run_daily(calendar: Calendar) -> int:
        changed = 0
        for day in range(DAYS):
            calendar.move_on()
            with world.app.app_context():
                write(everybody_is_due)
                changed += daily.run(by_job(f"day {day}"))["people changed with the calendar"]
        return changed

    def write_on(number: int) -> int:
        one = Deeds(world, calendar, dice(f"writer {number}"), f"writer {number}")
        while not over.is_set():
            one.act(CROWDED)
        return sum(times for name, times in one.done.items() if not name.endswith("refused"))

    with (
        noting_deadlocks(world.app) as deadlocks,
        Calendar(DAYS * 4) as calendar,
        ThreadPoolExecutor(WRITERS) as pool,
    ):
        writers = [pool.submit(write_on, number) for number in range(WRITERS)]
        try:
            changed = run_daily(calendar)
        finally:
            over.set()
        done = sum(each.result() for each in writers)
    assert deadlocks == []
    # On some days the writers have seen to everybody before the job does.
    assert changed >= DAYS // 2 and done > WRITERS
