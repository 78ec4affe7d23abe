"""What giving ECTs mentors must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import (
    Event,
    MentorFundingFlag,
    MentorPeriod,
    Mentorship,
    Partnership,
    Run,
    Teacher,
    TrainingRecord,
)
from app.data.transaction import store
from app.services.runs import OpenRun
from tests.support import about_ects, acceptance, mentoring
from tests.trials.answers import Pick
from tests.trials.changes import CHANGES, Change

TODAY = date(2025, 9, 15)
ELSEWHERE = {acceptance.HARROW_LANE: acceptance.OAKFIELD}
NEVER_PAID_FOR = "3007010"


def take_away(session: Session, pick: Pick, now: datetime) -> None:
    """A colleague ends somebody’s time as an ECT’s mentor."""
    open_ones = select(Mentorship).where(Mentorship.finished_on.is_(None)).order_by(Mentorship.id)
    if found := session.execute(open_ones).scalars().all():
        chosen = pick(found)
        chosen.finished_on = max(chosen.started_on, date(2025, 9, 14))


@dataclass(frozen=True, slots=True)
class Mentored:
    """Who mentors the ECT, from when on, when their time elsewhere ends, and whether a training record is made."""

    trn: str
    mentors_from: date
    ends_elsewhere: date | None
    trains: bool


@dataclass(slots=True)
class Mentorings:
    """The ledger of that journey. `begun` are the ECTs made for it, by school."""

    sent: int = 0
    trained: int = 0
    begun: dict[str, str] = field(default_factory=dict)
    changes: Sequence[Change] = (*CHANGES, take_away)

    def prepare(self, session: Session, school: str) -> str | None:
        """An ECT without a mentor, at a school that has one. Zoe mentors at another school."""
        if school not in self.begun:
            number = len(self.begun)
            period, _, _, rows = about_ects.ect_under(("active", "proposed", "declined")[number], school)
            self.begun[school] = period.id
            store(session, *rows, *mentoring.mentor_rows(f"400100{number}", "Cai Moss", school)[1])
            if not number:
                other = ELSEWHERE.get(school, acceptance.HARROW_LANE)
                _, there = mentoring.mentor_rows(acceptance.ZOE_TRN, "Zoë D'Arcy-N'Diaye", other)
                store(session, *there, mentoring.flag(NEVER_PAID_FOR))
        return self.begun[school]

    def wanted(self, run: OpenRun, school: str) -> Mentored:
        """What must be stored."""
        said = run.walk.heard.values
        chosen = said.get("mentor")
        if chosen not in (None, "new"):
            period = db.session.get_one(MentorPeriod, chosen)
            assert period.school_id == school and period.finished_on is None
            trn, starts = db.session.get_one(Teacher, period.teacher_id).trn, period.started_on
        else:
            trn, starts = said["record_trn"], date.fromisoformat(said.get("mentor_start_date", str(TODAY)))
        leaves = said.get("only_here") == "yes"
        return Mentored(
            trn,
            max(TODAY, starts),
            date.fromordinal(starts.toordinal() - 1) if leaves else None,
            self._trains(run, trn, leaves),
        )

    def _trains(self, run: OpenRun, trn: str, leaves: bool) -> bool:
        of_ect = (
            select(Partnership.status)
            .join(TrainingRecord)
            .where(TrainingRecord.ect_period_id == run.row.subject_id)
        )
        flagged = select(MentorFundingFlag.trn).where(MentorFundingFlag.trn == trn)
        goes_on = (
            select(TrainingRecord.id)
            .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
            .where(Teacher.trn == trn, TrainingRecord.participant_type == "mentor")
        )
        status = db.session.execute(of_ect).scalar_one()
        in_training = bool(db.session.execute(goes_on).all()) and not leaves
        return status in ("proposed", "active") and not db.session.execute(flagged).all() and not in_training

    def close(self, session: Session, run: OpenRun, wanted: Mentored, now: datetime) -> None:
        """The lead provider says no to the ECT meanwhile."""
        of_ect = select(TrainingRecord.partnership_id).where(
            TrainingRecord.ect_period_id == run.row.subject_id
        )
        values = {"status": "declined", "declined_at": now, "declined_reason": "no_agreement"}
        session.execute(
            update(Partnership)
            .where(Partnership.id.in_(of_ect), Partnership.status == "proposed")
            .values(values)
        )

    def hold_sent(self, run: OpenRun, wanted: Mentored) -> None:
        """Exactly this person mentors the ECT from now on; they train exactly when they should."""
        ect = run.row.subject_id
        open_ones = select(Mentorship).where(
            Mentorship.ect_period_id == ect, Mentorship.finished_on.is_(None)
        )
        mentorship = db.session.execute(open_ones).scalar_one()
        period = db.session.get_one(MentorPeriod, mentorship.mentor_period_id)
        assert db.session.get_one(Teacher, period.teacher_id).trn == wanted.trn
        assert period.school_id == run.row.school_id
        assert mentorship.started_on == wanted.mentors_from
        mine = select(MentorPeriod).where(MentorPeriod.teacher_id == period.teacher_id)
        others = [
            each
            for each in db.session.execute(mine).scalars()
            if each.school_id != run.row.school_id and each.finished_on is None
        ]
        assert not (wanted.ends_elsewhere and others)
        self.sent += 1
        self.trained += wanted.trains

    def hold_records(self) -> None:
        """One event for each that was sent, one training record for each who should train, nobody twice at a school."""
        kinds = ("mentorship.started", "mentorship.changed")
        told = select(func.count()).where(Event.kind.in_(kinds))
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        training = select(func.count()).where(TrainingRecord.participant_type == "mentor")
        assert db.session.execute(told).scalar_one() == self.sent
        assert db.session.execute(finished).scalar_one() == self.sent
        assert db.session.execute(training).scalar_one() == self.trained
