"""Small writes beside a request: how often a token asked, when it was last used, what was asked of the API.

They aren’t records: each is a transaction of its own, takes SQLite’s one write lock for a fraction of a millisecond,
doesn’t wait for the disk, waits for others only briefly, and is given up when the database is busy.
It stamps nothing and never touches the clock of changes (`data.publishing`). What was noted in the last moments before
the machine loses its power may be lost; when only the process is killed it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from sqlalchemy import ClauseElement, Connection, Executable, Subquery, Text, literal_column, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.data.database import db, for_writing, reading, release

T = TypeVar("T")

WAIT_MS = 250


def lightly(wait_ms: int = WAIT_MS) -> Subquery:
    """For PostgreSQL: a row for a note’s one statement to select from, which makes its transaction a light one.

    It waits `wait_ms` milliseconds for a lock and never for the disk. Between BEGIN, these settings and COMMIT a
    statement would take three round trips; with them inside it takes one.
    """
    settings = {"lock_timeout": max(wait_ms, 1), "synchronous_commit": "off"}
    calls = (
        literal_column(f"set_config('{name}', '{value}', true)", Text()) for name, value in settings.items()
    )
    return select(*(call.label(name) for name, call in zip(settings, calls, strict=True))).subquery("lightly")


class Counting:
    """A note’s statement that answers with one row, for each database.

    On PostgreSQL it is compiled once and runs on the driver itself: getting there costs more than running it, and every
    request of the API does.
    """

    def __init__(self, *, sqlite: Executable, postgresql: ClauseElement) -> None:
        self._statement = sqlite
        self._sql = str(postgresql.compile(dialect=PGDialect_psycopg())).encode()

    def row(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Run it. Values as the driver takes them: aware datetimes, ids as text."""
        if connection.dialect.name != "postgresql":
            return connection.execute(self._statement, values).one()
        driver: Any = connection.connection.driver_connection
        found: Sequence[Any] = driver.execute(self._sql, values).fetchone()
        return found


def note(work: Callable[[Connection], T], wait_ms: int = WAIT_MS) -> T | None:
    """Run `work`, one statement, in a small transaction of its own and return what it returned.

    None when the database is away, or busy for longer than `wait_ms` milliseconds (for PostgreSQL the statement says so
    itself, by `lightly`): nothing was stored. Ends the request’s read transaction first, so that a request never needs
    two connections. Not for use inside a write.
    """
    try:
        with _alone(wait_ms) as connection:
            return work(connection)
    except (OperationalError, InterfaceError, PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError):
        return None


@contextmanager
def _alone(wait_ms: int) -> Iterator[Connection]:
    """A connection for one statement, which waits neither long for locks nor at all for the disk."""
    if db.engine.dialect.name == "postgresql":
        # It reads outside transactions, so its connection is free, and each statement is a transaction.
        try:
            yield reading()
        except BaseException:
            release()
            raise
        return
    release()
    with db.engine.connect() as connection:
        _set_pragmas(connection, wait_ms, "NORMAL")
        try:
            with for_writing(), connection.begin():
                yield connection
        finally:
            # The connection goes back to the pool, and the next write must be durable again.
            _set_pragmas(connection, 5000, "FULL")


def _set_pragmas(connection: Connection, wait_ms: int, synchronous: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout = {wait_ms}")
    driver.execute(f"PRAGMA synchronous = {synchronous}")
