"""Closing a statement after its deadline, and moving all its declarations at once.

Declarations move by the table in `app.domain.declarations`, each only from the state that the table names, and then
their lines do. A declaration that is being voided at the same moment is either voided first, and left out here with its
line, or moved first, and then the void finds another state and is refused: never both. (Trust, 2.)
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.models import Declaration, Statement, StatementLine
from app.data.queries import contracts
from app.domain.declarations import TRANSITIONS, Action, State
from app.domain.statements import Action as StatementAction
from app.domain.statements import State as StatementState
from app.domain.statements import next_state
from app.services.asked import Asked
from app.services.statements.lines import LinesDisagree
from app.services.statements.telling import say, say_each


class Conflict(Exception):
    """The statement changed between reading it and changing it: nothing was stored."""


def close(session: Session, statement_id: str, asked: Asked) -> int | None:
    """Make a statement payable once its deadline has passed, with its eligible declarations, and fix its contract.

    Returns how many declarations became payable; None when it isn’t open any more, or its deadline lies ahead.
    """
    past = (
        Statement.id == statement_id,
        Statement.state == StatementState.OPEN,
        Statement.deadline_on < asked.today,
    )
    state = next_state(StatementAction.CLOSE, StatementState.OPEN)
    changes = {"state": state, "payable_at": asked.now}
    closed = session.execute(
        update(Statement)
        .where(*past)
        .values(changes)
        .returning(Statement.lead_provider_id, Statement.cohort)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if closed is None:
        return None
    contract_id = pin(session, statement_id, closed.lead_provider_id, closed.cohort)
    details = {"contract": contract_id}
    say(session, f"statement.{state}", statement_id, closed.lead_provider_id, asked, details)
    return move_all(session, statement_id, closed.lead_provider_id, Action.MAKE_PAYABLE, asked)


def pin(session: Session, statement_id: str, lead_provider_id: str, cohort: int) -> str | None:
    """Fix the contract version that a statement’s figures come from, for ever: the latest. None when there is none."""
    contract = contracts.latest(lead_provider_id, cohort)
    if contract is None:
        return None
    unpinned = update(Statement).where(Statement.id == statement_id, Statement.contract_id.is_(None))
    session.connection().execute(unpinned.values(contract_id=contract.id))
    return contract.id


def move_all(session: Session, statement_id: str, lead_provider_id: str, action: Action, asked: Asked) -> int:
    """Move every declaration on a statement that `action` moves, with its line and an event. Returns how many.

    Raises LinesDisagree when a line and its declaration were in different states.
    """
    from_, to = _ends(action)
    kind = "clawback" if action is Action.SETTLE_CLAWBACK else "payment"
    lines = (
        StatementLine.statement_id == statement_id,
        StatementLine.kind == kind,
        StatementLine.state == from_,
    )
    moved = session.execute(
        update(Declaration)
        .where(
            Declaration.state == from_,
            Declaration.id.in_(select(StatementLine.declaration_id).where(*lines)),
        )
        .values(state=to)
        .returning(Declaration.id)
        .execution_options(synchronize_session=False)
    )
    ids = sorted(moved.scalars())
    if session.connection().execute(update(StatementLine).where(*lines).values(state=to)).rowcount != len(
        ids
    ):
        raise LinesDisagree(statement_id)
    details = {"from": from_, "statement": statement_id}
    say_each(session, f"declaration.{to}", ids, lead_provider_id, asked, details)
    return len(ids)


def _ends(action: Action) -> tuple[State, State]:
    """Where a bulk move starts and ends: it has one start only."""
    transition = next(each for each in TRANSITIONS if each.action is action)
    (from_,) = transition.from_
    assert from_ is not None
    return from_, transition.to
