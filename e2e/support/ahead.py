"""Going ahead of a visitor: pages that only lie on the way are asked for and answered without being drawn.

    ahead.to(visitor, "check_answers")          # the visitor signs in, answers, and has check answers open
    ahead.registered(visitor)                   # the same, and sends them: the confirmation is open

    on = ahead.to(visitor, "find_ect")          # step by step, as `Registering` goes
    on.to("appropriate_body", email="aoife@example.com")
    on.arrive()

The requests are real ones, to the running service, with the cookies of the visitor’s own window: each form is sent
with its token and hidden fields, as a browser without scripts would. Every answer must have the status 200.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import APIResponse

from e2e.support.visitor import Visitor
from tests.support.document import Document, sent_by
from tests.support.registering import Registering

HTML = {"Accept": "text/html"}


class Requests:
    """A browser that draws nothing and shares a visitor’s cookies: the verbs of `tests.support.client`.

    `page` is the page last seen, `last_path` its address. Every verb raises AssertionError for another status than 200.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.address = visitor.address
        self.sender = visitor.page.context.request
        self.page = Document("", strict=False)
        self.last_path = "/"

    def see(self, path: str) -> Document:
        """Open an address, going along with redirects; return the page."""
        return self._seen(self.sender.get(f"{self.address}{path}", headers=HTML))

    def submit(self, button: str = "", **fields: str) -> Document:
        """Send the form of the last page (the one with this button), with these fields changed; see what comes."""
        form = self.page.form(button=button)
        assert form.get("method") == "post", f"{self.last_path} has a form that is not posted"
        sent = {name: value for name, [value] in sent_by(self.page, form, button, fields).items()}
        action = form.get("action") or self.last_path
        return self._seen(self.sender.post(f"{self.address}{action}", form={**sent}, headers=HTML))

    def follow(self) -> Document:
        """The page last seen: redirects were followed."""
        return self.page

    def sign_in(self, person_id: str) -> Document:
        """Press this person’s button on the demo sign-in page; return the page that comes next."""
        self.see("/sign-in")
        return self.submit(person=person_id)

    def _seen(self, answer: APIResponse) -> Document:
        path = urlsplit(answer.url).path
        assert answer.status == 200, f"{path} answered {answer.status}: {answer.text()}"
        self.page, self.last_path = Document(answer.text(), strict=False), path
        return self.page


class Ahead(Registering):
    """A registration begun at Oakfield ahead of a visitor: see `Registering` for its verbs.

    What the visitor does themselves in between is met with `see()`.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        super().__init__(Requests(visitor))  # type: ignore[arg-type]

    def arrive(self) -> None:
        """Have the visitor open the page that was reached."""
        answer = self.visitor.go(self.client.last_path)
        assert answer is not None
        assert (answer.status, self.visitor.path) == (200, self.client.last_path)


def sign_in(visitor: Visitor, person_id: str) -> None:
    """Sign the visitor in; they open their first page themselves."""
    Requests(visitor).sign_in(person_id)


def to(visitor: Visitor, name: str, **said: Any) -> Ahead:
    """Sign in at Oakfield, begin a registration and go on to this page with the usual answers, `said` excepted."""
    on = Ahead(visitor)
    on.to(name, **said)
    on.arrive()
    return on


def registered(visitor: Visitor) -> None:
    """Register Aoife; the confirmation is open."""
    on = Ahead(visitor)
    on.confirm()
    on.arrive()
