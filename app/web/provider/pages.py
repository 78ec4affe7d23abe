"""What a lead provider’s templates are given: plain values, one dataclass for each template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.web.journeys.page import FieldView
from app.web.offices.pages import Table
from app.web.render import Link, Notice, PageError
from app.web.school.listing import Listed
from app.web.school.pages import Group, TagView, Trail


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with a search and filters above it, where it has them. `empty` instead of rows, with a way on."""

    title: str
    action: str
    heading: str
    table: Table | None
    listed: Listed
    empty: str
    tab: str
    search: FieldView | None = None
    filters: tuple[FieldView, ...] = ()
    before: tuple[str, ...] = ()
    button: Link | None = None
    way_on: Link | None = None
    trail: Trail = ()
    notices: tuple[Notice, ...] = ()
    tabs: str = "provider"


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record: facts in groups, then what can be done about it, then tables. A group may do without a heading;
    `after` stands instead of a table of declarations.
    """

    title: str
    trail: Trail
    groups: tuple[Group, ...]
    tab: str
    status: TagView | None = None
    before: tuple[str, ...] = ()
    buttons: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    after: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    tabs: str = "provider"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, its label the h1. `kind` of the field is radios, select or text."""

    title: str
    back: str
    field: FieldView
    hidden: Mapping[str, str] = field(default_factory=dict)
    button: str = "Continue"
    errors: tuple[PageError, ...] = ()
    tab: str = "proposals"
    tabs: str = "provider"


@dataclass(frozen=True, slots=True)
class TokenPage:
    """A new token, shown this once."""

    title: str
    name: str
    token: str
    on: Link
    tab: str = "tokens"
    tabs: str = "provider"
