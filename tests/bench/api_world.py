"""The databases that the API is measured on: one of national size and one of a hundredth, with a lead provider each.

Both are filled in a server of our own. BENCH_DATABASE_URL names a PostgreSQL database filled before, to use in place of
the large one: a token is added to it, and some records in it come out as changed. BENCH_SIZE is the part of the
national size that the large one gets, like 0.1.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from flask import Flask

from app.config import Config
from app.data import clock, schema
from app.data.database import db
from app.factory import create_app
from app.services import tokens
from app.services.asked import by_lead_provider
from app.services.demo.loading import load_sized
from app.services.demo.national.sizes import NATIONAL, Size
from tests.bench.api_floor import connect
from tests.support.databases import settings
from tests.support.postgres import PostgresServer, running_server

FILLED = os.environ.get("BENCH_DATABASE_URL", "")
PART = float(os.environ.get("BENCH_SIZE", "1"))
SMALLER = 100
ONE_IN, FEW = 100, 100
"""So many records are changed: one in a hundred; and the same number everywhere."""

NO_LIMIT = "1000000000 per 5 minutes"
_TABLES = {"participants": ("provider_participants", "teacher_id"), "declarations": ("declarations", "id")}
_BIGGEST = "SELECT lead_provider_id FROM declarations GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Side:
    """A filled database with the application on it, and its largest lead provider with a token.

    `since` has, by kind of record and how many have changed since (ONE_IN or FEW), a moment in ISO 8601.
    """

    url: str
    app: Flask
    provider: str
    token: str
    since: dict[tuple[str, str], str]


@contextmanager
def sides(tell: Callable[[str], None]) -> Iterator[tuple[Side, Side]]:
    """The large database and the small one. `tell` is told what takes long."""
    with running_server() as server:
        if FILLED:
            tell("The large database is the one that BENCH_DATABASE_URL names")
        large = FILLED or filled(server, "large", part_of_national(PART), tell)
        small = filled(server, "small", part_of_national(PART / SMALLER), tell)
        yield side(large), side(small)


def part_of_national(part: float) -> Size:
    """The national size, or a part of it."""
    return replace(
        NATIONAL,
        schools=max(1, round(NATIONAL.schools * part)),
        participants=round(NATIONAL.participants * part),
        declarations=round(NATIONAL.declarations * part),
    )


def filled(server: PostgresServer, name: str, size: Size, tell: Callable[[str], None]) -> str:
    """A new database of this size; its address."""
    url, begun = server.create(name), time.monotonic()
    tell(
        f"Filling: {size.schools:,} schools, {size.participants:,} participants, {size.declarations:,} declarations"
    )
    with application(url).app_context():
        schema.upgrade()
        load_sized(size, clock.now(), lambda _name, total: _progress(total, tell))
        db.session.remove()
        db.engine.dispose()
    with closing(connect(url)) as connection:
        connection.execute("VACUUM (ANALYZE)")
    tell(f"Filled in {time.monotonic() - begun:.0f} seconds")
    return url


@contextmanager
def _progress(total: int, tell: Callable[[str], None]) -> Iterator[Callable[[int], None]]:
    """Tells every tenth part that is there."""
    done, told = 0, 0

    def update(more: int) -> None:
        nonlocal done, told
        done += more
        if (tenths := 10 * done // max(total, 1)) > told:
            told = tenths
            tell(f"  {10 * tenths} %")

    yield update


def application(url: str) -> Flask:
    """The service as in production, but nobody is asked to wait."""
    usual = Config().api_log_seconds
    return create_app(settings(url, api_rate_limit=NO_LIMIT, api_log_seconds=usual))


def side(url: str) -> Side:
    """The largest lead provider of a filled database, with a token, and some of its records changed just now."""
    app = application(url)
    with closing(connect(url)) as connection:
        provider = _value(connection, _BIGGEST)
        since = _change(connection, provider)
    with app.app_context():
        issued = tokens.issue(provider, "Measuring", by_lead_provider(provider, datetime.now(UTC), ""))
    return Side(url, app, provider, issued.token, since)


def _change(connection: psycopg.Connection[tuple[Any, ...]], provider: str) -> dict[tuple[str, str], str]:
    """Let one record in a hundred have changed, and then a few of them again: `updated_since` finds just these."""
    since: dict[tuple[str, str], str] = {}
    later = _value(connection, "SELECT greatest(at, now()) FROM change_clock")
    for kind, (table, key) in _TABLES.items():
        own = f"FROM {table} WHERE lead_provider_id = %s" + (" AND visible" if kind == "participants" else "")
        count = _value(connection, f"SELECT count(*) {own}", provider)
        for name, number in (("1 %", count // ONE_IN), ("100", min(FEW, count))):
            later += timedelta(seconds=1)
            some = f"SELECT {key} {own} ORDER BY md5({key}::text) LIMIT {number}"
            connection.execute(
                f"UPDATE {table} SET updated_at = %s WHERE lead_provider_id = %s AND {key} IN ({some})".encode(),
                (later, provider, provider),
            )
            since[kind, name] = later.isoformat().replace("+00:00", "Z")
        connection.execute(f"VACUUM (ANALYZE) {table}".encode())
    connection.execute("UPDATE change_clock SET at = %s", (later,))
    return since


def _value(connection: psycopg.Connection[tuple[Any, ...]], sql: str, *values: object) -> Any:
    row = connection.execute(sql.encode(), values).fetchone()
    assert row is not None
    return row[0]
