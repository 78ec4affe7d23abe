"""The database of an app: one engine, set up for SQLite or PostgreSQL as Trust, 3 says.

SQLite older than 3.51.3 can corrupt a WAL database when two connections checkpoint at once, so the
`pysqlite3` package takes the place of an older system library. Where that package isn't installed the
system's library is used as it is: everything works, and `sqlite_version()` tells which one it was.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask, g
from flask_migrate import Migrate  # type: ignore[import-untyped]
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, event, make_url

from app.data import (
    models,  # noqa: F401  (fills the metadata)
    postgresql,
)
from app.data.columns import Model

MIGRATIONS = Path(__file__).parent / "migrations"
_READING = "reading_connection"
_BEGIN = ContextVar("how a transaction of SQLite begins", default="BEGIN")
OLDEST_SOUND_SQLITE = (3, 51, 3)

db = SQLAlchemy(
    metadata=Model.metadata,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def configure(app: Flask, url: str) -> None:
    """Give `app` the database at `url`: a SQLite path, or PostgreSQL by any of its usual schemes.

    A relative SQLite path counts from the current directory; its folder is made when it is missing.
    """
    address = readable_url(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = address.render_as_string(hide_password=False)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(address)
    db.init_app(app)
    migrate.init_app(app, db)
    app.teardown_appcontext(_close_reading)
    with app.app_context():
        prepare(db.engine)


def dispose(app: Flask) -> None:
    """Close every connection of `app`."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def reading() -> Connection:
    """The connection that queries read from: inside a write it is the write's own, and sees its rows.

    Outside one it is a plain connection, kept for the whole request: a session round it would cost as much as the
    select of a page does.
    """
    kept: Connection | None = g.get(_READING)
    if kept is not None:
        return kept
    # A request that only reads needs no session, and making one would cost more than a short select.
    if db.session.registry.has() and (session := db.session()).info.get("writing"):
        session.flush()
        return session.connection()
    made = db.engine.connect()
    # In PostgreSQL each select sees what is committed by then, in a transaction or not: one round trip, not three.
    with postgresql.without_transactions():
        made.begin()
    setattr(g, _READING, made)
    return made


def release() -> None:
    """End the request’s read transaction and give its connection back: before waiting for somebody else’s service."""
    _close_reading()
    db.session.close()


def _close_reading(_error: BaseException | None = None) -> None:
    kept: Connection | None = g.pop(_READING, None)
    if kept is not None:
        kept.close()


def readable_url(url: str) -> URL:
    """`url` with our driver named, and a SQLite path made absolute.

    Raises ValueError for any other database.
    """
    address = make_url(url)
    scheme = address.drivername.partition("+")[0]
    if scheme in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if scheme != "sqlite":
        raise ValueError(f"{scheme} is not a database that this service works with")
    if address.database in (None, "", ":memory:"):
        return address
    path = Path(str(address.database)).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    return address.set(database=str(path))


def engine_options(address: URL) -> dict[str, Any]:
    """What `create_engine` is given for `address`, beside the address itself."""
    if address.get_backend_name() == "postgresql":
        return postgresql.engine_options()
    # isolation_level None: the driver never begins by itself, `_begin_sqlite` does.
    options: dict[str, Any] = {"connect_args": {"isolation_level": None, "timeout": 5.0}}
    module = newer_sqlite()
    return options if module is None else {**options, "module": module}


def newer_sqlite() -> ModuleType | None:
    """The driver to use instead of the standard library's; None when that one is sound or the only one."""
    if sqlite3.sqlite_version_info >= OLDEST_SOUND_SQLITE or find_spec("pysqlite3") is None:
        return None
    return importlib.import_module("pysqlite3.dbapi2")


def sqlite_version() -> str:
    """The version of the SQLite library in use."""
    module: Any = newer_sqlite() or sqlite3
    return str(module.sqlite_version)


def prepare(engine: Engine) -> None:
    """Make a SQLite `engine` durable, strict about foreign keys, and explicit about its transactions.

    One for PostgreSQL: see `data.postgresql`.
    """
    if engine.dialect.name == "postgresql":
        postgresql.prepare(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        # Not as a listener for “begin”: SQLAlchemy would look for listeners six times in every statement.
        engine.dialect.do_begin = _begin_sqlite  # type: ignore[method-assign]


@contextmanager
def for_writing() -> Iterator[None]:
    """Transactions that begin in this block mean to write: SQLite takes its lock at once, and waits its turn.

    One that reads first and writes later would fail when another wrote between.
    """
    before = _BEGIN.set("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        _BEGIN.reset(before)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: PoolProxiedConnection) -> None:
    connection.cursor().execute(_BEGIN.get())
