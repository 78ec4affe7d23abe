"""Filters, pages, order and times as clients send them (Provider API, Conventions)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from app.data.ids import new_id
from app.data.queries.api.wanted import Wanted
from app.web.api_v3.errors import ApiError
from app.web.api_v3.parameters import wanted
from tests.web.api_v3.conftest import Caller, said

ID, OTHER = "0197a0c4-3c00-7000-8000-000000000001", "0197a0c4-3c00-7000-8000-000000000002"
BAD_PARAMETER, BAD_REQUEST = "Bad parameter", "Bad request"


APP = Flask("parameters")
FILTERS = (
    "cohort",
    "updated_since",
    "delivery_partner_id",
    "participant_id",
    "urn",
    "training_status",
    "from_participant_id",
    "type",
)


def read(query: str) -> Wanted:
    """What an operation with every filter is asked for."""
    with APP.test_request_context(f"/?{query}"):
        return wanted(*FILTERS, ordered=True)


def read_one_cohort(query: str) -> Wanted:
    """What an operation is asked for that needs one cohort and has nothing else."""
    with APP.test_request_context(f"/?{query}"):
        return wanted("cohort", required=("cohort",))


def refused(query: str, reading: Callable[[str], Wanted] = read) -> tuple[str, str]:
    """The title and detail of the refusal."""
    with pytest.raises(ApiError) as caught:
        reading(query)
    assert caught.value.status == 400
    return caught.value.error["title"], caught.value.error["detail"]


def test_nothing_asked_means_the_first_hundred_of_everything() -> None:
    assert read("") == Wanted() == Wanted(page=1, per_page=100, sort=())


def test_it_is_read_from_the_address_of_a_real_request(caller: Caller) -> None:
    found: Any = caller.get("/list?filter[cohort]=2024,2025&page%5Bper_page%5D=5&sort=-updated_at").json
    assert (found["cohorts"], found["per_page"], found["sort"]) == ([2024, 2025], 5, [["updated_at", True]])
    assert said(caller.get("/list?page[page]=0", 400))[0][0] == BAD_PARAMETER
    assert said(caller.get("/list?filter=2024", 400))[0][0] == BAD_PARAMETER
    assert said(caller.get("/list?filter[updated_since]=never", 400))[0][0] == BAD_REQUEST
    assert said(caller.get("/one-cohort", 400))[0][0] == BAD_PARAMETER


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("page[page]=2", (2, 100)),
        ("page[per_page]=50&page[page]=7", (7, 50)),
        ("page%5Bpage%5D=2&page%5Bper_page%5D=3000", (2, 3000)),
        ("page[per_page]=3001", (1, 3000)),
        ("page[per_page]=99999999999999999999999", (1, 3000)),
        ("page[page]=99999999999999999999999", (999_999_999, 100)),
        ("page[page]=" + "9" * 5000, (999_999_999, 100)),
        ("page[page]=0012", (12, 100)),
        ("page[page]=1&page[page]=3", (3, 100)),
        ("page[other]=x", (1, 100)),
    ],
)
def test_pages(query: str, page: tuple[int, int]) -> None:
    found = read(query)
    assert (found.page, found.per_page) == page


@pytest.mark.parametrize("name", ["page", "per_page"])
@pytest.mark.parametrize(
    "value",
    ["0", "000", "-1", "abc", "", "1.5", "1e3", "%2B1", " 1", "١", "²", "0x10", "null", "NaN"],  # noqa: RUF001
)
def test_a_page_that_is_no_number_above_zero_is_refused(name: str, value: str) -> None:
    assert refused(f"page[{name}]={value}") == (
        BAD_PARAMETER,
        f"Enter page[{name}] as a whole number above zero",
    )


@pytest.mark.parametrize(
    "query",
    [
        "filter=2024",
        "filter=",
        "page=2",
        "page",
        "filter[]=2024",
        "page[]=2",
        "filter[cohort][]=2024",
        "filter[a][b]=1",
        "filter[cohort=2024",
        "filter[cohort]x=2024",
        "page[page][page]=1",
        "filter=1&filter[cohort]=2024",
    ],
)
def test_a_filter_or_page_that_is_no_object_is_refused(query: str) -> None:
    assert refused(query)[0] == BAD_PARAMETER


@pytest.mark.parametrize(
    ("value", "years"),
    [
        ("2024", (2024,)),
        ("2024,2025", (2024, 2025)),
        (" 2024 , 2025,", (2024, 2025)),
        ("2024,2024", (2024,)),
        ("1066", (1066,)),
        ("abc", ()),
        ("2024,abc", (2024,)),
        ("99999999999999999999", ()),
        ("٢٠٢٤", ()),
        (",", ()),
        ("'; DROP TABLE cohorts; --", ()),
        ("", None),
        (" ", None),
    ],
)
def test_cohorts_are_a_list_in_which_what_nobody_knows_finds_nothing(
    value: str, years: tuple[int, ...] | None
) -> None:
    assert read(f"filter[cohort]={quote(value)}").cohorts == years


@pytest.mark.parametrize("name", ["delivery_partner_id", "participant_id"])
def test_ids_are_lists_too(name: str) -> None:
    for value, ids in (
        (ID, (ID,)),
        (f"{ID},{OTHER}", (ID, OTHER)),
        (f"{ID.upper()},{ID}", (ID,)),
        ("abc", ()),
        (f"abc,{OTHER}", (OTHER,)),
        ("", None),
    ):
        assert getattr(read(f"filter[{name}]={value}"), f"{name}s") == ids


def test_a_long_list_of_ids_is_taken_whole() -> None:
    ids = tuple(new_id() for _ in range(1000))
    assert read(f"filter[participant_id]={','.join(ids)}").participant_ids == ids


def test_single_filters_are_handed_on_as_they_are() -> None:
    found = read(f"filter[urn]=900101&filter[from_participant_id]={ID}&filter[training_status]=deferred")
    assert (found.urn, found.from_participant_id, found.training_status) == ("900101", ID, "deferred")


def test_there_are_statements_of_one_type_only() -> None:
    assert read("filter[type]=ecf").cohorts is None
    assert read("filter[type]=npq").cohorts == ()
    assert read("filter[type]=npq&filter[cohort]=2024").cohorts == ()


@pytest.mark.parametrize("value", ["Active", "gone", "active,deferred", "null"])
def test_a_training_status_that_does_not_exist_is_refused(value: str) -> None:
    assert refused(f"filter[training_status]={value}") == (
        BAD_REQUEST,
        "Enter filter[training_status] as one of these: active, deferred, withdrawn",
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-09-01T09:30:00Z", "2025-09-01T09:30:00Z"),
        ("2025-09-01T09:30:00z", "2025-09-01T09:30:00Z"),
        ("2025-09-01T09:30:00+01:00", "2025-09-01T08:30:00Z"),
        ("2025-09-01T09:30:00-0330", "2025-09-01T13:00:00Z"),
        ("2025-09-01T09:30:00.123456789Z", "2025-09-01T09:30:00.123456Z"),
        ("2025-09-01T09:30:00,5Z", "2025-09-01T09:30:00.5Z"),
        ("2025-09-01T09:30Z", "2025-09-01T09:30:00Z"),
        ("2025-09-01T09:30:00", "2025-09-01T09:30:00Z"),
        ("2025-09-01 09:30:00Z", "2025-09-01T09:30:00Z"),
        ("2025-09-01", "2025-09-01T00:00:00Z"),
        ("20250901T093000Z", "2025-09-01T09:30:00Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    ],
)
def test_updated_since_in_iso_8601_however_often_it_is_encoded(text: str, moment: str) -> None:
    for sent in (quote(text), quote(quote(text)), quote(text).replace("%2B", "+"), quote(text, safe=":+")):
        assert read(f"filter[updated_since]={sent}").updated_since == datetime.fromisoformat(moment), sent


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "0",
        "1725177600",
        "2025-13-01T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2025-09-01T24:00:01Z",
        "2025-09-01T09:60:00Z",
        "2025-09-01T09:30:00+25:00",
        "2025-09-01T09:30:00 Europe/London",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2025-0901T00:00:00Z",
        "٢٠٢٥-09-01T00:00:00Z",
        "2025-09-01T09:30:00Z; DROP TABLE schools",
        "2025-09-01T09:30:00%00Z",
        "%",
        "%ZZ",
        "NaN",
        "-",
    ],
)
def test_an_updated_since_that_is_no_moment_is_refused(text: str) -> None:
    title, detail = refused(f"filter[updated_since]={quote(text)}")
    assert title == BAD_REQUEST
    assert detail == "Enter filter[updated_since] as an ISO 8601 date and time, like 2025-09-01T09:30:00Z"


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("created_at", [("created_at", False)]),
        ("-updated_at", [("updated_at", True)]),
        ("-updated_at,created_at", [("updated_at", True), ("created_at", False)]),
        ("created_at,-created_at", [("created_at", False)]),
        ("+created_at", [("created_at", False)]),
        ("name,-id,updated_at", [("updated_at", False)]),
        ("--created_at", []),
        ("created_at;updated_at", []),
        ("", []),
        (",,,", []),
    ],
)
def test_unknown_sort_keys_are_dropped(sort: str, keys: list[tuple[str, bool]]) -> None:
    assert read(f"sort={sort}").sort == tuple(keys)
    assert read(f"sort={quote(sort)}").sort == tuple(keys)


def test_what_an_operation_does_not_have_is_not_looked_at() -> None:
    query = "filter[cohort]=2025&filter[updated_since]=never&sort=-created_at&x=1"
    assert read_one_cohort(query) == Wanted(cohorts=(2025,))


@pytest.mark.parametrize("query", ["", "filter[cohort]=", "filter[urn]=900101", "page[page]=2"])
def test_a_required_cohort_that_is_missing_is_refused(query: str) -> None:
    assert refused(query, read_one_cohort) == (BAD_PARAMETER, "Enter the cohort as filter[cohort]")


@pytest.mark.parametrize("value", ["2024,2025", "abc", ",", "20255"])
def test_where_one_cohort_is_asked_for_another_value_finds_nothing(value: str) -> None:
    assert read_one_cohort(f"filter[cohort]={value}").cohorts == ()
