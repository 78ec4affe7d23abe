"""What templates of finance and of lead providers are both given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.web.journeys.page import SummaryRow
from app.web.school.pages import NamedLink, TagView

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
