"""A CSV file to rows, with the errors that concern the file as a whole (Trust, 9).

`check` reads the whole file and stores nothing: encoding, header, CSV structure. `rows` reads it again
and gives each row, or the error of a row whose shape is wrong. Both hold one row at a time, and refuse a
row that is longer than `LONGEST_ROW`, so a crafted file cannot fill the memory.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.services.importing.report import FileRefused, RowError

LONGEST_ROW = 64 * 1024
"""Bytes in one row, line breaks inside quotes included. A row of the full schools file has about 2,000."""

MOST_ROWS = 1_000_000
"""Rows in one file; an import remembers the key of each."""

UTF_8 = "utf-8"
WINDOWS = "cp1252"
_BOM = b"\xef\xbb\xbf"
_OTHER_FILES = {
    b"PK\x03\x04": "It is an Excel workbook or a zip file. Save it as CSV first",
    b"\xd0\xcf\x11\xe0": "It is an old Excel workbook. Save it as CSV first",
    b"%PDF": "It is a PDF",
    b"\xff\xfe": "It is in UTF-16. Save it as “CSV UTF-8” first",
    b"\xfe\xff": "It is in UTF-16. Save it as “CSV UTF-8” first",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file, by name. The order does not matter and other columns are ignored.

    `encoding` is what the file is in when it is not UTF-8. UTF-8 is always read: a file that decodes as
    UTF-8 is practically never anything else, and a spreadsheet that saves a file again often turns it
    into UTF-8.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    encoding: str = UTF_8

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read when it is there."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and its cells by column name, trimmed."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def has(self, column: str) -> bool:
        """Whether the file has this column; a blank cell in a column that is there says something."""
        return column in self.cells


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file without whole-file errors: where each column stands, its encoding and how many rows it has."""

    path: Path
    layout: Layout
    encoding: str
    width: int
    positions: Mapping[str, int]
    total: int


def check(path: Path, layout: Layout) -> CheckedFile:
    """Read the whole file for what is wrong with it as a whole.

    Raises FileRefused: cannot be read, empty, not CSV, wrong encoding, a column named twice, a column
    missing, no rows, or quotes that are never closed (after which no row can be trusted).
    """
    try:
        encoding = _encoding_of(path, layout)
        with path.open("rb") as stream:
            records = _Records(stream, encoding)
            header = _header(records)
            positions = _positions(header, layout)
            total = _count(_rows(records, len(header), positions))
    except OSError as error:
        raise FileRefused(f"The file cannot be read: {error.strerror or error}") from error
    if not total:
        raise FileRefused("The file has a header and no rows")
    return CheckedFile(path, layout, encoding, len(header), positions, total)


def rows(checked: CheckedFile) -> Iterator[Row | RowError]:
    """Each row of a checked file, or why it has not the shape of one. Blank rows are counted, not given."""
    with checked.path.open("rb") as stream:
        records = _Records(stream, checked.encoding)
        _header(records)
        yield from _rows(records, checked.width, checked.positions)


def column_key(name: str) -> str:
    """Column names compare without case, and with `-`, `_` and spaces alike: `start-year` is `Start year`."""
    return " ".join(name.replace("-", " ").replace("_", " ").casefold().split())


class _Records:
    """CSV records of a stream, numbered from 1, each with how many lines it took."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.number = 0
        self.lines = 0
        self._size = 0
        self._stream = stream
        self._encoding = encoding
        self._reader = csv.reader(self._text(), strict=True)

    def _text(self) -> Iterator[str]:
        first = True
        while raw := self._stream.readline(LONGEST_ROW + 1):
            self.lines += 1
            self._size += len(raw)
            if self._size > LONGEST_ROW:
                raise _unclosed(self.number, f"the row is longer than {LONGEST_ROW:,} bytes")
            yield (raw.removeprefix(_BOM) if first else raw).decode(self._encoding)
            first = False

    def next(self) -> list[str] | csv.Error | None:
        """The next record, the reason why it is not one, or None at the end of the file."""
        self.number += 1
        self.lines = self._size = 0
        try:
            return next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            return error


def _encoding_of(path: Path, layout: Layout) -> str:
    """UTF-8 when the whole file decodes as it, else the layout's own encoding when the whole file does."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start.removeprefix(_BOM).strip():
        raise FileRefused("The file is empty")
    for mark, message in _OTHER_FILES.items():
        if start.startswith(mark):
            raise FileRefused(f"The file is not CSV. {message}")
    wrong = _first_wrong_line(path, UTF_8)
    if not wrong:
        return UTF_8
    if start.startswith(_BOM) or layout.encoding == UTF_8:
        raise FileRefused(f"The file is not in UTF-8 (line {wrong}). Save it as “CSV UTF-8” first")
    wrong = _first_wrong_line(path, layout.encoding)
    if wrong:
        raise FileRefused(f"The file is not in {layout.encoding} or UTF-8 (line {wrong})")
    return layout.encoding


def _first_wrong_line(path: Path, encoding: str) -> int:
    """The first line that this encoding cannot read, 0 when there is none."""
    with path.open("rb") as stream:
        number = 0
        while raw := stream.readline(LONGEST_ROW + 1):
            number += 1
            if len(raw) > LONGEST_ROW:
                raise FileRefused(f"The file is not CSV: line {number} is longer than {LONGEST_ROW:,} bytes")
            if b"\0" in raw:
                raise FileRefused(f"The file is not CSV: line {number} has bytes that are not text")
            try:
                raw.decode(encoding)
            except UnicodeDecodeError:
                return number
    return 0


def _header(records: _Records) -> list[str]:
    """The first record that is not blank, without spaces round its cells."""
    while (record := records.next()) is not None:
        if isinstance(record, csv.Error):
            raise FileRefused(f"The file is not CSV: the header cannot be read ({record})")
        if any(cell.strip() for cell in record):
            return [cell.strip() for cell in record]
    raise FileRefused("The file is empty")


def _positions(header: list[str], layout: Layout) -> dict[str, int]:
    """Where each column of the layout stands. Raises FileRefused for columns named twice or missing."""
    keys = [column_key(name) for name in header]
    twice = sorted(key for key, times in Counter(keys).items() if times > 1 and key)
    if twice:
        named = ", ".join(f"“{header[keys.index(key)]}”" for key in twice)
        raise FileRefused(f"The header has a column more than once: {named}")
    missing = [name for name in layout.required if column_key(name) not in keys]
    if missing:
        named = ", ".join(f"“{name}”" for name in missing)
        hint = " Columns are separated by commas." if len(header) == 1 else ""
        raise FileRefused(f"The file has no column {named}.{hint}")
    return {name: keys.index(column_key(name)) for name in layout.columns if column_key(name) in keys}


def _rows(records: _Records, width: int, positions: Mapping[str, int]) -> Iterator[Row | RowError]:
    while (record := records.next()) is not None:
        if isinstance(record, csv.Error):
            yield _broken(records, str(record))
        elif not any(cell.strip() for cell in record):
            continue
        elif len(record) != width:
            yield _broken(records, f"its number of cells is {len(record)}, the header’s is {width}")
        else:
            yield Row(records.number, {name: record[at].strip() for name, at in positions.items()})


def _count(found: Iterator[Row | RowError]) -> int:
    total = 0
    for total, _ in enumerate(found, 1):
        if total > MOST_ROWS:
            raise FileRefused(f"The file has more than {MOST_ROWS:,} rows")
    return total


def _broken(records: _Records, message: str) -> RowError:
    """A row error, unless the row ran over several lines: nobody can say where such a row ends."""
    if records.lines > 1:
        raise _unclosed(records.number, message)
    return RowError(records.number, "", "", message)


def _unclosed(row: int, message: str) -> FileRefused:
    return FileRefused(f"The file is not CSV from row {row} on: {message}. Quotes are opened and not closed")
