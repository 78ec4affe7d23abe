"""What a journey template is given: plain values, no look-ups.

One dataclass per template. The runner fills them from the walk; the templates only print them, so a
template never decides anything about the journey.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.web.render import Link, Notice, PageError


@dataclass(frozen=True, slots=True)
class OptionView:
    """One radio, or one `<option>`. `hints` are printed one to a line; `divided` puts “or” before it."""

    value: str
    label: str
    hints: tuple[str, ...] = ()
    checked: bool = False
    divided: bool = False
    input_id: str = ""
    reveals: FieldView | None = None


@dataclass(frozen=True, slots=True)
class FieldView:
    """One control with its label.

    `kind` is radios, text, date or autocomplete. `is_heading` makes the label or legend the h1.
    For a date, `parts` are the day, month and year as typed and `wrong_parts` names those at fault.
    """

    kind: str
    name: str
    label: str
    is_heading: bool = False
    hint: str = ""
    error: str = ""
    value: str = ""
    options: tuple[OptionView, ...] = ()
    parts: tuple[str, str, str] = ("", "", "")
    wrong_parts: tuple[str, ...] = ()
    width: str = ""
    inputmode: str = ""
    spellcheck: bool = True
    suggestions: tuple[str, ...] = ()
    placeholder: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A piece of page text.

    `kind`: para (text), heading (text, an h2), bullets (items), numbers (items), link (text, href), rows (rows of
    label and value), comparison (the short three-role table, `text` the teacher’s possessive), details (text is the
    summary, `blocks` inside), inset (text), quiet (text in smaller type), secondary (a link styled as a button).
    """

    kind: str
    text: str = ""
    href: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    blocks: tuple[BlockView, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A page with a form. When no field `is_heading`, `title` is a plain h1 above `before`."""

    title: str
    action: str
    back: str | None
    version: int
    fields: tuple[FieldView, ...] = ()
    before: tuple[BlockView, ...] = ()
    after: tuple[BlockView, ...] = ()
    notices: tuple[Notice, ...] = ()
    errors: tuple[PageError, ...] = ()
    button: str = "Continue"
    ways_out: tuple[OptionView, ...] = ()
    changing: bool = False
    tabs: str = "school"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer. `notes` are smaller lines below the value; `change` is None when it can’t be changed here."""

    label: str
    value: str
    notes: tuple[str, ...] = ()
    change: str | None = None
    change_what: str = ""


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A heading, its rows, and a link below the list when there is one."""

    heading: str
    rows: tuple[SummaryRow, ...]
    after: tuple[BlockView, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckAnswersPage:
    """Every heard answer, then what happens next, then the one button that sends."""

    title: str
    action: str
    back: str | None
    version: int
    sections: tuple[SummarySection, ...]
    holding: str = ""
    before: tuple[BlockView, ...] = ()
    after: tuple[BlockView, ...] = ()
    notices: tuple[Notice, ...] = ()
    errors: tuple[PageError, ...] = ()
    button: str = "Continue"
    tabs: str = "school"


@dataclass(frozen=True, slots=True)
class StopPage:
    """A dead end: text, one way out as a button when there is one, and links."""

    title: str
    back: str | None
    blocks: tuple[BlockView, ...]
    button: Link | None = None
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    errors: tuple[PageError, ...] = ()
    tabs: str = "school"


@dataclass(frozen=True, slots=True)
class DonePage:
    """Confirmation: a panel (title and reference), then blocks."""

    title: str
    reference: str
    blocks: tuple[BlockView, ...]
    back: str | None = None
    notices: tuple[Notice, ...] = ()
    errors: tuple[PageError, ...] = ()
    tabs: str = "school"
