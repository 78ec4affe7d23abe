"""Named amounts that finance adds to a statement or takes off it, until it is paid. (Schedules and money, Money.)"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Adjustment, Statement
from app.data.queries.events import Detail
from app.data.transaction import store
from app.domain import statements as rules
from app.domain.refusals import Refused
from app.domain.statements import State
from app.services.asked import Asked
from app.services.statements.moving import Conflict
from app.services.statements.telling import say


def add_adjustment(session: Session, statement_id: str, name: str, amount_pence: int, asked: Asked) -> str:
    """Add an amount in pence under a name. Returns its id.

    Raises Refused: `blank` name, `zero` amount_pence, `unknown_statement`, `already_paid`.
    """
    wanted = rules.Adjustment(name.strip(), amount_pence)
    lead_provider_id = _check_adjustable(session, statement_id)
    row = Adjustment(
        id=new_id(),
        statement_id=statement_id,
        name=wanted.name,
        amount_pence=wanted.amount_pence,
        added_by=asked.person_id,
        added_at=asked.now,
    )
    store(session, row)
    details: dict[str, Detail] = {"adjustment": row.id, "amount_pence": amount_pence}
    say(session, "statement.adjustment_added", statement_id, lead_provider_id, asked, details)
    return row.id


def remove_adjustment(session: Session, statement_id: str, adjustment_id: str, asked: Asked) -> None:
    """Let an adjustment count no more; it stays on record.

    Raises Refused: `unknown_statement`, `already_paid`; Conflict when the statement has no such adjustment any more.
    """
    lead_provider_id = _check_adjustable(session, statement_id)
    counting = (
        Adjustment.id == adjustment_id,
        Adjustment.statement_id == statement_id,
        Adjustment.removed_at.is_(None),
    )
    statement = update(Adjustment).where(*counting).values(removed_at=asked.now)
    if session.connection().execute(statement).rowcount != 1:
        raise Conflict
    details = {"adjustment": adjustment_id}
    say(session, "statement.adjustment_removed", statement_id, lead_provider_id, asked, details)


def _check_adjustable(session: Session, statement_id: str) -> str:
    """The lead provider’s id. The statement can’t be paid before this write ends: authorising waits for its row."""
    found = session.execute(
        select(Statement.state, Statement.lead_provider_id)
        .where(Statement.id == statement_id)
        .with_for_update(read=True)
    ).one_or_none()
    if found is None:
        raise Refused("unknown_statement")
    rules.check_adjustable(State(found.state))
    return str(found.lead_provider_id)
