"""The start page, who does what, and the statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.data.models import Partnership
from app.data.transaction import store, write
from app.web.guidance import jobs
from tests.support.acceptance import (
    ALDER_PARTNER,
    HARROW_LANE_TUTOR,
    LANTERN,
    LOADED_AT,
    NORTHSTAR,
    OAKFIELD,
    OAKFIELD_TUTOR,
    TEACH_FORWARD,
)
from tests.support.client import InspectingClient
from tests.support.document import text_of
from tests.web.conftest import SignIn

WHO = "/guidance/who-does-what"


def propose(app: Flask, number: int, lead_provider: str, delivery_partner: str | None) -> None:
    """A proposal of Oakfield’s for 2025."""
    row = Partnership(
        id=f"00000008-0000-7000-8000-{number:012d}",
        school_id=OAKFIELD,
        lead_provider_id=lead_provider,
        delivery_partner_id=delivery_partner,
        cohort=2025,
        status="proposed",
        proposed_at=LOADED_AT,
        proposed_by=OAKFIELD_TUTOR,
        ever_active=False,
        created_at=LOADED_AT,
        updated_at=LOADED_AT,
    )
    with app.app_context():
        write(lambda session: store(session, row))


def pairs(client: InspectingClient) -> list[tuple[str, str]]:
    """The summary lists of the page, row by row."""
    rows = client.page.all(cls="govuk-summary-list__row")
    return [(text_of(row[0]), text_of(row[1])) for row in rows]


def test_the_start_page_says_what_for_whom_and_with_what(client: InspectingClient) -> None:
    page = client.see("/")
    headings = [text_of(heading) for heading in page.all("h2", within=page.main)]
    assert headings == ["Who it is for", "What you need"]
    start = page.one("a", cls="govuk-button--start")
    assert start is not None
    assert (text_of(start), start.get("href")) == ("Start now", "/sign-in")
    assert {"/sign-in", "/api"} <= {link.get("href") for link in page.all("a", within=page.main)}


def test_a_demonstration_says_that_it_is_one(client: InspectingClient) -> None:
    for path in ("/", "/sign-in", "/privacy"):
        assert "This is a demonstration." in client.see(path).text


def test_the_comparison_is_a_real_table_in_a_region_that_scrolls(client: InspectingClient) -> None:
    page = client.see(WHO)
    table = page.one("table")
    assert table is not None
    region = page.inside(table, "div")
    assert region is not None
    assert region.get("role") == "region"
    assert region.get("tabindex") == "0"
    assert region.get("aria-label") == text_of(page.all("caption")[0]) == "The 3 jobs side by side"
    assert [text_of(cell) for cell in page.all("th") if cell.get("scope") == "col"] == list(jobs.COLUMNS)
    assert [text_of(cell) for cell in page.all("th") if cell.get("scope") == "row"] == [
        row.question for row in jobs.ROWS
    ]
    assert all(len(row) == 4 for row in page.all("tr"))


def test_the_comparison_is_the_last_thing_after_three_sentences(client: InspectingClient) -> None:
    page = client.see(WHO)
    sentences = [text_of(item) for item in page.all("li", within=page.main)]
    assert sentences == [
        "Your appropriate body checks each ECT’s induction and decides if they pass.",
        "Your lead provider plans the training and makes the materials.",
        "Your delivery partner runs that training near you.",
    ]
    assert page.html.index(sentences[2][-20:]) < page.html.index("<table")


def test_every_section_can_be_linked_to(client: InspectingClient) -> None:
    page = client.see(WHO)
    for section in jobs.sections():
        assert text_of(page.by_id[section.anchor]) == section.heading


def test_signed_out_nobody_s_organisations_are_shown(client: InspectingClient, acceptance: None) -> None:
    assert "Yours in" not in client.see(WHO).text


def test_a_school_sees_its_own_and_that_they_are_confirmed(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, HARROW_LANE_TUTOR).allow("St Oswin's Hub")
    page = client.see(WHO)
    assert "Yours in 2025 to 2026" in page.text
    assert pairs(client) == [
        ("Appropriate body", "Five Rivers Teaching School Hub"),
        ("Lead provider", "Teach Forward"),
        ("Delivery partner", "St Oswin's Hub"),
        ("Status", "Confirmed"),
    ]
    assert "contact Teach Forward." in page.text


def test_a_school_sees_who_it_waits_for(client: InspectingClient, app: Flask, sign_in: SignIn) -> None:
    propose(app, 1, NORTHSTAR, ALDER_PARTNER)
    propose(app, 2, LANTERN, None)
    sign_in(client, OAKFIELD_TUTOR)
    client.get(WHO)
    assert pairs(client) == [
        ("Lead provider", "Lantern"),
        ("Delivery partner", "Lantern to confirm"),
        ("Status", "Waiting for Lantern"),
        ("Lead provider", "Northstar"),
        ("Delivery partner", "Alder Teaching School Hub"),
        ("Status", "Waiting for Northstar"),
    ]
    assert "contact the lead provider." in client.page.text
    assert "Teach Forward" not in client.page.text


def test_a_school_without_any_is_told_so(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    assert "You have not told us about any organisations for 2025 to 2026 yet." in client.see(WHO).text


def test_more_partnerships_cost_no_more_queries(
    client: InspectingClient, app: Flask, sign_in: SignIn, count_queries: object
) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    client.get(WHO)
    propose(app, 1, NORTHSTAR, ALDER_PARTNER)
    with count_queries() as one:  # type: ignore[operator]
        client.get(WHO)
    propose(app, 2, LANTERN, None)
    propose(app, 3, TEACH_FORWARD, None)
    with count_queries() as three:  # type: ignore[operator]
        client.get(WHO)
    assert len(one) == len(three)


@pytest.mark.parametrize("https", [False, True])
def test_the_cookies_page_lists_exactly_the_cookies_set(
    make_app: Callable[..., Flask], acceptance: None, https: bool
) -> None:
    client = make_app(https=https).test_client()
    base = {"base_url": "https://localhost" if https else "http://localhost"}
    paths = ("/", "/sign-in", WHO, "/cookies")
    names = set()
    for path in paths:
        sent = client.get(path, **base).headers.getlist("Set-Cookie")
        names |= {cookie.partition("=")[0] for cookie in sent}
    listed = [text_of(row[0]) for row in client.page.all("tr", within=client.page.one("tbody"))]
    assert listed == sorted(names)


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/accessibility", "Accessibility statement"), ("/cookies", "Cookies"), ("/privacy", "Privacy")],
)
def test_the_statements_open_for_everyone(client: InspectingClient, path: str, heading: str) -> None:
    assert client.see(path).h1 == heading


def test_the_only_school_keeps_its_tabs_on_these_pages(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    for path in ("/", WHO, "/cookies"):
        client.get(path)
        links = {link.get("href") for link in client.page.all("a")}
        assert "/schools/900101/ects" in links
