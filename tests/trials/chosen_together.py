"""What choosing training again for everybody of a partnership must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import EctPeriod, Event, Partnership, Run, TrainingRecord
from app.data.transaction import store
from app.services.runs import OpenRun
from tests.support import about_ects, acceptance
from tests.trials.answers import Pick
from tests.trials.changes import CHANGES, Change, close_this
from tests.trials.expected import Training, expected, records

TODAY = acceptance.ACCEPTANCE_CLOCK.date()


def stop_one(session: Session, pick: Pick, now: datetime) -> None:
    """A colleague tells that one of those without training had stopped before: they are none of the others now."""
    ended = select(Partnership.id).where(Partnership.status.in_(("declined", "challenged")))
    rows = select(TrainingRecord).where(
        TrainingRecord.partnership_id.in_(ended), TrainingRecord.finished_on.is_(None)
    )
    if found := session.execute(rows.order_by(TrainingRecord.id)).scalars().all():
        one = pick(found)
        one.stopped_on = one.finished_on = max(one.started_on, TODAY)
        one.stopped_reason = "other"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The training that must be stored for everybody; their records before, and whether they go on as the same ones."""

    training: Training
    before: Mapping[str, str]
    goes_on: bool


@dataclass(slots=True)
class ChosenTogether:
    """The ledger of that journey. `begun` are the partnerships made for it, by school; `people` counts everybody moved,
    `added` records that follow others."""

    sent: int = 0
    people: int = 0
    added: int = 0
    begun: dict[str, str] = field(default_factory=dict)
    changes: Sequence[Change] = (*CHANGES, stop_one)

    def prepare(self, session: Session, school: str) -> str | None:
        """A partnership that its lead provider said no to, or the school called wrong; two ECTs had it."""
        if school not in self.begun:
            status = ("declined", "challenged")[len(self.begun) % 2]
            under, rows = about_ects.partnership_of(status, school)
            self.begun[school] = under.id
            store(session, *rows)
        return self.begun[school]

    def wanted(self, run: OpenRun, school: str) -> Chosen:
        """What must be stored, and that it may be."""
        under = db.session.get_one(Partnership, run.row.subject_id)
        assert under.status in ("declined", "challenged", "retracted"), "somebody trains them"
        before = {each.ect_period_id or "": each.id for each in self._waiting(under.id)}
        assert before, "nobody needs training"
        return Chosen(self._training(run, under, school), before, not under.ever_active)

    def _training(self, run: OpenRun, under: Partnership, school: str) -> Training:
        said = dict(run.walk.heard.values)
        how = said["how_trained"]
        if how == "as_before":
            kept = under.lead_provider_id, under.delivery_partner_id
            return Training(acceptance.ALDER_BODY, "provider_led", *kept, under.cohort)
        values = {
            "programme": "school_led" if how == "school_led" else "provider_led",
            **({"lead_provider": under.lead_provider_id} if how == "other_partner" else {}),
            **said,
            "trn": "",
            "start_date": TODAY.isoformat(),
            "appropriate_body": acceptance.ALDER_BODY,
            # Every partnership that is live now was there before the question.
            "record_checked_at": "2099-01-01T00:00:00+00:00",
        }
        kept_records = records(TODAY)
        found = expected(values, school, kept_records)
        assert found is not None
        assert (found.lead_provider == under.lead_provider_id) == (how == "other_partner")
        if found.partner is not None:
            assert found.partner in kept_records.eligible(found.lead_provider, found.cohort)
            assert how != "other_partner" or found.partner != under.delivery_partner_id
        return found

    def close(self, session: Session, run: OpenRun, wanted: Chosen, now: datetime) -> None:
        """The pairing or place chosen is closed; else the partnership that ended is live again."""
        if wanted.training.lead_provider is not None:
            close_this(session, wanted.training, now)
            return
        again = {"status": "active", "confirmed_at": now, "confirmed_by": "Kim Osei", "ever_active": True}
        session.execute(update(Partnership).where(Partnership.id == run.row.subject_id).values(again))

    def hold_sent(self, run: OpenRun, wanted: Chosen) -> None:
        """Everybody’s latest record is what was chosen: the same one, or one that follows the other without a gap."""
        for ect, before in wanted.before.items():
            period, trained = db.session.get_one(EctPeriod, ect), self._trained(ect)
            last = trained[-1]
            under = db.session.get(Partnership, last.partnership_id) if last.partnership_id else None
            trio = (under.lead_provider_id, under.delivery_partner_id) if under else (None, None)
            found = Training(period.appropriate_body_id, last.programme, *trio, last.cohort)
            assert found == wanted.training
            assert under is None or under.status in ("proposed", "active")
            assert last.finished_on is None
            if wanted.goes_on:
                assert last.id == before
            else:
                assert trained[-2].id == before
                assert trained[-2].finished_on == last.started_on - timedelta(days=1)
                self.added += 1
        self.people += len(wanted.before)
        self.sent += 1

    def hold_records(self) -> None:
        """One event for each who was moved, one finished run for each that was sent; no other record came or went."""
        kinds = ("training.chosen_again", "training.started")
        told = select(func.count()).where(Event.kind.in_(kinds))
        finished = select(func.count()).where(Run.status == "finished", Run.result_id == Run.subject_id)
        assert db.session.execute(told).scalar_one() == self.people
        assert db.session.execute(finished).scalar_one() == self.sent
        trained = select(func.count()).select_from(TrainingRecord)
        assert db.session.execute(trained).scalar_one() == 2 * len(self.begun) + self.added + 1

    def _waiting(self, partnership_id: str) -> list[TrainingRecord]:
        rows = select(TrainingRecord).where(TrainingRecord.partnership_id == partnership_id)
        found = db.session.execute(rows.order_by(TrainingRecord.id)).scalars()
        return [
            each
            for each in found
            if each.stopped_on is None and self._trained(each.ect_period_id or "")[-1].id == each.id
        ]

    def _trained(self, ect_period_id: str) -> list[TrainingRecord]:
        of_it = select(TrainingRecord).where(TrainingRecord.ect_period_id == ect_period_id)
        return list(
            db.session.execute(of_it.order_by(TrainingRecord.started_on, TrainingRecord.id)).scalars()
        )
