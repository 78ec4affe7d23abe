"""What happened since, in the order it happened: the days on which statements closed and were paid, and all between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Statement
from app.data.queries.events import Actor
from app.domain.days import LONDON
from app.services import statements
from app.services.asked import Asked, by_service

Place = tuple[str, int]
"""A lead provider, by id, and a cohort."""

NAMED, AMOUNT_PENCE = "Training materials, agreed by letter", 125_00


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened at a moment, by the real services, in the write that it is given."""

    at: datetime
    do: Callable[[Session], object]


def take(session: Session, steps: Iterable[Step]) -> int:
    """Let it all happen, the earliest first. Returns how many steps there were."""
    ordered = sorted(steps, key=lambda step: step.at)
    for step in ordered:
        step.do(session)
    return len(ordered)


def since(session: Session, today: date) -> Mapping[Place, datetime]:
    """For each lead provider and cohort, when the latest of its statements with declarations that are due closed."""
    found: dict[Place, datetime] = {}
    for row in _due(session, today):
        if row.output:
            found[row.lead_provider_id, row.cohort] = _after(row.deadline_on)
    return found


def statement_steps(session: Session, today: date, payers: tuple[str, str]) -> Iterator[Step]:
    """Every statement closes after its deadline; those before the latest with declarations are paid in their turn."""
    latest = since(session, today)
    asks, authorises = (Actor("dfe", payer) for payer in payers)
    for row in _due(session, today):
        closes_at = _after(row.deadline_on)
        yield _close(row.id, closes_at + timedelta(minutes=5))
        before = latest.get((row.lead_provider_id, row.cohort), closes_at)
        if closes_at < before:
            paid_at = max(datetime.combine(row.pays_on, time(10), UTC), closes_at + timedelta(hours=12))
            yield _request(row.id, paid_at - timedelta(hours=2), asks)
            yield _authorise(row.id, paid_at, authorises)
        elif row.output:
            yield _adjust(row.id, closes_at + timedelta(hours=1), asks)


def _due(session: Session, today: date) -> list[Row[*tuple[str, str, int, date, date, bool]]]:
    statement = (
        select(
            Statement.id,
            Statement.lead_provider_id,
            Statement.cohort,
            Statement.deadline_on,
            Statement.pays_on,
            Statement.output,
        )
        .where(Statement.state == "open", Statement.deadline_on < today)
        .order_by(Statement.deadline_on, Statement.id)
    )
    return list(session.execute(statement))


def _after(deadline_on: date) -> datetime:
    """The first moment after a deadline."""
    return datetime.combine(deadline_on + timedelta(days=1), time(), LONDON).astimezone(UTC)


def _close(statement_id: str, at: datetime) -> Step:
    return Step(at, lambda session: statements.close(session, statement_id, by_service(at, new_id())))


def _request(statement_id: str, at: datetime, by: Actor) -> Step:
    return Step(
        at, lambda session: statements.request_payment(session, statement_id, Asked(by, at, new_id()))
    )


def _authorise(statement_id: str, at: datetime, by: Actor) -> Step:
    return Step(at, lambda session: statements.authorise(session, statement_id, Asked(by, at, new_id())))


def _adjust(statement_id: str, at: datetime, by: Actor) -> Step:
    return Step(
        at,
        lambda session: statements.add_adjustment(
            session, statement_id, NAMED, AMOUNT_PENCE, Asked(by, at, new_id())
        ),
    )
