"""What a request asks of a list, read from its address (Provider API, Conventions).

Filters and pages are objects, `filter[cohort]=2024,2025&page[per_page]=50`. Filters that the operation doesn’t have are
not looked at, and one without a value counts as not given. Years and ids that nothing has find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from flask import request

from app.data.ids import known_form
from app.data.queries.api.wanted import Wanted
from app.domain.participants import TrainingStatus
from app.web.api_v3.errors import bad_parameter, bad_request
from app.web.api_v3.shapes.asking import MOST_PER_PAGE, PER_PAGE
from app.web.api_v3.shapes.statements import STATEMENT_TYPE

# No list is as long.
LAST_PAGE = 999_999_999
SORT_KEYS = ("created_at", "updated_at")

_NAME = re.compile(r"\[([^\[\]]+)\]")
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[0-9]+")
_MOMENT = re.compile(
    r"([0-9]{4}-?[0-9]{2}-?[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?)?)"
    r"(Z|z|[+ -][0-9]{2}(?::?[0-9]{2})?)?)?"
)


def wanted(*filters: str, required: Collection[str] = (), ordered: bool = False) -> Wanted:
    """What this request asks of a list with these filters; `ordered` when it can be sorted.

    A required filter takes one value, not several. Raises ApiError 400: `Bad parameter` for a filter or page that isn’t
    an object, a page that isn’t a number above zero, and a required filter that is missing; `Bad request` for an
    `updated_since` or `training_status` that nothing could have.
    """
    given = {name: text for name, text in _objects("filter").items() if name in filters and text.strip()}
    for name in required:
        if name not in given:
            raise bad_parameter(f"Enter the {name} as filter[{name}]")
    page = _objects("page")
    return Wanted(
        page=_number(page, "page", 1),
        per_page=min(_number(page, "per_page", PER_PAGE), MOST_PER_PAGE),
        sort=_sort() if ordered else (),
        **_filters(given, required),
    )


def _objects(name: str) -> dict[str, str]:
    """The parts of `name[part]=value`; of a part that comes twice the last counts."""
    found: dict[str, str] = {}
    for key, values in request.args.lists():
        if key == name or key.startswith(f"{name}["):
            part = _NAME.fullmatch(key.removeprefix(name))
            if part is None:
                raise bad_parameter(f"Send {name} as an object, like {name}[{_example(name)}]")
            found[part.group(1)] = values[-1]
    return found


def _example(name: str) -> str:
    return "per_page]=100" if name == "page" else "cohort]=2025"


def _number(page: Mapping[str, str], name: str, usual: int) -> int:
    text = page.get(name)
    if text is None:
        return usual
    if not _NUMBER.fullmatch(text) or not text.strip("0"):
        raise bad_parameter(f"Enter page[{name}] as a whole number above zero")
    digits = text.lstrip("0")
    return int(digits) if len(digits) <= len(str(LAST_PAGE)) else LAST_PAGE


def _sort() -> tuple[tuple[str, bool], ...]:
    """The keys we know, each once, with True for the latest first."""
    keys: dict[str, bool] = {}
    for each in request.args.getlist("sort")[-1:]:
        for key in each.split(","):
            name = key.strip()
            if (known := name.removeprefix("-").removeprefix("+")) in SORT_KEYS:
                keys.setdefault(known, name.startswith("-"))
    return tuple(keys.items())


def _filters(given: Mapping[str, str], required: Collection[str]) -> dict[str, Any]:
    """The fields of Wanted. Of another type than ours there is no statement, so of no cohort either."""
    found: dict[str, Any] = {}
    if cohort := given.get("cohort"):
        found["cohorts"] = _years([cohort] if "cohort" in required else cohort.split(","))
    if STATEMENT_TYPE not in given.get("type", STATEMENT_TYPE).split(","):
        found["cohorts"] = ()
    for name in ("delivery_partner_id", "participant_id"):
        if name in given:
            found[f"{name}s"] = _ids(given[name].split(","))
    if "updated_since" in given:
        found["updated_since"] = _moment(given["updated_since"])
    if "training_status" in given:
        found["training_status"] = _training_status(given["training_status"])
    found.update({name: given[name] for name in ("urn", "from_participant_id") if name in given})
    return found


def _years(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(text) for text in map(str.strip, texts) if _YEAR.fullmatch(text)))


def _ids(texts: Iterable[str]) -> tuple[str, ...]:
    known = (known_form(text.strip()) for text in texts)
    return tuple(dict.fromkeys(each for each in known if each))


def _training_status(text: str) -> str:
    if text not in list(TrainingStatus):
        raise bad_request(f"Enter filter[training_status] as one of these: {', '.join(TrainingStatus)}")
    return text


def _moment(text: str) -> datetime:
    """The moment that was meant, in UTC: some clients encode it twice, and some send the plus of an offset bare."""
    shape = _MOMENT.fullmatch(unquote(text).strip())
    if shape is None:
        raise _no_moment()
    day, time, zone = shape.groups()
    whole = f"{day}T{time or '00'}{(zone or 'Z').replace(' ', '+').upper()}"
    try:
        return datetime.fromisoformat(whole).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _no_moment() from None


def _no_moment() -> Exception:
    return bad_request("Enter filter[updated_since] as an ISO 8601 date and time, like 2025-09-01T09:30:00Z")
