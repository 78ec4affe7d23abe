"""The cohort flips at London midnight, also between check answers and the button on it (case 12)."""

from __future__ import annotations

import pytest

from tests.support import acceptance as fixture
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.registering import Registering
from tests.support.shown import notices
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("open_2026")


def test_answers_checked_before_midnight_and_sent_after_it_are_shown_again(
    client: InspectingClient, clock: Clock, stored: Stored
) -> None:
    clock.set("2026-05-31 23:50")
    going = Registering(client)
    going.to("check_answers")
    assert "in 2025 to 2026 before" in going.page.text
    clock.set("2026-06-01 00:05")
    before = stored.counts()
    going.send()
    assert going.at == "check_answers"
    assert any("Your answers have changed" in notice for notice in notices(going.page))
    assert "in 2026 to 2027 before" in going.page.text
    assert stored.counts() == before
    going.send()
    assert [each.cohort for each in stored.partnerships(fixture.OAKFIELD)] == [2026]
