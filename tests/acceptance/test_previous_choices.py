"""Acceptance case 19 of the school journey: the last choices, offered again as one yes or no while they hold."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from app.data.models import AppropriateBody, Cohort, LeadProvider, LeadProviderCohort, Pairing
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.registering import Registering, day
from tests.support.stored import Stored
from tests.support.stories import AMELIA, ZOE

pytestmark = pytest.mark.usefixtures("acceptance")

YEAR_AGO = "2024-09-16 10:00"


def registered_a_year_ago(client: InspectingClient, clock: Clock, **said: str) -> None:
    """Zoë is registered at Oakfield in September 2024; then it is September 2025 again."""
    clock.set(YEAR_AGO)
    Registering(client).confirm(**ZOE, **day(2, 9, 2024), **said)  # type: ignore[arg-type]
    clock.set(fixture.ACCEPTANCE_CLOCK)


def after_working_pattern(client: InspectingClient, **said: str) -> Registering:
    """Aoife’s registration at the page that comes after the working pattern."""
    going = Registering(client)
    going.to("working_pattern", **said)
    going.answer(working_pattern="full_time")
    return going


def test_the_last_choices_are_offered_by_name_and_yes_makes_a_row_for_this_cohort(
    client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    registered_a_year_ago(client, clock)
    (old,) = stored.partnerships(fixture.OAKFIELD)
    assert (old.cohort, old.delivery_partner_name) == (2024, "Alder Teaching School Hub")
    going = after_working_pattern(client)
    assert going.at == "previous_choices"
    assert going.page.h1 == "Do you want the same training for Aoife O'Brien as last time?"
    hint = shown.hints(going.page)["Yes, the same"]
    for line in (
        "Appropriate body: Alder Teaching School Hub",
        "Provider-led",
        "Lead provider: Northstar",
        "Delivery partner: Alder Teaching School Hub",
    ):
        assert line in hint
    assert shown.chosen(going.page) == []
    going.answer(previous_choices="yes")
    assert going.at == "check_answers"
    assert shown.rows(going.page)["Same training as last time"] == "Yes"
    for what in ("appropriate body", "training", "lead provider", "delivery partner"):
        assert shown.changes(going.page)[what] == "previous-choices"
    going.send()
    rows = {row.cohort: row for row in stored.partnerships(fixture.OAKFIELD)}
    assert (rows[2025].lead_provider_name, rows[2025].delivery_partner_name, rows[2025].status) == (
        "Northstar",
        "Alder Teaching School Hub",
        "proposed",
    )
    assert (rows[2024].id, rows[2024].ects) == (old.id, 1)
    waiting = {(p.cohort, p.participants_waiting) for p in stored.proposals(fixture.NORTHSTAR)}
    assert waiting == {(2024, 1), (2025, 1)}


def test_no_asks_every_question_and_changes_lead_to_them(client: InspectingClient, clock: Clock) -> None:
    registered_a_year_ago(client, clock)
    going = after_working_pattern(client)
    going.answer(previous_choices="no")
    assert going.at == "appropriate_body"
    assert shown.chosen(going.page) == []
    going.to("check_answers")
    assert shown.rows(going.page)["Same training as last time"] == "No"
    changes = shown.changes(going.page)
    assert {
        what: changes[what] for what in ("appropriate body", "training", "lead provider", "delivery partner")
    } == {
        "appropriate body": "appropriate-body",
        "training": "programme",
        "lead provider": "lead-provider",
        "delivery partner": "same-organisation",
    }


def test_changing_yes_to_no_at_check_answers_asks_the_questions_and_comes_back(
    client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    registered_a_year_ago(client, clock)
    going = after_working_pattern(client)
    going.answer(previous_choices="yes")
    going.change("lead provider")
    assert going.at == "previous_choices"
    going.answer(previous_choices="no")
    assert going.at == "appropriate_body"
    going.confirm(lead_provider=fixture.LANTERN)
    (made,) = stored.proposals(fixture.LANTERN)
    assert (made.delivery_partner_id, made.participants_waiting) == (None, 1)


@pytest.mark.parametrize(
    "close",
    [
        lambda stored: stories.close_pairing(stored, fixture.NORTHSTAR, fixture.ALDER_PARTNER),
        lambda stored: stories.close_place(stored, fixture.NORTHSTAR),
        lambda stored: stories.make_inactive(stored, LeadProvider, fixture.NORTHSTAR),
        lambda stored: stories.make_inactive(stored, AppropriateBody, fixture.ALDER_BODY),
    ],
    ids=["the pairing closed", "the place closed", "the lead provider inactive", "the body inactive"],
)
def test_what_no_longer_holds_is_not_offered(
    client: InspectingClient, stored: Stored, clock: Clock, close: object
) -> None:
    registered_a_year_ago(client, clock)
    assert callable(close)
    close(stored)
    assert after_working_pattern(client).at == "appropriate_body"


def test_a_delivery_partner_without_a_pairing_this_year_is_not_offered(
    client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    registered_a_year_ago(client, clock, lead_provider=fixture.CEDAR)
    (old,) = stored.partnerships(fixture.OAKFIELD)
    assert (old.lead_provider_name, old.cohort) == ("Cedar", 2024)
    assert after_working_pattern(client).at == "appropriate_body"


def test_an_unknown_delivery_partner_is_never_offered(client: InspectingClient, stored: Stored) -> None:
    Registering(client).confirm(same_organisation="unknown")
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert made.delivery_partner_id is None
    assert after_working_pattern(client, **ZOE).at == "appropriate_body"


def test_school_led_training_is_offered_again_on_two_lines(client: InspectingClient, stored: Stored) -> None:
    Registering(client).confirm(programme="school_led")
    going = after_working_pattern(client, **ZOE)
    assert going.at == "previous_choices"
    hint = shown.hints(going.page)["Yes, the same"]
    assert "School-led" in hint
    assert "Lead provider" not in hint
    going.answer(previous_choices="yes")
    assert "We do not tell any training organisation." in going.page.text
    going.send()
    assert stored.partnerships(fixture.OAKFIELD) == ()


def test_a_start_date_in_a_year_where_they_do_not_hold_drops_the_yes(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    going = after_working_pattern(client, **ZOE)
    going.answer(previous_choices="yes")
    open_2026(stored, (fixture.NORTHSTAR, fixture.ST_OSWINS))
    counts = stored.counts()
    going.change("start date")
    going.answer(**day(1, 6, 2026))
    assert going.at == "appropriate_body"
    assert stored.counts() == counts
    going.to("lead_provider", appropriate_body=fixture.QUARRY_BODY)
    going.confirm(delivery_partner=fixture.ST_OSWINS)
    rows = {row.cohort: row.delivery_partner_name for row in stored.partnerships(fixture.OAKFIELD)}
    assert rows == {2025: "Alder Teaching School Hub", 2026: "St Oswin's Hub"}


def test_a_start_date_in_a_year_where_they_still_hold_asks_about_that_year(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    going = after_working_pattern(client, **ZOE)
    going.answer(previous_choices="yes")
    open_2026(stored, (fixture.NORTHSTAR, fixture.ALDER_PARTNER))
    going.change("start date")
    going.answer(**day(1, 6, 2026))
    assert going.at == "previous_choices"
    going.answer(previous_choices="yes")
    going.send()
    rows = {row.cohort: row.status for row in stored.partnerships(fixture.OAKFIELD)}
    assert rows == {2025: "proposed", 2026: "proposed"}


def test_the_latest_choices_are_the_ones_offered(client: InspectingClient) -> None:
    Registering(client).confirm()
    second = Registering(client)
    second.confirm(**ZOE, lead_provider=fixture.TEACH_FORWARD)
    going = after_working_pattern(client, **AMELIA)
    assert "Lead provider: Teach Forward" in shown.hints(going.page)["Yes, the same"]


def open_2026(stored: Stored, *pairings: tuple[str, str]) -> None:
    """DfE opens 2026 early, with these pairings."""
    stored.change(
        lambda session: session.connection().execute(
            update(Cohort).where(Cohort.start_year == 2026).values(opened_on=date(2025, 9, 1))
        )
    )
    for provider in {provider for provider, _ in pairings}:
        stored.store(LeadProviderCohort(lead_provider_id=provider, cohort=2026, closed_on=None))
    for provider, partner in pairings:
        stored.store(
            Pairing(lead_provider_id=provider, delivery_partner_id=partner, cohort=2026, closed_on=None)
        )
