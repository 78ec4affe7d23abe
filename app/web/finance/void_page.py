"""The page that asks once more before a declaration is voided, or clawed back."""

from __future__ import annotations

from datetime import date

from app.data.queries import finance as queries
from app.data.queries.finance_declarations import DeclarationDetails
from app.domain.declarations import Action, State, voiding
from app.domain.statements import title
from app.web.finance.line_list import ADDRESS
from app.web.journeys.page import SummaryRow
from app.web.offices.pages import ConfirmPage
from app.web.offices.wording import kind_of
from app.web.school.wording import day_of

AGAIN = "You cannot undo this. The lead provider can declare it again."


def void_page(found: DeclarationDetails, today: date) -> ConfirmPage:
    """The page; the state that was seen goes along. Raises Refused as `domain.declarations.voiding` does."""
    after = queries.next_output(found.lead_provider_id, found.cohort, today)
    action = voiding(State(found.state), statement_open=after is not None)
    clawing = action is Action.CLAW_BACK and after is not None
    return ConfirmPage(
        title="Claw this declaration back" if clawing else "Void this declaration",
        back=f"{ADDRESS}/{found.id}",
        button="Claw it back" if clawing else "Void it",
        kind="warning",
        rows=_about(found),
        sentences=_clawback(found, *after) if clawing and after else (*_void(found), AGAIN),
        hidden={"seen": found.state},
        no="Keep it",
        tab="declarations",
    )


def _about(found: DeclarationDetails) -> tuple[SummaryRow, ...]:
    return (
        SummaryRow("Participant", found.name),
        SummaryRow("TRN", found.trn),
        SummaryRow("Declaration", kind_of(found.course, found.declaration_type)),
        SummaryRow("Date", day_of(found.declared_at)),
        SummaryRow("Lead provider", found.lead_provider_name),
    )


def _clawback(found: DeclarationDetails, year: int, month: int) -> tuple[str, ...]:
    return (
        f"{found.lead_provider_name} has been paid for this declaration.",
        f"We take the money back on its {title(year, month)} statement, when that is paid.",
        AGAIN,
    )


def _void(found: DeclarationDetails) -> tuple[str, ...]:
    if found.state in (State.ELIGIBLE, State.PAYABLE):
        return (
            f"It stays on its statement, but counts nothing: {found.lead_provider_name} is not paid for it.",
        )
    return (f"{found.lead_provider_name} is not paid for it.",)
