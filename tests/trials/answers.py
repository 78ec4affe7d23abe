"""Random answers to any question, from its own declaration: mostly ones that it takes, sometimes forged ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.names import Rule
from app.engine.vocabulary import (
    Autocomplete,
    DateInput,
    Field,
    Question,
    Radios,
    Text,
    all_choices,
    source_of,
)
from app.engine.walk import choices_open
from app.services.runs import OpenRun
from tests.support import acceptance
from tests.support.acceptance import BODY_NAMES, DELIVERY_PARTNER_NAMES, LEAD_PROVIDER_NAMES

Form = dict[str, list[str]]
Pick = Callable[[Any], Any]
"""Picks one of a sequence: Hypothesis’ choice, so that it shrinks towards the first."""

FORGED = (
    "",
    "0",
    "-1",
    "abc",
    "9" * 40,
    "yes'--",
    "00000009-0000-7000-8000-000000000001",
    "unknown",
    "another",
)
ORGANISATIONS = (*BODY_NAMES, *LEAD_PROVIDER_NAMES, *DELIVERY_PARTNER_NAMES, acceptance.HARROW_LANE)
TYPED: Mapping[str, tuple[str, ...]] = {
    Rule.TRN: (
        acceptance.AOIFE_TRN,
        acceptance.ZOE_TRN,
        acceptance.RAVI_TRN,
        "3007010",
        "3007001",
        "3002001",
    ),
    Rule.NATIONAL_INSURANCE_NUMBER: ("QQ 00 70 10 C",),
    Rule.NAME: ("Zoë D’Arcy-N’Diaye", "O'Brien"),
    Rule.EMAIL: ("aoife@example.com", "zoe@example.com", "ravi.patel@example.com"),
    Rule.ORGANISATION_NAME: (
        *DELIVERY_PARTNER_NAMES.values(),
        "FIVE RIVERS NORTH",
        "bramble trust training",
        "Nowhere Training",
    ),
}
WILD: Mapping[str, tuple[str, ...]] = {
    Rule.TRN: (
        "1234",
        "letters",
        "3007002",
        "3007003",
        "3007006",
        "3007007",
        "3007011",
        "3007012",
        "3008000",
    ),
    Rule.NATIONAL_INSURANCE_NUMBER: ("QQ 12 34 56 C", "nonsense"),
    Rule.NAME: ("<script>", "x" * 71),
    Rule.EMAIL: ("no address", "a" * 250 + "@example.com"),
    Rule.ORGANISATION_NAME: ("x" * 201,),
}
DATES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    Rule.BIRTH_DATE: (("27", "3", "2001"),),
    Rule.START_DATE: (
        ("1", "9", "2025"),
        ("3", "9", "2025"),
        ("1", "10", "2025"),
        ("1", "9", "2024"),
        ("1", "11", "2025"),
        ("1", "6", "2026"),
    ),
    Rule.MENTOR_START_DATE: (
        ("1", "10", "2025"),
        ("1", "9", "2025"),
        ("15", "1", "2026"),
        ("16", "1", "2026"),
    ),
    Rule.LAST_DAY: (
        ("31", "12", "2025"),
        ("15", "9", "2025"),
        ("1", "11", "2025"),
        ("14", "9", "2025"),
        ("16", "1", "2026"),
    ),
    Rule.STOPPING_DAY: (("12", "9", "2025"), ("15", "9", "2025"), ("1", "9", "2025")),
}
WILD_DATES = (("31", "4", "2025"), ("", "", ""), ("1", "1", "1"), ("1", "9", "2029"), ("\uff11", "9", "2025"))


def some_answer(question: Question, run: OpenRun, pick: Pick, *, wild: bool) -> Form:
    """A form for the question, as a browser or somebody with a tool would send it."""
    form: Form = {}
    for asked in question.fields:
        form |= _field(asked, question, run, pick, wild=wild)
    return form


def _field(asked: Field, question: Question, run: OpenRun, pick: Pick, *, wild: bool) -> Form:
    if isinstance(asked, DateInput):
        day = pick(WILD_DATES if wild else DATES[asked.rule])
        return {f"{asked.name}-{part}": [day[at]] for at, part in enumerate(("day", "month", "year"))}
    if isinstance(asked, Text):
        return {asked.name: [pick((WILD if wild else TYPED)[asked.rule])]}
    if wild:
        return pick(_forged(asked))
    offered = _offered(asked, question, run)
    if isinstance(asked, Radios):
        # The written options come in the order of how likely they are; lists come in any.
        return _radio(asked, pick(offered if source_of(asked) else [*offered[:1] * 3, *offered]), pick)
    return _picked(asked, offered, pick) if isinstance(asked, Autocomplete) else {}


def _offered(asked: Field, question: Question, run: OpenRun) -> list[str]:
    """The values on offer: those of the source, then the written ones."""
    page = run.walk.find(question.name)
    heard = run.walk.heard_before(page) if page else run.walk.heard
    source = source_of(asked)
    listed = sorted(run.world.offers(source, heard)) if source else []
    return [*listed * 3, *(choice.value for choice in choices_open(asked, heard))] or [""]


def _radio(asked: Radios, value: str, pick: Pick) -> Form:
    reveals = next((each.reveals for each in all_choices(asked) if each.value == value), None)
    return {asked.name: [value], **({reveals.name: [pick(TYPED[reveals.rule])]} if reveals else {})}


def _picked(asked: Autocomplete, offered: list[str], pick: Pick) -> Form:
    value = pick(offered)
    if value in {choice.value for choice in asked.ways_out}:
        return {"way_out": [value]}
    return {asked.name: [value]}


def _forged(asked: Field) -> list[Form]:
    values = [{asked.name: [value]} for value in (*FORGED, *ORGANISATIONS)]
    return [*values, {asked.name: list(ORGANISATIONS[:2])}, {}, {"way_out": ["nowhere"]}]
