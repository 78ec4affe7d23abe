"""Twelve people in training under two lead providers, and the calendar that their lives go by."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import Session

from app.data import clock, models
from app.data.database import db
from app.data.queries.events import Actor
from app.data.transaction import write
from app.services import contracts
from app.services.asked import Asked, by_lead_provider, by_service
from tests.data import records
from tests.data.queries.api.worlds import Trained
from tests.services.statements.ledger import TERMS
from tests.support.clocks import london
from tests.trials.lives_rules import day, midnight
from tests.web.api_v3.playing import BY, YEARS, Stage, set_up

FIRST_DAY = london("2025-09-15 10:00").astimezone(UTC)
LAST_DAY = london("2028-04-15 10:00").astimezone(UTC)
A_MONTH = timedelta(days=31)
ECT, MENTOR = "ecf-induction", "ecf-mentor"
MOVED_ON = date(2026, 1, 1)
"""Some train with Northstar to the day before, and with Teach Forward from then on. Both know them."""


class Calendar:
    """The one clock, stopped, and moved on by everybody: about so many steps lead from the first day to the last.

    It never passes a month’s end by: deadlines are there. It stops in the last second, and then goes one second on.
    """

    def __init__(self, steps: int) -> None:
        self._step = (LAST_DAY - FIRST_DAY) / steps
        self._now = FIRST_DAY
        self._alone = threading.Lock()

    def __enter__(self) -> Calendar:
        """Stop the clock on the first day."""
        clock.freeze(self._now)
        return self

    def __exit__(self, *_error: object) -> None:
        """Let it go."""
        clock.freeze(None)

    def move_on(self) -> None:
        """One step, for everybody."""
        with self._alone:
            self._now = self._next()
            clock.freeze(self._now)

    def _next(self) -> datetime:
        if self._now == last_second(self._now):
            return self._now + timedelta(seconds=1)
        far = self._now + self._step
        return last_second(far) if self._step > A_MONTH else min(far, last_second(self._now))


def last_second(moment: datetime) -> datetime:
    """The last one in London of the month, in UTC."""
    on = day(moment)
    following = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return midnight(following).astimezone(UTC) - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody in training on one course; `under` has their training record with each lead provider."""

    teacher: str
    course: str
    under: Mapping[str, str]


@dataclass(frozen=True)
class World:
    """The two lead providers, the people, and those who act on them. Ids, but for the stage."""

    stage: Stage
    partnerships: Mapping[tuple[str, int], models.Partnership]
    lives: tuple[Life, ...]
    tutor: str
    asker: str
    authoriser: str

    @property
    def app(self) -> Flask:
        """The application on the database."""
        return self.stage.api

    @property
    def providers(self) -> tuple[str, str]:
        """Northstar and Teach Forward."""
        return self.stage.northstar.id, self.stage.teach_forward.id


@contextmanager
def noting_deadlocks(app: Flask) -> Iterator[list[str]]:
    """What PostgreSQL says of each deadlock that it ends in this block; the service tries again, and tells nobody."""
    found: list[str] = []

    def note(context: ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) == "40P01":
            found.append(str(context.original_exception))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "handle_error", note)
    try:
        yield found
    finally:
        event.remove(engine, "handle_error", note)


def by_provider(provider: str, request: str) -> Asked:
    """A lead provider asks now."""
    return by_lead_provider(provider, clock.now(), request)


def by_job(request: str) -> Asked:
    """The service itself acts now."""
    return by_service(clock.now(), request)


def by_person(kind: str, person: str, request: str) -> Asked:
    """Somebody at a school (“person”) or at DfE (“dfe”) asks now."""
    return Asked(Actor(kind, person), clock.now(), request)  # type: ignore[arg-type]  # one of its words


def make(app: Flask) -> World:
    """Store it all. Northstar trains at Oakfield and Teach Forward at Harrow Lane, each in both cohorts."""
    stage = set_up(app)
    places = ((stage.northstar.id, stage.at.oakfield.id), (stage.teach_forward.id, stage.at.harrow.id))
    under = {
        (provider, year): stage.partnership(lead_provider_id=provider, school_id=school, cohort=year)
        for provider, school in places
        for year in YEARS
    }
    people = [records.person(kind=kind) for kind in ("school", "dfe", "dfe")]
    tutor, asker, authoriser = (each.id for each in people)
    stage.do(lambda: records.save(*people))
    stage.do(lambda: write(lambda session: _agree(session, stage)))
    return World(stage, under, _lives(stage, under), tutor, asker, authoriser)


def _agree(session: Session, stage: Stage) -> None:
    later = replace(TERMS, uplift_pence=0, mentor_price_pence=1_000_00)
    for provider in (stage.northstar.id, stage.teach_forward.id):
        for year, terms in zip(YEARS, (TERMS, later), strict=True):
            contracts.add(session, provider, year, terms, BY)


def _lives(stage: Stage, under: Mapping[tuple[str, int], models.Partnership]) -> tuple[Life, ...]:
    north, forward = stage.northstar.id, stage.teach_forward.id
    made = [_ect(stage, {north: under[north, 2025]}, funded) for funded in (None, None, False)]
    made += [_ect(stage, {forward: under[forward, 2025]}, funded) for funded in (None, None)]
    both = {north: under[north, 2025], forward: under[forward, 2025]}
    made += [_ect(stage, both, funded) for funded in (None, True)]
    made.append(_ect(stage, {north: under[north, 2024]}, True))
    made.append(_mentor(stage, {north: both[north]}))
    made.append(_mentor(stage, {forward: both[forward]}))
    return (*made, _mentor(stage, both), _mentor(stage, both))


def _ect(stage: Stage, under: Mapping[str, models.Partnership], funded: bool | None) -> Life:
    found: list[Trained] = []
    for partnership in under.values():
        year = partnership.cohort
        days = {"started_on": date(year, 9, 1)}
        if found:
            days = {"started_on": MOVED_ON}
        elif len(under) > 1:
            days["finished_on"] = MOVED_ON - timedelta(days=1)
        who = {"teacher_id": found[0].teacher} if found else {}
        found.append(stage.ect(partnership, funded, cohort=year, **days, **who))
    return _life(ECT, under, found)


def _mentor(stage: Stage, under: Mapping[str, models.Partnership]) -> Life:
    found: list[Trained] = []
    for partnership in under.values():
        who = {"teacher_id": found[0].teacher} if found else {}
        found.append(stage.mentor(partnership, True, **who))
    return _life(MENTOR, under, found)


def _life(course: str, under: Mapping[str, models.Partnership], found: list[Trained]) -> Life:
    return Life(found[0].teacher, course, {key: each.record for key, each in zip(under, found, strict=True)})
