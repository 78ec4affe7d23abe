"""Rows on their way into the database: gathered by table, stored in bulk, with every constraint on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Connection, insert, text
from sqlalchemy.orm import Session

from app.data.columns import Model
from app.data.transaction import write
from app.services.demo.national.tables import COLUMNS

Row = tuple[object, ...]


class Rows:
    """Rows by table, each with the columns of `COLUMNS` in their order."""

    def __init__(self) -> None:
        self.of: defaultdict[type[Model], list[Row]] = defaultdict(list)
        self.latest: datetime | None = None

    def add(self, model: type[Model], *values: object) -> None:
        """One more row."""
        self.of[model].append(values)

    def store(self) -> None:
        """Store everything in one write, and notice the latest stamp."""
        write(self._store)

    def _store(self, session: Session) -> None:
        session.flush()
        connection = session.connection()
        take_time(connection)
        for model, columns in COLUMNS.items():
            if rows := self.of.get(model):
                _fill(connection, model, columns, rows)
        stamped = (model for model, columns in COLUMNS.items() if columns[-1] == "updated_at")
        stamps = [row[-1] for model in stamped for row in self.of.get(model, ())]
        self.latest = max((each for each in stamps if isinstance(each, datetime)), default=None)


def take_time(connection: Connection) -> None:
    """Let the statements of this write take as long as they need: the limit is meant for requests."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def _fill(connection: Connection, model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    if isinstance(driver, psycopg.Connection):
        names = ", ".join(f'"{column}"' for column in columns)
        statement = f'COPY "{model.__tablename__}" ({names}) FROM STDIN'
        with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row(row)
    else:
        connection.execute(insert(model), [dict(zip(columns, row, strict=True)) for row in rows])
