"""The questions on the way to confirming or declining a proposal, and the check before either is stored."""

from __future__ import annotations

from collections.abc import Sequence

from app.data.queries.api.proposals import ProposalRow
from app.data.queries.organisations import Organisation
from app.domain.cohorts import years
from app.domain.partnerships import RADIOS_AT_MOST
from app.web.filters import counted
from app.web.journeys.page import FieldView, OptionView, SummaryRow
from app.web.offices.pages import CheckPage, ConfirmPage
from app.web.provider.pages import QuestionPage
from app.web.provider.proposal_pages import about, waiting
from app.web.provider.refusing import PROPOSALS
from app.web.provider.wording import DECLINED
from app.web.render import PageError

PARTNER, REASON = "delivery_partner_id", "reason"
SELECT_PARTNER = "Select a delivery partner"
SELECT_REASON = "Select why you are declining this proposal"


def partner_page(
    found: ProposalRow, partners: Sequence[Organisation], chosen: str = "", error: str = ""
) -> QuestionPage:
    """Which delivery partner? Asked when the school does not know."""
    title = f"Which delivery partner will train people at {found.school_name}?"
    options = tuple(OptionView(each.id, each.name, checked=each.id == chosen) for each in partners)
    few = len(partners) <= RADIOS_AT_MOST
    field = FieldView(
        "radios" if few else "select",
        PARTNER,
        title,
        is_heading=True,
        hint=f"Your delivery partners for {years(found.cohort)}",
        error=error,
        options=options if few else (OptionView("", ""), *options),
    )
    errors = (PageError(error, f"#{PARTNER}"),) if error else ()
    return QuestionPage(title, f"{PROPOSALS}/{found.id}", field, errors=errors)


def confirm_page(found: ProposalRow) -> ConfirmPage:
    """Confirm what the school said?"""
    return ConfirmPage(
        title="Confirm this partnership",
        back=f"{PROPOSALS}/{found.id}",
        button="Confirm the partnership",
        rows=(*about(found), *_partner(found.delivery_partner_name or ""), *_waiting(found)),
        sentences=_what_it_does(found),
        hidden={"step": "save"},
        tabs="provider",
        tab="proposals",
    )


def check_partner_page(found: ProposalRow, partner: Organisation) -> CheckPage:
    """Confirm it with the delivery partner that was chosen?"""
    return CheckPage(
        title="Confirm this partnership",
        back=f"{PROPOSALS}/{found.id}",
        button="Confirm the partnership",
        rows=(*about(found), *_partner(partner.name), *_waiting(found)),
        sentences=_what_it_does(found),
        bands=None,
        hidden={PARTNER: partner.id},
        tabs="provider",
        tab="proposals",
    )


def reason_page(found: ProposalRow, chosen: str = "", error: str = "") -> QuestionPage:
    """Why not?"""
    title = f"Why are you declining the proposal of {found.school_name}?"
    options = tuple(
        OptionView(str(reason), words.replace("{year}", years(found.cohort)), checked=reason == chosen)
        for reason, words in DECLINED.items()
    )
    field = FieldView(
        "radios",
        REASON,
        title,
        is_heading=True,
        hint="The school is told your reason",
        error=error,
        options=options,
    )
    errors = (PageError(error, f"#{REASON}"),) if error else ()
    return QuestionPage(title, f"{PROPOSALS}/{found.id}", field, errors=errors)


def check_reason_page(found: ProposalRow, reason: str) -> CheckPage:
    """Decline it with this reason?"""
    words = DECLINED[reason].replace("{year}", years(found.cohort))
    people = found.participants_waiting
    wait = f"{counted(people, 'person', 'people')} will have no training until it has." if people else ""
    return CheckPage(
        title="Decline this proposal",
        back=f"{PROPOSALS}/{found.id}",
        button="Decline the proposal",
        rows=(
            *about(found),
            *_partner(found.delivery_partner_name or ""),
            *_waiting(found),
            SummaryRow("Your reason", words),
        ),
        sentences=(f"The school is told your reason, and asked to choose again. {wait}".strip(),),
        bands=None,
        hidden={REASON: reason},
        tabs="provider",
        tab="proposals",
    )


def _partner(name: str) -> tuple[SummaryRow, ...]:
    return (SummaryRow("Delivery partner", name or "The school does not know"),)


def _waiting(found: ProposalRow) -> tuple[SummaryRow, ...]:
    return (SummaryRow("People waiting", waiting(found)),)


def _what_it_does(found: ProposalRow) -> tuple[str, ...]:
    people = found.participants_waiting
    if not people:
        return ("The school is told that you have confirmed it.",)
    shown = "Then you see the person" if people == 1 else "Then you see the people"
    told = "The school is told that you have confirmed it."
    return (f"{told} {shown} waiting among your participants, and can declare for them.",)
