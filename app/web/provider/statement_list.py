"""The list of statements. What they come to is between the lead provider and finance, and not shown."""

from __future__ import annotations

from datetime import date

from app.data.queries.paging import Page
from app.data.queries.provider import naming
from app.data.queries.provider.statements import NOW, OwnStatement
from app.domain.days import in_words
from app.domain.statements import State, title
from app.web.filters import counted
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import statement_tag
from app.web.provider import listing
from app.web.provider.listing import ALL, Wishes
from app.web.provider.pages import ListPage
from app.web.render import Link
from app.web.school.pages import NamedLink

BASE = "/provider/statements"
STATUSES = {
    NOW: "Closed, or closing next",
    ALL: "All statuses",
    State.OPEN: "Open",
    State.PAYABLE: "Payable",
    State.PAID: "Paid",
}
HEAD = ("Statement", "Cohort", "Status", "Deadline", "Payment date")


def statements_page(
    lead_provider_id: str, wished: Wishes, found: Page[OwnStatement], today: date
) -> ListPage:
    """The list."""
    rows = tuple(_row(each, today) for each in found.rows)
    everything = not (wished.cohort or wished.status)
    return ListPage(
        title="Statements",
        action=BASE,
        filters=(
            listing.cohort_filter(naming.cohorts(lead_provider_id), wished),
            listing.status_filter("Status", STATUSES, wished),
            listing.size_filter(wished),
        ),
        heading=counted(found.total, "statement") if found.total else "No statements found",
        table=Table("Statements", HEAD, rows, size="") if rows else None,
        listed=listing.where(BASE, found, wished, "cohort", "status"),
        empty=_empty(everything),
        way_on=None if rows or everything else Link("Show all statements", f"{BASE}?status={ALL}"),
        tab="statements",
    )


def _empty(everything: bool) -> str:
    if everything:
        return (
            "Each month in which declarations are paid has a statement here, once DfE has planned the cohort."
        )
    return "There are none for what you chose. Choose fewer filters."


def _row(found: OwnStatement, today: date) -> tuple[Cell, ...]:
    link = NamedLink(title(found.year, found.month), f"{BASE}/{found.id}", f", {found.cohort} cohort")
    dates = (in_words(found.deadline_on), in_words(found.pays_on))
    return (link, str(found.cohort), statement_tag(found.state, found.deadline_on, today), *dates)
