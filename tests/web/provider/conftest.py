"""What the tests of a lead provider’s pages ask for: two of them side by side, and somebody at each with a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from app.data import models
from tests.data import records
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, Stage, set_up


@dataclass(frozen=True)
class Office:
    """Northstar’s people and Teach Forward’s, on the stage that the API is tested on."""

    app: Flask
    stage: Stage
    kim: InspectingClient
    kim_id: str

    def other(self) -> InspectingClient:
        """A browser in which Lou Dale of Teach Forward is signed in."""
        return at_desk(self.app, "Lou Dale", self.stage.at.teach_forward, self.stage)[0]

    def proposal(self, **values: Any) -> models.Partnership:
        """What Oakfield asks Northstar to confirm: Alder, in 2025."""
        return self.stage.partnership(**{"status": "proposed", "ever_active": False} | values)

    def theirs(self, **values: Any) -> models.Partnership:
        """A partnership of Teach Forward’s."""
        return self.stage.partnership(lead_provider_id=self.stage.at.teach_forward, **values)


def at_desk(app: Flask, name: str, lead_provider_id: str, stage: Stage) -> tuple[InspectingClient, str]:
    """A browser in which somebody at a lead provider is signed in, and their id."""
    person = records.person(kind="lead_provider", name=name, demo=True, lead_provider_id=lead_provider_id)
    identity = person.id
    stage.do(lambda: records.save(person))
    browser: InspectingClient = app.test_client()  # type: ignore[assignment]
    browser.sign_in(identity)
    return browser, identity


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    """Kim Osei is at Northstar, Lou Dale at Teach Forward. It is 15 September 2025."""
    clock.set(CLOCK)
    stage = set_up(app)
    kim, kim_id = at_desk(app, "Kim Osei", stage.at.northstar, stage)
    return Office(app, stage, kim, kim_id)
