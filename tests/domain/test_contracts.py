from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.contracts import MESSAGES, check
from app.domain.payments import Band, Contract
from app.domain.refusals import Refused

A, B = Band("A", 0, 2000, 995_00), Band("B", 2001, 4000, 979_00)
PLAIN = Contract((A, B), 6000, 149_651_00, None, 100_00, True)


def refused(contract: Contract, *, place: bool = True, mentors: bool = False) -> tuple[str, str, str]:
    """Reason, field and sentence."""
    with pytest.raises(Refused) as found:
        check(contract, 2025, has_place=place, mentor_funding=mentors)
    reason = found.value.reason
    return reason, found.value.field, MESSAGES[reason].format(**found.value.detail)


@pytest.mark.parametrize("first", [A, replace(A, min=1)])
def test_bands_that_follow_each_other_from_the_first_participant_are_taken(first: Band) -> None:
    contract = replace(PLAIN, bands=(first, B))
    assert check(contract, 2024, has_place=True, mentor_funding=False) is None
    assert check(replace(contract, mentor_price_pence=0), 2025, has_place=True, mentor_funding=True) is None


def test_a_band_begins_right_after_the_one_before_it() -> None:
    for wrong in (2000, 2002):
        contract = replace(PLAIN, bands=(A, replace(B, min=wrong)))
        assert refused(contract) == (
            "bands_apart",
            "bands",
            "Band B must begin at 2001, right after the one before it",
        )


def test_the_first_band_begins_at_the_first_participant_and_has_room() -> None:
    assert refused(replace(PLAIN, bands=(replace(A, min=2), B)))[:2] == ("first_band", "bands")
    assert refused(replace(PLAIN, bands=(replace(A, max=0),)))[:2] == ("empty_band", "bands")


def test_the_price_of_a_mentor_is_there_exactly_where_mentors_are_funded() -> None:
    assert refused(PLAIN, mentors=True) == (
        "mentor_price_missing",
        "mentor_price_pence",
        "Enter the price of a mentor: the 2025 cohort has mentor funding",
    )
    assert refused(replace(PLAIN, mentor_price_pence=0))[:2] == ("mentor_price_unused", "mentor_price_pence")


def test_a_lead_provider_has_a_place_before_it_has_a_contract() -> None:
    assert refused(PLAIN, place=False) == (
        "no_place",
        "",
        "This lead provider has no place in the 2025 cohort",
    )
