"""The pages of lead providers and of finance, and the documentation of the API, in a browser: wide and narrow."""

from __future__ import annotations

import pytest

from app.services import schedules
from e2e.support import ahead, held
from e2e.support.keyboard import Keyboard
from e2e.support.offices import BY, Offices, open_offices
from e2e.support.site import Site
from e2e.support.visitor import Visitor, Visitors

WIDTHS = (1280, 320)
PROPOSALS = "/provider/proposals"
API = (
    "/api",
    "/api/getting-started",
    "/api/definitions-and-states",
    "/api/guidance/declarations",
    "/api/schedules/2025",
    "/api/reference/participants-list",
)

# Every word of a table’s headers that is torn across two lines, where neither a hyphen nor a <wbr> lets it break.
TORN = """() => [...document.querySelectorAll('main th')].flatMap((header) => {
    const walker = document.createTreeWalker(header, NodeFilter.SHOW_TEXT), torn = []
    while (walker.nextNode()) {
        for (const word of walker.currentNode.data.matchAll(/[^\\s-]+/g)) {
            const range = new Range()
            range.setStart(walker.currentNode, word.index)
            range.setEnd(walker.currentNode, word.index + word[0].length)
            if (range.getClientRects().length > 1) torn.push(word[0])
        }
    }
    return torn
})"""
# Every table that scrolls although the window is wide.
CROWDED = """() => [...document.querySelectorAll('.app-scrolling')].filter(
    (each) => each.scrollWidth > each.clientWidth).map((each) => each.getAttribute('aria-label'))"""


@pytest.fixture
def offices(site: Site) -> Offices:
    """Northstar’s and DfE’s people, and what there is for them to see."""
    return open_offices(site)


def of_the_provider(offices: Offices) -> tuple[str, ...]:
    """A page of each kind."""
    return (
        PROPOSALS,
        f"{PROPOSALS}?search=nobody&status=all",
        f"{PROPOSALS}/{offices.unknown}",
        f"{PROPOSALS}/{offices.unknown}/confirm",
        f"{PROPOSALS}/{offices.known}/confirm",
        f"{PROPOSALS}/{offices.known}/decline",
        "/provider/partnerships",
        f"/provider/partnerships/{offices.challenged}",
        "/provider/participants",
        f"/provider/participants/{offices.ect}",
        "/provider/statements",
        f"/provider/statements/{offices.statement}",
        f"/provider/statements/{offices.statement}/declarations",
        "/provider/tokens/new",
    )


def of_finance(offices: Offices) -> tuple[str, ...]:
    """A page of each kind."""
    contract = "/finance/contracts"
    return (
        "/finance/statements",
        f"/finance/statements/{offices.due}",
        f"/finance/statements/{offices.due}/request",
        f"/finance/statements/{offices.due}/adjustments/add",
        f"/finance/statements/{offices.statement}/declarations",
        "/finance/declarations?search=7654321",
        f"/finance/declarations/{offices.declaration}",
        f"/finance/declarations/{offices.declaration}/void",
        f"/finance/participants/{offices.ect}",
        f"/finance/participants/{offices.ect}/funding/ecf-induction",
        contract,
    )


def clean(visitor: Visitor, *paths: str) -> None:
    """Hold each page against what pages are held to, at both widths; words stay whole, and tables use the room."""
    for path in paths:
        answer = visitor.go(path)
        assert answer is not None and answer.status == 200, path
        held.title_of(visitor)
        held.at_each_width(visitor, WIDTHS, {})
        assert visitor.page.evaluate(CROWDED) == [], path
        visitor.resize(min(WIDTHS))
        assert visitor.page.evaluate(TORN) == [], path
        visitor.resize(max(WIDTHS))


def test_every_page_of_a_lead_provider_is_clean(offices: Offices, visitor: Visitor) -> None:
    visitor.sign_in(offices.kim)
    visitor.page.wait_for_url(f"**{PROPOSALS}")
    clean(visitor, *of_the_provider(offices))
    held.links_lead_to_controls(visitor, refused(visitor, "/provider/tokens/new", "Issue the token"))


def test_every_page_of_finance_is_clean(offices: Offices, visitor: Visitor) -> None:
    ahead.sign_in(visitor, offices.asha)
    clean(visitor, *of_finance(offices))
    visitor.go("/finance/contracts")
    visitor.page.locator("tbody tr", has_text="2024").locator("a").first.click()
    held.at_each_width(visitor, WIDTHS, {})
    visitor.page.get_by_role("button", name="Set up version").click()
    held.at_each_width(visitor, WIDTHS, {})
    funding = f"/finance/participants/{offices.ect}/funding/ecf-induction"
    held.links_lead_to_controls(visitor, refused(visitor, funding, "Continue"))


def test_the_documentation_of_the_api_is_clean(site: Site, visitor: Visitor) -> None:
    site.write(lambda session: schedules.lay_out(session, 2025, BY))
    clean(visitor, *API)


def refused(visitor: Visitor, path: str, button: str) -> list[dict[str, str]]:
    """Send the page empty; the links of its error summary, after both widths were looked at."""
    visitor.go(path)
    assert visitor.send(button) == 422
    held.title_of(visitor, error=True)
    held.at_each_width(visitor, WIDTHS, {})
    found = visitor.page.evaluate(held.REFUSAL)
    assert found["first"] and [link["text"] for link in found["links"]] == found["inline"]
    links: list[dict[str, str]] = found["links"]
    return links


def test_a_proposal_is_found_and_confirmed_by_keyboard_alone(offices: Offices, visitor: Visitor) -> None:
    ahead.sign_in(visitor, offices.kim)
    visitor.go(PROPOSALS)
    keyboard = Keyboard(visitor)
    keyboard.skip()
    keyboard.write("#search", "harrow")
    with visitor.page.expect_navigation():
        keyboard.press("Enter")
    keyboard.to(f"a[href$='{offices.unknown}']")
    with visitor.page.expect_navigation():
        keyboard.press("Enter")
    keyboard.to("a[href$='/confirm']")
    with visitor.page.expect_navigation():
        keyboard.press("Space")
    keyboard.choose("#delivery_partner_id", "ArrowDown")
    keyboard.send()
    assert visitor.heading == "Confirm this partnership"
    keyboard.send("Space")
    assert visitor.path == PROPOSALS
    assert "You have confirmed the partnership with Harrow Lane Academy" in visitor.page.inner_text("main")
    held.at_each_width(visitor, WIDTHS, {})


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_a_token_is_shown_once_with_and_without_scripts(
    offices: Offices, visitors: Visitors, scripts: str
) -> None:
    visitor = visitors(scripts=scripts, width=320)
    ahead.sign_in(visitor, offices.kim)
    visitor.go("/provider/tokens/new")
    visitor.page.get_by_label("What is the new token for?").fill("Night sync")
    assert visitor.send("Issue the token") == 200
    assert visitor.heading == "Copy your new token now"
    token = visitor.page.locator("main code").first.inner_text()
    visitor.look()
    visitor.page.reload()
    assert visitor.heading == "We have shown you this token already"
    visitor.look()
    visitor.follow("Go back to the API tokens")
    assert visitor.page.locator("tbody tr", has_text="Night sync").count() == 1
    assert token not in visitor.page.content()
    visitor.look()
