"""Uplift flags of schools: pupil premium and sparsity.

| Column | What |
|---|---|
| URN | 6 numbers; may stand in several rows: a flag that is true in one of them is true |
| Pupil Premium Incentive | 1 or 0 |
| Sparsity Incentive | 1 or 0 |

A URN that we do not hold is counted as unknown and is no error. A school that is not in the file keeps
its flags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.data.models import School
from app.services.importing import cells
from app.services.importing.reading import Layout, Row
from app.services.importing.report import Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Wanted, put, records

PUPIL_PREMIUM = "Pupil Premium Incentive"
SPARSITY = "Sparsity Incentive"


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of one school."""

    urn: str
    pupil_premium: bool
    sparsity: bool

    @property
    def values(self) -> dict[str, object]:
        """The school’s columns that the flags fill."""
        return {"pupil_premium_uplift": self.pupil_premium, "sparsity_uplift": self.sparsity}


def parse(row: Row) -> Flags:
    """One row. Raises CellRefused."""
    return Flags(cells.urn(row), cells.yes_or_no(row, PUPIL_PREMIUM), cells.yes_or_no(row, SPARSITY))


def either(one: Flags, other: Flags) -> Flags:
    """The flags of a school that stands in two rows: either row true wins."""
    return Flags(one.urn, one.pupil_premium or other.pupil_premium, one.sparsity or other.sparsity)


def store(session: Session, batch: Sequence[Entry[Flags]], at: datetime) -> Stored:
    """Set the flags of the schools we hold, and count the others."""
    urns = [entry.value.urn for entry in batch]
    schools = {school["urn"]: school for school in records(session, School, "urn", urns)}
    known = [entry for entry in batch if entry.value.urn in schools]
    stored = put(session, School, known, lambda flags: Wanted(schools[flags.urn], flags.values), at)
    return replace(stored, unknown=len(batch) - len(known))


PLAN = Plan(
    kind="uplifts.imported",
    layout=Layout(required=("URN", PUPIL_PREMIUM, SPARSITY)),
    parse=parse,
    key_columns=("URN",),
    key=lambda flags: flags.urn,
    store=store,
    merge=either,
)
