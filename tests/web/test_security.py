"""Headers on every response, host names, and how much a request may send (Trust, point 7)."""

from __future__ import annotations

import re

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from app.web.asset_files import asset_url
from tests.support.client import InspectingClient
from tests.support.inspector import header_problems
from tests.support.pages import Visit
from tests.web.conftest import SignIn


def headers_of(
    client: InspectingClient, path: str, status: int, method: str = "GET", **more: object
) -> Visit:
    client.open(path, method=method, status=status, **more)
    client.response.close()
    return Visit(path, status, {name.lower(): value for name, value in client.response.headers})


@pytest.mark.parametrize(
    ("path", "status", "method"),
    [
        ("/", 200, "GET"),
        ("/no-such-page", 404, "GET"),
        ("/extra/signed-in", 303, "GET"),
        ("/sign-out", 405, "GET"),
        ("/sign-in", 403, "POST"),
        ("/extra/broken", 500, "GET"),
        ("/health/live", 200, "GET"),
        (asset_url("site.css"), 200, "GET"),
        ("/static/no-such-file.css", 404, "GET"),
    ],
)
def test_every_response_carries_the_headers(
    extra_client: InspectingClient, path: str, status: int, method: str
) -> None:
    visit = headers_of(extra_client, path, status, method)
    assert list(header_problems(visit)) == []
    assert "object-src 'none'" in visit.headers["content-security-policy"]
    assert len([name for name, _ in extra_client.response.headers if name == "Cache-Control"]) == 1


def test_an_answer_without_a_body_carries_them_too(app: Flask) -> None:
    response = FlaskClient(app, Response).head("/")
    visit = Visit("/", 200, {name.lower(): value for name, value in response.headers})
    assert list(header_problems(visit)) == []


def test_a_static_file_may_be_kept_and_a_missing_one_may_not(client: InspectingClient) -> None:
    assert "immutable" in headers_of(client, asset_url("site.css"), 200).headers["cache-control"]
    assert headers_of(client, "/static/missing", 404).headers["cache-control"] == "no-store"


def test_each_response_has_its_own_nonce_and_the_page_has_the_same(client: InspectingClient) -> None:
    seen = set()
    for _ in range(3):
        visit = headers_of(client, "/", 200)
        assert f'nonce="{visit.nonce}"' in client.response.get_data(as_text=True)
        seen.add(visit.nonce)
    assert len(seen) == 3
    assert all(len(nonce) >= 22 for nonce in seen)


def test_each_response_names_its_request(client: InspectingClient) -> None:
    first = headers_of(client, "/", 200).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", first)
    assert headers_of(client, "/", 200).headers["x-request-id"] != first


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no-such-page", "/health/live"])
def test_an_unknown_host_is_refused_without_a_word_of_it(client: InspectingClient, path: str) -> None:
    headers_of(client, path, 400, base_url="http://elsewhere.example")
    assert "elsewhere" not in client.response.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:5000"])
def test_the_hosts_of_a_demonstration_are_this_machine(client: InspectingClient, host: str) -> None:
    headers_of(client, "/", 200, base_url=f"http://{host}")


def test_a_form_over_64_kib_is_refused(client: InspectingClient) -> None:
    client.post("/sign-in", data={"person": "x" * 65_600}, status=413)
    client.post("/sign-in", data={"person": "x" * 60_000}, status=403)
    assert client.page.h1 == "Open the page again to carry on"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("body", [b"a=" + b"x" * 70_000, b"&".join([b"a=1"] * 300)], ids=["long", "many"])
def test_a_body_without_a_length_is_capped_too(client: InspectingClient, method: str, body: bytes) -> None:
    sent = {"wsgi.input_terminated": True, "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    kind = "application/x-www-form-urlencoded"
    client.open("/sign-in", method=method, data=body, content_type=kind, environ_overrides=sent, status=413)


@pytest.mark.parametrize(("fields", "status"), [(200, 403), (201, 413), (5_000, 413)])
def test_more_than_200_fields_are_refused_before_they_are_parsed(
    client: InspectingClient, fields: int, status: int
) -> None:
    body = "&".join(f"f{number}=" for number in range(fields))
    client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded", status=status)


def test_more_than_200_parts_of_a_multipart_form_are_refused(client: InspectingClient) -> None:
    data = {f"f{number}": "x" for number in range(201)}
    client.post("/sign-in", data=data, content_type="multipart/form-data", status=413)


def test_an_address_with_more_than_200_parameters_is_refused(client: InspectingClient) -> None:
    client.get("/?" + "a=1&" * 300, status=413)


def test_the_api_takes_up_to_1_mib(client: InspectingClient) -> None:
    client.post("/api/v3/none", data=b"x" * 200_000, content_type="application/json", status=404)
    client.post("/api/v3/none", data=b"x" * 1_100_000, content_type="application/json", status=413)


def test_null_characters_reach_no_view(client: InspectingClient) -> None:
    client.get("/schools/%00/ects", status=404)
    client.get("/?a=%00", status=400)
    client.post("/sign-in", data={"person": "a\x00b"}, status=400)
    client.post("/sign-in", data={"per\x00son": "a"}, status=400)


def test_forwarding_headers_count_only_behind_a_known_number_of_proxies(app: Flask) -> None:
    assert app.config["SETTINGS"].trusted_proxies == 0
    with app.test_client() as client:
        client.get("/", headers={"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-For": "10.9.8.7"})
        assert client.response.status_code == 200


def test_signing_in_changes_none_of_it(client: InspectingClient, sign_in: SignIn) -> None:
    from tests.support.acceptance import OAKFIELD_TUTOR

    sign_in(client, OAKFIELD_TUTOR)
    assert list(header_problems(headers_of(client, "/cookies", 200))) == []
