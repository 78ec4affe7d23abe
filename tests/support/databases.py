"""Both databases, migrated once a session and empty again before each test.

What a test wrote is deleted, with triggers off: the events table refuses deletes. That works beside a running
server too, because nothing but rows changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from flask import Flask

from app.config import Config
from app.data import schema
from app.data.database import db, newer_sqlite
from tests.support.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")
KEPT = "alembic_version"


def settings(url: str, **changes: object) -> Config:
    """Settings for a test: demo sign-in, the embedded register, nothing from the environment."""
    plain = Config(environment="test", database_url=url, demo_sign_in=True)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a wrong name raises TypeError


@dataclass(slots=True)
class Store:
    """One database with the application on it. `kind` is sqlite or postgresql."""

    kind: str
    url: str
    app: Flask
    empty: Callable[[], None]

    def let_go(self) -> None:
        """Close the application’s connections, as before another process uses the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def reset(self) -> None:
        """Empty every table."""
        self.let_go()
        self.empty()

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
    return Store("sqlite", f"sqlite:///{path}", app, lambda: empty_sqlite(path))


def postgresql_store(server: PostgresServer, name: str, make_app: Callable[[Config], Flask]) -> Store:
    """A migrated database on our own server."""
    url = server.create(name)
    app = make_app(settings(url))
    migrate(app)
    return Store("postgresql", url, app, lambda: empty_postgresql(server, name))


def migrate(app: Flask) -> None:
    """Bring the database to the newest migration."""
    with app.app_context():
        schema.upgrade()
        db.session.remove()
        db.engine.dispose()


def empty_sqlite(path: Path) -> None:
    """Delete every row, with the triggers taken off meanwhile."""
    driver = newer_sqlite() or sqlite3
    with closing(driver.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        tables = [name for kind, name, _ in rows if kind == "table" and not name.startswith("sqlite_")]
        triggers = {name: sql for kind, name, sql in rows if kind == "trigger"}
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for table in set(tables) - {KEPT}:
            connection.execute(f'DELETE FROM "{table}"')
        for sql in triggers.values():
            connection.execute(sql)
        connection.execute("COMMIT")


def empty_postgresql(server: PostgresServer, name: str, *, end_others: bool = True) -> None:
    """Delete every row, with triggers off; end connections that a killed process left in a transaction."""
    with server.administering(name) as connection:
        if end_others:
            _end_others(connection)
        connection.execute("SET session_replication_role = replica")
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = sorted(row[0] for row in rows if row[0] != KEPT)
        each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
        for (table,) in connection.execute(" UNION ALL ".join(each).encode()).fetchall():
            connection.execute(f'DELETE FROM "{table}"'.encode())


def _end_others(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
