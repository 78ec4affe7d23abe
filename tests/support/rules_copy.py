"""Page rules about words. Each yields what is wrong. Rounds keep their words; people’s texts are exempt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.support.document import Document, text_of
from tests.support.pages import Visit

QUOTED = frozenset({"code", "pre", "kbd", "samp", "script", "style", "template"})
SPOKEN = ("alt", "aria-label", "title", "label", "summary")
STRAIGHT = re.compile(r".{0,30}['\"`].{0,30}")
UNKIND = re.compile(r"\b(please|sorry|valid|invalid|oops)\b", re.IGNORECASE)
# Words, table 9, the column “Never on a school’s page”.
INTERNAL = re.compile(
    r"\b(cohorts?|participants?|proposals?|expressions? of interest|active|declined|rejected|"
    r"challeng(?:e|es|ed|ing)|pairings?|eligible|linked|null|tbc|n/a)\b",
    re.IGNORECASE,
)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
UNFILLED = re.compile(r"\{[a-zA-Z][^}]*\}|\{\{|%\(|\bNone\b(?= *$)|<[A-Z]\w+ object")


def has_curly_quotes(page: Document, visit: Visit) -> Iterator[str]:
    """Apostrophes and quotation marks are curly."""
    if not visit.is_round:
        yield from (
            f"straight quotes in “{found.group()}”" for found in STRAIGHT.finditer(our_words(page, visit))
        )


def has_kind_words(page: Document, visit: Visit) -> Iterator[str]:
    """No please, sorry, valid, invalid, oops."""
    if not visit.is_round:
        yield from (f"says “{found.group()}”" for found in UNKIND.finditer(our_words(page, visit)))


def has_school_words(page: Document, visit: Visit) -> Iterator[str]:
    """None of the words that only code and the API use."""
    if not (visit.is_round or visit.is_statement or visit.is_for_providers or visit.is_for_finance):
        yield from (
            f"says “{found.group()}” to a school" for found in INTERNAL.finditer(our_words(page, visit))
        )


def shows_names_not_ids(page: Document, visit: Visit) -> Iterator[str]:
    """No identifier of a record in text."""
    if not (visit.is_for_providers or visit.is_for_finance):
        yield from (f"shows the id {found.group()}" for found in IDENTIFIER.finditer(text_of(page.body)))


def fills_every_gap(page: Document, visit: Visit) -> Iterator[str]:
    """No placeholder of a message or a template left as it is."""
    words = our_words(page, visit)
    yield from (f"a gap is left: “{found.group()}”" for found in UNFILLED.finditer(words))


def our_words(page: Document, visit: Visit) -> str:
    """Our copy: title, text outside code, and spoken attributes, without people’s and registers’ texts."""
    pieces = [page.title]
    for element in page.all(within=page.body):
        if element.tag in QUOTED:
            continue
        pieces.append(element.text or "")
        pieces += [child.tail or "" for child in element]
        pieces += [element.get(name, "") for name in SPOKEN]
    words = re.sub(r"[ \t\r\f]*\n\s*", "\n", "\n".join(pieces))
    for text in sorted(visit.data, key=len, reverse=True):
        words = words.replace(text, "")
    return words


RULES = (has_curly_quotes, has_kind_words, has_school_words, shows_names_not_ids, fills_every_gap)
