"""The keyboard’s focus: it can be seen on every stop, nothing hides it, and it goes down the page."""

from __future__ import annotations

import pytest

from e2e.support import ahead, case_one
from e2e.support.visitor import Visitor, Visitors

# What changes on the element, its label or what frames it when it has the focus; and whether it can be seen there.
STOP = """async () => {
    const at = document.activeElement
    if (at === document.body) return null
    const look = () => [at, at.labels?.[0], at.parentElement].filter(Boolean).flatMap((each) =>
        ['', '::before', '::after'].map((part) => {
            const style = getComputedStyle(each, part || undefined)
            return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
                style.backgroundColor, style.borderBottomWidth].join()
        })).join('|')
    const focused = look()
    const box = at.getBoundingClientRect()
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10))
    const uncovered = seen && (at === seen || at.contains(seen) || seen.contains(at) ||
        [...(at.labels || [])].some((label) => label === seen || label.contains(seen)))
    at.blur()
    // The autocomplete draws itself again a moment later.
    if (look() === focused) await new Promise((resolve) => setTimeout(resolve, 100))
    const differs = look() !== focused
    at.focus({preventScroll: true})
    return {name: `${at.tagName} ${at.id || at.textContent.trim().slice(0, 40)}`, differs, uncovered}
}"""


def stops(visitor: Visitor) -> list[str]:
    """Tab through the page. Returns the names of the stops; fails for one that can’t be seen."""
    found: list[str] = []
    visitor.page.evaluate("document.activeElement.blur()")
    while True:
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(STOP)
        if stop is None or (found and stop["name"] == found[0]):
            # The skip link goes when it loses the focus, and the button moves away under a click.
            visitor.page.evaluate("document.activeElement.blur()")
            return found
        assert stop["differs"], f"{visitor.path}: {stop['name']} looks the same with the focus"
        assert stop["uncovered"], f"{visitor.path}: {stop['name']} is covered while it has the focus"
        found.append(stop["name"])
        assert len(found) < 60


@pytest.mark.parametrize("width", [1280, 320])
def test_the_focus_is_seen_on_every_stop_of_every_kind_of_page(visitors: Visitors, width: int) -> None:
    visitor = visitors(width=width)
    for path in ("/", "/sign-in", "/guidance/who-does-what", "/cookies"):
        visitor.go(path)
        assert stops(visitor)[0] == "A Skip to main content"
    on = ahead.to(visitor, "find_ect")
    assert "INPUT trn" in stops(visitor)
    visitor.send("Continue")
    assert "A Enter a teacher reference number (TRN)" in stops(visitor)
    on.to("appropriate_body")
    on.arrive()
    visitor.page.locator("input#appropriate_body").wait_for()
    assert "INPUT appropriate_body" in stops(visitor)
    on.to("check_answers")
    on.arrive()
    assert "BUTTON Register this ECT" in stops(visitor)


def test_zoomed_to_400_per_cent_the_page_flows_and_the_main_button_can_be_pressed(visitors: Visitors) -> None:
    # 1280 by 1024 pixels at 400 % are 320 by 256.
    visitor = visitors(width=320)
    visitor.page.set_viewport_size({"width": 320, "height": 256})
    ahead.to(visitor, "check_answers")
    visitor.look(axe=False)
    visitor.send(case_one.REGISTER)
    assert visitor.heading == case_one.REGISTERED
    visitor.look(axe=False)
