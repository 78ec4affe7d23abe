"""DfE sets by hand whether somebody’s training can be funded, and says why (Provider API, Funding)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from app.data import models
from app.data.transaction import write
from app.domain.refusals import Refused
from app.domain.schedules import Course
from app.services import funding
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.web.api_v3.playing import BY, CLOCK, Stage, set_up
from tests.web.finance.rows import facts, success, table


@dataclass(frozen=True)
class Desk:
    """An ECT whose funding isn’t known, with one declaration that waits; and Asha Begum’s browser."""

    stage: Stage
    asha: InspectingClient
    who: worlds.Trained

    @property
    def page(self) -> str:
        """The ECT’s page."""
        return f"/finance/participants/{self.who.teacher}"

    def states(self) -> list[str]:
        """The states of the declarations."""
        return [row.state for row in self.stage.all(models.Declaration)]


@pytest.fixture
def desk(app: Flask, clock: Clock, client: InspectingClient) -> Desk:
    clock.set(CLOCK)
    stage = set_up(app)
    asha = records.person(kind="dfe", name="Asha Begum", demo=True)
    identity = asha.id
    stage.do(lambda: records.save(asha))
    who = stage.ect(stage.partnership(), None, name="Aoife O’Brien")
    stage.store(lambda at: worlds.declaration(who, at.northstar, state="submitted"))
    client.sign_in(identity)
    return Desk(stage, client, who)


def test_funding_is_set_by_hand_with_a_reason_after_a_check(desk: Desk) -> None:
    page = desk.asha.see(desk.page)
    assert facts(page)["Funding as an ECT"] == "Not decided yet"
    page = desk.asha.see(page.link("Change funding as an ECT"))
    assert page.h1 == "Set funding as an ECT by hand"
    desk.asha.submit("Continue", status=422)
    assert [link for _, link in desk.asha.page.error_links] == ["#eligible", "#note"]
    desk.asha.submit("Continue", status=422, eligible="yes", note="x" * 501)
    desk.asha.submit("Continue", eligible="yes", note="  Qualified abroad,  papers seen ")
    assert facts(desk.asha.page)["Why"] == "Qualified abroad, papers seen"
    assert "1 declaration is waiting for this, and becomes eligible." in desk.asha.page.text
    desk.asha.submit("Change these answers")
    assert desk.asha.page.by_id["eligible"].get("checked") is not None
    desk.asha.submit("Continue")
    desk.asha.submit("Set the funding")
    page = desk.asha.follow()
    assert success(page) == "The funding has been set by hand."
    assert facts(page)["Funding as an ECT"] == "Can be fundedSet by hand on 15 September 2025"
    assert desk.states() == ["eligible"]
    happened = [row[1:] for row in table(page, "History")]
    said = "Funding was set by hand: Can be funded. Why: Qualified abroad, papers seen"
    assert [said, "Asha Begum, DfE"] in happened


def test_what_was_set_by_hand_is_not_decided_again_but_by_hand(desk: Desk) -> None:
    def set_to(eligible: bool) -> None:
        desk.stage.do(
            lambda: write(
                lambda session: funding.set_by_hand(
                    session, desk.who.teacher, Course.ECF_INDUCTION, eligible, "note", BY
                )
            )
        )

    set_to(False)
    assert desk.states() == ["ineligible"]
    again = desk.stage.do(
        lambda: write(lambda s: funding.decide(s, desk.who.teacher, Course.ECF_INDUCTION, True, BY))
    )
    (row,) = desk.stage.all(models.Funding)
    assert not again and row.eligible is False
    set_to(True)
    assert desk.stage.all(models.Funding)[0].eligible is True
    assert desk.states() == ["ineligible"]
    with pytest.raises(Refused, match="blank"):
        desk.stage.do(
            lambda: write(
                lambda s: funding.set_by_hand(s, desk.who.teacher, Course.ECF_INDUCTION, True, " ", BY)
            )
        )


def test_a_decision_made_meanwhile_is_not_overwritten(desk: Desk) -> None:
    desk.asha.see(f"{desk.page}/funding/ecf-induction")
    desk.asha.submit("Continue", eligible="no", note="Told by phone")
    form = desk.asha.page
    desk.stage.do(
        lambda: write(lambda s: funding.decide(s, desk.who.teacher, Course.ECF_INDUCTION, True, BY))
    )
    desk.asha._page = form
    desk.asha.submit("Set the funding", status=409)
    assert desk.asha.page.h1 == "Somebody else made a change first"
    assert desk.asha.page.link("Go back to the participant") == desk.page
    assert desk.stage.all(models.Funding)[0].by_hand is False


def test_a_course_they_do_not_train_on_has_no_page(desk: Desk) -> None:
    for course in ("ecf-mentor", "other", "ECF-INDUCTION"):
        desk.asha.get(f"{desk.page}/funding/{course}", status=404)
        assert desk.asha.page.h1 == "Page not found"
