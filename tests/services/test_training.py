"""Moving people whose cohort’s payments have stopped (Provider API, change-schedule)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.data.transaction import write
from app.domain.refusals import Refused
from app.domain.training import Action
from app.services import providers, schedules, training
from app.services.asked import Asked, by_lead_provider
from tests.data import records
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import SEPTEMBER, Trained
from tests.web.api_v3.playing import BY, Stage, set_up

FROZEN = datetime(2024, 7, 31, 23, tzinfo=UTC)
EXTENDED = "ecf-extended-september"
STARTED = datetime(2021, 9, 10, 9, tzinfo=UTC)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """With a cohort 2021 whose payments have stopped, and Northstar at Oakfield in it and in 2024."""
    made = set_up(app)
    frozen = records.cohort(2021, payments_frozen_at=FROZEN)
    place = models.LeadProviderCohort(lead_provider_id=made.at.northstar, cohort=2021)
    pairing = models.Pairing(
        lead_provider_id=made.at.northstar, delivery_partner_id=made.at.alder, cohort=2021
    )
    made.do(lambda: worlds.save(frozen, place, pairing))
    made.do(lambda: write(lambda session: schedules.lay_out(session, 2021, BY)))
    return made


@pytest.fixture
def who(stage: Stage) -> Trained:
    """An ECT of 2021 who started and hasn’t finished."""
    early = {"cohort": 2021, "started_on": date(2021, 9, 1)}
    found: Trained = stage.ect(stage.partnership(cohort=2021), **early)
    stage.partnership(cohort=2024)
    declared = {"declared_at": STARTED, "cohort": 2021, "state": "paid"}
    stage.store(lambda at: worlds.declaration(found, at.northstar, **declared))
    return found


def change(stage: Stage, who: Trained, now: datetime = records.NOW, **sent: Any) -> models.TrainingRecord:
    asked: Asked = by_lead_provider(stage.at.northstar, now, "test")
    attributes = {"course_identifier": "ecf-induction", **sent}
    action = Action.CHANGE_SCHEDULE
    stage.do(lambda: providers.change_training(stage.at.northstar, who.teacher, action, attributes, asked))
    (row,) = stage.all(models.TrainingRecord)
    return row  # type: ignore[no-any-return]


def refused(stage: Stage, who: Trained, **sent: Any) -> str:
    with pytest.raises(Refused) as caught:
        change(stage, who, **sent)
    return caught.value.reason


def test_an_unfinished_ect_goes_on_in_2024_on_an_extended_schedule_and_back(
    stage: Stage, who: Trained
) -> None:
    assert refused(stage, who, cohort=2024, schedule_identifier=SEPTEMBER) == "extended_needed"
    row = change(stage, who, cohort=2024, schedule_identifier=EXTENDED)
    assert (row.cohort, row.cohort_changed_after_payments_frozen) == (2024, True)
    (there,) = stage.all(models.Partnership, cohort=2024)
    assert row.partnership_id == there.id
    row = change(stage, who, cohort="2021", schedule_identifier=SEPTEMBER)
    assert (row.cohort, row.cohort_changed_after_payments_frozen) == (2021, False)
    change(stage, who, cohort=2024, schedule_identifier=EXTENDED)
    later = {"declaration_type": "retained-1", "cohort": 2024, "schedule_identifier": EXTENDED}
    stage.store(lambda at: worlds.declaration(who, at.northstar, **later))
    back = {"cohort": 2021, "schedule_identifier": SEPTEMBER}
    assert refused(stage, who, **back) == "declarations_in_cohort"


def test_whoever_has_completed_stays(stage: Stage, who: Trained) -> None:
    stage.store(
        lambda at: worlds.declaration(
            who, at.northstar, declaration_type="completed", cohort=2021, state="payable"
        )
    )
    sent = {"cohort": 2024, "schedule_identifier": EXTENDED}
    assert refused(stage, who, **sent) == "declarations_in_cohort"


def test_whoever_has_finished_induction_stays(stage: Stage, who: Trained) -> None:
    stage.change(models.Teacher, who.teacher, induction_completed_on=date(2023, 7, 1))
    sent = {"cohort": 2024, "schedule_identifier": EXTENDED}
    assert refused(stage, who, **sent) == "declarations_in_cohort"


def test_payments_are_frozen_from_the_very_moment(stage: Stage, who: Trained) -> None:
    sent = {"cohort": 2024, "schedule_identifier": EXTENDED}
    with pytest.raises(Refused, match="declarations_in_cohort"):
        change(stage, who, FROZEN - timedelta(microseconds=1), **sent)
    assert change(stage, who, FROZEN, **sent).cohort_changed_after_payments_frozen is True


def test_training_that_changed_meanwhile_is_a_conflict(stage: Stage, who: Trained) -> None:
    asked = by_lead_provider(stage.at.northstar, records.NOW, "test")
    sent = {"course_identifier": "ecf-induction", "reason": "other"}

    def meddle(session: Any) -> None:
        found = training.enrolments.of(stage.at.northstar, who.teacher)
        session.query(models.TrainingRecord).update({"training_status": "withdrawn", "withdrawn_at": STARTED})
        training._update(session, next(iter(found.values())), {"training_status": "deferred"})

    with pytest.raises(training.Conflict):
        stage.do(lambda: write(meddle))
    (row,) = stage.all(models.TrainingRecord)
    assert row.training_status == "active"
    stage.do(lambda: providers.change_training(stage.at.northstar, who.teacher, Action.DEFER, sent, asked))
