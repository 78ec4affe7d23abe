"""Ids of records: UUIDv7, kept everywhere as 36 lower-case characters with hyphens (Trust, 4)."""

from __future__ import annotations

import re

import uuid_utils

_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id() -> str:
    """A new id. Later ids sort after earlier ones."""
    return str(uuid_utils.uuid7())


def known_form(text: str) -> str | None:
    """`text` as an id in the form that is kept, or None when it doesn't have the shape of an id."""
    lowered = text.lower()
    return lowered if _FORM.fullmatch(lowered) else None
