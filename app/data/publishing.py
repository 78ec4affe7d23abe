"""The last act of every write: what it changed is stamped, in the order in which changes become visible.

A lead provider asks for everything since the greatest `updated_at` it has seen, and must miss nothing (Provider API,
Conventions). A stamp taken when a record is written can be overtaken: a slow transaction that began earlier would
commit its older stamps after a faster one’s newer ones. So a write leaves `updated_at` at `PENDING`, and when all else
is done it takes the one row of `change_clock`, moves it on, stamps everything pending with it, and commits. Whoever
comes next waits for that row, so stamps and commits have the same order. A write that changed nothing stamped doesn’t
take the row at all.

What follows from several records (`data.participation`) is worked out while the row is held: whoever held it before has
committed, and is seen. Worked out earlier, two writes that change two of those records at once would each leave out the
other’s change.

The order of locks, the same for every write, so that no two wait for each other: a write’s own records, then schools,
then partnerships, then the clock, and only then what is worked out, which nobody locks who doesn’t hold the clock. A
write that changes nothing but what is worked out takes the clock first (`take_turn`). Nobody locks a row against those
who only refer to it (`with_for_update()` without `key_share` or `read`): PostgreSQL looks again at what a record refers
to when it is stamped, and that is while the clock is held.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    literal,
    select,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.data import clock, participation
from app.data.columns import PENDING, UTCDateTime
from app.data.models import ChangeClock, DeliveryPartner, EctPeriod, Partnership, School, TrainingRecord
from app.data.models.pending import IS_PENDING, stamped_tables

PROPOSALS = ("proposed", "declined", "retracted")
"""The states in which a partnership is shown with the number of people waiting."""

TABLES = {table.name: table for table in stamped_tables()}
_IS_PENDING = text(IS_PENDING)
_PROBE = union_all(
    *(
        select(literal(name)).where(select(table.c.updated_at).where(_IS_PENDING).exists())
        for name, table in TABLES.items()
    )
)


def _changed(column: Any) -> Select[*tuple[Any, ...]]:
    return select(column).where(text(f"{column.table.name}.{IS_PENDING}"))


_PERIODS = _changed(TrainingRecord.ect_period_id)
_SHOWN_WITH: tuple[tuple[frozenset[str], type[Partnership | School], ColumnElement[bool]], ...] = (
    (
        frozenset({"delivery_partners"}),
        Partnership,
        Partnership.delivery_partner_id.in_(_changed(DeliveryPartner.id)),
    ),
    (frozenset({"schools"}), Partnership, Partnership.school_id.in_(_changed(School.id))),
    (
        frozenset({"training_records"}),
        Partnership,
        Partnership.id.in_(_changed(TrainingRecord.partnership_id)) & Partnership.status.in_(PROPOSALS),
    ),
    (
        frozenset({"training_records"}),
        School,
        School.id.in_(select(EctPeriod.school_id).where(EctPeriod.id.in_(_PERIODS))),
    ),
    (
        frozenset({"partnerships", "training_records"}),
        School,
        School.id.in_(_changed(Partnership.school_id)),
    ),
)
"""Some records are shown with others’ names and states in them: they have changed with those.

A partnership is shown with its delivery partner’s name and the school’s induction tutor, a proposal with the number of
people waiting, a school with whether it is in a partnership (Provider API, Attributes). Which tables, whose records
change with them, and which of those.
"""


def publish(session: Session, now: datetime) -> None:
    """Bring what lead providers see up to date with what this write changed, and stamp it all.

    `now` is the time of the stamp, unless another machine’s clock was ahead: stamps never go back.
    """
    session.flush()
    connection = session.connection()
    touched = _touched(connection)
    if not touched:
        return
    if connection.dialect.name != "sqlite":  # which has one writer at a time
        _hold(connection, touched)
    at = _next(connection, now)
    _work_out(connection, touched, now)
    _spread(connection, touched)
    for name in sorted(_touched(connection)):
        connection.execute(update(TABLES[name]).where(_IS_PENDING).values(updated_at=at))


def take_turn(session: Session) -> None:
    """Take the clock’s row before anything else: what is worked out stands still from now on, to the end of the write.

    For a write that changes only that. One that has locked anything else may not call this.
    """
    _next(session.connection(), clock.true_now())


def _work_out(connection: Connection, touched: set[str], now: datetime) -> None:
    """What lead providers see of the people who changed, and of their mentors, if that has changed with them; and who
    else may see the declarations that did.
    """
    people = participation.changed(connection, touched)
    participation.refresh(connection, people, now)
    mentors = participation.mentors_of(connection, people) - people
    participation.refresh(connection, mentors, now, unless_same=True)
    if "declarations" in touched:
        participation.share_pending(connection)


def _touched(connection: Connection) -> set[str]:
    return set(connection.execute(_PROBE).scalars())


def _spread(connection: Connection, touched: set[str]) -> None:
    for tables, model, which in _SHOWN_WITH:
        if touched & tables:
            connection.execute(update(model).where(which).values(updated_at=PENDING))


def _hold(connection: Connection, touched: set[str]) -> None:
    """Lock what `_spread` will touch, in the one order and before the clock: whoever has that may still wait for it."""
    for model in (School, Partnership):
        ids = [
            select(model.id).where(which)
            for tables, of, which in _SHOWN_WITH
            if of is model and touched & tables
        ]
        if ids:
            rows = select(model.id).where(model.id.in_(union(*ids))).order_by(model.id)
            connection.execute(rows.with_for_update(key_share=True))


def _next(connection: Connection, now: datetime) -> datetime:
    """The stamp of this write. Takes the clock’s row: nobody else is stamped until this write ends."""
    later = case((ChangeClock.at > now, ChangeClock.at), else_=literal(now, UTCDateTime()))
    moved = connection.execute(update(ChangeClock).values(at=later).returning(ChangeClock.at)).scalar()
    if moved is not None:
        return moved
    # The first write of all. Another may be just as early: then this waits for it, and goes on from there.
    first = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name](ChangeClock)
    connection.execute(first.values(id=1, at=now).on_conflict_do_nothing())
    return connection.execute(update(ChangeClock).values(at=later).returning(ChangeClock.at)).scalar_one()
