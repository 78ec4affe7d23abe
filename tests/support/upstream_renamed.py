"""Upstream’s cases said the way our pages say them.

Our fields have one name, which is also the beginning of every id; groups always have a legend. Most upstream
cases name things otherwise. Such a case is renamed, and the HTML it must give is then asked of the stock macro
(govuk-frontend-jinja, which gives all upstream fixtures exactly).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader

from app.web.journeys.page import FieldView
from tests.support.upstream import Case
from tests.support.upstream_adapters import macro

Options = dict[str, Any]


def wanted(case: Case) -> tuple[Options, str]:
    """The options, renamed where needed, and the HTML they must give."""
    options = RENAMED.get(case.component, dict)(dict(case.options))
    return options, case.html if options == case.options else stock(case.component, options)


def stock(component: str, options: Mapping[str, Any]) -> str:
    """What the stock macro gives."""
    name = "govuk" + component.replace("-", " ").title().replace(" ", "")
    module = _stock().get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    return str(getattr(module, name)(options))


@cache
def _stock() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True)


def revealed(item_id: str) -> FieldView:
    """The field that stands for whatever a radio reveals upstream."""
    return FieldView("text", f"{item_id}-more", "Tell us more")


def _radios(options: Options) -> Options:
    name = options["name"] = options.pop("idPrefix", None) or options["name"]
    items = [_with_our_reveal(dict(item), name) if item else item for item in options["items"]]
    return _with_legend({**options, "items": items})


def _with_our_reveal(item: Options, name: str) -> Options:
    if (item.get("conditional") or {}).get("html"):
        view = revealed(f"{name}-{item['value']}")
        item["conditional"] = {"html": str(macro("fields/text.text")(view, "")), "view": view}
    return item


def _input(options: Options) -> Options:
    options["name"] = options.pop("id", None) or options["name"]
    return options


def _date_input(options: Options) -> Options:
    options["namePrefix"] = options["id"]
    return _with_legend(options)


def _label(options: Options) -> Options:
    return {**options, "for": options.get("for") or "name"}


def _hint(options: Options) -> Options:
    return {**options, "id": "name-hint"}


def _with_legend(options: Options) -> Options:
    fieldset = dict(options.get("fieldset") or {})
    return {**options, "fieldset": {**fieldset, "legend": fieldset.get("legend") or {"text": "Legend"}}}


RENAMED: Mapping[str, Callable[[Options], Options]] = {
    "radios": _radios,
    "input": _input,
    "date-input": _date_input,
    "select": _input,
    "label": _label,
    "hint": _hint,
}
