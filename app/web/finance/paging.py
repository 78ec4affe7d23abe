"""A page past the end of a list is its last one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.data.queries.paging import Page

T = TypeVar("T")


def page_or_last(load: Callable[[int], Page[T]], number: int) -> Page[T]:
    """Page `number` of what `load` reads; the last page when there are fewer."""
    found = load(number)
    return found if found.rows or not found.total else load(found.pages)
