"""Lists with filters above them: the filters, and the page that an address asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from app.data.queries.paging import Page
from app.web.journeys.page import FieldView, OptionView

T = TypeVar("T")
ANY = ""
"""The value of a filter that doesn’t filter."""


def page_or_last(load: Callable[[int], Page[T]], number: int) -> Page[T]:
    """Page `number` of what `load` reads; the last page when there are fewer."""
    found = load(number)
    return found if found.rows or not found.total else load(found.pages)


def select(
    name: str, label: str, everything: str, options: Mapping[str, str], said: Mapping[str, str]
) -> FieldView:
    """A filter. `everything` is the option that doesn’t filter, “” for none."""
    offered = {**({ANY: everything} if everything else {}), **options}
    views = (OptionView(value, words, checked=value == said[name]) for value, words in offered.items())
    return FieldView("select", name, label, options=tuple(views))
