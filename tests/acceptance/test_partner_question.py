"""Acceptance cases 1 to 7 of the school journey: the lead provider, the same organisation, the list."""

from __future__ import annotations

import pytest

from tests.support import acceptance as fixture
from tests.support.client import InspectingClient
from tests.support.registering import Registering

pytestmark = pytest.mark.usefixtures("acceptance")


def test_case_1_yes_registers_one_proposed_partnership(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("check_answers")
    assert "Alder Teaching School Hub" in going.page.text
    going.confirm()
    assert going.page.h1 == "Aoife O'Brien is registered"
