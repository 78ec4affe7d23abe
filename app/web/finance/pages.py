"""What finance’s templates are given: plain values, one dataclass for each template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.web.journeys.page import FieldView, SummaryRow
from app.web.render import Link, Notice, PageError
from app.web.school.listing import Listed
from app.web.school.pages import NamedLink, TagView, Trail

Cell = str | NamedLink | TagView


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. `numeric` are the columns, from 0, whose figures stand right; the first cell of a row is
    its header. A `wide` one scrolls by itself on a phone. `total` is a last row in bold. Without a `size` the caption
    is there for screen readers only. Columns in `unprinted` are for the screen.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    wide: bool = True
    total: tuple[str, ...] = ()
    size: str = "m"
    unprinted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list with filters above it. `sentences` stand between them; `empty` instead of rows, with a way on."""

    title: str
    action: str
    filters: tuple[FieldView, ...]
    heading: str
    sentences: tuple[str, ...]
    table: Table | None
    listed: Listed
    empty: str
    way_on: Link | None
    tab: str
    notices: tuple[Notice, ...] = ()
    tabs: str = "finance"


@dataclass(frozen=True, slots=True)
class Payment:
    """Where the payment of a statement stands, and what can be done about it."""

    sentences: tuple[str, ...]
    button: Link | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement. `amounts` is the sum it comes to; `tables` are where that comes from."""

    title: str
    trail: Trail
    status: TagView
    rows: tuple[SummaryRow, ...]
    contract: Link
    payment: Payment
    warnings: tuple[str, ...]
    amounts: Table | None
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    adjustments: Table | None
    add_adjustment: str
    lines: Link
    download: Link
    notices: tuple[Notice, ...] = ()
    tabs: str = "finance"
    tab: str = "statements"


@dataclass(frozen=True, slots=True)
class LinesPage:
    """What is on a statement, line by line."""

    title: str
    trail: Trail
    table: Table | None
    listed: Listed
    download: Link
    tabs: str = "finance"
    tab: str = "statements"


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more, and says what will happen. `hidden` is what was seen, sent along by name."""

    title: str
    back: str
    button: str
    sentences: tuple[str, ...]
    rows: tuple[SummaryRow, ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    bullets: tuple[str, ...] = ()
    kind: str = ""
    no: str = "Cancel"
    tabs: str = "finance"
    tab: str = "statements"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one legend, “” for fields that stand by themselves."""

    legend: str
    fields: tuple[FieldView, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form. `before` are sentences above it."""

    title: str
    back: str
    button: str
    groups: tuple[FieldGroup, ...]
    hidden: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    errors: tuple[PageError, ...] = ()
    tabs: str = "finance"
    tab: str = "statements"


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What was typed, before it is stored. `hidden` is all of it; “Change” and the main button both send it. Only a
    contract has `bands`.
    """

    title: str
    back: str
    button: str
    sentences: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    bands: Table | None
    hidden: Mapping[str, str]
    tabs: str = "finance"
    tab: str = "contracts"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Finds a declaration or a person. `waiting` are declarations that no statement could take."""

    title: str
    search: FieldView
    nothing: str
    waiting: Table | None
    more_waiting: bool
    errors: tuple[PageError, ...] = ()
    tabs: str = "finance"
    tab: str = "declarations"


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """One declaration, its lines on statements, and what happened to it."""

    title: str
    trail: Trail
    status: TagView
    rows: tuple[SummaryRow, ...]
    person: NamedLink
    button: Link | None
    lines: Table | None
    history: Table
    notices: tuple[Notice, ...] = ()
    tabs: str = "finance"
    tab: str = "declarations"


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """A person: funding, training, every declaration about them, and what happened."""

    title: str
    trail: Trail
    rows: tuple[SummaryRow, ...]
    training: Table | None
    declarations: Table | None
    history: Table | None
    listed: Listed
    notices: tuple[Notice, ...] = ()
    tabs: str = "finance"
    tab: str = "declarations"


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a contract."""

    heading: str
    rows: tuple[SummaryRow, ...]
    bands: Table


@dataclass(frozen=True, slots=True)
class ContractPage:
    """Every version of a contract, the newest first."""

    title: str
    trail: Trail
    add: Link
    versions: tuple[VersionView, ...]
    notices: tuple[Notice, ...] = ()
    tabs: str = "finance"
    tab: str = "contracts"
