"""Schools: the “establishment fields” download of Get Information About Schools (GIAS), in Windows-1252.

Columns, by name; the download has many more, which are ignored:

| Column | What |
|---|---|
| URN | 6 numbers, once in the file |
| LA (code), LA (name) | local authority |
| EstablishmentNumber | may be blank |
| EstablishmentName | |
| TypeOfEstablishment (name) | decides state-funded, independent, in England (`app.domain.eligibility`) |
| EstablishmentStatus (name) | kept as printed: a closed school is marked closed, never deleted |
| PhaseOfEducation (name) | may be blank |
| Section41Approved (name) | optional column: “Approved”, or anything GIAS prints for not approved |

A school that is not in the file is left alone, and so are uplift flags and induction tutors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.data.models import School
from app.domain.eligibility import is_independent, lies_in_england
from app.domain.matching import fold
from app.services.importing import cells
from app.services.importing.reading import WINDOWS, Layout, Row
from app.services.importing.report import CellRefused, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Wanted, put, records

SECTION_41 = "Section41Approved (name)"
_SECTION_41_SAYS: Mapping[str, bool] = {
    "approved": True,
    "not approved": False,
    "not applicable": False,
    "": False,
}
# Local authority codes of GIAS: 6xx are Welsh, 7xx forces and other schools overseas, 000 none.
_CODES_OUTSIDE_ENGLAND = ("000", "6", "7")
_NEW = {
    "section_41_approved": False,
    "pupil_premium_uplift": False,
    "sparsity_uplift": False,
    "fictional": False,
    "induction_tutor_name": None,
    "induction_tutor_email": None,
}


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """What one row says: the school's number, and its columns as we keep them."""

    urn: str
    values: Mapping[str, object]


def parse(row: Row) -> SchoolRow:
    """One row of the download. Raises CellRefused."""
    name = cells.text(row, "EstablishmentName")
    type_name = cells.text(row, "TypeOfEstablishment (name)")
    la_code = cells.text(row, "LA (code)")
    values: dict[str, object] = {
        "urn": cells.urn(row),
        "name": name,
        "name_key": fold(name),
        "la_code": la_code,
        "la_name": cells.text(row, "LA (name)"),
        "establishment_number": cells.optional_text(row, "EstablishmentNumber"),
        "type_name": type_name,
        "phase": cells.optional_text(row, "PhaseOfEducation (name)"),
        "status": cells.text(row, "EstablishmentStatus (name)"),
        "in_england": lies_in_england(type_name) and not la_code.startswith(_CODES_OUTSIDE_ENGLAND),
        "independent": is_independent(type_name),
    }
    if row.has(SECTION_41):
        values["section_41_approved"] = _section_41(row)
    return SchoolRow(str(values["urn"]), values)


def store(session: Session, batch: Sequence[Entry[SchoolRow]], at: datetime) -> Stored:
    """Make the schools of a batch what the rows say."""
    urns = [entry.value.urn for entry in batch]
    stored = {school["urn"]: school for school in records(session, School, "urn", urns)}
    return put(session, School, batch, lambda row: Wanted(stored.get(row.urn), row.values, _NEW), at)


def _section_41(row: Row) -> bool:
    said = row[SECTION_41].casefold()
    if said not in _SECTION_41_SAYS:
        raise CellRefused(
            SECTION_41, row[SECTION_41], "must be “Approved”, “Not approved” or “Not applicable”"
        )
    return _SECTION_41_SAYS[said]


PLAN = Plan(
    kind="schools.imported",
    layout=Layout(
        required=(
            "URN",
            "LA (code)",
            "LA (name)",
            "EstablishmentNumber",
            "EstablishmentName",
            "TypeOfEstablishment (name)",
            "EstablishmentStatus (name)",
            "PhaseOfEducation (name)",
        ),
        optional=(SECTION_41,),
        encoding=WINDOWS,
    ),
    parse=parse,
    key_columns=("URN",),
    key=lambda row: row.urn,
    store=store,
)
