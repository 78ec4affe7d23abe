"""What the address of a list asks for, and its search and filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.data.ids import known_form
from app.data.queries.paging import Page
from app.web.journeys.page import FieldView
from app.web.offices.lists import page_or_last, select
from app.web.school.listing import Listed, asked, listed

T = TypeVar("T")
SIZES = (20, 50)
ALL = "all"
_COHORT = re.compile(r"20[0-9]{2}")
SIZE_OPTIONS = {str(size): str(size) for size in SIZES}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an address asks for. What it doesn’t say, or can’t mean, doesn’t filter."""

    search: str
    number: int
    size: int
    cohort: int | None
    status: str | None
    delivery_partner_id: str | None

    @property
    def said(self) -> dict[str, str]:
        """The wishes as an address says them."""
        return {
            "cohort": str(self.cohort or ""),
            "status": self.status or ALL,
            "partner": self.delivery_partner_id or "",
            "size": str(self.size),
        }


def wishes(args: Mapping[str, str], statuses: Collection[str] = (), usual: str | None = None) -> Wishes:
    """What an address asks for; `usual` is the status when it names none."""
    plain, cohort, status = asked(args), args.get("cohort", ""), args.get("status", usual or ALL)
    size = args.get("size", "")
    return Wishes(
        plain.search,
        plain.number,
        int(size) if size in SIZE_OPTIONS else SIZES[0],
        int(cohort) if _COHORT.fullmatch(cohort) else None,
        None if status == ALL else status if status in statuses else usual,
        known_form(args.get("partner", "")),
    )


def page_for(load: Callable[[int], Page[T]], wished: Wishes) -> Page[T]:
    """The page that is wished for; past the end, the last one."""
    return page_or_last(load, wished.number)


def where(base: str, found: Page[T], wished: Wishes, *kept: str) -> Listed:
    """Where in the list one is; links to other pages keep the search and these filters."""
    others = {name: wished.said[name] for name in (*kept, "size")}
    return listed(base, wished.search, found.total, found.number, found.per_page, others)


def search_field(label: str, wished: Wishes) -> FieldView:
    """The search above a list."""
    return FieldView("text", "search", label, value=wished.search, width="20", spellcheck=False)


def cohort_filter(cohorts: Collection[int], wished: Wishes) -> FieldView:
    """The filter by cohort."""
    options = {str(each): str(each) for each in cohorts}
    return select("cohort", "Cohort", "All cohorts", options, wished.said)


def status_filter(label: str, words: Mapping[str, str], wished: Wishes) -> FieldView:
    """The filter by status; `words` has all of them, ALL too."""
    return select("status", label, "", words, wished.said)


def size_filter(wished: Wishes) -> FieldView:
    """How many stand on a page."""
    return select("size", "Rows on a page", "", SIZE_OPTIONS, wished.said)
