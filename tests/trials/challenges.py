"""What saying that partnerships are wrong must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import Event, Partnership, Run, TrainingRecord
from app.data.transaction import store
from app.services.runs import OpenRun
from tests.support import challenging
from tests.trials.answers import Pick
from tests.trials.changes import CHANGES, Change

LATER = ("Cai Moss", "Dee Hart", "Eli Stone")


def another_ect(session: Session, pick: Pick, now: datetime) -> None:
    """A colleague registers somebody who joins a partnership with Northstar."""
    rows = select(Partnership).where(Partnership.lead_provider_id == challenging.acceptance.NORTHSTAR)
    under = pick(session.execute(rows.order_by(Partnership.id)).scalars().all())
    people = select(func.count()).where(TrainingRecord.partnership_id == under.id)
    number = session.execute(people).scalar_one()
    if number < len(LATER):
        store(session, *challenging.ect(under, LATER[number]))


@dataclass(slots=True)
class Challenges:
    """The ledger of a journey that challenges partnerships. `begun` are those made for it, by school."""

    sent: int = 0
    begun: dict[str, str] = field(default_factory=dict)
    changes: Sequence[Change] = (*CHANGES, another_ect, another_ect)

    def prepare(self, session: Session, school: str) -> str | None:
        """A partnership that the school can call wrong; some of them train nobody yet."""
        if school not in self.begun:
            row, rows = challenging.confirmed(school, challenging.NAMES[: len(self.begun) % 2])
            self.begun[school] = row.id
            store(session, *rows)
        return self.begun[school]

    def wanted(self, run: OpenRun, school: str) -> str | None:
        """The reason that must be stored, and that it may be."""
        row = self._row(run)
        reason = run.walk.heard.values["what_is_wrong"]
        people = db.session.execute(
            select(TrainingRecord.id).where(TrainingRecord.partnership_id == row.id)
        ).all()
        assert row.status == "active" and row.school_id == school
        assert reason != "no_ects" or not people
        assert ("what_it_means" in run.walk.names) == bool(people)
        return reason

    def close(self, session: Session, run: OpenRun, wanted: str, now: datetime) -> None:
        """Somebody else at the school was first."""
        values = {"status": "challenged", "challenged_at": now, "challenged_reason": "mistake"}
        session.execute(update(Partnership).where(Partnership.id == run.row.subject_id).values(values))

    def hold_sent(self, run: OpenRun, wanted: str | None) -> None:
        """The partnership is challenged, for this reason, and the run’s person is known for it."""
        row = self._row(run)
        assert (row.status, row.challenged_reason) == ("challenged", wanted)
        self.sent += 1

    def hold_records(self) -> None:
        """One event and one finished run for each that was sent; everybody’s training is as it was."""
        told = select(func.count()).where(Event.kind == "partnership.challenged")
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        assert db.session.execute(told).scalar_one() == self.sent
        assert db.session.execute(finished).scalar_one() == self.sent
        assert db.session.execute(select(TrainingRecord.finished_on)).scalars().all().count(None) == (
            db.session.execute(select(func.count()).select_from(TrainingRecord)).scalar_one()
        )

    def _row(self, run: OpenRun) -> Partnership:
        return db.session.get_one(Partnership, run.row.subject_id)
