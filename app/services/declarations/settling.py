"""Funding becomes known: what waited for it goes on a statement, or is ineligible. (Provider API, “Funding”.)"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.data.models import Declaration
from app.data.queries.events import record
from app.domain.declarations import Action, State, action_when_settled
from app.domain.schedules import Course
from app.services import statements
from app.services.asked import Asked
from app.services.declarations.flagging import flag
from app.services.declarations.moving import Row, move, select_rows


def settle(session: Session, teacher_id: str, course: Course, funding: bool | None, asked: Asked) -> int:
    """Move the submitted declarations of a person on a course to what `funding` says. Returns how many moved.

    A confirmed one without an output statement left stays submitted, and an event tells finance. Raises Conflict when
    one moved meanwhile.
    """
    waiting = select_rows(
        session,
        Declaration.teacher_id == teacher_id,
        Declaration.course == course,
        Declaration.state == State.SUBMITTED,
    )
    return sum(_settle(session, row, funding, asked) for row in waiting)


def _settle(session: Session, row: Row, funding: bool | None, asked: Asked) -> bool:
    statement_id = statements.next_open(session, row.lead_provider_id, row.cohort, asked.today)
    action = action_when_settled(funding, statement_open=statement_id is not None)
    if action is not None:
        after = move(session, row, action, asked)
        if action is Action.CONFIRM_FUNDING:
            assert statement_id is not None
            statements.bill(session, row.id, statement_id, asked.now)
        flag(session, row, row.state, after, asked)
    elif funding:
        _tell_finance(session, row, asked)
    return action is not None


def _tell_finance(session: Session, row: Row, asked: Asked) -> None:
    record(
        session,
        at=asked.now,
        kind="declaration.without_statement",
        actor=asked.actor,
        record_kind="declaration",
        record_id=row.id,
        request_id=asked.request_id,
        lead_provider_id=row.lead_provider_id,
        details={"cohort": row.cohort},
    )
