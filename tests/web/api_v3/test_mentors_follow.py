"""Whoever was chosen as a mentor while nobody trained the ECT is trained once somebody does. (Visible.)"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.data import models
from tests.data import records
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import Clock
from tests.support.invariants import broken
from tests.web.api_v3.playing import CLOCK, Stage, set_up

POST = "post /partnerships/ecf"
PEOPLE, UNFUNDED = "/participants/ecf", "/unfunded-mentors/ecf"
TODAY, YESTERDAY = date(2025, 9, 15), date(2025, 9, 14)
CALLED_WRONG = {"status": "challenged", "challenged_at": records.NOW, "challenged_reason": "mistake"}
SAID_NO = {
    "status": "declined",
    "ever_active": False,
    "declined_at": records.NOW,
    "declined_reason": "no_agreement",
}
WITHDRAWN = {"training_status": "withdrawn", "withdrawn_at": records.NOW, "withdrawal_reason": "other"}


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def given(stage: Stage, mentor: Trained, under: models.Partnership, **mentorship: Any) -> Trained:
    """An ECT under the partnership whom this mentor mentors."""
    ect = stage.ect(under, name=f"ECT of {mentor.period[-6:]}")
    stage.store(lambda _at: worlds.mentoring(mentor, ect, **mentorship))
    return ect


def trained(stage: Stage, mentor: Trained) -> list[models.TrainingRecord]:
    """The mentor’s training records, the earliest first."""
    found = stage.all(models.TrainingRecord, teacher_id=mentor.teacher)
    return sorted(found, key=lambda each: (each.started_on, each.id))


def told(stage: Stage, record_id: str) -> list[tuple[str, dict[str, Any]]]:
    """What the event log says of a record."""
    found = sorted(stage.all(models.Event, record_id=record_id), key=lambda event: event.id)
    return [(each.kind, json.loads(each.details)) for each in found]


def report(stage: Stage, partner: str | None = None) -> str:
    """Northstar says that it works with Oakfield through this delivery partner, Alder’s mostly."""
    sent = {
        "cohort": "2025",
        "school_id": stage.at.oakfield.id,
        "delivery_partner_id": partner or stage.at.alder,
    }
    return str(stage.northstar.send(POST, **sent)["id"])


def flagged(stage: Stage, mentor: Trained) -> Trained:
    """DfE doesn’t pay for this mentor."""
    (teacher,) = stage.all(models.Teacher, id=mentor.teacher)
    flag = models.MentorFundingFlag(
        trn=teacher.trn, reason="started_not_completed", source="import", ended_on=date(2024, 7, 1)
    )
    stage.do(lambda: worlds.save(flag))
    return mentor


def test_the_mentors_of_ects_who_are_trained_again_follow_them(stage: Stage) -> None:
    under = stage.partnership(**CALLED_WRONG)
    sam = stage.mentor(None)
    ects = [given(stage, sam, under), given(stage, sam, under)]
    assert stage.northstar.get(PEOPLE) == stage.northstar.get(UNFUNDED) == []
    assert report(stage) == under.id
    (record,) = trained(stage, sam)
    assert (record.partnership_id, record.cohort, record.started_on) == (under.id, 2025, TODAY)
    assert record.schedule_identifier == "ecf-standard-september"
    (event,) = told(stage, record.id)
    assert (event[0], event[1]["follows"] in {each.record for each in ects}) == ("training.started", True)
    (enrolment,) = stage.northstar.show(f"{PEOPLE}/{sam.teacher}")["ecf_enrolments"]
    assert (enrolment["participant_type"], enrolment["training_record_id"]) == ("mentor", record.id)
    assert enrolment["eligible_for_funding"] is True
    for ect in ects:
        (enrolment,) = stage.northstar.show(f"{PEOPLE}/{ect.teacher}")["ecf_enrolments"]
        assert enrolment["mentor_id"] == sam.teacher
    assert stage.northstar.get(UNFUNDED) == []
    assert stage.do(broken) == []


def test_dead_training_of_theirs_goes_on_or_is_followed_as_an_ects_is(stage: Stage) -> None:
    under = stage.partnership(**CALLED_WRONG)
    through_bramble = {"delivery_partner_id": stage.at.bramble}
    asked = stage.partnership(**SAID_NO, **through_bramble)
    kit, lee, noa, pat = (
        stage.mentor(under, name="Kit"),
        stage.mentor(stage.partnership(**CALLED_WRONG, lead_provider_id=stage.at.teach_forward), name="Lee"),
        stage.mentor(asked, name="Noa"),
        stage.mentor(under, name="Pat", **WITHDRAWN),
    )
    for mentor in (kit, lee, noa, pat):
        given(stage, mentor, under)
    report(stage)
    assert [(each.id, each.finished_on) for each in trained(stage, kit)] == [(kit.record, None)]
    before, after = trained(stage, lee)
    assert (before.id, before.finished_on) == (lee.record, YESTERDAY)
    assert (after.partnership_id, after.started_on, after.finished_on) == (under.id, TODAY, None)
    assert [kind for kind, _ in told(stage, lee.record)] == ["training.ended"]
    assert told(stage, after.id)[0][1]["after"] == lee.record
    (moved,) = trained(stage, noa)
    assert (moved.id, moved.partnership_id, moved.started_on) == (noa.record, under.id, date(2025, 9, 1))
    ((kind, details),) = told(stage, noa.record)
    assert (kind, details["from"], details["to"]) == ("training.attached", asked.id, under.id)
    before, after = trained(stage, pat)
    assert (before.finished_on, after.training_status) == (YESTERDAY, "active")
    assert stage.northstar.show(f"/partnership-proposals/{asked.id}")["participants_waiting"] == 0
    seen = set(stage.northstar.ids(PEOPLE))
    assert {kit.teacher, lee.teacher, noa.teacher, pat.teacher} <= seen
    assert stage.do(broken) == []


def test_whoever_is_not_paid_for_trains_already_leaves_or_mentors_no_longer_does_not_follow(
    stage: Stage,
) -> None:
    under = stage.partnership(**CALLED_WRONG)
    elsewhere = stage.partnership(lead_provider_id=stage.at.teach_forward)
    asked = stage.partnership(
        status="proposed",
        ever_active=False,
        lead_provider_id=stage.at.teach_forward,
        delivery_partner_id=None,
    )
    live, waits = stage.mentor(elsewhere, name="Eve"), stage.mentor(asked, name="Wes")
    unpaid, leaving, former = (
        flagged(stage, stage.mentor(None, False, name="Dee")),
        stage.mentor(None, name="Fay"),
        stage.mentor(None, name="Gil"),
    )
    for mentor in (live, waits, unpaid, leaving):
        given(stage, mentor, under)
    given(stage, former, under, finished_on=YESTERDAY)
    stage.change(models.MentorPeriod, leaving.period, finished_on=date(2025, 10, 31))
    report(stage)
    assert [each.id for each in trained(stage, live)] == [live.record]
    assert [each.id for each in trained(stage, waits)] == [waits.record]
    assert [trained(stage, each) for each in (unpaid, leaving, former)] == [[], [], []]
    assert unpaid.teacher in stage.northstar.ids(UNFUNDED)


def test_those_who_wait_bring_their_mentors_to_the_partnership_they_join(stage: Stage) -> None:
    named = stage.partnership()
    waiting = stage.partnership(**SAID_NO, delivery_partner_id=None)
    sam, kit = stage.mentor(None), stage.mentor(waiting, name="Kit")
    given(stage, sam, waiting)
    given(stage, kit, waiting)
    stage.change(models.Partnership, named.id, **CALLED_WRONG)
    assert report(stage) == named.id
    assert [each.partnership_id for each in (*trained(stage, sam), *trained(stage, kit))] == [named.id] * 2
    assert {sam.teacher, kit.teacher} <= set(stage.northstar.ids(PEOPLE))


def test_training_that_its_provider_takes_up_again_takes_the_mentor_along(stage: Stage) -> None:
    under, sam = stage.partnership(), stage.mentor(None)
    ada = given(stage, sam, under)
    stage.change(models.TrainingRecord, ada.record, **WITHDRAWN)
    course = {"course_identifier": "ecf-induction"}
    stage.northstar.send(f"put {PEOPLE}/{ada.teacher}/resume", CLOCK, **course)
    assert [each.partnership_id for each in trained(stage, sam)] == [under.id]
