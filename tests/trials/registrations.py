"""What registering ECTs must leave in the records, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import EctPeriod, Partnership, Run, TrainingRecord
from app.services.runs import OpenRun
from tests.support import acceptance
from tests.trials.changes import CHANGES, Change, close_this
from tests.trials.expected import Training, expected, records, refused

TODAY = acceptance.ACCEPTANCE_CLOCK.date()
Trio = tuple[str, str, str | None, int]


@dataclass(slots=True)
class Registrations:
    """The ledger of a journey that registers ECTs. `sent` counts those that stored something."""

    sent: int = 0
    trios: set[Trio] = field(
        default_factory=lambda: {
            (acceptance.HARROW_LANE, acceptance.TEACH_FORWARD, acceptance.ST_OSWINS, 2025)
        }
    )
    changes: Sequence[Change] = CHANGES

    def prepare(self, session: Session, school: str) -> str | None:
        """Nothing: a registration isn’t about a record."""

    def wanted(self, run: OpenRun, school: str) -> Training | None:
        """What must be stored, and that it may be."""
        values = run.walk.heard.values
        kept = records(TODAY)
        found = expected(values, school, kept)
        if found is not None and found.partner is not None:
            assert found.partner in kept.eligible(found.lead_provider, found.cohort)
            assert found.partner not in refused(values, school, found, kept)
        if found is not None and found.lead_provider is not None:
            assert (found.lead_provider, found.cohort) in kept.places
            self.trios.add((school, found.lead_provider, found.partner, found.cohort))
        return found

    def close(self, session: Session, run: OpenRun, wanted: Training, now: datetime) -> None:
        """The very pairing or place that was chosen is closed."""
        if wanted.lead_provider is not None:
            close_this(session, wanted, now)

    def hold_sent(self, run: OpenRun, wanted: Training | None) -> None:
        """What was stored is what the answers came to."""
        found = db.session.execute(
            select(EctPeriod, TrainingRecord, Partnership)
            .join(TrainingRecord, TrainingRecord.ect_period_id == EctPeriod.id)
            .outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
            .where(EctPeriod.run_id == run.row.id)
        ).one_or_none()
        if wanted is None or found is None:
            assert wanted is None and found is None
            return
        self.sent += 1
        period, training, partnership = found
        trio = (
            (partnership.lead_provider_id, partnership.delivery_partner_id) if partnership else (None, None)
        )
        stored = Training(period.appropriate_body_id, training.programme, *trio, training.cohort)
        assert stored == wanted
        values = run.walk.heard.values
        assert period.school_id == run.row.school_id and period.finished_on is None
        assert period.started_on.isoformat() == values["start_date"]
        assert (period.email, period.working_pattern) == (values["email"], values["working_pattern"])
        assert partnership is None or partnership.status in ("proposed", "active")

    def hold_records(self) -> None:
        """Nothing is in the records but the fixture and what was sent."""
        found = db.session.execute(
            select(
                Partnership.school_id,
                Partnership.lead_provider_id,
                Partnership.delivery_partner_id,
                Partnership.cohort,
            )
        ).all()
        periods, finished = (
            db.session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
            for table, where in ((EctPeriod, ()), (Run, (Run.result_id.is_not(None),)))
        )
        assert {tuple(row) for row in found} <= self.trios and len(found) == len(set(found))
        assert periods == self.sent + 1
        assert finished == self.sent
