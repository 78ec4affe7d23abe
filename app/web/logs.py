"""Logs: JSON, one line an event, with no names, TRNs, emails, tokens or cookies in them (Trust, point 8).

What could carry such values stays out: query strings, form values, the path as typed (the route’s pattern
stands for it), and the message of an exception (a database driver puts row values there). An exception is
logged as its type and the lines of code it passed through.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

LOG = logging.getLogger("app")


class JsonLines(logging.Handler):
    """Writes each record to standard error as one JSON object.

    Only the message’s own words are written, never its arguments: those are where other packages put values.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; standard error is looked up each time because a test may have replaced it."""
        try:
            sys.stderr.write(json.dumps(self.line(record), ensure_ascii=True) + "\n")
        except Exception:
            self.handleError(record)

    @staticmethod
    def line(record: logging.LogRecord) -> dict[str, object]:
        """The fields of one line: at, level, logger, event, and what `event` was given."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        line["event"] = str(record.msg)
        line.update(getattr(record, "fields", {}))
        if has_request_context():
            line["request_id"] = g.get("request_id", "")
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe(record.exc_info[1])
        return line


def describe(error: BaseException) -> dict[str, object]:
    """An exception without its message: the types from outermost to cause, and where it was raised."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        kinds.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    return {"kinds": kinds, "where": [f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:]]}


def event(name: str, level: int = logging.INFO, **fields: object) -> None:
    """Log one event. `fields` are ids, counts and codes, never something a person typed."""
    if LOG.isEnabledFor(level):
        # Where in the code it was said is in no line, and finding out costs as much as the line.
        LOG.handle(LOG.makeRecord(LOG.name, level, "", 0, name, (), None, extra={"fields": fields}))


def install(app: Flask) -> None:
    """Send all logging through one JSON handler and log one line for each request."""
    root = logging.getLogger()
    if not any(isinstance(handler, JsonLines) for handler in root.handlers):
        root.addHandler(JsonLines())
    LOG.setLevel(logging.INFO)
    app.before_request(_start_timing)
    app.after_request(_log_request)


def _start_timing() -> None:
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    rule = request.url_rule
    event(
        "request",
        method=request.method,
        route=rule.rule if rule else "(none)",
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
    )
    return response
