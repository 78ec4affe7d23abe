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

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING, Model
from app.data.models import (
    Declaration,
    DeliveryPartner,
    LeadProvider,
    Partnership,
    ProviderParticipant,
    TrainingRecord,
)
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


def store_lead_providers(session: Session, batch: Sequence[Entry[OrganisationRow]], at: datetime) -> Stored:
    """The same of lead providers. What the API shows with the name of one has changed when that is spelled anew:
    its declarations, and the moves of people it has trained. (Provider API, Attributes.)
    """
    before = {row["id"]: row["name"] for row in records(session, LeadProvider)}
    stored = store(LeadProvider, "lead provider", {**_NO_CONTACTS, **_SWITCHES}, session, batch, at)
    now = records(session, LeadProvider)
    renamed = [row["id"] for row in now if before.get(row["id"], row["name"]) != row["name"]]
    if renamed:
        _change_what_names(session, renamed)
    return stored


def _change_what_names(session: Session, lead_provider_ids: Sequence[str]) -> None:
    """What is worked out of the training of people who moved is stamped with it (`data.publishing`)."""
    its_own = select(Partnership.id).where(Partnership.lead_provider_id.in_(lead_provider_ids))
    moved = select(ProviderParticipant.teacher_id).where(ProviderParticipant.transfers > 0)
    declared = update(Declaration).where(Declaration.lead_provider_id.in_(lead_provider_ids))
    trained = update(TrainingRecord).where(
        TrainingRecord.partnership_id.in_(its_own), TrainingRecord.teacher_id.in_(moved)
    )
    for changed in (trained, declared):
        session.connection().execute(changed.values(updated_at=PENDING))


LEAD_PROVIDERS = Plan(
    kind="lead_providers.imported",
    layout=Layout(required=("name",), optional=(*_CONTACTS, *_SWITCHES)),
    parse=parse,
    key_columns=("name",),
    key=lambda row: fold(row.name),
    store=store_lead_providers,
)

DELIVERY_PARTNERS = Plan(
    kind="delivery_partners.imported",
    layout=Layout(required=("name",), optional=tuple(_SWITCHES)),
    parse=parse,
    key_columns=("name",),
    key=lambda row: fold(row.name),
    store=partial(store, DeliveryPartner, "delivery partner", _SWITCHES),
)
