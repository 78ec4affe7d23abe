"""What the service does by itself: on the day, twice, by two machines, after a week off."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data import models
from app.data.columns import PENDING
from app.data.database import reading, release
from app.data.queries import contracts, statements
from app.domain.statements import planned
from app.services import daily
from app.services.asked import Asked
from app.services.daily import Done, Step
from tests.data import records
from tests.services.statements.ledger import (
    APRIL,
    COHORT,
    JANUARY,
    Ledger,
    by_clock,
    declare,
    events,
    make_ledger,
    on,
    states,
    void,
)
from tests.support.clocks import london

NEW_YEAR, LAST_SECOND = london("2025-01-01 00:00"), london("2024-12-31 23:59")
CLOSED_BY_NEW_YEAR = 3
"""November, December and January: their deadlines are the last days of October, November and December."""


@pytest.fixture
def ledger(app: Flask) -> Iterator[Ledger]:
    """A lead provider of 2024 with its statements and a contract."""
    with app.app_context():
        yield make_ledger()


def run(now: datetime, **more: Any) -> Done:
    return daily.run(by_clock(now), **more)


def state_of(pays_on: date) -> str:
    release()
    statement = statements.by_id(on(pays_on))
    assert statement is not None
    return statement.state


def test_a_statement_stays_open_to_the_end_of_its_deadline_in_london_and_then_becomes_payable(
    ledger: Ledger,
) -> None:
    declare(ledger, on(JANUARY), 2)
    run(LAST_SECOND)
    assert (state_of(JANUARY), states()) == ("open", {"eligible": 2})
    assert run(NEW_YEAR) == {"statements became payable": 1, "declarations became payable": 2}
    assert (state_of(JANUARY), state_of(APRIL)) == ("payable", "open")
    assert states() == states(models.StatementLine) == {"payable": 2}


def test_it_keeps_the_moment_and_the_contract_and_leaves_an_event(ledger: Ledger) -> None:
    run(NEW_YEAR)
    january = statements.by_id(on(JANUARY))
    contract = contracts.latest(ledger.provider, COHORT)
    assert january is not None and contract is not None
    assert (january.payable_at, january.contract_id) == (NEW_YEAR, contract.id)
    assert events("statement.payable") == CLOSED_BY_NEW_YEAR


def test_a_statement_without_a_contract_becomes_payable_all_the_same(app: Flask) -> None:
    with app.app_context():
        make_ledger(terms=None)
        assert run(NEW_YEAR)["statements became payable"] == CLOSED_BY_NEW_YEAR
        january = statements.by_id(on(JANUARY))
    assert january is not None
    assert (january.state, january.contract_id) == ("payable", None)


def test_what_was_voided_stays_voided(ledger: Ledger) -> None:
    declarations = declare(ledger, on(JANUARY), 2)
    void(declarations[0])
    run(NEW_YEAR)
    assert states() == states(models.StatementLine) == {"voided": 1, "payable": 1}


def test_a_second_run_does_nothing(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), 2)
    run(NEW_YEAR)
    assert run(NEW_YEAR) == run(NEW_YEAR + timedelta(hours=1)) == {}
    assert (events("statement.payable"), events("declaration.payable")) == (CLOSED_BY_NEW_YEAR, 2)


def test_after_years_off_every_past_deadline_is_seen_to(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), 2)
    declare(ledger, on(APRIL), 1)
    assert run(london("2030-01-01 09:00")) == {
        "statements became payable": len(planned(COHORT)),
        "declarations became payable": 3,
    }
    assert statements.listed(state="open").total == 0


def test_several_machines_at_once_do_it_once(ledger: Ledger, app: Flask) -> None:
    declare(ledger, on(JANUARY), 20)
    together = threading.Barrier(4)

    def machine(_number: int) -> Done:
        with app.app_context():
            together.wait()
            return run(NEW_YEAR)

    with ThreadPoolExecutor(4) as pool:
        done: Counter[str] = Counter()
        for each in pool.map(machine, range(4)):
            done.update(each)
    assert done == {"statements became payable": CLOSED_BY_NEW_YEAR, "declarations became payable": 20}
    assert (events("statement.payable"), events("declaration.payable")) == (CLOSED_BY_NEW_YEAR, 20)
    assert states() == states(models.StatementLine) == {"payable": 20}


def test_a_run_that_breaks_off_leaves_whole_statements_and_the_next_one_does_the_rest(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(ledger, on(JANUARY), 2)
    real, calls = daily.STATEMENTS.do, []

    def breaks_off(session: Session, ids: Sequence[str], asked: Asked) -> Done:
        done = real(session, ids, asked)
        calls.append(ids)
        if len(calls) == CLOSED_BY_NEW_YEAR:
            raise KeyboardInterrupt
        return done

    with pytest.raises(KeyboardInterrupt):
        run(NEW_YEAR, steps=[Step("statements", daily.STATEMENTS.due, breaks_off)])
    assert (state_of(JANUARY), states()) == ("open", {"eligible": 2})
    assert run(NEW_YEAR) == {"statements became payable": 1, "declarations became payable": 2}


def test_progress_is_shown_for_what_is_due_and_for_nothing_else(ledger: Ledger) -> None:
    shown: list[tuple[str, int, list[int]]] = []

    @contextmanager
    def show(name: str, length: int) -> Iterator[Callable[[int], None]]:
        told: list[int] = []
        shown.append((name, length, told))
        yield told.append

    run(NEW_YEAR, show=show)
    run(NEW_YEAR, show=show)
    assert shown == [("statements", CLOSED_BY_NEW_YEAR, [1] * CLOSED_BY_NEW_YEAR)]


def test_what_cannot_be_done_does_not_keep_the_job_going_round() -> None:
    asked: list[str] = []
    step = Step("stuck", lambda _asked: asked.append("") or ["one"], lambda _session, _ids, _asked: {})
    rounds = list(daily._rounds(step, by_clock(NEW_YEAR)))
    assert rounds == [("one",)]
    assert len(asked) == 2


def test_a_long_list_is_done_in_portions_and_round_after_round() -> None:
    assert list(daily._portions(("a", "b", "c"), 2)) == [["a", "b"], ["c"]]
    left = [("a", "b"), ("c",), ()]
    step = Step("people", lambda _asked: left.pop(0), lambda _session, _ids, _asked: {})
    assert list(daily._rounds(step, by_clock(NEW_YEAR))) == [("a", "b"), ("c",)]


LEAVES_ON = date(2025, 9, 20)


@pytest.fixture
def leaver(app: Flask, clock: Any) -> Iterator[Flask]:
    """Somebody in training with a lead provider, who on 15 September 2025 is to leave their school on the 20th."""
    clock.set("2025-09-15 10:00")
    told = {"updated_at": PENDING}
    with app.app_context():
        world = records.world()
        teacher = records.teacher("3001234", "Sam Field", **told)
        period = records.period(world, teacher, finished_on=LEAVES_ON, **told)
        under = records.partnership(
            world, status="active", ever_active=True, confirmed_at=records.NOW, **told
        )
        training = records.training(period, under, finished_on=LEAVES_ON, **told)
        records.save(teacher, period, under, training)
        yield app


def seen() -> list[tuple[datetime, date | None]]:
    release()
    row = models.ProviderParticipant
    return [tuple(each) for each in reading().execute(select(row.updated_at, row.changes_on))]  # type: ignore[misc]


def test_people_are_stamped_when_the_calendar_changes_them_once_and_also_after_days_off(
    leaver: Flask, clock: Any
) -> None:
    clock.set("2025-09-19 02:00")
    run(london("2025-09-19 02:00"))
    ((before, changes_on),) = seen()
    assert changes_on is not None
    clock.set("2025-12-01 02:00")
    assert run(london("2025-12-01 02:00")) == {"people changed with the calendar": 1}
    ((after, later),) = seen()
    assert after > before and later is None
    clock.set("2025-12-02 02:00")
    assert run(london("2025-12-02 02:00")) == {}
    assert seen() == [(after, None)]


def test_several_machines_at_once_stamp_people_once(leaver: Flask, clock: Any) -> None:
    clock.set("2025-12-01 02:00")
    together = threading.Barrier(4)

    def machine(_number: int) -> int:
        with leaver.app_context():
            together.wait()
            return run(london("2025-12-01 02:00")).get("people changed with the calendar", 0)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(machine, range(4))) == [0, 0, 0, 1]
    assert [changes_on for _at, changes_on in seen()] == [None]
