"""What a run may be about: a record of its school, by kind. (Names: `app.domain.names.Kind`.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.data.ids import known_form
from app.data.queries import participants, partnerships
from app.domain.names import Kind


def found(kind: str, school_id: str, record_id: str) -> str | None:
    """The record’s id as it is kept; None for an unknown one and for another school’s alike."""
    identity = known_form(record_id)
    return KINDS[Kind(kind)](school_id, identity) if identity else None


def _partnership(school_id: str, partnership_id: str) -> str | None:
    found = partnerships.by_id(school_id, partnership_id)
    return found.id if found else None


def _ect(school_id: str, ect_id: str) -> str | None:
    found = participants.ect(school_id, ect_id)
    return found.card.id if found else None


KINDS: Mapping[Kind, Callable[[str, str], str | None]] = {
    Kind.PARTNERSHIP: _partnership,
    Kind.ECT: _ect,
    Kind.UNTRAINED: _partnership,
}
