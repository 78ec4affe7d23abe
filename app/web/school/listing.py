"""Lists in pages: what the address asks for, and the links to the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from app.domain.people import written

LONGEST_SEARCH = 100
LAST_PAGE = 100_000
NOTHING: Mapping[str, str] = MappingProxyType({})
PageLink = tuple[int, str, bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """The search text and the page number in an address, made safe to use."""

    search: str
    number: int

    @property
    def is_first(self) -> bool:
        """Whether this is the first page of the whole list."""
        return not self.search and self.number == 1


@dataclass(frozen=True, slots=True)
class Pages:
    """What the pagination component prints. None stands for an ellipsis."""

    previous: str
    next: str
    items: tuple[PageLink | None, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Where in a list a page is. `pages` is None when everything fits on one."""

    base: str
    search: str
    total: int
    first: int
    last: int
    pages: Pages | None


def asked(args: Mapping[str, str]) -> Asked:
    """What an address asks for. A page that isn’t a number from 1 up is the first one."""
    said = args.get("page", "")
    digits = said if said.isascii() and said.isdigit() else "1"
    number = int(digits) if len(digits) < len(str(LAST_PAGE)) else LAST_PAGE
    return Asked(written(args.get("search", "")).strip()[:LONGEST_SEARCH], max(1, number))


def listed(
    base: str, search: str, total: int, number: int, per_page: int, others: Mapping[str, str] = NOTHING
) -> Listed:
    """Where page `number` of `total` rows is, with links that keep the search and what `others` the address has."""
    count = max(1, -(-total // per_page))
    first = (number - 1) * per_page + 1 if total else 0
    last = min(number * per_page, total)
    wanted = {**({"search": search} if search else {}), **others}
    pages = None if count == 1 else _pages(base, wanted, number, count)
    return Listed(base, search, total, first, last, pages)


def _pages(base: str, wanted: Mapping[str, str], number: int, count: int) -> Pages:
    items: list[PageLink | None] = []
    before = 0
    for each in sorted({1, number - 1, number, number + 1, count} & set(range(1, count + 1))):
        if each - before == 2:
            items.append((each - 1, _address(base, wanted, each - 1), False))
        elif each - before > 2:
            items.append(None)
        items.append((each, _address(base, wanted, each), each == number))
        before = each
    return Pages(
        _address(base, wanted, number - 1) if number > 1 else "",
        _address(base, wanted, number + 1) if number < count else "",
        tuple(items),
    )


def _address(base: str, wanted: Mapping[str, str], number: int) -> str:
    return f"{base}?{urlencode({**wanted, 'page': str(number)})}"
