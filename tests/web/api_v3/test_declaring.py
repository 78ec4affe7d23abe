"""What stands against a declaration, over HTTP and in the order of the checks (Provider API, POST checks)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.domain.declarations import Evidence
from app.domain.schedules import DeclarationType, milestones
from tests.data.queries.api.worlds import SEPTEMBER, Trained
from tests.support.clocks import Clock, london
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

POST = "post /participant-declarations"
ECT, MENTOR = "ecf-induction", "ecf-mentor"
LATER = "2027-07-31T12:00:00Z"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


@pytest.fixture
def aoife(stage: Stage) -> Trained:
    who: Trained = stage.ect(stage.partnership())
    return who


@pytest.fixture
def sam(stage: Stage) -> Trained:
    who: Trained = stage.mentor(stage.partnership())
    return who


def body(who: Trained, **changes: Any) -> dict[str, Any]:
    """Aoife started on 10 September."""
    plain = {
        "participant_id": who.teacher,
        "declaration_type": "started",
        "declaration_date": "2025-09-10T09:00:00Z",
        "course_identifier": ECT,
    }
    return plain | changes


THEIRS = "the participant’s own id"
FOUR_KINDS = "training-event-attended, self-study-material-completed, other, materials-engaged-with-offline"
SENTENCES = {
    "participant": "participant_id: Enter the participant_id of somebody who trains with you",
    "course": "course_identifier: Enter ecf-induction or ecf-mentor as the course_identifier",
    "not theirs": "course_identifier: This participant does not train with you on this course."
    " Check the course_identifier",
    "shape": "declaration_date: Enter the declaration_date as an RFC 3339 date and time with its offset,"
    " like 2025-09-01T09:30:00Z",
    "real": "declaration_date: Enter a declaration_date that exists."
    " Hours are 00 to 23, minutes and seconds 00 to 59",
    "ahead": "declaration_date: The declaration_date must be in the past",
    "early": "declaration_date: The declaration_date for retained-1 must be on or after 2026-01-01",
    "no type": "declaration_type: Enter declaration_type",
    "type": f"declaration_type: Enter one of these as the declaration_type: {', '.join(DeclarationType)}",
    "off": "declaration_type: This participant’s schedule has no extended-1."
    " It has started, retained-1, retained-2, retained-3, retained-4, completed",
    "no evidence": "evidence_held: Enter evidence_held",
    "evidence": f"evidence_held: Enter one of these as evidence_held: {FOUR_KINDS}",
}
MENDED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("participant, course, shape, no type", {"declaration_type": "x"}),
    (
        "participant, course, shape, type",
        {"participant_id": UNKNOWN, "declaration_date": "2025-02-30T01:00:00Z"},
    ),
    ("participant, course, real, type", {"participant_id": THEIRS, "course_identifier": "npq"}),
    ("course, real, type", {"course_identifier": MENTOR, "declaration_date": "2025-09-15T09:05:00Z"}),
    ("not theirs, ahead, type", {"course_identifier": ECT, "declaration_type": "extended-1"}),
    ("ahead, off, no evidence", {"declaration_type": "retained-1"}),
    ("ahead, no evidence", {"declaration_date": "2025-09-15T08:00:00Z", "evidence_held": "hearsay"}),
    ("early, evidence", {"declaration_type": "started", "evidence_held": " "}),
)
"""What is refused, and what is sent instead: then the next is refused."""


def test_the_first_failure_of_each_attribute_is_told_and_mended_one_after_the_other(
    stage: Stage, aoife: Trained
) -> None:
    refused = stage.northstar.refused
    assert refused(POST, participant_id=" ", declaration_date=None) == [
        (name, f"Enter {name}")
        for name in ("participant_id", "course_identifier", "declaration_date", "declaration_type")
    ]
    sent: dict[str, Any] = {"participant_id": 5, "course_identifier": [], "declaration_date": "soon"}
    for named, change in MENDED:
        expected = [tuple(SENTENCES[each].split(": ", 1)) for each in named.split(", ")]
        assert refused(POST, **sent) == expected
        sent |= {name: aoife.teacher if value == THEIRS else value for name, value in change.items()}
    assert stage.all(models.Declaration) == []
    stage.northstar.send(POST, **sent)


def test_dates_hold_to_the_second_at_both_ends_of_every_milestone(stage: Stage, aoife: Trained) -> None:
    second = timedelta(seconds=1)
    for each in milestones(2025, SEPTEMBER):
        assert each.ends_on is not None
        kind = each.declaration_type
        opens = london(f"{each.starts_on}")
        closes = london(f"{each.ends_on + timedelta(days=1)}")
        sent = {"declaration_type": kind, "evidence_held": _any_evidence(kind)}
        early = body(aoife, declaration_date=(opens - second).isoformat(), **sent)
        late = body(aoife, declaration_date=closes.isoformat(), **sent)
        words = f"The declaration_date for {kind} must be on or"
        refused = stage.northstar.refused
        assert refused(POST, closes, **early) == [("declaration_date", f"{words} after {each.starts_on}")]
        assert refused(POST, closes, **late) == [("declaration_date", f"{words} before {each.ends_on}")]
        for moment in (opens, closes - second):
            made = stage.northstar.send(
                POST, closes, **body(aoife, declaration_date=moment.isoformat(), **sent)
            )
            stage.northstar.send(f"put /participant-declarations/{made['id']}/void")


def _any_evidence(kind: str) -> str | None:
    if kind in ("retained-2", "completed"):
        return str(Evidence.THREE_QUARTERS_MET)
    return None if kind == "started" else str(Evidence.OTHER)


def test_a_date_may_be_this_very_second_in_any_offset(stage: Stage, aoife: Trained) -> None:
    at = "2025-09-15T09:00:00Z"
    ahead = body(aoife, declaration_date="2025-09-15T10:00:01+01:00")
    assert stage.northstar.refused(POST, at, **ahead)[0][0] == "declaration_date"
    made = stage.northstar.send(POST, at, **body(aoife, declaration_date="2025-09-15t14:29:59.9+05:30"))
    assert made["attributes"]["declaration_date"] == "2025-09-15T08:59:59Z"


def test_nothing_is_declared_while_training_is_deferred(stage: Stage, aoife: Trained) -> None:
    path = f"put /participants/ecf/{aoife.teacher}"
    stage.northstar.send(f"{path}/defer", course_identifier=ECT, reason="other")
    sentence = "This participant’s training is deferred. Resume it before you declare"
    assert stage.northstar.refused(POST, **body(aoife)) == [("participant_id", sentence)]
    stage.northstar.send(f"{path}/resume", course_identifier=ECT)
    stage.northstar.send(POST, **body(aoife))


def test_after_a_withdrawal_only_earlier_days_are_declared(stage: Stage, aoife: Trained) -> None:
    """The day counts in London: 23:30 UTC on the 9th of September is the 10th."""
    path = f"put /participants/ecf/{aoife.teacher}/withdraw"
    stage.northstar.send(path, "2025-09-09T23:30:00Z", course_identifier=ECT, reason="other")
    sentence = (
        "This participant’s training was withdrawn on 2025-09-10. Enter a declaration_date before that day"
    )
    for moment in ("2025-09-09T23:00:00Z", "2025-09-10T09:00:00Z"):
        refused = stage.northstar.refused(POST, **body(aoife, declaration_date=moment))
        assert refused == [("participant_id", sentence)]
    unreadable = stage.northstar.refused(POST, **body(aoife, declaration_date="soon"))
    assert [title for title, _ in unreadable] == ["declaration_date"]
    stage.northstar.send(POST, **body(aoife, declaration_date="2025-09-09T22:59:59Z"))


def test_a_cohort_without_an_open_output_statement_has_ended(stage: Stage, aoife: Trained) -> None:
    ended = ("cohort", "The contract for the 2025 cohort has ended: there is no open statement left")
    last = max(row.deadline_on for row in stage.all(models.Statement, output=True, cohort=2025))
    stage.northstar.send(POST, london(f"{last} 23:59"), **body(aoife))
    zoe = stage.ect(stage.partnership(cohort=2024), name="Zoë")
    after = london(f"{last + timedelta(days=1)} 00:00")
    assert stage.northstar.refused(POST, after, **body(zoe)) == [ended]
    retained = body(zoe, declaration_type="retained-4", declaration_date=f"{last}T12:00:00Z")
    titles = [title for title, _ in stage.northstar.refused(POST, after, **retained)]
    assert titles == ["declaration_date", "cohort", "evidence_held"]


def test_mentors_from_2025_on_start_and_complete_whenever_they_do(stage: Stage, sam: Trained) -> None:
    only = ("declaration_type", "Declare only started or completed for mentors in the 2025 cohort")
    for kind in ("retained-1", "retained-4"):
        sent = body(sam, course_identifier=MENTOR, declaration_type=kind, evidence_held="other")
        refused = stage.northstar.refused(POST, LATER, **{**sent, "declaration_date": "2027-01-15T09:00:00Z"})
        assert only in refused
    started = body(sam, course_identifier=MENTOR, declaration_date="2027-07-01T09:00:00Z")
    stage.northstar.send(POST, LATER, **started)
    early = {**started, "declaration_type": "completed", "declaration_date": "2025-05-31T22:59:59Z"}
    words = "The declaration_date for completed must be on or after 2025-06-01"
    met = {"evidence_held": "75-percent-engagement-met"}
    assert stage.northstar.refused(POST, LATER, **{**early, **met}) == [("declaration_date", words)]
    assert stage.northstar.refused(POST, LATER, **{**early, "declaration_date": "2025-06-01T00:00:00Z"}) == [
        ("evidence_held", "Enter evidence_held")
    ]
    opens = {**early, **met, "declaration_date": "2025-05-31T23:00:00Z"}
    made = stage.northstar.send(POST, LATER, **opens)
    assert made["attributes"]["evidence_held"] == "75-percent-engagement-met"


THREE = ("training-event-attended", "self-study-material-completed", "other")
FOUR = (*THREE, "materials-engaged-with-offline")
MET = ("75-percent-engagement-met", "75-percent-engagement-met-reduced-induction")
EVIDENCE: list[tuple[int, str, tuple[str, ...], bool]] = [
    (2024, "started", (), False),
    (2024, "retained-1", THREE, True),
    (2024, "retained-2", THREE, True),
    (2024, "completed", THREE, True),
    (2025, "started", FOUR, False),
    (2025, "retained-1", FOUR, True),
    (2025, "retained-2", MET, True),
    (2025, "retained-3", FOUR, True),
    (2025, "retained-4", FOUR, True),
    (2025, "completed", (*MET, "one-term-induction"), True),
]


def test_the_table_of_evidence(stage: Stage) -> None:
    people = {
        year: stage.ect(stage.partnership(cohort=year), name=f"ECT {year}", cohort=year)
        for year in (2024, 2025)
    }
    for year, kind, allowed, required in EVIDENCE:
        (each,) = (each for each in milestones(year, SEPTEMBER) if each.declaration_type == kind)
        sent = body(people[year], declaration_type=kind, declaration_date=f"{each.starts_on}T12:00:00Z")
        at = f"{each.starts_on}T12:00:00Z"
        if required:
            assert stage.northstar.refused(POST, at, **sent) == [("evidence_held", "Enter evidence_held")]
        for evidence in Evidence:
            if evidence not in allowed and allowed:
                ((title, sentence),) = stage.northstar.refused(POST, at, **sent, evidence_held=evidence)
                assert (title, sentence.partition(": ")[2].split(", ")) == ("evidence_held", [*allowed])
                continue
            made = stage.northstar.send(POST, at, **sent, evidence_held=evidence)
            assert made["attributes"]["evidence_held"] == (evidence if allowed else None)
            stage.northstar.send(f"put /participant-declarations/{made['id']}/void", at)
            if not allowed:
                break
