"""Filling placeholders in a journey’s words: “Will {DP} run {name’s} training too?”.

A placeholder is anything between braces, spelt as in the words themselves (spaces and apostrophes included),
so the text in a journey file reads the same as the text agreed with designers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def placeholders(text: str) -> frozenset[str]:
    """The names between braces in a text."""
    return frozenset(PLACEHOLDER.findall(text))


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with every placeholder replaced once; values are never scanned again.

    Raises KeyError for a placeholder that `words` doesn’t know: a missing word is a fault, not a blank.
    """
    if "{" not in text:
        return text
    return PLACEHOLDER.sub(lambda found: words[found.group(1)], text)


def listed(names: Sequence[str]) -> str:
    """“Ada, Ben and Cai”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
