"""How often a token may ask, counted by all threads and processes together (Provider API, Auth)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.config import Config, RefusedToStart
from app.data.database import db, for_writing, reading
from app.data.models import ChangeClock, RequestCount
from app.factory import create_app
from app.services import api_requests, tokens
from tests.support.clocks import Clock
from tests.support.databases import settings
from tests.web.api_v3.conftest import Caller, issued, said

START = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
COUNTER = """
import sys
from datetime import UTC, datetime, timedelta
from flask import Flask
from app.data.database import configure
from app.services import api_requests

app = Flask("counter")
configure(app, sys.argv[1])
with app.app_context():
    for _ in range(100):
        while (found := api_requests.count("key", timedelta(minutes=5), datetime.now(UTC))) is None:
            pass
        print(found.times)
"""


@pytest.fixture
def five(make_api: Callable[..., Flask]) -> Flask:
    """An application whose tokens may ask 5 times in 5 minutes."""
    return make_api(api_rate_limit="5 per 5 minutes")


def test_the_request_over_the_limit_is_told_when_to_come_back(
    five: Flask, key: tokens.Issued, clock: Clock
) -> None:
    caller = Caller(five, key.token)
    clock.set(START)
    for _ in range(5):
        caller.get("/own")
    clock.set(START + timedelta(minutes=2))
    refused = caller.get("/own", 429)
    assert said(refused) == [("Too many requests", "Wait as many seconds as the header Retry-After says")]
    assert 175 <= int(refused.headers["Retry-After"]) <= 181
    clock.set(START + timedelta(minutes=4, seconds=59))
    assert int(caller.get("/own", 429).headers["Retry-After"]) in (1, 2)


def test_after_the_window_it_begins_anew(five: Flask, key: tokens.Issued, clock: Clock) -> None:
    caller = Caller(five, key.token)
    clock.set(START)
    for status in (200, 200, 200, 200, 200, 429):
        caller.get("/own", status=status)
    clock.set(START + timedelta(minutes=5, seconds=1))
    for status in (200, 200, 200, 200, 200, 429):
        caller.get("/own", status=status)


def test_each_token_has_its_own(five: Flask, key: tokens.Issued, northstar: str) -> None:
    other = issued(five, northstar)
    for caller in (Caller(five, key.token), Caller(five, other.token)):
        for status in (200, 200, 200, 200, 200, 429, 429):
            caller.get("/own", status=status)


def test_refusals_and_faults_count_and_strangers_do_not(five: Flask, key: tokens.Issued) -> None:
    for _ in range(10):
        Caller(five, "x" * 43).get("/own", 401)
    caller = Caller(five, key.token)
    for path, status in (
        ("/foreign", 404),
        ("/breaks", 500),
        ("/refuses/too_late", 422),
        ("/own", 200),
        ("/own", 200),
    ):
        caller.get(path, status)
    caller.get("/own", status=429)


def test_it_is_1000_in_5_minutes_unless_the_settings_say_otherwise(
    api: Flask, caller: Caller, key: tokens.Issued
) -> None:
    caller.get("/own")
    with api.app_context():
        (row,) = (
            reading().execute(select(RequestCount.key, RequestCount.count, RequestCount.expires_at)).all()
        )
    assert key.token_id in row[0]
    assert "1000/5/minute" in row[0]
    assert row[1] == 1
    assert timedelta(minutes=4) < row[2] - datetime.now(UTC) <= timedelta(minutes=5)


def test_the_settings_can_turn_it_off(make_api: Callable[..., Flask], key: tokens.Issued) -> None:
    app = make_api(api_rate_limit="off")
    for _ in range(3):
        Caller(app, key.token).get("/own")
    with app.app_context():
        assert reading().execute(select(func.count(RequestCount.key))).scalar_one() == 0


def test_the_limit_is_read_from_the_environment() -> None:
    assert Config.from_env({}).api_rate_limit == "1000 per 5 minutes"
    assert Config.from_env({"API_RATE_LIMIT": "9 per 1 hour"}).api_rate_limit == "9 per 1 hour"
    assert Config.from_env({}).limits_api
    assert not Config.from_env({"API_RATE_LIMIT": "OFF"}).limits_api


@pytest.mark.parametrize("text", ["often", "0 per 5 minutes", "1000"])
def test_a_setting_that_is_no_rate_stops_the_start(text: str) -> None:
    with pytest.raises(RefusedToStart, match="API_RATE_LIMIT must be like"):
        create_app(settings("sqlite://", api_rate_limit=text))


def test_many_at_once_are_let_through_exactly_as_often(
    make_api: Callable[..., Flask], key: tokens.Issued
) -> None:
    app = make_api(api_rate_limit="30 per 5 minutes")
    app.test_client_class = None
    together = threading.Barrier(8)

    def ask(_number: int) -> list[int]:
        together.wait()
        headers = {"Authorization": f"Bearer {key.token}"}
        return [app.test_client().get("/api/v3/probe/own", headers=headers).status_code for _ in range(6)]

    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(status for answers in pool.map(ask, range(8)) for status in answers)
    assert statuses == {200: 30, 429: 18}


def test_processes_count_together(app: Flask) -> None:
    command = [sys.executable, "-c", COUNTER, app.config["SQLALCHEMY_DATABASE_URI"]]
    counters = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    numbers = [int(line) for counter in counters for line in counter.communicate(timeout=60)[0].split()]
    assert sorted(numbers) == list(range(1, 301))


def test_counting_touches_no_clock_of_changes(api: Flask, caller: Caller) -> None:
    with api.app_context():
        before = reading().execute(select(ChangeClock.at)).scalars().all()
    caller.get("/own")
    with api.app_context():
        assert reading().execute(select(ChangeClock.at)).scalars().all() == before


def test_while_the_database_is_busy_requests_are_answered_uncounted(
    api: Flask, caller: Caller, key: tokens.Issued, capsys: pytest.CaptureFixture[str]
) -> None:
    caller.get("/own")
    with api.app_context():
        holder = db.engine.connect()
        with for_writing():
            holder.begin()
        holder.execute(select(RequestCount.key).with_for_update())
        before = datetime.now(UTC)
        caller.get("/own")
        assert datetime.now(UTC) - before < timedelta(seconds=2)
        holder.close()
    assert "request not counted" in capsys.readouterr().err
    caller.get("/own")
    with api.app_context():
        assert reading().execute(select(RequestCount.count)).scalar_one() == 2


def test_a_stopped_clock_stops_no_window(make_api: Callable[..., Flask], key: tokens.Issued) -> None:
    app = make_api(api_rate_limit="1 per 1 second", frozen_clock="2025-09-15T10:00:00+01:00")
    try:
        caller = Caller(app, key.token)
        caller.get("/own")
        with app.app_context():
            (ends,) = reading().execute(select(RequestCount.expires_at)).scalars()
        assert abs(ends - datetime.now(UTC)) < timedelta(seconds=5)
    finally:
        from app.data import clock

        clock.freeze(None)


def test_counts_that_are_over_are_dropped(app: Flask) -> None:
    with app.app_context():
        api_requests.count("old", timedelta(minutes=5), START)
        api_requests.count("new", timedelta(minutes=5), START + timedelta(minutes=6))
        api_requests.drop_old(START + timedelta(minutes=7), timedelta(days=90))
        assert reading().execute(select(RequestCount.key)).scalars().all() == ["new"]
