"""Partnerships over HTTP: reporting them, and naming another delivery partner (Provider API, Partnerships)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.data import models
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

POST = "post /partnerships/ecf"
NOW = "2025-09-15T09:00:00Z"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def body(stage: Stage, **changes: Any) -> dict[str, Any]:
    """Northstar with Alder at Oakfield in 2025."""
    plain = {
        "cohort": "2025",
        "school_id": stage.at.oakfield.id,
        "delivery_partner_id": stage.at.alder,
    }
    return plain | changes


def status_of(stage: Stage, id: str) -> str:
    (row,) = stage.all(models.Partnership, id=id)
    return str(row.status)


def test_a_reported_partnership_is_active_and_answered_as_it_is_shown(stage: Stage) -> None:
    made = stage.northstar.send(POST, **body(stage))
    assert made["type"] == "partnership"
    told = made["attributes"]
    assert told == {
        "cohort": "2025",
        "urn": stage.at.oakfield.urn,
        "school_id": stage.at.oakfield.id,
        "delivery_partner_id": stage.at.alder,
        "delivery_partner_name": "Alder Teaching School Hub",
        "status": "active",
        "challenged_reason": None,
        "challenged_at": None,
        "induction_tutor_name": None,
        "induction_tutor_email": None,
        "created_at": told["created_at"],
        "updated_at": told["updated_at"],
    }
    assert told["created_at"].startswith("2025-09-15T09:00:0")
    assert stage.northstar.get("/partnerships/ecf") == [made]
    assert stage.northstar.get(f"/partnerships/ecf/{made['id']}") == made
    assert stage.kinds(made["id"]) == ["partnership.reported"]
    (history,) = stage.all(models.PartnershipDeliveryPartner)
    assert (history.delivery_partner_id, history.to_at) == (stage.at.alder, None)


def test_a_cohort_may_be_a_number_and_ids_may_be_capitals(stage: Stage) -> None:
    made = stage.northstar.send(
        POST, **body(stage, cohort=2025, delivery_partner_id=stage.at.alder.upper(), extra={"x": 1})
    )
    same = stage.northstar.send(
        f"put /partnerships/ecf/{made['id'].upper()}", delivery_partner_id=stage.at.alder.upper()
    )
    assert same == made


def test_what_is_missing_is_said_of_each(stage: Stage) -> None:
    assert stage.northstar.refused(POST, cohort=" ", school_id=None) == [
        ("cohort", "Enter cohort"),
        ("school_id", "Enter school_id"),
        ("delivery_partner_id", "Enter delivery_partner_id"),
    ]


def test_otherwise_the_first_refusal_alone_is_told_in_the_order_of_the_rules(stage: Stage) -> None:
    """Everything is wrong at first; what was refused is mended, and the next refusal comes."""
    closed = stage.do(lambda: records.school(status="Closed"))
    stage.do(lambda: worlds.save(closed))
    active = stage.northstar.send(POST, **body(stage))
    sent: dict[str, Any] = {"cohort": 1999, "school_id": 7, "delivery_partner_id": "abc"}
    school = ("school_id", "Enter the school_id of an open school in England whose training DfE can pay for")
    mended: list[tuple[tuple[str, str], dict[str, Any]]] = [
        (("cohort", "Enter the cohort as the year it starts in, like 2025"), {"cohort": "2024"}),
        (school, {"school_id": UNKNOWN}),
        (school, {"school_id": closed.id}),
        (school, {"school_id": stage.at.oakfield.id}),
        (
            ("delivery_partner_id", "Enter the delivery_partner_id of a delivery partner that you work with"),
            {"delivery_partner_id": stage.at.bramble},
        ),
        (
            (
                "delivery_partner_id",
                "You do not work with this delivery partner in the 2024 cohort. Contact DfE to add it",
            ),
            {"cohort": "2025", "delivery_partner_id": stage.at.alder},
        ),
        (("base", "You already have this partnership, and it is active"), {"cohort": "2024"}),
    ]
    for refusal, change in mended:
        assert stage.northstar.refused(POST, **sent) == [refusal]
        sent |= change
    assert stage.northstar.ids("/partnerships/ecf") == [active["id"]]
    assert stage.northstar.send(POST, **sent)["attributes"]["cohort"] == "2024"
    stage.do(lambda: worlds.change_all(models.Pairing, closed_on=records.TODAY))
    assert stage.northstar.refused(POST, **sent)[0][0] == "delivery_partner_id"  # and not that it is active


@pytest.mark.parametrize("awaited", [False, True])
def test_a_school_that_leads_its_own_training_is_refused_unless_somebody_awaits_the_caller(
    stage: Stage, awaited: bool
) -> None:
    stage.store(worlds.ect, None)
    if awaited:
        stage.ect(stage.partnership(status="proposed", ever_active=False), name="Zoë")
        stage.northstar.send(POST, **body(stage))
        return
    sentence = (
        "This school has not said that it will have provider-led training in the 2025 cohort."
        " Contact the school"
    )
    assert stage.northstar.refused(POST, **body(stage)) == [("school_id", sentence)]


def test_a_school_that_said_it_has_no_ects_is_refused(stage: Stage) -> None:
    challenged = stage.partnership(
        status="challenged", challenged_at=records.NOW, challenged_reason="no_ects"
    )
    before = {"challenged_at": records.NOW - timedelta(days=1), "challenged_reason": "mistake"}
    stage.partnership(status="challenged", delivery_partner_id=stage.at.bramble, **before)
    assert stage.northstar.refused(POST, **body(stage))[0][0] == "school_id"
    stage.change(models.Partnership, challenged.id, challenged_reason="mistake")
    assert stage.northstar.send(POST, **body(stage))["id"] == challenged.id


def at_a_school(stage: Stage, status: str, **values: Any) -> tuple[models.Partnership, dict[str, Any]]:
    """A partnership in this state at a school of its own, and the body of a report for that school."""
    school = records.school()
    school_id = school.id
    stage.do(lambda: worlds.save(school))
    challenged = (
        {"challenged_at": records.NOW, "challenged_reason": "mistake"} if status == "challenged" else {}
    )
    state = {"status": status, "ever_active": status == "challenged"}
    row = stage.partnership(**{"school_id": school_id, **state, **challenged, **values})
    return row, body(stage, school_id=school_id)


def test_the_row_with_exactly_that_partner_becomes_active(stage: Stage) -> None:
    seen: list[str] = []
    for status in ("proposed", "challenged", "declined", "retracted"):
        row, sent = at_a_school(stage, status)
        who = stage.ect(row, name=status)
        beside = {"school_id": row.school_id, "delivery_partner_id": stage.at.bramble}
        other = stage.partnership(status="proposed", ever_active=False, **beside)
        assert stage.northstar.ids("/participants/ecf") == seen
        made = stage.northstar.send(POST, **sent)
        assert made["id"] == row.id
        assert (made["attributes"]["status"], made["attributes"]["challenged_reason"]) == ("active", None)
        seen.append(who.teacher)
        assert stage.northstar.ids("/participants/ecf") == seen
        assert status_of(stage, other.id) == "proposed"
        assert stage.kinds(row.id) == ["partnership.reported"]


def test_else_the_row_without_a_partner_takes_it(stage: Stage) -> None:
    for status in ("proposed", "declined", "retracted"):
        row, sent = at_a_school(stage, status, delivery_partner_id=None)
        who = stage.ect(row, name=status)
        made = stage.northstar.send(POST, **sent)
        assert made["id"] == row.id
        assert made["attributes"]["delivery_partner_id"] == stage.at.alder
        assert who.teacher in stage.northstar.ids("/participants/ecf")


def test_people_waiting_on_a_row_without_a_partner_move_over(stage: Stage) -> None:
    everyone: set[str] = set()
    for status in ("challenged", "declined", "retracted", "proposed"):
        named, sent = at_a_school(stage, status)
        unknown = {"school_id": named.school_id, "delivery_partner_id": None}
        waiting = stage.partnership(status="proposed", ever_active=False, **unknown)
        here = stage.ect(named, name=status)
        moved = [stage.ect(waiting, name="Zoë"), stage.ect(waiting, name="Amelia", finished_on=CLOCK.date())]
        over = stage.ect(waiting, name="Ravi", finished_on=CLOCK.date() - timedelta(days=1))
        assert stage.northstar.send(POST, **sent)["id"] == named.id
        assert stage.kinds(waiting.id) == ["partnership.retracted"]
        for who in moved:
            assert stage.kinds(who.record) == ["training.attached"]
        assert stage.kinds(over.record) == []
        everyone |= {here.teacher, *(who.teacher for who in moved)}
        assert set(stage.northstar.ids("/participants/ecf")) == everyone
        gone = stage.northstar.show(f"/partnership-proposals/{waiting.id}")
        assert (gone["status"], gone["participants_waiting"]) == ("retracted", 0)


def test_people_who_leave_a_declined_row_change_it(stage: Stage) -> None:
    stage.partnership(status="challenged")
    declined = stage.partnership(status="declined", ever_active=False, delivery_partner_id=None)
    stage.ect(declined)
    before = stage.northstar.show(f"/partnership-proposals/{declined.id}")
    assert before["participants_waiting"] == 1
    seen = {row.id: row.updated_at for row in stage.all(models.Partnership)}
    stage.northstar.send(POST, **body(stage))
    assert stage.northstar.show(f"/partnership-proposals/{declined.id}")["participants_waiting"] == 0
    (row,) = stage.all(models.Partnership, id=declined.id)
    assert row.updated_at > seen[declined.id]


def test_a_report_sent_again_with_its_key_is_answered_again(stage: Stage) -> None:
    key = {"Idempotency-Key": "report-1"}
    sent = {"data": {"type": "x", "attributes": body(stage)}}
    client = stage.northstar.caller
    first = client.send("POST", "/api/v3/partnerships/ecf", headers=key, json=sent)
    again = client.send("POST", "/api/v3/partnerships/ecf", headers=key, json=sent)
    assert again.get_data() == first.get_data()
    assert len(stage.all(models.Event, kind="partnership.reported")) == 1
    assert stage.northstar.refused(POST, **body(stage))[0][0] == "base"
    # The key is another one under another address.
    client.send("POST", "/api/v3/participant-declarations", 422, headers=key, json=sent)


# ---------------------------------------------------------------------------------------- PUT


def put(row: models.Partnership) -> str:
    return f"put /partnerships/ecf/{row.id}"


def test_an_active_partnership_takes_another_partner_and_keeps_its_history(stage: Stage) -> None:
    row = stage.partnership()
    changed = stage.northstar.send(put(row), delivery_partner_id=stage.at.bramble)
    assert changed["id"] == row.id
    assert changed["attributes"]["delivery_partner_name"] == "Bramble Trust Training"
    history = sorted(stage.all(models.PartnershipDeliveryPartner), key=lambda each: each.from_at)
    assert [each.delivery_partner_id for each in history] == [stage.at.alder, stage.at.bramble]
    assert history[0].to_at == history[1].from_at
    assert stage.kinds(row.id) == ["partnership.delivery_partner_changed"]
    assert stage.northstar.send(put(row), delivery_partner_id=stage.at.bramble) == changed
    assert stage.kinds(row.id) == ["partnership.delivery_partner_changed"]


def test_two_changes_in_one_moment_or_from_the_past_leave_the_last(stage: Stage) -> None:
    row = stage.partnership()
    for at in (NOW, "2025-09-14T09:00:00Z"):
        for partner in (stage.at.bramble, stage.at.alder, stage.at.bramble):
            stage.northstar.send(put(row), at, delivery_partner_id=partner)
    open_rows = stage.all(models.PartnershipDeliveryPartner, to_at=None)
    assert [each.delivery_partner_id for each in open_rows] == [stage.at.bramble]


def test_what_a_change_is_refused_for(stage: Stage) -> None:
    row = stage.partnership()
    taken = (
        "delivery_partner_id",
        "You already have a partnership with this school, cohort and delivery partner",
    )
    unknown = (
        "delivery_partner_id",
        "Enter the delivery_partner_id of a delivery partner that you work with",
    )
    refused = stage.northstar.refused
    assert refused(put(row)) == [("delivery_partner_id", "Enter delivery_partner_id")]
    for nonsense in (UNKNOWN, "abc", 0, {}, stage.at.northstar):
        assert refused(put(row), delivery_partner_id=nonsense) == [unknown]
    strange = records.delivery_partner("Five Rivers")
    stage.do(lambda: worlds.save(strange))
    assert refused(put(row), delivery_partner_id=strange.id)[0][1].startswith("You do not work with")
    stage.partnership(delivery_partner_id=stage.at.bramble, status="declined", ever_active=False)
    assert refused(put(row), delivery_partner_id=stage.at.bramble) == [taken]
    stage.change(models.Partnership, row.id, status="challenged")
    sentence = (
        "The school has challenged this partnership, so it cannot be changed."
        " Report it again with a POST if it is right"
    )
    assert refused(put(row), delivery_partner_id=stage.at.alder) == [("base", sentence)]


def test_what_has_never_been_active_is_not_found_here(stage: Stage) -> None:
    unknown = stage.northstar.missing(f"get /partnerships/ecf/{UNKNOWN}")
    for status in ("proposed", "declined", "retracted"):
        row, _ = at_a_school(stage, status)
        assert stage.northstar.missing(f"get /partnerships/ecf/{row.id}") == unknown
        assert stage.northstar.missing(put(row), delivery_partner_id=stage.at.bramble) == unknown
    assert stage.northstar.get("/partnerships/ecf") == []
