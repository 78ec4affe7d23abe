"""From the options of an upstream fixture to the arguments of our macro, one function a component.

Each raises NotOffered for options that our macros don’t have: they print what a page gives them, no more.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from app.domain.days import PARTS
from app.web.filters import FILTERS
from app.web.journeys.page import FieldView, OptionView, SummaryRow
from tests.support.tree import ROOT
from tests.support.upstream import Given, NotOffered

ENV = Environment(loader=FileSystemLoader(ROOT / "app" / "templates"), autoescape=True)
ENV.filters.update(FILTERS)


def macro(place: str) -> Callable[..., str]:
    """“fields/radios.radios” is the macro radios in templates/fields/radios.html."""
    file, _, name = place.rpartition(".")
    found: Callable[..., str] = getattr(ENV.get_template(f"{file}.html").module, name)
    return found


def within(place: str, content: str, *args: Any, **named: Any) -> str:
    """Call a macro that takes a caller, with this content."""
    return macro(place)(*args, caller=lambda: Markup(content), **named)


def radios(given: Given) -> str:
    """A FieldView with its options; a divider stands on the option after it."""
    legend, fieldset = _legend(given, "fieldset")
    fieldset.end()
    name, value = given.take("name"), given.take("value")
    options, divided = [], False
    for item in given.take("items"):
        if not item:
            raise NotOffered("falsy items")
        if item.get("divider"):
            divided = item["divider"] == "or"
            continue
        options.append(_option(Given(item), value, divided))
        divided = False
    view = FieldView("radios", name, options=tuple(options), **legend.view, **_hint_and_error(given))
    given.end()
    return macro("fields/radios.radios")(view, legend.size)


def _option(item: Given, value: object, divided: bool) -> OptionView:
    hint = item.within("hint")
    line = hint.words()
    hint.end()
    said = str(item.take("value"))
    checked = item.take("checked", value is not None and said == value)
    reveals = (item.take("conditional") or {}).get("view")
    lines = (line,) if line else ()
    made = OptionView(said, item.words(), lines, bool(checked), divided, item.take("id") or "", reveals)
    item.end()
    return made


def text(given: Given) -> str:
    """A FieldView of kind text."""
    label, name, value = _label(given), given.take("name"), given.take("value")
    view = FieldView(
        "text",
        name,
        value="" if value is None else str(value),
        width=given.modifier("govuk-input").removeprefix("width-"),
        inputmode=given.take("inputmode") or "",
        spellcheck=_spellcheck(given),
        **label.view,
        **_hint_and_error(given),
    )
    if given.take("type", "text") != "text":
        raise NotOffered("type")
    given.end()
    return macro("fields/text.text")(view, label.size)


def _spellcheck(given: Given) -> bool:
    if given.left.get("spellcheck"):
        raise NotOffered("spellcheck")
    return given.take("spellcheck") is not False


def date(given: Given) -> str:
    """A FieldView of kind date, with all three parts."""
    legend, fieldset = _legend(given, "fieldset")
    fieldset.end()
    name, items = given.take("id"), [_part(Given(item)) for item in given.take("items") or ()]
    if given.take("namePrefix") != name or (items and [part for part, _, _ in items] != list(PARTS)):
        raise NotOffered("other parts")
    view = FieldView(
        "date",
        name,
        parts=tuple(value for _, value, _ in items) or ("", "", ""),  # type: ignore[arg-type]
        wrong_parts=tuple(part for part, _, wrong in items if wrong),
        **legend.view,
        **_hint_and_error(given),
    )
    given.end()
    return macro("fields/date.date")(view, legend.size)


def _part(item: Given) -> tuple[str, str, bool]:
    name, classes = item.take("name"), (item.take("classes") or "").split()
    if f"govuk-input--width-{4 if name == 'year' else 2}" not in classes[:1]:
        raise NotOffered("width")
    made = (name, str(item.take("value") or ""), classes[1:] == ["govuk-input--error"])
    item.end()
    return made


def select(given: Given) -> str:
    """A FieldView as a plain select."""
    label, name, value = _label(given), given.take("name"), given.take("value")
    options = []
    for item in map(Given, given.take("items") or ({},)):
        if not isinstance(item.left.get("value"), str | int) or item.left["value"] is False:
            raise NotOffered("no value")
        said = str(item.take("value"))
        chosen = item.take("selected", value is not None and said == value)
        options.append(OptionView(said, item.words(), checked=bool(chosen)))
        item.end()
    view = FieldView("autocomplete", name, options=tuple(options), **label.view, **_hint_and_error(given))
    given.end()
    return macro("fields/autocomplete.select")(view, label.size)


def label(given: Given) -> str:
    """A label by itself."""
    made = _label(Given({"label": given.left}))
    if not made.view["label"]:
        raise NotOffered("empty")
    return macro("fields/parts.label")(FieldView("text", made.name, **made.view), made.size)


def fieldset(given: Given) -> str:
    """A fieldset with its legend and anything inside."""
    role, html = given.take("role") or "", given.take("html") or ""
    legend, rest = _legend(Given({"fieldset": given.left}), "fieldset")
    rest.end()
    return within("fields/parts.fieldset", html, FieldView("radios", "x", **legend.view), legend.size, role)


def hint(given: Given) -> str:
    """A hint by itself, which always belongs to a field."""
    identity, words = given.take("id"), given.words()
    given.end()
    view = FieldView("text", identity.removesuffix("-hint"), "", hint=words)
    return macro("fields/parts.hint_and_error")(view)


def button(given: Given) -> str:
    """A button, or a link that looks like one."""
    words, href, start = given.words(), given.take("href"), given.take("isStartButton")
    once, kind = given.take("preventDoubleClick"), given.modifier("govuk-button")
    name, value = given.take("name") or "", given.take("value") or ""
    given.end()
    if once is False or (start and not href) or kind not in ("", "secondary", "warning"):
        raise NotOffered("start or kind")
    if href:
        return macro("components/button.link_button")(words, href, "start" if start else kind)
    return macro("components/button.button")(words, kind, name, value, once=bool(once))


def _label(given: Given) -> SimpleNamespace:
    inner = given.within("label")
    view = {"is_heading": bool(inner.take("isPageHeading")), "label": inner.words()}
    made = SimpleNamespace(view=view, size=inner.modifier("govuk-label"), name=inner.take("for"))
    inner.end()
    return made


def _legend(given: Given, name: str) -> tuple[SimpleNamespace, Given]:
    fieldset = given.within(name)
    inner = fieldset.within("legend")
    view = {"is_heading": bool(inner.take("isPageHeading")), "label": inner.words()}
    made = SimpleNamespace(view=view, size=inner.modifier("govuk-fieldset__legend"))
    inner.end()
    if not view["label"]:
        raise NotOffered("no legend")
    return made, fieldset


def _hint_and_error(given: Given) -> dict[str, str]:
    hint, error = given.within("hint"), given.within("errorMessage")
    words = {"hint": hint.words(), "error": error.words()}
    hint.end()
    error.end()
    return words


def summary_list(given: Given) -> str:
    """SummaryRows with at most one link, which says Change; or rows in a card."""
    card, border = given.within("card"), given.modifier("govuk-summary-list")
    title = card.within("title")
    rows = tuple(_row(Given(row)) for row in given.take("rows") if row)
    if border not in ("", "no-border") or not rows:
        raise NotOffered("classes")
    given.end()
    html = macro("components/summary_list.summary_list")(rows, border=not border)
    if not title.left:
        card.end()
        return html
    actions = card.within("actions")
    links = tuple(SimpleNamespace(**each) for each in actions.take("items") or ())
    words, level = title.words(), title.take("headingLevel") or 2
    if any(vars(link).keys() != {"text", "href"} for link in links) or any(row.change for row in rows):
        raise NotOffered("links in a card")
    for each in (title, card, actions):
        each.end()
    return within("components/summary_list.summary_card", html, words, links, level)


def _row(row: Given) -> SummaryRow:
    key, value, actions = row.within("key"), row.within("value"), row.within("actions")
    links = actions.take("items") or ()
    link = Given(links[0] if links else None)
    made = SummaryRow(
        key.words(),
        value.words(),
        change=link.take("href"),
        change_what=link.take("visuallyHiddenText") or "",
    )
    if len(links) > 1 or link.take("text", "Change") != "Change":
        raise NotOffered("actions")
    for each in (row, key, value, actions, link):
        each.end()
    return made
