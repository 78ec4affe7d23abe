"""The pages that ask once more before money moves, and say what will happen."""

from __future__ import annotations

from datetime import date

from app.data.queries.statements import AdjustmentDetails
from app.domain.days import in_words
from app.domain.payments import Counts
from app.domain.pounds import in_pounds
from app.services.finance import StatementView
from app.web.filters import counted
from app.web.finance.statement_page import address
from app.web.finance.wording import statement_title
from app.web.journeys.page import SummaryRow
from app.web.offices.pages import ConfirmPage


def request_page(view: StatementView) -> ConfirmPage:
    """Before somebody asks for a payment."""
    return ConfirmPage(
        title="Ask for this statement to be paid",
        back=address(view),
        button="Ask for payment",
        rows=_about(view),
        sentences=(
            "A different person must then authorise the payment. Nothing is paid until they do.",
            "You can withdraw the request until then.",
        ),
    )


def withdraw_page(view: StatementView) -> ConfirmPage:
    """Before a request is taken back."""
    return ConfirmPage(
        title="Withdraw the request for payment",
        back=address(view),
        button="Withdraw the request",
        rows=_about(view),
        sentences=(
            "The statement will not be paid until somebody asks again, and a different person authorises it.",
        ),
        no="Keep the request",
    )


def authorise_page(view: StatementView, today: date, person_id: str) -> ConfirmPage:
    """Before a payment is authorised: the amount goes along, so that no other one is paid. Raises Refused."""
    amounts = view.check_authorisation(today, person_id).pence()
    found = view.statement
    provider, total = found.lead_provider_name, in_pounds(amounts.total_with_vat)
    when = f", on {in_words(found.pays_on)}" if found.pays_on >= today else ""
    pays = f"{provider} is paid {total} with VAT{when}"
    owes = f"{provider} owes DfE {in_pounds(-amounts.total_with_vat)} with VAT"
    return ConfirmPage(
        title="Authorise this payment",
        back=address(view),
        button="Authorise the payment",
        rows=_about(view),
        sentences=("You cannot undo this. When you authorise it:",),
        bullets=(pays if amounts.total_with_vat >= 0 else owes, *_moves(view.counts), _FROZEN),
        hidden={"total": str(amounts.total_with_vat)},
    )


_FROZEN = "the statement, its adjustments and its figures can never change again"


def _moves(counts: tuple[Counts, ...]) -> tuple[str, ...]:
    paid, back = sum(each.now for each in counts), sum(each.refunded for each in counts)
    said = []
    if paid:
        said.append(f"{counted(paid, 'declaration')} {'becomes' if paid == 1 else 'become'} paid")
    if back:
        said.append(f"{counted(back, 'declaration')} {'becomes' if back == 1 else 'become'} clawed back")
    return tuple(said)


def remove_page(view: StatementView, adjustment: AdjustmentDetails) -> ConfirmPage:
    """Before an adjustment is removed."""
    return ConfirmPage(
        title="Remove this adjustment",
        back=address(view),
        button="Remove it",
        kind="warning",
        rows=(
            SummaryRow("Statement", statement_title(view.statement)),
            SummaryRow("Adjustment", adjustment.name),
            SummaryRow("Amount", in_pounds(adjustment.amount_pence)),
        ),
        sentences=("It will no longer count towards the total. We keep a record that it was there.",),
        no="Keep it",
    )


def _about(view: StatementView) -> tuple[SummaryRow, ...]:
    found = view.statement
    rows = [
        SummaryRow("Statement", statement_title(found)),
        SummaryRow("Payment date", in_words(found.pays_on)),
    ]
    if view.figures is not None:
        amounts = view.figures.pence()
        rows += [
            SummaryRow("Total before VAT", in_pounds(amounts.total)),
            SummaryRow("Total with VAT", in_pounds(amounts.total_with_vat)),
        ]
    return tuple(rows)
