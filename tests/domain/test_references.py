from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.references import ALPHABET, new_reference


@given(st.binary(min_size=8, max_size=32))
def test_a_reference_has_two_groups_of_four_from_the_alphabet(random_bytes: bytes) -> None:
    assert re.fullmatch(rf"ECT-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_reference(random_bytes))
    assert new_reference(random_bytes) == new_reference(random_bytes)


def test_a_reference_has_nothing_to_mistake() -> None:
    for pair in ("0O", "1I", "1L", "IL", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(pair) & set(ALPHABET)) < 2, pair
    assert not set("AEIOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_every_sign_of_a_reference_moves_with_the_bytes() -> None:
    references = [new_reference(number.to_bytes(8, "big")) for number in range(0, 24**8, 24**8 // 997)]
    assert len(set(references)) == len(references)
    for place in (4, 5, 6, 7, 9, 10, 11, 12):
        assert {reference[place] for reference in references} == set(ALPHABET)


def test_too_few_bytes_make_no_reference() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        new_reference(b"1234567")
