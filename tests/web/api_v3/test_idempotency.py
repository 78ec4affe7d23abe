"""A POST that is sent again with the same Idempotency-Key (Provider API, [D])."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.data.database import reading
from app.data.models import IdempotencyKey, School
from app.services import idempotency, tokens
from app.services.idempotency import Answer, Claim, StillRunning
from tests.data import records
from tests.support.clocks import Clock
from tests.web.api_v3.conftest import Caller, issued, rows, said

START = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
KEY = {"Idempotency-Key": "declaration-1"}
OTHER_BODY = (
    "Idempotency-Key",
    "This key was used for a request with another body. Use a new key for a new request",
)
CLAIMER = """
import sys
from datetime import UTC, datetime
from flask import Flask
from app.data.database import configure
from app.services import idempotency

app = Flask("claimer")
configure(app, sys.argv[1])
with app.app_context():
    for number in range(30):
        try:
            idempotency.claim(sys.argv[2], "POST", "/path", f"key-{number}", b"{}", datetime.now(UTC))
            print("won", number)
        except idempotency.StillRunning:
            print("late", number)
"""


def schools(api: Flask) -> int:
    found: int = rows(api, lambda session: session.scalar(select(func.count(School.id))))
    return found


def keys(api: Flask) -> list[tuple[Any, ...]]:
    with api.app_context():
        columns = (IdempotencyKey.method, IdempotencyKey.path, IdempotencyKey.key, IdempotencyKey.status)
        return [tuple(row) for row in reading().execute(select(*columns).order_by(IdempotencyKey.started_at))]


def test_an_exact_repeat_gets_the_first_answer_and_does_nothing(api: Flask, caller: Caller) -> None:
    first = caller.post("/store", {"name": "Oak"}, headers=KEY)
    again = caller.post("/store", {"name": "Oak"}, headers=KEY)
    assert again.get_data() == first.get_data()
    assert again.headers["Content-Type"] == first.headers["Content-Type"] == "application/json"
    assert schools(api) == 1
    assert keys(api) == [("POST", "/api/v3/probe/store", "declaration-1", 200)]


def test_without_a_key_or_with_another_the_work_is_done_again(api: Flask, caller: Caller) -> None:
    for headers in ({}, {}, {"Idempotency-Key": " "}, KEY, {"Idempotency-Key": "another"}):
        caller.post("/store", {"name": "Oak"}, headers=headers)
    assert schools(api) == 5


def test_the_same_key_with_another_body_is_refused(api: Flask, caller: Caller) -> None:
    caller.post("/store", {"name": "Oak"}, headers=KEY)
    assert said(caller.post("/store", {"name": "Ash"}, 422, headers=KEY)) == [OTHER_BODY]
    assert schools(api) == 1


def test_a_key_belongs_to_one_provider(api: Flask, caller: Caller, northstar: str) -> None:
    with api.app_context():
        row = records.lead_provider("Meridian")
        meridian = row.id
        records.save(row)
    first = caller.post("/store", {"name": "Oak"}, headers=KEY)
    other = Caller(api, issued(api, meridian).token).post("/store", {"name": "Oak"}, headers=KEY)
    same = Caller(api, issued(api, northstar).token).post("/store", {"name": "Oak"}, headers=KEY)
    assert first.get_data() == same.get_data() != other.get_data()
    assert schools(api) == 2


def test_what_was_refused_or_failed_frees_the_key(api: Flask, caller: Caller) -> None:
    caller.post("/store", {"name": ""}, 422, headers=KEY)
    caller.post("/store", {"name": "broken"}, 500, headers=KEY)
    caller.send("POST", "/store", 400, data=b"{", content_type="application/json", headers=KEY)
    assert keys(api) == []
    caller.post("/store", {"name": "Oak"}, headers=KEY)
    assert schools(api) == 1


def test_after_24_hours_the_key_is_new(api: Flask, caller: Caller, clock: Clock) -> None:
    clock.set(START)
    first = caller.post("/store", {"name": "Oak"}, headers=KEY)
    clock.set(START + timedelta(hours=23, minutes=59))
    assert caller.post("/store", {"name": "Oak"}, headers=KEY).get_data() == first.get_data()
    clock.set(START + timedelta(hours=24, minutes=1))
    caller.post("/store", {"name": "Ash"}, headers=KEY)
    assert schools(api) == 2
    assert len(keys(api)) == 1


def test_the_clock_of_a_request_ages_no_key(api: Flask, caller: Caller) -> None:
    first = caller.post("/store", {"name": "Oak"}, headers=KEY)
    later = {**KEY, "X-With-Server-Date": "2100-01-01T00:00:00Z"}
    assert caller.post("/store", {"name": "Oak"}, headers=later).get_data() == first.get_data()
    assert schools(api) == 1


@pytest.mark.parametrize("text", ["x" * 255, "é", "'; DROP TABLE schools; --", "a b"])
def test_a_key_is_any_short_text(api: Flask, caller: Caller, text: str) -> None:
    answers = {
        caller.post("/store", {"name": "Oak"}, headers={"Idempotency-Key": text}).get_data() for _ in range(2)
    }
    assert len(answers) == 1
    assert schools(api) == 1


def test_a_key_that_is_too_long_is_refused(api: Flask, caller: Caller) -> None:
    error = caller.post("/store", {"name": "Oak"}, 422, headers={"Idempotency-Key": "x" * 256})
    assert said(error) == [("Idempotency-Key", "Use a key of 255 characters or fewer")]
    assert schools(api) == 0


def unfinished(api: Flask, lead_provider_id: str, since: datetime) -> Claim:
    """A claim whose work is still going on, or ended with its process."""
    sent = b'{"data": {"attributes": {"name": "Oak"}}}'
    with api.app_context():
        claimed = idempotency.claim(
            lead_provider_id, "POST", "/api/v3/probe/store", "declaration-1", sent, since
        )
    assert isinstance(claimed, Claim)
    return claimed


def test_while_the_first_is_running_the_repeat_is_told_so(api: Flask, caller: Caller, northstar: str) -> None:
    unfinished(api, northstar, datetime.now(UTC))
    error = caller.post("/store", {"name": "Oak"}, 409, headers=KEY)
    assert said(error) == [("Idempotency-Key", "The first request with this key has not finished yet")]
    assert said(caller.post("/store", {"name": "Ash"}, 422, headers=KEY)) == [OTHER_BODY]
    assert schools(api) == 0


def test_what_was_abandoned_is_taken_over_after_two_minutes(
    api: Flask, caller: Caller, northstar: str, clock: Clock
) -> None:
    unfinished(api, northstar, START)
    clock.set(START + timedelta(seconds=115))
    caller.post("/store", {"name": "Oak"}, 409, headers=KEY)
    clock.set(START + timedelta(minutes=2, seconds=1))
    first = caller.post("/store", {"name": "Oak"}, headers=KEY)
    assert caller.post("/store", {"name": "Oak"}, headers=KEY).get_data() == first.get_data()
    assert schools(api) == 1


def test_whoever_was_taken_for_dead_changes_nothing_any_more(api: Flask, northstar: str) -> None:
    first = unfinished(api, northstar, START)
    second = unfinished(api, northstar, START + timedelta(minutes=3))
    with api.app_context():
        idempotency.finish(first, 200, b"first")
        idempotency.free(first)
        idempotency.finish(second, 200, b"second")
        again = idempotency.claim(
            northstar,
            first.method,
            first.path,
            first.key,
            b'{"data": {"attributes": {"name": "Oak"}}}',
            START + timedelta(minutes=4),
        )
    assert again == Answer(200, b"second")


def test_an_answer_that_cannot_be_kept_is_still_given(
    api: Flask, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(idempotency, "finish", broken)
    caller.post("/store", {"name": "Oak"}, headers=KEY)
    assert schools(api) == 1
    caller.post("/store", {"name": "Oak"}, 409, headers=KEY)


def test_many_repeats_at_once_do_the_work_once(api: Flask, caller: Caller, key: tokens.Issued) -> None:
    together = threading.Barrier(8)

    def send(_number: int) -> tuple[int, bytes]:
        client: Any = api.test_client()
        headers = {"Authorization": f"Bearer {key.token}", **KEY}
        together.wait()
        for _ in range(200):
            try:
                answer = client.post(
                    "/api/v3/probe/store", json={"data": {"attributes": {"name": "Oak"}}}, headers=headers
                )
            except AssertionError:
                continue  # 409: the first is still running
            return answer.status_code, answer.get_data()
        raise AssertionError("no answer")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert schools(api) == 1


def test_processes_claim_each_key_once(api: Flask, northstar: str) -> None:
    command = [sys.executable, "-c", CLAIMER, api.config["SQLALCHEMY_DATABASE_URI"], northstar]
    claimers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    lines = [line for each in claimers for line in each.communicate(timeout=60)[0].splitlines()]
    assert [each.returncode for each in claimers] == [0, 0, 0]
    won = Counter(line for line in lines if line.startswith("won"))
    assert won == {f"won {number}": 1 for number in range(30)}
    assert len(lines) == 90


def test_a_claim_that_another_request_takes_at_the_same_moment_is_not_taken_twice(
    api: Flask, northstar: str
) -> None:
    unfinished(api, northstar, START)
    taken: list[str] = []
    together = threading.Barrier(4)

    def take(_number: int) -> None:
        with api.app_context():
            together.wait()
            try:
                idempotency.claim(
                    northstar,
                    "POST",
                    "/api/v3/probe/store",
                    "declaration-1",
                    b"{}",
                    START + timedelta(minutes=3),
                )
            except StillRunning:
                return
            taken.append("taken")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))
    assert taken == ["taken"]


def test_a_key_on_a_request_that_only_reads_is_not_kept(caller: Caller, api: Flask) -> None:
    caller.get("/own", headers=KEY)
    assert keys(api) == []
