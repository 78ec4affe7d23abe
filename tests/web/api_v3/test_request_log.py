"""The log of the API: one row for each request, without what was asked for or sent (Trust, 8)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import Config, RefusedToStart
from app.data.database import db, for_writing, reading
from app.data.ids import new_id
from app.data.models import ApiRequest, ApiToken
from app.services import api_requests, tokens
from app.services.api_requests import Line, Log
from app.web.api_v3 import request_log
from tests.data import records
from tests.support.clocks import Clock
from tests.support.databases import Store
from tests.web.api_v3.conftest import Caller, issued


def lines(api: Flask) -> list[Any]:
    with api.app_context():
        return list(
            reading().execute(select(ApiRequest.__table__).order_by(ApiRequest.at, ApiRequest.id)).mappings()
        )


def test_each_request_leaves_one_row(api: Flask, caller: Caller, key: tokens.Issued, northstar: str) -> None:
    requests = (("/own", 200), ("/foreign", 404), ("/list?page=x", 400), ("/breaks", 500))
    sent = [caller.get(path, status).headers["X-Request-ID"] for path, status in requests]
    sent.append(caller.post("/store", {"name": ""}, 422).headers["X-Request-ID"])
    found = lines(api)
    assert [(line["method"], line["operation"], line["status"]) for line in found] == [
        ("GET", "show", 200),
        ("GET", "show", 404),
        ("GET", "listed", 400),
        ("GET", "breaks", 500),
        ("POST", "store", 422),
    ]
    assert [line["request_id"] for line in found] == sent
    assert {(line["token_id"], line["lead_provider_id"]) for line in found} == {(key.token_id, northstar)}
    assert all(0 <= line["milliseconds"] < 60_000 for line in found)


def test_it_holds_nothing_of_what_was_sent(api: Flask, caller: Caller) -> None:
    caller.get("/list?filter[urn]=aoife@example.com")
    caller.get("/3009999", 404)
    caller.post("/store", {"name": "Aoife O’Neill"}, headers={"Idempotency-Key": "aoife-key"})
    found = str(lines(api))
    assert "store" in found
    for word in ("aoife", "Aoife", "3009999", str(caller.token)):
        assert word not in found


def test_refused_tokens_that_are_known_are_logged_and_strangers_are_not(
    api: Flask, key: tokens.Issued
) -> None:
    with api.app_context():
        import hashlib

        values = {"name": "Import", "created_at": datetime.now(UTC), "lead_provider_id": None}
        hashed = hashlib.sha256(b"s" * 43).hexdigest()
        records.save(ApiToken(id=new_id(), kind="service", token_hash=hashed, **values))
    Caller(api, "s" * 43).get("/own", 403)
    Caller(api, "x" * 43).get("/own", 401)
    Caller(api, None).get("/own", 401)
    assert [(line["status"], line["lead_provider_id"]) for line in lines(api)] == [(403, None)]


def test_requests_over_the_limit_are_logged(make_api: Any, key: tokens.Issued) -> None:
    app = make_api(api_rate_limit="1 per 5 minutes")
    for status in (200, 429):
        Caller(app, key.token).get("/own", status)
    assert [line["status"] for line in lines(app)] == [200, 429]


def test_it_tells_the_true_time(api: Flask, caller: Caller, clock: Clock) -> None:
    moment = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
    clock.set(moment)
    caller.get("/own", headers={"X-With-Server-Date": "2030-01-01T00:00:00Z"})
    (line,) = lines(api)
    assert moment <= line["at"] < moment + timedelta(seconds=30)


def test_a_log_that_cannot_be_written_now_is_written_later(
    api: Flask, caller: Caller, key: tokens.Issued
) -> None:
    with api.app_context():
        held = hold(api)
        caller.get("/own")
        held.close()
    assert lines(api) == []
    caller.get("/foreign", 404)
    assert [line["status"] for line in lines(api)] == [200, 404]


def hold(api: Flask) -> Any:
    """Keep everybody else from writing to the log."""
    holder = db.engine.connect()
    with for_writing():
        holder.begin()
    if holder.dialect.name == "postgresql":
        holder.exec_driver_sql("LOCK TABLE api_requests IN EXCLUSIVE MODE")
    return holder


def test_a_log_that_fails_spoils_no_answer(
    api: Flask, caller: Caller, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(Log, "add", broken)
    assert caller.get("/own").status_code == 200
    assert "request not logged" in capsys.readouterr().err


class Planned:
    """Stands for a timer whose time comes when the test says so."""

    def __init__(self, seconds: float, work: Callable[[], None]) -> None:
        self.seconds, self.come = seconds, work
        self.daemon = True

    def start(self) -> None:
        timers.append(self)


timers: list[Planned] = []


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[Planned]:
    timers.clear()
    monkeypatch.setattr(request_log, "Timer", Planned)
    return timers


def test_what_is_asked_within_a_moment_is_stored_together(
    make_api: Any, key: tokens.Issued, planned: list[Planned]
) -> None:
    app = make_api(api_log_seconds=0.2)
    for path, status in (("/own", 200), ("/foreign", 404)):
        Caller(app, key.token).get(path, status)
    assert lines(app) == []
    assert [(each.seconds, each.daemon) for each in planned] == [(0.2, False)]
    planned.pop().come()
    assert [line["status"] for line in lines(app)] == [200, 404]
    Caller(app, key.token).get("/own")
    planned.pop().come()
    assert len(lines(app)) == 3


def test_when_the_time_comes_and_the_database_is_busy_the_next_time_stores_them(
    make_api: Any, key: tokens.Issued, planned: list[Planned]
) -> None:
    app = make_api(api_log_seconds=0.2)
    Caller(app, key.token).get("/own")
    with app.app_context():
        held = hold(app)
        planned.pop().come()
        held.close()
    assert lines(app) == []
    Caller(app, key.token).get("/foreign", 404)
    planned.pop().come()
    assert [line["status"] for line in lines(app)] == [200, 404]


def test_a_log_that_fails_later_says_so_without_the_driver_s_words(
    make_api: Any,
    key: tokens.Issued,
    planned: list[Planned],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Aoife")

    app = make_api(api_log_seconds=0.2)
    monkeypatch.setattr(api_requests, "_store", broken)
    Caller(app, key.token).get("/own")
    planned.pop().come()
    said = capsys.readouterr().err
    assert "requests not logged" in said
    assert "Aoife" not in said


def test_without_a_thread_to_be_had_the_line_is_stored_at_once(
    make_api: Any, key: tokens.Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_timer: object) -> None:
        raise RuntimeError("can't start new thread")

    app = make_api(api_log_seconds=0.2)
    monkeypatch.setattr(request_log.Timer, "start", refuse)
    for number in (1, 2):
        Caller(app, key.token).get("/own")
        assert len(lines(app)) == number


def test_how_long_lines_gather_is_read_from_the_environment() -> None:
    assert Config.from_env({}).api_log_seconds == 0.2
    assert Config.from_env({"API_LOG_SECONDS": "0"}).api_log_seconds == 0
    assert Config.from_env({"API_LOG_SECONDS": " 1.5 "}).api_log_seconds == 1.5
    for text in ("-1", "soon", "1e3", "inf"):
        with pytest.raises(RefusedToStart, match="API_LOG_SECONDS must be a number of seconds"):
            Config.from_env({"API_LOG_SECONDS": text})


ASKS_AND_ENDS = """
import sys
from threading import Thread

from app.factory import create_app
from tests.support.databases import settings

app = create_app(settings(sys.argv[1], api_log_seconds=0.5))
headers = {"Authorization": f"Bearer {sys.argv[2]}"}


def ask():
    assert app.test_client().get("/api/v3/statements", headers=headers).status_code == 200

# As a server does, in a thread that nobody waits for when the process ends.
asking = Thread(target=ask, daemon=True)
asking.start()
asking.join()
"""


def test_a_process_that_ends_stores_what_it_has(api: Flask, database: Store, key: tokens.Issued) -> None:
    database.let_go()
    subprocess.run([sys.executable, "-c", ASKS_AND_ENDS, database.url, key.token], check=True, timeout=60)
    assert [line["operation"] for line in lines(api)] == ["statements_list"]


def line_of(api: Flask, lead_provider_id: str, at: datetime) -> Line:
    token = issued(api, lead_provider_id)
    return Line(at, token.token_id, lead_provider_id, "GET", "show", 200, 3, "request")


def test_what_waits_is_bounded_and_the_oldest_goes_first(
    api: Flask, northstar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = line_of(api, northstar, datetime.now(UTC))
    kept: list[Line] = []
    log = Log()
    monkeypatch.setattr(api_requests, "note", lambda *_: None)
    for number in range(api_requests.MOST_WAITING + 5):
        log.add(Line(line.at, line.token_id, northstar, "GET", "show", 200, number, "request"))
        log.store()
    monkeypatch.setattr(api_requests, "_store", lambda _connection, lines: kept.extend(lines) or len(lines))
    monkeypatch.setattr(api_requests, "note", lambda work: work(None))
    log.add(Line(line.at, line.token_id, northstar, "GET", "show", 200, 9999, "request"))
    log.store()
    assert len(kept) == api_requests.MOST_WAITING
    assert [each.milliseconds for each in kept[:2]] == [6, 7]
    assert kept[-1].milliseconds == 9999


def test_old_lines_are_dropped(api: Flask, northstar: str) -> None:
    now = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
    log = Log()
    with api.app_context():
        for days in (1, 89, 91, 400):
            log.add(line_of(api, northstar, now - timedelta(days=days)))
        log.store()
        assert api_requests.drop_old(now, timedelta(days=90)) == 2
    assert len(lines(api)) == 2
