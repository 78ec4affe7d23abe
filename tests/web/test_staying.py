"""The warning before a sign-in ends: what the page carries for it, and what staying does."""

from __future__ import annotations

import pytest

from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.document import values_of

pytestmark = pytest.mark.usefixtures("acceptance")


def test_staying_keeps_a_sign_in_past_the_time_it_would_have_ended(
    client: InspectingClient, clock: Clock
) -> None:
    client.sign_in(acceptance.OAKFIELD_TUTOR)
    path = client.last_path
    form = client.page.form(button="Sign out")
    assert form.get("data-app-session") == str(2 * 60 * 60)
    clock.set("2025-09-15 11:50")
    client.post("/session/stay", data=dict(values_of(client.page, form)), status=204)
    clock.set("2025-09-15 13:40")
    client.get(path, status=200)
    clock.set("2025-09-15 16:00")
    client.get(path, status=303)


def test_staying_is_for_those_who_are_signed_in(client: InspectingClient) -> None:
    client.see("/sign-in")
    tokens = dict(values_of(client.page, client.page.form()))
    client.post("/session/stay", data=tokens, status=303)
    assert client.response.headers["Location"].startswith("/sign-in")
