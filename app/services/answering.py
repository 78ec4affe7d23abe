"""Reading what was submitted on a page: every rule on the server, errors in the page’s own words.

Nothing here stores anything. What a question doesn’t keep (a date of birth, a National Insurance number) leaves this
module only towards the look-up that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.days import in_words, read_date
from app.domain.matching import fold
from app.domain.names import Rule
from app.domain.people import (
    read_birth_date,
    read_email,
    read_name,
    read_national_insurance_number,
    read_trn,
)
from app.domain.refusals import Refused
from app.engine.vocabulary import Autocomplete, Choice, DateInput, Field, Question, Radios, Text, source_of
from app.engine.walk import Answer, Heard, choices_open, is_refused
from app.services.supply import RunWorld, mentors
from app.services.supply.ect_facts import judge_last_day, judge_stopping_day
from app.services.supply.facts import email_is_free, judge_start
from app.services.supply.view import View

PARTS = ("day", "month", "year")
ORGANISATION_NAME_LIMIT = 200

Submitted = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One refused field: the reason (a key of the field’s errors), what its message needs, and the parts at fault."""

    name: str
    reason: str
    detail: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a submission came to: values by field, those to keep apart from those to drop, and the faults."""

    kept: Mapping[str, str]
    passing: Mapping[str, str]
    faults: tuple[Fault, ...]


def read(question: Question, submitted: Submitted, heard: Heard, world: RunWorld) -> Reading:
    """Judge every field of a question, in order. All faults are found, one to a field.

    `heard` is what counts before the page.
    """
    kept: dict[str, str] = {}
    passing: dict[str, str] = {}
    faults: list[Fault] = []
    for asked in question.fields:
        try:
            for name, value in _read_field(asked, question, submitted, heard, world).items():
                (kept if asked.kept else passing)[name] = value
        except Refused as refused:
            faults.append(_fault(refused.field or asked.name, refused))
    return Reading(kept, passing, tuple(faults))


def _read_field(
    asked: Field, question: Question, submitted: Submitted, heard: Heard, world: RunWorld
) -> dict[str, str]:
    if isinstance(asked, DateInput):
        return {asked.name: _judge_date(asked, question, submitted, heard, world)}
    if isinstance(asked, Radios):
        return _read_radios(asked, question, submitted, heard, world)
    if isinstance(asked, Autocomplete):
        return {asked.name: _read_autocomplete(asked, submitted, heard, world)}
    assert isinstance(asked, Text)
    value = TEXT_RULES[Rule(asked.rule)](one(submitted, asked.name))
    if asked.rule == Rule.EMAIL and not _stands(email_is_free, asked.name, value, question, heard, world):
        raise Refused("in_use")
    return {asked.name: value}


def one(submitted: Submitted, name: str) -> str:
    """The one value submitted under a name; nothing when there is none or more than one."""
    values = submitted.get(name, ())
    return values[0] if len(values) == 1 else ""


def _judge_date(
    asked: DateInput, question: Question, submitted: Submitted, heard: Heard, world: RunWorld
) -> str:
    day, month, year = (one(submitted, f"{asked.name}-{part}") for part in PARTS)
    if asked.rule == Rule.BIRTH_DATE:
        return read_birth_date(day, month, year, world.reads.today).isoformat()
    value = read_date(day, month, year).isoformat()
    DATE_RULES[Rule(asked.rule)](world.view(heard.plus(question.name, Answer({asked.name: value}))))
    return value


def _read_radios(
    asked: Radios, question: Question, submitted: Submitted, heard: Heard, world: RunWorld
) -> dict[str, str]:
    value = one(submitted, asked.name)
    written = {choice.value: choice for choice in choices_open(asked, heard)}
    if value in written:
        if is_refused(written[value], heard):
            raise Refused(value)
        return {asked.name: value, **_read_revealed(written[value], submitted)}
    if value and asked.source and value in world.offers(asked.source, heard):
        return {asked.name: value}
    raise Refused("blank")


def _read_revealed(choice: Choice, submitted: Submitted) -> dict[str, str]:
    if choice.reveals is None:
        return {}
    try:
        said = TEXT_RULES[Rule(choice.reveals.rule)](one(submitted, choice.reveals.name))
    except Refused as refused:
        raise Refused(refused.reason, choice.reveals.name) from None
    return {choice.reveals.name: said}


def _read_autocomplete(asked: Autocomplete, submitted: Submitted, heard: Heard, world: RunWorld) -> str:
    """The select’s value, refused when the text in the box names something else.

    The enhanced box submits the option picked last even when it was typed over since. (Pages, rule 7.)
    """
    way_out = one(submitted, "way_out")
    if way_out in {choice.value for choice in choices_open(asked, heard)}:
        return way_out
    value, text = one(submitted, asked.name), one(submitted, f"{asked.name}-text").strip()
    labels = {option.value: option.label for option in world.options(source_of(asked), heard)}
    if value in labels and (not text or fold(text) == fold(labels[value])):
        return value
    if text:
        raise Refused("not_in_list")
    raise Refused("blank")


def _stands(
    holds: Callable[..., bool], name: str, value: str, question: Question, heard: Heard, world: RunWorld
) -> bool:
    return holds(world.view(heard.plus(question.name, Answer({name: value}))))


def read_organisation_name(text: str) -> str:
    """An organisation’s name as typed in a round. Raises Refused: blank, too_long."""
    return read_name(text, ORGANISATION_NAME_LIMIT)


DATE_RULES: Mapping[Rule, Callable[[View], None]] = {
    Rule.START_DATE: judge_start,
    Rule.LAST_DAY: judge_last_day,
    Rule.STOPPING_DAY: judge_stopping_day,
    Rule.MENTOR_START_DATE: mentors.judge_start,
}
TEXT_RULES: Mapping[Rule, Callable[[str], str]] = {
    Rule.TRN: read_trn,
    Rule.NATIONAL_INSURANCE_NUMBER: read_national_insurance_number,
    Rule.NAME: read_name,
    Rule.EMAIL: read_email,
    Rule.ORGANISATION_NAME: read_organisation_name,
}


def _fault(name: str, refused: Refused) -> Fault:
    parts = refused.detail.get("parts", ())
    detail = {key: _words(value) for key, value in refused.detail.items() if key != "parts"}
    return Fault(name, refused.reason, detail, tuple(parts) if isinstance(parts, tuple) else ())


def _words(value: object) -> str:
    return in_words(value) if isinstance(value, date) else str(value)
