"""How often PostgreSQL had to end one of two that waited for each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import text

from app.data.database import db
from tests.support.databases import Store

TOLD_WITHIN = 1.2
"""A connection tells the statistics what it met a second later, or when it ends."""

_COUNT = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


@contextmanager
def deadlocks(database: Store) -> Iterator[Callable[[], int]]:
    """Gives a function that tells, after the block, how many there were in it. SQLite has none."""
    before = _so_far(database)
    yield lambda: _so_far(database) - before


def _so_far(database: Store) -> int:
    if database.kind == "sqlite":
        return 0
    database.let_go()
    time.sleep(TOLD_WITHIN)
    with database.app.app_context(), db.engine.connect() as connection:
        return int(connection.execute(_COUNT).scalar_one())
