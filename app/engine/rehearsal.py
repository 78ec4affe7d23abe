"""Every route through a journey, found by supposing answers and facts as the conditions come to need them.

A route branches on a field when a later condition mentions it (one branch for each value mentioned, one for “any
other” where there are others), and on a fact when a condition first asks for it. Facts are supposed free of each other,
so a rehearsal may hold routes that no real record leads to; it never misses one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine.conditions import AllOf, AnyOf, Chose, Condition, FactHolds, Negation
from app.engine.vocabulary import Ask, Journey, Page, Question, Stop, all_choices, source_of

OTHER = "(any other)"


@dataclass(frozen=True, slots=True)
class Route:
    """One way through: the pages met, the values chosen on the way and the facts supposed."""

    pages: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...]
    supposed: tuple[tuple[str, bool], ...]

    @property
    def ending(self) -> str:
        """The last page: check answers or a dead end."""
        return self.pages[-1]


@dataclass(frozen=True, slots=True)
class _Unknown(Exception):
    fact: str


class _Supposing:
    """Answers that raise when a fact has not been supposed yet."""

    def __init__(self, values: Mapping[str, str], facts: Mapping[str, bool]) -> None:
        self.values, self.facts = values, facts

    def value(self, field: str) -> str | None:
        return self.values.get(field)

    def holds(self, fact: str) -> bool:
        if fact not in self.facts:
            raise _Unknown(fact)
        return self.facts[fact]


def routes(journey: Journey) -> Iterator[Route]:
    """Every distinct route: the same pages with the same choices appear once."""
    seen: set[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = set()
    pages = tuple(p for p in journey.pages if not (isinstance(p, Stop) and p.aside_of))
    for route in _explore(pages, 0, (), {}, {}):
        key = (route.pages, route.chosen)
        if key not in seen:
            seen.add(key)
            yield route


def _explore(
    pages: tuple[Page, ...], place: int, path: tuple[str, ...], values: dict[str, str], facts: dict[str, bool]
) -> Iterator[Route]:
    if place == len(pages):
        # Only a journey that is written wrong runs out of pages; its problems are told elsewhere.
        yield Route(path, tuple(values.items()), tuple(facts.items()))
        return
    page = pages[place]
    try:
        met = page.when is None or page.when.holds(_Supposing(values, facts))
    except _Unknown as missing:
        for truth in (True, False):
            yield from _explore(pages, place, path, values, {**facts, missing.fact: truth})
        return
    if not met:
        yield from _explore(pages, place + 1, path, values, facts)
        return
    path = (*path, page.name)
    if not isinstance(page, Ask):
        yield Route(path, tuple(values.items()), tuple(facts.items()))
        return
    for chosen in _branches(page.question, pages[place + 1 :]):
        yield from _explore(pages, place + 1, path, {**values, **chosen}, facts)


def _branches(question: Question, later: tuple[Page, ...]) -> Iterator[dict[str, str]]:
    """The ways of answering that later conditions can tell apart."""
    mentioned = _mentioned(later)
    fields = [(f.name, possible_values(question, f.name)) for f in question.fields]
    fields += [(name, tuple(values) or None) for name, values in question.derives.items()]
    branches: list[dict[str, str]] = [{}]
    for name, possible in fields:
        told_apart = mentioned.get(name, ())
        if not told_apart:
            continue
        others = possible is None or set(possible) - set(told_apart)
        options = (*told_apart, OTHER) if others else told_apart
        branches = [{**branch, name: option} for branch in branches for option in options]
    yield from branches


def possible_values(question: Question, name: str) -> tuple[str, ...] | None:
    """Every value a field or derived value can have, or None when that isn’t written in the journey."""
    if name in question.derives:
        return tuple(question.derives[name]) or None
    for asked in question.fields:
        if asked.name == name:
            written = tuple(choice.value for choice in all_choices(asked))
            return written if written and not source_of(asked) else None
    return None


def _mentioned(pages: tuple[Page, ...]) -> dict[str, tuple[str, ...]]:
    """Values that conditions of the pages mention, by field, in the order written."""
    found: dict[str, dict[str, None]] = {}
    for page in pages:
        for atom in page.when.atoms() if page.when else ():
            if isinstance(atom, Chose):
                found.setdefault(atom.field, {}).update(dict.fromkeys(atom.values))
    return {field: tuple(values) for field, values in found.items()}


def edges(journey: Journey) -> dict[tuple[str, str], None]:
    """Every step from one page to the next that some route takes, in journey order."""
    order = {page.name: place for place, page in enumerate(journey.pages)}
    taken = {pair for route in routes(journey) for pair in zip(route.pages, route.pages[1:], strict=False)}
    return dict.fromkeys(sorted(taken, key=lambda pair: (order[pair[0]], order[pair[1]])))


def simplest(condition: Condition) -> str:
    """A condition in words, for a diagram: long ones are cut to their first parts."""
    if isinstance(condition, AllOf | AnyOf | Negation | Chose | FactHolds):
        words = str(condition)
        return words if len(words) <= 70 else words[:67] + "…"
    return ""
