"""The log of the API: one row for each request with a token that is known (`services.api_requests`).

Requests without one stand in the JSON log alone, with everything else that is asked of the service: anybody could fill
a table with them.
"""

from __future__ import annotations

import time

from flask import Flask, Response, current_app, g, request

from app.data import clock
from app.services.api_requests import Line, Log
from app.web import logs
from app.web.security import request_id

_LOG = "log of the API"


def install(app: Flask) -> None:
    """Log after each request, once its answer is known."""
    app.extensions[_LOG] = Log()
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
