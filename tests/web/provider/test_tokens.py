"""Tokens of the API on a lead provider’s own page: shown once, kept nowhere, revoked with a question."""

from __future__ import annotations

import logging

import pytest

from app.data import models
from tests.support.document import text_of
from tests.web.finance.rows import success, table
from tests.web.provider.conftest import Office

LIST = "/provider/tokens"


def issue(office: Office, name: str = "Night sync") -> str:
    """Issue a token; returns it as the page shows it."""
    office.kim.see(f"{LIST}/new")
    office.kim.submit("Issue the token", name=name)
    code = office.kim.page.one("code", within=office.kim.page.main)
    assert code is not None
    return text_of(code)


def works(office: Office, token: str, status: int) -> bool:
    headers = {"Authorization": f"Bearer {token}"}
    office.kim.get("/api/v3/statements", headers=headers, status=status)
    return status == 200


def test_a_token_is_shown_once_works_and_is_kept_nowhere(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        token = issue(office)
    assert office.kim.page.h1 == "Copy your new token now"
    assert "only once" in office.kim.page.text
    assert office.kim.response.headers["Cache-Control"] == "no-store"
    assert len(token) >= 43
    assert works(office, token, 200)
    rows = table(office.kim.see(LIST), "API tokens")
    (row,) = [row for row in rows if row[0] == "Night sync"]
    assert row[1] == "Works" and row[3] == "Kim Osei"
    assert token not in office.kim.response.get_data(as_text=True) + caplog.text
    stored = [*office.stage.all(models.ApiToken), *office.stage.all(models.Event)]
    stored += office.stage.all(models.SignInSession)
    assert not any(token in str(vars(each)) for each in stored)


def test_a_refresh_issues_no_second_token(office: Office) -> None:
    office.kim.see(f"{LIST}/new")
    form = office.kim.page
    before = len(office.stage.all(models.ApiToken))
    office.kim.submit("Issue the token", name="Twice")
    office.kim._page = form
    office.kim.submit("Issue the token", name="Twice", status=409)
    assert office.kim.page.h1 == "We have shown you this token already"
    assert office.kim.page.link("Go back to the API tokens") == LIST
    assert len(office.stage.all(models.ApiToken)) == before + 1


def test_a_token_needs_a_name(office: Office) -> None:
    office.kim.see(f"{LIST}/new")
    office.kim.submit("Issue the token", name="  ", status=422)
    assert office.kim.page.error_links == (("Enter what the token is for", "#name"),)
    office.kim.submit("Issue the token", name="x" * 101, status=422)
    assert office.kim.page.error_links == (("The name must be 100 characters or fewer", "#name"),)
    assert office.kim.page.by_id["name"].get("value") == "x" * 101


def test_a_token_is_revoked_after_a_question(office: Office) -> None:
    token = issue(office)
    way = office.kim.see(LIST).link("Revoke Night sync")
    assert office.kim.see(way).h1 == "Revoke this token"
    form = office.kim.page
    office.kim.submit("Revoke the token")
    assert "has been revoked" in success(office.kim.follow())
    assert table(office.kim.page, "API tokens")[-1][:2] == ["Night sync", "Revoked"]
    assert not works(office, token, 401)
    office.kim.last_path, office.kim._page = way, form
    office.kim.submit("Revoke the token")
    assert office.kim.see(way).h1 == "API tokens"
    assert len(office.stage.all(models.Event, kind="api_token.revoked")) == 1
