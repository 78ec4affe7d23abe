"""How training, partnerships and statuses read to a school (Words, tables 8 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from app.data.queries.partnerships import PartnershipDetails
from app.data.queries.training import Training
from app.domain.cohorts import years
from app.domain.days import in_words, london_day
from app.domain.participants import STATUS_WORDS, CardStatus
from app.domain.partnerships import (
    CHALLENGE_REASONS,
    DECLINE_REASONS,
    ChallengeReason,
    DeclineReason,
    State,
)
from app.engine.wording import fill
from app.services.supply.words import PROGRAMMES
from app.web.journeys.page import SummaryRow
from app.web.school.pages import TagView

NOT_KNOWN = "Not known"
_PROVIDER_NOTES: Mapping[State, str] = {
    State.PROPOSED: " (has not confirmed yet)",
    State.ACTIVE: "",
    State.DECLINED: " (said no)",
    State.CHALLENGED: " (you said it was wrong)",
    State.RETRACTED: " (you no longer asked it to confirm)",
}


def card_tag(status: CardStatus, name: str) -> TagView:
    """The tag on an ECT’s card and page."""
    words = STATUS_WORDS[status]
    return TagView(words.tag, words.colour, fill(words.to_do, {"name": name}))


def training_rows(training: Training | None) -> tuple[SummaryRow, ...]:
    """Who trains somebody: lead provider and delivery partner, or that it is the school."""
    if training is None:
        return (SummaryRow("Training", NOT_KNOWN),)
    if training.lead_provider_name is None:
        return (SummaryRow("Training", PROGRAMMES[training.programme]),)
    return (
        SummaryRow("Lead provider", lead_provider_words(training)),
        SummaryRow("Delivery partner", delivery_partner_words(training)),
    )


def lead_provider_words(training: Training) -> str:
    """A lead provider, with whether it said yes."""
    return (
        f"{training.lead_provider_name}{_PROVIDER_NOTES[State(training.partnership_status or State.ACTIVE)]}"
    )


def delivery_partner_words(training: Training) -> str:
    """A delivery partner, with whether it is certain, or who will name it."""
    waiting = training.partnership_status == State.PROPOSED
    if training.delivery_partner_name is None:
        return to_confirm(training.lead_provider_name) if waiting else NOT_KNOWN
    return training.delivery_partner_name + (" (has not been confirmed yet)" if waiting else "")


def to_confirm(lead_provider: str | None) -> str:
    """What stands for a delivery partner that isn’t known yet."""
    return f"{lead_provider} to confirm"


def trained_by(training: Training) -> str:
    """A stretch of training on one line."""
    if training.lead_provider_name is None:
        return PROGRAMMES[training.programme]
    partner = training.delivery_partner_name
    return training.lead_provider_name + (f" with {partner}" if partner else "")


def pair_of(partnership: PartnershipDetails) -> str:
    """Lead provider and delivery partner, as “Northstar and Alder Teaching School Hub”."""
    partner = partnership.delivery_partner_name
    return partnership.lead_provider_name + (f" and {partner}" if partner else "")


def confirmed(partnership: PartnershipDetails) -> str:
    """Who confirmed a partnership, and when: “Kim Osei at Northstar, on 1 June 2025”."""
    provider = partnership.lead_provider_name
    who = f"{partnership.confirmed_by} at {provider}" if partnership.confirmed_by else provider
    return f"{who}, on {day_of(partnership.confirmed_at)}"


def why_not(partnership: PartnershipDetails, contact: str) -> str:
    """The lead provider’s reason for saying no, “” when it gave none. `contact` is how to reach it."""
    if not partnership.declined_reason:
        return ""
    reason = DeclineReason(partnership.declined_reason)
    words = fill(DECLINE_REASONS[reason], _words(partnership, contact))
    # The other delivery partner isn’t kept with the record, so the reason ends before its name.
    return words.removesuffix(": ").removesuffix(" at ")


def why_wrong(partnership: PartnershipDetails) -> str:
    """The school’s own reason for saying that a partnership is wrong, “” when it gave none."""
    if not partnership.challenged_reason:
        return ""
    reason = ChallengeReason(partnership.challenged_reason)
    return fill(CHALLENGE_REASONS[reason], _words(partnership, ""))


def day_of(at: datetime | None) -> str:
    """The London day of a moment in words; “” for none."""
    return in_words(london_day(at)) if at else ""


def stretch(started_on: date, finished_on: date | None) -> str:
    """“1 September 2025 to 30 June 2026”, or “Since 1 September 2025”."""
    if finished_on is None:
        return f"Since {in_words(started_on)}"
    return f"{in_words(started_on)} to {in_words(finished_on)}"


def _words(partnership: PartnershipDetails, contact: str) -> dict[str, str]:
    return {
        "year": years(partnership.cohort),
        "LP": partnership.lead_provider_name,
        "DP": partnership.delivery_partner_name or "The delivery partner",
        "DP 2": "",
        "LP contact": contact,
    }
