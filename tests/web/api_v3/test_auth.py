"""Who is let into the API, and what the answer to everybody else is (Provider API, Auth)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import RefusedToStart
from app.data.ids import new_id
from app.data.models import ApiToken
from app.data.queries.events import SYSTEM
from app.services import tokens
from app.services.asked import Asked
from app.web import policy
from app.web.policy import Guard
from tests.data import records
from tests.support.clocks import Clock
from tests.support.databases import Store
from tests.web.api_v3.conftest import PROBE, Caller, issued, rows

UNKNOWN = "x" * 43


def last_used(api: Flask, key: tokens.Issued) -> datetime | None:
    return rows(
        api, lambda session: session.scalar(select(ApiToken.last_used_at).where(ApiToken.id == key.token_id))
    )


def test_a_token_opens_the_api_as_its_lead_provider(caller: Caller, northstar: str) -> None:
    assert caller.get("/own").json == {"data": {"id": "own", "of": northstar}}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        UNKNOWN,
        f"Bearer {UNKNOWN}",
        "Bearer",
        "Bearer ",
        "Basic dTpw",
        f"Token {UNKNOWN}",
        "Bearer é\xff",
        "\t",
    ],
)
def test_without_a_known_token_nobody_is_let_in(api: Flask, northstar: str, sent: str | None) -> None:
    headers = {} if sent is None else {"Authorization": sent}
    response = Caller(api, None).get("/own", 401, headers=headers)
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="api"')
    assert response.json == {
        "errors": [{"title": "Unauthorised", "detail": "Send a token of yours in the Authorization header"}]
    }


def test_a_token_that_is_not_known_is_told_from_none(api: Flask, northstar: str) -> None:
    assert "invalid_token" in Caller(api, UNKNOWN).get("/own", 401).headers["WWW-Authenticate"]
    assert "invalid_token" not in Caller(api, None).get("/own", 401).headers["WWW-Authenticate"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(api: Flask, key: tokens.Issued, scheme: str) -> None:
    Caller(api, None).get("/own", status=200, headers={"Authorization": f"{scheme} {key.token}"})


def test_the_hash_in_the_database_opens_nothing(api: Flask, key: tokens.Issued) -> None:
    Caller(api, hashlib.sha256(key.token.encode()).hexdigest()).get("/own", status=401)


def test_a_revoked_token_opens_nothing_and_the_others_still_do(
    api: Flask, northstar: str, caller: Caller
) -> None:
    other = issued(api, northstar)
    with api.app_context():
        assert tokens.revoke(other.token_id, Asked(SYSTEM, datetime.now(UTC), "test"))
    Caller(api, other.token).get("/own", 401)
    caller.get("/own")


def test_a_token_of_another_kind_is_known_and_refused(api: Flask) -> None:
    token = "s" * 43
    values = {"name": "Import", "created_at": datetime.now(UTC), "lead_provider_id": None}
    with api.app_context():
        hashed = hashlib.sha256(token.encode()).hexdigest()
        records.save(ApiToken(id=new_id(), kind="service", token_hash=hashed, **values))
    response = Caller(api, token).get("/own", 403)
    assert response.json == {"errors": [{"title": "Forbidden", "detail": "Use a token of a lead provider"}]}


def test_each_provider_is_itself_only(api: Flask, caller: Caller, northstar: str) -> None:
    with api.app_context():
        row = records.lead_provider("Meridian")
        meridian = row.id
        records.save(row)
    other = Caller(api, issued(api, meridian).token)
    answers: list[Any] = [each.get("/own").json for each in (caller, other, caller)]
    assert [answer["data"]["of"] for answer in answers] == [northstar, meridian, northstar]


def test_use_is_noted_at_most_once_a_minute(
    api: Flask, key: tokens.Issued, caller: Caller, clock: Clock
) -> None:
    start = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
    assert last_used(api, key) is None
    noted = []
    for seconds in (0, 30, 55, 61, 90, 130):
        clock.set(start + timedelta(seconds=seconds))
        caller.get("/own")
        moment = last_used(api, key)
        assert moment is not None
        noted.append(int((moment - start).total_seconds()))
    assert noted == [0, 0, 0, 61, 61, 130]


def test_a_form_token_or_session_plays_no_part(caller: Caller) -> None:
    caller.post("/body", {"name": "x"})
    assert caller.get("/session", headers={"Cookie": "session=" + "x" * 43}).json == {"person": None}


def test_one_select_finds_the_token_and_none_looks_for_a_session(
    api: Flask, caller: Caller, database: Store, count_queries: Callable[[], Any]
) -> None:
    """PostgreSQL’s driver itself counts the request; the last is the log’s."""
    caller.get("/own")
    with count_queries() as queries:
        caller.get("/own", headers={"Cookie": "session=" + "x" * 43})
    counts = ["INSERT"] if database.kind == "sqlite" else []
    assert [query.split()[0] for query in queries] == ["SELECT", *counts, "INSERT"], queries


def test_every_operation_of_the_api_asks_for_a_token(app: Flask) -> None:
    guards = {name: guard for name, guard in policy.POLICY.items() if name.startswith("api_v3.")}
    assert {name for name, guard in guards.items() if guard != Guard.API} == set()
    served = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api_v3.")}
    assert served == set(guards)


def test_the_guard_of_the_api_belongs_under_its_addresses(api: Flask) -> None:
    wrong = {**api.extensions["policy"], "guidance.start": Guard.API}
    with pytest.raises(RefusedToStart, match=r"guidance.start \(/\) is guarded by token"):
        policy.install(api, wrong)


@pytest.mark.parametrize("method", ["OPTIONS", "HEAD"])
def test_other_methods_need_a_token_too(api: Flask, northstar: str, method: str) -> None:
    assert Caller(api, None).send(method, "/own", 401).headers["WWW-Authenticate"]


def test_the_token_is_in_no_log(api: Flask, caller: Caller, capsys: pytest.CaptureFixture[str]) -> None:
    caller.get("/own")
    caller.get("/breaks", 500)
    Caller(api, UNKNOWN).get("/own", 401)
    logged = capsys.readouterr().err
    assert f"{PROBE}/<id>" in logged
    assert str(caller.token) not in logged
    assert UNKNOWN not in logged
