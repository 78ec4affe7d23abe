"""Errors of the API: one shape for every status (Provider API, [D]).

A refusal of the rules is a 422: its title is the attribute at fault, its detail the sentence that stands beside the
rule (the `MESSAGES` of its module, which the view names with `refuses_in`). An id that doesn’t exist and one that is
somebody else’s are answered with the very same bytes.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException

from app.domain.refusals import Refused, RefusedTogether
from app.services import providers
from app.web import logs
from app.web.api_v3.responses import json_response
from app.web.api_v3.shapes.errors import STATUSES, Error

View = TypeVar("View", bound=Callable[..., Any])

UNDER = "/api/v3/"
# Any version: what is under /api otherwise are pages for people.
_OF_THE_API = re.compile(r"/api/v[0-9]+(/|$)")
_WORDS = "refusals_in_words"
# What isn’t an answer to one operation, and so isn’t in its documents.
_ELSEWHERE: Mapping[int, tuple[str, str]] = {
    405: ("Method not allowed", "Use a method that the header Allow names"),
    503: ("Not available", "Try again in a minute"),
}
_UNREADABLE = ("Bad request", "The request cannot be read. Check its address, headers and body")
_CHANGED = "This was changed by another request at the same moment. Get it again, and then decide"
_UNKNOWN_SENTENCE = "This is not possible. Check {field}"


class ApiError(Exception):
    """An answer other than 200. `headers` go with it."""

    def __init__(
        self,
        status: int,
        title: str | None = None,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, title, detail)
        usual = _words_of(status)
        self.status = status
        self.error: Error = {"title": title or usual[0], "detail": detail or usual[1]}
        self.headers = dict(headers or {})


def bad_parameter(detail: str) -> ApiError:
    """A filter or a page that isn’t as described."""
    return ApiError(400, "Bad parameter", detail)


def bad_request(detail: str) -> ApiError:
    """A body, a header or a value that can’t be read."""
    return ApiError(400, "Bad request", detail)


def refuses_in(*tables: Mapping[str, str]) -> Callable[[View], View]:
    """Say which sentences the refusals of this view have, by reason. Of two for one reason the first counts."""

    def mark(view: View) -> View:
        setattr(view, _WORDS, ChainMap(*map(dict, tables)))
        return view

    return mark


def install(views: Blueprint, conflicts: Iterable[type[Exception]] = ()) -> None:
    """Answer what these views raise: `conflicts` as 409. (HTTP errors under /api come through `app.web.errors`.)"""
    views.register_error_handler(ApiError, _answer)
    views.register_error_handler(providers.NotFound, lambda _error: _answer(ApiError(404)))
    views.register_error_handler(Refused, lambda refused: _unprocessable((refused,)))
    views.register_error_handler(RefusedTogether, lambda together: _unprocessable(together.refusals))
    for conflict in conflicts:
        views.register_error_handler(conflict, lambda _error: _answer(ApiError(409, "base", _CHANGED)))


def is_api() -> bool:
    """Whether this request is to the API, known address or not."""
    return _OF_THE_API.match(request.path) is not None


def of_status(status: int, error: HTTPException | None = None) -> Response:
    """The error of a status, in its usual words. Of `error` only the headers that a client needs are kept."""
    title, detail = _words_of(status)
    response = _response(status, [{"title": title, "detail": detail}])
    for name, value in error.get_headers() if error is not None else ():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response


def sentence(refused: Refused, words: Mapping[str, str]) -> str:
    """The sentence of a refusal, with its details put in."""
    try:
        return words[refused.reason].format_map(refused.detail)
    except KeyError:
        logs.event("refusal without a sentence", reason=refused.reason, field=refused.field)
        return _UNKNOWN_SENTENCE.format(field=refused.field or "what you sent")


def _answer(error: ApiError) -> Response:
    response = _response(error.status, [error.error])
    response.headers.update(error.headers)
    return response


def _unprocessable(refusals: Iterable[Refused]) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    words: Mapping[str, str] = getattr(view, _WORDS, {})
    return _response(
        422, [{"title": each.field or "base", "detail": sentence(each, words)} for each in refusals]
    )


def _words_of(status: int) -> tuple[str, str]:
    if status in STATUSES and status != 400:
        return STATUSES[status].title, STATUSES[status].detail
    return _ELSEWHERE.get(status, _UNREADABLE)


def _response(status: int, errors: list[Error]) -> Response:
    return json_response({"errors": errors}, status)
