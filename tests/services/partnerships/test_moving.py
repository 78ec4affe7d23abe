"""Partnerships move by the table, by conditional updates, and keep which delivery partner they had (Trust, 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.data.transaction import write
from app.domain.partnerships import ChallengeReason, State
from app.domain.refusals import Refused
from app.services import partnerships
from app.services.asked import Asked
from app.services.partnerships import moving
from tests.data.queries.api import worlds
from tests.web.api_v3.playing import BY, Stage, set_up

NOON = datetime(2025, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def stage(app: Flask) -> Stage:
    return set_up(app)


def at(moment: datetime) -> Asked:
    return replace(BY, now=moment)


def history(stage: Stage) -> list[tuple[str, datetime, datetime | None]]:
    names = {stage.at.alder: "Alder", stage.at.bramble: "Bramble"}
    rows = stage.all(models.PartnershipDeliveryPartner)
    return sorted((names[row.delivery_partner_id], row.from_at, row.to_at) for row in rows)


def keep(stage: Stage, row: models.Partnership, partner: str, moment: datetime) -> None:
    stage.do(lambda: write(lambda s: moving.keep_history(s, row.id, partner, at(moment))))


def test_each_partner_has_its_time_without_gaps_or_overlaps(stage: Stage) -> None:
    row = stage.store(worlds.partnership)
    later = NOON + timedelta(hours=1)
    keep(stage, row, stage.at.alder, NOON)
    keep(stage, row, stage.at.alder, later)
    assert history(stage) == [("Alder", NOON, None)]
    keep(stage, row, stage.at.bramble, later)
    assert history(stage) == [("Alder", NOON, later), ("Bramble", later, None)]


@pytest.mark.parametrize("earlier", [timedelta(0), timedelta(hours=2)])
def test_what_is_noted_from_the_past_or_the_same_moment_takes_the_place_of_what_follows(
    stage: Stage, earlier: timedelta
) -> None:
    row = stage.store(worlds.partnership)
    keep(stage, row, stage.at.alder, NOON - timedelta(hours=3))
    keep(stage, row, stage.at.bramble, NOON)
    keep(stage, row, stage.at.alder, NOON - earlier)
    expected = [
        ("Alder", NOON - timedelta(hours=3), NOON - earlier),
        ("Alder", NOON - earlier, None),
    ]
    assert history(stage) == expected


def challenge(stage: Stage, row: models.Partnership, state: State) -> None:
    def work(session: Any) -> None:
        found = moving.find(session, row.id)
        assert found is not None
        partnerships.challenge(session, replace(found, state=state), ChallengeReason.MISTAKE, BY)

    stage.do(lambda: write(work))


def test_only_an_active_partnership_can_be_challenged(stage: Stage) -> None:
    row = stage.partnership(status="proposed", ever_active=False)
    with pytest.raises(Refused, match="wrong_state"):
        challenge(stage, row, State.PROPOSED)
    with pytest.raises(partnerships.Conflict):
        challenge(stage, row, State.ACTIVE)
    assert stage.kinds(row.id) == []


def test_a_challenge_says_why_and_when(stage: Stage) -> None:
    row = stage.partnership()
    challenge(stage, row, State.ACTIVE)
    (after,) = stage.all(models.Partnership)
    assert (after.status, after.challenged_reason, after.challenged_at) == ("challenged", "mistake", BY.now)
    assert stage.kinds(row.id) == ["partnership.challenged"]
