"""Hidden words that tell links with the same text apart (Every page, rule 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def apart(names: Sequence[str], details: Sequence[str]) -> tuple[str, ...]:
    """For each name its detail where another has the same name, else “”; and where that too is the same, a number."""
    same = Counter(names)
    extra = [detail if same[name] > 1 else "" for name, detail in zip(names, details, strict=True)]
    whole = Counter(zip(names, extra, strict=True))
    seen: Counter[tuple[str, str]] = Counter()
    told = []
    for pair in zip(names, extra, strict=True):
        seen[pair] += 1
        told.append(f"{pair[1]}, {seen[pair]} of {whole[pair]}" if whole[pair] > 1 else pair[1])
    return tuple(told)
