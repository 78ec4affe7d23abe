"""How often tokens ask, counted by all processes together, and one line for each request they make.

Both are notes (`data.noting`): counting is one statement that adds and answers, so no two requests get the same
number. The log’s lines wait in memory until somebody stores them, up to `MOST_WAITING` for each process; when the
database is busy they wait on. A killed process loses the lines that waited, and no more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    FromClause,
    Insert,
    bindparam,
    case,
    delete,
    insert,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.data.columns import Model, UTCDateTime
from app.data.database import reading
from app.data.ids import new_id
from app.data.models import ApiRequest, RequestCount
from app.data.noting import Counting, lightly, note
from app.data.transaction import write

MOST_WAITING = 1000


class Count(NamedTuple):
    """How often something was asked for in the window that ends at `expires_at`."""

    times: int
    expires_at: datetime


class Line(NamedTuple):
    """One request to the API: whose token, which operation, how it ended. No personal data, no ids of records."""

    at: datetime
    token_id: str
    lead_provider_id: str | None
    method: str
    operation: str
    status: int
    milliseconds: int
    request_id: str


def _counting(made: Any, *light: FromClause) -> Insert:
    """One more: a window that is over begins anew."""
    now = bindparam("now", type_=UTCDateTime())
    over = RequestCount.expires_at <= now
    # SQLite takes “ON CONFLICT” for a join without a WHERE before it.
    values = select(*_bound(RequestCount, "key", "count", "expires_at")).select_from(*light).where(true())
    wanted = made.from_select(("key", "count", "expires_at"), values)
    changed = {
        "count": case((over, wanted.excluded.count), else_=RequestCount.count + wanted.excluded.count),
        "expires_at": case((over, wanted.excluded.expires_at), else_=RequestCount.expires_at),
    }
    upsert: Insert = wanted.on_conflict_do_update(index_elements=[RequestCount.key], set_=changed)
    return upsert.returning(RequestCount.count, RequestCount.expires_at)


def _logging(*light: FromClause) -> Insert:
    """One line."""
    names = ("id", *Line._fields)
    return insert(ApiRequest).from_select(names, select(*_bound(ApiRequest, *names)).select_from(*light))


def _bound(table: type[Model], *columns: str) -> list[BindParameter[Any]]:
    return [bindparam(name, type_=table.__table__.c[name].type) for name in columns]


# Built once for each database: building a statement takes longer than running it.
_COUNT = Counting(
    sqlite=_counting(sqlite.insert(RequestCount)),
    postgresql=_counting(postgresql.insert(RequestCount), lightly()),
)
_COUNTED = select(RequestCount.count, RequestCount.expires_at).where(RequestCount.key == bindparam("key"))
_LINE = {"sqlite": _logging(), "postgresql": _logging(lightly())}


def count(key: str, window: timedelta, now: datetime, amount: int = 1) -> Count | None:
    """Add `amount` to what was counted under `key` in this window. None when the database is too busy to say.

    The first request begins the window.
    """
    values = {"key": key, "now": now, "expires_at": now + window, "count": amount}

    def work(connection: Connection) -> Count:
        return Count(*_COUNT.row(connection, values))

    return note(work)


def counted(key: str) -> Count | None:
    """What was counted under `key` last, if anything was."""
    row = reading().execute(_COUNTED, {"key": key}).one_or_none()
    return None if row is None else Count(*row)


def forget(key: str) -> None:
    """Begin to count anew under `key`."""
    note(lambda connection: connection.execute(delete(RequestCount).where(RequestCount.key == key)))


class Log:
    """The log’s lines of one application in one process."""

    def __init__(self) -> None:
        self._waiting: deque[Line] = deque(maxlen=MOST_WAITING)

    def add(self, line: Line) -> None:
        """Let a line wait to be stored. The oldest give way when too many wait."""
        self._waiting.append(line)

    def store(self) -> None:
        """Store the lines that wait; they go on waiting when the database is busy."""
        lines = _taken(self._waiting)
        if lines and note(lambda connection: _store(connection, lines)) is None:
            self._waiting.extendleft(reversed(lines[: MOST_WAITING - len(self._waiting)]))


def _taken(waiting: deque[Line]) -> list[Line]:
    """The lines that wait, taken one by one: each goes to one thread only."""
    lines: list[Line] = []
    while waiting:
        try:
            lines.append(waiting.popleft())
        except IndexError:
            break
    return lines


def _store(connection: Connection, lines: Sequence[Line]) -> int:
    rows = [{"id": new_id(), **line._asdict()} for line in lines]
    connection.execute(_LINE[connection.dialect.name], rows if len(rows) > 1 else rows[0])
    return len(lines)


def drop_old(now: datetime, keep: timedelta) -> int:
    """Delete lines older than `keep` and counts that are over. Returns how many lines."""

    def work(session: Session) -> int:
        session.execute(delete(RequestCount).where(RequestCount.expires_at < now))
        dropped: Any = session.execute(delete(ApiRequest).where(ApiRequest.at < now - keep))
        return int(dropped.rowcount)

    return write(work)
