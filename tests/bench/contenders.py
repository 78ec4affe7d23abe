"""What a page is measured against, as routes beside it in the same application.

- `constant`: the bytes of the page, made once. No session, no journey, no database.
- `reads`: the same bytes after exactly the reads of the page: calls of the query functions that the page made are
  recorded, and made again on each request.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, Response
from sqlalchemy import Connection
from werkzeug.test import Client, TestResponse

from app.data import queries
from app.web.policy import Guard
from tests.bench.world import SESSION_COOKIE

NAMES = ("constant", "reads", "page")
HEADERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
Call = Callable[[], object]


@dataclass(slots=True)
class Recorded:
    """One page: what its queries were called with, and the answer that was sent."""

    calls: list[Call]
    body: bytes
    encoding: str

    def answer(self) -> Response:
        """The same bytes, ready to send: not compressed again."""
        return Response(self.body, mimetype="text/html", headers={"Content-Encoding": self.encoding})


def address(name: str, page: str) -> str:
    """Where a contender answers."""
    return f"/bench/{name}/{page.replace(' ', '-')}"


def install(app: Flask, cookie: str, pages: Mapping[str, str]) -> None:
    """Add the contenders of every page. Raises AssertionError when a page reads otherwise than its contender."""
    found: dict[str, Recorded] = {}
    for page in pages:
        _add(app, page, found)
    browser = Client(app)
    browser.set_cookie(SESSION_COOKIE, cookie)
    for page, path in pages.items():
        _get(browser, path)
        with recording() as calls, statements() as made:
            response = _get(browser, path)
        found[page] = Recorded(calls, response.data, response.headers["Content-Encoding"])
        with statements() as made_again:
            _get(browser, address("reads", page))
        assert made == made_again, f"{page}: {len(made)} selects, and {len(made_again)} without the page"


def _add(app: Flask, page: str, found: Mapping[str, Recorded]) -> None:
    def constant() -> Response:
        return found[page].answer()

    def reads() -> Response:
        recorded = found[page]
        for call in recorded.calls:
            call()
        return recorded.answer()

    for view in (constant, reads):
        endpoint = f"bench.{view.__name__}.{page}".replace(".", "_")
        app.add_url_rule(address(view.__name__, page), endpoint, view)
        app.extensions["policy"] = {**app.extensions["policy"], endpoint: Guard.PUBLIC}


def _get(browser: Client, path: str) -> TestResponse:
    response = browser.get(path, headers=HEADERS)
    assert response.status_code == 200, (path, response.status)
    return response


@contextmanager
def recording() -> Iterator[list[Call]]:
    """Collect the calls of query functions, but not of those that query functions call themselves.

    The session’s own read is left out: every request with the cookie makes it anyway.
    """
    calls: list[Call] = []
    inside = [0]
    undo = []
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                setattr(module, name, _noted(function, calls, inside))
                undo.append((module, name, function))
    try:
        yield calls
    finally:
        for module, name, function in undo:
            setattr(module, name, function)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is executed, with its values. Not by SQLAlchemy’s events: those slow an engine down for good."""
    made: list[str] = []
    plain = Connection.execute

    def noting(connection: Connection, statement: Any, values: Any = None, **options: Any) -> Any:
        made.append(f"{statement} {values}")
        return plain(connection, statement, values, **options)

    Connection.execute = noting  # type: ignore[method-assign,assignment]
    try:
        yield made
    finally:
        Connection.execute = plain  # type: ignore[method-assign]


def _modules() -> list[Any]:
    names = (each.name for each in pkgutil.iter_modules(queries.__path__))
    return [importlib.import_module(f"{queries.__name__}.{name}") for name in names]


def _noted(function: Callable[..., Any], calls: list[Call], inside: list[int]) -> Callable[..., Any]:
    of_session = function.__module__ == f"{queries.__name__}.sign_in"

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        if not inside[0] and not of_session:
            calls.append(lambda: function(*args, **kwargs))
        inside[0] += 1
        try:
            return function(*args, **kwargs)
        finally:
            inside[0] -= 1

    return called
