"""What every way of signing in does. OpenID Connect will redirect in `begin` and come back to `finish`."""

from __future__ import annotations

from typing import Protocol

from werkzeug.wrappers import Response


class SignIn(Protocol):
    """A way of finding out who is there. Adapters read the request of the moment; they never write."""

    def begin(self, next_page: str | None) -> Response:
        """Ask who it is. `next_page` is a path of this service to go to afterwards."""

    def finish(self) -> Entered | Response:
        """Who it turned out to be, or the page that asks again."""


class Entered:
    """A person who has shown who they are, and where they were going."""

    __slots__ = ("next_page", "person_id")

    def __init__(self, person_id: str, next_page: str | None) -> None:
        self.person_id = person_id
        self.next_page = next_page
