"""Batch after batch, until everything is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import case, insert, literal, text, update
from sqlalchemy.orm import Session

from app.data import models, participation
from app.data.columns import UTCDateTime
from app.data.models import ChangeClock
from app.data.transaction import write
from app.services.demo import offices
from app.services.demo.national import ledgers, recording, showing
from app.services.demo.national.agreeing import Agreements, add_schools
from app.services.demo.national.declaring import Declaring
from app.services.demo.national.dice import Dice
from app.services.demo.national.founding import add_statements, found
from app.services.demo.national.mentoring import Mentors
from app.services.demo.national.people import People
from app.services.demo.national.persons import Person
from app.services.demo.national.seats import add_seats
from app.services.demo.national.sizes import SCHOOLS_AT_ONCE, Size
from app.services.demo.national.storing import Rows, take_time
from app.services.demo.national.world import World

SEED = "demonstration"
SCHOOL_LED, EXACTLY = 50, 20
"""One more person is school-led for so many participants; so many of a batch make up its number of declarations."""

_NUMBERS = 4
"""Numbers of people set aside for each batch, as a multiple of its participants: mentors may join them."""

ShowProgress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


def fill(size: Size, now: datetime, show: ShowProgress) -> int:
    """Store it all. Returns how many participants and declarations there are."""
    founding, dice = Rows(), Dice(f"{SEED} {size.name}", now)
    world = found(size, now, founding, dice)
    payers = write(offices.payers)
    statements = Rows()
    requests = add_statements(world, statements, payers, dice)
    statements.store()
    latest = [founding.latest, statements.latest]
    short = 0
    with show(size.name, size.participants) as tell:
        for batch in range(size.batches):
            made = Batch(world, batch, short)
            made.rows.store()
            short = made.short
            latest.append(made.rows.latest)
            tell(made.participants)
    write(lambda session: _finish(session, world, requests, latest))
    return size.participants + size.declarations - short


class Batch:
    """Some schools with everybody in them. `short` is by how many declarations it falls short of its part."""

    def __init__(self, world: World, batch: int, owed: int) -> None:
        size, self.world = world.size, world
        self.rows, self.dice = Rows(), Dice(f"{SEED} {size.name} {batch}", world.now)
        first = batch * SCHOOLS_AT_ONCE
        numbers = range(first, min(first + SCHOOLS_AT_ONCE, size.schools))
        schools = add_schools(world, numbers, self.rows, self.dice)
        if batch == 0:
            add_seats(schools, world, self.rows, self.dice)
        agreements = Agreements(world, self.rows, self.dice)
        self.participants = size.share(size.participants, batch)
        many = _NUMBERS * (size.participants // size.batches + 1)
        people = People(world, schools, agreements, batch * many, self.dice)
        everybody = [people.participant() for _ in range(self.participants)]
        everybody.sort(key=lambda person: -person.year.start_year)
        self._declare_and_record(everybody, people, size.share(size.declarations, batch) + owed)
        agreements.leave_some_unanswered(schools)
        self._choose(agreements)

    def _declare_and_record(self, everybody: list[Person], people: People, wanted: int) -> None:
        mentors = Mentors(people, self.dice)
        mentors.know(everybody)
        trained = [*everybody, *(people.school_led() for _ in range(self.participants // SCHOOL_LED))]
        for person in trained:
            if not person.mentor:
                mentors.link(person)
        self.short = self._declare(everybody, wanted)
        rows, dice = self.rows, self.dice
        mentoring = showing.unfunded(trained, self.world.today)
        for person in trained:
            recording.record(person, self.world, rows, dice)
        for person, made, training in mentors.untrained:
            recording.untrained(person, made, training, self.world, rows, dice)
        for person in (*trained, *(mentor for mentor, _, _ in mentors.untrained)):
            showing.show(person, mentoring.get(person.id, {}), self.world.today, rows, dice)

    def _declare(self, everybody: Sequence[Person], wanted: int) -> int:
        """Declare for everybody, those first who have little to declare yet. Returns how many are missing."""
        declaring = Declaring(self.world, self.rows, self.dice)
        for place, person in enumerate(everybody):
            left = len(everybody) - place
            share = -(-(wanted - declaring.made) // left)
            declaring.declare(person, max(0, share), exactly=left <= EXACTLY)
        for person in reversed(everybody):
            if declaring.made >= wanted:
                break
            declaring.pad(person)
        return wanted - declaring.made

    def _choose(self, agreements: Agreements) -> None:
        """What each school chose last."""
        last: dict[str, tuple[object, ...]] = {}
        for each in sorted(agreements.every(), key=lambda each: each.proposed_at):
            body = self.world.bodies[each.school.number % len(self.world.bodies)]
            choice = ("provider_led", each.provider.id, each.partner, each.id, each.proposed_at)
            last[each.school.id] = (each.school.id, body, *choice)
        for values in last.values():
            self.rows.add(models.SchoolChoice, *values)


def _finish(
    session: Session, world: World, requests: Mapping[str, str], latest: Sequence[datetime | None]
) -> None:
    take_time(session.connection())
    ledgers.settle(session, tuple(world.ledgers.values()), requests)
    paid = [slot.paid_at for ledger in world.ledgers.values() for slot in ledger.slots]
    _set_clock(session, max(each for each in (*latest, *paid) if each is not None))
    participation.share_all(session.connection())
    # Nobody has asked for anything yet, so the database has no idea of its own how much there is of what.
    session.connection().execute(text("ANALYZE"))


def _set_clock(session: Session, at: datetime) -> None:
    """The clock of changes stands at the greatest stamp, or later."""
    later = case((ChangeClock.at > at, ChangeClock.at), else_=literal(at, UTCDateTime()))
    if session.connection().execute(update(ChangeClock).values(at=later)).rowcount == 0:
        session.connection().execute(insert(ChangeClock).values(id=1, at=at))
