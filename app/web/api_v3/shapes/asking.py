"""What can be asked for in an address or a header: filters, pages, the order (Provider API, Conventions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from app.domain.participants import TrainingStatus
from app.services.idempotency import FIELD, KEPT, LONGEST
from app.web.api_v3.server_clock import HEADER
from app.web.api_v3.shapes.statements import STATEMENT_TYPE
from app.web.api_v3.shapes.values import DELIVERY_PARTNER_ID, OLD_PARTICIPANT_ID, PARTICIPANT_ID, URN

PER_PAGE, MOST_PER_PAGE = 100, 3000
SORT_KEYS = ("created_at", "-created_at", "updated_at", "-updated_at")


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that can be asked for: what it does, what it looks like, and the JSON schema of its value."""

    description: str
    example: Any
    schema: Mapping[str, Any]


_TEXT: Mapping[str, Any] = MappingProxyType({"type": "string"})
_NUMBER: Mapping[str, Any] = MappingProxyType({"type": "integer", "minimum": 1})

FILTERS: Mapping[str, Asked] = MappingProxyType(
    {
        "cohort": Asked("Only of these cohorts. Separate years with commas", "2024,2025", _TEXT),
        "updated_since": Asked(
            "Only what has changed at this time or later, in ISO 8601", "2025-09-15T09:30:00Z", _TEXT
        ),
        "delivery_partner_id": Asked(
            "Only with these delivery partners. Separate ids with commas", DELIVERY_PARTNER_ID, _TEXT
        ),
        "participant_id": Asked("Only of these people. Separate ids with commas", PARTICIPANT_ID, _TEXT),
        "urn": Asked("Only the school with this URN", URN, _TEXT),
        "training_status": Asked(
            "Only with this training_status",
            "active",
            {"type": "string", "enum": [*map(str, TrainingStatus)]},
        ),
        "from_participant_id": Asked("Only the person who had this id before", OLD_PARTICIPANT_ID, _TEXT),
        "type": Asked("Only of this type", STATEMENT_TYPE, {"type": "string", "enum": [STATEMENT_TYPE]}),
    }
)
ONE_COHORT = Asked("The cohort to be told of: one year", "2025", _TEXT)
"""The cohort where exactly one is needed: for schools."""

PAGE: Mapping[str, Asked] = MappingProxyType(
    {
        "page": Asked("Which page, from 1. Past the end the list is empty", 1, {**_NUMBER, "default": 1}),
        "per_page": Asked(
            f"How many on a page. More than {MOST_PER_PAGE} counts as {MOST_PER_PAGE}",
            PER_PAGE,
            {**_NUMBER, "default": PER_PAGE},
        ),
    }
)
SORT = Asked(
    "The order, one or more keys with commas between them. A key with - in front goes from the latest",
    ["-updated_at"],
    {"type": "array", "items": {"type": "string", "enum": [*SORT_KEYS]}},
)
HEADERS: Mapping[str, Asked] = MappingProxyType(
    {
        FIELD: Asked(
            "A text of your own, new for each thing to be done. Sent again with the same body within "
            f"{KEPT // timedelta(hours=1)} hours, it "
            "brings the first answer back and does nothing twice",
            "declaration-20250912-0001",
            {"type": "string", "minLength": 1, "maxLength": LONGEST},
        ),
        HEADER: Asked(
            "Outside production only: the moment this request takes for now, in RFC 3339",
            "2026-01-15T09:00:00Z",
            {"type": "string", "format": "date-time"},
        ),
    }
)
