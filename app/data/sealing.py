"""Answers at rest: AES-256-GCM, with the id of the key beside each draft so that keys can rotate (Trust, 6).

The run's id is authenticated with the answers: a sealed draft copied to another run can't be opened there.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class UnreadableError(Exception):
    """What was sealed can't be opened: an unknown or a wrong key, another run, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that drafts are sealed with: new ones with `current`, older ones still open with theirs."""

    current: str
    by_id: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def read(cls, text: str) -> Keys:
        """Keys written “id:base64 of 32 bytes, id:…”, the current one first.

        Raises ValueError, without any key in its message, for anything else.
        """
        by_id: dict[str, bytes] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            key_id, colon, encoded = part.partition(":")
            # Without a colon the part may be a bare key, which no message may show.
            if not key_id or not colon or key_id in by_id:
                raise ValueError("each run key needs an id of its own, written before a colon")
            by_id[key_id] = _key(key_id, encoded)
        if not by_id:
            raise ValueError("at least one run key is needed")
        return cls(next(iter(by_id)), by_id)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Sealed bytes, and the id of the key that opens them."""

    key_id: str
    content: bytes


def seal(plain: bytes, run_id: str, keys: Keys) -> Sealed:
    """`plain` sealed for the run with the current key. Sealing the same bytes twice gives different bytes."""
    nonce = os.urandom(_NONCE_BYTES)
    content = AESGCM(keys.by_id[keys.current]).encrypt(nonce, plain, run_id.encode())
    return Sealed(keys.current, nonce + content)


def unseal(sealed: Sealed, run_id: str, keys: Keys) -> bytes:
    """What was sealed for the run. Raises UnreadableError."""
    key = keys.by_id.get(sealed.key_id)
    if key is None:
        raise UnreadableError("sealed with a key that is not here any more")
    nonce, content = sealed.content[:_NONCE_BYTES], sealed.content[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, content, run_id.encode())
    except (InvalidTag, ValueError):
        raise UnreadableError("not sealed with this key for this run") from None


def _key(key_id: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ValueError(f"run key {key_id} is not in base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"run key {key_id} is not {KEY_BYTES} bytes long")
    return key
