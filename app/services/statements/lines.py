"""The lines of a statement: where a declaration goes when it is to be paid, or taken back.

Schedules and money, Statements. A line is written in the write that moves its declaration, so the two never disagree:
whoever moves a declaration does so by a conditional update first, and its line follows.

Why a line can’t be lost to the daily job. The job closes a statement by an update of its row, and then moves every line
it finds there. `next_open` takes a shared lock on the rows it chooses from, held until its write ends. So either the
job waits for that write, and what it reads next, from a newer snapshot, has the new line in it; or the job was first,
`next_open` waits for it, finds that the row isn’t open any more and takes the next one. All open rows are locked, not
only the first: PostgreSQL drops a row that changed while it was waited for, and a limit of one would then find nothing.
A row past its deadline isn’t asked for, so from midnight on nobody keeps the job waiting. SQLite has one writer at a
time and needs no lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Statement, StatementLine
from app.data.transaction import store
from app.domain.declarations import State as DeclarationState
from app.domain.statements import State, earliest_open


class LinesDisagree(RuntimeError):
    """A declaration and its line on a statement aren’t in the same state: nothing was stored."""


@dataclass(frozen=True, slots=True)
class _Open:
    id: str
    state: str
    output: bool
    deadline_on: date
    pays_on: date


_VOIDABLE = (DeclarationState.ELIGIBLE, DeclarationState.PAYABLE)


def next_open(session: Session, lead_provider_id: str, cohort: int, today: date) -> str | None:
    """The id of the statement that a declaration or a clawback goes on; None when there is none left.

    It stays open until the write at hand ends.
    """
    rows = session.execute(
        select(Statement.id, Statement.state, Statement.output, Statement.deadline_on, Statement.pays_on)
        .where(
            Statement.lead_provider_id == lead_provider_id,
            Statement.cohort == cohort,
            Statement.state == State.OPEN,
            Statement.output,
            Statement.deadline_on >= today,
        )
        .order_by(Statement.deadline_on, Statement.id)
        .with_for_update(read=True)
    )
    found = earliest_open((_Open(*row) for row in rows), today)
    return None if found is None else found.id


def bill(session: Session, declaration_id: str, statement_id: str, now: datetime) -> None:
    """Put a declaration that became eligible on a statement that `next_open` named in this write."""
    _add(session, declaration_id, statement_id, "payment", DeclarationState.ELIGIBLE, now)


def claw_back(session: Session, declaration_id: str, statement_id: str, now: datetime) -> None:
    """Put the negative line of a paid declaration on a statement that `next_open` named in this write."""
    _add(session, declaration_id, statement_id, "clawback", DeclarationState.AWAITING_CLAWBACK, now)


def void_line(session: Session, declaration_id: str) -> None:
    """Let the line of a voided declaration stay and count nothing. Raises LinesDisagree without one to void."""
    statement = update(StatementLine).where(
        StatementLine.declaration_id == declaration_id,
        StatementLine.kind == "payment",
        StatementLine.state.in_(_VOIDABLE),
    )
    session.flush()
    if session.connection().execute(statement.values(state=DeclarationState.VOIDED)).rowcount != 1:
        raise LinesDisagree(declaration_id)


def _add(
    session: Session, declaration_id: str, statement_id: str, kind: str, state: str, now: datetime
) -> None:
    store(
        session,
        StatementLine(
            id=new_id(),
            statement_id=statement_id,
            declaration_id=declaration_id,
            kind=kind,
            state=state,
            added_at=now,
        ),
    )
