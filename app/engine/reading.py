"""Reading a journey page by page, with what has been asked before and after each: for checks and diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from app.engine.conditions import Condition
from app.engine.vocabulary import (
    Ask,
    Banner,
    Choice,
    DateInput,
    Done,
    Field,
    Journey,
    LinkTo,
    Page,
    Question,
    Row,
    Stop,
    Text,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A page (or the confirmation), and the questions by field name asked before it and after it is answered."""

    name: str
    page: Page | Done
    before: Mapping[str, Question]
    after: Mapping[str, Question]

    def conditions(self) -> Iterator[tuple[Condition, bool]]:
        """Every condition on the page, and whether the page’s own answer may count in it."""
        own = getattr(self.page, "when", None)
        if own is not None:
            yield own, False
        for part in _parts(self.page):
            inner = () if part is self.page else (getattr(part, "when", None), getattr(part, "refused", None))
            for condition in inner:
                if isinstance(condition, Condition):
                    yield condition, False

    def texts(self, details: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, frozenset[str]]]:
        """Every text on the page, with the placeholders that a refusal itself fills in."""
        for part in _parts(self.page):
            extra = details.get(part.rule, frozenset()) if isinstance(part, Text | DateInput) else frozenset()
            for text in _own_texts(part):
                yield text, frozenset()
            if isinstance(part, Field):
                for text in part.errors.values():
                    yield text, extra

    def links(self) -> Iterator[LinkTo]:
        """Every link on the page."""
        return (part for part in _parts(self.page) if isinstance(part, LinkTo))

    def remarks(self) -> Iterator[str]:
        """Every remark a banner waits for."""
        return (part.remark for part in _parts(self.page) if isinstance(part, Banner) and part.remark)

    def targets(self) -> Iterator[str]:
        """Names of pages that rows change and choices forget."""
        for part in _parts(self.page):
            if isinstance(part, Row):
                yield from part.change
            if isinstance(part, Choice):
                yield from part.forgets
        if isinstance(self.page, Stop) and self.page.aside_of:
            yield self.page.aside_of


def scenes(journey: Journey) -> Iterator[Scene]:
    """Every page in order, then what is shown of a run that was sent, and of one whose answers are gone."""
    asked: dict[str, Question] = {}
    for page in journey.pages:
        before = dict(asked)
        if isinstance(page, Ask):
            names = (*(f.name for f in page.question.fields), *page.question.derives)
            asked.update(dict.fromkeys(names or (page.name,), page.question))
            for revealed in _revealed(page.question):
                asked[revealed] = page.question
        yield Scene(page.name, page, before, dict(asked))
    yield Scene("done", journey.done, dict(asked), dict(asked))
    if journey.again is not None:
        yield Scene(journey.again.name, journey.again, dict(asked), dict(asked))
    if journey.over is not None:
        yield Scene(journey.over.name, journey.over, {}, {})


def _revealed(question: Question) -> Iterator[str]:
    return (part.reveals.name for part in _parts(question) if isinstance(part, Choice) and part.reveals)


def _parts(value: object) -> Iterator[object]:
    """The value and every dataclass inside it; conditions are leaves."""
    if isinstance(value, Condition):
        return
    if isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
    elif is_dataclass(value):
        yield value
        for each in fields(value):
            yield from _parts(getattr(value, each.name))


_NOT_WORDS = {
    "name", "page", "place", "source", "rule", "value", "remark", "subject", "action", "counts_while", "aside_of",
    "forgets", "change", "notes", "width", "inputmode", "suggestions",
}  # fmt: skip


def _own_texts(part: object) -> Iterator[str]:
    for each in fields(part):  # type: ignore[arg-type]  # every part is a dataclass, see _parts
        said = getattr(part, each.name)
        words = each.name not in _NOT_WORDS or (isinstance(part, Row) and each.name in {"value", "notes"})
        if words and isinstance(said, str):
            yield said
        elif words and isinstance(said, tuple):
            yield from _strings(said)


def _strings(said: tuple[object, ...]) -> Iterator[str]:
    for item in said:
        if isinstance(item, str):
            yield item
        elif isinstance(item, tuple):
            yield from _strings(item)
