"""Pages are compressed for browsers that ask, and their length says little about what is in them."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.compression import MOST_PADDING, gzipped


def answer(app: Flask, path: str, accepted: str | None) -> tuple[bytes, str | None, str]:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    # Not the inspecting client: it reads pages, and these are compressed.
    response = FlaskClient(app, app.response_class).get(path, headers=headers)
    return response.data, response.headers.get("Content-Encoding"), response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/none", "/sign-in"])
def test_a_page_is_compressed_for_a_browser_that_takes_gzip(app: Flask, path: str) -> None:
    body, encoding, vary = answer(app, path, "gzip, deflate, br, zstd")
    assert encoding == "gzip"
    assert "Accept-Encoding" in vary
    page = gzip.decompress(body)
    assert page.startswith(b"<!DOCTYPE html>")
    assert len(body) < len(page) / 2


@pytest.mark.parametrize("accepted", [None, "identity", "br", "gzip;q=0"])
def test_a_page_is_left_alone_for_a_browser_that_does_not(app: Flask, accepted: str | None) -> None:
    body, encoding, vary = answer(app, "/", accepted)
    assert encoding is None
    assert "Accept-Encoding" in vary
    assert body.startswith(b"<!DOCTYPE html>")


def test_what_is_not_a_page_or_is_short_is_left_alone(app: Flask) -> None:
    assert answer(app, "/health/live", "gzip")[1] is None
    assert answer(app, "/schools", "gzip")[1] is None


def test_the_length_of_the_same_page_differs_from_one_time_to_the_next() -> None:
    page = b"<p>The same page</p>" * 50
    made = [gzipped(page) for _ in range(200)]
    assert {gzip.decompress(each) for each in made} == {page}
    lengths = {len(each) for each in made}
    assert len(lengths) > 20
    assert max(lengths) - min(lengths) <= MOST_PADDING
