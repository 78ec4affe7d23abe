"""How states, types and events read to finance."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.data.queries.events import EventDetails
from app.data.queries.statements import StatementDetails
from app.domain.statements import title
from app.web.offices.wording import funding_words

_EVENTS: Mapping[str, str] = {
    "declaration.without_statement": "Funding was confirmed, but no statement was left to put it on",
    "funding.decided": "Funding was decided",
    "funding.set_by_hand": "Funding was set by hand",
    "funding.flagged": "Marked as a mentor who has completed training",
    "funding.flag_cleared": "No longer marked as a mentor who has completed training",
    "training.attached": "Training moved to another partnership record",
}


def statement_title(found: StatementDetails) -> str:
    """“Northstar, April 2025, 2024 cohort”."""
    return f"{found.lead_provider_name}, {title(found.year, found.month)}, {found.cohort} cohort"


def happened(event: EventDetails) -> str:
    """What an event says, in words."""
    known = _EVENTS.get(event.kind)
    if known is None:
        record, _, what = event.kind.partition(".")
        return f"{record.replace('_', ' ').capitalize()} {what.replace('_', ' ')}"
    details = json.loads(event.details)
    if "eligible" in details:
        because = f". Why: {details['note']}" if "note" in details else ""
        return f"{known}: {funding_words(details['eligible'])}{because}"
    return known


def who(event: EventDetails, names: Mapping[str, str]) -> str:
    """Who did it: a name, with DfE after its people’s, or the service."""
    if event.actor_kind == "system":
        return "The service"
    name = names.get(event.actor_id or "", "Somebody")
    return f"{name}, DfE" if event.actor_kind == "dfe" else name
