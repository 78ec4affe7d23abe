"""Participants over HTTP: what is told of people, and of whom (Provider API, Attributes and Visible)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.data import models
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

LIST = "/participants/ecf"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def test_an_ect_is_told_with_every_attribute(stage: Stage) -> None:
    stage.change(models.School, stage.at.oakfield.id, pupil_premium_uplift=True)
    under = stage.partnership()
    aoife = stage.ect(under)
    sam = stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife))
    (found,) = stage.northstar.get(LIST)
    assert (found["id"], found["type"]) == (aoife.teacher, "participant")
    told = found["attributes"]
    assert told["full_name"] == "Aoife O’Brien"
    assert len(told["teacher_reference_number"]) == 7
    assert told["participant_id_changes"] == []
    (enrolment,) = told["ecf_enrolments"]
    assert enrolment == {
        "training_record_id": aoife.record,
        "email": enrolment["email"],
        "mentor_id": sam.teacher,
        "school_urn": stage.at.oakfield.urn,
        "participant_type": "ect",
        "cohort": "2025",
        "training_status": "active",
        "participant_status": "active",
        "teacher_reference_number_validated": True,
        "eligible_for_funding": True,
        "pupil_premium_uplift": True,
        "sparsity_uplift": False,
        "schedule_identifier": "ecf-standard-september",
        "delivery_partner_id": stage.at.alder,
        "withdrawal": None,
        "deferral": None,
        "created_at": "2025-09-15T09:00:00Z",
        "induction_end_date": None,
        "mentor_funding_end_date": None,
        "cohort_changed_after_payments_frozen": False,
        "mentor_ineligible_for_funding_reason": None,
    }


def test_an_ect_who_is_a_mentor_too_is_one_item_with_two_enrolments(stage: Stage) -> None:
    under = stage.partnership()
    both = stage.ect(under)
    stage.mentor(under, teacher_id=both.teacher)
    (found,) = stage.northstar.get(LIST)
    kinds = [each["participant_type"] for each in found["attributes"]["ecf_enrolments"]]
    assert kinds == ["ect", "mentor"]


def test_nobody_is_seen_under_a_partnership_that_is_not_active(stage: Stage) -> None:
    row = stage.partnership()
    who = stage.ect(row)
    sam = stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, who))
    unknown = stage.northstar.missing(f"get {LIST}/{UNKNOWN}")
    assert stage.northstar.ids("/unfunded-mentors/ecf") == [sam.teacher]
    for status in ("proposed", "declined", "retracted", "challenged"):
        stage.change(models.Partnership, row.id, status=status)
        for path in (LIST, f"{LIST}/transfers", "/unfunded-mentors/ecf"):
            assert stage.northstar.get(path) == []
        for path in (f"{LIST}/{who.teacher}", f"{LIST}/{who.teacher}/transfers"):
            assert stage.northstar.missing(f"get {path}") == unknown
        assert stage.northstar.missing(f"get /unfunded-mentors/ecf/{sam.teacher}") == unknown


def test_what_the_school_says_changes_with_the_day(stage: Stage) -> None:
    under = stage.partnership()
    who = stage.ect(under, started_on=date(2025, 9, 10), finished_on=date(2025, 10, 20))
    path = f"{LIST}/{who.teacher}"
    expected = {
        "2025-09-09T22:59:59Z": "leaving",
        "2025-10-20T22:59:59Z": "leaving",
        "2025-10-20T23:00:00Z": "left",
    }
    for moment, status in expected.items():
        (enrolment,) = stage.northstar.show(path, moment)["ecf_enrolments"]
        assert enrolment["participant_status"] == status, moment
    later = stage.ect(under, name="Zoë", started_on=date(2025, 10, 1))
    for moment, status in (("2025-09-30T22:59:59Z", "joining"), ("2025-09-30T23:00:00Z", "active")):
        (enrolment,) = stage.northstar.show(f"{LIST}/{later.teacher}", moment)["ecf_enrolments"]
        assert enrolment["participant_status"] == status, moment
    stage.change(models.TrainingRecord, later.record, stopped_on=date(2025, 9, 15), stopped_reason="other")
    (enrolment,) = stage.northstar.show(f"{LIST}/{later.teacher}")["ecf_enrolments"]
    assert (enrolment["participant_status"], enrolment["training_status"]) == ("withdrawn", "active")


def test_filters_and_pages(stage: Stage) -> None:
    now, before = stage.partnership(), stage.partnership(cohort=2024)
    first = stage.ect(now)
    second = stage.ect(before, name="Zoë", cohort=2024)
    stage.northstar.send(
        f"put {LIST}/{second.teacher}/defer", course_identifier="ecf-induction", reason="other"
    )
    ids = stage.northstar.ids
    assert ids(LIST) == [first.teacher, second.teacher]
    assert ids(LIST, cohort="2024") == ids(LIST, training_status="deferred") == [second.teacher]
    assert ids(LIST, cohort="2024, 2025") == [first.teacher, second.teacher]
    assert ids(LIST, cohort="1999") == ids(LIST, cohort="abc") == []
    assert ids(LIST, cohort="2025", training_status="deferred") == []
    stamp = stage.northstar.show(f"{LIST}/{second.teacher}")["updated_at"]
    assert second.teacher in ids(LIST, updated_since=stamp)
    stage.do(lambda: worlds.save(_merged(second.teacher)))
    assert ids(LIST, from_participant_id=UNKNOWN) == [second.teacher]
    for path, expected in (("?sort=-updated_at", second), ("?page[per_page]=1&page[page]=2", second)):
        answer: Any = stage.northstar.caller.get(f"/api/v3{LIST}{path}").json
        assert answer["data"][0]["id"] == expected.teacher
    assert stage.northstar.caller.get(f"/api/v3{LIST}?page[page]=9").json == {"data": []}
    stage.northstar.caller.get(f"/api/v3{LIST}?filter[training_status]=gone", 400)


def _merged(into: str) -> models.TeacherIdChange:
    return models.TeacherIdChange(from_teacher_id=UNKNOWN, to_teacher_id=into, changed_at=records.NOW)
