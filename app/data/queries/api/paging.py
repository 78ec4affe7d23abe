"""Pages of the API's lists: filtered, and in an order that never overlaps or skips, because the id is its last key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Row,
    Select,
    Subquery,
    Text,
    bindparam,
    literal_column,
    select,
    union_all,
)

from app.data.columns import UTCDateTime
from app.data.database import reading
from app.data.queries.api.wanted import Wanted

Rows = Select[*tuple[Any, ...]]
Found = Sequence[Row[*tuple[Any, ...]]]
Conditions = Callable[[Collection[str]], Iterable[ColumnElement[bool]]]
Sources = tuple[tuple[Rows, Conditions], ...]
Shape = tuple[tuple[tuple[str, bool], ...], frozenset[str]]

FILTERS = (
    "cohorts",
    "updated_since",
    "delivery_partner_ids",
    "participant_ids",
    "urn",
    "training_status",
    "from_participant_id",
)
# No database counts further, and no list is as long.
_FURTHEST = 2**31 - 1
YEARS = range(1, 10_000)
"""Others are no cohorts, and too long for a column of whole numbers."""


def among(name: str) -> Any:
    """The values of a filter that is a list, for `column.in_(…)`: empty ones find nothing."""
    return bindparam(name, expanding=True)


def since() -> Any:
    """The value of `updated_since`: mostly so late that few records have changed, and the database should know."""
    return _written("updated_since", UTCDateTime())


def fixed(value: str | int) -> Any:
    """A word or number of ours, written out in the statement: with it PostgreSQL can settle on a plan, once."""
    if isinstance(value, int):
        return literal_column(str(value), Integer())
    return literal_column(f"'{value}'", Text())


def when_given(conditions: Mapping[str, ColumnElement[bool]]) -> Conditions:
    """Conditions of which each holds when its filter was given, whatever else was."""
    return lambda given: [condition for name, condition in conditions.items() if name in given]


class Listing:
    """The list of one kind of record, and its records one by one.

    `rows` selects all that the caller may see, bound to `:lead_provider_id`, with `id` and what it is sorted by among
    its columns; `conditions` says what the filters that were given mean. A page is cut out of these, so that they alone
    decide its cost; `shown` then joins to that page, a subquery with the same columns, what else is shown. `order` is
    how the list is sorted when the client doesn't say. `more` gives, for the
    names of the filters that were given, other rows of the same columns, with conditions of their own, that the list
    has as well.

    Selects are built when first asked for and kept: building one takes longer than running it.
    """

    def __init__(
        self,
        rows: Rows,
        shown: Callable[[FromClause], Rows] = select,
        *,
        conditions: Conditions,
        order: str = "created_at",
        sortable: bool = True,
        more: Callable[[Collection[str]], Sources] = lambda _given: (),
    ) -> None:
        self._rows, self._conditions, self._more = rows, conditions, more
        self._shown, self._order, self._sortable = shown, order, sortable
        every = [each for each, _ in self._sources(())]
        self._one = shown(_together([_with_id(each) for each in every]))
        self._those = shown(_together([_with_ids(each) for each in every]))
        self._pages: dict[Shape, Rows] = {}

    def page(self, lead_provider_id: str, wanted: Wanted, **bound: object) -> Found:
        """The rows of the page, in order; none past the end. `bound` are other values the select needs."""
        offset = (wanted.page - 1) * wanted.per_page
        end = offset + wanted.per_page
        if end > _FURTHEST:
            return ()
        given = _given(wanted)
        sort = _once_each(wanted.sort) if self._sortable else ()
        statement = self._page((sort or ((self._order, False),), frozenset(given)))
        where = {"lead_provider_id": lead_provider_id, "limit": wanted.per_page, "offset": offset, "end": end}
        return reading().execute(statement, {**bound, **given, **where}).all()

    def one(self, lead_provider_id: str, id: str, **bound: object) -> Found:
        """The rows of the record with this id: none when the caller may not see it."""
        values = {**bound, "id": id, "lead_provider_id": lead_provider_id}
        return reading().execute(self._one, values).all()

    def those(self, lead_provider_id: str, ids: Collection[str], **bound: object) -> Found:
        """The rows of the records with these ids, in no order: only those that the caller may see."""
        values = {**bound, "ids": list(ids), "lead_provider_id": lead_provider_id}
        return reading().execute(self._those, values).all() if ids else ()

    def _sources(self, given: Collection[str]) -> Sources:
        return ((self._rows, self._conditions), *self._more(given))

    def _page(self, shape: Shape) -> Rows:
        if shape not in self._pages:
            self._pages[shape] = self._built(*shape)
        return self._pages[shape]

    def _built(self, sort: Iterable[tuple[str, bool]], given: Collection[str]) -> Rows:
        sources = [
            _ordered(rows.where(*conditions(given)), sort) for rows, conditions in self._sources(given)
        ]
        if len(sources) > 1:
            # None of them alone can reach further into the list than the end of the page.
            whole = _together([source.limit(_number("end")) for source in sources])
            sources = [_ordered(select(whole), sort)]
        page = sources[0].limit(_written("limit", Integer())).offset(_number("offset")).subquery("page")
        return self._shown(page).order_by(*_keys(page.c, sort))


def _number(name: str) -> Any:
    return bindparam(name, type_=Integer())


def _written(name: str, type_: Any) -> Any:
    """A value that is written out in the statement, so that the database plans for it and not for any.

    Prepared for all pages at once, one of 100 would be read in the way that is best for a tenth of the table.
    """
    return bindparam(name, type_=type_, literal_execute=True)


def _with_id(rows: Rows) -> Rows:
    return rows.where(rows.selected_columns["id"] == bindparam("id"))


def _with_ids(rows: Rows) -> Rows:
    return rows.where(rows.selected_columns["id"].in_(among("ids")))


def _together(sources: Sequence[Rows]) -> Subquery:
    if len(sources) == 1:
        return sources[0].subquery("page")
    # SQLite takes no order inside a union, except in subqueries.
    return union_all(*(select(source.subquery()) for source in sources)).subquery("whole")


def _ordered(rows: Rows, sort: Iterable[tuple[str, bool]]) -> Rows:
    return rows.order_by(*_keys(rows.selected_columns, sort))


def _given(wanted: Wanted) -> dict[str, Any]:
    given = {name: getattr(wanted, name) for name in FILTERS if getattr(wanted, name) is not None}
    if wanted.cohorts is not None:
        given["cohorts"] = tuple(year for year in wanted.cohorts if year in YEARS)
    return given


def _once_each(sort: Iterable[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    """The same key again changes nothing."""
    first: dict[str, bool] = {}
    for key, descending in sort:
        first.setdefault(key, descending)
    return tuple(first.items())


def _keys(columns: Any, sort: Iterable[tuple[str, bool]]) -> list[ColumnElement[Any]]:
    keys = [columns[key].desc() if descending else columns[key] for key, descending in sort]
    return [*keys, columns["id"]]
