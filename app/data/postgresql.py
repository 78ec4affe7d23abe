"""How connections to PostgreSQL are made and kept: their limits, and what every request would otherwise pay for.

Four things would be done in every request, mostly for nothing: asking the server whether a connection of the pool is
still alive, telling the driver that reading needs no transaction, describing the columns of each result, and turning
ids into objects.
"""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from time import monotonic
from typing import Any, TypeVar, overload
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import ExecStatus
from psycopg.types.string import TextLoader
from sqlalchemy import Dialect, Engine, PoolProxiedConnection, event

ASK_EVERY = 10.0
"""Seconds for which a connection of the pool isn’t asked whether it is alive, only looked at."""

_BEGINS = ContextVar("whether what SQLAlchemy begins is a transaction", default=True)
Row = TypeVar("Row")


def engine_options() -> dict[str, Any]:
    """What `create_engine` is given, beside the address."""
    # Just-in-time compilation costs a short query more than running it.
    # Reading out of order costs little more than in order where disks don’t turn: a page of a list is its rows by
    # index, not a scan of the table.
    planning = "-c jit=off -c random_page_cost=1.1"
    limits = f"-c statement_timeout=5000 -c lock_timeout=2000 -c timezone=UTC {planning}"
    connecting = {"connect_timeout": 2, "options": limits, "cursor_factory": Cursor}
    return {"pool_pre_ping": True, "connect_args": connecting}


def prepare(engine: Engine) -> None:
    """Set an engine up: see the module."""
    event.listen(engine, "connect", _set_up)
    engine.dialect.do_begin = _begin  # type: ignore[method-assign]
    if hasattr(select, "poll"):
        _ask_seldom(engine.dialect)


@contextmanager
def without_transactions() -> Iterator[None]:
    """What SQLAlchemy begins in this block is no transaction for the server: each statement stands alone."""
    before = _BEGINS.set(False)
    try:
        yield
    finally:
        _BEGINS.reset(before)


def _set_up(connection: Any, _record: object) -> None:
    # The driver begins nothing by itself, `_begin` does: to tell it so for each request would cost more than asking it.
    connection.autocommit = True
    # A page of the API has thousands of ids, and none is ever needed as anything but text.
    connection.adapters.register_loader("uuid", TextLoader)


def _begin(connection: PoolProxiedConnection) -> None:
    if _BEGINS.get():
        connection.cursor().execute("BEGIN")


def _ask_seldom(dialect: Dialect) -> None:
    """Before a connection is used again: one that was asked lately need only have nothing to say.

    A server that stops, or ends a connection, says so on it: looking whether something has come costs a hundredth of
    asking and waiting for the answer. A network that forgets idle connections says nothing, so they are asked after a
    while all the same.
    """
    ask, asked = dialect.do_ping, WeakKeyDictionary[Any, float]()

    def look_or_ask(connection: Any) -> bool:
        now = monotonic()
        if now - asked.get(connection, -ASK_EVERY) < ASK_EVERY and not _has_something_to_say(connection):
            return True
        asked[connection] = now
        return ask(connection)

    dialect.do_ping = look_or_ask  # type: ignore[method-assign]


def _has_something_to_say(connection: Any) -> bool:
    look = select.poll()
    look.register(connection.fileno(), select.POLLIN)
    return bool(look.poll(0))


class Cursor(psycopg.Cursor[Row]):
    """A cursor that describes the columns of its result when somebody wants to know.

    SQLAlchemy asks for the description after every statement, and looks at it only the first time; to make it costs a
    select of 16 columns a tenth of its processor time.
    """

    @property
    def description(self) -> Any:
        """The columns; None without a result."""
        result = self.pgresult
        if result is None or result.status != ExecStatus.TUPLES_OK:
            return super().description
        return Columns(self)


class Columns(Sequence[psycopg.Column]):
    """The columns of a cursor’s result, made when the first is looked at."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    def __len__(self) -> int:
        """How many."""
        return len(self._columns)

    @overload
    def __getitem__(self, at: int) -> psycopg.Column: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[psycopg.Column]: ...

    def __getitem__(self, at: Any) -> Any:
        """One of them, or several."""
        return self._columns[at]

    @cached_property
    def _columns(self) -> list[psycopg.Column]:
        return psycopg.Cursor.description.__get__(self._cursor) or []
