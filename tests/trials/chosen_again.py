"""What choosing training again must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import EctPeriod, Event, Partnership, Run, TrainingRecord
from app.data.transaction import store
from app.services.runs import OpenRun
from tests.support import about_ects, acceptance
from tests.trials.changes import CHANGES, Change, close_this
from tests.trials.expected import Training, expected, records, refused

TODAY = acceptance.ACCEPTANCE_CLOCK.date()
WITHOUT_TRAINING: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("declined", about_ects.STOPPED),
    ("challenged", about_ects.STOPPED),
    ("active", about_ects.WITHDRAWN),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The training that must be stored; the record before, and whether it goes on as the same one."""

    training: Training
    before: str
    goes_on: bool


@dataclass(slots=True)
class ChosenAgain:
    """The ledger of that journey. `begun` are the ECTs made for it, by school; `added` counts records that follow."""

    sent: int = 0
    added: int = 0
    begun: dict[str, str] = field(default_factory=dict)
    changes: Sequence[Change] = CHANGES

    def prepare(self, session: Session, school: str) -> str | None:
        """An ECT whom nobody trains: their school stopped their training, or their lead provider did."""
        if school not in self.begun:
            status, said = WITHOUT_TRAINING[len(self.begun) % len(WITHOUT_TRAINING)]
            period, _, _, rows = about_ects.ect_under(status, school, **said)
            self.begun[school] = period.id
            store(session, *rows)
        return self.begun[school]

    def wanted(self, run: OpenRun, school: str) -> Chosen:
        """What must be stored, and that it may be."""
        period, (*_, last) = db.session.get_one(EctPeriod, run.row.subject_id), self._trained(run)
        under = db.session.get_one(Partnership, last.partnership_id)
        withdrawn = under.status == "active" and last.training_status == "withdrawn"
        assert withdrawn or last.stopped_on is not None, (
            "somebody trains them, or their training ended with others’"
        )
        values = {
            **run.walk.heard.values,
            "trn": "",
            "start_date": TODAY.isoformat(),
            "appropriate_body": period.appropriate_body_id,
            # Every partnership that is live now was there before the question.
            "record_checked_at": "2099-01-01T00:00:00+00:00",
        }
        kept = records(TODAY)
        found = expected(values, school, kept)
        assert found is not None
        if found.partner is not None:
            assert found.partner in kept.eligible(found.lead_provider, found.cohort)
            assert found.partner not in refused(values, school, found, kept)
        return Chosen(found, last.id, not under.ever_active and last.stopped_on is None)

    def close(self, session: Session, run: OpenRun, wanted: Chosen, now: datetime) -> None:
        """The pairing or place chosen is closed; else the partnership that ended is live again."""
        if wanted.training.lead_provider is not None:
            close_this(session, wanted.training, now)
            return
        under = select(TrainingRecord.partnership_id).where(TrainingRecord.id == wanted.before)
        again = {"status": "active", "confirmed_at": now, "confirmed_by": "Kim Osei", "ever_active": True}
        session.execute(update(Partnership).where(Partnership.id.in_(under)).values(again))
        going_on = {
            "stopped_on": None,
            "stopped_reason": None,
            "finished_on": None,
            "training_status": "active",
        }
        session.execute(update(TrainingRecord).where(TrainingRecord.id == wanted.before).values(going_on))

    def hold_sent(self, run: OpenRun, wanted: Chosen) -> None:
        """The ECT’s latest record is what was chosen: the same one, or one that follows the other without a gap."""
        period, trained = db.session.get_one(EctPeriod, run.row.subject_id), self._trained(run)
        last = trained[-1]
        under = db.session.get(Partnership, last.partnership_id) if last.partnership_id else None
        trio = (under.lead_provider_id, under.delivery_partner_id) if under else (None, None)
        assert Training(period.appropriate_body_id, last.programme, *trio, last.cohort) == wanted.training
        assert under is None or under.status in ("proposed", "active")
        assert last.finished_on is None
        if wanted.goes_on:
            assert last.id == wanted.before
        else:
            assert trained[-2].id == wanted.before
            assert trained[-2].finished_on == last.started_on - timedelta(days=1)
            assert last.started_on >= date(2025, 9, 2)
            self.added += 1
        self.sent += 1

    def hold_records(self) -> None:
        """One event and one finished run for each that was sent; no record came or went otherwise."""
        kinds = ("training.chosen_again", "training.started")
        told = select(func.count()).where(Event.kind.in_(kinds))
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        assert db.session.execute(told).scalar_one() == self.sent
        assert db.session.execute(finished).scalar_one() == self.sent
        trained = select(func.count()).select_from(TrainingRecord)
        assert db.session.execute(trained).scalar_one() == len(self.begun) + self.added + 1

    def _trained(self, run: OpenRun) -> list[TrainingRecord]:
        of_it = select(TrainingRecord).where(TrainingRecord.ect_period_id == run.row.subject_id)
        return list(
            db.session.execute(of_it.order_by(TrainingRecord.started_on, TrainingRecord.id)).scalars()
        )
