"""Errors of the API: one shape for every status, and no words about what went wrong inside (Provider API, [D])."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.factory import create_app
from app.web.api_v3 import CONFLICTS
from app.web.api_v3.shapes.errors import STATUSES
from tests.support.client import InspectingClient
from tests.support.databases import settings
from tests.web.api_v3.conftest import PROBE, Caller, assert_is_error, said

UNKNOWN = "0197a0c4-3c00-7000-8000-00000000ffff"


@pytest.mark.parametrize(
    "status", [400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 418, 422, 429, 500, 501, 503]
)
def test_every_status_has_the_one_shape(caller: Caller, status: int) -> None:
    error = caller.get(f"/fails/{status}", status)
    if status in STATUSES and status != 400:
        assert said(error) == [(STATUSES[status].title, STATUSES[status].detail)]


@pytest.mark.parametrize("path", ["/api/v3", "/api/v3/", "/api/v3/none", "/api/v2/statements", "/api/v3/%00"])
def test_unknown_addresses_of_the_api_are_answered_in_json(client: InspectingClient, path: str) -> None:
    response = client.get(path, status=404)
    assert_is_error(response)
    assert said(response) == [("Not found", "There is nothing under this address")]


@pytest.mark.parametrize("path", ["/apis", "/no-such-page"])
def test_pages_keep_their_own_errors(client: InspectingClient, path: str) -> None:
    client.get(path, status=404)
    assert client.page.h1 == "Page not found"


def test_unknown_and_foreign_ids_and_addresses_get_the_very_same_bytes(caller: Caller) -> None:
    paths = (
        f"/{UNKNOWN}",
        "/foreign",
        "/%F0%9F%98%80",
        "/" + "x" * 2000,
        "/api/v3/no/such/thing",
        "/'%20OR%201=1",
    )
    assert len({caller.get(path, 404).get_data() for path in paths}) == 1


def test_a_wrong_method_says_which_ones_work(caller: Caller) -> None:
    response = caller.send("DELETE", "/store", 405)
    assert "POST" in response.headers["Allow"]
    assert said(response) == [("Method not allowed", "Use a method that the header Allow names")]


def test_a_refusal_says_its_sentence_under_the_attribute(caller: Caller) -> None:
    assert said(caller.get("/refuses/too_late", 422)) == [("declaration_date", "Declare before 2025-09-30")]


def test_refusals_together_have_an_entry_each(caller: Caller) -> None:
    assert said(caller.get("/refuses-together", 422)) == [
        ("cohort", "Enter cohort"),
        ("school_id", "Enter school_id"),
    ]


@pytest.mark.parametrize("number", range(len(CONFLICTS)))
def test_what_another_request_changed_meanwhile_is_a_409(caller: Caller, number: int) -> None:
    ((title, detail),) = said(caller.get(f"/conflicts/{number}", 409))
    assert title == "base"
    assert detail.startswith("This was changed by another request at the same moment")


def test_a_refusal_without_a_sentence_is_no_fault(caller: Caller, capsys: pytest.CaptureFixture[str]) -> None:
    said_of = said(caller.get("/refuses/unheard_of", 422))
    assert said_of == [("declaration_date", "This is not possible. Check declaration_date")]
    assert "refusal without a sentence" in capsys.readouterr().err


def test_a_fault_of_ours_tells_nothing_personal(caller: Caller, capsys: pytest.CaptureFixture[str]) -> None:
    response = caller.get("/breaks", 500)
    assert said(response) == [(STATUSES[500].title, STATUSES[500].detail)]
    for output in (response.get_data(as_text=True), capsys.readouterr().err):
        assert "ravi.patel" not in output
        assert "3009999" not in output


def test_without_a_database_it_says_when_to_come_back() -> None:
    app = create_app(settings("postgresql://nobody:secret@127.0.0.1:1/none"))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = InspectingClient
    response = Caller(app, "x" * 43).get("/api/v3/none", 404)
    assert said(response) == [("Not found", "There is nothing under this address")]


def test_a_database_that_goes_away_is_a_503(
    make_api: Callable[..., Flask], caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def gone(_token: str) -> object:
        raise OperationalError("SELECT", {}, Exception("secret"))

    monkeypatch.setattr("app.services.tokens.find", gone)
    response = caller.get("/own", 503)
    assert response.headers["Retry-After"] == "60"
    assert said(response) == [("Not available", "Try again in a minute")]


def test_an_unknown_host_is_refused_in_json(caller: Caller) -> None:
    response = caller.get("/own", 400, base_url="http://elsewhere.example")
    assert "elsewhere" not in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["a=\xff", "filter[cohort]=\xff", "\xc3=1"])
def test_an_address_that_is_no_text_is_a_400(caller: Caller, client: InspectingClient, query: str) -> None:
    caller.get("/list", 400, environ_overrides={"QUERY_STRING": query})
    client.get("/", status=400, environ_overrides={"QUERY_STRING": query})


@pytest.mark.parametrize("query", ["a=%00", "filter[urn]=%00", "%00=1"])
def test_null_characters_are_a_400(caller: Caller, query: str) -> None:
    caller.get(f"/list?{query}", status=400)


def test_nothing_leaks_of_who_asked(caller: Caller) -> None:
    body = caller.get("/api/v3/probe/<script>", 404).get_data(as_text=True)
    assert "script" not in body
    assert PROBE not in body
