"""Declarations over HTTP: what is stored, told and taken back (Provider API, Declarations)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import Trained
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up
from tests.web.api_v3.test_declaring import ECT, MENTOR, POST, body

LIST = "/participant-declarations"
NOW = "2025-09-15T09:00:00Z"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


@pytest.fixture
def aoife(stage: Stage) -> Trained:
    who: Trained = stage.ect(stage.partnership())
    return who


def void(declaration: dict[str, Any] | str) -> str:
    return f"put {LIST}/{declaration if isinstance(declaration, str) else declaration['id']}/void"


def first_statement(stage: Stage, provider: str) -> models.Statement:
    """Of 2025, with output: November’s, whose deadline is 31 October."""
    rows = stage.all(models.Statement, lead_provider_id=provider, cohort=2025, output=True)
    found: models.Statement = min(rows, key=lambda row: row.pays_on)
    return found


def test_an_eligible_declaration_is_told_with_what_is_copied_into_it(stage: Stage, aoife: Trained) -> None:
    stage.change(models.School, stage.at.oakfield.id, sparsity_uplift=True)
    sam = stage.mentor(None)
    stage.store(lambda _at: worlds.mentoring(sam, aoife))
    made = stage.northstar.send(POST, **body(aoife, evidence_held="other"))
    told = made["attributes"]
    assert (made["type"], told) == (
        "participant-declaration",
        {
            "participant_id": aoife.teacher,
            "declaration_type": "started",
            "declaration_date": "2025-09-10T09:00:00Z",
            "course_identifier": ECT,
            "state": "eligible",
            "updated_at": told["updated_at"],
            "created_at": told["created_at"],
            "delivery_partner_id": stage.at.alder,
            "statement_id": first_statement(stage, stage.at.northstar).id,
            "clawback_statement_id": None,
            "ineligible_for_funding_reason": None,
            "mentor_id": sam.teacher,
            "uplift_paid": False,
            "evidence_held": "other",
            "has_passed": None,
            "lead_provider_name": "Northstar",
        },
    )
    (row,) = stage.all(models.Declaration)
    assert (row.sparsity_uplift, row.pupil_premium_uplift, row.cohort) == (True, False, 2025)
    stage.change(models.School, stage.at.oakfield.id, sparsity_uplift=False, pupil_premium_uplift=True)
    zoe = stage.northstar.send(POST, **body(stage.ect(stage.all(models.Partnership)[0], name="Zoë")))
    (row,) = stage.all(models.Declaration, id=zoe["id"])
    assert (row.sparsity_uplift, row.pupil_premium_uplift) == (False, True)
    stage.northstar.send(void(zoe))
    assert stage.kinds(made["id"]) == ["declaration.eligible"]
    assert stage.northstar.get(f"{LIST}/{made['id']}") == made
    assert stage.northstar.get(LIST)[0] == made


def test_partner_and_mentor_are_those_of_the_declaration_date(stage: Stage, aoife: Trained) -> None:
    (under,) = stage.all(models.Partnership)
    change = {"delivery_partner_id": stage.at.bramble}
    stage.northstar.send(f"put /partnerships/ecf/{under.id}", "2025-10-10T09:00:00Z", **change)
    at = "2026-02-01T09:00:00Z"
    before = body(aoife, declaration_date="2025-10-10T08:59:59Z")
    after = body(
        aoife,
        declaration_type="retained-1",
        declaration_date="2026-01-10T09:00:00Z",
        evidence_held="other",
    )
    partners = [
        stage.northstar.send(POST, at, **each)["attributes"]["delivery_partner_id"]
        for each in (before, after)
    ]
    assert partners == [stage.at.alder, stage.at.bramble]


def test_what_was_reached_at_an_earlier_school_keeps_its_partner_and_mentor(stage: Stage) -> None:
    old = stage.partnership(school_id=stage.at.harrow.id)
    aoife = stage.ect(old, finished_on=date(2025, 9, 12))
    new = stage.partnership(delivery_partner_id=stage.at.bramble)
    there = stage.store(worlds.ect, new, teacher_id=aoife.teacher, started_on=date(2025, 9, 13))
    first, second, third = (stage.mentor(None, name=name) for name in ("Ash", "Bea", "Cai"))
    to_the_9th = {"finished_on": date(2025, 9, 9)}
    stage.store(lambda _at: worlds.mentoring(first, aoife, **to_the_9th))
    the_10th = {"started_on": date(2025, 9, 10), "finished_on": date(2025, 9, 12)}
    stage.store(lambda _at: worlds.mentoring(second, aoife, **the_10th))
    stage.store(lambda _at: worlds.mentoring(third, there, started_on=date(2025, 9, 13)))
    expected = [
        ("2025-06-02T12:00:00Z", stage.at.alder, None),
        ("2025-09-09T22:59:59Z", stage.at.alder, first.teacher),
        ("2025-09-09T23:00:00Z", stage.at.alder, second.teacher),
        ("2025-09-12T22:59:59Z", stage.at.alder, second.teacher),
        ("2025-09-12T23:00:00Z", stage.at.bramble, third.teacher),
    ]
    for moment, partner, mentor in expected:
        made = stage.northstar.send(POST, **body(aoife, declaration_date=moment))
        told = made["attributes"]
        assert (told["delivery_partner_id"], told["mentor_id"]) == (partner, mentor)
        stage.northstar.send(void(made))
    # What a school has challenged isn’t the provider’s to know.
    stage.change(models.Partnership, old.id, status="challenged")
    told = stage.northstar.send(POST, **body(aoife, declaration_date=expected[1][0]))["attributes"]
    assert (told["delivery_partner_id"], told["mentor_id"]) == (stage.at.bramble, None)


def test_funding_decides_the_state(stage: Stage) -> None:
    under = stage.partnership()
    for funded, state, reason in (
        (None, "submitted", None),
        (True, "eligible", None),
        (False, "ineligible", "not_eligible_for_funding"),
    ):
        who = stage.ect(under, funded, name=state)
        told = stage.northstar.send(POST, **body(who))["attributes"]
        assert (told["state"], told["ineligible_for_funding_reason"]) == (state, reason)
        assert (told["statement_id"] is not None) == bool(funded)


def test_one_live_declaration_of_the_callers_own_and_duplicates_of_others(
    stage: Stage, aoife: Trained
) -> None:
    made = stage.northstar.send(POST, **body(aoife))
    again = ("base", "You have already declared started for this participant. Void that first")
    assert stage.northstar.refused(POST, **body(aoife)) == [again]
    stage.change(models.EctPeriod, aoife.period, finished_on=CLOCK.date())
    stage.change(models.TrainingRecord, aoife.record, finished_on=CLOCK.date())
    there = stage.partnership(lead_provider_id=stage.at.teach_forward, school_id=stage.at.harrow.id)
    stage.store(worlds.ect, there, teacher_id=aoife.teacher, started_on=CLOCK.date().replace(day=16))
    at = "2025-09-20T09:00:00Z"
    theirs = stage.teach_forward.send(POST, at, **body(aoife, declaration_date="2025-09-17T09:00:00Z"))
    told = theirs["attributes"]
    assert (told["state"], told["ineligible_for_funding_reason"]) == ("ineligible", "duplicate_declaration")
    assert told["statement_id"] is None
    # Teach Forward sees Northstar’s live one, with none of its statements; Northstar not the ineligible one.
    assert set(stage.teach_forward.ids(LIST)) == {made["id"], theirs["id"]}
    shown = stage.teach_forward.show(f"{LIST}/{made['id']}")
    assert (shown["lead_provider_name"], shown["statement_id"]) == ("Northstar", None)
    assert stage.northstar.ids(LIST) == [made["id"]]
    unknown = stage.teach_forward.missing(f"put {LIST}/{UNKNOWN}/void")
    assert stage.teach_forward.missing(void(made)) == unknown
    stage.northstar.send(void(made))
    assert stage.teach_forward.ids(LIST) == [theirs["id"]]


def test_what_voiding_does_to_each_state(stage: Stage) -> None:
    under, statement = stage.partnership(), first_statement(stage, stage.at.northstar)
    for state, line, after in VOIDS:
        who = stage.ect(under, name=state)
        row = stage.store(lambda at, who=who, state=state: worlds.declaration(who, at.northstar, state=state))
        if line is not None:
            stage.do(lambda row=row, line=line: worlds.save(_line(row, statement, line)))
        if after is None:
            sentence = f"A declaration that is {state} cannot be voided"
            assert stage.northstar.refused(void(row.id)) == [("Invalid action", sentence)]
            assert stage.kinds(row.id) == []
            continue
        told = stage.northstar.send(void(row.id))["attributes"]
        assert told["state"] == after
        assert told["clawback_statement_id"] == (statement.id if after == "awaiting_clawback" else None)
        assert told["statement_id"] == (statement.id if state == "paid" else None)
        kept = {row.kind: row.state for row in stage.all(models.StatementLine, declaration_id=row.id)}
        expected = {None: {}, "paid": {"payment": "paid", "clawback": "awaiting_clawback"}}
        assert kept == expected.get(line, {"payment": "voided"})
        assert stage.kinds(row.id) == [f"declaration.{after}"]


VOIDS = (
    ("submitted", None, "voided"),
    ("eligible", "eligible", "voided"),
    ("ineligible", None, "voided"),
    ("payable", "payable", "voided"),
    ("paid", "paid", "awaiting_clawback"),
    ("voided", None, None),
    ("awaiting_clawback", "paid", None),
    ("clawed_back", "paid", None),
)


def _line(row: models.Declaration, statement: models.Statement, state: str) -> models.StatementLine:
    plain = {"id": new_id(), "kind": "payment", "added_at": CLOCK}
    return models.StatementLine(declaration_id=row.id, statement_id=statement.id, state=state, **plain)


def test_a_paid_one_cannot_be_taken_back_without_an_open_statement(stage: Stage, aoife: Trained) -> None:
    row = stage.store(lambda _at: worlds.declaration(aoife, stage.at.northstar, state="paid"))
    sentence = "This declaration is paid and its cohort has no open statement left. Contact DfE"
    assert stage.northstar.refused(void(row.id), "2031-01-01T00:00:00Z") == [("Invalid action", sentence)]


def test_a_voided_slot_may_be_declared_again(stage: Stage, aoife: Trained) -> None:
    first = stage.northstar.send(POST, **body(aoife))
    stage.northstar.send(void(first))
    second = stage.northstar.send(POST, **body(aoife))
    assert second["id"] != first["id"]
    assert stage.northstar.ids(LIST) == [first["id"], second["id"]]


def test_a_post_sent_again_with_its_key_is_answered_again_and_without_it_is_refused(
    stage: Stage, aoife: Trained
) -> None:
    client, key = stage.northstar.caller, {"Idempotency-Key": "d-1"}
    sent = {"data": {"attributes": body(aoife)}}
    refused = {"data": {"attributes": body(aoife, declaration_type="x")}}
    client.send("POST", f"/api/v3{LIST}", 422, headers=key, json=refused)
    first = client.send("POST", f"/api/v3{LIST}", headers=key, json=sent)
    again = client.send("POST", f"/api/v3{LIST}", headers=key, json=sent)
    assert again.get_data() == first.get_data()
    client.send("POST", f"/api/v3{LIST}", 422, headers=key, json=refused)
    assert stage.northstar.refused(POST, **body(aoife))[0][0] == "base"
    assert len(stage.all(models.Declaration)) == 1


def test_filters(stage: Stage, aoife: Trained) -> None:
    zoe = stage.ect(stage.partnership(delivery_partner_id=stage.at.bramble), name="Zoë")
    first, second = (stage.northstar.send(POST, **body(who))["id"] for who in (aoife, zoe))
    ids = stage.northstar.ids
    assert ids(LIST, participant_id=f"{zoe.teacher}, {UNKNOWN}") == [second]
    assert ids(LIST, delivery_partner_id=stage.at.alder.upper()) == [first]
    assert ids(LIST, cohort="2025,2024") == [first, second]
    assert ids(LIST, cohort="2024") == ids(LIST, participant_id="abc") == []
    assert ids(LIST, updated_since=NOW) == [first, second]
    assert ids(LIST, updated_since="2025-09-16T00:00:00%2B01:00") == []


def test_a_mentor_who_has_completed_is_not_paid_for_again_until_it_is_voided(stage: Stage) -> None:
    sam = stage.mentor(stage.partnership(), funded=None)
    path = f"/participants/ecf/{sam.teacher}"
    at = "2026-09-01T00:00:00Z"
    sent = body(sam, course_identifier=MENTOR, evidence_held="75-percent-engagement-met")
    completed = {**sent, "declaration_type": "completed", "declaration_date": "2026-06-30T23:30:00Z"}

    def told() -> tuple[Any, ...]:
        (found,) = stage.northstar.show(path)["ecf_enrolments"]
        names = ("eligible_for_funding", "mentor_funding_end_date", "mentor_ineligible_for_funding_reason")
        return tuple(found[name] for name in names)

    made = stage.northstar.send(POST, at, **completed)
    assert made["attributes"]["state"] == "eligible"
    assert told() == (False, "2026-07-01", "completed_declaration_received")
    (person,) = stage.all(models.ProviderParticipant, teacher_id=sam.teacher)
    late = stage.northstar.send(POST, at, **{**sent, "evidence_held": None})
    assert late["attributes"]["ineligible_for_funding_reason"] == "not_eligible_for_funding"
    stage.northstar.send(void(made), at)
    assert told() == (True, None, None)
    (changed,) = stage.all(models.ProviderParticipant, teacher_id=sam.teacher)
    assert changed.updated_at > person.updated_at
