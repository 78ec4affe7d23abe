"""How migrations run: on the app's own engine, all of them in one write transaction.

Several processes may start at once: SQLite's write lock, and an advisory lock on PostgreSQL, make the others
wait and then find nothing left to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.data.database import for_writing

LOCK = 7_310_452_210


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # The limits of a request don't fit a migration.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


@contextmanager
def _unwatched(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that others point at, and look at the whole database before it counts.

    A changed table is copied, dropped and renamed: with foreign keys on, dropping it would empty it first. They can
    only be switched outside a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _check(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migrations would leave rows that point nowhere: {broken[:3]}")


def _run() -> None:
    migrate = current_app.extensions["migrate"]
    engine = migrate.db.engine
    with for_writing(), engine.connect() as connection, _unwatched(connection), connection.begin():
        _prepare(connection)
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            transactional_ddl=True,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        _check(connection)


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database: offline mode isn't supported.")
_run()
