"""What an import says about its file: errors for the whole file, errors for one row, and the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST_VALUE_SHOWN = 80
MOST_ERRORS_KEPT = 10_000
COUNTS = ("read", "added", "changed", "unchanged", "refused")
RARE_COUNTS = ("merged", "unknown")


class FileRefused(Exception):
    """The file as a whole cannot be imported. The message says why, and what to do where that helps."""


class CellRefused(Exception):
    """One cell of a row cannot be used. `column` is named as the layout names it."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.value = value
        self.message = message


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row was left out. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        if not self.column:
            return f"Row {self.row}: {self.message}"
        return f"Row {self.row}, {self.column} “{_shown(self.value)}”: {self.message}"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one batch. `unknown` counts rows about records not held, where that is no error."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    unknown: int = 0
    errors: tuple[RowError, ...] = ()


@dataclass(slots=True)
class Report:
    """The counts of one import; at its end `read` is the sum of the others.

    `merged` are rows that repeat another row’s key where the layout lets them (uplift flags). `errors`
    holds the first 10,000 row errors, so that a hopeless file cannot fill the memory; `refused` counts
    all of them.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    merged: int = 0
    unknown: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """How many of the rows read are stored, refused or need nothing."""
        return self.added + self.changed + self.unchanged + self.refused + self.merged + self.unknown

    def refuse(self, errors: Iterable[RowError]) -> None:
        """Count row errors, and keep as many as may be kept."""
        for error in errors:
            self.refused += 1
            if len(self.errors) < MOST_ERRORS_KEPT:
                self.errors.append(error)

    def count(self, stored: Stored) -> None:
        """Add what became of a batch."""
        self.added += stored.added
        self.changed += stored.changed
        self.unchanged += stored.unchanged
        self.unknown += stored.unknown
        self.refuse(stored.errors)

    def counts(self) -> dict[str, int]:
        """The counts by name, for an event and for the summary: the rare ones only when there are any."""
        said = {name: int(getattr(self, name)) for name in COUNTS}
        return said | {name: int(getattr(self, name)) for name in RARE_COUNTS if getattr(self, name)}

    def line(self) -> str:
        """The summary in one line: “20,760 read, 20,760 added, 0 changed, 0 unchanged, 0 refused”."""
        return ", ".join(f"{number:,} {name}" for name, number in self.counts().items())


def _shown(value: str) -> str:
    """A cell as it may be printed in a terminal: short, without line breaks and control characters."""
    cut = value if len(value) <= LONGEST_VALUE_SHOWN else f"{value[:LONGEST_VALUE_SHOWN]}…"
    return "".join(character if character.isprintable() else "�" for character in cut)
