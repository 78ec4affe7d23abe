"""What must hold of the records whatever happened to the service: nothing twice, nothing half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from app.data.database import db
from app.data.models import EctPeriod, Event, Partnership, Run, RunEvent, TrainingRecord
from tests.support.acceptance import RAVIS_PARTNERSHIP, RAVIS_PERIOD

EVENTS_OF_A_REGISTRATION = {
    "ect.registered": 1,
    "training.started": 1,
    "teacher.added": 1,
    "funding.decided": 1,
}


def events() -> Counter[str]:
    """How many events there are of each kind."""
    return Counter(db.session.execute(select(Event.kind)).scalars())


def registered() -> dict[str, EctPeriod]:
    """The ECT periods that runs made, by the reference of their run."""
    rows = db.session.execute(
        select(Run.reference, EctPeriod).join(Run, Run.id == EctPeriod.run_id).order_by(Run.id)
    ).all()
    return {row[0]: row[1] for row in rows}


def partnerships() -> list[Partnership]:
    """Every partnership but the fixture’s own."""
    wanted = select(Partnership).where(Partnership.id != RAVIS_PARTNERSHIP).order_by(Partnership.id)
    return list(db.session.execute(wanted).scalars())


def assert_whole() -> None:
    """Every period has a finished run, one training record and its events; nothing stands without its period."""
    periods = list(db.session.execute(select(EctPeriod).where(EctPeriod.id != RAVIS_PERIOD)).scalars())
    finished = list(db.session.execute(select(Run).where(Run.status == "finished")).scalars())
    assert {run.id: run.result_id for run in finished} == {each.run_id: each.id for each in periods}
    assert Counter(_of(RunEvent.run_id, RunEvent.kind == "sent")) == Counter(run.id for run in finished)
    for kind, ids in _made_with(periods).items():
        assert Counter(_of(Event.record_id, Event.kind == kind)) == Counter(ids), kind
    trained = _of(TrainingRecord.ect_period_id, TrainingRecord.ect_period_id != RAVIS_PERIOD)
    assert Counter(trained) == Counter(each.id for each in periods)
    used = set(_of(TrainingRecord.partnership_id, TrainingRecord.partnership_id.is_not(None)))
    assert {row.id for row in partnerships()} <= used, "a partnership nobody trains under"


def _made_with(periods: Iterable[EctPeriod]) -> dict[str, list[str]]:
    training = _of(TrainingRecord.id, TrainingRecord.ect_period_id != RAVIS_PERIOD)
    return {
        "ect.registered": [each.id for each in periods],
        "training.started": training,
        "teacher.added": sorted({each.teacher_id for each in periods}),
        "partnership.proposed": [row.id for row in partnerships()],
    }


def _of(column: object, condition: object) -> list[str]:
    return list(db.session.execute(select(column).where(condition)).scalars())  # type: ignore[call-overload]
