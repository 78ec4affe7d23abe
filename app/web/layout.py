"""What stands round every page: head, header, navigation, footer.

GOV.UK Frontend’s `template.html` takes longer to run than everything else on a page together, and gives the same
text for every page with the same tabs. So it runs once for each LayoutKind, with marks where a page differs, and
is cut at the marks. A request only joins the pieces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

SERVICE_NAME = "Register early career teachers"
# Private use characters: they occur in no copy and no filter changes them.
_MARK = re.compile("\ue000([a-z_]+)\ue001")
# Where page.html puts its blocks, in this order. Every other mark is a value, put in by `filled`.
SLOTS = ("title", "head", "before_main", "main")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the service navigation. `href` may hold `{urn}`, the school’s."""

    slug: str
    text: str
    href: str


WHO_DOES_WHAT = Tab("who-does-what", "Who does what", "/guidance/who-does-what")
# By `page.tabs`. The rounds had their own tabs when they were tested (School journey, “Rounds, as tested”).
TABS: Mapping[str, tuple[Tab, ...]] = {
    "none": (WHO_DOES_WHAT,),
    "school": (
        Tab("ects", "Your ECTs", "/schools/{urn}/ects"),
        Tab("mentors", "Your mentors", "/schools/{urn}/mentors"),
        Tab("partnerships", "Partnerships", "/schools/{urn}/partnerships"),
        WHO_DOES_WHAT,
    ),
    "finance": (
        Tab("statements", "Statements", "/finance/statements"),
        Tab("declarations", "Declarations", "/finance/declarations"),
        Tab("contracts", "Contracts", "/finance/contracts"),
    ),
    "provider": (
        Tab("proposals", "Proposals", "/provider/proposals"),
        Tab("partnerships", "Partnerships", "/provider/partnerships"),
        Tab("participants", "Participants", "/provider/participants"),
        Tab("statements", "Statements", "/provider/statements"),
        Tab("tokens", "API tokens", "/provider/tokens"),
    ),
    "round-1": (),
    "round-2": (Tab("ects", "Your ECTs", "/rounds"), Tab("mentors", "Your mentors", "/rounds")),
}


@dataclass(frozen=True, slots=True)
class LayoutKind:
    """Everything that the text round a page depends on, apart from the values put in by `filled`."""

    tabs: str
    tab: str
    signed_in: bool
    brand: str
    support_email: str
    idle_seconds: int = 0


class Frame(NamedTuple):
    """The finished pieces round one page’s blocks, in the order page.html prints them."""

    start: Markup
    title: Markup
    head: Markup
    opening: Markup
    main: Markup
    end: Markup


@dataclass(frozen=True, slots=True)
class Layout:
    """The text round a page, cut into the pieces between SLOTS.

    A piece is finished text, or alternates text and the names of values.
    """

    pieces: tuple[Markup | tuple[str, ...], ...]

    def filled(self, title: str, values: Mapping[str, str]) -> Frame:
        """Put the values of one request in. KeyError for a value that the layout asks for and isn’t given."""
        start, *rest = [each if isinstance(each, Markup) else _joined(each, values) for each in self.pieces]
        return Frame(start, escape(title), *rest)


def make_layout(env: Environment, kind: LayoutKind) -> Layout:
    """Run the layout’s template for one kind and cut it at the marks."""
    tabs = TABS[kind.tabs]
    html = env.get_template("layout.html").render(
        kind=kind,
        tabs=[(tab.text, tab.href.replace("{urn}", _mark("urn")), tab.slug == kind.tab) for tab in tabs],
        mark=_mark,
        service_name=SERVICE_NAME,
    )
    return Layout(tuple(_pieces(_MARK.split(html))))


def _pieces(parts: list[str]) -> list[Markup | tuple[str, ...]]:
    """Cut [text, name, text, name, …, text] at the names that are slots."""
    pieces = [[parts[0]]]
    found: list[str] = []
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        if name in SLOTS:
            found.append(name)
            pieces.append([text])
        else:
            pieces[-1] += (name, text)
    if tuple(found) != SLOTS:
        raise ValueError(f"the layout has the slots {found}, not {list(SLOTS)}")
    return [Markup(piece[0]) if len(piece) == 1 else tuple(piece) for piece in pieces]


def _joined(piece: tuple[str, ...], values: Mapping[str, str]) -> Markup:
    """Safe: the text is a template’s own, and each value is escaped."""
    texts = list(piece)
    for at in range(1, len(texts), 2):
        texts[at] = escape(values[piece[at]])
    return Markup("".join(texts))


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"
