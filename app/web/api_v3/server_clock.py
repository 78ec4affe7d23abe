"""`X-With-Server-Date`: outside production a request may say what time it is (Provider API, Declarations).

Rules go by that time; `updated_at`, tokens, limits and logs don’t. In production the header is not read.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask, current_app, request

from app.data import clock
from app.domain.declaring import read_moment
from app.domain.refusals import Refused
from app.web.api_v3.errors import bad_request

HEADER = "X-With-Server-Date"
_YEARS = range(2000, 2200)
_WRONG = (
    f"Send {HEADER} as an RFC 3339 date and time with its offset, like 2025-09-01T09:30:00Z,"
    f" from {_YEARS[0]} to {_YEARS[-1]}"
)


def install(app: Flask) -> None:
    """Move the clock back after each request."""
    app.teardown_request(lambda _error: clock.move(None))


def set_for_request() -> None:
    """Move the clock to where the request says, if it may. Raises ApiError 400 for what is no time."""
    clock.move(_wanted())


def _wanted() -> datetime | None:
    text = request.headers.get(HEADER)
    if text is None or current_app.config["SETTINGS"].production:
        return None
    try:
        moment = read_moment(text.strip())
    except Refused:
        raise bad_request(_WRONG) from None
    if moment.year not in _YEARS:
        raise bad_request(_WRONG)
    return moment
