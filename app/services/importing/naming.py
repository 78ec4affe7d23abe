"""Finding the record that a file names: letter for letter first, then folded as `app.domain.matching` does.

This only finds a record by its own name. Whether two organisations are one is never worked out from names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.domain.matching import fold
from app.services.importing.report import CellRefused
from app.services.importing.storing import Record


class Names:
    """The records of one table by name. `noun` says in an error what they are: “lead provider”."""

    def __init__(self, noun: str, records: Iterable[Record]) -> None:
        self._noun = noun
        self._exact: dict[str, Record] = {}
        self._folded: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            self._exact[record["name"]] = record
            self._folded[record["name_key"]].append(record)

    def find(self, column: str, name: str) -> Record | None:
        """The record of this name, or None. Raises CellRefused for a name that fits several."""
        if name in self._exact:
            return self._exact[name]
        alike = self._folded.get(fold(name), [])
        if len(alike) > 1:
            raise CellRefused(
                column, name, f"fits more than one {self._noun}: write the name letter for letter"
            )
        return alike[0] if alike else None

    def need(self, column: str, name: str) -> Record:
        """The record of this name. Raises CellRefused when there is none."""
        found = self.find(column, name)
        if found is None:
            raise CellRefused(column, name, f"no {self._noun} has this name: import it first")
        return found
