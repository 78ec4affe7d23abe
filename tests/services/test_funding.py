"""Funding becomes known: what waited for it moves in the same write (Provider API, Funding)."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.data import models
from app.data.transaction import write
from app.domain.schedules import Course
from app.services import funding
from app.services.asked import Asked, by_service
from app.services.importing.plans import PLANS
from app.services.importing.running import import_file
from tests.data import records
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import london
from tests.web.api_v3.playing import BY, Stage, set_up

ECT = Course.ECF_INDUCTION


@pytest.fixture
def stage(app: Flask) -> Stage:
    return set_up(app)


@pytest.fixture
def waiting(stage: Stage) -> Trained:
    """An ECT whose funding isn’t known, with two submitted declarations and a voided one."""
    who: Trained = stage.ect(stage.partnership(), None)
    for kind, state in (("started", "submitted"), ("retained-1", "submitted"), ("retained-2", "voided")):
        stage.store(
            lambda at, kind=kind, state=state: worlds.declaration(
                who, at.northstar, declaration_type=kind, state=state
            )
        )
    return who


def decide(stage: Stage, who: Trained, eligible: bool | None, asked: Asked = BY) -> bool:
    return stage.do(lambda: write(lambda session: funding.decide(session, who.teacher, ECT, eligible, asked)))


def states(stage: Stage) -> dict[str, str]:
    return {row.declaration_type: row.state for row in stage.all(models.Declaration)}


def test_confirmed_funding_puts_what_waited_on_a_statement(stage: Stage, waiting: Trained) -> None:
    assert decide(stage, waiting, True)
    assert states(stage) == {"started": "eligible", "retained-1": "eligible", "retained-2": "voided"}
    lines = stage.all(models.StatementLine)
    assert {line.state for line in lines} == {"eligible"}
    assert len(lines) == 2
    assert stage.kinds(waiting.teacher) == ["funding.decided"]


def test_refused_funding_makes_them_ineligible(stage: Stage, waiting: Trained) -> None:
    assert decide(stage, waiting, False)
    assert states(stage) == {"started": "ineligible", "retained-1": "ineligible", "retained-2": "voided"}
    reasons = {row.ineligible_reason for row in stage.all(models.Declaration, state="ineligible")}
    assert reasons == {"not_eligible_for_funding"}
    assert stage.all(models.StatementLine) == []


def test_without_a_statement_left_they_stay_and_finance_is_told(stage: Stage, waiting: Trained) -> None:
    assert decide(stage, waiting, True, by_service(london("2031-01-01"), "test"))
    assert states(stage) == {"started": "submitted", "retained-1": "submitted", "retained-2": "voided"}
    assert len(stage.all(models.Event, kind="declaration.without_statement")) == 2


def test_the_same_again_changes_nothing(stage: Stage, waiting: Trained) -> None:
    decide(stage, waiting, True)
    (before,) = stage.all(models.Funding)
    assert not decide(stage, waiting, True)
    (after,) = stage.all(models.Funding)
    assert (after.updated_at, after.decided_at) == (before.updated_at, before.decided_at)
    assert stage.kinds(waiting.teacher) == ["funding.decided"]


def test_what_dfe_set_by_hand_is_left_alone(stage: Stage, waiting: Trained) -> None:
    stage.do(lambda: write(lambda s: s.query(models.Funding).update({"eligible": False, "by_hand": True})))
    assert not decide(stage, waiting, True)
    assert states(stage)["started"] == "submitted"


def test_a_mentors_funding_goes_by_the_flags(stage: Stage) -> None:
    sam = stage.mentor(stage.partnership(), None)
    (teacher,) = stage.all(models.Teacher, id=sam.teacher)

    def decided() -> bool:
        return stage.do(lambda: write(lambda s: funding.decide_mentor(s, sam.teacher, BY)))

    assert decided() is True
    flag = {"reason": "started_not_completed", "source": "import", "ended_on": records.TODAY}
    stage.do(lambda: worlds.save(models.MentorFundingFlag(trn=teacher.trn, **flag)))
    assert decided() is False


def test_flags_that_come_in_decide_on_mentors_who_are_here_and_show(stage: Stage, tmp_path: Path) -> None:
    sam = stage.mentor(stage.partnership(), True)
    waits = stage.mentor(stage.partnership(delivery_partner_id=stage.at.bramble), True, name="Mo Farr")
    (teacher,) = stage.all(models.Teacher, id=sam.teacher)
    path = f"/participants/ecf/{sam.teacher}"
    (before,) = stage.all(models.ProviderParticipant, teacher_id=sam.teacher)
    file = tmp_path / "flags.csv"
    file.write_text(
        f"trn,reason,ended_on\n{teacher.trn},started_not_completed,2023-06-30\n"
        "9900001,started_not_completed,2023-06-30\n"
    )

    def bring_in() -> None:
        stage.do(lambda: import_file(PLANS["mentor-funding-flags"], file, BY.now))

    bring_in()
    after = stage.northstar.show(path)
    (enrolment,) = after["ecf_enrolments"]
    assert enrolment["mentor_ineligible_for_funding_reason"] == "started_not_completed"
    assert (enrolment["eligible_for_funding"], enrolment["mentor_funding_end_date"]) == (False, "2023-06-30")
    (seen,) = stage.all(models.ProviderParticipant, teacher_id=sam.teacher)
    assert seen.updated_at > before.updated_at
    decided = {row.teacher_id: row.eligible for row in stage.all(models.Funding)}
    assert decided == {sam.teacher: False, waits.teacher: True}
    bring_in()
    (again,) = stage.all(models.ProviderParticipant, teacher_id=sam.teacher)
    assert again.updated_at == seen.updated_at
