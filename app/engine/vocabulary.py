"""What a journey file is written in: frozen values and nothing else.

A journey is an ordered list of pages, each with a condition on what was said before it. Questions carry all
their own words. `Words` may be a plain string or an `Either`, which picks by a condition when it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.conditions import Condition
from app.engine.fields import (
    Autocomplete,
    Choice,
    DateInput,
    Field,
    Radios,
    Text,
    all_choices,
    source_of,
)
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

    `variant` is “live” or a round’s name. `outcome` names what runs when the answers are sent. `subject` is the kind of
    record that each run is about, if any: it is known from the first page. `place` is where a run is begun, by the
    button `begin`, and where Back on its first page leads. `again` is shown when a run that was sent is opened once
    more, `over` when its answers are gone. `tabs` names the service navigation its pages carry. `exceptions` are
    accessibility exceptions: only rounds have any.
    """

    slug: str
    variant: str
    title: str
    about: str
    outcome: str
    pages: tuple[Page, ...]
    done: Done
    subject: str = ""
    place: str = ""
    begin: str = ""
    again: Stop | None = None
    over: Stop | None = None
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


def kept_names(question: Question) -> tuple[str, ...]:
    """The names of the values an answer to the question must hold."""
    return tuple(asked.name for asked in question.fields if asked.kept)
