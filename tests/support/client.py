"""The test client: every response goes through the page inspector.

    page = client.get("/schools/900101/ects")          # a Document; the status must be 2xx or 3xx
    client.get("/schools/900103/ects", status=404)     # any other status is said beforehand
    client.submit(teacher_reference_number="3001234")  # fills in and sends the form of the page last seen
    client.follow()                                    # goes where the last answer redirected to

`client.page` is the page last seen, `client.response` the last response.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services.teacher_record.demo_teachers import DEMO_TEACHERS
from tests.support.acceptance import DELIVERY_PARTNER_NAMES
from tests.support.document import Document, sent_by, values_of
from tests.support.inspector import BadPage, inspect

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
NAMES_IN_RECORDS = {*DELIVERY_PARTNER_NAMES.values(), *(each.name for each in DEMO_TEACHERS if each.name)}


class InspectingClient(FlaskClient):
    """A browser without scripts that looks at everything it is sent."""

    response: TestResponse
    last_path: str = "/"
    _page: Document | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data_texts: set[str] = set(NAMES_IN_RECORDS)

    def allow(self, *texts: str) -> None:
        """Exempt these texts (names in records, what people typed) from the rules for our copy."""
        self.data_texts.update(text for text in texts if text)

    def open(self, *args: Any, status: int | None = None, **kwargs: Any) -> TestResponse:
        """Send a request, inspect the response, and hold its status against the one expected."""
        self._remember_what_is_typed(kwargs.get("data"))
        response = super().open(*args, **kwargs)
        self.response, self._page = response, None
        path = self.last_path = response.request.path
        expected = 200 <= response.status_code < 400 if status is None else response.status_code == status
        if not expected:
            raise BadPage(
                f"{path} answered {response.status}, not {status or '2xx or 3xx'}: {said(response)}"
            )
        body = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        settings = self.application.config.get("SETTINGS")
        inspect(
            path,
            response.status_code,
            list(response.headers),
            body,
            brand=getattr(settings, "brand", "plain"),
            data=frozenset(self.data_texts),
        )
        return response

    @property
    def page(self) -> Document:
        """The HTML of the last response."""
        if self._page is None:
            self._page = Document(self.response.get_data(as_text=True), strict=False)
        return self._page

    def see(self, path: str, *, status: int | None = None) -> Document:
        """Open an address and go along with redirects; return the page."""
        self.get(path, status=status)
        return self.follow()

    def submit(
        self, button: str = "", *, status: int | None = None, **fields: str | list[str]
    ) -> TestResponse:
        """Send the form of the last page (the one with this button), with these fields changed."""
        form = self.page.form(button=button)
        sent = sent_by(self.page, form, button, fields)
        action = form.get("action") or self.last_path
        if form.get("method", "get").lower() == "get":
            return self.get(action, query_string=sent, status=status)
        return self.post(action, data=sent, status=status)

    def sign_in(self, person_id: str) -> Document:
        """Press this person’s button on the demo sign-in page; return the page that comes next."""
        self.see("/sign-in")
        tokens = dict(values_of(self.page, self.page.form()))
        self.post("/sign-in", data={**tokens, "person": person_id})
        return self.follow()

    def follow(self) -> Document:
        """Go where the last response redirects to, until there is a page; return it."""
        for _ in range(MOST_REDIRECTS):
            if self.response.status_code not in REDIRECTS:
                return self.page
            to = urlsplit(self.response.headers["Location"])
            assert not to.netloc or to.netloc in ("localhost", "127.0.0.1"), f"a redirect to {to.netloc}"
            self.get(to.path + (f"?{to.query}" if to.query else ""))
        raise BadPage(f"more than {MOST_REDIRECTS} redirects, the last to {self.last_path}")

    def _remember_what_is_typed(self, sent: Any) -> None:
        for value in sent.values() if isinstance(sent, dict) else ():
            self.allow(
                *(each.strip() for each in (value if isinstance(value, list) else [value]) if _quoted(each))
            )


def said(response: TestResponse) -> str:
    """The heading and errors of a response, for a message."""
    if response.mimetype != "text/html":
        return response.get_data(as_text=True)[:200]
    page = Document(response.get_data(as_text=True))
    return " · ".join([page.h1 or page.text[:200], *(text for text, _ in page.error_links)])


def _quoted(value: Any) -> bool:
    return isinstance(value, str) and any(mark in value for mark in "'\"")
