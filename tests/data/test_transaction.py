"""One unit of work: all or nothing, tried again only when the database was busy (Trust, 3)."""

from __future__ import annotations

from typing import Any

import psycopg.errors
import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.data import models, transaction
from app.data.database import db, for_writing, newer_sqlite, reading
from app.data.transaction import OutsideWriteError, busy, store, violated, write
from tests.data import records


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait would have been; none is waited."""
    found: list[float] = []
    monkeypatch.setattr(transaction.time, "sleep", found.append)
    return found


def names() -> list[str]:
    return list(reading().execute(select(models.School.name).order_by(models.School.name)).scalars())


def busy_error() -> OperationalError:
    return OperationalError("UPDATE", {}, psycopg.errors.SerializationFailure())


def test_what_the_work_returns_is_returned_and_stored(in_app: Flask) -> None:
    def work(session: Session) -> str:
        store(session, records.school(name="Oakfield"))
        return "done"

    assert write(work) == "done"
    assert names() == ["Oakfield"]


def test_returned_rows_keep_their_columns(in_app: Flask) -> None:
    def work(session: Session) -> models.School:
        school = records.school(name="Oakfield")
        store(session, school)
        return school

    assert write(work).name == "Oakfield"


def test_any_exception_leaves_nothing_behind(in_app: Flask) -> None:
    def work(session: Session) -> None:
        store(session, records.school())
        raise LookupError("changed my mind")

    with pytest.raises(LookupError):
        write(work)
    assert names() == []
    records.save(records.school(name="Later"))
    assert names() == ["Later"]


def test_a_write_inside_a_write_is_refused_and_rolled_back(in_app: Flask) -> None:
    def work(session: Session) -> None:
        store(session, records.school())
        write(lambda _session: None)

    with pytest.raises(OutsideWriteError, match="inside another"):
        write(work)
    assert names() == []


def test_nothing_is_stored_outside_a_write(in_app: Flask) -> None:
    db.session.add(records.school())
    with pytest.raises(OutsideWriteError, match="inside write"):
        db.session.commit()
    db.session.rollback()
    assert names() == []


def test_a_write_refuses_a_session_with_changes_from_before(in_app: Flask) -> None:
    db.session.add(records.school())
    with pytest.raises(OutsideWriteError, match="outside a write"):
        write(lambda _session: None)


def test_a_read_inside_a_write_sees_what_it_stored(in_app: Flask) -> None:
    def work(session: Session) -> list[str]:
        session.add(records.school(name="Oakfield"))
        return names()

    assert write(work) == ["Oakfield"]


def test_a_write_sees_rows_afresh(in_app: Flask) -> None:
    school = records.school(name="Before")
    school_id = school.id
    records.save(school)

    def load(session: Session) -> str:
        return session.get_one(models.School, school_id).name

    assert write(load) == "Before"
    with for_writing(), db.engine.connect() as other, other.begin():
        other.execute(update(models.School).values(name="After"))
    assert write(load) == "After"


def test_busy_is_tried_again_from_the_start(in_app: Flask, waits: list[float]) -> None:
    calls: list[int] = []

    def work(session: Session) -> None:
        assert names() == []
        store(session, records.school(name="Once"))
        calls.append(1)
        if len(calls) < 4:
            raise busy_error()

    write(work)
    assert names() == ["Once"]
    assert len(calls) == 4
    assert len(waits) == 3
    assert 0 < waits[0] < waits[2] < 1


def test_busy_is_given_up_on_after_six_tries(in_app: Flask, waits: list[float]) -> None:
    calls: list[int] = []

    def work(_session: Session) -> None:
        calls.append(1)
        raise busy_error()

    with pytest.raises(OperationalError):
        write(work)
    assert len(calls) == 6
    assert len(waits) == 5
    assert write(lambda _session: "usable again") == "usable again"


def test_a_broken_constraint_is_not_tried_again(in_app: Flask, waits: list[float]) -> None:
    calls: list[int] = []

    def work(session: Session) -> None:
        calls.append(1)
        store(session, records.school(urn="900101"), records.school(urn="900101"))

    with pytest.raises(IntegrityError) as refused:
        write(work)
    assert violated(refused.value) == "uq_schools_urn"
    assert (len(calls), waits) == (1, [])


def test_only_a_write_takes_the_lock_of_sqlite_at_once(sqlite_only: Any) -> None:
    sent: list[str] = []
    with sqlite_only.app.app_context():
        db.session.connection().connection.driver_connection.set_trace_callback(sent.append)
        db.session.rollback()
        reading()
        write(lambda session: session.execute(text("SELECT 1")))
    assert [statement for statement in sent if statement.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]


def test_a_statement_over_its_time_is_not_taken_for_busy(postgresql_only: Any, waits: list[float]) -> None:
    def work(session: Session) -> None:
        session.execute(text("SET LOCAL statement_timeout = 10"))
        session.execute(text("SELECT pg_sleep(1)"))

    with postgresql_only.app.app_context(), pytest.raises(OperationalError, match="statement timeout"):
        write(work)
    assert waits == []


@pytest.mark.parametrize(
    ("cause", "answer"),
    [
        (psycopg.errors.SerializationFailure(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.UniqueViolation(), False),
    ],
)
def test_what_postgresql_calls_busy(cause: Exception, answer: bool) -> None:
    assert busy(DBAPIError("UPDATE", {}, cause)) is answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("database is locked", True),
        ("database table is locked: schools", True),
        ("database disk image is malformed", False),
        ("no such table: schools", False),
    ],
)
def test_what_sqlite_calls_busy(words: str, answer: bool) -> None:
    module: Any = newer_sqlite()
    assert busy(DBAPIError("UPDATE", {}, module.OperationalError(words))) is answer


def test_an_error_of_unknown_columns_names_no_rule() -> None:
    for words in ("UNIQUE constraint failed: nowhere.id", "UNIQUE constraint failed: schools.name", "other"):
        assert violated(IntegrityError("INSERT", {}, Exception(words))) is None
