"""Error pages: in the design, truthful about what is saved, there when nothing else works (Pages, 15)."""

from __future__ import annotations

import pytest
from flask import Flask

from app.factory import create_app
from app.web import error_text
from tests.support.acceptance import OAKFIELD_TUTOR
from tests.support.client import InspectingClient
from tests.support.databases import settings
from tests.web.conftest import SignIn

KEPT = "Everything you saved before this page is kept."
NO_DATABASE = "postgresql://nobody:secret@127.0.0.1:1/none"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 422, 429, 500, 503])
def test_each_status_has_a_page_in_the_design(extra_client: InspectingClient, status: int) -> None:
    extra_client.get(f"/extra/{status}", status=status)
    page = extra_client.page
    assert page.h1 == error_text.WORDS[status].title
    assert page.one("nav" if status < 500 else "footer") is not None
    assert [link.get("href") for link in page.all("a", within=page.main)] == ["/"]


@pytest.mark.parametrize("status", [401, 406, 415, 418])
def test_a_status_without_words_of_its_own_still_has_a_page(
    extra_client: InspectingClient, status: int
) -> None:
    extra_client.get(f"/extra/{status}", status=status)
    assert extra_client.page.h1 == error_text.WORDS[400].title


def test_the_pages_have_different_titles(extra_client: InspectingClient) -> None:
    titles = [words.title for words in error_text.WORDS.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("status", [400, 403, 413, 422, 429, 500, 503])
def test_pages_that_can_follow_a_form_say_what_is_kept(extra_client: InspectingClient, status: int) -> None:
    extra_client.get(f"/extra/{status}", status=status)
    assert KEPT in extra_client.page.text


def test_a_wrong_method_says_which_ones_work(client: InspectingClient) -> None:
    client.get("/sign-out", status=405)
    assert "POST" in client.response.headers["Allow"]


def test_a_fault_of_ours_shows_and_logs_nothing_personal(
    extra_client: InspectingClient, capsys: pytest.CaptureFixture[str]
) -> None:
    extra_client.get("/extra/broken", status=500)
    page = extra_client.response.get_data(as_text=True)
    assert "What you entered on the last page may not be saved" in page
    assert extra_client.response.headers["X-Request-ID"] in page
    for output in (page, capsys.readouterr().err):
        assert "ravi.patel" not in output
        assert "3009999" not in output


def test_a_template_that_breaks_gives_the_ready_made_page(
    extra_app: Flask, extra_client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("templates are gone")

    monkeypatch.setattr(extra_app.jinja_env, "get_template", broken)
    extra_client.get("/", status=500)
    assert extra_client.page.h1 == error_text.WORDS[500].title
    extra_client.get("/no-such-page", status=404)
    assert extra_client.page.h1 == error_text.WORDS[404].title


@pytest.fixture
def cut_off() -> InspectingClient:
    """A browser on an application whose database doesn’t answer."""
    app = create_app(settings(NO_DATABASE))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = InspectingClient
    return app.test_client()  # type: ignore[return-value]


def test_without_a_database_pages_that_need_it_say_when_to_come_back(cut_off: InspectingClient) -> None:
    cut_off.get("/sign-in", status=503)
    assert cut_off.page.h1 == "The service is not available right now"
    assert KEPT in cut_off.page.text
    assert cut_off.response.headers["Retry-After"] == "60"
    assert "secret" not in cut_off.response.get_data(as_text=True)


def test_without_a_database_someone_signed_in_gets_the_same_page(cut_off: InspectingClient) -> None:
    cut_off.set_cookie("session", "x" * 43)
    cut_off.get("/cookies", status=503)
    assert cut_off.page.h1 == "The service is not available right now"


def test_without_a_database_public_pages_still_open(cut_off: InspectingClient) -> None:
    assert cut_off.see("/privacy").h1 == "Privacy"


def test_health_tells_alive_from_able(client: InspectingClient, cut_off: InspectingClient) -> None:
    assert client.get("/health/live").json == {"status": "live"}
    assert client.get("/health/ready").json == {"database": "ok", "migrations": "ok", "status": "ready"}
    assert cut_off.get("/health/live").json == {"status": "live"}
    answer = cut_off.get("/health/ready", status=503).json
    assert answer == {"database": "unreachable", "migrations": "unknown", "status": "not ready"}


def test_health_sees_a_database_that_is_not_migrated() -> None:
    app = create_app(settings("sqlite://"))
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json == {"database": "ok", "migrations": "behind", "status": "not ready"}


def test_a_form_of_another_session_is_refused_and_leads_back(
    client: InspectingClient, acceptance: None
) -> None:
    client.get("/sign-in")
    client.submit(person=OAKFIELD_TUTOR, csrf_token="another", status=403)
    page = client.page
    assert page.h1 == "Open the page again to carry on"
    assert "Nothing you saved before is lost." in page.text
    (link,) = page.all("a", within=page.main)
    assert link.get("href") == "/sign-in"


def test_a_form_that_has_no_page_leads_back_to_where_it_was_sent_from(
    extra_client: InspectingClient, sign_in: SignIn
) -> None:
    sign_in(extra_client, OAKFIELD_TUTOR)
    for referer, href in (
        ("http://localhost/schools/900101/ects?page=2", "/schools/900101/ects?page=2"),
        ("http://elsewhere.example/schools", "/"),
        ("http://localhost//elsewhere.example", "/"),
        ("not an address [", "/"),
    ):
        extra_client.post("/extra/sent", headers={"Referer": referer}, status=403)
        (link,) = extra_client.page.all("a", within=extra_client.page.main)
        assert link.get("href") == href
