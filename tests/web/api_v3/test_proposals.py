"""Proposals over HTTP: what schools ask for, and the lead provider’s yes or no (Provider API, Partnerships)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.domain.partnerships import DeclineReason
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

REASONS = "Enter one of these as the reason: " + ", ".join(DeclineReason)


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def proposal(stage: Stage, **values: Any) -> models.Partnership:
    return stage.partnership(**{"status": "proposed", "ever_active": False} | values)


def confirm(row: models.Partnership) -> str:
    return f"put /partnership-proposals/{row.id}/confirm"


def decline(row: models.Partnership) -> str:
    return f"put /partnership-proposals/{row.id}/decline"


def test_a_proposal_is_told_with_the_people_waiting(stage: Stage) -> None:
    row = proposal(stage, delivery_partner_id=None)
    stage.ect(row)
    (found,) = stage.northstar.get("/partnership-proposals")
    assert found == stage.northstar.get(f"/partnership-proposals/{row.id}")
    told = found["attributes"]
    assert told == {
        "cohort": "2025",
        "urn": stage.at.oakfield.urn,
        "school_id": stage.at.oakfield.id,
        "school_name": "Oakfield Primary",
        "delivery_partner_id": None,
        "delivery_partner_name": None,
        "status": "proposed",
        "declined_reason": None,
        "participants_waiting": 1,
        "induction_tutor_name": None,
        "induction_tutor_email": None,
        "created_at": "2025-09-15T09:00:00Z",
        "updated_at": told["updated_at"],
    }
    assert stage.teach_forward.get("/partnership-proposals") == []


@pytest.mark.parametrize("named", [False, True])
def test_a_confirmed_proposal_is_a_partnership_with_the_same_id(stage: Stage, named: bool) -> None:
    row = proposal(stage)
    who = stage.ect(row)
    sent = {"delivery_partner_id": stage.at.alder.upper()} if named else {}
    made = stage.northstar.send(confirm(row), **sent)
    assert (made["id"], made["type"]) == (row.id, "partnership")
    assert made["attributes"]["status"] == "active"
    assert stage.northstar.ids("/participants/ecf") == [who.teacher]
    assert stage.northstar.get("/partnership-proposals") == []
    assert stage.kinds(row.id) == ["partnership.confirmed"]
    (history,) = stage.all(models.PartnershipDeliveryPartner)
    assert history.delivery_partner_id == stage.at.alder


def test_a_confirmation_needs_no_body_when_the_partner_is_known(stage: Stage) -> None:
    row = proposal(stage)
    path = f"/api/v3/partnership-proposals/{row.id}/confirm"
    answer: Any = stage.northstar.caller.send("PUT", path, 200).json
    assert answer["data"]["attributes"]["status"] == "active"


def test_an_unknown_partner_must_be_named_and_a_known_one_may_not_change(stage: Stage) -> None:
    unknown = proposal(stage, delivery_partner_id=None)
    known = proposal(stage)
    refused = stage.northstar.refused
    missing = [("delivery_partner_id", "Enter delivery_partner_id")]
    assert refused(confirm(unknown)) == refused(confirm(unknown), delivery_partner_id=" ") == missing
    assert refused(confirm(unknown), delivery_partner_id=UNKNOWN) == [
        ("delivery_partner_id", "Enter the delivery_partner_id of a delivery partner that you work with")
    ]
    sentence = (
        "This proposal names another delivery partner. Leave delivery_partner_id out, or decline the proposal"
    )
    for other in (stage.at.bramble, UNKNOWN, 5, "abc"):
        assert refused(confirm(known), delivery_partner_id=other) == [("delivery_partner_id", sentence)]
    made = stage.northstar.send(confirm(unknown), delivery_partner_id=stage.at.bramble)
    assert (made["id"], made["attributes"]["delivery_partner_id"]) == (unknown.id, stage.at.bramble)


def test_a_pairing_closed_meanwhile_stops_a_confirmation(stage: Stage) -> None:
    row = proposal(stage)
    closed = {"lead_provider_id": stage.at.northstar, "delivery_partner_id": stage.at.alder, "cohort": 2025}
    stage.do(lambda: _close(**closed))
    assert stage.northstar.refused(confirm(row))[0][1].startswith(
        "You do not work with this delivery partner"
    )
    assert stage.northstar.show(f"/partnership-proposals/{row.id}")["status"] == "proposed"


def _close(**of: Any) -> None:
    from app.data.transaction import write

    write(lambda s: s.query(models.Pairing).filter_by(**of).update({"closed_on": records.TODAY}))


def at_a_school(stage: Stage, status: str) -> models.Partnership:
    school = records.school()
    school_id = school.id
    stage.do(lambda: worlds.save(school))
    ever = status in ("active", "challenged")
    return stage.partnership(school_id=school_id, status=status, ever_active=ever)


def test_a_partner_named_for_an_unknown_one_that_has_its_own_row_takes_the_people(stage: Stage) -> None:
    """One row for each school, provider, partner and cohort: the people move to it."""
    for status in ("proposed", "active", "challenged", "declined"):
        named = at_a_school(stage, status)
        waiting = proposal(stage, school_id=named.school_id, delivery_partner_id=None)
        who = stage.ect(waiting, name=status)
        made = stage.northstar.send(confirm(waiting), delivery_partner_id=stage.at.alder)
        assert (made["id"], made["attributes"]["status"]) == (named.id, "active")
        assert who.teacher in stage.northstar.ids("/participants/ecf")
        assert stage.northstar.show(f"/partnership-proposals/{waiting.id}")["status"] == "retracted"


def test_only_what_is_proposed_can_be_confirmed_or_declined(stage: Stage) -> None:
    for status in ("active", "declined", "retracted", "challenged"):
        row = at_a_school(stage, status)
        words = "This proposal is {}. Only one that is proposed can be {}"
        assert stage.northstar.refused(confirm(row)) == [("base", words.format(status, "confirmed"))]
        refused = stage.northstar.refused(decline(row), reason="other")
        assert refused == [("base", words.format(status, "declined"))]
        assert stage.kinds(row.id) == []


def test_a_declined_proposal_says_why(stage: Stage) -> None:
    row = proposal(stage)
    stage.ect(row)
    for reason, sentence in ((None, "Enter reason"), ("", "Enter reason"), ("no", REASONS), (3, REASONS)):
        assert stage.northstar.refused(decline(row), reason=reason) == [("reason", sentence)]
    made = stage.northstar.send(decline(row), reason="not_this_cohort")
    assert (made["id"], made["type"]) == (row.id, "partnership-proposal")
    assert (made["attributes"]["status"], made["attributes"]["declined_reason"]) == (
        "declined",
        "not_this_cohort",
    )
    assert stage.kinds(row.id) == ["partnership.declined"]
    assert stage.northstar.get("/participants/ecf") == []


def test_a_partnership_proposed_anew_is_in_both_lists(stage: Stage) -> None:
    row = stage.partnership(
        status="proposed", ever_active=True, challenged_at=records.NOW, challenged_reason="mistake"
    )
    shown = stage.northstar.show(f"/partnerships/ecf/{row.id}")
    assert (shown["status"], shown["challenged_reason"]) == ("challenged", "mistake")
    assert stage.northstar.show(f"/partnership-proposals/{row.id}")["status"] == "proposed"
    assert (
        stage.northstar.ids("/partnerships/ecf") == stage.northstar.ids("/partnership-proposals") == [row.id]
    )
    assert stage.northstar.send(confirm(row))["attributes"]["status"] == "active"
    assert stage.northstar.ids("/partnership-proposals") == []


def test_a_school_that_changes_its_tutor_changes_its_proposals_and_partnerships(stage: Stage) -> None:
    rows = [stage.partnership(), proposal(stage, delivery_partner_id=stage.at.bramble)]
    before = {row.id: row.updated_at for row in stage.all(models.Partnership)}
    stage.do(
        lambda: worlds.change(
            models.School,
            stage.at.oakfield.id,
            induction_tutor_name="Priya Shah",
            induction_tutor_email="p@x.example",
        )
    )
    for row, path in zip(rows, ("/partnerships/ecf", "/partnership-proposals"), strict=True):
        assert stage.northstar.show(f"{path}/{row.id}")["induction_tutor_name"] == "Priya Shah"
        (changed,) = stage.all(models.Partnership, id=row.id)
        assert changed.updated_at > before[row.id]
