"""Proposals: the list, and one of them."""

from __future__ import annotations

from app.data.queries.api.proposals import ProposalRow
from app.data.queries.paging import Page
from app.data.queries.provider import naming
from app.web.filters import counted, moment
from app.web.journeys.page import SummaryRow
from app.web.offices.pages import Cell, Table
from app.web.provider import listing
from app.web.provider.listing import ALL, Wishes
from app.web.provider.pages import ListPage, RecordPage
from app.web.provider.refusing import PROPOSALS
from app.web.provider.wording import NOT_GIVEN, declined
from app.web.provider.wording import PROPOSALS as TAGS
from app.web.render import Link, Notice
from app.web.school.pages import Group, NamedLink
from app.web.school.wording import day_of

USUAL = "proposed"
UNKNOWN = "The school does not know"
HEAD = ("School", "URN", "Cohort", "Delivery partner", "People waiting", "Asked on", "Status")
STATUSES = {USUAL: "Waiting for you", ALL: "All statuses", "declined": "Declined", "retracted": "Retracted"}
BEFORE = (
    "Schools have told us that you will train their people. Confirm what is right, and decline what is not."
)


def proposals_page(
    lead_provider_id: str, wished: Wishes, found: Page[ProposalRow], notices: tuple[Notice, ...]
) -> ListPage:
    """The list."""
    rows = tuple(map(_row, found.rows))
    return ListPage(
        title="Proposals",
        action=PROPOSALS,
        before=(BEFORE,),
        search=listing.search_field("Search by school name or URN", wished),
        filters=(
            listing.cohort_filter(naming.cohorts(lead_provider_id), wished),
            listing.status_filter("Status", STATUSES, wished),
            listing.size_filter(wished),
        ),
        heading=_heading(found.total, wished),
        table=Table("Proposals", HEAD, rows, frozenset({4}), size="") if rows else None,
        listed=listing.where(PROPOSALS, found, wished, "cohort", "status"),
        empty=_empty(wished),
        way_on=None
        if rows or _everything(wished)
        else Link("Show all proposals", f"{PROPOSALS}?status={ALL}"),
        tab="proposals",
        notices=notices,
    )


def _heading(total: int, wished: Wishes) -> str:
    if wished.status == USUAL:
        waiting = counted(total, "proposal waits", "proposals wait") if total else "No proposals wait"
        return f"{waiting} for you"
    return counted(total, "proposal") if total else "No proposals found"


def _everything(wished: Wishes) -> bool:
    return not (wished.search or wished.cohort or wished.status)


def _empty(wished: Wishes) -> str:
    if _everything(wished):
        return (
            "When a school chooses you as its lead provider, it is shown here for you to confirm or decline."
        )
    return "There are none for what you chose. Choose fewer filters, or search for less."


def proposal_page(found: ProposalRow, notices: tuple[Notice, ...] = ()) -> RecordPage:
    """One proposal."""
    here = f"{PROPOSALS}/{found.id}"
    waits = found.status == USUAL
    return RecordPage(
        title=f"{found.school_name}, {found.cohort} cohort",
        trail=(Link("Proposals", PROPOSALS), Link(found.school_name, "")),
        status=TAGS[found.status],
        groups=(Group("", _rows(found)), Group("Induction tutor", tutor_rows(found))),
        buttons=(Link("Confirm", f"{here}/confirm"), Link("Decline", f"{here}/decline")) if waits else (),
        before=() if waits else (_over(found),),
        tab="proposals",
        notices=notices,
    )


def _over(found: ProposalRow) -> str:
    if found.status == "declined":
        return "You have declined this proposal. The school has been asked to choose again."
    return "The school no longer asks for this. There is nothing for you to do."


def about(found: ProposalRow) -> tuple[SummaryRow, ...]:
    """Which school asks, for when."""
    return (
        SummaryRow("School", found.school_name),
        SummaryRow("URN", found.urn),
        SummaryRow("Cohort", str(found.cohort)),
    )


def waiting(found: ProposalRow) -> str:
    """How many wait for the answer."""
    return counted(found.participants_waiting, "person", "people") if found.participants_waiting else "Nobody"


def _rows(found: ProposalRow) -> tuple[SummaryRow, ...]:
    choose = ("You choose it when you confirm.",) if found.status == USUAL else ()
    partner = found.delivery_partner_name
    rows = [
        *about(found),
        SummaryRow("Delivery partner", partner or UNKNOWN, () if partner else choose),
        SummaryRow("People waiting", waiting(found)),
        SummaryRow("First asked on", moment(found.created_at)),
    ]
    if found.status == "declined":
        rows.append(SummaryRow("Your reason", declined(found.declined_reason, found.cohort)))
    rows.append(SummaryRow("Proposal ID", found.id))
    return tuple(rows)


def tutor_rows(found: object) -> tuple[SummaryRow, ...]:
    """Whom to speak to at the school: of a proposal or of a partnership."""
    name, email = (getattr(found, f"induction_tutor_{part}") for part in ("name", "email"))
    return (SummaryRow("Name", name or NOT_GIVEN), SummaryRow("Email address", email or NOT_GIVEN))


def _row(found: ProposalRow) -> tuple[Cell, ...]:
    partner = found.delivery_partner_name or UNKNOWN
    hidden = f", URN {found.urn}, {found.cohort} cohort, delivery partner: {partner}"
    return (
        NamedLink(found.school_name, f"{PROPOSALS}/{found.id}", hidden),
        found.urn,
        str(found.cohort),
        partner,
        f"{found.participants_waiting:,}",
        day_of(found.created_at),
        TAGS[found.status],
    )
