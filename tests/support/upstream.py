"""GOV.UK Frontend’s own fixtures: for each component, options and the HTML they must give.

`govuk_fixtures/fixtures.json.gz` holds name, options and html of every case of the components we have macros
for, taken from `dist/govuk/components/*/fixtures.json` of the npm package govuk-frontend 6.3.0.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from markupsafe import Markup

FIXTURES = Path(__file__).parent / "govuk_fixtures" / "fixtures.json.gz"
BLANKS = re.compile(r"\s+")


class NotOffered(Exception):
    """The case uses an option that our macro doesn’t have."""


@dataclass(frozen=True, slots=True)
class Case:
    """One upstream fixture."""

    component: str
    name: str
    options: Mapping[str, Any]
    html: str


class Given:
    """A case’s options, taken out one by one; what is left at the end is not offered."""

    def __init__(self, options: Mapping[str, Any] | None) -> None:
        self.left = dict(options or {})

    def take(self, name: str, default: Any = None) -> Any:
        """An option’s value."""
        return self.left.pop(name, default)

    def within(self, name: str) -> Given:
        """The options inside an option; to be ended too."""
        return Given(self.left.pop(name, None))

    def words(self, text: str = "text", html: str = "html") -> str:
        """Text, or HTML as it is. Upstream prefers the HTML."""
        plain, marked = self.take(text), self.take(html)
        return Markup(marked) if marked else "" if plain is None else str(plain)

    def modifier(self, block: str) -> str:
        """The one modifier class of a block that our macros set themselves; NotOffered for other classes."""
        classes = self.take("classes") or ""
        if classes and not re.fullmatch(rf"{re.escape(block)}--[\w-]+", classes):
            raise NotOffered(classes)
        return classes.removeprefix(f"{block}--")

    def end(self) -> None:
        """NotOffered when an option is left that says something."""
        if said := {name: value for name, value in self.left.items() if value not in (None, "", [], {})}:
            raise NotOffered(", ".join(said))


@cache
def cases(component: str) -> tuple[Case, ...]:
    """Every upstream case of a component, in the package’s order."""
    listed = json.loads(gzip.decompress(FIXTURES.read_bytes()))[component]
    return tuple(Case(component, each["name"], each["options"], each["html"]) for each in listed)


def tree(html: str) -> list[Any]:
    """The elements, attributes and words of a piece of HTML, as a browser reads it; blanks don’t count."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return _inside(fragment)


def _inside(element: Element) -> list[Any]:
    parts: list[Any] = _words(element.text)
    for child in element:
        if isinstance(child.tag, str):
            parts.append((child.tag, dict(child.attrib), _inside(child)))
        parts += _words(child.tail)
    return parts


def _words(text: str | None) -> list[str]:
    squeezed = BLANKS.sub(" ", text or "").strip()
    return [squeezed] if squeezed else []
