"""Participants’ lives at random: what lead providers, schools, finance and the daily job do to them, all at once.

Everybody goes by one clock that only moves forward, often to the last second of a statement’s deadline and from there
to the first of the next day. Each act is the service’s own verb; what it was refused is part of life.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.data.clock import LONDON
from app.data.database import db, release
from app.data.ids import new_id
from app.data.models import Event, Statement
from app.data.queries.events import Actor
from app.domain.refusals import Refused, RefusedTogether
from app.services import providers
from app.services.asked import Asked
from app.services.finance import changing
from tests.support.amounts import dice

THREADS = 8
OFTEN, LONGEST_SECONDS = 0.1, 0.02
REFUSALS = (
    Refused,
    RefusedTogether,
    providers.NotFound,
    providers.Overtaken,
    changing.NotFound,
    changing.Overtaken,
)
Act = Callable[["Life"], None]


class Days:
    """The time that everybody goes by."""

    def __init__(self, begin: datetime, deadlines: Sequence[datetime]) -> None:
        self._now, self._deadlines, self._lock = begin, deadlines, threading.Lock()

    @property
    def now(self) -> datetime:
        """The moment."""
        return self._now

    def move(self, chance: random.Random) -> datetime:
        """Go on: to the next second after a deadline’s last one, to such a last second, or some days further."""
        with self._lock:
            second = timedelta(seconds=1)
            if self._now + second in self._deadlines:
                self._now += second
            else:
                soon = [
                    each for each in self._deadlines if timedelta() < each - self._now < timedelta(days=45)
                ]
                further = self._now + timedelta(days=chance.randint(1, 30), seconds=chance.randint(1, 80_000))
                self._now = min(soon, default=further) - second if soon and chance.random() < 0.6 else further
            return self._now


@dataclass(slots=True)
class Stored:
    """What the acts stored: the ids of events in the order in which their writes were committed.

    `began` has, for each request, how many there were when it began.
    """

    order: list[str] = field(default_factory=list)
    began: dict[str, int] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)


class Life:
    """One thread’s view: its dice, who asks next, and what it may pick from."""

    def __init__(self, days: Days, stored: Stored, name: str) -> None:
        self.days, self.stored, self.chance = days, stored, dice(name)
        self.request_id, self.now = "", days.now

    def begin(self) -> None:
        """A new request, now."""
        self.request_id, self.now = new_id(), self.days.now
        self.stored.began[self.request_id] = len(self.stored.order)

    def asked(self, kind: str, id: str | None = None) -> Asked:
        """Somebody asks: a lead provider, somebody at DfE or at a school, the service itself."""
        return Asked(Actor(kind, id), self.now, self.request_id)  # type: ignore[arg-type]

    def go_on(self) -> None:
        """Let time go on."""
        self.now = self.days.move(self.chance)

    def pick(self, items: Sequence[Any]) -> Any:
        """One of them."""
        return self.chance.choice(items)


_thread = threading.local()


@contextmanager
def noticing(stored: Stored) -> Iterator[None]:
    """Note the events of every write in the moment of its commit: while it holds the clock of changes, if it does."""

    def note(session: Session) -> None:
        life: Life | None = getattr(_thread, "life", None)
        if life is not None and session.info.get("writing"):
            session.flush()
            mine = select(Event.id).where(Event.request_id == life.request_id).order_by(Event.id)
            known = _thread.known
            found = [each for each in session.execute(mine).scalars() if each not in known]
            known.update(found)
            stored.order.extend(found)

    event.listen(db.session, "before_commit", note)
    try:
        yield
    finally:
        event.remove(db.session, "before_commit", note)


@contextmanager
def hesitating(app: Flask) -> Iterator[None]:
    """Now and then a thread hesitates after a statement, as on a busy machine, so that others come in between."""

    def hesitate(*_args: object) -> None:
        life: Life | None = getattr(_thread, "life", None)
        if many and life is not None and life.chance.random() < OFTEN:
            time.sleep(life.chance.uniform(0, LONGEST_SECONDS))

    with app.app_context():
        engine = db.engine
    many = engine.dialect.name != "sqlite"  # which has one writer at a time: the others only wait for it
    event.listen(engine, "after_cursor_execute", hesitate)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", hesitate)


def live(app: Flask, days: Days, acts: Sequence[tuple[int, Act]], times: int, name: str) -> Stored:
    """Let eight threads do `times` of these acts altogether, each as often as its weight says."""
    stored = Stored()
    weights, choices = [weight for weight, _ in acts], [act for _, act in acts]

    def go(number: int) -> None:
        life = _thread.life = Life(days, stored, f"{name} {number}")
        with app.app_context():
            for act in life.chance.choices(choices, weights, k=times // THREADS):
                life.begin()
                _thread.known = set()
                try:
                    act(life)
                    stored.done[act.__name__] += 1
                except REFUSALS:
                    stored.refused[act.__name__] += 1
                release()
        _thread.life = None

    with noticing(stored), hesitating(app), ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(go, range(THREADS)))
    return stored


def deadlines() -> list[datetime]:
    """The first moment after each statement’s deadline."""
    days = set(db.session.execute(select(Statement.deadline_on)).scalars())
    midnight = datetime.min.time()
    return sorted(
        datetime.combine(each + timedelta(days=1), midnight, LONDON).astimezone(LONDON) for each in days
    )
