"""What the tests of finance’s pages ask for: a ledger of statements, and two people at DfE, each with a browser."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.data import records
from tests.services.statements.ledger import Ledger, make_ledger
from tests.support.client import InspectingClient
from tests.support.clocks import Clock


@pytest.fixture
def ledger(app: Flask, clock: Clock) -> Ledger:
    """Northstar’s statements and contract of 2024; Asha Begum asks, Ben Okoro authorises; it is 2 January 2025."""
    clock.set("2025-01-02 09:00")
    with app.app_context():
        made = make_ledger()
        asha = records.person(kind="dfe", name="Asha Begum", demo=True)
        ben = records.person(kind="dfe", name="Ben Okoro", demo=True)
        records.save(asha, ben)
    return Ledger(made.provider, made.training, asha.id, ben.id)


@pytest.fixture
def asha(ledger: Ledger, client: InspectingClient) -> InspectingClient:
    """A browser in which Asha Begum is signed in."""
    client.sign_in(ledger.asker)
    return client


@pytest.fixture
def ben(ledger: Ledger, app: Flask) -> InspectingClient:
    """Another browser, in which Ben Okoro is signed in."""
    other: InspectingClient = app.test_client()  # type: ignore[assignment]
    other.sign_in(ledger.authoriser)
    return other
