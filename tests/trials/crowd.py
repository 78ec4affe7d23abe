"""Many people at once, over HTTP: signed-in tutors that press the button in the same moment."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from app.data.columns import Model
from app.data.models import Person, SchoolMembership
from e2e.support.site import Site
from tests.support.acceptance import LOADED_AT, OAKFIELD
from tests.support.client import InspectingClient
from tests.support.document import Document, values_of
from tests.support.sitting import Ready

PATIENCE = 60
SECOND_TUTOR = "00000005-0000-7000-8000-000000000009"

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `place` is the path redirected to, `page` the document when it isn’t a redirect."""

    status: int
    place: str
    body: str

    @property
    def page(self) -> Document:
        """The HTML."""
        return Document(self.body)

    @property
    def acknowledged(self) -> bool:
        """Whether the person was told that the registration was made: a redirect to the confirmation."""
        return self.status == 303 and self.place.endswith("/confirmation")


@dataclass(frozen=True, slots=True)
class Tutor:
    """Someone signed in, with the cookie and the form token of their session."""

    site: Site
    cookie: str
    token: str

    def confirm(self, run: Ready) -> Reply:
        """Press the button of check answers. Raises OSError or HTTPException when the service dies meanwhile."""
        form = {"csrf_token": self.token, "version": str(run.version)}
        return self._send("POST", f"{run.base}/check-answers", urlencode(form))

    def see(self, path: str) -> Reply:
        """Open an address, going along with redirects."""
        reply = self._send("GET", path)
        while reply.status in (302, 303):
            reply = self._send("GET", reply.place)
        return reply

    def _send(self, method: str, path: str, body: str = "") -> Reply:
        address = urlsplit(self.site.address)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        headers = {"Cookie": f"session={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
            place = urlsplit(response.headers.get("Location", ""))
            return Reply(response.status, place.path + (f"?{place.query}" if place.query else ""), text)
        finally:
            connection.close()


def signed_in(site: Site, person: str) -> Tutor:
    """Sign a demo person in. The session is a row, so the running service knows it too."""
    client = InspectingClient(site.store.app, use_cookies=True)
    page = client.sign_in(person)
    token = dict(values_of(page, page.form(button="Sign out")))["csrf_token"]
    cookie = client.get_cookie("session")
    assert cookie is not None
    return Tutor(site, cookie.value, token)


def second_tutor() -> tuple[Model, ...]:
    """Another tutor at Oakfield, as rows to store."""
    stamps = {"created_at": LOADED_AT, "updated_at": LOADED_AT}
    person = Person(
        id=SECOND_TUTOR, name="Ines Mora", email="ines.mora@example.com", kind="school", demo=True, **stamps
    )
    return person, SchoolMembership(person_id=SECOND_TUTOR, school_id=OAKFIELD)


def at_once(work: Callable[[S], T], items: Sequence[S]) -> list[T]:
    """Do the work for every item, each in a thread of its own, all let go in the same moment."""
    together = threading.Barrier(len(items))

    def start(item: S) -> T:
        together.wait()
        return work(item)

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(start, items))
