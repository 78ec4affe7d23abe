"""Appropriate bodies.

| Column | What |
|---|---|
| name | the full name, once in the file, runs of spaces folded; found again by it, case and accents apart |
| type | teaching_school_hub, national or local_authority |
| short_name | optional, set by a person; must not be another body's. Blank: what we hold stays |
| active | optional, true or false; a new body is active |
| fictional | optional, true or false; a new body is not |

A hub's last brackets hold its lead school, which is kept apart as well; the full name stays whole.
Without a short name from a person, a new hub goes by its name without the lead school where no other body
goes by that, else by its full name: no other part of a name is ever cut, because some differ only there.

Hubs are offered to schools; of the national bodies only the Independent Schools Teacher Induction Panel
is; local authorities are kept for old inductions and not offered (School journey, “Appropriate body”).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.data.models import AppropriateBody
from app.domain.eligibility import BodyKind
from app.domain.matching import fold
from app.services.importing import cells
from app.services.importing.naming import Names
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Record, Wanted, put, records

_INDEPENDENT_SCHOOLS_PANEL = "independent schools teacher induction panel"
_PANEL_IN_SHORT = "istip"
_SWITCHES = {"active": True, "fictional": False}


@dataclass(frozen=True, slots=True)
class BodyRow:
    """What one row says. `short_name` is "" when no person has set one."""

    name: str
    kind: BodyKind
    short_name: str
    switches: Mapping[str, bool]

    @property
    def lead_school(self) -> str | None:
        """What a hub's last brackets hold; None for the other kinds, whose brackets hold an abbreviation."""
        return split_lead_school(self.name)[1] if self.kind is BodyKind.TEACHING_SCHOOL_HUB else None

    @property
    def without_lead_school(self) -> str:
        """The name without the lead school in brackets at its end."""
        return _stem(self.name, self.lead_school)

    @property
    def offered(self) -> bool:
        """Whether schools may be offered it at all; which school may choose it is decided elsewhere."""
        if self.kind is BodyKind.NATIONAL:
            return is_independent_schools_panel(self.name)
        return self.kind is BodyKind.TEACHING_SCHOOL_HUB


def parse(row: Row) -> BodyRow:
    """One row. Raises CellRefused."""
    kind = cells.text(row, "type").casefold()
    if kind not in set(BodyKind):
        raise CellRefused("type", row["type"], f"must be {', '.join(BodyKind)}")
    switches = {name: cells.yes_or_no(row, name) for name in _SWITCHES if row.has(name)}
    return BodyRow(cells.text(row, "name"), BodyKind(kind), cells.optional_text(row, "short_name"), switches)


def store(session: Session, batch: Sequence[Entry[BodyRow]], at: datetime) -> Stored:
    """Make the bodies of a batch what the rows say."""
    stored = records(session, AppropriateBody)
    names = Names("appropriate body", stored)
    short = _ShortNames(names, stored, [entry.value for entry in batch])
    return put(session, AppropriateBody, batch, lambda row: _wanted(row, names, short), at)


def split_lead_school(name: str) -> tuple[str, str | None]:
    """A name without its last brackets, and what they hold: (name, None) when it does not end in brackets."""
    depth = 0
    for at in range(len(name) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(name[at], 0)
        if depth == 0:
            inside, before = name[at + 1 : -1].strip(), name[:at].strip()
            return (before, inside) if name.endswith(")") and inside and before else (name, None)
    return name, None


def is_independent_schools_panel(name: str) -> bool:
    """Whether this is ISTIP, by its full name or the abbreviation it goes by."""
    folded = fold(name)
    return folded.startswith(_INDEPENDENT_SCHOOLS_PANEL) or folded == _PANEL_IN_SHORT


class _ShortNames:
    """Which short name belongs to which body, once the batch is stored."""

    def __init__(self, names: Names, stored: Sequence[Record], batch: Sequence[BodyRow]) -> None:
        given = [row for row in batch if row.short_name]
        renamed = {fold(row.name) for row in given}
        kept = [body for body in stored if body["name_key"] not in renamed]
        new = [row for row in batch if not row.short_name and not names.find("name", row.name)]
        self._held = {fold(body["short_name"]) for body in kept}
        self._stems = {fold(_stem(body["name"], body["lead_school"])) for body in stored}
        self._given = Counter(fold(row.short_name) for row in given)
        self._wished = Counter(fold(row.without_lead_school) for row in new)

    def given(self, row: BodyRow) -> str:
        """The short name a person set. Raises CellRefused when another body goes by it."""
        key = fold(row.short_name)
        if self._given[key] > 1 or key in self._held:
            raise CellRefused("short_name", row.short_name, "is the short name of another body as well")
        return row.short_name

    def first(self, row: BodyRow) -> str:
        """The short name of a new body when no person has set one."""
        key = fold(row.without_lead_school)
        free = self._wished[key] == 1 and not self._given[key] and key not in self._held | self._stems
        return row.without_lead_school if free else row.name


def _stem(name: str, lead_school: str | None) -> str:
    return split_lead_school(name)[0] if lead_school else name


def _wanted(row: BodyRow, names: Names, short: _ShortNames) -> Wanted:
    values: dict[str, object] = {
        "name": row.name,
        "name_key": fold(row.name),
        "kind": row.kind.value,
        "lead_school": row.lead_school,
        "offered": row.offered,
        **row.switches,
    }
    stored = names.find("name", row.name)
    # A short name is always among the values, so that the rows of a batch all speak for the same columns.
    if row.short_name:
        values["short_name"] = short.given(row)
    else:
        values["short_name"] = stored["short_name"] if stored else short.first(row)
    return Wanted(stored, values, _SWITCHES)


PLAN = Plan(
    kind="appropriate_bodies.imported",
    layout=Layout(required=("name", "type"), optional=("short_name", *_SWITCHES)),
    parse=parse,
    key_columns=("name",),
    key=lambda row: fold(row.name),
    store=store,
)
