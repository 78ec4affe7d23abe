"""Partnerships, by year, in a school’s words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from app.domain.cohorts import years
from app.domain.partnerships import State
from app.engine.wording import fill
from app.services.your_partnerships import PartnershipDetails, YourPartnerships
from app.web.filters import counted
from app.web.journeys import running
from app.web.journeys.page import SummaryRow
from app.web.school import wording
from app.web.school.listing import listed
from app.web.school.pages import BeginView, PartnershipsPage, PartnershipView, TagView, Trail, YearView


def partnerships_page(urn: str, found: YourPartnerships, trail: Trail = ()) -> PartnershipsPage:
    """The page."""
    rows = found.page
    grouped = tuple(
        YearView(
            years(cohort),
            tuple(_view(urn, each, found) for each in group),
        )
        for cohort, group in groupby(rows.rows, key=lambda each: each.cohort)
    )
    where = listed(f"/schools/{urn}/partnerships", "", rows.total, rows.number, rows.per_page)
    return PartnershipsPage("Partnerships", grouped, where, trail)


def _view(urn: str, partnership: PartnershipDetails, found: YourPartnerships) -> PartnershipView:
    state = State(partnership.status)
    partner = partnership.delivery_partner_name
    unknown = (
        wording.to_confirm(partnership.lead_provider_name) if state is State.PROPOSED else wording.NOT_KNOWN
    )
    contact = found.contacts.get(partnership.lead_provider_id, "")
    named, untrained = found.named.get(partnership.id), found.untrained.get(partnership.id, 0)
    rows = (
        SummaryRow("Lead provider", partnership.lead_provider_name),
        SummaryRow("Delivery partner", partner or unknown),
        *_what_happened(partnership, state, contact),
        SummaryRow("ECTs", counted(partnership.ects, "ECT") if partnership.ects else "None"),
        *_again(partnership, state, untrained),
        *_named(partnership, named),
    )
    begin = (
        _say_it_is_wrong(urn, partnership, state)
        or _answer(urn, partnership, named)
        or _choose(urn, partnership, untrained)
    )
    return PartnershipView(wording.pair_of(partnership), _tag(partnership, state, untrained), rows, begin)


def _say_it_is_wrong(urn: str, partnership: PartnershipDetails, state: State) -> BeginView | None:
    """What a school can do about a partnership that its lead provider has confirmed, at any time."""
    if state is not State.ACTIVE:
        return None
    return _begin(urn, partnership, "challenge", "challenge-partnership")


def _answer(urn: str, partnership: PartnershipDetails, named: PartnershipDetails | None) -> BeginView | None:
    """What it can do about one whose lead provider names another delivery partner."""
    return _begin(urn, partnership, "delivery-partner", "another-partner") if named else None


def _choose(urn: str, partnership: PartnershipDetails, untrained: int) -> BeginView | None:
    """What it can do about one that isn’t a partnership any more, while ECTs have no training since."""
    return _begin(urn, partnership, "training", "choose-together") if untrained else None


def _begin(urn: str, partnership: PartnershipDetails, path: str, slug: str) -> BeginView:
    hidden = f" ({wording.pair_of(partnership)}, {years(partnership.cohort)})"
    return BeginView(f"/schools/{urn}/partnerships/{partnership.id}/{path}", running.begins(slug), hidden)


def _named(partnership: PartnershipDetails, named: PartnershipDetails | None) -> Iterator[SummaryRow]:
    """What its lead provider said instead of confirming it."""
    if named is not None:
        said = f"{named.delivery_partner_name} is your delivery partner"
        yield SummaryRow(f"{partnership.lead_provider_name} says", said)


_ASK_AGAIN: Mapping[State, str] = {
    State.DECLINED: "Speak to {LP} first. Then {begin} {pair}: we ask {LP} to confirm it again.",
    State.CHALLENGED: "If it is right after all, {begin} {pair}: we ask {LP} to confirm it again.",
    State.RETRACTED: "If you need it again, {begin} {pair}: we ask {LP} to confirm it again.",
}


def _again(partnership: PartnershipDetails, state: State, untrained: int) -> Iterator[SummaryRow]:
    """How to ask for a partnership again that isn’t one now: for ECTs it trained, while they have no training since."""
    if words := _ASK_AGAIN.get(state):
        begin = "choose training below, with" if untrained else "register an ECT and choose"
        names = {"LP": partnership.lead_provider_name, "pair": wording.pair_of(partnership), "begin": begin}
        yield SummaryRow("To ask again", fill(words, names))


def _tag(partnership: PartnershipDetails, state: State, people: int) -> TagView:
    provider = partnership.lead_provider_name
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
    if partnership.proposed_at:
        yield SummaryRow("You asked it to confirm", wording.day_of(partnership.proposed_at))
    if state is State.DECLINED:
        yield SummaryRow("It said no", wording.day_of(partnership.declined_at))
        if reason := wording.why_not(partnership, contact):
            yield SummaryRow("Its reason", reason)
    elif state is not State.PROPOSED:
        if partnership.confirmed_at:
            yield SummaryRow("Confirmed by", wording.confirmed(partnership))
        if state is State.CHALLENGED:
            yield SummaryRow("You said it was wrong", wording.day_of(partnership.challenged_at))
            if reason := wording.why_wrong(partnership):
                yield SummaryRow("Your reason", reason)
