"""Which records a write marks as changed, and with what (Provider API, Conventions, updated_since)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data import models
from app.data.database import db, reading, release
from app.data.ids import new_id
from app.data.transaction import store, write
from app.domain.schedules import Course
from app.services import funding, training
from app.services.asked import by_lead_provider, by_service
from tests.data import records
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import Clock
from tests.support.databases import Store

START = datetime(2025, 9, 15, 9, tzinfo=UTC)
BY = by_service(START, "test")
Moved = set[str]


@dataclass(frozen=True)
class World:
    """Oakfield: Aoife with Northstar and Alder, mentored by Sam; Wen waits for Bramble. Harrow Lane: Tia with Teach
    Forward and Alder, and Nia with Northstar and Bramble."""

    at: worlds.Sides
    partnerships: dict[str, models.Partnership]
    people: dict[str, Trained]

    def names(self) -> dict[Any, str]:
        """What each stamped row is called here, by its id; a person by provider and teacher."""
        found: dict[Any, str] = {row.id: f"partnership of {name}" for name, row in self.partnerships.items()}
        found |= {self.at.oakfield.id: "Oakfield", self.at.harrow.id: "Harrow Lane"}
        for provider, name in ((self.at.northstar, "Northstar"), (self.at.teach_forward, "Teach Forward")):
            found |= {(provider, who.teacher): f"{person} at {name}" for person, who in self.people.items()}
        return found

    def stamps(self) -> dict[str, datetime]:
        """When each was changed."""
        release()
        names, found = self.names(), {}
        person = models.ProviderParticipant
        for model in (models.Partnership, models.School):
            for each, at in reading().execute(select(model.id, model.updated_at)):
                found[names[each]] = at
        for *key, at in reading().execute(
            select(person.lead_provider_id, person.teacher_id, person.updated_at)
        ):
            found[names[tuple(key)]] = at
        return found


@pytest.fixture
def world(app: Flask, clock: Clock) -> Iterator[World]:
    clock.set(START)
    with app.app_context():
        at = worlds.sides()
        rows = {
            "Aoife": worlds.partnership(at),
            "Nia": worlds.partnership(at, school_id=at.harrow.id, delivery_partner_id=at.bramble),
            "Wen": worlds.partnership(
                at, delivery_partner_id=at.bramble, status="proposed", ever_active=False
            ),
            "Tia": worlds.partnership(at, lead_provider_id=at.teach_forward, school_id=at.harrow.id),
        }
        people = {name: worlds.ect(at, under, name) for name, under in rows.items()}
        people["Sam"] = worlds.mentor(at, None)
        worlds.mentoring(people["Sam"], people["Aoife"])
        yield World(at, rows, people)
        db.session.remove()


def moved(world: World, change: Any) -> Moved:
    """What a change has moved, all with one stamp."""
    before = world.stamps()
    change()
    after = world.stamps()
    gone = set(before) - set(after)
    assert not gone
    later = {name for name, at in after.items() if at != before.get(name)}
    assert all(after[name] > max(before.values()) for name in later)
    assert len({after[name] for name in later}) <= 1
    return later


AOIFE, SAM, WEN = "Aoife at Northstar", "Sam at Northstar", "Wen at Northstar"
OF = "partnership of {}".format


def test_a_delivery_partners_name_moves_its_partnerships_alone(world: World) -> None:
    change = moved(world, lambda: worlds.change(models.DeliveryPartner, world.at.alder, name="Alder Hub"))
    assert change == {OF("Aoife"), OF("Tia")}


def test_a_schools_tutor_and_flags_move_what_is_shown_with_them_at_that_school(world: World) -> None:
    """The people too: a school’s row doesn’t tell which of its columns changed."""
    for values in ({"induction_tutor_name": "Priya"}, {"pupil_premium_uplift": True}):
        change = moved(
            world, lambda values=values: worlds.change(models.School, world.at.oakfield.id, **values)
        )
        assert change == {"Oakfield", OF("Aoife"), OF("Wen"), AOIFE, SAM}


def test_a_partnership_moves_its_school_and_its_people(world: World) -> None:
    aoifes, wens = world.partnerships["Aoife"].id, world.partnerships["Wen"].id
    confirm = {"status": "active", "ever_active": True}
    assert moved(world, lambda: worlds.change(models.Partnership, wens, **confirm)) == {
        OF("Wen"),
        "Oakfield",
        WEN,
    }
    challenged = moved(world, lambda: worlds.change(models.Partnership, aoifes, status="challenged"))
    assert challenged == {OF("Aoife"), "Oakfield", AOIFE, SAM}


def test_what_a_provider_does_with_somebodys_training_moves_that_person(world: World) -> None:
    """And the school, whose programme is told by its people’s records."""
    aoife = world.people["Aoife"]
    asked = by_lead_provider(world.at.northstar, START, "test")
    sent = {"course_identifier": "ecf-induction", "reason": "other"}

    def defer() -> None:
        write(
            lambda session: training.change(
                session, world.at.northstar, aoife.teacher, training.Action.DEFER, sent, asked
            )
        )

    assert moved(world, defer) == {AOIFE, "Oakfield"}


def test_funding_name_and_mentor_move_the_person(world: World) -> None:
    aoife, sam = world.people["Aoife"], world.people["Sam"]

    def fund() -> None:
        write(lambda session: funding.decide(session, aoife.teacher, Course.ECF_INDUCTION, True, BY))

    assert moved(world, fund) == {AOIFE}
    assert moved(world, fund) == set()
    assert moved(world, lambda: worlds.change(models.Teacher, sam.teacher, name="Samuel Lee")) == {SAM}
    assert moved(world, lambda: worlds.change(models.Teacher, aoife.teacher, name="Aoife Byrne")) == {AOIFE}
    mentorships = models.Mentorship.ect_period_id == aoife.period
    end = update(models.Mentorship).where(mentorships).values(finished_on=date(2025, 9, 14))
    assert moved(world, lambda: write(lambda session: session.execute(end))) == {AOIFE, SAM}


def test_somebody_new_who_waits_moves_the_proposal_and_the_school(world: World) -> None:
    made = moved(
        world, lambda: world.people.update(Kit=worlds.ect(world.at, world.partnerships["Wen"], "Kit"))
    )
    assert made == {OF("Wen"), "Oakfield"}
    joined = moved(
        world, lambda: world.people.update(Jo=worlds.ect(world.at, world.partnerships["Aoife"], "Jo"))
    )
    assert joined == {"Jo at Northstar", "Oakfield"}


def test_a_new_partnership_moves_the_school_alone(world: World) -> None:
    def add() -> None:
        row = worlds.partnership(world.at, cohort=2024)
        world.partnerships["nobody"] = row

    assert moved(world, add) == {OF("nobody"), "Oakfield"}


def test_stamps_never_go_back_when_the_clock_does(world: World, clock: Clock) -> None:
    clock.set(START + timedelta(hours=1))
    worlds.change(models.School, world.at.harrow.id, phase="Secondary")
    latest = world.stamps()["Harrow Lane"]
    clock.set(START)
    worlds.change(models.DeliveryPartner, world.at.bramble, name="Bramble")
    stamps = world.stamps()
    assert stamps[OF("Nia")] == stamps[OF("Wen")] == latest
    assert stamps[OF("Aoife")] < latest


def test_a_write_that_changes_nothing_stamped_leaves_the_clock_alone(world: World) -> None:
    def clock_row() -> list[datetime]:
        release()
        return list(reading().execute(select(models.ChangeClock.at)).scalars())

    before = clock_row()
    assert len(before) == 1
    records.save(records.event())
    write(lambda session: session.execute(update(models.Milestone).values(pays_on=None)))
    write(
        lambda session: session.execute(
            update(models.School).where(models.School.urn == "none").values(name="x")
        )
    )
    assert clock_row() == before
    records.save(records.person(updated_at=START))
    assert clock_row() == before


def test_two_writes_at_once_see_each_other_in_what_follows_from_both(postgresql_only: Store) -> None:
    """One confirms Aoife’s partnership while the other gives her a mentor: he is Northstar’s unfunded mentor."""
    both = threading.Barrier(2)
    app = postgresql_only.app
    with app.app_context():
        at = worlds.sides()
        proposed = worlds.partnership(at, status="proposed", ever_active=False)
        aoife, sam = worlds.ect(at, proposed), worlds.mentor(at, None)
        db.session.remove()

    def confirm(session: Session) -> None:
        row = update(models.Partnership).where(models.Partnership.id == proposed.id)
        session.execute(row.values(status="active", ever_active=True))
        both.wait(10)

    def assign(session: Session) -> None:
        row = models.Mentorship(
            id=new_id(),
            ect_period_id=aoife.period,
            mentor_period_id=sam.period,
            started_on=date(2025, 9, 1),
            created_at=START,
        )
        store(session, row)
        both.wait(10)

    def run(work: Any) -> None:
        with app.app_context():
            write(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (confirm, assign)))
    with app.app_context():
        person = models.ProviderParticipant
        found = reading().execute(select(person.teacher_id).where(person.unfunded_period_id == sam.period))
        assert list(found.scalars()) == [sam.teacher]
