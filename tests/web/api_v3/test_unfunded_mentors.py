"""Unfunded mentors over HTTP: those of the caller’s ECTs who have no training with it (Provider API, Visible)."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.data import models
from app.services import daily
from app.services.asked import by_service
from tests.data.queries.api import worlds
from tests.support.clocks import Clock, london
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

LIST = "/unfunded-mentors/ecf"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def test_a_mentor_without_training_is_told_to_the_provider_of_the_ect(stage: Stage) -> None:
    aoife, sam = stage.ect(stage.partnership()), stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife))
    (found,) = stage.northstar.get(LIST)
    assert (found["id"], found["type"]) == (sam.teacher, "unfunded-mentor")
    assert found["attributes"] == {
        "full_name": "Sam Lee",
        "email": found["attributes"]["email"],
        "teacher_reference_number": found["attributes"]["teacher_reference_number"],
        "created_at": found["attributes"]["created_at"],
        "updated_at": found["attributes"]["updated_at"],
    }
    assert stage.northstar.get(f"{LIST}/{sam.teacher}") == found
    assert stage.northstar.ids("/participants/ecf") == [aoife.teacher]
    assert stage.teach_forward.get(LIST) == []
    unknown = stage.teach_forward.missing(f"get {LIST}/{UNKNOWN}")
    assert stage.teach_forward.missing(f"get {LIST}/{sam.teacher}") == unknown
    assert stage.northstar.missing(f"get {LIST}/{aoife.teacher}") == unknown


def test_one_who_trains_with_the_caller_is_not_unfunded_and_with_another_is(stage: Stage) -> None:
    ours, theirs = stage.partnership(), stage.partnership(lead_provider_id=stage.at.teach_forward)
    aoife, zoe = stage.ect(ours), stage.ect(theirs, name="Zoë")
    sam = stage.mentor(ours)
    for ect in (aoife, zoe):
        stage.store(lambda _at, ect=ect: worlds.mentoring(sam, ect))
    assert stage.northstar.get(LIST) == []
    assert stage.teach_forward.ids(LIST) == [sam.teacher]


def test_a_mentor_is_no_longer_told_once_the_ect_has_gone_to_another_provider(stage: Stage) -> None:
    """The ECT stays at the school with the same mentor; the old provider has no business with either."""
    aoife, sam = stage.ect(stage.partnership()), stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife))
    stage.change(models.TrainingRecord, aoife.record, finished_on=date(2025, 9, 14))
    under = stage.partnership(lead_provider_id=stage.at.teach_forward)
    stage.do(lambda: worlds.save(_next_record(aoife, under)))
    assert stage.northstar.get(LIST) == []
    assert stage.teach_forward.ids(LIST) == [sam.teacher]


def _next_record(who: worlds.Trained, under: models.Partnership) -> models.TrainingRecord:
    from tests.data import records

    period = models.EctPeriod(id=who.period, teacher_id=who.teacher, started_on=date(2025, 9, 15))
    return records.training(period, under)


def test_a_mentorship_that_ends_ends_it(stage: Stage) -> None:
    aoife, sam = stage.ect(stage.partnership()), stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife))
    (row,) = stage.all(models.Mentorship)
    stage.change(models.Mentorship, row.id, finished_on=date(2025, 9, 14))
    assert stage.northstar.get(LIST) == []


def _changed_on(stage: Stage, clock: Clock, moment: str) -> int:
    """How many people the daily job stamps then."""
    clock.set(london(moment))
    by = by_service(london(moment), "test")
    done = stage.do(lambda: daily.run(by, steps=(daily.PEOPLE,)))
    return done.get("people changed with the calendar", 0)


def _told(stage: Stage, ect: worlds.Trained) -> tuple[str, str | None, list[str]]:
    (found,) = stage.northstar.show(f"/participants/ecf/{ect.teacher}")["ecf_enrolments"]
    return found["participant_status"], found["mentor_id"], stage.northstar.ids(LIST)


def test_whoever_mentors_somebody_about_to_leave_does_so_to_the_last_day(stage: Stage, clock: Clock) -> None:
    last_day = {"finished_on": date(2025, 9, 20)}
    aoife, sam = stage.ect(stage.partnership(), **last_day), stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife, **last_day))
    assert _told(stage, aoife) == ("leaving", sam.teacher, [sam.teacher])
    assert _changed_on(stage, clock, "2025-09-20 23:59") == 1  # the transfer is complete
    assert _told(stage, aoife) == ("leaving", sam.teacher, [sam.teacher])
    assert _changed_on(stage, clock, "2025-09-21 00:00") == 2
    assert _told(stage, aoife) == ("left", None, [])
    assert _changed_on(stage, clock, "2025-09-22 00:00") == 0


def test_pollers_learn_that_somebody_who_stays_has_no_mentor_any_more(stage: Stage, clock: Clock) -> None:
    """The mentor goes to another school; their other ECT with the provider has been theirs for less long."""
    under = stage.partnership()
    aoife, zoe, sam = stage.ect(under), stage.ect(under, name="Zoë"), stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife, finished_on=date(2025, 9, 20)))
    stage.store(lambda _at: worlds.mentoring(sam, zoe, finished_on=date(2025, 9, 18)))
    assert _told(stage, aoife) == ("active", sam.teacher, [sam.teacher])
    assert _changed_on(stage, clock, "2025-09-19 00:00") == 1
    assert _told(stage, zoe) == ("active", None, [sam.teacher])
    assert _changed_on(stage, clock, "2025-09-21 00:00") == 2
    assert _told(stage, aoife) == ("active", None, [])


def test_of_the_mentor_before_and_the_next_the_next_is_told(stage: Stage) -> None:
    aoife, sam, kit = stage.ect(stage.partnership()), stage.mentor(None), stage.mentor(None, name="Kit")
    stage.store(lambda _at: worlds.mentoring(sam, aoife, finished_on=date(2025, 9, 15)))
    stage.store(lambda _at: worlds.mentoring(kit, aoife, started_on=date(2025, 9, 16)))
    status, mentor, unfunded = _told(stage, aoife)
    assert (status, mentor, set(unfunded)) == ("active", kit.teacher, {sam.teacher, kit.teacher})
