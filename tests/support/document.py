"""A parsed HTML page, with the few questions that tests ask of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import html5lib

from tests.support import quick_reading

SILENT = frozenset({"script", "style", "template", "noscript"})
CONTROLS = frozenset({"input", "select", "textarea"})
LEAVES = frozenset(
    {"a", "button", "dd", "dt", "h1", "h2", "h3", "label", "legend", "li", "option", "p", "td", "th"}
)
BLANKS = re.compile(r"\s+")

Sent = dict[str, list[str]]
"""What a form sends, by the names of its fields."""


class Document:
    """One page. `errors` are what a strict HTML5 parser objects to, with line and column; none when read quickly."""

    def __init__(self, html: str, *, strict: bool = True) -> None:
        self.html = html
        self.errors: tuple[str, ...] = ()
        self.root = self._parsed(html) if strict else quick_reading.read(html)
        self.elements = tuple(element for element in self.root.iter() if isinstance(element.tag, str))
        self.parents = {child: parent for parent in self.elements for child in parent}
        self.by_id = {identity: element for element in self.elements if (identity := element.get("id"))}

    def _parsed(self, html: str) -> Element:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root: Element = parser.parse(html)
        self.errors = tuple(
            f"{code} at line {at[0]}, column {at[1]} {detail}" for at, code, detail in parser.errors
        )
        return root

    def same_as(self, other: Document) -> bool:
        """Whether both readings found the same elements, attributes and text."""
        return self._outline() == other._outline()

    def _outline(self) -> list[tuple[str, dict[str, str], str]]:
        return [
            (
                each.tag.split("}")[-1].lower(),
                {name.split("}")[-1].lower(): value for name, value in each.attrib.items()},
                text_of(each) if each.tag in LEAVES else "",
            )
            for each in self.elements
        ]

    def all(self, *tags: str, cls: str = "", within: Element | None = None) -> tuple[Element, ...]:
        """Elements in document order, of these tags (all when none) and, when given, with this class."""
        pool = self.elements if within is None else tuple(e for e in within.iter() if isinstance(e.tag, str))
        return tuple(
            e for e in pool if (not tags or e.tag in tags) and (not cls or cls in e.get("class", "").split())
        )

    def one(self, *tags: str, cls: str = "", within: Element | None = None) -> Element | None:
        """The first of `all`, or None."""
        found = self.all(*tags, cls=cls, within=within)
        return found[0] if found else None

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Parent, grandparent and so on up to the root."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def inside(self, element: Element, *tags: str, cls: str = "") -> Element | None:
        """The nearest ancestor of one of these tags, with this class when given."""
        for parent in self.ancestors(element):
            if (not tags or parent.tag in tags) and (not cls or cls in parent.get("class", "").split()):
                return parent
        return None

    @property
    def body(self) -> Element:
        """The body; the parser always makes one."""
        found = self.one("body")
        assert found is not None
        return found

    @property
    def main(self) -> Element | None:
        """The main landmark."""
        return self.one("main")

    @property
    def title(self) -> str:
        """What the browser’s tab says."""
        found = self.one("title")
        return "" if found is None else text_of(found)

    @property
    def h1(self) -> str:
        """The text of the first h1, also inside a legend or a label."""
        found = self.one("h1")
        return "" if found is None else text_of(found)

    @property
    def error_links(self) -> tuple[tuple[str, str], ...]:
        """(text, address) of each line of the error summary."""
        summary = self.one(cls="govuk-error-summary")
        links = () if summary is None else self.all("a", within=summary)
        return tuple((text_of(link), link.get("href", "")) for link in links)

    @property
    def text(self) -> str:
        """All text of the main landmark, blanks squeezed."""
        return text_of(self.body if self.main is None else self.main)

    def link(self, text: str) -> str:
        """The address of the first link that starts with this text. Raises LookupError when there is none."""
        for element in self.all("a"):
            if text_of(element).startswith(text):
                return element.get("href", "")
        raise LookupError(f"No link starts with “{text}” on “{self.title}”.")

    def form(self, *, button: str = "") -> Element:
        """The form with this button text, else the first one in main. Raises LookupError."""
        for element in self.all("form", within=None if button else self.main):
            labels = [text_of(each) for each in self.all("button", within=element)]
            if not button or button in labels:
                return element
        raise LookupError(f"No form has the button “{button}” on “{self.title}”.")


def text_of(element: Element) -> str:
    """Text as a reader gets it, visually hidden text included, blanks squeezed."""
    return BLANKS.sub(" ", "".join(_pieces(element))).strip()


def _pieces(element: Element) -> Iterator[str]:
    if element.tag not in SILENT:
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _pieces(child)
            yield child.tail or ""


def values_of(document: Document, form: Element) -> list[tuple[str, str]]:
    """What a browser would send for an untouched form, without its buttons."""
    pairs: list[tuple[str, str]] = []
    for control in document.all(*CONTROLS, within=form):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or kind in ("submit", "button") or "disabled" in control.attrib:
            continue
        if control.tag == "select":
            chosen = [o for o in document.all("option", within=control) if "selected" in o.attrib]
            options = chosen or list(document.all("option", within=control))[:1]
            pairs += [(name, option.get("value", text_of(option))) for option in options]
        elif control.tag == "textarea":
            pairs.append((name, control.text or ""))
        elif kind not in ("radio", "checkbox") or "checked" in control.attrib:
            pairs.append((name, control.get("value", "on" if kind in ("radio", "checkbox") else "")))
    return pairs


def sent_by(document: Document, form: Element, button: str, fields: Mapping[str, str | list[str]]) -> Sent:
    """What a browser would send when these fields are filled in and the button with this text is pressed."""
    pairs = [pair for pair in values_of(document, form) if pair[0] not in fields]
    for name, value in fields.items():
        pairs += [(name, each) for each in (value if isinstance(value, list) else [value])]
    for each in document.all("button", within=form):
        if each.get("name") and text_of(each) == button:
            pairs.append((each.get("name", ""), each.get("value", "")))
    sent: Sent = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent
