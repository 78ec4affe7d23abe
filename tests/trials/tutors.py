"""Tutors in the test client, signed in, with runs of their own; whatever comes back goes through the inspector."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.data import clock
from app.services import signing_in
from app.web.sessions import limits
from tests.support.client import NAMES_IN_RECORDS
from tests.support.document import Document, values_of
from tests.support.inspector import inspect
from tests.trials.answers import TYPED, WILD

DATA = frozenset(
    {*NAMES_IN_RECORDS, *(text for texts in (*TYPED.values(), *WILD.values()) for text in texts)}
)


class Tutor:
    """A tutor whose session has begun already; every page that comes back goes through the inspector."""

    def __init__(self, app: Flask, person: str) -> None:
        self.client = FlaskClient(app, use_cookies=True)
        settings = app.config["SETTINGS"]
        with app.app_context():
            session = signing_in.start(person, None, clock.now(), limits(settings))
        self.client.set_cookie(settings.session_cookie, session)
        page = Document(self.client.get("/accessibility").get_data(as_text=True))
        self.token = dict(values_of(page, page.form(button="Sign out")))["csrf_token"]

    def send(self, path: str, form: dict[str, list[str]]) -> TestResponse:
        """Post a form with this session’s token."""
        return self._looked_at(self.client.post(path, data={**form, "csrf_token": [self.token]}))

    def open(self, path: str) -> TestResponse:
        """Open an address, without going along with redirects."""
        return self._looked_at(self.client.get(path))

    def _looked_at(self, response: TestResponse) -> TestResponse:
        assert response.status_code in (200, 303, 404, 422), f"{response.request.path}: {response.status}"
        body = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        headers = list(response.headers)
        inspect(response.request.path, response.status_code, headers, body, brand="plain", data=DATA)
        return response


@dataclass(slots=True)
class Going:
    """One run: whose it is and where."""

    tutor: Tutor = field(repr=False)
    school: str
    base: str
