"""The statements of every import: what stands, and what is added or changed to make it what the file says.

A record is written only when a column the file speaks for differs, so a second import writes no rows and
moves no `updated_at`. Columns the file does not speak for are set when the record is made and left alone
afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.data.columns import Model
from app.data.ids import new_id
from app.services.importing.report import CellRefused, RowError, Stored

T = TypeVar("T")
Record = Mapping[str, Any]
"""A record as it stands in the database, by column name."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A row that was read: its number in the file and what it says."""

    number: int
    value: T


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row makes of a record. `stored` is None for a new one, which is also given `first`."""

    stored: Record | None
    values: Mapping[str, object]
    first: Mapping[str, object] = field(default_factory=dict)


def records(
    session: Session, model: type[Model], column: str = "", among: Iterable[object] = ()
) -> list[Record]:
    """The records of a table as they stand: all of them, or those whose `column` is one of `among`."""
    table = table_of(model)
    query = select(table)
    if column:
        query = query.where(table.c[column].in_(sorted(set(among), key=str)))
    return [dict(row) for row in session.connection().execute(query).mappings()]


def put(
    session: Session,
    model: type[Model],
    batch: Sequence[Entry[T]],
    want: Callable[[T], Wanted],
    at: datetime,
) -> Stored:
    """Make the table hold what `want` says of each row. A row that it refuses (CellRefused) is left out."""
    table = table_of(model)
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    errors: list[RowError] = []
    for entry in batch:
        try:
            wanted = want(entry.value)
        except CellRefused as refused:
            errors.append(RowError(entry.number, refused.column, refused.value, refused.message))
            continue
        if wanted.stored is None:
            added.append(_new(table, wanted, at))
        elif any(wanted.stored[name] != value for name, value in wanted.values.items()):
            changed.append(_change(table, wanted.stored, wanted.values))
    _execute(session, table, added, changed)
    unchanged = len(batch) - len(added) - len(changed) - len(errors)
    return Stored(len(added), len(changed), unchanged, errors=tuple(errors))


def table_of(model: type[Model]) -> Table:
    """The table of a model."""
    return cast(Table, model.__table__)


def _new(table: Table, wanted: Wanted, at: datetime) -> dict[str, Any]:
    made: dict[str, Any] = {"id": new_id()} if "id" in table.c else {}
    stamps = {"created_at": at} if "created_at" in table.c else {}
    return {**made, **wanted.first, **wanted.values, **stamps}


def _change(table: Table, stored: Record, values: Mapping[str, object]) -> dict[str, Any]:
    keys = {f"key_{column.name}": stored[column.name] for column in table.primary_key}
    return {**keys, **values}


def _execute(
    session: Session, table: Table, added: list[dict[str, Any]], changed: list[dict[str, Any]]
) -> None:
    connection = session.connection()
    # Changes first: what is closed or ended makes room under a unique index for what is new.
    if changed:
        names = [name for name in changed[0] if name in table.c]
        statement = update(table).values({name: bindparam(name) for name in names})
        for column in table.primary_key:
            statement = statement.where(column == bindparam(f"key_{column.name}"))
        connection.execute(statement, changed)
    if added:
        connection.execute(insert(table), added)
