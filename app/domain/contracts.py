"""What a version of a contract must be before it is taken. (Schedules and money, Money.)"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from app.domain.payments import Contract
from app.domain.refusals import Refused

FIRST_NUMBERS = (0, 1)
"""Where band A may begin: both mean from the first participant on."""

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "no_place": "This lead provider has no place in the {cohort} cohort",
        "mentor_price_missing": "Enter the price of a mentor: the {cohort} cohort has mentor funding",
        "mentor_price_unused": "Leave out the price of a mentor: the {cohort} cohort has no mentor funding",
        "bands_apart": "Band {letter} must begin at {expected}, right after the one before it",
        "first_band": "Band A must begin at 0 or 1",
        "empty_band": "Band {letter} must have room for at least one participant",
    }
)


def check(contract: Contract, cohort: int, *, has_place: bool, mentor_funding: bool) -> None:
    """Hold a new version against its cohort. `has_place` says that the lead provider is in it.

    Raises Refused, the first of: `no_place`; in `mentor_price_pence` `mentor_price_missing`, `mentor_price_unused`; in
    `bands` `first_band`, `empty_band`, `bands_apart`.
    """
    if not has_place:
        raise Refused("no_place", cohort=cohort)
    if mentor_funding and contract.mentor_price_pence is None:
        raise Refused("mentor_price_missing", "mentor_price_pence", cohort=cohort)
    if not mentor_funding and contract.mentor_price_pence is not None:
        raise Refused("mentor_price_unused", "mentor_price_pence", cohort=cohort)
    _check_bands(contract)


def _check_bands(contract: Contract) -> None:
    first = contract.bands[0]
    if first.min not in FIRST_NUMBERS:
        raise Refused("first_band", "bands", letter=first.letter)
    if first.max < 1:
        raise Refused("empty_band", "bands", letter=first.letter)
    for before, band in pairwise(contract.bands):
        if band.min != before.max + 1:
            raise Refused("bands_apart", "bands", letter=band.letter, expected=before.max + 1)
