"""Contracts: what DfE pays a lead provider in a cohort. Amounts are in pounds, like 995 or £149,651.00.

| Column | What |
|---|---|
| lead_provider | its name, already imported, with a place in the cohort |
| cohort | start year, already imported |
| recruitment_target | how many participants the service fee is worked out for |
| set_up_fee | pounds |
| monthly_service_fee | optional: pounds. Blank: worked out from the bands; 0 is a fee of nothing |
| uplift | optional: pounds for each participant. Blank: 100 to cohort 2024, 0 after |
| vat | true when the lead provider charges VAT |
| mentor_price | optional: pounds for each mentor. Cohorts with mentor funding need it, the others have none |
| band_a_min, band_a_max, band_a_price | participants from the first to the last in number, and pounds for each |
| band_a_output_percent, band_a_service_percent | optional: what part declarations and months pay. Blank: 60 and 40 |
| band_b_min … band_d_service_percent | optional: the next bands, each right after the one before it |

A contract is never changed. A row that differs from the latest version becomes the next one, for the statements that
aren’t payable yet; a row that says what the latest version says adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import LeadProvider
from app.data.queries import contracts as found
from app.domain import payments
from app.domain.contracts import MESSAGES
from app.domain.matching import fold
from app.domain.refusals import Refused
from app.services import contracts
from app.services.asked import Asked, by_service
from app.services.importing import cells
from app.services.importing.naming import Names
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, RowError, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, records

_LARGEST = 2_147_483_647
_WHOLE = re.compile(r"[0-9]{1,10}")
_AMOUNT = re.compile(r"£?([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,10})(?:\.([0-9]{2}))?")
_PARTS = ("min", "max", "price", "output_percent", "service_percent")
_COLUMN_OF: Mapping[str, str] = {"mentor_price_pence": "mentor_price", "bands": "band_a_min", "": "cohort"}


@dataclass(frozen=True, slots=True)
class ContractRow:
    """What one row says."""

    lead_provider: str
    cohort: int
    terms: payments.Contract


def parse(row: Row) -> ContractRow:
    """One row. Raises CellRefused."""
    cohort = cells.year(row, "cohort")
    uplift = _optional_pence(row, "uplift")
    terms = payments.Contract(
        bands=_bands(row),
        recruitment_target=_count(row, "recruitment_target"),
        set_up_fee_pence=_pence(row, "set_up_fee"),
        monthly_service_fee_pence=_optional_pence(row, "monthly_service_fee"),
        uplift_pence=payments.usual_uplift(cohort) if uplift is None else uplift,
        vat=cells.yes_or_no(row, "vat"),
        mentor_price_pence=_optional_pence(row, "mentor_price"),
    )
    return ContractRow(cells.text(row, "lead_provider"), cohort, terms)


def store(session: Session, batch: Sequence[Entry[ContractRow]], at: datetime) -> Stored:
    """Add a version for every row that says something new."""
    providers = Names("lead provider", records(session, LeadProvider))
    asked = by_service(at, new_id())
    added = 0
    errors: list[RowError] = []
    for entry in batch:
        try:
            added += _store(session, entry.value, providers, asked)
        except CellRefused as refused:
            errors.append(RowError(entry.number, refused.column, refused.value, refused.message))
    return Stored(added=added, unchanged=len(batch) - added - len(errors), errors=tuple(errors))


def _store(session: Session, row: ContractRow, providers: Names, asked: Asked) -> bool:
    """Whether a version was added. Raises CellRefused."""
    provider = providers.need("lead_provider", row.lead_provider)
    latest = found.latest(provider["id"], row.cohort)
    if latest is not None and latest.terms == row.terms:
        return False
    try:
        contracts.add(session, provider["id"], row.cohort, row.terms, asked)
    except Refused as refused:
        column = _COLUMN_OF[refused.field]
        if letter := refused.detail.get("letter"):
            column = f"band_{str(letter).lower()}_min"
        message = MESSAGES[refused.reason].format(**refused.detail)
        raise CellRefused(column, row.lead_provider, message) from refused
    return True


def _bands(row: Row) -> tuple[payments.Band, ...]:
    """The bands up to the first whose cells are all blank; band A must be there."""
    given = [letter for letter in payments.BAND_LETTERS if any(row[_cell(letter, each)] for each in _PARTS)]
    return tuple(_band(row, letter) for letter in payments.BAND_LETTERS[: max(1, len(given))])


def _band(row: Row, letter: str) -> payments.Band:
    usual = {"output_percent": payments.OUTPUT_PERCENT, "service_percent": payments.SERVICE_PERCENT}
    percents = {
        part: _percent(row, _cell(letter, part)) if row[_cell(letter, part)] else percent
        for part, percent in usual.items()
    }
    lowest, highest = (_count(row, _cell(letter, part)) for part in ("min", "max"))
    if highest < lowest:
        raise CellRefused(_cell(letter, "max"), row[_cell(letter, "max")], "is less than the band’s min")
    return payments.Band(letter, lowest, highest, _pence(row, _cell(letter, "price")), **percents)


def _cell(letter: str, part: str) -> str:
    return f"band_{letter.lower()}_{part}"


def _count(row: Row, column: str) -> int:
    digits = row[column].replace(",", "")
    if not _WHOLE.fullmatch(digits) or int(digits) > _LARGEST:
        raise CellRefused(column, row[column], "must be a whole number")
    return int(digits)


def _percent(row: Row, column: str) -> int:
    number = _count(row, column)
    if number > 100:
        raise CellRefused(column, row[column], "must be 100 or less")
    return number


def _pence(row: Row, column: str) -> int:
    amount = _AMOUNT.fullmatch(row[column])
    if amount is None:
        raise CellRefused(column, row[column], "must be an amount in pounds like 995 or 149,651.00")
    pence = int(amount[1].replace(",", "")) * 100 + int(amount[2] or 0)
    if pence > _LARGEST:
        raise CellRefused(column, row[column], "is too large")
    return pence


def _optional_pence(row: Row, column: str) -> int | None:
    return _pence(row, column) if row[column] else None


_BANDS = tuple(_cell(letter, part) for letter in payments.BAND_LETTERS for part in _PARTS)
_NEEDED = ("band_a_min", "band_a_max", "band_a_price")

PLAN = Plan(
    kind="contracts.imported",
    layout=Layout(
        required=("lead_provider", "cohort", "recruitment_target", "set_up_fee", "vat", *_NEEDED),
        optional=(
            "monthly_service_fee",
            "uplift",
            "mentor_price",
            *(each for each in _BANDS if each not in _NEEDED),
        ),
    ),
    parse=parse,
    key_columns=("lead_provider", "cohort"),
    key=lambda row: (fold(row.lead_provider), row.cohort),
    store=store,
)
