"""What can be asked for on a page: fields, the options of those that have any, and the words of their errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.conditions import Condition
from app.engine.page_text import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `divided` puts “or” before it; `forgets` names pages whose answers are dropped when it is chosen.

    While `refused` holds, the field’s error by the name of the value says why it can’t be. `reveals` (a field shown
    under the option) is for records of tested rounds only.
    """

    value: str
    label: Words
    hints: tuple[Words, ...] = ()
    divided: bool = False
    when: Condition | None = None
    forgets: tuple[str, ...] = ()
    refused: Condition | None = None
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


def all_choices(asked: Field) -> tuple[Choice, ...]:
    """The choices written in the journey file for a field (sources are not consulted)."""
    if isinstance(asked, Radios):
        return asked.choices
    return asked.ways_out if isinstance(asked, Autocomplete) else ()


def source_of(asked: Field) -> str:
    """The source a field’s options come from, if any."""
    return asked.source if isinstance(asked, Radios | Autocomplete) else ""
