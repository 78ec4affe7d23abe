"""Both databases, migrated once a session and empty again before each test.

What a test wrote is deleted, with triggers off: the events table refuses deletes. That works beside a running
server too, because nothing but rows changes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy.orm import Session

from app.config import Config
from app.data import schema
from app.data.database import db, newer_sqlite
from app.data.transaction import write
from tests.support.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")
KEPT = "alembic_version"

Rows = Mapping[str, Any]
"""By table, all its rows: as tuples (SQLite) or as one JSON text (PostgreSQL)."""


def settings(url: str, **changes: object) -> Config:
    """Settings for a test: demo sign-in, the embedded register, nothing from the environment, nothing stored later."""
    plain = Config(environment="test", database_url=url, demo_sign_in=True, api_log_seconds=0)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a wrong name raises TypeError


@dataclass(slots=True)
class Store:
    """One database with the application on it. `kind` is sqlite or postgresql."""

    kind: str
    url: str
    app: Flask
    empty: Callable[[], None]
    take: Callable[[], Rows]
    put: Callable[[Rows], None]
    filled: dict[Callable[[Session], None], Rows] = field(default_factory=dict)

    def let_go(self) -> None:
        """Close the application’s connections, as before another process uses the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def reset(self) -> None:
        """Empty every table."""
        self.let_go()
        self.empty()

    def fill(self, work: Callable[[Session], None]) -> None:
        """Store what `work` stores. In an empty database it works once: later its rows are copied, which is quicker."""
        if work in self.filled:
            self.put(self.filled[work])
            return
        is_empty = not self.take()
        with self.app.app_context():
            write(work)
            db.session.remove()
        if is_empty:
            self.filled[work] = self.take()

    @contextmanager
    def session(self) -> Iterator[None]:
        """An application context, for reading and writing through `db.session`."""
        with self.app.app_context():
            yield
            db.session.remove()


def sqlite_store(folder: Path, make_app: Callable[[Config], Flask]) -> Store:
    """A migrated SQLite file in `folder`."""
    path = folder / "test.db"
    app = make_app(settings(f"sqlite:///{path}"))
    migrate(app)
    return Store(
        "sqlite",
        f"sqlite:///{path}",
        app,
        empty=lambda: empty_sqlite(path),
        take=lambda: rows_of_sqlite(path),
        put=lambda rows: put_into_sqlite(path, rows),
    )


def postgresql_store(server: PostgresServer, name: str, make_app: Callable[[Config], Flask]) -> Store:
    """A migrated database on our own server."""
    url = server.create(name)
    app = make_app(settings(url))
    migrate(app)
    return Store(
        "postgresql",
        url,
        app,
        empty=lambda: empty_postgresql(server, name),
        take=lambda: rows_of_postgresql(server, name),
        put=lambda rows: put_into_postgresql(server, name, rows),
    )


def migrate(app: Flask) -> None:
    """Bring the database to the newest migration."""
    with app.app_context():
        schema.upgrade()
        db.session.remove()
        db.engine.dispose()


def empty_sqlite(path: Path) -> None:
    """Delete every row."""
    with _without_triggers(path) as (connection, tables):
        for table in tables:
            connection.execute(f'DELETE FROM "{table}"')


def rows_of_sqlite(path: Path) -> Rows:
    """All there is."""
    with _without_triggers(path) as (connection, tables):
        found = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}
    return {table: rows for table, rows in found.items() if rows}


def put_into_sqlite(path: Path, rows: Rows) -> None:
    """Insert the rows as they are."""
    with _without_triggers(path) as (connection, _tables):
        for table, each in rows.items():
            marks = ", ".join("?" * len(each[0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', each)


@contextmanager
def _without_triggers(path: Path) -> Iterator[tuple[Any, list[str]]]:
    """A transaction with the triggers taken off meanwhile, and the names of the tables."""
    driver = newer_sqlite() or sqlite3
    with closing(driver.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        tables = [name for kind, name, _ in found if kind == "table" and not name.startswith("sqlite_")]
        triggers = {name: sql for kind, name, sql in found if kind == "trigger"}
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection, [table for table in tables if table != KEPT]
        for sql in triggers.values():
            connection.execute(sql)
        connection.execute("COMMIT")


def empty_postgresql(server: PostgresServer, name: str, *, end_others: bool = True) -> None:
    """Delete every row, with triggers off; end connections that a killed process left in a transaction."""
    connection = server.lasting(name)
    if end_others:
        _end_others(connection)
    tables = _filled_tables(connection)
    if tables:
        connection.execute(_AT_ONCE.format("; ".join(f'DELETE FROM "{each}"' for each in tables)).encode())


def rows_of_postgresql(server: PostgresServer, name: str) -> Rows:
    """All there is."""
    connection = server.lasting(name)
    statement = 'SELECT json_agg(t)::text FROM "{}" t'
    return {
        table: connection.execute(statement.format(table).encode()).fetchall()[0][0]
        for table in _filled_tables(connection)
    }


def put_into_postgresql(server: PostgresServer, name: str, rows: Rows) -> None:
    """Insert the rows as they are."""
    insert = """INSERT INTO "{0}" SELECT * FROM json_populate_recordset(NULL::"{0}", $rows${1}$rows$)"""
    every = "; ".join(insert.format(table, each) for table, each in rows.items())
    server.lasting(name).execute(_AT_ONCE.format(every).encode())


# One message for all of it. With triggers off no foreign key is looked at either.
_AT_ONCE = "BEGIN; SET LOCAL session_replication_role = replica; {}; COMMIT"


def _filled_tables(connection: psycopg.Connection[tuple[Any, ...]]) -> list[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    tables = sorted(row[0] for row in rows if row[0] != KEPT)
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    return [table for (table,) in connection.execute(" UNION ALL ".join(each).encode()).fetchall()]


def _end_others(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """End them, and wait until they are gone: until then a pool could still hand one out."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while connection.execute(f"SELECT pg_terminate_backend(pid) {others}".encode()).fetchall():
        time.sleep(0.002)
