"""The field that a script makes of a select: what it offers, what it sends, and what the server makes of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from e2e.support import ahead, held
from e2e.support.site import Site
from e2e.support.visitor import Visitor, Visitors
from tests.support import acceptance
from tests.support.stored import Stored

NOT_IN_LIST = "Select an appropriate body from the list"


@pytest.fixture
def asked(visitor: Visitor) -> Visitor:
    """A visitor on the appropriate body’s page, the field ready to type in."""
    ahead.to(visitor, "appropriate_body")
    box(visitor).wait_for()
    return visitor


def box(visitor: Visitor) -> Locator:
    return visitor.page.locator("input#appropriate_body")


def offered(visitor: Visitor) -> list[str]:
    """The names in the list that is open, without what tells assistive technology their number."""
    visitor.page.locator("#appropriate_body__listbox li").first.wait_for()
    each = visitor.page.locator("#appropriate_body__listbox li")
    return [text.strip() for text in each.evaluate_all("all => all.map(one => one.firstChild.textContent)")]


def kept(site: Site, visitor: Visitor) -> str | None:
    """The appropriate body that the registration has stored."""
    answers = Stored(site.store.app).answers(visitor.path.split("/")[2])
    return answers.get("appropriate_body", {}).get("appropriate_body")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("alder", ["Alder Teaching School Hub"]),
        ("TEACHING  SCHOOL", 4),
        ("five-rivers", ["Five Rivers Teaching School Hub"]),
        ("school rivers", ["Five Rivers Teaching School Hub"]),
        ("órchard", ["No results found"]),
    ],
)
def test_it_finds_names_however_they_are_typed(asked: Visitor, typed: str, expected: list[str] | int) -> None:
    box(asked).fill(typed)
    found = offered(asked)
    assert found == expected or len(found) == expected


def test_an_option_picked_and_then_typed_over_is_refused(site: Site, asked: Visitor) -> None:
    box(asked).fill("alder")
    asked.page.get_by_role("option", name="Alder Teaching School Hub").click()
    box(asked).fill("Somewhere else")
    assert asked.send("Continue") == 422
    assert asked.page.locator(".govuk-error-summary a").inner_text() == NOT_IN_LIST
    box(asked).wait_for()
    assert box(asked).input_value() == "Somewhere else"
    held.links_lead_to_controls(asked, [{"to": "appropriate_body"}])
    assert kept(site, asked) is None


def test_an_option_picked_and_then_typed_over_with_another_name_is_that_other(
    site: Site, asked: Visitor
) -> None:
    box(asked).fill("alder")
    asked.page.get_by_role("option", name="Alder Teaching School Hub").click()
    box(asked).fill("quarry teaching-school hub")
    assert asked.send("Continue") == 200
    assert kept(site, asked) == acceptance.QUARRY_BODY


def test_what_was_picked_can_be_emptied_again(site: Site, asked: Visitor) -> None:
    box(asked).fill("alder")
    asked.page.get_by_role("option", name="Alder Teaching School Hub").click()
    box(asked).fill("")
    assert asked.send("Continue") == 422
    assert asked.page.locator(".govuk-error-summary a").inner_text() == "Select an appropriate body"
    assert kept(site, asked) is None


@pytest.mark.parametrize("width", [1280, 320])
def test_the_open_list_is_clean(visitors: Visitors, width: int) -> None:
    visitor = visitors(width=width)
    ahead.to(visitor, "appropriate_body")
    box(visitor).wait_for()
    box(visitor).fill("teaching")
    assert len(offered(visitor)) == 4
    visitor.page.keyboard.press("ArrowDown")
    visitor.look()
