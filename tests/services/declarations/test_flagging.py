"""A mentor’s completion and their flags (Provider API, Declarations, After acceptance)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.data.transaction import write
from app.services import providers, statements
from app.services.asked import by_lead_provider
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import london
from tests.web.api_v3.playing import BY, Stage, set_up

NOW = london("2026-09-01 09:00")
EARLY = "completed_during_early_roll_out"
RECEIVED = "completed_declaration_received"


@pytest.fixture
def stage(app: Flask) -> Stage:
    return set_up(app)


@pytest.fixture
def sam(stage: Stage) -> Trained:
    who: Trained = stage.mentor(stage.partnership())
    return who


def declare(stage: Stage, who: Trained, kind: str = "completed") -> str:
    sent = {
        "participant_id": who.teacher,
        "declaration_type": kind,
        "declaration_date": "2026-07-01T09:00:00Z",
        "course_identifier": "ecf-mentor",
        "evidence_held": "75-percent-engagement-met" if kind == "completed" else None,
    }
    asked = by_lead_provider(stage.at.northstar, NOW, "test")
    return stage.do(lambda: providers.declare(stage.at.northstar, sent, asked))


def void(stage: Stage, declaration_id: str) -> None:
    asked = by_lead_provider(stage.at.northstar, NOW, "test")
    stage.do(lambda: providers.void(stage.at.northstar, declaration_id, asked))


def flags(stage: Stage) -> set[tuple[str, str, date]]:
    return {(row.reason, row.source, row.ended_on) for row in stage.all(models.MentorFundingFlag)}


def funded(stage: Stage, who: Trained) -> bool | None:
    (row,) = stage.all(models.Funding, teacher_id=who.teacher, course="ecf-mentor")
    eligible: bool | None = row.eligible
    return eligible


def test_only_a_completion_sets_the_flag_and_only_its_void_clears_it(stage: Stage, sam: Trained) -> None:
    started = declare(stage, sam, "started")
    assert (flags(stage), funded(stage, sam)) == (set(), True)
    completed = declare(stage, sam)
    assert flags(stage) == {(RECEIVED, "declaration", date(2026, 7, 1))}
    assert funded(stage, sam) is False
    void(stage, started)
    assert flags(stage) == {(RECEIVED, "declaration", date(2026, 7, 1))}
    void(stage, completed)
    assert (flags(stage), funded(stage, sam)) == (set(), True)
    assert stage.kinds(sam.teacher) == [
        "funding.decided",
        "funding.flagged",
        "funding.decided",
        "funding.flag_cleared",
        "funding.decided",
    ]


def test_an_imported_flag_outlives_every_void_and_its_owner_stays_unfunded(
    stage: Stage, sam: Trained
) -> None:
    completed = declare(stage, sam)
    (teacher,) = stage.all(models.Teacher, id=sam.teacher)
    imported = models.MentorFundingFlag(
        trn=teacher.trn, reason=EARLY, source="import", ended_on=date(2021, 4, 19)
    )
    stage.do(lambda: worlds.save(imported))
    (shown,) = stage.northstar.show(f"/participants/ecf/{sam.teacher}")["ecf_enrolments"]
    assert shown["mentor_ineligible_for_funding_reason"] == RECEIVED
    void(stage, completed)
    assert flags(stage) == {(EARLY, "import", date(2021, 4, 19))}
    assert funded(stage, sam) is False
    (shown,) = stage.northstar.show(f"/participants/ecf/{sam.teacher}")["ecf_enrolments"]
    assert (shown["mentor_ineligible_for_funding_reason"], shown["mentor_funding_end_date"]) == (
        EARLY,
        "2021-04-19",
    )


def test_what_dfe_set_by_hand_stays_and_the_mentor_has_still_changed(stage: Stage, sam: Trained) -> None:
    stage.do(lambda: write(lambda s: s.query(models.Funding).update({"by_hand": True})))
    (before,) = stage.all(models.ProviderParticipant)
    declare(stage, sam)
    (after,) = stage.all(models.ProviderParticipant)
    assert funded(stage, sam) is True
    assert after.updated_at > before.updated_at


def test_a_paid_completion_taken_back_clears_the_flag_at_once(stage: Stage, sam: Trained) -> None:
    completed = declare(stage, sam)
    _pay(stage, completed)
    void(stage, completed)
    (row,) = stage.all(models.Declaration)
    assert (row.state, flags(stage), funded(stage, sam)) == ("awaiting_clawback", set(), True)


def _pay(stage: Stage, declaration_id: str) -> None:
    def work(session: Any) -> None:
        for model, of in ((models.Declaration, "id"), (models.StatementLine, "declaration_id")):
            session.query(model).filter_by(**{of: declaration_id}).update({"state": "paid"})

    stage.do(lambda: write(work))
    assert stage.do(lambda: write(lambda s: statements.next_open(s, stage.at.northstar, 2025, BY.today)))
