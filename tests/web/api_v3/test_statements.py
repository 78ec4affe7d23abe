"""Statements over HTTP: when, never how much (Provider API, Attributes; Schedules and money, Statements)."""

from __future__ import annotations

import pytest
from flask import Flask

from app.data import models
from app.domain.statements import planned
from tests.support.clocks import Clock
from tests.web.api_v3.conftest import said
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Stage, set_up

LIST = "/statements"


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def test_output_statements_are_listed_by_payment_date(stage: Stage) -> None:
    listed = [each["attributes"] for each in stage.northstar.get(LIST, cohort="2025")]
    expected = sorted((each for each in planned(2025) if each.output), key=lambda each: each.pays_on)
    assert [(each["cut_off_date"], each["payment_date"]) for each in listed] == [
        (f"{each.deadline_on}", f"{each.pays_on}") for each in expected
    ]
    first = listed[0]
    assert first == {
        "month": "January",
        "year": "2026",
        "type": "ecf",
        "cohort": "2025",
        "cut_off_date": "2025-12-31",
        "payment_date": "2026-01-25",
        "paid": False,
        "created_at": first["created_at"],
        "updated_at": first["updated_at"],
    }


def test_one_with_the_service_fee_alone_is_found_by_its_id(stage: Stage) -> None:
    rows = stage.all(models.Statement, lead_provider_id=stage.at.northstar, output=False)
    assert rows[0].id not in stage.northstar.ids(LIST)
    assert stage.northstar.show(f"{LIST}/{rows[0].id}")["paid"] is False


def test_filters_and_others(stage: Stage) -> None:
    ids = stage.northstar.ids
    own = ids(LIST)
    assert ids(LIST, type="ecf") == ids(LIST, cohort="2024,2025") == own
    assert ids(LIST, type="npq") == ids(LIST, cohort="1999") == []
    assert len(ids(LIST, cohort="2024")) == len(own) / 2
    assert not set(own) & set(stage.teach_forward.ids(LIST))
    unknown = stage.teach_forward.missing(f"get {LIST}/{UNKNOWN}")
    assert stage.teach_forward.missing(f"get {LIST}/{own[0]}") == unknown
    refused = stage.northstar.caller.get(f"/api/v3{LIST}?filter[updated_since]=soon", 400)
    assert said(refused)[0][0] == "Bad request"


def test_a_statement_that_closes_has_changed(stage: Stage) -> None:
    before = {row.id: row.updated_at for row in stage.all(models.Statement)}
    (first, *_) = stage.northstar.ids(LIST)
    stage.change(models.Statement, first, state="payable")
    after = {row.id: row.updated_at for row in stage.all(models.Statement)}
    assert {each for each, at in after.items() if at > before[each]} == {first}
