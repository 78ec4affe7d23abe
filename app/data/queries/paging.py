"""Pages of rows, in an order that never overlaps or skips: the id is always its last key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, func, select

from app.data.database import reading

T = TypeVar("T")

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of rows. `number` counts from 1; past the end there are none, and `total` is still right."""

    rows: tuple[T, ...]
    total: int
    number: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.per_page))


def page_of(
    statement: Select[*tuple[Any, ...]],
    make: Callable[[Row[*tuple[Any, ...]]], T],
    number: int,
    per_page: int = PER_PAGE,
) -> Page[T]:
    """Page `number` of an ordered statement, in two selects: the count and the rows.

    Raises ValueError for a page or a size below 1.
    """
    if number < 1 or per_page < 1:
        raise ValueError("pages and their sizes count from 1")
    connection = reading()
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = connection.execute(counted).scalar_one()
    rows = connection.execute(statement.limit(per_page).offset((number - 1) * per_page))
    return Page(tuple(make(row) for row in rows), total, number, per_page)
