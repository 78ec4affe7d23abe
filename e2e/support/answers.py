"""Answering any question of any journey in the browser, from its own declaration.

A field is answered with a usual value: by its name from `BY_NAME`, for typed text and dates by its rule from
`BY_RULE`, else with the first option that the page offers. So a new question needs no words here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from playwright.sync_api import Locator

from app.domain.names import Rule
from app.engine.vocabulary import Autocomplete, DateInput, Field, Question, Radios, Text, all_choices
from app.services.teacher_record.demo_teachers import BORN, PEOPLE, SPECIAL, Standing
from e2e.support.visitor import Visitor
from tests.support import acceptance
from tests.support.document import Document, text_of

Choice = Mapping[str, str]
"""Values by field name; a date is yyyy-mm-dd; `way_out` names a secondary button."""

NEXT_YEAR = "2026-06-01"
ORDINARY = tuple(one.trn for one in PEOPLE)
OTHER_RECORDS = tuple(one.trn for one in SPECIAL if one.standing is not Standing.SLOW)
# Like no name in a list, and long enough to show what an ordinary window does with it.
UNLISTED = "Training-and-Development-Partnership-of-the-Upper-Exe-Valley"

# The first is usual. The others are tried as well, since they lead to other pages.
BY_RULE: Mapping[Rule, tuple[str, ...]] = {
    Rule.TRN: (*ORDINARY[:1], *OTHER_RECORDS, acceptance.RAVI_TRN),
    Rule.BIRTH_DATE: (BORN.isoformat(),),
    Rule.NATIONAL_INSURANCE_NUMBER: ("{number}", "QQ 12 34 56 C"),
    Rule.NAME: ("Zoë D’Arcy-N’Diaye",),
    Rule.EMAIL: ("{trn}@example.com",),
    Rule.START_DATE: ("2025-10-01", NEXT_YEAR),
    Rule.LAST_DAY: ("2025-09-14", "2025-12-31"),
    Rule.STOPPING_DAY: ("2025-09-12",),
    Rule.MENTOR_START_DATE: ("2025-10-01",),
    Rule.ORGANISATION_NAME: ("Alder Teaching School Hub", "St Oswin's Hub", UNLISTED),
}
BY_NAME: Mapping[str, tuple[str, ...]] = {
    "previous_choices": ("no",),
    "appropriate_body": (acceptance.ALDER_BODY, acceptance.FIVE_RIVERS_BODY, acceptance.BRAMBLE_BODY),
    "programme": ("provider_led",),
    "lead_provider": (acceptance.NORTHSTAR,),
    "existing_partner": ("no",),
    "same_organisation": ("no",),
    "delivery_partner": (acceptance.ST_OSWINS,),
    "mentor": ("new",),
}


def choices(visitor: Visitor, question: Question, trn: str) -> list[Choice]:
    """Ways to answer the page that is open: the usual one first, then each field otherwise, one at a time."""
    offered = partial(_offered, visitor)
    open_to = {field.name: _values(field, trn, offered) for field in question.fields}
    usual = {name: values[0] for name, values in open_to.items()}
    others = [{**usual, name: value} for name, values in open_to.items() for value in values[1:]]
    return [usual, *others, *({"way_out": way} for way in _ways_out(question))]


def usual(visitor: Visitor, question: Question, trn: str) -> Choice:
    """The usual answer to the page that is open."""
    return choices(visitor, question, trn)[0]


def usually_sent(page: Document, question: Question, trn: str) -> dict[str, str]:
    """What the form of a page that isn’t drawn sends with the usual answer, by the names of its controls."""
    offered = partial(_listed, page)
    sent: dict[str, str] = {}
    for field in question.fields:
        sent |= _controls(field, _values(field, trn, offered)[0])
    return sent


def give(visitor: Visitor, question: Question, choice: Choice) -> int:
    """Fill the page in and press its button. Returns the status of what it leads to."""
    if "way_out" in choice:
        labels = {way.value: way.label for field in question.fields for way in all_choices(field)}
        return visitor.send(str(labels[choice["way_out"]]))
    for field in question.fields:
        _fill(visitor, field, choice[field.name])
    return visitor.send(question.button)


def may_be_refused(question: Question, choice: Choice) -> bool:
    """Whether the records may refuse an option that is chosen here."""
    return any(
        way.refused is not None and choice.get(field.name) == way.value
        for field in question.fields
        for way in all_choices(field)
    )


def clear(visitor: Visitor, question: Question) -> None:
    """Empty what stands in the fields of a page that nothing was answered on yet."""
    for field in question.fields:
        if isinstance(field, Text):
            visitor.page.locator(f"#{field.name}").fill("")


def box_to_type_in(visitor: Visitor, name: str) -> Locator | None:
    """The field that the site’s script puts in place of a select; None where scripts don’t run."""
    if visitor.scripts != "on":
        return None
    field = visitor.page.locator(f"input#{name}")
    field.wait_for()
    return field


def _values(field: Field, trn: str, offered_for: Callable[[Field], list[str]]) -> list[str]:
    if isinstance(field, Text | DateInput):
        number = f"QQ{trn[-6:]}C"
        return [value.format(trn=trn, number=number) for value in BY_RULE[Rule(field.rule)]]
    offered = offered_for(field)
    named = [value for value in BY_NAME.get(field.name, ()) if value in offered]
    if isinstance(field, Autocomplete):
        return named or offered[:1]
    return [*named, *(value for value in offered if value not in named)]


def _offered(visitor: Visitor, field: Field) -> list[str]:
    kind = "select" if isinstance(field, Autocomplete) else "input"
    of = "select[name='{0}'] option" if kind == "select" else "input[type=radio][name='{0}']"
    found = visitor.page.locator(of.format(field.name)).evaluate_all("all => all.map(each => each.value)")
    # What a round’s option reveals stays hidden for good when the script that would show it was lost on the way.
    lost = {choice.value for choice in all_choices(field) if choice.reveals and visitor.scripts == "blocked"}
    return [value for value in found if value and value not in lost]


def _listed(page: Document, field: Field) -> list[str]:
    if isinstance(field, Autocomplete):
        [select] = (each for each in page.all("select") if each.get("name") == field.name)
        found = [each.get("value", text_of(each)) for each in page.all("option", within=select)]
    else:
        found = [each.get("value", "") for each in page.all("input") if each.get("name") == field.name]
    return [value for value in found if value]


def _ways_out(question: Question) -> Iterator[str]:
    for field in question.fields:
        if isinstance(field, Autocomplete):
            yield from (way.value for way in field.ways_out)


def _controls(field: Field, value: str) -> dict[str, str]:
    if isinstance(field, DateInput):
        parts = zip(("year", "month", "day"), value.split("-"), strict=True)
        return {f"{field.name}-{part}": text.lstrip("0") for part, text in parts}
    revealed = [each.reveals for each in all_choices(field) if each.value == value and each.reveals]
    return {field.name: value, **{each.name: BY_RULE[Rule(each.rule)][0] for each in revealed}}


def _fill(visitor: Visitor, field: Field, value: str) -> None:
    page = visitor.page
    if isinstance(field, DateInput):
        year, month, day = value.split("-")
        for part, text in (("day", day), ("month", month), ("year", year)):
            page.locator(f"#{field.name}-{part}").fill(text.lstrip("0"))
    elif isinstance(field, Radios):
        page.locator(f"input[name='{field.name}'][value='{value}']").check()
        for choice in field.choices:
            if choice.value == value and choice.reveals is not None:
                _fill(visitor, choice.reveals, BY_RULE[Rule(choice.reveals.rule)][0])
    elif isinstance(field, Autocomplete):
        choose(visitor, field.name, value)
    else:
        page.locator(f"#{field.name}").fill(value)


def choose(visitor: Visitor, name: str, value: str) -> None:
    """Choose an option of an autocomplete: typed and taken from the list, or from the plain select."""
    select = visitor.page.locator(f"select[name='{name}']")
    field = box_to_type_in(visitor, name)
    if field is None:
        select.select_option(value)
        return
    label = select.locator(f"option[value='{value}']").text_content() or ""
    field.fill(label)
    visitor.page.get_by_role("option", name=label, exact=True).wait_for()
    field.press("ArrowDown")
    field.press("Enter")
