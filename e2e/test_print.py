"""What comes out of the printer: check answers and the confirmation, without what only a screen needs."""

from __future__ import annotations

import pytest

from e2e.support import ahead, case_one
from e2e.support.visitor import Visitor

ONLY_ON_SCREEN = (
    ".govuk-skip-link",
    ".govuk-service-navigation",
    ".govuk-phase-banner",
    ".govuk-back-link",
    ".govuk-button",
    ".govuk-summary-list__actions",
    ".govuk-footer__inline-list",
)
INK = """() => {
    const panel = document.querySelector('.govuk-panel')
    const colours = [panel, panel.querySelector('h1')].map((each) => getComputedStyle(each).color)
    return [...new Set(colours)]
}"""


@pytest.fixture
def printed(visitor: Visitor) -> Visitor:
    """A visitor on check answers, whose pages show as they print."""
    ahead.to(visitor, "check_answers")
    visitor.page.emulate_media(media="print")
    return visitor


def shown(visitor: Visitor) -> list[str]:
    """What is seen of the things for the screen."""
    return [css for css in ONLY_ON_SCREEN for each in visitor.page.locator(css).all() if each.is_visible()]


def test_check_answers_prints_the_answers_and_nothing_to_press(printed: Visitor) -> None:
    assert shown(printed) == []
    for text in ("Aoife O'Brien", "Northstar", "Alder Teaching School Hub", "1 September 2025"):
        assert printed.page.locator(f'dd:has-text("{text}")').first.is_visible()


def test_the_confirmation_prints_name_reference_and_what_is_next_in_dark_ink(printed: Visitor) -> None:
    printed.page.emulate_media(media="screen")
    printed.send(case_one.REGISTER)
    printed.page.emulate_media(media="print")
    assert shown(printed) == []
    text = printed.page.locator("main").inner_text()
    assert "Aoife O'Brien is registered" in text
    assert "ECT-" in text
    assert "What happens next" in text
    assert printed.page.evaluate(INK) == ["rgb(0, 0, 0)"]
    # Addresses within the service are no use on paper.
    after = printed.page.locator("main a").first.evaluate("each => getComputedStyle(each, '::after').content")
    assert after in ("none", "normal")
