"""A declaration is taken back: by the lead provider, or by finance. (Provider API, “Declarations”.)"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.data.queries import enrolments
from app.domain.declarations import Action, State, voiding
from app.services import statements
from app.services.asked import Asked
from app.services.declarations.flagging import flag
from app.services.declarations.moving import Row, move


def void(session: Session, row: Row, asked: Asked) -> None:
    """Void a declaration, or begin to claw it back when it has been paid.

    Its payment line stays and counts nothing; a clawback is a second line on the next output statement of its own
    cohort. Raises Refused titled “Invalid action”, Conflict when it moved meanwhile.
    """
    enrolments.hold(session, row.teacher_id)
    statement_id = None
    if row.state is State.PAID:
        statement_id = statements.next_open(session, row.lead_provider_id, row.cohort, asked.today)
    action = voiding(row.state, statement_open=statement_id is not None)
    after = move(session, row, action, asked)
    if action is Action.CLAW_BACK:
        assert statement_id is not None
        statements.claw_back(session, row.id, statement_id, asked.now)
    elif row.state in (State.ELIGIBLE, State.PAYABLE):
        statements.void_line(session, row.id)
    flag(session, row, row.state, after, asked)
