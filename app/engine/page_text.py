"""The text of a page: words that may depend on what was said, and the blocks and banners made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.engine.conditions import Condition


@dataclass(frozen=True, slots=True)
class Either:
    """One text when the condition holds, another when not (none by default)."""

    when: Condition
    then: str
    otherwise: str = ""


Words = str | Either


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of page text, shown when its condition holds (always, without one)."""

    when: Condition | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Para(Block):
    """A paragraph."""

    text: Words


@dataclass(frozen=True, slots=True)
class Subheading(Block):
    """An h2."""

    text: Words


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """A list; `lead_in` is the line above it."""

    items: tuple[str, ...]
    lead_in: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class LinkTo(Block):
    """A link to a page of this journey (`page`) or to a named place outside it (`place`)."""

    text: Words
    page: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """Rows of label and value; a value of nothing is shown as `gap`."""

    rows: tuple[tuple[str, str], ...]
    gap: str = "Not known"


@dataclass(frozen=True, slots=True)
class Comparison(Block):
    """The short comparison of the three roles."""


@dataclass(frozen=True, slots=True)
class Toggle(Block):
    """Details that open: a summary and what is inside. For what only a few need."""

    summary: str
    inside: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """A notification above the heading, shown when its remark (or condition) applies."""

    title: Words
    text: Words
    remark: str = ""
    when: Condition | None = None
    link: LinkTo | None = None
