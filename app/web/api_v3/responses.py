"""What the API answers: JSON, times in UTC with seconds and `Z` (Provider API, Conventions)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import orjson
from flask import Response

Row = TypeVar("Row")

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def json_response(body: object, status: int = 200) -> Response:
    """`body` as JSON. Datetimes must be aware, in UTC."""
    return Response(orjson.dumps(body, option=_OPTIONS), status, mimetype="application/json")


def listed(rows: Iterable[Row], item: Callable[[Row], Mapping[str, Any]]) -> Response:
    """A page of records, each as `item` shows it."""
    return json_response({"data": [item(row) for row in rows]})


def one(row: Row | None, item: Callable[[Row], Mapping[str, Any]]) -> Response:
    """One record as `item` shows it; 404 for None, the same for an unknown id as for somebody else’s."""
    if row is None:
        from app.web.api_v3.errors import ApiError

        raise ApiError(404)
    return json_response({"data": item(row)})
