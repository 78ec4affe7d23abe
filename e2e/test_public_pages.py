"""Pages for everybody, in a real browser; and that a visitor notices what it should."""

from __future__ import annotations

import pytest

from e2e.support.site import Site
from e2e.support.visitor import Visitor, Visitors, scrolls_sideways
from tests.support import acceptance

PUBLIC = (
    "/",
    "/sign-in",
    "/signed-out",
    "/guidance/who-does-what",
    "/accessibility",
    "/cookies",
    "/privacy",
    "/none",
)
both = pytest.mark.parametrize("site", ["sqlite", "postgresql"], indirect=True)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scripts", ["on", "blocked", "off"])
def test_public_pages_are_clean_at_every_width_with_and_without_scripts(
    visitors: Visitors, width: int, scripts: str
) -> None:
    visitor = visitors(width=width, scripts=scripts)
    for path in PUBLIC:
        visitor.go(path)
        assert visitor.heading
        visitor.look()


@both
def test_a_tutor_signs_in_and_out_with_one_click_each(site: Site, visitor: Visitor) -> None:
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    assert visitor.path == "/schools/900101/ects"
    visitor.press("Sign out")
    assert visitor.heading == "You have signed out"
    visitor.go("/schools/900101/ects")
    assert visitor.path == "/sign-in"


def test_the_skip_link_is_the_first_stop_of_the_keyboard_and_leads_to_main(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main-content"


def spoil(visitor: Visitor, script: str) -> None:
    """Do something to the page that the rules of the house forbid."""
    visitor.page.evaluate(f"() => {{ {script} }}")
    visitor.page.wait_for_timeout(100)


@pytest.mark.parametrize(
    "script",
    [
        "fetch('https://example.com/').catch(() => null)",
        'document.body.innerHTML += \'<img alt="" src="https://example.com/a.png">\'',
        "document.body.setAttribute('style', 'color: red')",
        "setTimeout(() => nothing(), 0)",
        "console.error('wrong')",
    ],
)
def test_a_visitor_notices_what_a_page_may_not_do(visitors: Visitors, script: str) -> None:
    visitor = visitors()
    visitor.go("/")
    spoil(visitor, script)
    noticed = visitor.troubles.copy()
    visitor.troubles.clear()
    assert noticed


def test_a_visitor_notices_what_axe_and_the_width_object_to(visitors: Visitors) -> None:
    visitor = visitors(width=320)
    visitor.go("/")
    spoil(
        visitor, "document.querySelector('main').innerHTML += '<img src=\"data:,\"><svg width=\"900\"></svg>'"
    )
    visitor.troubles.clear()
    assert scrolls_sideways(visitor.page)
    with pytest.raises(AssertionError, match="image-alt"):
        visitor.look()
