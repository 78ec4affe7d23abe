"""`X-With-Server-Date`: another time for one request, outside production (Provider API, Declarations)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.data import clock as clocks
from app.data.columns import PENDING
from app.data.database import reading
from app.data.models import School
from tests.data import records
from tests.support.clocks import Clock
from tests.web.api_v3.conftest import Caller, said

HEADER = "X-With-Server-Date"
TRUE = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)


def times(caller: Caller, sent: str | None) -> dict[str, str]:
    found: Any = caller.get("/clock", headers={} if sent is None else {HEADER: sent}).json
    return dict(found)


@pytest.mark.parametrize(
    ("sent", "now", "today"),
    [
        ("2026-01-15T09:00:00Z", "2026-01-15T09:00:00Z", "2026-01-15"),
        ("2026-01-15T09:00:00+05:30", "2026-01-15T03:30:00Z", "2026-01-15"),
        ("2025-08-31T23:00:00Z", "2025-08-31T23:00:00Z", "2025-09-01"),
        (" 2021-09-01t00:00:00.5z ", "2021-09-01T00:00:00Z", "2021-09-01"),
        ("2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "2000-01-01"),
        ("2199-12-31T23:59:59Z", "2199-12-31T23:59:59Z", "2199-12-31"),
    ],
)
def test_rules_see_the_time_that_was_sent(
    caller: Caller, clock: Clock, sent: str, now: str, today: str
) -> None:
    clock.set(TRUE)
    found = times(caller, sent)
    assert (found["now"], found["today"]) == (now, today)
    assert found["true"].startswith("2025-09-15T09:00")


def test_the_next_request_has_the_true_time_again(caller: Caller, clock: Clock) -> None:
    clock.set(TRUE)
    times(caller, "2026-01-15T09:00:00Z")
    assert times(caller, None)["now"].startswith("2025-09-15T09:00")
    caller.get("/breaks", 500, headers={HEADER: "2026-01-15T09:00:00Z"})
    caller.get("/clock", 400, headers={HEADER: "soon"})
    assert times(caller, None)["now"].startswith("2025-09-15T09:00")
    assert clocks.now().year == 2025


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "soon",
        "2026-01-15",
        "2026-01-15T09:00:00",
        "2026-13-15T09:00:00Z",
        "2026-01-15T24:00:00Z",
        "1700000000",
        "1999-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "Thu, 15 Jan 2026 09:00:00 GMT",
        "é",
    ],
)
def test_what_is_no_time_is_refused(caller: Caller, sent: str) -> None:
    title, detail = said(caller.get("/clock", 400, headers={HEADER: sent}))[0]
    assert title == "Bad request"
    assert detail.startswith("Send X-With-Server-Date as an RFC 3339 date and time")


def test_in_production_it_is_not_read(
    api: Flask, caller: Caller, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(TRUE)
    live = replace(api.config["SETTINGS"], environment="production")
    monkeypatch.setitem(api.config, "SETTINGS", live)
    assert times(caller, "2026-01-15T09:00:00Z")["now"].startswith("2025-09-15T09:00")
    assert times(caller, "soon")["now"].startswith("2025-09-15T09:00")


def test_stamps_are_the_true_time(api: Flask, caller: Caller, clock: Clock) -> None:
    clock.set(TRUE)
    with api.app_context():
        clocks.move(TRUE + timedelta(days=500))
        try:
            records.save(records.school(updated_at=PENDING))
        finally:
            clocks.move(None)
        (stamp,) = reading().execute(select(School.updated_at)).scalars()
    assert TRUE <= stamp < TRUE + timedelta(minutes=1)


def test_a_stopped_clock_is_moved_too() -> None:
    try:
        clocks.freeze(TRUE)
        clocks.move(TRUE + timedelta(days=1))
        assert (clocks.now(), clocks.true_now()) == (TRUE + timedelta(days=1), TRUE)
        clocks.move(None)
        assert clocks.now() == TRUE
        assert clocks.unstopped_now() != TRUE
    finally:
        clocks.move(None)
        clocks.freeze(None)


def test_a_time_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clocks.move(datetime(2026, 1, 1))  # noqa: DTZ001
