"""The log of the API: one row for each request with a token that is known (`services.api_requests`).

Requests without one stand in the JSON log alone, with everything else that is asked of the service: anybody could fill
a table with them. What is asked within a moment is stored together, beside the requests: to store a line by itself
would cost each of them more than counting it does. A process that is told to stop stores what it has first.
"""

from __future__ import annotations

import time
from threading import Lock, Timer

from flask import Flask, Response, current_app, g, request

from app.config import Config
from app.data import clock
from app.services.api_requests import Line, Log
from app.web import logs
from app.web.security import request_id

_LOG = "log of the API"


class Gathered:
    """The log of one application in one process: lines gather for `seconds`; with 0 each is stored as it comes."""

    def __init__(self, app: Flask, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._log = Log()
        self._planned = Lock()

    def add(self, line: Line) -> None:
        """Take the line, and see to it that it is stored."""
        self._log.add(line)
        if not self._seconds:
            self._log.store()
        elif self._planned.acquire(blocking=False):
            later = Timer(self._seconds, self._store)
            # Python waits for it before it ends. The server’s threads are daemons, and what they start would be too.
            later.daemon = False
            try:
                later.start()
            except RuntimeError:  # there is no thread to be had now
                self._store()

    def _store(self) -> None:
        self._planned.release()  # whoever comes from now on plans the next time
        with self._app.app_context():
            try:
                self._log.store()
            except Exception:
                logs.LOG.exception("requests not logged")


def install(app: Flask, config: Config) -> None:
    """Log after each request, once its answer is known."""
    app.extensions[_LOG] = Gathered(app, config.api_log_seconds)
    app.after_request(_note)


def _note(response: Response) -> Response:
    token = g.get("api_token")
    if token is None:
        return response
    line = Line(
        at=clock.true_now(),
        token_id=token.id,
        lead_provider_id=token.lead_provider_id,
        method=request.method,
        operation=(request.endpoint or "").rpartition(".")[2],
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000),
        request_id=request_id(),
    )
    try:
        current_app.extensions[_LOG].add(line)
    except Exception:
        # The work is done and the answer is right: a log must not make it an error.
        logs.LOG.exception("request not logged")
    return response
