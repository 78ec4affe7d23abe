"""Defer, withdraw, resume and change-schedule over HTTP (Provider API, training_status)."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.domain.training import DeferralReason, WithdrawalReason
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import Clock, london
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

ECT, MENTOR = "ecf-induction", "ecf-mentor"
SEPTEMBER, JANUARY, EXTENDED = "ecf-standard-september", "ecf-standard-january", "ecf-extended-september"
REPLACEMENT = "ecf-replacement-september"
BODIES: dict[str, dict[str, Any]] = {
    "defer": {"course_identifier": ECT, "reason": "career-break"},
    "withdraw": {"course_identifier": ECT, "reason": "moved-school"},
    "resume": {"course_identifier": ECT},
    "change-schedule": {"course_identifier": ECT, "schedule_identifier": JANUARY},
}
ALREADY = "This participant’s training is already {}"
BLOCKED = "This participant’s training is {}. Resume it before you change the schedule"
PROFILE = "participant_profile"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


@pytest.fixture
def aoife(stage: Stage) -> Trained:
    who: Trained = stage.ect(stage.partnership())
    return who


def way(action: str, who: Trained | str) -> str:
    return f"put /participants/ecf/{who if isinstance(who, str) else who.teacher}/{action}"


def enrolment(told: dict[str, Any], kind: str = "ect") -> dict[str, Any]:
    (found,) = (each for each in told["attributes"]["ecf_enrolments"] if each["participant_type"] == kind)
    return dict(found)


def bring_to(stage: Stage, who: Trained, status: str) -> None:
    since = {"deferred_at": CLOCK, "withdrawn_at": CLOCK}
    plain = {"schedule_identifier": SEPTEMBER, "training_status": status}
    stage.change(models.TrainingRecord, who.record, **plain, **since)


TABLE: list[tuple[str, str, str | tuple[str, str]]] = [
    ("active", "defer", "deferred"),
    ("active", "withdraw", "withdrawn"),
    ("active", "resume", (PROFILE, ALREADY.format("active"))),
    ("active", "change-schedule", "active"),
    ("deferred", "defer", (PROFILE, ALREADY.format("deferred"))),
    ("deferred", "withdraw", "withdrawn"),
    ("deferred", "resume", "active"),
    ("deferred", "change-schedule", ("participant_id", BLOCKED.format("deferred"))),
    ("withdrawn", "defer", (PROFILE, ALREADY.format("withdrawn"))),
    ("withdrawn", "withdraw", (PROFILE, ALREADY.format("withdrawn"))),
    ("withdrawn", "resume", "active"),
    ("withdrawn", "change-schedule", ("participant_id", BLOCKED.format("withdrawn"))),
]


def test_the_table_of_moves(stage: Stage, aoife: Trained) -> None:
    events = 0
    for before, action, after in TABLE:
        bring_to(stage, aoife, before)
        (row,) = stage.all(models.TrainingRecord)
        if isinstance(after, tuple):
            assert stage.northstar.refused(way(action, aoife), **BODIES[action]) == [after]
            (same,) = stage.all(models.TrainingRecord)
            assert same.updated_at == row.updated_at
        else:
            told = stage.northstar.send(way(action, aoife), **BODIES[action])
            assert told == stage.northstar.get(f"/participants/ecf/{aoife.teacher}")
            assert enrolment(told)["training_status"] == after
            events += 1
        assert len(stage.kinds(aoife.record)) == events, (before, action)


def test_why_and_when_are_told_while_they_last(stage: Stage, aoife: Trained) -> None:
    moment = "2025-10-01T09:00:00Z"
    told = enrolment(stage.northstar.send(way("defer", aoife), moment, **BODIES["defer"]))
    assert told["deferral"] == {"reason": "career-break", "date": moment}
    later = "2025-10-02T09:00:00Z"
    told = enrolment(stage.northstar.send(way("withdraw", aoife), later, **BODIES["withdraw"]))
    assert (told["deferral"], told["withdrawal"]) == (None, {"reason": "moved-school", "date": later})
    told = enrolment(stage.northstar.send(way("resume", aoife), **BODIES["resume"]))
    assert (told["deferral"], told["withdrawal"]) == (None, None)
    kinds = ["training.deferred", "training.withdrawn", "training.resumed"]
    assert stage.kinds(aoife.record) == kinds


def test_what_is_missing_is_said_of_each_and_before_anything_else(stage: Stage) -> None:
    for action, who in product(BODIES, (UNKNOWN, "abc")):
        missing = [(name, f"Enter {name}") for name in sorted(BODIES[action])]
        assert (
            sorted(stage.northstar.refused(way(action, who), **dict.fromkeys(BODIES[action], " "))) == missing
        )


def test_somebody_the_caller_may_not_know_is_refused(stage: Stage, aoife: Trained) -> None:
    unknown = [("participant_id", "Enter the id of a participant who trains with you")]
    hidden = stage.ect(stage.partnership(cohort=2024, status="proposed", ever_active=False), name="Zoë")
    for action, who in product(BODIES, (UNKNOWN, "abc", hidden.teacher)):
        assert stage.northstar.refused(way(action, who), **BODIES[action]) == unknown
        assert stage.teach_forward.refused(way(action, aoife), **BODIES[action]) == unknown
    stage.change(models.Partnership, stage.all(models.Partnership, cohort=2025)[0].id, status="challenged")
    for action, sent in BODIES.items():
        assert stage.northstar.refused(way(action, aoife), **sent) == unknown


def test_the_course_must_be_one_and_theirs(stage: Stage, aoife: Trained) -> None:
    unknown = "Enter ecf-induction or ecf-mentor as the course_identifier"
    theirs = "This participant does not train with you on this course. Check the course_identifier"
    wrong = (("npq", unknown), (1, unknown), (MENTOR, theirs))
    for action, (course, sentence) in product(BODIES, wrong):
        sent = {**BODIES[action], "course_identifier": course}
        assert stage.northstar.refused(way(action, aoife), **sent) == [("course_identifier", sentence)]


def test_every_reason_of_the_list_is_taken_and_no_other(stage: Stage, aoife: Trained) -> None:
    sam = stage.mentor(stage.partnership(delivery_partner_id=stage.at.bramble))
    resume = {"course_identifier": MENTOR}
    for action, reasons in (("defer", DeferralReason), ("withdraw", WithdrawalReason)):
        for reason in reasons:
            stage.northstar.send(way(action, sam), course_identifier=MENTOR, reason=reason)
            stage.northstar.send(way("resume", sam), **resume)
        for wrong in ("tired", 5, ["other"], "Other"):
            refused = stage.northstar.refused(way(action, sam), course_identifier=MENTOR, reason=wrong)
            assert refused == [("reason", f"Enter one of these as the reason: {', '.join(reasons)}")]
    ((title, sentence),) = stage.northstar.refused(
        way("withdraw", aoife), course_identifier=ECT, reason="mentor-no-longer-being-mentor"
    )
    assert title == "reason" and "mentor" not in sentence


# ---------------------------------------------------------------------------------------- change-schedule


def change(stage: Stage, who: Trained, schedule: Any, **more: Any) -> dict[str, Any]:
    sent = {"course_identifier": ECT, "schedule_identifier": schedule, **more}
    return enrolment(stage.northstar.send(way("change-schedule", who), **sent), more.get("kind", "ect"))


def why_not(stage: Stage, who: Trained, schedule: Any, **more: Any) -> tuple[str, str]:
    sent = {"course_identifier": ECT, "schedule_identifier": schedule, **more}
    (refusal,) = stage.northstar.refused(way("change-schedule", who), **sent)
    return refusal


def test_another_schedule_is_taken_and_told(stage: Stage, aoife: Trained) -> None:
    assert change(stage, aoife, JANUARY)["schedule_identifier"] == JANUARY
    (event,) = stage.all(models.Event, kind="training.schedule_changed")
    assert "2025 ecf-standard-january" in event.details


def test_a_schedule_that_is_none_or_held_or_not_for_the_course_is_refused(
    stage: Stage, aoife: Trained
) -> None:
    unknown = "Enter the schedule_identifier of a schedule the cohort has, like ecf-standard-september"
    title = "schedule_identifier"
    for wrong in ("soon", 3, {}, "ECF-STANDARD-JANUARY"):
        assert why_not(stage, aoife, wrong) == (title, unknown)
    held = "This participant is already on this schedule. Enter another schedule_identifier"
    assert why_not(stage, aoife, SEPTEMBER) == why_not(stage, aoife, SEPTEMBER, cohort=2025) == (title, held)
    mentors = "This schedule is for mentors. Enter one that is not a replacement schedule"
    assert why_not(stage, aoife, REPLACEMENT) == (title, mentors)
    sam = stage.mentor(stage.partnership(delivery_partner_id=stage.at.bramble))
    sent = {"course_identifier": MENTOR, "schedule_identifier": REPLACEMENT}
    told = stage.northstar.send(way("change-schedule", sam), **sent)
    assert enrolment(told, "mentor")["schedule_identifier"] == REPLACEMENT


def test_live_declarations_must_fit_the_new_schedule(stage: Stage, aoife: Trained) -> None:
    title = "schedule_identifier"
    made = stage.store(
        lambda _at: worlds.declaration(
            aoife, stage.at.northstar, declared_at=london("2025-09-10"), declaration_type="started"
        )
    )
    outside = "started was declared for a day this schedule does not allow. Void it first"
    assert why_not(stage, aoife, JANUARY) == (title, outside)
    stage.change(models.Declaration, made.id, state="voided")
    assert change(stage, aoife, JANUARY)["schedule_identifier"] == JANUARY
    stage.change(models.Declaration, made.id, state="submitted", declaration_type="extended-1")
    assert why_not(stage, aoife, SEPTEMBER) == (
        title,
        "extended-1 was declared and is not on this schedule. Void it first",
    )


def test_another_cohort_needs_a_partnership_there_and_no_declarations(stage: Stage, aoife: Trained) -> None:
    for wrong in ("2019", "soon", 5, True, [2024]):
        assert why_not(stage, aoife, SEPTEMBER, cohort=wrong) == (
            "cohort",
            "Enter the cohort as the year it starts in, like 2025",
        )
    nowhere = "You have no active partnership with this participant’s school in the 2024 cohort"
    assert why_not(stage, aoife, SEPTEMBER, cohort="2024") == ("cohort", nowhere)
    challenged = stage.partnership(cohort=2024, status="challenged")
    assert why_not(stage, aoife, SEPTEMBER, cohort=2024) == ("cohort", nowhere)
    stage.change(models.Partnership, challenged.id, status="active")
    made = stage.store(lambda _at: worlds.declaration(aoife, stage.at.northstar))
    assert why_not(stage, aoife, SEPTEMBER, cohort=2024) == (
        "cohort",
        "Void this participant’s declarations in the 2025 cohort before you change it",
    )
    stage.change(models.Declaration, made.id, state="voided")
    told = change(stage, aoife, SEPTEMBER, cohort=2024)
    assert (told["cohort"], told["cohort_changed_after_payments_frozen"]) == ("2024", False)
    (row,) = stage.all(models.TrainingRecord)
    assert row.partnership_id == challenged.id
