"""What every page of a journey is held to in a browser, in its default state and when it refuses."""

from __future__ import annotations

from typing import Any

from app.engine.vocabulary import Question
from app.web.layout import SERVICE_NAME
from e2e.support.answers import clear
from e2e.support.visitor import Visitor, scrolls_sideways

SPACING = """
    *{line-height:1.5 !important;letter-spacing:.12em !important;word-spacing:.16em !important}
    p{margin-bottom:2em !important}
"""
# What a person sets to read more easily (WCAG 1.4.12); then every element whose text is cut off by its own box.
CUT_OFF = """(css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
    const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip'
    const apart = 'input, select, textarea, svg, .govuk-visually-hidden, .govuk-skip-link, [class*="__hint"]'
    return [...document.body.querySelectorAll('*')].filter((each) => {
        const style = getComputedStyle(each)
        if (style.display === 'inline' || style.display === 'none' || each.closest(apart)) return false
        return (cuts(style.overflowX) && each.scrollWidth > each.clientWidth + 1) ||
            (cuts(style.overflowY) && each.scrollHeight > each.clientHeight + 1)
    }).map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 60)}`)
}"""
REFUSAL = """() => {
    const summary = document.querySelector('.govuk-error-summary')
    const main = document.querySelector('main')
    const first = [...main.querySelectorAll('h1, h2, p, input')][0]
    return {
        first: summary.contains(first),
        focused: document.activeElement === summary,
        links: [...summary.querySelectorAll('a')].map((link) => ({
            text: link.textContent.trim(),
            to: link.hash.slice(1),
            control: document.getElementById(link.hash.slice(1))?.tagName,
        })),
        inline: [...main.querySelectorAll('.govuk-error-message')].map(
            (each) => each.textContent.replace('Error:', '').trim()),
    }
}"""


def title_of(visitor: Visitor, *, error: bool = False) -> str:
    """The page’s h1, which its title must begin with, after “Error: ” when it refuses."""
    heading = visitor.heading
    assert visitor.page.locator("h1").count() == 1
    assert visitor.page.title() == f"{'Error: ' if error else ''}{heading} – {SERVICE_NAME}"
    return heading


def has_one_way_back(visitor: Visitor) -> None:
    """One back link, before main, a real address, and no breadcrumbs beside it."""
    back = visitor.page.locator("a.govuk-back-link")
    assert back.count() == 1, f"{visitor.path} has {back.count()} back links"
    assert (back.get_attribute("href") or "").startswith("/")
    assert visitor.page.locator("main a.govuk-back-link, .govuk-breadcrumbs").count() == 0


def at_each_width(
    visitor: Visitor, widths: tuple[int, ...], exceptions: dict[str, str], *, axe: bool = True
) -> None:
    """axe, no sideways scrolling, and on the narrowest window no text lost to wider spacing."""
    for width in widths:
        visitor.resize(width)
        visitor.look(exceptions, axe=axe)
    if min(widths) <= 320:
        loses_nothing_to_spacing(visitor)
    visitor.resize(1280)


def loses_nothing_to_spacing(visitor: Visitor) -> None:
    """WCAG 1.4.12, in the narrow window: no text is cut off, and the page doesn’t scroll sideways."""
    cut = visitor.page.evaluate(CUT_OFF, SPACING)
    assert cut == [], f"{visitor.path} cuts off: {cut}"
    assert scrolls_sideways(visitor.page) == [], f"{visitor.path}, with wide spacing"
    visitor.page.evaluate("() => { document.adoptedStyleSheets = [] }")


def refuses_nothing_said(visitor: Visitor, question: Question) -> list[dict[str, Any]]:
    """Send the page empty: refused with a summary, first in main and focused, its links as the inline messages.

    Returns the links of the summary. The refused page is left open.
    """
    clear(visitor, question)
    assert visitor.send(question.button) == 422
    title_of(visitor, error=True)
    found = visitor.page.evaluate(REFUSAL)
    assert found["first"], "the summary is not first in main"
    # Without the site’s scripts nothing can move the focus.
    assert found["focused"] or visitor.scripts != "on"
    links: list[dict[str, Any]] = found["links"]
    assert links
    assert [link["text"] for link in links] == found["inline"]
    assert {link["control"] for link in links} <= {"INPUT", "SELECT", "TEXTAREA"}, links
    return links


def links_lead_to_controls(visitor: Visitor, links: list[dict[str, Any]]) -> None:
    """Follow each link of the summary: its control gets the focus."""
    for link in links:
        visitor.page.locator(f".govuk-error-summary a[href='#{link['to']}']").click()
        assert visitor.page.evaluate("document.activeElement.id") == link["to"]
