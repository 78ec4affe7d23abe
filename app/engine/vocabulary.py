"""What a journey file is written in: frozen values and nothing else.

A journey is an ordered list of pages, each with a condition on what was said before it. Questions carry all
their own words. `Words` may be a plain string or an `Either`, which picks by a condition when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.conditions import Condition
from app.engine.page_text import (
    Banner,
    Block,
    Bullets,
    Comparison,
    Either,
    Facts,
    LinkTo,
    Para,
    Subheading,
    Toggle,
    Words,
)

__all__ = [
    "Ask",
    "Autocomplete",
    "Banner",
    "Block",
    "Bullets",
    "CheckAnswers",
    "Choice",
    "Comparison",
    "DateInput",
    "Done",
    "Either",
    "Exemption",
    "Facts",
    "Field",
    "Journey",
    "LinkTo",
    "Page",
    "Para",
    "Question",
    "Radios",
    "Row",
    "Section",
    "Stop",
    "Subheading",
    "Text",
    "Toggle",
    "Words",
    "address",
    "all_choices",
    "kept_names",
    "source_of",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `divided` puts “or” before it; `forgets` names pages whose answers are dropped when it is chosen.

    `reveals` (a field shown under the option) is for records of tested rounds only.
    """

    value: str
    label: Words
    hints: tuple[Words, ...] = ()
    divided: bool = False
    when: Condition | None = None
    forgets: tuple[str, ...] = ()
    reveals: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to answer. Without a label of its own, the page’s heading is its label (or legend).

    `errors` maps a rule’s reasons to words. What isn’t `kept` is used in the request that carries it and dropped.
    """

    name: str
    label: Words = ""
    hint: Words = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """A line of text, judged by a named rule; `filled_with` is what stands in it the first time."""

    rule: str
    width: str = ""
    inputmode: str = ""
    spellcheck: bool = True
    filled_with: str = ""
    placeholder: str = ""
    suggestions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInput(Field):
    """Day, month and year, judged by a named rule; kept as yyyy-mm-dd."""

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Radios(Field):
    """One of `choices`, or of what a named source offers (listed before the choices)."""

    choices: tuple[Choice, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Autocomplete(Field):
    """One of what a named source offers, typed or picked; `ways_out` are choices shown as secondary buttons."""

    source: str
    ways_out: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A page’s worth of asking, with all its words.

    `name` keys the answer and, with hyphens, is the page’s address. `subject` names what the answer is about: it is
    heard only while the subject is the same. `notes` name things remembered with the answer, to explain later why it
    no longer counts. `counts_while` is a fact that must hold of the answer. `action` runs when it is answered; it may
    add the values listed in `derives`, each with all it can be (an empty tuple: any text).
    A question without fields only tells: Continue is its answer.
    """

    name: str
    heading: Words
    fields: tuple[Field, ...] = ()
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()
    banners: tuple[Banner, ...] = ()
    subject: str = ""
    notes: tuple[str, ...] = ()
    counts_while: str = ""
    action: str = ""
    derives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    button: str = "Continue"


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a question when the condition holds."""

    question: Question
    when: Condition | None = None

    @property
    def name(self) -> str:
        """The question’s name."""
        return self.question.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A dead end: the journey ends here while the condition holds, with nothing saved and a way back.

    With `aside_of` it is instead a page beside the route, reached by a link from the page it names.
    """

    name: str
    heading: Words
    blocks: tuple[Block, ...] = ()
    button: LinkTo | None = None
    links: tuple[LinkTo, ...] = ()
    when: Condition | None = None
    aside_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of check answers. `change` names the pages that may have decided it: the first on the path is linked.

    A row whose value comes out empty isn’t shown. `what` is the hidden text after “Change”.
    """

    label: str
    value: Words
    notes: tuple[Words, ...] = ()
    change: tuple[str, ...] = ()
    what: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its rows; `after` stands below the list."""

    heading: Words
    rows: tuple[Row, ...]
    after: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswers:
    """The last page: everything heard, and the button that sends it; `stale` when it had changed since.

    `holding` is what must still read the same when it is sent, though no answer changed: a year, over midnight.
    """

    heading: Words
    sections: tuple[Section, ...]
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()
    banners: tuple[Banner, ...] = ()
    stale: Banner | None = None
    holding: str = ""
    button: str = "Continue"
    name: str = "check_answers"
    when: Condition | None = None


Page = Ask | Stop | CheckAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The confirmation: a panel, then what happens next."""

    heading: Words
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An accessibility exception of a tested round: the selector it is for and why it stays."""

    selector: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """An ordered list of pages, what it is for, and what it does at the end.

    `variant` is “live” or a round’s name. `outcome` names what runs when the answers are sent. `tabs` names the
    service navigation its pages carry. `exceptions` are accessibility exceptions: only rounds have any.
    """

    slug: str
    variant: str
    title: str
    about: str
    outcome: str
    pages: tuple[Page, ...]
    done: Done
    tabs: str = "school"
    exceptions: tuple[Exemption, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether this is the journey that real schools use."""
        return self.variant == "live"

    def page(self, name: str) -> Page | None:
        """The page of that name, or None."""
        return next((page for page in self.pages if page.name == name), None)

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for page in self.pages:
            if isinstance(page, Ask):
                yield page.question


def address(name: str) -> str:
    """A page’s part of the address: its name with hyphens."""
    return name.replace("_", "-")


def all_choices(asked: Field) -> tuple[Choice, ...]:
    """The choices written in the journey file for a field (sources are not consulted)."""
    if isinstance(asked, Radios):
        return asked.choices
    return asked.ways_out if isinstance(asked, Autocomplete) else ()


def source_of(asked: Field) -> str:
    """The source a field’s options come from, if any."""
    return asked.source if isinstance(asked, Radios | Autocomplete) else ""


def kept_names(question: Question) -> tuple[str, ...]:
    """The names of the values an answer to the question must hold."""
    return tuple(asked.name for asked in question.fields if asked.kept)
