"""What telling that ECTs leave, or have stopped training, must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import EctPeriod, Event, Run, TrainingRecord
from app.data.transaction import store
from app.services.runs import OpenRun
from tests.support import about_ects
from tests.trials.changes import CHANGES, Change

TODAY, LATEST = date(2025, 9, 15), date(2026, 1, 15)


@dataclass(frozen=True, slots=True)
class Ends:
    """The last day at the school and of training, and the day and reason when training stopped without leaving."""

    at_school: date | None
    training: date
    stopped: tuple[date, str] | None


@dataclass(slots=True)
class Reports:
    """The ledger of that journey. `begun` are the ECTs made for it, by school."""

    sent: int = 0
    begun: dict[str, str] = field(default_factory=dict)
    changes: Sequence[Change] = CHANGES

    def prepare(self, session: Session, school: str) -> str | None:
        """An ECT in training, whose lead provider has confirmed it or is still asked."""
        if school not in self.begun:
            status = ("active", "proposed")[len(self.begun) % 2]
            period, _, _, rows = about_ects.ect_under(status, school)
            self.begun[school] = period.id
            store(session, *rows)
        return self.begun[school]

    def wanted(self, run: OpenRun, school: str) -> Ends:
        """What must be stored, and that it may be."""
        period, training = self._rows(run)
        said = run.walk.heard.values
        assert period.school_id == school
        assert period.finished_on is None or period.finished_on >= TODAY, "they have left"
        before = (training.stopped_on, training.stopped_reason or "")
        stopped = (before[0], before[1]) if before[0] else None
        if said["what_has_changed"] == "leaving":
            last_day = date.fromisoformat(said["last_day"])
            assert period.started_on <= last_day <= LATEST and last_day != period.finished_on
            return Ends(last_day, min(last_day, stopped[0]) if stopped else last_day, stopped)
        last_day = date.fromisoformat(said["stopped_on"])
        assert training.started_on <= last_day <= TODAY and stopped is None
        return Ends(period.finished_on, last_day, (last_day, said["stopped_reason"]))

    def close(self, session: Session, run: OpenRun, wanted: Ends, now: datetime) -> None:
        """A colleague is first, with another day."""
        day = date(2025, 10, 2) if wanted.at_school != date(2025, 10, 2) else date(2025, 10, 3)
        ect = run.row.subject_id
        session.execute(update(EctPeriod).where(EctPeriod.id == ect).values(finished_on=day))
        in_training = TrainingRecord.ect_period_id == ect, TrainingRecord.stopped_on.is_(None)
        session.execute(update(TrainingRecord).where(*in_training).values(finished_on=day))

    def hold_sent(self, run: OpenRun, wanted: Ends) -> None:
        """The days are stored, and when leaving was told; the training hangs where it hung."""
        period, training = self._rows(run)
        stopped = (training.stopped_on, training.stopped_reason) if training.stopped_on else None
        assert Ends(period.finished_on, training.finished_on, stopped) == wanted
        if run.walk.heard.values["what_has_changed"] == "leaving":
            assert period.leaving_reported_at == db.session.get_one(Run, run.row.id).finished_at
        self.sent += 1

    def hold_records(self) -> None:
        """One event and one finished run for each that was sent; nobody came or went otherwise."""
        kinds = ("ect.leaving_reported", "training.stopped_reported")
        told = select(func.count()).where(Event.kind.in_(kinds))
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        assert db.session.execute(told).scalar_one() == self.sent
        assert db.session.execute(finished).scalar_one() == self.sent
        people = select(func.count()).select_from(EctPeriod)
        assert db.session.execute(people).scalar_one() == len(self.begun) + 1

    def _rows(self, run: OpenRun) -> tuple[EctPeriod, TrainingRecord]:
        ect = run.row.subject_id
        of_it = select(TrainingRecord).where(TrainingRecord.ect_period_id == ect)
        return db.session.get_one(EctPeriod, ect), db.session.execute(of_it).scalar_one()
