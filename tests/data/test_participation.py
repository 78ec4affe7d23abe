"""What lead providers see of people is worked out from the records alone, whatever happened before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.data import models, participation
from app.data.database import db, reading, release
from app.data.ids import new_id
from app.data.transaction import write
from app.domain.schedules import Course
from app.services import funding
from app.services.asked import by_service
from tests.data import records
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.amounts import amount

Person = models.ProviderParticipant
BY = by_service(records.NOW, "test")
STATES = ("proposed", "active", "declined", "retracted", "challenged")
FIRST = date(2025, 9, 1)
COLUMNS = (
    "visible",
    "ect_record_id",
    "mentor_record_id",
    "unfunded_period_id",
    "transfers",
    "changes_on",
)


@dataclass
class Play:
    """A small stage of its own for each example: two schools, both providers at each, people as they come."""

    at: worlds.Sides
    partnerships: list[models.Partnership] = field(default_factory=list)
    ects: list[Trained] = field(default_factory=list)
    mentors: list[Trained] = field(default_factory=list)

    def set_up(self) -> None:
        schools = [records.school(), records.school()]
        worlds.save(*schools)
        for school in schools:
            for provider in (self.at.northstar, self.at.teach_forward):
                self.partnerships.append(
                    worlds.partnership(self.at, school_id=school.id, lead_provider_id=provider)
                )

    @property
    def teachers(self) -> set[str]:
        return {who.teacher for who in (*self.ects, *self.mentors)}

    def pick(self, among: list[Any], number: int) -> Any:
        return among[number % len(among)] if among else None

    # ------------------------------------------------------------------ what can happen

    def register(self, where: int, day: int) -> None:
        under = self.pick([*self.partnerships, None], where)
        self.ects.append(worlds.ect(self.at, under, started_on=FIRST + timedelta(days=day)))

    def leave(self, who: int, day: int) -> None:
        if found := self.pick(self.ects, who):
            self._end(found, day)

    def move_on(self, who: int, where: int) -> None:
        """To another school, or provider, from the day after."""
        if found := self.pick(self.ects, who):
            last = self._end(found, where)
            under = self.pick(self.partnerships, where)
            self.ects.append(
                worlds.ect(self.at, under, teacher_id=found.teacher, started_on=last + timedelta(days=1))
            )

    def _end(self, who: Trained, day: int) -> date:
        """The ECT’s last period ends on its first day or later."""
        period = models.EctPeriod
        started = reading().execute(
            select(period.started_on)
            .where(period.teacher_id == who.teacher)
            .order_by(period.started_on.desc())
        )
        last: date = started.scalars().all()[0] + timedelta(days=day)
        release()
        for model in (models.EctPeriod, models.TrainingRecord):
            rows = select(model.id).where(model.teacher_id == who.teacher, model.finished_on.is_(None))
            if model is models.TrainingRecord:
                rows = rows.where(model.participant_type == "ect")
            for each in reading().execute(rows).scalars().all():
                release()
                worlds.change(model, each, finished_on=last)
        return last

    def mentor(self, where: int, trains: int) -> None:
        under = self.pick(self.partnerships, where) if trains % 2 else None
        self.mentors.append(worlds.mentor(self.at, under))

    def assign(self, mentor: int, ect: int) -> None:
        found, who = self.pick(self.mentors, mentor), self.pick(self.ects, ect)
        if found and who and not self._mentorships(who):
            worlds.mentoring(found, who)

    def part(self, ect: int, _more: int) -> None:
        if who := self.pick(self.ects, ect):
            for each in self._mentorships(who):
                worlds.change(models.Mentorship, each, finished_on=date(2025, 9, 20))

    def _mentorships(self, who: Trained) -> list[str]:
        row = models.Mentorship
        found = select(row.id).where(row.ect_period_id == who.period, row.finished_on.is_(None))
        try:
            return list(reading().execute(found).scalars())
        finally:
            release()

    def state(self, which: int, state: int) -> None:
        row, status = self.pick(self.partnerships, which), self.pick(list(STATES), state)
        worlds.change(models.Partnership, row.id, status=status)

    def repoint(self, who: int, where: int) -> None:
        found, under = (
            self.pick([each for each in self.ects if each.record], who),
            self.pick(self.partnerships, where),
        )
        if found:
            record = models.TrainingRecord
            led = select(record.programme).where(record.id == found.record)
            programme = reading().execute(led).scalar_one()
            release()
            if programme == "provider_led":
                worlds.change(record, found.record, partnership_id=under.id)

    def stop(self, who: int, _more: int) -> None:
        if found := self.pick(self.ects, who):
            worlds.change(models.TrainingRecord, found.record, stopped_on=FIRST, stopped_reason="other")

    def fund(self, who: int, how: int) -> None:
        if found := self.pick(self.ects, who):
            eligible = (None, True, False)[how % 3]
            write(lambda session: funding.decide(session, found.teacher, Course.ECF_INDUCTION, eligible, BY))


DEEDS = ("register", "leave", "move_on", "mentor", "assign", "part", "state", "repoint", "stop", "fund")
deeds = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 7), st.integers(0, 30)), min_size=3, max_size=14
)


@pytest.fixture
def at(app: Flask) -> Any:
    with app.app_context():
        yield worlds.sides()
        db.session.remove()


def standing(teachers: set[str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What stands of these people, but for rows that show nothing any more."""
    release()
    columns = [getattr(Person, name) for name in COLUMNS]
    rows = reading().execute(
        select(Person.lead_provider_id, Person.teacher_id, *columns).where(Person.teacher_id.in_(teachers))
    )
    found = {(provider, teacher): tuple(values) for provider, teacher, *values in rows}
    release()
    return {key: row for key, row in found.items() if row[:5] != (False, None, None, None, 0)}


def anew(teachers: set[str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The same, worked out from nothing."""

    def work(session: Session) -> None:
        connection = session.connection()
        connection.execute(delete(Person).where(Person.teacher_id.in_(teachers)))
        participation.refresh(connection, teachers, records.NOW)

    write(work)
    return standing(teachers)


@settings(max_examples=amount(12, 300))
@given(done=deeds)
def test_working_it_out_from_nothing_gives_what_stands(at: worlds.Sides, clock: Any, done: Any) -> None:
    clock.set(records.NOW)
    play = Play(at)
    play.set_up()
    play.register(0, 0)
    for deed, first, second in done:
        getattr(play, deed)(first, second)
    before = standing(play.teachers)
    assert before == anew(play.teachers)


def test_a_person_of_two_providers_is_two_rows_and_goes_with_the_partnership(at: worlds.Sides) -> None:
    here = worlds.partnership(at)
    there = worlds.partnership(at, lead_provider_id=at.teach_forward, school_id=at.harrow.id)
    who = worlds.ect(at, here, finished_on=date(2025, 9, 10))
    worlds.ect(at, there, teacher_id=who.teacher, started_on=date(2025, 9, 11))
    assert {provider for provider, _ in standing({who.teacher})} == {at.northstar, at.teach_forward}
    worlds.change(models.Partnership, there.id, status="challenged")
    assert {provider for provider, _ in standing({who.teacher})} == {at.northstar}
    worlds.change(models.Partnership, there.id, status="active")
    assert {provider for provider, _ in standing({who.teacher})} == {at.northstar, at.teach_forward}


def test_batches_of_people_come_out_like_one_by_one(
    at: worlds.Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(participation, "BATCH", 2)
    under = worlds.partnership(at)
    teachers = {worlds.ect(at, under, new_id()).teacher for _ in range(5)}
    assert set(teachers) == {teacher for _, teacher in standing(teachers)}
    assert standing(teachers) == anew(teachers)
