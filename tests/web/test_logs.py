"""Logs: JSON, one line an event, and nothing personal in them (Trust, point 8)."""

from __future__ import annotations

import json
import logging

import pytest

from app.web import logs
from tests.support.acceptance import OAKFIELD_TUTOR
from tests.support.client import InspectingClient
from tests.web.conftest import SignIn

PERSONAL = ("Priya", "priya.shah", "Oakfield", OAKFIELD_TUTOR, "3009999", "session=")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_request_is_one_line_with_its_route_and_never_its_values(
    client: InspectingClient, sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    sign_in(client, OAKFIELD_TUTOR)
    client.get("/guidance/who-does-what?who=3009999")
    client.get("/no-such-page/3009999", status=404)
    found = lines(capsys)
    assert [(line["method"], line["route"], line["status"]) for line in found] == [
        ("GET", "/sign-in", 200),
        ("POST", "/sign-in", 303),
        ("GET", "/guidance/who-does-what", 200),
        ("GET", "(none)", 404),
    ]
    assert found[-1]["request_id"] == client.response.headers["X-Request-ID"]
    for value in (*PERSONAL, client.get_cookie("session").value):  # type: ignore[union-attr]
        assert value not in json.dumps(found)


def test_an_exception_is_logged_by_type_and_place_without_its_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        try:
            raise KeyError("ravi.patel@example.com")
        except KeyError as cause:
            raise ValueError("TRN 3009999 is taken") from cause
    except ValueError as error:
        handler = logs.JsonLines()
        logger = logging.getLogger("app")
        record = logger.makeRecord("app", 40, "f", 1, "failed", (), (ValueError, error, error.__traceback__))
        handler.emit(record)
    (line,) = lines(capsys)
    assert line["error"]["kinds"] == ["builtins.ValueError", "builtins.KeyError"]  # type: ignore[index]
    assert "test_logs.py" in str(line["error"])
    assert "3009999" not in str(line)
    assert "ravi" not in str(line)


def test_what_other_packages_put_into_their_messages_stays_out(capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.getLogger("other").makeRecord("other", 30, "f", 1, "row %s", ("ravi.patel",), None)
    logs.JsonLines().emit(record)
    (line,) = lines(capsys)
    assert line["event"] == "row %s"
    assert line["level"] == "warning"
