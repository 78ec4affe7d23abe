"""When two spellings are the same name: for search, for keys, and for text typed instead of chosen.

Never used to decide that two organisations are one: that is an organisation link, made by a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# Typewriter and curly, both ways round; grave and acute accents; primes; the letters that look like one.
APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\uff07"
# Hyphen, non-breaking hyphen, figure, en and em dash, bar, minus sign, and their small and wide forms.
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Letters that carry no separable accent, so that decomposing leaves them as they are.
LETTERS = dict(zip("øđðłħŧ\u0131", "oddlhti", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"}

_NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
_PLAIN = str.maketrans(dict.fromkeys(HYPHENS, " ") | {"&": " and "} | LETTERS)
_UNSEEN = frozenset({"Mn", "Cf"})


def fold(text: str) -> str:
    """The text without what people don’t type alike.

    Case, accents, apostrophes of any shape (dropped), hyphens and dashes (a space), “&” (“and”), runs of
    spaces and invisible characters. Folding a folded text changes nothing.
    """
    # Before decomposing: a spacing acute accent would fall apart into a space and an accent.
    text = _bare(text.translate(_NO_APOSTROPHES)).casefold()
    text = _bare(text).translate(_NO_APOSTROPHES).translate(_PLAIN)
    return " ".join(text.split())


def find_in(typed: str, names: Mapping[str, str]) -> str | None:
    """The key of the one name that the typed text is; None for no name, and for a text that fits several.

    `names` maps a key (an id) to a name. A name typed letter for letter wins over others that fold alike.
    """
    exact = [key for key, name in names.items() if name == typed.strip()]
    if len(exact) == 1:
        return exact[0]
    wanted = fold(typed)
    alike = [key for key, name in names.items() if wanted and fold(name) == wanted]
    return alike[0] if len(alike) == 1 else None


def _bare(text: str) -> str:
    """Compatibility form without accents and invisible characters. ASCII has neither."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) not in _UNSEEN)
