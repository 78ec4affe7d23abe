"""Writers at the same time: threads and processes, on both databases, with their real errors."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from subprocess import PIPE
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, literal, select, text, union_all, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data import models
from app.data.database import db, for_writing, reading
from app.data.transaction import store, violated, write
from tests.data import records

THREADS = 20

WRITER = """
import sys
from flask import Flask
from app.data.database import configure
from app.data.transaction import store, write
from tests.data import records

app = Flask("writer")
configure(app, sys.argv[1])
first, times = int(sys.argv[2]), int(sys.argv[3])
with app.app_context():
    for number in range(first, first + times):
        urn = f"{number:06}"
        write(lambda session: store(session, records.school(urn=urn), records.event(record_id=urn)))
        print(urn, flush=True)
"""


def at_once(app: Flask, work: Callable[[int], Any], times: int = THREADS) -> list[Any]:
    """Run the work in threads that all start together, each in a context of its own."""
    together = threading.Barrier(times)

    def run(number: int) -> Any:
        with app.app_context():
            together.wait()
            return work(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def count(column: Any) -> int:
    return reading().execute(select(func.count(column))).scalar_one()


def writer(app: Flask, first: int, times: int) -> subprocess.Popen[str]:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-c", WRITER, url, str(first), str(times)]
    return subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True)


def test_look_then_insert_by_many_at_once_makes_one_row_and_no_other_error(in_app: Flask) -> None:
    def look_then_insert(session: Session) -> str:
        if session.scalar(select(models.School.id).where(models.School.urn == "900101")):
            return "found"
        store(session, records.school(urn="900101"))
        return "made"

    def attempt(_number: int) -> str | None:
        try:
            return write(look_then_insert)
        except IntegrityError as error:
            return violated(error)

    outcomes = Counter(at_once(in_app, attempt))
    assert count(models.School.id) == 1
    assert outcomes["made"] == 1
    assert set(outcomes) <= {"made", "found", "uq_schools_urn"}


def test_a_conditional_update_happens_once(in_app: Flask) -> None:
    run = records.run(records.world())
    run_id = run.id
    records.save(run)
    Run = models.Run  # noqa: N806

    def confirm(session: Session) -> int:
        once = update(Run).where(Run.id == run_id, Run.version == 0).values(version=1)
        return session.execute(once).rowcount  # type: ignore[attr-defined,no-any-return]

    assert sorted(at_once(in_app, lambda _number: write(confirm))) == [0] * (THREADS - 1) + [1]


def test_read_then_write_loses_nothing_on_sqlite(sqlite_only: Any) -> None:
    app = sqlite_only.app
    with app.app_context():
        run = records.run(records.world())
        run_id = run.id
        records.save(run)

    def add_one(session: Session) -> None:
        session.get_one(models.Run, run_id).version += 1

    at_once(app, lambda _number: write(add_one))
    with app.app_context():
        assert reading().execute(select(models.Run.version)).scalar_one() == THREADS


def test_a_locked_sqlite_file_is_tried_again(sqlite_only: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    with sqlite_only.app.app_context():
        holder = db.engine.connect()
        with for_writing():
            holder.begin()
        db.session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")
        monkeypatch.setattr(
            "app.data.transaction.time.sleep", lambda _seconds: calls.append(1) or holder.close()
        )
        records.save(records.school())
        assert count(models.School.id) == 1
    assert calls == [1]


def test_serialization_failures_of_postgresql_are_tried_again(postgresql_only: Any) -> None:
    app, calls = postgresql_only.app, []
    with app.app_context():
        run = records.run(records.world())
        run_id = run.id
        records.save(run)

    def add_one(session: Session) -> None:
        calls.append(1)
        session.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        run = session.get_one(models.Run, run_id)
        session.execute(text("SELECT pg_sleep(0.02)"))
        run.version += 1

    at_once(app, lambda _number: write(add_one), 3)
    with app.app_context():
        assert reading().execute(select(models.Run.version)).scalar_one() == 3
    assert len(calls) > 3


def test_a_deadlock_of_postgresql_is_tried_again(postgresql_only: Any) -> None:
    app, calls = postgresql_only.app, []
    with app.app_context():
        records.save(records.school(urn="900101"), records.school(urn="900102"))
    crossed = threading.Barrier(2)

    def update_both(number: int) -> None:
        def work(session: Session) -> None:
            calls.append(number)
            session.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
            first, second = ("900101", "900102") if number else ("900102", "900101")
            mark(session, first, number)
            if calls.count(number) == 1:
                crossed.wait(10)
            mark(session, second, number)

        write(work)

    def mark(session: Session, urn: str, number: int) -> None:
        rows = update(models.School).where(models.School.urn == urn)
        session.execute(rows.values(phase=models.School.phase + str(number)))

    at_once(app, update_both, 2)
    with app.app_context():
        phases = set(reading().execute(select(models.School.phase)).scalars())
    assert phases <= {"Primary01", "Primary10"}
    assert len(calls) == 3


def test_a_row_that_stays_locked_on_postgresql_is_tried_again(postgresql_only: Any) -> None:
    calls: list[int] = []
    with postgresql_only.app.app_context():
        records.save(records.school(urn="900101"))
        rename = update(models.School).values(name="Renamed")
        holder = db.engine.connect()
        holder.execute(update(models.School).values(phase="Secondary"))

        def work(session: Session) -> None:
            calls.append(1)
            if len(calls) == 2:
                holder.commit()
            session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            session.execute(rename)

        write(work)
        holder.close()
        row = reading().execute(select(models.School.name, models.School.phase)).one()
    assert tuple(row) == ("Renamed", "Secondary")
    assert len(calls) == 2


def test_processes_write_together(in_app: Flask) -> None:
    writers = [writer(in_app, first, 15) for first in (100, 200, 300)]
    outcomes = [process.communicate(timeout=60) for process in writers]
    assert [process.returncode for process in writers] == [0, 0, 0], outcomes
    assert count(models.School.id) == count(models.Event.id) == 45


def test_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_half_there(in_app: Flask) -> None:
    process = writer(in_app, 100, 100_000)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(10)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += process.stdout.read().split()
    process.communicate()
    stored = union_all(
        select(literal("school"), models.School.urn), select(literal("event"), models.Event.record_id)
    )
    rows = reading().execute(stored).all()
    schools = {urn for kind, urn in rows if kind == "school"}
    assert set(acknowledged) <= schools
    assert schools == {urn for kind, urn in rows if kind == "event"}
    assert len(schools) - len(acknowledged) in (0, 1)
