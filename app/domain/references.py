"""References that people read out: “ECT-7K3P-QX2M” for a registration, “PAR-…” for what is said of a partnership."""

from __future__ import annotations

# Of signs that look alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) at most one, and no vowels: no words.
ALPHABET = "23456789CDFHJKMNPQRTVWXY"
LENGTH = 8
FEWEST_BYTES = 8


def new_reference(random_bytes: bytes, of: str = "ECT") -> str:
    """A reference from random bytes; the same bytes give the same one.

    There are 24 to the power of 8 (110 thousand million) of them, so two can meet: the column is unique, and
    whoever stores it tries again. ValueError under 8 bytes, which would favour some references over others.
    """
    if len(random_bytes) < FEWEST_BYTES:
        raise ValueError("a reference needs at least 8 random bytes")
    number = int.from_bytes(random_bytes, "big")
    symbols = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        symbols.append(ALPHABET[place])
    return f"{of}-{''.join(symbols[:4])}-{''.join(symbols[4:])}"
