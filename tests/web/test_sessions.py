"""Sessions on the server: what the cookie holds, when a session begins, moves on and ends (Trust, 6)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app.data.database import db
from tests.support.acceptance import ACCEPTANCE_CLOCK, OAKFIELD_TUTOR
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.web.conftest import SignIn

Counting = Callable[[], AbstractContextManager[list[str]]]


def rows(app: Flask, what: str = "token_hash") -> list[object]:
    with app.app_context():
        return list(db.session.execute(text(f"SELECT {what} FROM sessions ORDER BY created_at")).scalars())


def cookie(client: InspectingClient) -> str:
    found = client.get_cookie("session")
    return found.value if found else ""


def signed_in(client: InspectingClient) -> bool:
    client.get("/")
    return any(
        button.get("type") == "submit" and "Sign out" in (button.text or "")
        for button in client.page.all("button")
    )


@pytest.mark.parametrize("path", ["/", "/cookies", "/privacy", "/guidance/who-does-what", "/no-such-page"])
def test_reading_public_pages_sets_no_cookie_and_stores_nothing(
    client: InspectingClient, app: Flask, path: str
) -> None:
    client.get(path, status=404 if path == "/no-such-page" else None)
    assert "Set-Cookie" not in client.response.headers
    assert rows(app) == []


def test_a_form_begins_an_anonymous_session(client: InspectingClient, app: Flask, acceptance: None) -> None:
    client.get("/sign-in")
    assert len(rows(app)) == 1
    assert rows(app, "person_id") == [None]
    client.get("/sign-in")
    assert len(rows(app)) == 1


def test_the_database_has_only_the_hash_of_the_cookie(
    client: InspectingClient, app: Flask, acceptance: None
) -> None:
    client.get("/sign-in")
    token = cookie(client)
    assert len(token) == 43
    assert token not in str(rows(app))
    assert token not in str(rows(app, "data"))


def test_the_cookie_has_every_protection(client: InspectingClient, acceptance: None) -> None:
    client.get("/sign-in")
    sent = client.response.headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(sent.split("; "))
    assert "Domain" not in sent
    assert "Expires" not in sent


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(
    make_app: Callable[..., Flask], acceptance: None
) -> None:
    client = make_app(https=True).test_client()
    response = client.get("/sign-in", base_url="https://localhost")
    sent = response.headers["Set-Cookie"]
    assert sent.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(sent.split("; "))


def test_signing_in_makes_a_new_id_and_the_old_one_opens_nothing(
    client: InspectingClient, app: Flask, sign_in: SignIn
) -> None:
    client.get("/sign-in")
    before = cookie(client)
    sign_in(client, OAKFIELD_TUTOR)
    after = cookie(client)
    assert before != after
    assert len(rows(app)) == 1
    client.set_cookie("session", before)
    assert not signed_in(client)
    client.set_cookie("session", after)
    assert signed_in(client)


def test_signing_out_deletes_the_session_so_a_copied_cookie_opens_nothing(
    client: InspectingClient, app: Flask, sign_in: SignIn
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    copied = cookie(client)
    assert signed_in(client)
    client.submit("Sign out")
    assert cookie(client) == ""
    assert rows(app) == []
    client.set_cookie("session", copied)
    assert not signed_in(client)


def test_an_idle_session_ends_and_one_in_use_does_not(
    client: InspectingClient, sign_in: SignIn, clock: Clock
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    clock.set(ACCEPTANCE_CLOCK + timedelta(minutes=119))
    assert signed_in(client)
    clock.set(ACCEPTANCE_CLOCK + timedelta(minutes=237))
    assert signed_in(client)
    clock.set(ACCEPTANCE_CLOCK + timedelta(minutes=237 + 121))
    assert not signed_in(client)


def test_no_session_outlives_12_hours_however_busy(
    client: InspectingClient, sign_in: SignIn, clock: Clock
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    for minutes in range(60, 12 * 60, 60):
        clock.set(ACCEPTANCE_CLOCK + timedelta(minutes=minutes))
        assert signed_in(client)
    clock.set(ACCEPTANCE_CLOCK + timedelta(hours=12, minutes=1))
    assert not signed_in(client)


def test_last_seen_is_written_at_most_once_a_minute(
    client: InspectingClient, sign_in: SignIn, clock: Clock, count_queries: Counting
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    client.get("/cookies")
    with count_queries() as queries:
        client.get("/cookies")
    assert not any(query.startswith("UPDATE") for query in queries)
    clock.set(ACCEPTANCE_CLOCK + timedelta(minutes=2))
    with count_queries() as queries:
        client.get("/cookies")
        client.get("/cookies")
    assert len([query for query in queries if query.startswith("UPDATE sessions")]) == 1


def test_one_select_a_request_brings_session_person_and_schools(
    client: InspectingClient, sign_in: SignIn, count_queries: Counting
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    client.get("/cookies")
    with count_queries() as queries:
        client.get("/cookies")
    assert len(queries) == 1, queries
    assert "Oakfield Primary" in client.response.get_data(as_text=True)


def test_static_files_and_health_ask_for_no_session(
    client: InspectingClient, sign_in: SignIn, count_queries: Counting
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    with count_queries() as queries:
        client.get("/health/live")
        client.get("/static/nothing", status=404)
    assert queries == []


@pytest.mark.parametrize("value", ["", "abc", "x" * 43, "' OR 1=1 --", "é" * 43, "x" * 3000])
def test_a_cookie_we_never_made_is_nobody_s(client: InspectingClient, app: Flask, value: str) -> None:
    client.set_cookie("session", value)
    assert not signed_in(client)
    assert rows(app) == []


def test_a_session_that_ended_meanwhile_is_not_brought_back(
    client: InspectingClient, app: Flask, sign_in: SignIn
) -> None:
    from app.data import clock as now
    from app.services import signing_in
    from app.web.sessions import limits

    sign_in(client, OAKFIELD_TUTOR)
    token = cookie(client)
    with app.app_context():
        signing_in.end(token)
        signing_in.keep(token, {"late": "write"}, now.now(), limits(app.config["SETTINGS"]))
        signing_in.seen(token, now.now(), limits(app.config["SETTINGS"]))
    assert rows(app) == []


def test_sessions_that_are_over_are_cleared_away_at_the_next_sign_in(
    client: InspectingClient, app: Flask, sign_in: SignIn, clock: Clock
) -> None:
    for _ in range(3):
        app.test_client().get("/sign-in")
    assert len(rows(app)) == 3
    clock.set(ACCEPTANCE_CLOCK + timedelta(days=1))
    sign_in(client, OAKFIELD_TUTOR)
    assert len(rows(app)) == 1
