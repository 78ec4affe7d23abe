"""What is wrong with a journey, found before anybody walks it.

Depends on a question that is not asked before it; a choice that can’t be; a `{name}` used before it is known; an
unknown source, rule, fact, action, subject, place or outcome; a refusal without words; a page nobody can reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field

from app.engine.conditions import Chose, FactHolds
from app.engine.reading import Scene, scenes
from app.engine.rehearsal import possible_values, routes
from app.engine.vocabulary import (
    Ask,
    Autocomplete,
    CheckAnswers,
    DateInput,
    Field,
    Journey,
    Question,
    Radios,
    Text,
    all_choices,
    source_of,
)
from app.engine.wording import placeholders

Needs = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Everything a journey may point at. Facts and placeholders say which fields must have been asked before; the kind
    of record that a run is about counts as one of them.
    """

    facts: Mapping[str, Needs]
    remarks: Collection[str]
    sources: Collection[str]
    rules: Mapping[str, frozenset[str]]
    details: Mapping[str, frozenset[str]]
    subjects: Collection[str]
    actions: Collection[str]
    places: Collection[str]
    outcomes: Collection[str]
    placeholders: Mapping[str, Needs] = field(default_factory=dict)
    kinds: Collection[str] = ()


def problems(journey: Journey, names: Names) -> tuple[str, ...]:
    """Every problem of a journey in words, in page order. Empty when it can be served."""
    return tuple(dict.fromkeys(_all_problems(journey, names)))


def _all_problems(journey: Journey, names: Names) -> Iterator[str]:
    yield from _shape(journey, names)
    for scene in scenes(journey):
        yield from _conditions(scene, names, journey.subject)
        yield from _words(scene, names, journey.subject)
        yield from _links(scene, journey, names)
        if isinstance(scene.page, Ask):
            yield from _question(scene.page.question, names, live=journey.is_live)
    met = {name for route in routes(journey) for name in route.pages}
    for page in journey.pages:
        if page.name not in met and not getattr(page, "aside_of", ""):
            yield f"{page.name}: no route leads to it"


def _shape(journey: Journey, names: Names) -> Iterator[str]:
    if not journey.pages or not isinstance(journey.pages[-1], CheckAnswers) or journey.pages[-1].when:
        yield "must end with check answers, without a condition"
    if journey.outcome not in names.outcomes:
        yield f"unknown outcome “{journey.outcome}”"
    if journey.subject and journey.subject not in names.kinds:
        yield f"unknown kind of record “{journey.subject}”"
    if journey.place and journey.place not in names.places:
        yield f"unknown place “{journey.place}”"
    if journey.is_live and not (journey.place and journey.begin):
        yield "a live journey says where it is begun and by which button"
    for what, found in (
        ("page", [page.name for page in journey.pages]),
        ("field", [f.name for question in journey.questions() for f in question.fields]),
    ):
        yield from (f"{name}: two {what}s have this name" for name, n in Counter(found).items() if n > 1)
    if journey.is_live and journey.exceptions:
        yield "a live journey has no accessibility exceptions"


def _conditions(scene: Scene, names: Names, subject: str) -> Iterator[str]:
    for condition, after in scene.conditions():
        known = scene.after if after else scene.before
        for atom in condition.atoms():
            if isinstance(atom, Chose):
                yield from _chose(scene, atom, known)
            elif isinstance(atom, FactHolds):
                yield from _fact(scene, atom.name, known.keys() | {subject}, names)


def _chose(scene: Scene, atom: Chose, known: Mapping[str, Question]) -> Iterator[str]:
    question = known.get(atom.field)
    if question is None:
        yield f"{scene.name}: depends on “{atom.field}”, which is not asked before it"
        return
    possible = possible_values(question, atom.field)
    written = possible if possible is not None else _written(question, atom.field)
    for value in atom.values:
        if written is not None and value not in written:
            yield f"{scene.name}: depends on “{atom.field}” being “{value}”, which can’t be"


def _written(question: Question, name: str) -> tuple[str, ...] | None:
    """Conditions may name only written choices, also where a source offers more."""
    for asked in question.fields:
        if asked.name == name and isinstance(asked, Radios | Autocomplete):
            written = asked.choices if isinstance(asked, Radios) else asked.ways_out
            return tuple(choice.value for choice in written)
    return None


def _fact(scene: Scene, name: str, known: Set[str], names: Names) -> Iterator[str]:
    if name not in names.facts:
        yield f"{scene.name}: unknown fact “{name}”"
        return
    for group in names.facts[name]:
        if not group & known:
            yield f"{scene.name}: fact “{name}” needs {_either(group)} to be asked before"


def _words(scene: Scene, names: Names, subject: str) -> Iterator[str]:
    known = scene.after.keys() | {subject}
    for text, extra in scene.texts(names.details):
        for placeholder in sorted(placeholders(text) - extra):
            if placeholder not in names.placeholders:
                yield f"{scene.name}: unknown placeholder {{{placeholder}}}"
                continue
            for group in names.placeholders[placeholder]:
                if not group & known:
                    yield f"{scene.name}: {{{placeholder}}} is used before {_either(group)} is known"


def _links(scene: Scene, journey: Journey, names: Names) -> Iterator[str]:
    for link in scene.links():
        if link.page and journey.page(link.page) is None:
            yield f"{scene.name}: links to “{link.page}”, which is not a page of this journey"
        if link.place and link.place not in names.places:
            yield f"{scene.name}: unknown place “{link.place}”"
        if bool(link.page) == bool(link.place):
            yield f"{scene.name}: a link leads to one page or one place"
    for target in scene.targets():
        if journey.page(target) is None:
            yield f"{scene.name}: leads to “{target}”, which is not a page of this journey"
    for remark in scene.remarks():
        if remark not in names.remarks:
            yield f"{scene.name}: unknown remark “{remark}”"


def _question(question: Question, names: Names, *, live: bool) -> Iterator[str]:
    for subject in (*question.notes, *([question.subject] if question.subject else [])):
        if subject not in names.subjects:
            yield f"{question.name}: unknown subject “{subject}”"
    if question.action and question.action not in names.actions:
        yield f"{question.name}: unknown action “{question.action}”"
    if question.counts_while and question.counts_while not in names.facts:
        yield f"{question.name}: unknown fact “{question.counts_while}”"
    for asked in question.fields:
        yield from _field(question.name, asked, names)
    if live:
        yield from _live_only(question)


def _field(page: str, asked: Field, names: Names) -> Iterator[str]:
    source = source_of(asked)
    if source and source not in names.sources:
        yield f"{page}: unknown source “{source}”"
    needed = {"blank", "not_in_list"} if isinstance(asked, Autocomplete) else {"blank"}
    needed |= {choice.value for choice in all_choices(asked) if choice.refused is not None}
    if isinstance(asked, Text | DateInput):
        if asked.rule not in names.rules:
            yield f"{page}: unknown rule “{asked.rule}”"
        needed = set(names.rules.get(asked.rule, frozenset()))
    for reason in sorted(needed - asked.errors.keys()):
        yield f"{page}: “{asked.name}” has no words for “{reason}”"


def _live_only(question: Question) -> Iterator[str]:
    for asked in question.fields:
        if isinstance(asked, Text) and (asked.placeholder or asked.suggestions):
            yield f"{question.name}: a live question has no placeholder text"
        if isinstance(asked, Radios) and any(choice.reveals for choice in asked.choices):
            yield f"{question.name}: a live question has no conditional reveal"


def _either(group: frozenset[str]) -> str:
    return " or ".join(f"“{name}”" for name in sorted(group))
