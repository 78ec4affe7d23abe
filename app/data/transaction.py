"""The one place that commits: a unit of work that is tried again when the database was only busy (Trust, 3).

```python
ect_id = write(lambda session: register(session, facts, at=clock.now()))
```
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Index, UniqueConstraint, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.data import clock
from app.data.columns import Model
from app.data.database import db, for_writing, release
from app.data.publishing import publish

T = TypeVar("T")

TRIES = 6
_WAIT = 0.02

# PostgreSQL: serialization failure, deadlock, lock not available.
_BUSY_STATES = frozenset({"40001", "40P01", "55P03"})
# SQLite: SQLITE_BUSY and SQLITE_LOCKED, whatever their extended code.
_BUSY_CODES = frozenset({5, 6})
_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)")
_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")


class OutsideWriteError(RuntimeError):
    """Something was about to be stored outside `write`, or a `write` was opened inside another."""


def write(work: Callable[[Session], T]) -> T:
    """Run `work` in a write transaction of its own, commit, and return what it returned.

    Ends the request's read transaction first. Serialization failures, deadlocks and busy locks: `work` is
    called again from the start, up to six times, so it may not do anything that can't be done twice. Any
    other exception rolls everything back and is raised. Raises OutsideWriteError inside another write, or
    when the session already holds changes. Objects that `work` returns are detached, columns loaded, but for
    `updated_at`: that is stamped last of all (`data.publishing`).
    """
    session = db.session()
    if session.info.get("writing"):
        raise OutsideWriteError("a write was opened inside another one")
    if session.new or session.dirty or session.deleted:
        raise OutsideWriteError("the session holds changes that were made outside a write")
    for attempt in range(1, TRIES + 1):
        try:
            return _once(session, work)
        except DBAPIError as error:
            if attempt == TRIES or not busy(error):
                raise
        time.sleep(_WAIT * 2**attempt * random.uniform(0.5, 1.0))  # noqa: S311  (waiting, not secrets)
    raise AssertionError("unreachable")


def store(session: Session, *rows: Model) -> None:
    """Insert `rows` one after the other: parents first."""
    for row in rows:
        session.add(row)
        session.flush()


def busy(error: DBAPIError) -> bool:
    """Whether the database refused only because others were at work, so that trying again can help."""
    cause: Any = error.orig
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return state in _BUSY_STATES
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _BUSY_CODES
    return str(cause).startswith(("database is locked", "database table is locked"))


def violated(error: IntegrityError) -> str | None:
    """The name of the constraint or unique index that refused, the same on both databases.

    None when the database doesn't say: SQLite names no foreign key, and triggers have no name here.
    """
    cause: Any = error.orig
    if hasattr(cause, "diag"):
        return cause.diag.constraint_name or None
    message = str(cause)
    if check := _SQLITE_CHECK.search(message):
        return check.group(1)
    if unique := _SQLITE_UNIQUE.search(message):
        return _unique_name(unique.group(1))
    return None


def _once(session: Session, work: Callable[[Session], T]) -> T:
    # Ends the read transaction and forgets what an earlier write loaded: it may be out of date.
    release()
    session.info["writing"] = True
    try:
        with for_writing():
            session.connection()
        result = work(session)
        publish(session, clock.true_now())
        session.commit()
        return result
    finally:
        session.info["writing"] = False
        session.close()


def _unique_name(columns: str) -> str | None:
    """SQLite names the columns of a unique index, “table.a, table.b”: the index of exactly those."""
    names = [part.strip().partition(".") for part in columns.split(",")]
    table = Model.metadata.tables.get(names[0][0])
    if table is None:
        return None
    wanted = {column for _, _, column in names}
    for index in table.indexes:
        if index.unique and _columns(index) == wanted:
            return str(index.name)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and _columns(constraint) == wanted:
            return str(constraint.name)
    if {column.name for column in table.primary_key.columns} == wanted:
        return str(table.primary_key.name)
    return None


def _columns(rule: Index | UniqueConstraint) -> set[str]:
    return {column.name for column in rule.columns}


@event.listens_for(db.session, "before_flush")
def _only_in_write(session: Session, _context: object, _rows: object) -> None:
    if not session.info.get("writing"):
        raise OutsideWriteError("changes may only be stored inside write()")
