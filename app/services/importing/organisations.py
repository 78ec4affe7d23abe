"""Lead providers, and delivery partners.

Lead providers:

| Column | What |
|---|---|
| name | once in the file; found again by it, case and accents apart |
| contact_email, contact_phone | optional columns: what a school is told to use |
| active | optional, true or false; a new one is active |
| fictional | optional, true or false; a new one is not |

Delivery partners have the columns name, active and fictional of these.

A column that the file does not have leaves what we hold; a blank contact removes it. An organisation that
is not in the file is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from app.data.columns import Model
from app.data.models import DeliveryPartner, LeadProvider
from app.domain.matching import fold
from app.services.importing import cells
from app.services.importing.naming import Names
from app.services.importing.reading import Layout, Row
from app.services.importing.report import Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Wanted, put, records

_SWITCHES = {"active": True, "fictional": False}
_CONTACTS = {"contact_email": cells.optional_email, "contact_phone": cells.optional_text}
_NO_CONTACTS = dict.fromkeys(_CONTACTS, "")


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """What one row says: the name, and the columns the file has."""

    name: str
    values: Mapping[str, object]


def parse(row: Row) -> OrganisationRow:
    """One row of either file. Raises CellRefused."""
    name = cells.text(row, "name")
    contacts = {column: read(row, column) for column, read in _CONTACTS.items() if row.has(column)}
    switches = {column: cells.yes_or_no(row, column) for column in _SWITCHES if row.has(column)}
    return OrganisationRow(name, {"name": name, "name_key": fold(name), **contacts, **switches})


def store(
    model: type[Model],
    noun: str,
    first: Mapping[str, object],
    session: Session,
    batch: Sequence[Entry[OrganisationRow]],
    at: datetime,
) -> Stored:
    """Make the organisations of a batch what the rows say. `first` is what a new one has beside its name."""
    names = Names(noun, records(session, model))
    return put(session, model, batch, lambda row: Wanted(names.find("name", row.name), row.values, first), at)


LEAD_PROVIDERS = Plan(
    kind="lead_providers.imported",
    layout=Layout(required=("name",), optional=(*_CONTACTS, *_SWITCHES)),
    parse=parse,
    key_columns=("name",),
    key=lambda row: fold(row.name),
    store=partial(store, LeadProvider, "lead provider", {**_NO_CONTACTS, **_SWITCHES}),
)

DELIVERY_PARTNERS = Plan(
    kind="delivery_partners.imported",
    layout=Layout(required=("name",), optional=tuple(_SWITCHES)),
    parse=parse,
    key_columns=("name",),
    key=lambda row: fold(row.name),
    store=partial(store, DeliveryPartner, "delivery partner", _SWITCHES),
)
