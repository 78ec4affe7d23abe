"""Partnerships: the list, and one of them."""

from __future__ import annotations

from collections.abc import Mapping

from app.data.queries.api import delivery_partners
from app.data.queries.api.partnerships import PartnershipRow
from app.data.queries.api.wanted import Wanted
from app.data.queries.paging import Page
from app.data.queries.provider import naming
from app.domain.matching import fold
from app.web.filters import counted, moment
from app.web.journeys.page import SummaryRow
from app.web.offices.lists import select
from app.web.offices.pages import Cell, Table
from app.web.provider import listing
from app.web.provider.listing import ALL, Wishes
from app.web.provider.pages import ListPage, RecordPage
from app.web.provider.proposal_pages import tutor_rows
from app.web.provider.wording import PARTNERSHIPS as TAGS
from app.web.provider.wording import challenged
from app.web.render import Link
from app.web.school.pages import Group, NamedLink
from app.web.school.wording import day_of

BASE = "/provider/partnerships"
WRONG = "The school says that this is wrong, so you do not see its people."
AGAIN = "If it is right after all, contact the school. Then report the partnership again over the API."
MOST_PARTNERS = 3000
STATUSES = {ALL: "All statuses", "active": "Active", "challenged": "Challenged"}
HEAD = ("School", "URN", "Cohort", "Delivery partner", "Status", "What the school said")


def partnerships_page(lead_provider_id: str, wished: Wishes, found: Page[PartnershipRow]) -> ListPage:
    """The list."""
    schools = naming.schools({each.urn for each in found.rows})
    rows = tuple(_row(each, schools) for each in found.rows)
    partners = delivery_partners.listed(lead_provider_id, Wanted(per_page=MOST_PARTNERS))
    by_name = {each.id: each.name for each in sorted(partners, key=lambda each: fold(each.name))}
    everything = not (wished.search or wished.cohort or wished.status or wished.delivery_partner_id)
    return ListPage(
        title="Partnerships",
        action=BASE,
        search=listing.search_field("Search by school name or URN", wished),
        filters=(
            listing.cohort_filter(naming.cohorts(lead_provider_id), wished),
            listing.status_filter("Status", STATUSES, wished),
            select("partner", "Delivery partner", "All delivery partners", by_name, wished.said),
            listing.size_filter(wished),
        ),
        heading=counted(found.total, "partnership") if found.total else "No partnerships found",
        table=Table("Partnerships", HEAD, rows, size="") if rows else None,
        listed=listing.where(BASE, found, wished, "cohort", "status", "partner"),
        empty=_empty(everything),
        way_on=None if rows or everything else Link("Show all partnerships", BASE),
        tab="partnerships",
    )


def _empty(everything: bool) -> str:
    if everything:
        return "A proposal that you confirm, and a partnership that you report over the API, is shown here."
    return "There are none for what you chose. Choose fewer filters, or search for less."


def partnership_page(found: PartnershipRow) -> RecordPage:
    """One partnership."""
    school = naming.schools([found.urn])[found.urn]
    return RecordPage(
        title=f"{school}, {found.cohort} cohort",
        trail=(Link("Partnerships", BASE), Link(school, "")),
        status=TAGS[found.status],
        before=_challenge(found),
        groups=(Group("", _rows(found, school)), Group("Induction tutor", tutor_rows(found))),
        tab="partnerships",
    )


def _challenge(found: PartnershipRow) -> tuple[str, ...]:
    if found.status == "active":
        return ()
    return (WRONG, AGAIN)


def _rows(found: PartnershipRow, school: str) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow("School", school),
        SummaryRow("URN", found.urn),
        SummaryRow("Cohort", str(found.cohort)),
        SummaryRow("Delivery partner", found.delivery_partner_name),
    ]
    if found.status != "active":
        rows.append(SummaryRow("What the school said", challenged(found.challenged_reason, found.cohort)))
    if found.challenged_at is not None:
        rows.append(SummaryRow("Challenged on", moment(found.challenged_at)))
    rows += [
        SummaryRow("Made on", moment(found.created_at)),
        SummaryRow("Last changed on", moment(found.updated_at)),
        SummaryRow("Partnership ID", found.id),
    ]
    return tuple(rows)


def _row(found: PartnershipRow, schools: Mapping[str, str]) -> tuple[Cell, ...]:
    partner = found.delivery_partner_name
    hidden = f", URN {found.urn}, {found.cohort} cohort, delivery partner: {partner}"
    said = ""
    if found.status != "active":
        on = f", on {day_of(found.challenged_at)}" if found.challenged_at else ""
        said = f"{challenged(found.challenged_reason, found.cohort)}{on}"
    return (
        NamedLink(schools[found.urn], f"{BASE}/{found.id}", hidden),
        found.urn,
        str(found.cohort),
        partner,
        TAGS[found.status],
        said or "Nothing",
    )
