"""What answering a lead provider that names another delivery partner must leave in the records."""

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
from tests.trials.challenges import another_ect
from tests.trials.changes import CHANGES, Change


@dataclass(slots=True)
class NamedInstead:
    """The ledger of that journey. `begun` are the partnerships that wait, with the one named, by school."""

    sent: int = 0
    begun: dict[str, tuple[str, str]] = field(default_factory=dict)
    changes: Sequence[Change] = (*CHANGES, another_ect)

    def prepare(self, session: Session, school: str) -> str | None:
        """One that waits and one that is named."""
        if school not in self.begun:
            waiting, named, rows = challenging.waiting_and_named(school)
            self.begun[school] = (waiting.id, named.id)
            store(session, *rows)
        return self.begun[school][0]

    def wanted(self, run: OpenRun, school: str) -> str:
        """The answer that must be stored, and that it may be."""
        waiting, named = (db.session.get_one(Partnership, each) for each in self.begun[school])
        assert waiting.id == run.row.subject_id
        assert (waiting.status, named.status) == ("proposed", "active")
        assert named.confirmed_at > waiting.proposed_at
        said: str = run.walk.heard.values["is_it_right"]
        assert said in ("yes", "no")
        return said

    def close(self, session: Session, run: OpenRun, wanted: str, now: datetime) -> None:
        """A colleague says that the one named is wrong."""
        values = {"status": "challenged", "challenged_at": now, "challenged_reason": "mistake"}
        named = self.begun[run.row.school_id][1]
        session.execute(update(Partnership).where(Partnership.id == named).values(values))

    def hold_sent(self, run: OpenRun, wanted: str | None) -> None:
        """Yes: everybody has moved and the proposal is taken back. No: it was asked for again."""
        waiting, named = self.begun[run.row.school_id]
        row = db.session.get_one(Partnership, waiting)
        people = set(db.session.execute(select(TrainingRecord.partnership_id)).scalars())
        if wanted == "yes":
            assert row.status == "retracted" and waiting not in people and named in people
        else:
            assert row.status == "proposed" and waiting in people
            assert row.proposed_at == db.session.get_one(Run, run.row.id).finished_at
        self.sent += 1

    def hold_records(self) -> None:
        """One event and one finished run for each that was sent; nobody’s training was lost."""
        kinds = ("partnership.kept", "partnership.retracted")
        told = select(func.count()).where(Event.kind.in_(kinds))
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        assert db.session.execute(told).scalar_one() == self.sent
        assert db.session.execute(finished).scalar_one() == self.sent
        nowhere = select(func.count()).where(TrainingRecord.partnership_id.is_(None))
        assert db.session.execute(nowhere).scalar_one() == 0
