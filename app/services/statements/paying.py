"""Paying a statement: one person at DfE asks, a different one authorises. (Schedules and money, Statements.)

Of several who authorise at once the first locks the statement’s row; the others wait for it, find it paid, and are told
Conflict. Everything that its figures come from is still from then on: its lines cannot be voided or added to, and
adjusting waits for the same row.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import PaymentRequest, Statement
from app.data.queries import statements
from app.data.queries.events import Detail
from app.data.queries.statements import StatementDetails
from app.data.transaction import store, violated
from app.domain.declarations import Action
from app.domain.payments import Amounts
from app.domain.refusals import Refused
from app.domain.statements import State, check_authorisation, check_request
from app.services.asked import Asked
from app.services.statements.figures import figures_of
from app.services.statements.moving import Conflict, move_all, pin
from app.services.statements.telling import say


def request_payment(session: Session, statement_id: str, asked: Asked) -> str:
    """Ask that a statement be paid. Returns the id of the request.

    Raises Refused: `unknown_statement`, `already_paid`, `deadline_not_passed`, `already_requested`; Conflict when
    somebody else asked at the same moment.
    """
    statement = find(statement_id)
    standing = statements.standing_request(statement_id)
    check_request(State(statement.state), statement.deadline_on, asked.today, standing is not None)
    row = PaymentRequest(
        id=new_id(),
        statement_id=statement_id,
        requested_by=asked.person_id,
        requested_at=asked.now,
    )
    try:
        store(session, row)
    except IntegrityError as error:
        if violated(error) == "uq_payment_requests_standing":
            raise Conflict from error
        raise
    details = {"request": row.id}
    say(session, "statement.payment_requested", statement_id, statement.lead_provider_id, asked, details)
    return row.id


def withdraw_request(session: Session, statement_id: str, asked: Asked) -> None:
    """Take the request for a statement’s payment back, so that somebody may ask again.

    Raises Refused: `unknown_statement`, `already_paid`, `not_requested`; Conflict when it changed at the same moment.
    """
    statement = find(statement_id)
    request = statements.standing_request(statement_id)
    if statement.state == State.PAID:
        raise Refused("already_paid")
    if request is None:
        raise Refused("not_requested")
    _end_request(session, request.id, {"withdrawn_at": asked.now})
    details = {"request": request.id}
    say(session, "statement.request_withdrawn", statement_id, statement.lead_provider_id, asked, details)


def authorise(session: Session, statement_id: str, asked: Asked) -> Amounts[int]:
    """Pay a statement: its declarations, the totals and the event in one write. Returns the amounts in pence.

    Raises Conflict when somebody was faster; Refused: `unknown_statement`, `deadline_not_passed`, `not_requested`,
    `same_person`, `wrong_state` while the daily job hasn’t made it payable, `no_contract` without a contract.
    """
    lock = select(Statement.id).where(Statement.id == statement_id).with_for_update(key_share=True)
    session.execute(lock)
    statement = find(statement_id)
    if statement.state == State.PAID:
        raise Conflict
    request = statements.standing_request(statement_id)
    state = check_authorisation(
        State(statement.state),
        statement.deadline_on,
        asked.today,
        None if request is None else request.requested_by,
        asked.person_id,
    )
    assert request is not None
    _end_request(session, request.id, {"authorised_by": asked.person_id, "authorised_at": asked.now})
    provider = statement.lead_provider_id
    move_all(session, statement_id, provider, Action.PAY, asked)
    move_all(session, statement_id, provider, Action.SETTLE_CLAWBACK, asked)
    return _settle(session, statement, state, request.id, asked)


def find(statement_id: str) -> StatementDetails:
    """The statement. Raises Refused("unknown_statement")."""
    statement = statements.by_id(statement_id)
    if statement is None:
        raise Refused("unknown_statement")
    return statement


def _settle(
    session: Session, statement: StatementDetails, state: State, request_id: str, asked: Asked
) -> Amounts[int]:
    """Work out and store what is paid, by the contract that is fixed now if none was to be had before."""
    counted = statements.counts(statement)
    amounts = figures_of(statement, counted).pence()
    totals = {"total_pence": amounts.total, "vat_pence": amounts.vat}
    if statement.contract_id is None:
        pin(session, statement.id, statement.lead_provider_id, statement.cohort)
    once = update(Statement).where(Statement.id == statement.id, Statement.state == statement.state)
    paid = once.values(state=state, paid_at=asked.now, **totals)
    if session.connection().execute(paid).rowcount != 1:
        raise Conflict
    details: dict[str, Detail] = {"request": request_id, **totals, **statements.before(counted)}
    say(session, statements.PAID, statement.id, statement.lead_provider_id, asked, details)
    return amounts


def _end_request(session: Session, request_id: str, changes: dict[str, object]) -> None:
    standing = (
        PaymentRequest.id == request_id,
        PaymentRequest.withdrawn_at.is_(None),
        PaymentRequest.authorised_at.is_(None),
    )
    statement = update(PaymentRequest).where(*standing).values(changes)
    if session.connection().execute(statement).rowcount != 1:
        raise Conflict
