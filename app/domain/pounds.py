"""Amounts of money as people type and read them. Everywhere else they are whole pence."""

from __future__ import annotations

import re

from app.domain.matching import HYPHENS
from app.domain.people import written
from app.domain.refusals import Refused

LARGEST_PENCE = 2_147_483_647
"""What a column of the database holds: a little over £21 million."""

MINUS = "\u2212"
_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.([0-9]{2}))?")
_WHOLE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12}")


def in_pounds(pence: int) -> str:
    """“£1,234.56”; a minus sign (not a hyphen) stands before the pound sign of what is below nothing."""
    sign = MINUS if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def typed_again(pence: int) -> str:
    """An amount as it stands in a field to be changed: “1,234.56”."""
    return in_pounds(pence).replace("£", "")


def read_pounds(text: str) -> int:
    """An amount typed in pounds, or pounds and pence, in pence. A pound sign, commas and spaces are fine.

    Raises Refused: `blank`, `not_an_amount` (a minus sign too), `too_large`.
    """
    return _pence(_bare(text))


def read_signed_pounds(text: str) -> int:
    """As `read_pounds`, and below 0 after a minus sign of any kind, before or after the pound sign."""
    bare = _bare(text)
    if bare[:1] and bare[0] in HYPHENS:
        return -_pence(bare[1:])
    return _pence(bare)


def read_count(text: str, largest: int = LARGEST_PENCE) -> int:
    """A whole number from 0, commas allowed. Raises Refused: `blank`, `not_whole`, `too_large` with `largest`."""
    bare = _bare(text)
    if not _WHOLE.fullmatch(bare):
        raise Refused("not_whole" if bare else "blank")
    return _in_reach(int(bare.replace(",", "")), largest)


def _pence(bare: str) -> int:
    amount = _AMOUNT.fullmatch(bare)
    if amount is None:
        raise Refused("not_an_amount" if bare else "blank")
    return _in_reach(int(amount[1].replace(",", "")) * 100 + int(amount[2] or 0))


def _bare(text: str) -> str:
    """Without spaces and the pound sign, which may stand before or after a minus sign."""
    return "".join(written(text).split()).replace("£", "", 1)


def _in_reach(number: int, largest: int = LARGEST_PENCE) -> int:
    if number > largest:
        raise Refused("too_large", largest=largest)
    return number
