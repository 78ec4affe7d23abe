"""The list of statements: what its address asks for, its filters, and its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from app.data.ids import known_form
from app.data.queries import finance as queries
from app.data.queries.finance import DUE, Choices, Paid, Wanted
from app.data.queries.paging import Page
from app.data.queries.statements import StatementDetails
from app.domain.days import in_words
from app.domain.pounds import in_pounds
from app.domain.statements import State, month_name, past_deadline, title
from app.services import finance
from app.web.filters import counted
from app.web.finance.pages import ListPage
from app.web.journeys.page import FieldView
from app.web.offices.lists import ANY, page_or_last, select
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import statement_tag
from app.web.render import Link
from app.web.school.listing import listed
from app.web.school.pages import NamedLink

BASE = "/finance/statements"
ALL = "all"
STATUSES: Mapping[str, str] = {
    DUE: "Due now and next",
    ALL: "All statuses",
    State.OPEN: "Open",
    State.PAYABLE: "Payable",
    State.PAID: "Paid",
}
HEAD = ("Statement", "Lead provider", "Cohort", "Status", "Deadline", "Payment date", "Total with VAT")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_COHORT = re.compile(r"20[0-9]{2}")


def wanted(args: Mapping[str, str]) -> Wanted:
    """What an address asks for. What it doesn’t say, or can’t mean, doesn’t filter; without a status, what is due."""
    month = _MONTH.fullmatch(args.get("month", ""))
    cohort = args.get("cohort", "")
    status = args.get("state", DUE)
    return Wanted(
        known_form(args.get("provider", "")),
        int(cohort) if _COHORT.fullmatch(cohort) else None,
        (int(month[1]), int(month[2])) if month else None,
        None if status == ALL else status if status in STATUSES else DUE,
    )


def found_for(asked: Wanted, today: date, number: int) -> Page[StatementDetails]:
    """A page of statements; past the end, the last one."""
    return page_or_last(lambda page: queries.statements(asked, today, page), number)


def statements_page(asked: Wanted, found: Page[StatementDetails], today: date) -> ListPage:
    """The page."""
    said = _said(asked)
    totals = finance.totals(found.rows, today)
    rows = tuple(_row(each, totals.get(each.id), today) for each in found.rows)
    return ListPage(
        title="Statements",
        action=BASE,
        filters=_filters(said, queries.choices()),
        heading=counted(found.total, "statement") if found.total else "No statements found",
        sentences=_sentences(asked, queries.next_deadline(asked, today), queries.paid(asked, today)),
        table=Table("Statements", HEAD, rows, frozenset({6}), size="") if rows else None,
        listed=listed(BASE, "", found.total, found.number, found.per_page, said),
        empty="There are none for what you chose. Choose fewer filters, or another status.",
        way_on=None if rows else _way_on(said),
        tab="statements",
    )


def _said(asked: Wanted) -> dict[str, str]:
    """The wishes as an address says them."""
    month = asked.month
    return {
        "provider": asked.lead_provider_id or ANY,
        "cohort": str(asked.cohort or ANY),
        "month": f"{month[0]}-{month[1]:02}" if month else ANY,
        "state": asked.state or ALL,
    }


def _filters(said: Mapping[str, str], choices: Choices) -> tuple[FieldView, ...]:
    months = {f"{year}-{month:02}": title(year, month) for year, month in choices.months}
    return (
        select(
            "provider",
            "Lead provider",
            "All lead providers",
            {p.id: p.name for p in choices.lead_providers},
            said,
        ),
        select("cohort", "Cohort", "All cohorts", {str(each): str(each) for each in choices.cohorts}, said),
        select("month", "Month", "All months", months, said),
        select("state", "Status", "", STATUSES, said),
    )


def _sentences(asked: Wanted, closing: date | None, paid: Paid) -> tuple[str, ...]:
    said = []
    if asked.state == DUE:
        after = f", and those that close next, on {in_words(closing)}" if closing else ""
        said.append(f"These are the statements that are closed and not paid yet{after}.")
    if paid.count:
        said.append(f"Paid on {counted(paid.count, 'statement')}: {in_pounds(paid.pence)} with VAT.")
    return tuple(said)


def _row(each: StatementDetails, total: int | None, today: date) -> tuple[Cell, ...]:
    named = f"{month_name(each.month)} {each.year}"
    link = NamedLink(named, f"{BASE}/{each.id}", f", {each.lead_provider_name}, {each.cohort} cohort")
    if total is not None:
        amount = in_pounds(total)
    else:
        amount = "No contract" if past_deadline(each.deadline_on, today) else "Not closed yet"
    status = statement_tag(each.state, each.deadline_on, today)
    dates = (in_words(each.deadline_on), in_words(each.pays_on))
    return (link, each.lead_provider_name, str(each.cohort), status, *dates, amount)


def _way_on(said: Mapping[str, str]) -> Link:
    """Out of a list without rows: whatever the status, or everything that is due."""
    if said["state"] != ALL:
        return Link("Show them whatever their status", f"{BASE}?{urlencode({**said, 'state': ALL})}")
    return Link("Show what is due now and next", BASE)
