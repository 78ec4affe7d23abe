"""A local HTTP server that speaks the Teaching Record System’s protocol from a table of people.

It checks the key and the version header, compares dates of birth and National Insurance numbers itself,
answers 404 for either being different, 308 without a query for merged records, and 410 for deactivated ones.
Switches make it misbehave, for one TRN or for all.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

KEY = "key-for-tests"
VERSION = "20260120"
PROHIBITION = "b2b19019-b165-47a3-8745-3297ff152581"


class Behaviour(StrEnum):
    """What the server does instead of answering."""

    BUSY = "429"
    BUSY_WITHOUT_A_TIME = "429 without Retry-After"
    BROKEN = "500"
    RESTARTING = "503 with Retry-After"
    KEY_REFUSED = "401"
    NOT_ALLOWED = "403"
    QUESTION_REFUSED = "400"
    TEAPOT = "418"
    FOUND_ELSEWHERE = "302"
    SLOW = "answers after half a second"
    HANG = "never answers"
    DRIP = "sends the body a byte at a time"
    GARBAGE = "a page of HTML with status 200"
    HALF = "JSON cut off in the middle"
    LIST = "a JSON list"
    EMPTY = "status 200 with no body"
    DROPPED = "closes the connection without a word"
    CUT = "closes the connection in the middle of the body"
    NOT_HTTP = "speaks something else"
    HUGE = "a body of several megabytes"
    DEEP = "JSON 100,000 deep"


STATUS = {
    Behaviour.BUSY: 429,
    Behaviour.BUSY_WITHOUT_A_TIME: 429,
    Behaviour.BROKEN: 500,
    Behaviour.RESTARTING: 503,
    Behaviour.KEY_REFUSED: 401,
    Behaviour.NOT_ALLOWED: 403,
    Behaviour.QUESTION_REFUSED: 400,
    Behaviour.TEAPOT: 418,
    Behaviour.FOUND_ELSEWHERE: 302,
}
BODIES = {
    Behaviour.GARBAGE: b"<!doctype html><title>Sorry</title>",
    Behaviour.HALF: b'{"trn": "300',
    Behaviour.LIST: b"[]",
    Behaviour.EMPTY: b"",
    Behaviour.HUGE: b'{"trn": "' + b"3" * 4_000_000 + b'"}',
    Behaviour.DEEP: b"[" * 100_000,
}


@dataclass
class Person:
    """One row of the table. `overrides` replaces keys of the body; a key mapped to `...` is left out."""

    trn: str
    first_name: str = "Aoife"
    middle_name: str = ""
    last_name: str = "O'Brien"
    born: date = date(2001, 3, 27)
    number: str = "QQ001234C"
    induction: str = "RequiredToComplete"
    completed: date | None = None
    qts: bool = True
    alerts: list[dict[str, object]] = field(default_factory=list)
    merged_into: str = ""
    deactivated: bool = False
    overrides: Mapping[str, object] = field(default_factory=dict)

    def body(self) -> dict[str, object]:
        """The person as JSON values."""
        fields: dict[str, object] = {
            "trn": self.trn,
            "firstName": self.first_name,
            "middleName": self.middle_name,
            "lastName": self.last_name,
            "dateOfBirth": self.born.isoformat(),
            "nationalInsuranceNumber": self.number,
            "emailAddress": None,
            "qts": {"holdsFrom": "2024-07-01", "routes": []} if self.qts else None,
            "eyts": None,
            "induction": {
                "status": self.induction,
                "startDate": None,
                "completedDate": self.completed.isoformat() if self.completed else None,
            },
            "alerts": self.alerts,
        }
        fields.update(self.overrides)
        return {key: value for key, value in fields.items() if value is not ...}


def alert(category: str = PROHIBITION, kind: str = "type", ended: date | None = None) -> dict[str, object]:
    """An alert as the register lists it."""
    return {
        "alertId": "a1",
        "alertType": {"alertTypeId": kind, "alertCategory": {"alertCategoryId": category, "name": ""}},
        "details": None,
        "startDate": "2020-01-01",
        "endDate": ended.isoformat() if ended else None,
    }


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


class TeacherRecordServer:
    """The server, running while the `with` lasts. `base` is its address, `asked` what it was asked so far."""

    def __init__(self, people: Mapping[str, Person] | None = None) -> None:
        self.people: dict[str, Person] = dict(people or {})
        self.behaviours: dict[str, Behaviour] = {}
        self.everywhere: Behaviour | None = None
        self.after_the_first: Behaviour | None = None
        self.location: str | None = None
        self.asked: list[Asked] = []
        self.let_go = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def base(self) -> str:
        """Its address, without `/v3`."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def add(self, *people: Person) -> None:
        """Put people in the table."""
        self.people.update({person.trn: person for person in people})

    def behaviour(self, trn: str) -> Behaviour | None:
        """What to do instead of answering about this TRN."""
        later = self.after_the_first if len(self.asked) > 1 else None
        return self.everywhere or later or self.behaviours.get(trn)

    def __enter__(self) -> TeacherRecordServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.let_go.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, as ours does on a body it doesn’t want, is no error; all else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _handler(server: TeacherRecordServer) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        register = server

    return Handler


class _Handler(BaseHTTPRequestHandler):
    register: TeacherRecordServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests look for personal data in everything that is said."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.register.asked.append(Asked(parts.path, query, dict(self.headers)))
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return self._send(401)
        trn = parts.path.removeprefix("/v3/persons/")
        if trn == parts.path or not self.headers.get("X-Api-Version"):
            return self._send(404)
        behaviour = self.register.behaviour(trn)
        return self._misbehave(behaviour, trn) if behaviour else self._answer(trn, query)

    def _answer(self, trn: str, query: Mapping[str, str]) -> None:
        person = self.register.people.get(trn)
        born, number = query.get("dateOfBirth"), query.get("nationalInsuranceNumber")
        if born and number:
            return self._send(400)
        if person is None:
            return self._send(404, _problem(trn))
        if person.deactivated:
            return self._send(410)
        if person.merged_into:
            return self._send(308, location=self.register.location or f"/v3/persons/{person.merged_into}")
        if (born and born != person.born.isoformat()) or (number and number != person.number):
            return self._send(404, _problem(f"{trn} {born} {number}"))
        return self._send(200, json.dumps(person.body()).encode())

    def _misbehave(self, how: Behaviour, trn: str) -> None:
        if how in STATUS:
            waits = how in (Behaviour.BUSY, Behaviour.RESTARTING)
            elsewhere = f"/v3/persons/{trn}?again=1" if how is Behaviour.FOUND_ELSEWHERE else None
            return self._send(STATUS[how], _problem(trn), location=elsewhere, retry="7" if waits else None)
        if how in BODIES:
            return self._send(200, BODIES[how])
        person = self.register.people.get(trn) or Person(trn)
        return self._stall(how, json.dumps(person.body()).encode())

    def _stall(self, how: Behaviour, body: bytes) -> None:
        self.close_connection = True
        if how is Behaviour.SLOW:
            self.register.let_go.wait(0.5)
            return self._send(200, body)
        if how is Behaviour.HANG:
            self.register.let_go.wait(30)
        elif how is Behaviour.DRIP:
            self._drip(body)
        elif how is Behaviour.CUT:
            self._head(200, len(body))
            self.wfile.write(body[: len(body) // 2])
        elif how is Behaviour.NOT_HTTP:
            self.wfile.write(b"220 mail.example.org ESMTP\r\n\r\n")
        return None

    def _drip(self, body: bytes) -> None:
        self._head(200, len(body))
        for byte in body:
            if self.register.let_go.wait(0.1):
                return
            try:
                self.wfile.write(bytes([byte]))
            except OSError:
                return

    def _send(
        self, status: int, body: bytes = b"", location: str | None = None, retry: str | None = None
    ) -> None:
        self._head(status, len(body), location, retry)
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _head(self, status: int, length: int, location: str | None = None, retry: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(length))
        if location is not None:
            self.send_header("Location", location)
        if retry is not None:
            self.send_header("Retry-After", retry)
        self.end_headers()


def _problem(detail: str) -> bytes:
    """A problem as the register words it: it repeats what was asked, so it must never reach a log."""
    return json.dumps({"title": "Person not found.", "errorCode": 10001, "detail": detail}).encode()
