"""The route through a journey, worked out from the answers on every request and never stored.

`Walk(journey, answers, world)` gives the pages met so far, the answers that count, and where Back and Continue lead.
Loops can’t be written, and an answer off the route isn’t heard (it is kept, and heard again if the route returns).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from app.engine.vocabulary import (
    Ask,
    Autocomplete,
    CheckAnswers,
    Choice,
    Field,
    Journey,
    Page,
    Question,
    Radios,
    Stop,
    all_choices,
    source_of,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said on one page.

    `values` by field name (and by derived name); `subject` is what it was about; `notes` what was remembered with it;
    `version` is the run’s version that wrote it.
    """

    values: Mapping[str, str]
    subject: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


class World(Protocol):
    """Everything a walk asks of the outside. Must give the same answer throughout one walk."""

    def holds(self, fact: str, heard: Heard) -> bool:
        """Whether a named fact holds, given what has been heard."""

    def offers(self, source: str, heard: Heard) -> Collection[str]:
        """The values a named source offers, given what has been heard."""

    def subject(self, name: str, heard: Heard) -> str:
        """What a question would be about now, as text that changes when the subject does."""


class Heard:
    """The answers that count so far, in the order heard. Immutable: `plus` makes a new one."""

    __slots__ = ("_answers", "_values", "world")

    def __init__(self, world: World, answers: Mapping[str, Answer], values: Mapping[str, str]) -> None:
        self.world = world
        self._answers = answers
        self._values = values

    def plus(self, page: str, answer: Answer) -> Heard:
        """These answers and one more."""
        return Heard(self.world, {**self._answers, page: answer}, {**self._values, **answer.values})

    def value(self, name: str) -> str | None:
        """The value heard for a field, or None."""
        return self._values.get(name)

    def answer(self, page: str) -> Answer | None:
        """The whole answer heard on a page, or None."""
        return self._answers.get(page)

    def holds(self, fact: str) -> bool:
        """Whether a fact holds after these answers."""
        return self.world.holds(fact, self)

    @property
    def values(self) -> Mapping[str, str]:
        """Every value heard, by field name."""
        return self._values

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages heard, in order."""
        return tuple(self._answers)


class Walk:
    """A journey walked with some answers in some world."""

    def __init__(self, journey: Journey, answers: Mapping[str, Answer], world: World) -> None:
        self.journey = journey
        self.answers = answers
        self.world = world
        self._before: dict[str, Heard] = {}
        self.path: tuple[Page, ...] = tuple(self._walk())

    def _walk(self) -> list[Page]:
        heard, path = Heard(self.world, {}, {}), []
        for page in self.journey.pages:
            if isinstance(page, Stop) and page.aside_of:
                continue
            if page.when is not None and not page.when.holds(heard):
                continue
            path.append(page)
            self._before[page.name] = heard
            after = self._heard_after(page, heard)
            if after is None:
                break
            heard = after
        self.heard = heard
        return path

    def _heard_after(self, page: Page, heard: Heard) -> Heard | None:
        """What has been heard once the page is answered; None where that is still to come or doesn’t count."""
        answer = self.answers.get(page.name)
        if not isinstance(page, Ask) or answer is None:
            return None
        after = heard.plus(page.name, answer)
        return after if counts(page.question, answer, heard, after) else None

    @property
    def frontier(self) -> Page:
        """The furthest page: the first gap, a stop, or check answers."""
        return self.path[-1]

    @property
    def complete(self) -> bool:
        """Whether every question on the route has an answer that counts."""
        return isinstance(self.frontier, CheckAnswers)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the pages on the path."""
        return tuple(self._before)

    def find(self, name: str) -> Page | None:
        """The page of that name if it may be shown now: on the path, or beside a page that is."""
        if name in self._before:
            return self.path[self.names.index(name)]
        aside = self.journey.page(name)
        if isinstance(aside, Stop) and aside.aside_of in self.names:
            return aside
        return None

    def heard_before(self, page: Page) -> Heard:
        """The answers that count before a page on the path (or beside it)."""
        name = page.aside_of if isinstance(page, Stop) and page.aside_of else page.name
        return self._before[name]

    def before(self, page: Page) -> Page | None:
        """The page that Back leads to; None on the first page."""
        if isinstance(page, Stop) and page.aside_of:
            return self.find(page.aside_of)
        place = self.names.index(page.name)
        return self.path[place - 1] if place else None

    def after(self, name: str, *, changing: bool) -> Page:
        """The page that Continue leads to once `name` is answered: the next one, or when changing, the frontier."""
        if changing or name not in self.names:
            return self.frontier
        place = self.names.index(name)
        return self.path[min(place + 1, len(self.path) - 1)]

    def unheard(self, page: str) -> Answer | None:
        """An answer that was given on a page but doesn’t count now, or None."""
        answer = self.answers.get(page)
        return None if answer is None or self.heard.answer(page) is answer else answer


def choices_open(asked: Field, heard: Heard) -> tuple[Choice, ...]:
    """The written choices of a field whose conditions hold."""
    return tuple(c for c in all_choices(asked) if c.when is None or c.when.holds(heard))


def is_refused(choice: Choice, heard: Heard) -> bool:
    """Whether a choice that is shown can’t be made now."""
    return choice.refused is not None and choice.refused.holds(heard)


def counts(question: Question, answer: Answer, heard: Heard, after: Heard) -> bool:
    """Whether an answer is heard: complete, about the same subject, still offered, and still standing.

    `heard` is what counts before it, `after` the same and this answer.
    """
    if any(asked.kept and asked.name not in answer.values for asked in question.fields):
        return False
    if question.subject and heard.world.subject(question.subject, heard) != answer.subject:
        return False
    if not all(_offered(asked, answer.values.get(asked.name, ""), heard) for asked in question.fields):
        return False
    return not question.counts_while or after.holds(question.counts_while)


def _offered(asked: Field, value: str, heard: Heard) -> bool:
    """Fields without options offer anything; the others only what is written or supplied now."""
    if not isinstance(asked, Radios | Autocomplete):
        return True
    source, written = source_of(asked), choices_open(asked, heard)
    if not source and not written:
        return True
    if any(choice.value == value and not is_refused(choice, heard) for choice in written):
        return True
    return bool(source) and value in heard.world.offers(source, heard)
