"""A lead provider's places in cohorts, and pairings: it works with this delivery partner in this cohort.

Places:

| Column | What |
|---|---|
| lead_provider | its name, already imported |
| cohort | start year, already imported |
| closed_on | optional column: from this date the place is closed. Blank: open |

Pairings have a column delivery_partner (its name, already imported) as well, and need the lead provider's
place.

Nothing is ever deleted (School journey, “pairing”): a row that is gone from the file leaves what we hold,
and only closed_on closes it. A file without the column closed_on closes and opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.data.models import Cohort, DeliveryPartner, LeadProvider, LeadProviderCohort, Pairing
from app.domain.matching import fold
from app.services.importing import cells
from app.services.importing.naming import Names
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Record, Wanted, put, records

_OPEN = {"closed_on": None}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What one row says. `closing` is empty when the file has no column for it. No partner: a place."""

    lead_provider: str
    delivery_partner: str
    cohort: int
    closing: Mapping[str, object]


def parse_place(row: Row) -> PlaceRow:
    """One row of the places file. Raises CellRefused."""
    return _parsed(row, "")


def parse_pairing(row: Row) -> PlaceRow:
    """One row of the pairings file. Raises CellRefused."""
    return _parsed(row, cells.text(row, "delivery_partner"))


def store_places(session: Session, batch: Sequence[Entry[PlaceRow]], at: datetime) -> Stored:
    """Make the places of a batch what the rows say."""
    providers = Names("lead provider", records(session, LeadProvider))
    cohorts = {cohort["start_year"] for cohort in records(session, Cohort)}
    places = _places(session, batch)

    def want(row: PlaceRow) -> Wanted:
        provider = providers.need("lead_provider", row.lead_provider)
        if row.cohort not in cohorts:
            raise CellRefused("cohort", str(row.cohort), "no cohort has this year: import it first")
        keys = {"lead_provider_id": provider["id"], "cohort": row.cohort}
        return Wanted(places.get((provider["id"], row.cohort)), {**keys, **row.closing}, _OPEN)

    return put(session, LeadProviderCohort, batch, want, at)


def store_pairings(session: Session, batch: Sequence[Entry[PlaceRow]], at: datetime) -> Stored:
    """Make the pairings of a batch what the rows say."""
    providers = Names("lead provider", records(session, LeadProvider))
    partners = Names("delivery partner", records(session, DeliveryPartner))
    places = _places(session, batch)
    pairings = _pairings(session, batch)

    def want(row: PlaceRow) -> Wanted:
        provider = providers.need("lead_provider", row.lead_provider)
        partner = partners.need("delivery_partner", row.delivery_partner)
        if (provider["id"], row.cohort) not in places:
            message = f"has no place in cohort {row.cohort}: import its place first"
            raise CellRefused("lead_provider", row.lead_provider, message)
        keys = {
            "lead_provider_id": provider["id"],
            "delivery_partner_id": partner["id"],
            "cohort": row.cohort,
        }
        stored = pairings.get((provider["id"], partner["id"], row.cohort))
        return Wanted(stored, {**keys, **row.closing}, _OPEN)

    return put(session, Pairing, batch, want, at)


def _parsed(row: Row, delivery_partner: str) -> PlaceRow:
    closing = {"closed_on": cells.optional_date(row, "closed_on")} if row.has("closed_on") else {}
    return PlaceRow(cells.text(row, "lead_provider"), delivery_partner, cells.year(row, "cohort"), closing)


def _key(row: PlaceRow) -> tuple[str, str, int]:
    return fold(row.lead_provider), fold(row.delivery_partner), row.cohort


def _places(session: Session, batch: Sequence[Entry[PlaceRow]]) -> dict[tuple[str, int], Record]:
    found = records(session, LeadProviderCohort, "cohort", (entry.value.cohort for entry in batch))
    return {(place["lead_provider_id"], place["cohort"]): place for place in found}


def _pairings(session: Session, batch: Sequence[Entry[PlaceRow]]) -> dict[tuple[str, str, int], Record]:
    found = records(session, Pairing, "cohort", (entry.value.cohort for entry in batch))
    keys = ("lead_provider_id", "delivery_partner_id", "cohort")
    return {(pairing[keys[0]], pairing[keys[1]], pairing[keys[2]]): pairing for pairing in found}


PLACES = Plan(
    kind="lead_provider_places.imported",
    layout=Layout(required=("lead_provider", "cohort"), optional=("closed_on",)),
    parse=parse_place,
    key_columns=("lead_provider", "cohort"),
    key=_key,
    store=store_places,
)

PAIRINGS = Plan(
    kind="pairings.imported",
    layout=Layout(required=("lead_provider", "delivery_partner", "cohort"), optional=("closed_on",)),
    parse=parse_pairing,
    key_columns=("lead_provider", "delivery_partner", "cohort"),
    key=_key,
    store=store_pairings,
)
