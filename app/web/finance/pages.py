"""What finance’s templates are given: plain values, one dataclass for each template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.web.journeys.page import FieldView, SummaryRow
from app.web.offices.pages import Table
from app.web.render import Link, Notice, PageError
from app.web.school.listing import Listed
from app.web.school.pages import NamedLink, TagView, Trail


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
