"""Bodies: whatever is sent, nothing is a fault of ours (Provider API, Conventions)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.web.api_v3.bodies import DEEPEST, attributes
from app.web.api_v3.errors import ApiError
from tests.web.api_v3.conftest import Caller, said

JSON = "application/json"
APP = Flask("bodies")


def read(body: bytes, kind: str | None = JSON, *, optional: bool = False) -> dict[str, Any]:
    """The attributes of a request with this body."""
    with APP.test_request_context("/", method="POST", data=body, content_type=kind):
        return attributes(optional=optional)


def refused(body: bytes, kind: str | None = JSON, *, optional: bool = False) -> tuple[str, str]:
    """The title and detail of the refusal."""
    with pytest.raises(ApiError) as caught:
        read(body, kind, optional=optional)
    assert caught.value.status == 400
    return caught.value.error["title"], caught.value.error["detail"]


def nested(levels: int, opened: bytes = b"[", closed: bytes = b"]") -> bytes:
    return opened * levels + closed * levels


def in_attributes(value: bytes) -> bytes:
    return b'{"data":{"attributes":{"a":' + value + b"}}}"


def test_the_attributes_are_what_was_sent(caller: Caller) -> None:
    sent = {"cohort": 2025, "name": "Aoife O’Neill", "list": [1, None, True], "more": {"a": 1.5}}
    assert caller.post("/body", sent).json == sent


@pytest.mark.parametrize(
    "body",
    [
        b'{"data":{"type":7,"attributes":{"a":1}}}',
        b'{"data":{"attributes":{"a":1}},"more":[]}',
        b' {"data":{"attributes":{"a":2},"attributes":{"a":1}}} ',
    ],
)
def test_the_type_and_what_else_is_there_are_not_looked_at(body: bytes) -> None:
    assert read(body) == {"a": 1}


@pytest.mark.parametrize("body", [b'{"data":{}}', b'{"data":{"type":"x"}}', b'{"data":{"attributes":{}}}'])
def test_without_attributes_there_are_none(body: bytes) -> None:
    assert read(body) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{}",
        b"[]",
        b"null",
        b"7",
        b'"data"',
        b'{"data":"text"}',
        b'{"data":null}',
        b'{"data":[]}',
        b'{"data":7}',
        b'{"data":{"attributes":"text"}}',
        b'{"data":{"attributes":null}}',
        b'{"data":{"attributes":[]}}',
        in_attributes(b"NaN"),
        in_attributes(b"Infinity"),
        in_attributes(b"1e999"),
        in_attributes(b'"\\ud800"'),
        in_attributes(b'"\\udfff\\ud800"'),
        in_attributes(b'"\\u0000"'),
        in_attributes(b'[["a\\u0000b"]]'),
        in_attributes(b'{"\\u0000":1}'),
        in_attributes(b'"\x00"'),
        in_attributes(b'"\xff"'),
        in_attributes(b'"\xed\xa0\x80"'),
        b"\xef\xbb\xbf" + in_attributes(b"1"),
        in_attributes(b"1").decode().encode("utf-16"),
        b"data=1",
        b"{'data':{}}",
        in_attributes(b"01"),
        in_attributes(b"1,"),
    ],
)
def test_what_cannot_be_read_is_a_400(body: bytes) -> None:
    assert refused(body)[0] == "Bad request"


def test_a_backslash_before_u0000_is_only_text() -> None:
    assert read(in_attributes(b'"\\\\u0000"')) == {"a": "\\u0000"}


@pytest.mark.parametrize("levels", [DEEPEST - 2, 1000, 1500, 100_000])
def test_deeper_than_32_levels_is_a_400(levels: int) -> None:
    assert refused(in_attributes(nested(levels))) == (
        "Bad request",
        "Send JSON that is nested 32 levels deep or less",
    )


def test_deep_objects_and_openings_without_an_end_are_400s(caller: Caller) -> None:
    refused(in_attributes(nested(1000, b'{"a":', b"}").replace(b":}", b":1}", 1)))
    refused(b"[" * 1_000_000)
    caller.raw("/body", b'{"data":' * 100_000, 400)


def test_32_levels_are_taken_and_so_is_a_wide_body() -> None:
    assert "a" in read(in_attributes(nested(DEEPEST - 3)))
    assert len(read(in_attributes(b"[" + b"[],{}," * 100_000 + b"1]"))["a"]) == 200_001


def test_numbers_of_any_size_are_read() -> None:
    assert read(in_attributes(b"123456789012345678901234567890"))["a"] == pytest.approx(1.2345678901234568e29)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "application/vnd.api+json", None]
)
def test_json_by_its_names_is_read(kind: str | None) -> None:
    assert read(in_attributes(b"1"), kind) == {"a": 1}


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "x",
    ],
)
def test_another_content_type_is_a_400(caller: Caller, kind: str) -> None:
    assert said(caller.raw("/body", in_attributes(b"1"), 400, kind)) == [
        ("Bad request", "Send the body as application/json")
    ]


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 10 * 1024 * 1024])
def test_more_than_1_mib_is_a_413(caller: Caller, size: int) -> None:
    error = caller.raw("/body", b'{"data":{"attributes":{"a":"' + b"x" * size + b'"}}}', 413)
    assert said(error) == [("Too large", "Send a body of 1 MiB or less")]


def test_up_to_1_mib_is_read(caller: Caller) -> None:
    assert len(str(caller.raw("/body", in_attributes(b'"' + b"x" * 1_040_000 + b'"')).json)) > 1_040_000


def test_a_body_that_may_be_left_out_may_be_sent() -> None:
    assert read(b"", None, optional=True) == {}
    assert read(in_attributes(b"1"), optional=True) == {"a": 1}
    assert refused(b"{}", optional=True)[0] == "Bad request"


BITS = st.sampled_from(
    [
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b'"',
        b'"data"',
        b'"attributes"',
        b"\\u0000",
        b"\\ud800",
        b"\x00",
        b"\xff",
        b"1e999",
        b"null",
    ]
)


@given(st.one_of(st.binary(max_size=60), st.lists(BITS, max_size=20).map(b"".join)))
def test_any_bytes_at_all_are_a_400(body: bytes) -> None:
    assert refused(body)[0] == "Bad request"
