"""From a checked file to the database: parse, gather into batches, store each in one write transaction.

Every transaction that changes something records an event with the counts so far, and so does the last
one, so each import leaves at least one event and nothing changes without one. A kill leaves whole
batches, with events.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.queries import events
from app.data.transaction import write
from app.services.importing.reading import CheckedFile, Layout, Row, check, rows
from app.services.importing.report import CellRefused, Report, RowError, Stored
from app.services.importing.storing import Entry

T = TypeVar("T")

BATCH = 1_000
TRIES = 3


def nothing_told(_rows: int) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """One import. `kind` is that of its events.

    `parse` turns a row into a value and raises CellRefused; `key_columns` hold what may stand in one row
    only, and `key` gives it from the value; `store` makes the database say what a batch says, inside a
    write. With `merge`, rows of the same key become one value, which needs the whole file before the
    first batch.
    """

    kind: str
    layout: Layout
    parse: Callable[[Row], T]
    key_columns: tuple[str, ...]
    key: Callable[[T], Hashable]
    store: Callable[[Session, Sequence[Entry[T]], datetime], Stored]
    merge: Callable[[T, T], T] | None = None


def import_file(
    plan: Plan[T], path: Path, at: datetime, tell: Callable[[int], None] = nothing_told, batch: int = BATCH
) -> Report:
    """Check a file and import it. Raises FileRefused, with nothing stored."""
    return run(plan, check(path, plan.layout), at, tell, batch)


def run(
    plan: Plan[T],
    checked: CheckedFile,
    at: datetime,
    tell: Callable[[int], None] = nothing_told,
    batch: int = BATCH,
) -> Report:
    """Import a checked file. `at` stamps what changes; `tell` is given how many more rows are settled."""
    report = Report()
    identity = new_id()
    told = 0
    for entries, last in _batches(_entries(plan, checked, report), batch):
        stored = _store(plan, entries, report, at, identity, last)
        report.count(stored)
        tell(report.settled - told)
        told = report.settled
    report.errors.sort(key=lambda error: error.row)
    return report


def _entries(plan: Plan[T], checked: CheckedFile, report: Report) -> Iterator[Entry[T]]:
    """The rows that can be used. The others are refused in the report, as they are met."""
    seen: dict[Hashable, int] = {}
    merged: dict[Hashable, Entry[T]] = {}
    for row in rows(checked):
        entry = row if isinstance(row, RowError) else _parsed(plan, row, seen)
        if isinstance(entry, RowError):
            report.refuse([entry])
        elif plan.merge is not None:
            key = plan.key(entry.value)
            merged[key] = _merged(plan.merge, merged.get(key), entry)
        else:
            yield entry
        report.read += 1
    if plan.merge is not None:
        report.merged = report.read - report.refused - len(merged)
        yield from merged.values()


def _parsed(plan: Plan[T], row: Row, seen: dict[Hashable, int]) -> Entry[T] | RowError:
    """The row as a value; an error when a cell can’t be read, or when an earlier row has the same key."""
    try:
        entry = Entry(row.number, plan.parse(row))
    except CellRefused as refused:
        return RowError(row.number, refused.column, refused.value, refused.message)
    first = seen.setdefault(plan.key(entry.value), row.number)
    if first == row.number or plan.merge is not None:
        return entry
    value = ", ".join(row[column] for column in plan.key_columns)
    return RowError(row.number, ", ".join(plan.key_columns), value, f"is in row {first} already")


def _merged(merge: Callable[[T, T], T], before: Entry[T] | None, entry: Entry[T]) -> Entry[T]:
    return entry if before is None else Entry(before.number, merge(before.value, entry.value))


def _batches(entries: Iterator[Entry[T]], size: int) -> Iterator[tuple[list[Entry[T]], bool]]:
    """Full batches and the rest, which may be empty, with whether it is the last one."""
    batch: list[Entry[T]] = []
    for entry in entries:
        if len(batch) == size:
            yield batch, False
            batch = []
        batch.append(entry)
    yield batch, True


def _store(
    plan: Plan[T], batch: list[Entry[T]], report: Report, at: datetime, identity: str, last: bool
) -> Stored:
    """One batch in one transaction. Tried again when somebody added the same record in the meantime."""

    def work(session: Session) -> Stored:
        stored = plan.store(session, batch, at)
        if last or stored.added or stored.changed:
            so_far = replace(report, errors=[])
            so_far.count(stored)
            _record(session, plan.kind, so_far, at, identity, last)
        return stored

    for _ in range(TRIES - 1):
        try:
            return write(work)
        except IntegrityError:
            continue
    return write(work)


def _record(session: Session, kind: str, so_far: Report, at: datetime, identity: str, last: bool) -> None:
    events.record(
        session,
        at=at,
        kind=kind,
        actor=events.SYSTEM,
        record_kind="import",
        record_id=identity,
        request_id=identity,
        details={**so_far.counts(), "finished": last},
    )
