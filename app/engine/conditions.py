"""When a page is asked: conditions over what was said before it.

Conditions are values, not functions, so that a journey can be checked at start-up, drawn and rehearsed.
Write them with `chose`, `fact`, `&`, `|` and `~`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol


class Answers(Protocol):
    """What a condition may ask: the value heard for a field (or None), and whether a fact holds."""

    def value(self, field: str) -> str | None:
        """The heard value of a field, or None when it was not asked or not answered."""

    def holds(self, fact: str) -> bool:
        """Whether a named fact holds, given what has been heard so far."""


class Condition:
    """Something that holds or doesn’t, given the answers heard so far."""

    def holds(self, answers: Answers) -> bool:
        """Whether the condition is met."""
        raise NotImplementedError

    def atoms(self) -> Iterator[Chose | FactHolds]:
        """Every `chose` and `fact` inside, in the order written."""
        raise NotImplementedError

    def __and__(self, other: Condition) -> Condition:
        return AllOf((self, other))

    def __or__(self, other: Condition) -> Condition:
        return AnyOf((self, other))

    def __invert__(self) -> Condition:
        return Negation(self)


@dataclass(frozen=True, slots=True)
class Chose(Condition):
    """The field’s heard value is one of `values`."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """True when the field was heard with one of the values."""
        return answers.value(self.field) in self.values

    def atoms(self) -> Iterator[Chose | FactHolds]:
        """Itself."""
        yield self

    def __str__(self) -> str:
        return f"{self.field} = {' or '.join(self.values)}"


@dataclass(frozen=True, slots=True)
class FactHolds(Condition):
    """A named fact about the world holds."""

    name: str

    def holds(self, answers: Answers) -> bool:
        """True when the fact holds."""
        return answers.holds(self.name)

    def atoms(self) -> Iterator[Chose | FactHolds]:
        """Itself."""
        yield self

    def __str__(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """True when every part holds; later parts aren’t looked at after one that doesn’t."""
        for part in self.parts:  # noqa: SIM110  (a walk asks this dozens of times, and all() takes twice as long)
            if not part.holds(answers):
                return False
        return True

    def atoms(self) -> Iterator[Chose | FactHolds]:
        """The atoms of every part."""
        for part in self.parts:
            yield from part.atoms()

    def __str__(self) -> str:
        return " and ".join(_bracketed(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """True when a part holds; later parts aren’t looked at after it."""
        for part in self.parts:  # noqa: SIM110
            if part.holds(answers):
                return True
        return False

    def atoms(self) -> Iterator[Chose | FactHolds]:
        """The atoms of every part."""
        for part in self.parts:
            yield from part.atoms()

    def __str__(self) -> str:
        return " or ".join(_bracketed(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Negation(Condition):
    """The part doesn’t hold."""

    part: Condition

    def holds(self, answers: Answers) -> bool:
        """True when the part doesn’t hold."""
        return not self.part.holds(answers)

    def atoms(self) -> Iterator[Chose | FactHolds]:
        """The part’s atoms."""
        yield from self.part.atoms()

    def __str__(self) -> str:
        return f"not {_bracketed(self.part)}"


def chose(field: str, *values: str) -> Condition:
    """The answer to `field` was heard and is one of `values`."""
    return Chose(field, values)


def fact(name: str) -> Condition:
    """The named fact holds."""
    return FactHolds(name)


@dataclass(frozen=True, slots=True)
class Supposed:
    """Answers made up for a rehearsal: `values` by field and `facts` by name; what is missing is None or False."""

    values: Mapping[str, str]
    facts: Mapping[str, bool]

    def value(self, field: str) -> str | None:
        """The supposed value."""
        return self.values.get(field)

    def holds(self, fact: str) -> bool:
        """The supposed truth of a fact."""
        return self.facts.get(fact, False)


def _bracketed(part: Condition) -> str:
    return f"({part})" if isinstance(part, AllOf | AnyOf) else str(part)
