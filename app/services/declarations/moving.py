"""Moving a declaration from one state to another: what every verb does in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.models import Declaration
from app.data.queries.events import Detail, record
from app.domain.declarations import Action, State, ineligible_reason, next_state
from app.domain.schedules import Course, DeclarationType
from app.services.asked import Asked


class Conflict(Exception):
    """The declaration changed between reading it and changing it: nothing was stored."""


@dataclass(frozen=True, slots=True)
class Row:
    """A declaration as it stands in the write at hand."""

    id: str
    teacher_id: str
    lead_provider_id: str
    course: Course
    declaration_type: DeclarationType
    cohort: int
    state: State
    declared_at: datetime


def find(session: Session, declaration_id: str, **of: object) -> Row | None:
    """The declaration, if it is there and its columns are as in `of`, like `lead_provider_id`."""
    rows = select_rows(session, Declaration.id == declaration_id, **of)
    return rows[0] if rows else None


def select_rows(session: Session, *conditions: object, **of: object) -> list[Row]:
    """The declarations that fit, by id."""
    statement = select(
        Declaration.id,
        Declaration.teacher_id,
        Declaration.lead_provider_id,
        Declaration.course,
        Declaration.declaration_type,
        Declaration.cohort,
        Declaration.state,
        Declaration.declared_at,
    )
    found = session.execute(statement.where(*conditions).filter_by(**of).order_by(Declaration.id))  # type: ignore[arg-type]  # what is given is a condition of SQLAlchemy
    return [
        Row(row_id, teacher, provider, Course(course), DeclarationType(each), cohort, State(state), at)
        for row_id, teacher, provider, course, each, cohort, state, at in found
    ]


def move(session: Session, row: Row, action: Action, asked: Asked) -> State:
    """Move a declaration, record it, and return its state.

    Raises Refused for a move that isn’t in the table, Conflict when it moved.
    """
    state = next_state(action, row.state)
    changes: dict[str, object] = {"state": state}
    if reason := ineligible_reason(action):
        changes["ineligible_reason"] = reason
    statement = update(Declaration).where(Declaration.id == row.id, Declaration.state == row.state)
    if session.connection().execute(statement.values(changes)).rowcount != 1:
        raise Conflict
    say(session, row, state, asked, {"from": row.state})
    return state


def say(session: Session, row: Row, state: State, asked: Asked, details: Mapping[str, Detail]) -> None:
    """Record the state that a declaration came to."""
    record(
        session,
        at=asked.now,
        kind=f"declaration.{state}",
        actor=asked.actor,
        record_kind="declaration",
        record_id=row.id,
        request_id=asked.request_id,
        lead_provider_id=row.lead_provider_id,
        details=details,
    )
