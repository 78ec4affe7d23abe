"""Answers at rest open only with their key, for their run, unchanged."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.sealing import Keys, Sealed, UnreadableError, seal, unseal


def encoded(letter: str, length: int = 32) -> str:
    return base64.b64encode(letter.encode() * length).decode()


OLD, NEW = f"old:{encoded('a')}", f"new:{encoded('b')}"
RUN = "01990000-0000-7000-8000-000000000001"


@given(st.binary(max_size=5000))
def test_what_is_sealed_comes_back(plain: bytes) -> None:
    keys = Keys.read(NEW)
    assert unseal(seal(plain, RUN, keys), RUN, keys) == plain


def test_the_answers_cannot_be_read_in_what_is_stored() -> None:
    sealed = seal(b'{"trn": "3001234"}', RUN, Keys.read(NEW))
    assert b"3001234" not in sealed.content


def test_sealing_twice_gives_different_bytes() -> None:
    keys = Keys.read(NEW)
    assert seal(b"same", RUN, keys) != seal(b"same", RUN, keys)


def test_a_rotated_key_still_opens_what_it_sealed_and_the_first_seals() -> None:
    sealed = seal(b"kept", RUN, Keys.read(OLD))
    rotated = Keys.read(f"{NEW}, {OLD}")
    assert unseal(sealed, RUN, rotated) == b"kept"
    assert seal(b"fresh", RUN, rotated).key_id == "new"


def test_a_key_that_was_taken_away_opens_nothing() -> None:
    sealed = seal(b"kept", RUN, Keys.read(OLD))
    with pytest.raises(UnreadableError, match="not here any more"):
        unseal(sealed, RUN, Keys.read(NEW))


def test_a_wrong_key_under_the_right_name_opens_nothing() -> None:
    sealed = seal(b"kept", RUN, Keys.read(OLD))
    with pytest.raises(UnreadableError):
        unseal(sealed, RUN, Keys.read(f"old:{encoded('c')}"))


def test_another_run_opens_nothing() -> None:
    keys = Keys.read(NEW)
    with pytest.raises(UnreadableError):
        unseal(seal(b"kept", RUN, keys), RUN.replace("1", "2"), keys)


def test_a_single_changed_byte_anywhere_is_noticed() -> None:
    keys = Keys.read(NEW)
    sealed = seal(b"kept", RUN, keys)
    for place in range(len(sealed.content)):
        changed = bytearray(sealed.content)
        changed[place] ^= 1
        with pytest.raises(UnreadableError):
            unseal(Sealed(sealed.key_id, bytes(changed)), RUN, keys)


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_what_is_cut_short_opens_nothing(length: int) -> None:
    keys = Keys.read(NEW)
    sealed = seal(b"kept", RUN, keys)
    with pytest.raises(UnreadableError):
        unseal(Sealed("new", sealed.content[:length]), RUN, keys)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "at least one"),
        (" , ", "at least one"),
        (encoded("a"), "id of its own"),
        (f":{encoded('a')}", "id of its own"),
        (f"{OLD},{OLD}", "id of its own"),
        ("old:not base64!", "not in base64"),
        (f"old:{encoded('a', 16)}", "not 32 bytes"),
    ],
)
def test_keys_that_cannot_be_used_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Keys.read(text)


def test_keys_do_not_show_themselves() -> None:
    assert "aaaa" not in repr(Keys.read(OLD))
    with pytest.raises(ValueError, match="not 32 bytes") as refusal:
        Keys.read(f"old:{encoded('a', 31)}")
    assert encoded("a", 31)[:8] not in str(refusal.value)
