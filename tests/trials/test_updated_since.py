"""A client that asks for what changed since the greatest `updated_at` it has seen misses nothing, however slow a write.

(Provider API, Conventions.) Writers sleep inside their transactions, so that those that began first end last.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.ids import new_id
from app.data.models import DeliveryPartner, Pairing, Partnership
from app.data.queries.api import partnerships
from app.data.queries.api.wanted import Wanted
from app.data.transaction import busy, store, write
from tests.data import records
from tests.support.amounts import amount, dice
from tests.support.databases import Store

WRITERS = 8
LONGEST_SLEEP = 0.3
START = datetime(2000, 1, 1, tzinfo=UTC)


def add(session: Session, world: records.World, name: str, sleep: float) -> str:
    """One more delivery partner, and an active partnership with it; then the transaction stays open for a while."""
    now = datetime.now(UTC)
    partner = DeliveryPartner(
        id=new_id(), name=name, name_key=name, active=True, fictional=True, created_at=now
    )
    pairing = Pairing(
        lead_provider_id=world.northstar.id, delivery_partner_id=partner.id, cohort=2025, closed_on=None
    )
    made = Partnership(
        id=new_id(),
        school_id=world.school.id,
        lead_provider_id=world.northstar.id,
        delivery_partner_id=partner.id,
        cohort=2025,
        status="active",
        ever_active=True,
        created_at=now,
    )
    store(session, partner, pairing, made)
    time.sleep(sleep)
    return made.id


def write_until(app: Flask, world: records.World, writer: int, end: float) -> list[str]:
    """Add partnerships until the end; returns the ids of those that were acknowledged."""
    chance = dice(f"writer {writer}")
    made = []
    with app.app_context():
        while time.monotonic() < end:
            name, sleep = f"Partner {writer} {len(made)}", chance.uniform(0, LONGEST_SLEEP)
            try:
                made.append(write(lambda session, n=name, s=sleep: add(session, world, n, s)))  # type: ignore[misc]
            except DBAPIError as error:
                # SQLite’s lock goes to whoever asks when it is free: one of eight can wait for half a minute in vain.
                if not busy(error):
                    raise
            finally:
                db.session.remove()
    return made


class Poller:
    """A client of the API: it knows what it was shown, and the greatest stamp in it, to the second."""

    def __init__(self, lead_provider_id: str) -> None:
        self.lead_provider_id = lead_provider_id
        self.greatest = START
        self.seen: set[str] = set()
        self.polls = 0

    def poll(self) -> None:
        """Ask once, and follow the greatest stamp."""
        wanted = Wanted(per_page=3000, updated_since=self.greatest)
        for row in partnerships.listed(self.lead_provider_id, wanted):
            self.seen.add(row.id)
            self.greatest = max(self.greatest, row.updated_at.replace(microsecond=0))
        self.polls += 1


def test_a_poller_that_follows_the_greatest_stamp_sees_every_change(database: Store) -> None:
    with database.app.app_context():
        world = records.world()
        db.session.remove()
    poller = Poller(world.northstar.id)
    end = time.monotonic() + amount(3, 120)
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write_until, database.app, world, number, end) for number in range(WRITERS)]
        while not all(each.done() for each in writing):
            with database.app.app_context():
                poller.poll()
            time.sleep(0.02)
        made = {each for future in writing for each in future.result()}
    with database.app.app_context():
        poller.poll()
    assert len(made) > WRITERS
    assert poller.polls > 10
    assert made - poller.seen == set()
