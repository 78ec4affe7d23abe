"""What finance does: each in one write, all or nothing, and only to what the person saw.

A page may be old when its button is pressed, and a button may be pressed twice. So each change that means something
else by then says what was seen, and is refused as overtaken when that isn’t so any more. (Trust, 2.)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import known_form
from app.data.models import Statement, Teacher
from app.data.queries import contracts as contract_queries
from app.data.queries.events import Actor
from app.data.transaction import write
from app.domain import payments
from app.domain.declarations import State
from app.domain.refusals import Refused
from app.domain.schedules import Course
from app.services import contracts, declarations, funding, statements
from app.services.asked import Asked
from app.services.declarations import moving
from app.services.finance.reading import adjustments_seen, funding_seen

T = TypeVar("T")
_MOVED = (statements.Conflict, declarations.Conflict, contracts.Conflict)


class NotFound(Exception):
    """There is no such record."""


class Overtaken(Exception):
    """It isn’t any more what the person saw, because somebody changed it first: nothing was stored."""


def by_finance(person_id: str, now: datetime, request_id: str) -> Asked:
    """Somebody at DfE asks."""
    return Asked(Actor("dfe", person_id), now, request_id)


def request_payment(statement_id: str, asked: Asked) -> None:
    """Ask that a statement be paid. Raises NotFound, Overtaken, Refused as `statements.request_payment` does."""
    _write(lambda session: statements.request_payment(session, statement_id, asked))


def withdraw_request(statement_id: str, asked: Asked) -> None:
    """Take the request back. Raises NotFound, Overtaken, Refused as `statements.withdraw_request` does."""
    _write(lambda session: statements.withdraw_request(session, statement_id, asked))


def authorise(statement_id: str, seen_pence: int | None, asked: Asked) -> int:
    """Pay a statement, if it still comes to `seen_pence` with VAT (None for nothing seen). Returns that amount.

    Raises NotFound, Overtaken when it was paid meanwhile, Refused as `statements.authorise` does, and
    `figures_changed` when it comes to something else now.
    """

    def work(session: Session) -> int:
        amounts = statements.authorise(session, statement_id, asked)
        if amounts.total_with_vat != seen_pence:
            raise Refused("figures_changed")
        return amounts.total_with_vat

    return _write(work)


def add_adjustment(statement_id: str, name: str, amount_pence: int, seen: str, asked: Asked) -> str:
    """Add a named amount to a statement whose adjustments are still those in `seen`. Returns its id.

    A form that is sent twice adds one. Raises NotFound, Overtaken, Refused as `statements.add_adjustment` does.
    """

    def work(session: Session) -> str:
        session.execute(
            select(Statement.id).where(Statement.id == statement_id).with_for_update(key_share=True)
        )
        if adjustments_seen(statement_id) != seen:
            raise Overtaken
        return statements.add_adjustment(session, statement_id, name, amount_pence, asked)

    return _write(work)


def remove_adjustment(statement_id: str, adjustment_id: str, asked: Asked) -> None:
    """Let an amount count no more. Raises NotFound, Overtaken, Refused as `statements.remove_adjustment` does."""
    _write(lambda session: statements.remove_adjustment(session, statement_id, adjustment_id, asked))


def void(declaration_id: str, seen: str, asked: Asked) -> State:
    """Void a declaration that is still in the state `seen`, or begin to claw it back. Returns its new state.

    Raises NotFound, Overtaken, Refused as `declarations.void` does.
    """

    def work(session: Session) -> State:
        row = moving.find(session, known_form(declaration_id) or "")
        if row is None:
            raise NotFound
        if row.state != seen:
            raise Overtaken
        declarations.void(session, row, asked)
        return State.AWAITING_CLAWBACK if row.state is State.PAID else State.VOIDED

    return _write(work)


def set_funding(teacher_id: str, course: Course, eligible: bool, note: str, seen: str, asked: Asked) -> None:
    """Say whether somebody’s training on a course can be paid for, while it still stands as in `seen`.

    Raises NotFound for somebody who doesn’t exist, Overtaken, Refused as `funding.set_by_hand` does.
    """

    def work(session: Session) -> None:
        if (
            known_form(teacher_id) is None
            or session.get(Teacher, teacher_id, with_for_update={"key_share": True}) is None
        ):
            raise NotFound
        if funding_seen(teacher_id, course) != seen:
            raise Overtaken
        funding.set_by_hand(session, teacher_id, course, eligible, note, asked)

    _write(work)


def add_contract(
    lead_provider_id: str, cohort: int, terms: payments.Contract, seen_version: int, asked: Asked
) -> str:
    """Add the version after `seen_version`, 0 for the first one. Returns its id.

    Raises Overtaken when that is there already, Refused as `contracts.add` does.
    """

    def work(session: Session) -> str:
        latest = contract_queries.latest(lead_provider_id, cohort)
        if (0 if latest is None else latest.version) != seen_version:
            raise Overtaken
        return contracts.add(session, lead_provider_id, cohort, terms, asked)

    return _write(work)


def _write(work: Callable[[Session], T]) -> T:
    try:
        return write(work)
    except _MOVED as error:
        raise Overtaken from error
    except Refused as refused:
        if refused.reason == "unknown_statement":
            raise NotFound from refused
        raise
