"""Organisation links: this appropriate body and this delivery partner are one, as a person decided.

| Column | What |
|---|---|
| appropriate_body | its full name, already imported |
| delivery_partner | its name, already imported |
| decided_by | who at DfE decided |
| decided_at | when: a date, or a date and time (London time without an offset); not in the future |
| note | optional: why |
| ended_at | optional column: when the link ended. Blank: it goes on |

A link is known by body, partner and decided_at. Only one link of two organisations goes on at a time: to
decide anew, end the old one first, in the same file or before. Nothing is ever deleted, and names are
never compared with each other: a link exists because a row says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.data.models import AppropriateBody, DeliveryPartner, OrganisationLink
from app.domain.matching import fold
from app.services.importing import cells
from app.services.importing.naming import Names
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Record, Wanted, put, records

_NEW: Mapping[str, object] = {"note": "", "ended_at": None}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What one row says. `more` has note and ended_at where the file has those columns."""

    appropriate_body: str
    delivery_partner: str
    decided_by: str
    decided_at: datetime
    more: Mapping[str, datetime | str | None]


def parse(row: Row) -> LinkRow:
    """One row. Raises CellRefused."""
    decided_at = cells.required_time(row, "decided_at")
    more: dict[str, datetime | str | None] = {}
    if row.has("note"):
        more["note"] = cells.optional_text(row, "note", longest=2_000)
    if row.has("ended_at"):
        more["ended_at"] = ended_at = cells.optional_time(row, "ended_at")
        if ended_at is not None and ended_at < decided_at:
            raise CellRefused("ended_at", row["ended_at"], "is before the link was decided")
    names = (cells.text(row, "appropriate_body"), cells.text(row, "delivery_partner"))
    return LinkRow(*names, cells.text(row, "decided_by"), decided_at, more)


def store(session: Session, batch: Sequence[Entry[LinkRow]], at: datetime) -> Stored:
    """Make the links of a batch what the rows say."""
    bodies = Names("appropriate body", records(session, AppropriateBody))
    partners = Names("delivery partner", records(session, DeliveryPartner))
    links = _Links(records(session, OrganisationLink))

    def want(row: LinkRow) -> Wanted:
        if row.decided_at > at:
            raise CellRefused("decided_at", row.decided_at.isoformat(), "is in the future")
        body = bodies.need("appropriate_body", row.appropriate_body)
        partner = partners.need("delivery_partner", row.delivery_partner)
        keys = {"appropriate_body_id": body["id"], "delivery_partner_id": partner["id"]}
        said = {"decided_by": row.decided_by, "decided_at": row.decided_at, **row.more}
        return Wanted(links.stored(row, (body["id"], partner["id"])), keys | said, _NEW)

    # Those that end come first: they make room for a new decision about the same two organisations.
    ordered = sorted(batch, key=lambda entry: entry.value.more.get("ended_at") is None)
    return put(session, OrganisationLink, ordered, want, at)


class _Links:
    """The links we hold, and which of them go on once the rows so far are stored."""

    def __init__(self, stored: Sequence[Record]) -> None:
        self._stored = {(*_pair(link), link["decided_at"]): link for link in stored}
        self._going_on = {_pair(link): link["decided_at"] for link in stored if link["ended_at"] is None}

    def stored(self, row: LinkRow, pair: tuple[str, str]) -> Record | None:
        """The link that this row is about, None for a new one.

        Raises CellRefused when the row would make a second link of the two go on.
        """
        link = self._stored.get((*pair, row.decided_at))
        ended_at = row.more["ended_at"] if "ended_at" in row.more else link and link["ended_at"]
        current = self._going_on.get(pair)
        if ended_at is None:
            if current not in (None, row.decided_at):
                message = f"is linked with it already, since {current:%Y-%m-%d}: end that link first"
                raise CellRefused("delivery_partner", row.delivery_partner, message)
            self._going_on[pair] = row.decided_at
        elif current == row.decided_at:
            del self._going_on[pair]
        return link


def _pair(link: Record) -> tuple[str, str]:
    return link["appropriate_body_id"], link["delivery_partner_id"]


PLAN = Plan(
    kind="organisation_links.imported",
    layout=Layout(
        required=("appropriate_body", "delivery_partner", "decided_by", "decided_at"),
        optional=("note", "ended_at"),
    ),
    parse=parse,
    key_columns=("appropriate_body", "delivery_partner", "decided_at"),
    key=lambda row: (fold(row.appropriate_body), fold(row.delivery_partner), row.decided_at),
    store=store,
)
