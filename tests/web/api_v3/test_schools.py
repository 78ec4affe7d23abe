"""Schools over HTTP (Provider API, Endpoints and Attributes)."""

from __future__ import annotations

import pytest
from flask import Flask

from app.data import models
from tests.data.queries.api import worlds
from tests.support.clocks import Clock
from tests.web.api_v3.conftest import said
from tests.web.api_v3.playing import CLOCK, Stage, set_up

LIST = "/api/v3/schools/ecf"
NEEDED = [("Bad parameter", "Enter the cohort as filter[cohort]")]


@pytest.fixture
def stage(api: Flask, clock: Clock) -> Stage:
    clock.set(CLOCK)
    return set_up(api)


def test_a_school_is_told_as_it_stands_in_one_cohort(stage: Stage) -> None:
    stage.partnership()
    for cohort, choice in ((2025, "provider_led"), (2024, "not_yet_known")):
        listed = stage.northstar.get("/schools/ecf", cohort=cohort, urn=stage.at.oakfield.urn)
        (found,) = listed
        told = found["attributes"]
        assert told == {
            "name": "Oakfield Primary",
            "urn": stage.at.oakfield.urn,
            "cohort": str(cohort),
            "in_partnership": cohort == 2025,
            "induction_programme_choice": choice,
            "created_at": told["created_at"],
            "updated_at": told["updated_at"],
        }
        assert stage.northstar.get(f"/schools/ecf/{stage.at.oakfield.id}", cohort=cohort) == found
    assert stage.teach_forward.ids("/schools/ecf", cohort=2025) == stage.northstar.ids(
        "/schools/ecf", cohort=2025
    )


def test_the_cohort_is_needed(stage: Stage) -> None:
    caller = stage.northstar.caller
    for query in ("", "?filter[cohort]=", "?filter[cohort]=%20", "?filter[urn]=900101"):
        assert said(caller.get(LIST + query, 400)) == NEEDED
        assert said(caller.get(f"{LIST}/{stage.at.oakfield.id}{query}", 400)) == NEEDED


def test_a_cohort_that_is_none_has_no_schools(stage: Stage) -> None:
    caller = stage.northstar.caller
    for cohort in ("abc", "2024,2025", "1999", "20255", "-2025", "\uff12\uff10\uff12\uff15", "2025.0"):
        assert caller.get(f"{LIST}?filter[cohort]={cohort}").json == {"data": []}
        caller.get(f"{LIST}/{stage.at.oakfield.id}?filter[cohort]={cohort}", 404)


def test_a_school_that_cannot_be_paid_for_is_not_found(stage: Stage) -> None:
    stage.change(models.School, stage.at.harrow.id, status="Closed")
    assert stage.northstar.ids("/schools/ecf", cohort=2025) == [stage.at.oakfield.id]
    stage.northstar.caller.get(f"{LIST}/{stage.at.harrow.id}?filter[cohort]=2025", 404)


def test_what_happens_at_a_school_changes_it_and_no_other(stage: Stage) -> None:
    def since() -> dict[str, str]:
        return {
            each["id"]: each["attributes"]["updated_at"]
            for each in stage.northstar.get("/schools/ecf", cohort=2025)
        }

    before = {row.id: row.updated_at for row in stage.all(models.School)}
    made = stage.northstar.send(
        "post /partnerships/ecf",
        cohort=2025,
        school_id=stage.at.oakfield.id,
        delivery_partner_id=stage.at.alder,
    )
    after = {row.id: row.updated_at for row in stage.all(models.School)}
    assert after[stage.at.oakfield.id] > before[stage.at.oakfield.id]
    assert after[stage.at.harrow.id] == before[stage.at.harrow.id]
    assert made["attributes"]["updated_at"] == since()[stage.at.oakfield.id]


def test_mentors_in_training_say_provider_led_too_and_let_a_report_in(stage: Stage) -> None:
    """What the list says of a school, the report goes by."""
    challenged = stage.partnership(status="challenged", lead_provider_id=stage.at.teach_forward)
    stage.store(worlds.ect, None)
    stage.mentor(challenged)
    (found,) = stage.northstar.get("/schools/ecf", cohort=2025, urn=stage.at.oakfield.urn)
    assert found["attributes"]["induction_programme_choice"] == "provider_led"
    made = stage.northstar.send(
        "post /partnerships/ecf",
        cohort=2025,
        school_id=stage.at.oakfield.id,
        delivery_partner_id=stage.at.alder,
    )
    assert made["attributes"]["status"] == "active"
