"""Teacher records are read again until funding is settled. (Provider API, “Funding”.)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.data.database import reading, release
from app.data.models import Declaration, Funding, Schedule, Teacher, TrainingRecord
from app.domain.eligibility import InductionStatus, TeacherRecord
from app.services import rereading
from app.services.asked import by_service
from app.services.teacher_record.port import Finding, Outcome
from tests.data import records
from tests.data.queries.api import worlds

NOW = datetime(2025, 11, 3, 3, 0, tzinfo=UTC)
TRN = "3001234"


class Register:
    """A teacher record that says what it is told to, and remembers who was asked for."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = list(findings)
        self.asked: list[str] = []

    def find_by_birth_date(self, trn: str, born: date) -> Finding:
        raise AssertionError("nobody typed a date of birth")

    def find_by_national_insurance_number(self, trn: str, number: str) -> Finding:
        raise AssertionError("nobody typed a number")

    def read_again(self, trn: str) -> Finding:
        self.asked.append(trn)
        return self.findings.pop(0)


def says(**values: object) -> Finding:
    plain: dict[str, object] = {
        "trn": TRN,
        "name": "Aoife O’Brien",
        "qts_awarded": True,
        "induction_status": InductionStatus.IN_PROGRESS,
    }
    return Finding(Outcome.MATCHED, TeacherRecord(**plain | values))  # type: ignore[arg-type]


def ect(
    eligible: bool | None, *, trn: str = TRN, read: timedelta, by_hand: bool = False, **training: object
) -> str:
    """Somebody in training whose record was read so long ago. Returns their id."""
    world = ect.world  # type: ignore[attr-defined]
    teacher = records.teacher(trn, "Aoife O’Brien", checked_at=NOW - read, qts_awarded=bool(eligible))
    period = records.period(world, teacher)
    record = records.training(period, None, **training)
    funding = Funding(
        teacher_id=teacher.id,
        course="ecf-induction",
        eligible=eligible,
        by_hand=by_hand,
        decided_at=None,
        created_at=NOW,
    )
    records.save(teacher, period, record, funding)
    return teacher.id


@pytest.fixture(autouse=True)
def _world(in_app: Flask) -> Iterator[None]:
    ect.world = records.world()  # type: ignore[attr-defined]
    yield
    release()


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Inside the application."""
    with app.app_context():
        yield app


def run(*findings: Finding) -> tuple[dict[str, int], list[str]]:
    register = Register(*findings)
    done = dict(rereading.run(by_service(NOW, "night"), register))
    release()
    return done, register.asked


def stored(teacher_id: str) -> tuple[bool | None, bool, datetime]:
    row = reading().execute(
        select(Funding.eligible, Teacher.qts_awarded, Teacher.checked_at)
        .join(Teacher, Teacher.id == Funding.teacher_id)
        .where(Teacher.id == teacher_id)
    )
    return tuple(row.one())  # type: ignore[return-value]


def test_qualified_teacher_status_that_arrives_settles_funding() -> None:
    teacher = ect(None, read=timedelta(days=1))
    done, asked = run(says())
    assert asked == [TRN]
    assert done == {"teacher records read": 1, "decisions on funding": 1}
    assert stored(teacher) == (True, True, NOW)


def test_while_it_is_missing_the_record_is_read_once_a_day() -> None:
    teacher = ect(None, read=timedelta(days=1))
    assert run(says(qts_awarded=False))[0] == {"teacher records read": 1}
    assert stored(teacher) == (None, False, NOW)
    assert run() == ({}, [])


@pytest.mark.parametrize(
    "finding",
    [
        says(prohibited=True),
        says(induction_status=InductionStatus.PASSED, induction_completed_on=date(2025, 8, 1)),
    ],
    ids=["prohibited", "induction over before training"],
)
def test_what_bars_it_later_ends_it(finding: Finding) -> None:
    teacher = ect(True, read=timedelta(days=7))
    run(finding)
    assert stored(teacher)[0] is False


def test_confirmed_funding_is_looked_at_weekly() -> None:
    ect(True, read=timedelta(days=6))
    assert run() == ({}, [])


@pytest.mark.parametrize(
    "values",
    [{"by_hand": True}, {"finished_on": date(2025, 10, 1)}],
    ids=["decided by hand", "training is over"],
)
def test_nobody_else_is_read_again(values: dict[str, object]) -> None:
    ect(None, read=timedelta(days=9), **values)  # type: ignore[arg-type]
    assert run() == ({}, [])


def test_a_declaration_that_waits_is_settled_after_the_training_is_over() -> None:
    teacher = ect(None, read=timedelta(days=1), finished_on=date(2025, 10, 1))
    record_id = reading().execute(select(TrainingRecord.id)).scalar_one()
    release()
    records.save(Schedule(cohort=2025, identifier=worlds.SEPTEMBER))
    provider = ect.world.northstar.id  # type: ignore[attr-defined]
    worlds.declaration(worlds.Trained(teacher, record_id, ""), provider, state="submitted")
    done, _asked = run(says(prohibited=True))
    assert done == {"teacher records read": 1, "decisions on funding": 1}
    assert reading().execute(select(Declaration.state)).scalar_one() == "ineligible"


def test_refused_funding_is_final() -> None:
    ect(False, read=timedelta(days=90))
    assert run() == ({}, [])


def test_a_record_that_says_the_same_is_no_news_to_lead_providers() -> None:
    teacher = ect(True, read=timedelta(days=8))
    run(says(name="Aoife O’Brien", induction_status=InductionStatus.NONE))
    when = select(Teacher.updated_at).where(Teacher.id == teacher)
    before = reading().execute(when).scalar_one()
    release()
    rereading.run(
        by_service(NOW + timedelta(days=8), "night"), Register(says(induction_status=InductionStatus.NONE))
    )
    release()
    assert reading().execute(when).scalar_one() == before


def test_a_register_that_does_not_answer_is_left_alone() -> None:
    for number in range(5):
        ect(None, trn=f"300000{number}", read=timedelta(days=2))
    silent = Finding(Outcome.UNAVAILABLE)
    done, asked = run(silent, silent, silent)
    assert len(asked) == rereading.SILENT_IN_A_ROW
    assert sum(done.values()) == 1


def test_one_that_is_gone_changes_nothing() -> None:
    teacher = ect(None, read=timedelta(days=2))
    assert run(Finding(Outcome.NOT_FOUND))[0] == {}
    assert stored(teacher)[0] is None
