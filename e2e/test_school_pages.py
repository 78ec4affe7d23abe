"""A school’s own pages, guidance and error pages in a browser: wide and narrow, with and without scripts."""

from __future__ import annotations

import pytest

from app.web.error_text import WORDS
from app.web.errors import ready_made
from e2e.support import ahead, held
from e2e.support.case_one import ECTS
from e2e.support.site import Site
from e2e.support.visitor import Visitor, Visitors
from tests.support import acceptance
from tests.support.mentoring import store_mentor
from tests.support.stored import Stored

SCHOOL = f"/schools/{acceptance.OAKFIELD_URN}"
WIDTHS = (1280, 320)


def cards(visitor: Visitor) -> list[str]:
    """The names on the cards, in order."""
    return visitor.page.locator(".govuk-summary-card__title").all_inner_texts()


@pytest.fixture
def registered(visitor: Visitor) -> Visitor:
    """Signed in at Oakfield, where Aoife is registered and somebody else is begun."""
    ahead.registered(visitor)
    ahead.to(visitor, "check_details", trn=acceptance.ZOE_TRN)
    return visitor


def test_every_page_of_a_school_is_clean(site: Site, registered: Visitor) -> None:
    registered.go(ECTS)
    ect = registered.page.locator(".govuk-summary-card__title a").get_attribute("href") or ""
    store_mentor(Stored(site.store.app), acceptance.SAM_TRN, "W" * 70, ect_id=ect.rpartition("/")[2])
    for path in (
        ECTS,
        f"{ECTS}?search=aoife",
        f"{ECTS}?search=nobody",
        ect,
        f"{SCHOOL}/mentors",
        f"{SCHOOL}/mentors?search=nobody",
        f"{SCHOOL}/partnerships",
        "/guidance/who-does-what",
        "/rounds",
        "/rounds/register-ect/round-2",
        "/none",
        "/schools/900102/ects",
    ):
        registered.go(path)
        assert held.title_of(registered)
        held.at_each_width(registered, WIDTHS, {})


def test_search_finds_names_however_the_apostrophe_is_typed(registered: Visitor) -> None:
    for typed in ("o'brien", "O’Brien", "AOIFE", acceptance.AOIFE_TRN):
        registered.go(ECTS)
        registered.page.get_by_label("Search by name or TRN").fill(typed)
        registered.send("Search")
        assert cards(registered) == ["Aoife O'Brien"]
    registered.page.get_by_label("Search by name or TRN").fill("<b>nobody</b>")
    registered.send("Search")
    assert cards(registered) == []
    assert "No ECTs found for “<b>nobody</b>”" in registered.page.locator("main").inner_text()
    registered.follow("Clear the search and show all your ECTs")
    assert cards(registered) == ["Aoife O'Brien"]


def test_the_card_and_the_partnership_name_all_three_organisations(registered: Visitor) -> None:
    registered.go(ECTS)
    card = registered.page.locator(".govuk-summary-card").inner_text()
    assert "Waiting for lead provider" in card
    for text in ("Alder Teaching School Hub", "Northstar (has not confirmed yet)", "No mentor yet"):
        assert text in card
    registered.follow("Partnerships")
    assert "Northstar and Alder Teaching School Hub" in cards(registered)[0]
    assert "Waiting for Northstar" in registered.page.locator("main").inner_text()


def test_links_that_repeat_are_told_apart_by_their_hidden_text(registered: Visitor) -> None:
    registered.go(ECTS)
    for path in (ECTS, f"{SCHOOL}/partnerships"):
        registered.go(path)
        links = registered.page.locator("main a").evaluate_all(
            "all => all.map(each => [each.textContent.trim(), each.getAttribute('href')])"
        )
        texts = {text for text, _ in links}
        assert len(texts) == len({tuple(link) for link in links})


def test_the_wide_table_scrolls_in_a_region_that_the_keyboard_reaches(visitors: Visitors) -> None:
    visitor = visitors(width=320)
    visitor.go("/guidance/who-does-what")
    region = visitor.page.get_by_role("region", name="The 3 jobs side by side")
    region.focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.wait_for("document.activeElement.scrollLeft > 0")
    assert visitor.page.evaluate("window.scrollX") == 0
    # Tables keep their meaning: nothing turns a cell into a block.
    displays = visitor.page.locator("table, tr, th, td").evaluate_all(
        "all => [...new Set(all.map(each => getComputedStyle(each).display))]"
    )
    assert set(displays) == {"table", "table-row", "table-cell"}


def test_the_menu_opens_on_a_phone_by_keyboard(visitors: Visitors) -> None:
    visitor = visitors(width=320)
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    menu = visitor.page.get_by_role("button", name="Menu")
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    visitor.page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    visitor.look()
    visitor.follow("Partnerships")
    assert visitor.path == f"{SCHOOL}/partnerships"


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_a_form_that_is_not_from_our_page_is_refused_with_a_way_back(
    visitors: Visitors, scripts: str
) -> None:
    visitor = visitors(scripts=scripts)
    ahead.to(visitor, "find_ect")
    path = visitor.path
    visitor.page.evaluate("document.querySelector('main input[name=csrf_token]').remove()")
    assert visitor.send("Continue") == 403
    assert visitor.heading == "Open the page again to carry on"
    visitor.look()
    visitor.follow("Go back to the page")
    assert visitor.path == path


@pytest.mark.parametrize("status", [403, 404, 410, 413, 422, 429, 500, 503])
def test_the_ready_made_error_pages_are_clean(site: Site, visitor: Visitor, status: int) -> None:
    with site.store.app.test_request_context():
        html = ready_made(status).get_data(as_text=True)
    visitor.go("/none")
    visitor.page.set_content(html)
    assert held.title_of(visitor) == WORDS[status].title
    held.at_each_width(visitor, WIDTHS, {})


def test_the_cookies_page_lists_exactly_the_cookies_that_are_set(registered: Visitor) -> None:
    registered.go("/cookies")
    listed = registered.page.locator("tbody th").all_inner_texts()
    assert sorted(listed) == sorted(cookie["name"] for cookie in registered.page.context.cookies())


def test_a_sign_in_about_to_end_says_so_and_can_be_extended(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    dialog = visitor.page.get_by_role("dialog", name="You will be signed out soon")
    visitor.page.wait_for_load_state("networkidle")
    for _ in range(2):
        visitor.page.clock.run_for(115 * 60 * 1000 + 1000)
        dialog.wait_for()
        assert visitor.page.evaluate("document.activeElement.textContent") == "Stay signed in"
        held.at_each_width(visitor, WIDTHS, {}, axe=False)
        visitor.press("Stay signed in")
        dialog.wait_for(state="hidden")
    visitor.page.reload()
    assert visitor.path == ECTS
