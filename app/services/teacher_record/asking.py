"""Putting one question to the Teaching Record System over HTTP, and getting a status and a body back or a
Fault.

The query string carries a date of birth or a National Insurance number and the path a TRN, and the HTTP
library logs addresses and headers: its loggers are closed here, by filters, because a logging configuration
read later can raise a level or enable a logger again but leaves filters alone.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import httpx

from app.services.teacher_record.faults import Fault, FaultKind

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
BIGGEST_BODY = 256 * 1024
REST_WHEN_BUSY = 10

HTTP_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `location` is empty when there is none; the body stays out of `repr`."""

    status: int
    location: str = field(default="", repr=False)
    body: bytes = field(default=b"", repr=False)


def open_client(base: str, key: str, version: str) -> httpx.Client:
    """A pooled client, to be shared by the threads of one process.

    Proxies, certificates and passwords from the environment are not used: where this service sends personal
    data is said in its settings and nowhere else. No redirect is followed, and no compressed body is asked
    for, so that the cap on bodies counts what was sent.
    """
    close_http_loggers()
    return httpx.Client(
        base_url=base.rstrip("/"),
        headers={
            "Authorization": f"Bearer {key}",
            "X-Api-Version": version,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "register-early-career-teachers",
        },
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        limits=httpx.Limits(max_connections=10, max_keepalive_connections=5, keepalive_expiry=30),
        follow_redirects=False,
        trust_env=False,
    )


def close_http_loggers() -> None:
    """Let nothing through that the HTTP library logs. Doing it again changes nothing."""
    for name in HTTP_LOGGERS:
        logging.getLogger(name).addFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False


def ask(client: httpx.Client, path: str, query: Mapping[str, str], *, read_body: bool = True) -> Reply:
    """One GET. Raises Fault for everything that is not a status we know how to read: 200, 308, 404 or 410.

    The body is read only of a 200, and only when wanted.
    """
    try:
        with client.stream("GET", path, params=dict(query)) as response:
            _refuse_faults(response)
            body = _capped(response) if read_body and response.status_code == 200 else b""
            return Reply(response.status_code, response.headers.get("Location", ""), body)
    except httpx.TimeoutException:
        raise Fault(FaultKind.SLOW) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Fault(FaultKind.UNREACHABLE) from None


def _refuse_faults(response: httpx.Response) -> None:
    """Raise the Fault that a status stands for, unless it is an answer."""
    status = response.status_code
    if status in (200, 308, 404, 410):
        return
    if status == 429:
        raise Fault(FaultKind.BUSY, rest_for=_seconds(response) or REST_WHEN_BUSY)
    if status in (401, 403):
        raise Fault(FaultKind.KEY_REFUSED)
    if status == 400:
        raise Fault(FaultKind.QUESTION_REFUSED)
    if status >= 500:
        raise Fault(FaultKind.BROKEN, rest_for=_seconds(response))
    raise Fault(FaultKind.UNEXPECTED_STATUS)


def _seconds(response: httpx.Response) -> int:
    """`Retry-After` in seconds; 0 when there is none, or it is a date, which this register doesn’t send."""
    text = response.headers.get("Retry-After", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _capped(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > BIGGEST_BODY:
            raise Fault(FaultKind.TOO_LARGE)
    return bytes(body)


def within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """What `work` returns or raises, if it does so in time; else Fault, slow.

    The HTTP library’s limits are per read, so a body sent one byte at a time escapes them, and no limit
    covers looking up a host name. So the work is done on a thread that is left behind when time is up; it
    ends by itself.
    """
    results: queue.SimpleQueue[tuple[Answer | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((work(), None))
        except Exception as error:  # handed to the caller, who raises it
            results.put((None, error))

    threading.Thread(target=run, name="teacher-record", daemon=True).start()
    try:
        answer, error = results.get(timeout=seconds)
    except queue.Empty:
        raise Fault(FaultKind.SLOW) from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]
