"""Transfers over HTTP: both sides are told of a move (Provider API, Transfers)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.data import models
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, Stage, set_up

LIST = "/participants/ecf/transfers"
LEFT, JOINED = date(2025, 9, 30), date(2025, 10, 1)


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def leaves(stage: Stage) -> Trained:
    """Aoife leaves Oakfield, where she was with Northstar."""
    who: Trained = stage.ect(stage.partnership(), finished_on=LEFT)
    return who


def joins(stage: Stage, who: Trained, provider: str, status: str = "active") -> models.Partnership:
    """She comes to Harrow Lane."""
    under = stage.partnership(
        lead_provider_id=provider,
        school_id=stage.at.harrow.id,
        status=status,
        ever_active=status == "active",
    )
    stage.ect(under, teacher_id=who.teacher, started_on=JOINED)
    return under


def moves(provider: Any, who: Trained, at: str | None = None) -> list[dict[str, Any]]:
    (found,) = provider.get(LIST, at)
    assert (found["id"], found["type"]) == (who.teacher, "participant-transfer")
    assert provider.get(f"/participants/ecf/{who.teacher}/transfers", at) == found
    told: list[dict[str, Any]] = found["attributes"]["transfers"]
    return told


def test_somebody_who_leaves_for_nowhere_known_is_told_to_the_old_side(stage: Stage) -> None:
    who = leaves(stage)
    (move,) = moves(stage.northstar, who)
    assert move == {
        "training_record_id": who.record,
        "transfer_type": "unknown",
        "status": "incomplete",
        "created_at": "2025-09-15T09:00:00Z",
        "leaving": {"school_urn": stage.at.oakfield.urn, "provider": "Northstar", "date": "2025-09-30"},
        "joining": None,
    }
    assert stage.teach_forward.get(LIST) == []


def test_both_sides_are_told_once_the_new_one_is_active(stage: Stage) -> None:
    who = leaves(stage)
    under = joins(stage, who, stage.at.teach_forward, "proposed")
    (move,) = moves(stage.northstar, who)
    assert move["joining"] == {"school_urn": stage.at.harrow.urn, "provider": None, "date": "2025-10-01"}
    assert stage.teach_forward.get(LIST) == []
    stage.teach_forward.send(f"put /partnership-proposals/{under.id}/confirm")
    (theirs,) = moves(stage.teach_forward, who)
    (ours,) = moves(stage.northstar, who)
    assert theirs["transfer_type"] == ours["transfer_type"] == "new_provider"
    assert ours["joining"]["provider"] == "Teach Forward"
    assert theirs["leaving"] == ours["leaving"]
    assert theirs["training_record_id"] != ours["training_record_id"]


def test_a_move_is_incomplete_while_the_later_day_is_ahead(stage: Stage) -> None:
    who = leaves(stage)
    joins(stage, who, stage.at.northstar)
    for at, status in (("2025-09-30T22:59:59Z", "incomplete"), ("2025-09-30T23:00:00Z", "complete")):
        (move,) = moves(stage.northstar, who, at)
        assert (move["status"], move["transfer_type"]) == (status, "new_school"), at


def test_whoever_has_not_moved_has_no_moves(stage: Stage) -> None:
    who = stage.ect(stage.partnership())
    assert stage.northstar.get(LIST) == []
    told = stage.northstar.show(f"/participants/ecf/{who.teacher}/transfers")
    assert told["transfers"] == []


def test_a_move_changes_the_person_for_both_sides(stage: Stage) -> None:
    who = leaves(stage)
    before = stage.northstar.get(LIST)[0]["attributes"]["updated_at"]
    joins(stage, who, stage.at.teach_forward)
    stage.change(models.Teacher, who.teacher, name="Aoife Byrne")
    stamp = stage.northstar.get(LIST)[0]["attributes"]["updated_at"]
    assert stamp >= before
    assert stage.northstar.ids(LIST, updated_since=stamp) == [who.teacher]
    assert stage.northstar.ids(LIST, updated_since="2025-09-16") == []
