"""Sessions kept on the server: the cookie holds a random id, the database its hash (Trust, point 6).

One select a request brings the session, the person and their schools. No row is written until something
needs to be remembered, so reading public pages leaves no trace and sets no cookie.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict
from werkzeug.wrappers import Response

from app.config import Config
from app.data import clock
from app.services import signing_in

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
SEEN_EVERY = timedelta(minutes=1)
WITHOUT_SESSION = ("/static/", "/health/", "/api/v3/")


class DatabaseSession(CallbackDict[str, Any], SessionMixin):
    """What one browser’s session remembers. `person` is None until someone signs in."""

    def __init__(self, token: str | None = None, found: signing_in.FoundSession | None = None) -> None:
        super().__init__(found.data if found else {}, on_update=_mark_modified)
        self.token = token if found else None
        self.person = found.person if found else None
        self.last_seen_at: datetime | None = found.last_seen_at if found else None
        self.new = found is None
        self.modified = False
        self.ended = False
        self.cookie_due = False

    def sign_in(self, person_id: str) -> None:
        """Start afresh as this person: new id, nothing carried over from before."""
        now = clock.now()
        self.token = signing_in.start(person_id, self.token, now, limits(current_app.config["SETTINGS"]))
        found = signing_in.find(self.token, now)
        self.clear()
        self.person = found.person if found else None
        self.modified, self.cookie_due = False, True

    def sign_out(self) -> None:
        """Delete the session here and in the browser."""
        if self.token:
            signing_in.end(self.token)
        self.clear()
        self.token, self.person, self.modified, self.ended = None, None, False, True


def _mark_modified(changed: CallbackDict[str, Any]) -> None:
    cast(DatabaseSession, changed).modified = True


class DatabaseSessions(SessionInterface):
    """Flask’s session interface over the `sessions` table."""

    def open_session(self, app: Flask, request: Request) -> DatabaseSession:
        """Look up the cookie’s session; an unknown, idle or malformed one is an empty session."""
        if request.path.startswith(WITHOUT_SESSION):
            return DatabaseSession()
        config: Config = app.config["SETTINGS"]
        token = request.cookies.get(config.session_cookie, "")
        if not TOKEN.fullmatch(token):
            return DatabaseSession()
        return DatabaseSession(token, signing_in.find(token, clock.now()))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed, note at most once a minute that it is in use, and set the cookie."""
        if not isinstance(session, DatabaseSession):
            return  # the session could not be opened, and the error page is on its way
        if request.path.startswith(WITHOUT_SESSION):
            return
        config: Config = app.config["SETTINGS"]
        response.vary.add("Cookie")
        if session.modified:
            token = signing_in.keep(session.token, dict(session), clock.now(), limits(config))
            session.cookie_due = session.cookie_due or token != session.token
            session.token, session.modified = token, False
        elif session.last_seen_at and clock.now() - session.last_seen_at >= SEEN_EVERY:
            signing_in.seen(cast(str, session.token), clock.now(), limits(config))
        _set_cookie(config, session, response)


def _set_cookie(config: Config, session: DatabaseSession, response: Response) -> None:
    attributes: dict[str, Any] = {
        "path": "/",
        "secure": config.secure_cookies,
        "httponly": True,
        "samesite": "Lax",
    }
    if session.ended and session.token is None:
        response.delete_cookie(config.session_cookie, **attributes)
    elif session.cookie_due and session.token:
        response.set_cookie(config.session_cookie, session.token, **attributes)


def install(app: Flask) -> None:
    """Use the database for sessions in this application."""
    app.session_interface = DatabaseSessions()
    app.before_request(_hand_over_person)


def _hand_over_person() -> None:
    g.person = current_session().person


def current_session() -> DatabaseSession:
    """The session of this request, with its own type."""
    return cast(DatabaseSession, session._get_current_object())  # type: ignore[attr-defined]


def limits(config: Config) -> signing_in.Limits:
    """How long a session lives, from the settings."""
    return signing_in.Limits(
        timedelta(minutes=config.session_idle_minutes), timedelta(hours=config.session_hours)
    )
