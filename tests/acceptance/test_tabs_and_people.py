"""Acceptance case 17 of the school journey: two people in two tabs, and one run in two tabs."""

from __future__ import annotations

import pytest
from flask import Flask

from app.data.models import EctPeriod, Teacher
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.registering import USUAL, Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

STALE = "Your answers have changed"


def step(going: Registering, **said: str) -> None:
    """Answer the page that is open in a tab."""
    usual = USUAL[going.at]
    going.answer(**{**usual, **{name: said[name] for name in usual if name in said}})


def test_two_people_in_two_tabs_are_never_mixed(client: InspectingClient, stored: Stored) -> None:
    aoife = Registering(client)
    zoe = stories.tab_with_another(aoife)
    assert aoife.reference != zoe.reference
    for _ in range(20):
        if aoife.at == zoe.at == "check_answers":
            break
        if aoife.at != "check_answers":
            step(aoife, same_organisation="no")
        if zoe.at != "check_answers":
            step(zoe, **stories.ZOE, working_pattern="part_time", lead_provider=fixture.TEACH_FORWARD)
    assert shown.rows(aoife.page)["Name"] == "Aoife O'Brien"
    assert shown.rows(zoe.page)["Name"] == "Zoë D'Arcy-N'Diaye"
    zoe.send()
    aoife.send()
    by_trn = {each.trn: each.id for each in stored.all(Teacher)}
    mine = stored.one(EctPeriod, EctPeriod.teacher_id == by_trn[fixture.AOIFE_TRN])
    other = stored.one(EctPeriod, EctPeriod.teacher_id == by_trn[fixture.ZOE_TRN])
    assert (mine.email, mine.working_pattern) == ("aoife@example.com", "full_time")
    assert (other.email, other.working_pattern) == ("zoe@example.com", "part_time")
    (northstar,) = stored.proposals(fixture.NORTHSTAR)
    assert (northstar.delivery_partner_name, northstar.participants_waiting) == ("St Oswin's Hub", 1)
    (forward,) = [p for p in stored.proposals(fixture.TEACH_FORWARD) if p.urn == fixture.OAKFIELD_URN]
    assert (forward.delivery_partner_name, forward.participants_waiting) == ("St Oswin's Hub", 1)


def test_two_tutors_at_once_are_never_mixed(app: Flask, client: InspectingClient, stored: Stored) -> None:
    mine = Registering(client)
    mine.to("email")
    other_client: InspectingClient = app.test_client()  # type: ignore[assignment]
    theirs = Registering(other_client, tutor=fixture.HARROW_LANE_TUTOR, urn=fixture.HARROW_LANE_URN)
    theirs.confirm(**stories.ZOE)
    mine.confirm()
    schools = {row.email: row.school_id for row in stored.all(EctPeriod)}
    assert schools["aoife@example.com"] == fixture.OAKFIELD
    assert schools["zoe@example.com"] == fixture.HARROW_LANE


def test_a_stale_confirm_is_refused_and_check_answers_is_shown_afresh(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    other = stories.tab(going)
    other.change("working pattern")
    other.answer(working_pattern="part_time")
    counts = stored.counts()
    going.send()
    assert going.at == "check_answers"
    (notice,) = shown.notices(going.page)
    assert notice == (
        f"{STALE} Someone, or you in another tab, changed an answer after this page was opened. Check the answers "
        "again before you register Aoife O'Brien."
    )
    assert shown.rows(going.page)["Working pattern"] == "Part time"
    assert stored.counts() == counts
    going.send()
    assert going.page.h1 == "Aoife O'Brien is registered"
    assert stored.one(EctPeriod, EctPeriod.email == "aoife@example.com").working_pattern == "part_time"


def test_a_stale_confirm_after_the_way_grew_longer_leads_to_the_new_question(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    other = stories.tab(going)
    other.change("lead provider")
    other.answer(lead_provider=fixture.TEACH_FORWARD)
    assert other.at == "delivery_partner"
    counts = stored.counts()
    going.send()
    assert going.at == "delivery_partner"
    assert stored.counts() == counts


def test_a_stale_answer_never_overwrites_a_newer_one(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.to("working_pattern")
    other = stories.tab(going)
    other.see("working_pattern")
    other.answer(working_pattern="part_time")
    going.answer(working_pattern="full_time")
    assert going.at == "working_pattern"
    assert shown.notices(going.page)[0].startswith(STALE)
    assert shown.chosen(going.page) == ["Part time"]
    assert stored.answers(going.reference)["working_pattern"] == {"working_pattern": "part_time"}


def test_a_colleague_can_go_on_with_a_run_and_the_first_tab_is_told(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    colleague = stories.second_tutor(stored)
    going = Registering(client)
    going.to("check_answers")
    other_client: InspectingClient = app.test_client()  # type: ignore[assignment]
    other_client.sign_in(colleague)
    other = stories.tab(going)
    other.client = other_client
    other.change("email address")
    other.answer(email="a.obrien@example.com")
    going.send()
    assert shown.notices(going.page)[0].startswith(STALE)
    assert shown.rows(going.page)["Email address"] == "a.obrien@example.com"
