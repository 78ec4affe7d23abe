"""What the documentation’s pages are made of. All of them are for readers, so none asks anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.web.render import Link, Notice, PageError

HOME = Link("Lead provider API", "/api")


@dataclass(frozen=True, slots=True)
class Codes:
    """A cell of a table with words of the API in it, perhaps with our own before and after."""

    codes: tuple[str, ...]
    before: str = ""
    after: str = ""


Cell = str | Codes


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of each row is its header."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of text with tables by their names. `above` are the pages it stands under, the nearest last.

    `commands` are for the service at `server`; `numbers` are limits in words; `sentences` are refusals or cohorts.
    """

    title: str
    server: str
    above: tuple[Link, ...] = (HOME,)
    tables: Mapping[str, Table] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    support_email: str = ""
    errors: tuple[PageError, ...] = ()
    notices: tuple[Notice, ...] = ()
    back: str | None = None
    tabs: str = "none"
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages that belong together, for a list of links with a line about each."""

    heading: str
    links: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """A page that leads to others."""

    title: str
    lead: str
    chapters: tuple[Chapter, ...]
    above: tuple[Link, ...] = (HOME,)
    errors: tuple[PageError, ...] = ()
    notices: tuple[Notice, ...] = ()
    back: str | None = None
    tabs: str = "none"
    tab: str = ""


@dataclass(frozen=True, slots=True)
class OperationPage:
    """One operation: how to ask, what can be sent, what comes back."""

    title: str
    description: str
    way: str
    command: str
    answer: str
    statuses: Table
    attributes: tuple[Table, ...]
    asked: Table | None
    sent: tuple[Table, ...]
    above: tuple[Link, ...]
    errors: tuple[PageError, ...] = ()
    notices: tuple[Notice, ...] = ()
    back: str | None = None
    tabs: str = "none"
    tab: str = ""
