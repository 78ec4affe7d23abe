"""Partnerships, by year, in a school’s words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from app.domain.cohorts import years
from app.domain.partnerships import State
from app.services.your_partnerships import PartnershipDetails, YourPartnerships
from app.web.filters import counted
from app.web.journeys.page import SummaryRow
from app.web.school import wording
from app.web.school.listing import listed
from app.web.school.pages import PartnershipsPage, PartnershipView, TagView, Trail, YearView


def partnerships_page(urn: str, found: YourPartnerships, trail: Trail = ()) -> PartnershipsPage:
    """The page."""
    rows = found.page
    grouped = tuple(
        YearView(
            years(cohort), tuple(_view(each, found.contacts.get(each.lead_provider_id, "")) for each in group)
        )
        for cohort, group in groupby(rows.rows, key=lambda each: each.cohort)
    )
    where = listed(f"/schools/{urn}/partnerships", "", rows.total, rows.number, rows.per_page)
    return PartnershipsPage("Partnerships", grouped, where, trail)


def _view(partnership: PartnershipDetails, contact: str) -> PartnershipView:
    state = State(partnership.status)
    partner = partnership.delivery_partner_name
    unknown = (
        wording.to_confirm(partnership.lead_provider_name) if state is State.PROPOSED else wording.NOT_KNOWN
    )
    rows = (
        SummaryRow("Lead provider", partnership.lead_provider_name),
        SummaryRow("Delivery partner", partner or unknown),
        *_what_happened(partnership, state, contact),
        SummaryRow("ECTs", counted(partnership.people, "ECT") if partnership.people else "None"),
    )
    return PartnershipView(wording.pair_of(partnership), _tag(partnership, state), rows)


def _tag(partnership: PartnershipDetails, state: State) -> TagView:
    provider, people = partnership.lead_provider_name, partnership.people
    again = f"Choose training for {counted(people, 'ECT')}" if people else ""
    colour = "red" if people else "grey"
    return {
        State.PROPOSED: TagView(f"Waiting for {provider}", "yellow"),
        State.ACTIVE: TagView("Confirmed", "green"),
        State.DECLINED: TagView(f"{provider} said no", colour, again),
        State.CHALLENGED: TagView("You said it was wrong", colour, again),
        State.RETRACTED: TagView("No longer asked for", colour, again),
    }[state]


def _what_happened(partnership: PartnershipDetails, state: State, contact: str) -> Iterator[SummaryRow]:
    """Who said what, and when, and why."""
    if state is State.PROPOSED:
        yield SummaryRow("You asked it to confirm", wording.day_of(partnership.proposed_at))
    elif state is State.DECLINED:
        yield SummaryRow("It said no", wording.day_of(partnership.declined_at))
        if reason := wording.why_not(partnership, contact):
            yield SummaryRow("Its reason", reason)
    else:
        if partnership.confirmed_at:
            yield SummaryRow("Confirmed by", wording.confirmed(partnership))
        if state is State.CHALLENGED:
            yield SummaryRow("You said it was wrong", wording.day_of(partnership.challenged_at))
            if reason := wording.why_wrong(partnership):
                yield SummaryRow("Your reason", reason)
