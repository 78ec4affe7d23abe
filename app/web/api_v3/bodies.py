"""What is sent to the API: JSON as `{"data": {"attributes": {…}}}`, whatever it may turn out to be.

No body is a fault of ours: what can’t be read is a 400 (Provider API, Conventions). Larger ones than 1 MiB don’t come
this far (`app.web.security`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from flask import request

from app.web.api_v3.errors import bad_request

DEEPEST = 32
_NULL = b"\\u0000"


def attributes(*, optional: bool = False) -> dict[str, Any]:
    """The attributes that were sent, none of them checked; those of an empty body are none, when it is `optional`.

    Raises ApiError 400 when the body can’t be read or has no `data`. The `type` isn’t looked at.
    """
    body = request.get_data(cache=True)
    if optional and not body.strip():
        return {}
    data = _object(_object(_read(body), "body").get("data"), "data")
    return _object(data.get("attributes", {}), "attributes")


def _read(body: bytes) -> object:
    kind = request.mimetype
    if kind and kind != "application/json" and not kind.endswith("+json"):
        raise bad_request("Send the body as application/json")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        if "depth limit" in str(error) or "ecursion" in str(error):
            raise _too_deep() from None
        raise bad_request("Send a body that is valid JSON") from None
    has_null = _NULL in body
    if has_null or body.count(b"[") + body.count(b"{") > DEEPEST:
        _look_through(value, has_null)
    return value


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad_request(f'Send the {name} as a JSON object: {{"data": {{"attributes": {{}}}}}}')
    return value


def _look_through(value: object, for_null: bool) -> None:
    """Level by level. No database can store U+0000 in text, and nobody types it."""
    level: Iterable[object] = (value,)
    depth = 0
    while nested := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()
        level = list(_inside(nested))
        if for_null and any(isinstance(each, str) and "\x00" in each for each in level):
            raise bad_request("Send text without null characters")


def _inside(nested: Iterable[Any]) -> Iterator[object]:
    for each in nested:
        if isinstance(each, dict):
            yield from each
            yield from each.values()
        else:
            yield from each


def _too_deep() -> Exception:
    return bad_request(f"Send JSON that is nested {DEEPEST} levels deep or less")
