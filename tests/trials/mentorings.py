"""What giving ECTs mentors must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import (
    EctPeriod,
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
from tests.trials.changes import CHANGES, Change, close_this
from tests.trials.expected import LIVE, Training, expected, records, refused

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
    """Who mentors the ECT, from when on, when their time elsewhere ends, and whether they are trained for it.

    `stays`: they mentored the ECT before. `named` is the training with another lead provider; None with the ECT’s.
    `goes_on` is the record of theirs that was never shown and is theirs again; None for a new one.
    """

    trn: str
    mentors_from: date
    ends_elsewhere: date | None
    trains: bool
    stays: bool = False
    named: Training | None = None
    goes_on: str | None = None


@dataclass(slots=True)
class Mentorings:
    """The ledger of that journey. `begun` are the ECTs made for it, by school."""

    sent: int = 0
    trained: int = 0
    stayed: int = 0
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
        chosen, period = said.get("mentor"), None
        if chosen not in (None, "new"):
            period = db.session.get_one(MentorPeriod, chosen)
            assert period.school_id == school and period.finished_on is None
            trn, starts = db.session.get_one(Teacher, period.teacher_id).trn, period.started_on
        else:
            trn, starts = said["record_trn"], date.fromisoformat(said.get("mentor_start_date", str(TODAY)))
        leaves = said.get("only_here") == "yes"
        before = self._mentorship(run)
        stays = before is not None and period is not None and before.mentor_period_id == period.id
        trains = self._trains(run, trn, max(TODAY, starts) if period else starts, leaves)
        assert trains or not stays, "the present mentor is offered only to be trained"
        return Mentored(
            trn,
            before.started_on if before is not None and stays else max(TODAY, starts),
            date.fromordinal(starts.toordinal() - 1) if leaves else None,
            trains,
            stays,
            self._named(run, school) if trains and said.get("mentor_training") == "another" else None,
            self._dead_and_never_shown(period.id) if period is not None else None,
        )

    def _mentorship(self, run: OpenRun) -> Mentorship | None:
        open_ones = select(Mentorship).where(
            Mentorship.ect_period_id == run.row.subject_id, Mentorship.finished_on.is_(None)
        )
        return db.session.execute(open_ones).scalar_one_or_none()

    def _named(self, run: OpenRun, school: str) -> Training:
        """Training with the lead provider that was named, in the year of the ECT’s."""
        values = {
            # Every partnership that is live now was there before the question, unless somebody was looked up.
            "record_checked_at": "2099-01-01T00:00:00+00:00",
            **run.walk.heard.values,
            "record_trn": "",
            "trn": "",
            "start_date": TODAY.isoformat(),
            "appropriate_body": db.session.get_one(EctPeriod, run.row.subject_id).appropriate_body_id,
            "programme": "provider_led",
        }
        kept = records(TODAY)
        found = expected(values, school, kept)
        assert found is not None and (found.lead_provider, found.cohort) in kept.places
        if found.partner is not None:
            assert found.partner in kept.eligible(found.lead_provider, found.cohort)
            assert found.partner not in refused(values, school, found, kept)
        return found

    def _trains(self, run: OpenRun, trn: str, starts: date, leaves: bool) -> bool:
        of_ect = (
            select(Partnership.status)
            .join(TrainingRecord)
            .where(TrainingRecord.ect_period_id == run.row.subject_id)
        )
        flagged = select(MentorFundingFlag.trn).where(MentorFundingFlag.trn == trn)
        live = (
            select(TrainingRecord.finished_on, MentorPeriod.school_id)
            .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
            .join(MentorPeriod, MentorPeriod.id == TrainingRecord.mentor_period_id)
            .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
            .where(Teacher.trn == trn, Partnership.status.in_(LIVE))
        )
        status = db.session.execute(of_ect).scalar_one()
        in_training = any(
            (ends is None or ends >= starts) and not (leaves and school != run.row.school_id)
            for ends, school in db.session.execute(live)
        )
        return status in LIVE and not db.session.execute(flagged).all() and not in_training

    def _dead_and_never_shown(self, period_id: str) -> str | None:
        dead = (
            select(TrainingRecord.id)
            .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
            .where(TrainingRecord.mentor_period_id == period_id, TrainingRecord.finished_on.is_(None))
            .where(Partnership.status.not_in(LIVE), Partnership.ever_active.is_(False))
        )
        return db.session.execute(dead).scalar_one_or_none()

    def close(self, session: Session, run: OpenRun, wanted: Mentored, now: datetime) -> None:
        """What was named is closed; else the lead provider says no to the ECT meanwhile."""
        if wanted.named is not None:
            close_this(session, wanted.named, now)
            return
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
        """Exactly this person mentors the ECT from now on; they train exactly when, and with whom, they should."""
        mentorship = self._mentorship(run)
        assert mentorship is not None
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
        if wanted.trains:
            self._hold_training(run, wanted, period)
        self.sent += 1
        self.stayed += wanted.stays
        self.trained += wanted.trains and wanted.goes_on is None

    def _hold_training(self, run: OpenRun, wanted: Mentored, period: MentorPeriod) -> None:
        """Their one open record here hangs on a live partnership: the ECT’s, or one as it was named."""
        own = select(TrainingRecord).where(
            TrainingRecord.mentor_period_id == period.id, TrainingRecord.finished_on.is_(None)
        )
        record = db.session.execute(own).scalar_one()
        under = db.session.get_one(Partnership, record.partnership_id)
        of_ect = select(TrainingRecord.partnership_id).where(
            TrainingRecord.ect_period_id == run.row.subject_id
        )
        assert under.status in LIVE and record.cohort == under.cohort
        if wanted.named is None:
            assert under.id == db.session.execute(of_ect).scalar_one()
        else:
            named = wanted.named
            trio = (under.lead_provider_id, under.delivery_partner_id, under.cohort)
            assert trio == (named.lead_provider, named.partner, named.cohort)
        assert wanted.goes_on in (None, record.id)

    def hold_records(self) -> None:
        """One event for each that was sent (but for mentors who stay), one training record for each who should train,
        nobody twice at a school.
        """
        kinds = ("mentorship.started", "mentorship.changed")
        told = select(func.count()).where(Event.kind.in_(kinds))
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        training = select(func.count()).where(TrainingRecord.participant_type == "mentor")
        assert db.session.execute(told).scalar_one() == self.sent - self.stayed
        assert db.session.execute(finished).scalar_one() == self.sent
        assert db.session.execute(training).scalar_one() == self.trained
