"""`Idempotency-Key`: a POST that is sent again is answered again, and its work done once (Provider API, [D])."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, request

from app.data import clock
from app.domain.refusals import Refused
from app.services import idempotency
from app.services.idempotency import FIELD, MESSAGES, Answer, Claim
from app.web import logs
from app.web.api_v3.auth import provider
from app.web.api_v3.errors import ApiError, sentence

View = TypeVar("View", bound=Callable[..., Response])


def repeatable(view: View) -> View:
    """Let a view be asked the same thing twice. Only its 200s are kept: refusals and failures free the key."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(FIELD, "").strip()
        if not key:
            return view(*args, **kwargs)
        claimed = _claim(key)
        if isinstance(claimed, Answer):
            return Response(claimed.body, claimed.status, mimetype="application/json")
        return _work(claimed, lambda: view(*args, **kwargs))

    return cast(View, once)


def _claim(key: str) -> Claim | Answer:
    body = request.get_data(cache=True)
    now = clock.unstopped_now()
    try:
        return idempotency.claim(provider(), request.method, request.path, key, body, now)
    except idempotency.StillRunning:
        raise ApiError(409) from None
    except Refused as refused:
        raise ApiError(422, FIELD, sentence(refused, MESSAGES)) from None


def _work(claimed: Claim, view: Callable[[], Response]) -> Response:
    try:
        response = view()
    except BaseException:
        _try(lambda: idempotency.free(claimed))
        raise
    if response.status_code == 200:
        _try(lambda: idempotency.finish(claimed, 200, response.get_data()))
    else:
        _try(lambda: idempotency.free(claimed))
    return response


def _try(end: Callable[[], None]) -> None:
    """The answer stands whether or not it can be kept. The claim is over by itself after two minutes."""
    try:
        end()
    except Exception:
        logs.LOG.exception("claim of a key not ended")
