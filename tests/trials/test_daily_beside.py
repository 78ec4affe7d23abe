"""The daily job beside eight writers: nobody waits for anybody who waits for them, and no change is lost.

(Provider API, Conventions and “participant_status”; `data.publishing` on the order of locks.)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data import models
from app.data.clock import true_now
from app.data.database import db, release
from app.data.publishing import take_turn
from app.data.queries.api import participants
from app.data.queries.api.wanted import Wanted
from app.data.transaction import write
from app.domain.partnerships import ChallengeReason
from app.domain.training import Action
from app.services import daily, partnerships, providers
from app.services.asked import by_lead_provider, by_service
from app.services.partnerships import moving
from tests.support.amounts import amount, dice
from tests.support.databases import Store
from tests.trials.lives_deeds import REFUSALS
from tests.trials.lives_stage import noting_deadlocks
from tests.web.api_v3.playing import CLOCK, Stage, set_up

WRITERS = 8
PEOPLE, SECONDS = amount(30, 300), amount(3, 60)
LONG_AGO = date(2000, 1, 1)


class Poller:
    """A client that follows the greatest stamp it has seen, and what it was last told of each person."""

    def __init__(self, stage: Stage) -> None:
        self.provider = stage.at.northstar
        self.since = true_now().replace(year=2000)
        self.told: dict[str, str] = {}

    def poll(self) -> None:
        """Ask once."""
        release()
        for row in participants.listed(
            self.provider, Wanted(per_page=3000, updated_since=self.since), true_now().date()
        ):
            self.told[row.id] = row.ecf_enrolments[0].training_status
            self.since = max(self.since, row.updated_at.replace(microsecond=0))


def until(end: float, app: Flask, work: Callable[[], None]) -> int:
    """Do it again and again; returns how often it was done and not refused."""
    times = 0
    with app.app_context():
        while time.monotonic() < end:
            with suppress(*REFUSALS):
                work()
                times += 1
            release()
    return times


def writing(stage: Stage, people: list[str], partnership_id: str, number: int) -> Callable[[], None]:
    """One writer: trains, and now and then has the partnership of all of them challenged, or its school’s tutor
    renamed."""
    chance = dice(f"writer {number}")
    at = stage.at

    def train() -> None:
        sent = {"course_identifier": "ecf-induction", "reason": "other"}
        action = chance.choice((Action.DEFER, Action.RESUME, Action.WITHDRAW, Action.RESUME))
        asked = by_lead_provider(at.northstar, CLOCK, f"writer {number}")
        providers.change_training(at.northstar, chance.choice(people), action, sent, asked)

    def agree() -> None:
        asked = by_lead_provider(at.northstar, CLOCK, f"writer {number}")
        sent = {"cohort": 2025, "school_id": at.oakfield.id, "delivery_partner_id": at.alder}
        with suppress(partnerships.Conflict, *REFUSALS):
            write(challenge)
        providers.report_partnership(at.northstar, sent, asked)

    def challenge(session: Session) -> None:
        row = moving.find(session, partnership_id)
        assert row is not None
        partnerships.challenge(session, row, ChallengeReason.MISTAKE, by_service(CLOCK, "school"))

    def rename() -> None:
        tutor = update(models.School).where(models.School.id == at.oakfield.id)
        named = tutor.values(induction_tutor_name=f"Tutor {chance.random()}")
        write(lambda session: session.connection().execute(named))

    def one_of_them() -> None:
        chance.choices((train, agree, rename), (20, 1, 1))[0]()

    return one_of_them


def calendar(number: int) -> Callable[[], None]:
    """Everybody is due again, and the job sees to them."""

    def due_again(session: Session) -> None:
        take_turn(session)
        table = models.ProviderParticipant.__table__
        session.connection().execute(update(table).values(changes_on=LONG_AGO, updated_at=table.c.updated_at))

    def run() -> None:
        write(due_again)
        daily.run(by_service(true_now(), f"night {number}"))

    return run


def test_the_job_and_eight_writers_never_wait_for_each_other_and_a_poller_misses_nothing(
    database: Store,
) -> None:
    app, stage = database.app, set_up(database.app)
    under = stage.partnership()
    people = [stage.ect(under).teacher for _ in range(PEOPLE)]
    poller, end = Poller(stage), time.monotonic() + SECONDS
    with noting_deadlocks(app) as deadlocks, ThreadPoolExecutor(WRITERS + 2) as pool:
        nights = [pool.submit(until, end, app, calendar(number)) for number in range(2)]
        writers = [
            pool.submit(until, end, app, writing(stage, people, under.id, number))
            for number in range(WRITERS)
        ]
        with app.app_context():
            while time.monotonic() < end:
                poller.poll()
                time.sleep(0.05)
        assert min(each.result() for each in nights) > 0
        assert sum(each.result() for each in writers) > WRITERS
    assert deadlocks == []
    with app.app_context():
        poller.poll()
        told, stored = settled(poller, under)
    assert told == stored


def settled(poller: Poller, under: models.Partnership) -> tuple[dict[str, str], dict[str, str]]:
    """What the poller knows and what is so, while the partnership is active: else nobody may be asked for."""
    active = db.session.execute(select(models.Partnership.status)).scalar_one() == "active"
    record = models.TrainingRecord
    rows = db.session.execute(select(record.teacher_id, record.training_status))
    stored = {each.teacher_id: each.training_status for each in rows}
    return (poller.told, stored) if active else ({}, {})
