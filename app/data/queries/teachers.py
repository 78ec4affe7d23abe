"""Finding teachers by what somebody types: a part of a name, or of a TRN."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, or_

from app.data.models import Teacher
from app.domain.matching import fold
from app.domain.people import written

# A TRN or a part of one, as people write it (“RP30/01234”), after folding.
_TRN = re.compile(r"(?:rp)?[ /]*[0-9][ /0-9]*")


def called(search: str) -> ColumnElement[bool] | None:
    """Teachers with this in their name (case, accents and apostrophes don’t count) or TRN; None for no text."""
    key = fold(written(search))
    if not key:
        return None
    named = Teacher.name_key.contains(key, autoescape=True)
    if not _TRN.fullmatch(key):
        return named
    digits = "".join(char for char in key if char in "0123456789")
    return or_(named, Teacher.trn.contains(digits, autoescape=True))
