"""What a statement comes to, worked out from its lines whenever it is asked for. (Schedules and money, Money.)

A statement keeps its contract version from the day it becomes payable, so a later one changes nothing. Lines of a paid
statement never change; what had been billed before it is kept with the event of its payment.
"""

from __future__ import annotations

from app.data.queries import contracts, statements
from app.data.queries.statements import StatementDetails
from app.domain import payments
from app.domain.payments import Counts, Figures
from app.domain.refusals import Refused
from app.domain.statements import Adjustment


def figures(statement_id: str) -> Figures:
    """The figures of a statement. Raises Refused: `unknown_statement`; `no_contract` while there is none to go by."""
    statement = statements.by_id(statement_id)
    if statement is None:
        raise Refused("unknown_statement")
    return figures_of(statement, statements.counts(statement))


def figures_of(statement: StatementDetails, counted: tuple[Counts, ...]) -> Figures:
    """The figures of a statement whose lines have been counted. Raises Refused("no_contract")."""
    contract = (
        contracts.by_id(statement.contract_id)
        if statement.contract_id is not None
        else contracts.latest(statement.lead_provider_id, statement.cohort)
    )
    if contract is None:
        raise Refused("no_contract")
    named = [Adjustment(each.name, each.amount_pence) for each in statements.adjustments(statement.id)]
    return payments.figures(contract.terms, counted, named)
