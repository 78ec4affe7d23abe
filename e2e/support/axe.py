"""axe on a page, with the rules of WCAG 2.2 AA. It needs scripts to run: never use it in a window without."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Only what is wrong comes back: all that passed would take longer to send than to find.
RUN = """async ([tags, exclude]) => (await axe.run({exclude}, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false,
})).violations"""


def breaches(page: Page, exceptions: dict[str, str]) -> list[str]:
    """What axe objects to, one line each. `exceptions` are selectors, each with its reason."""
    assert all(exceptions.values()), "an exception needs a reason"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
    found = []
    for violation in page.evaluate(RUN, [TAGS, [[selector] for selector in exceptions]]):
        places = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
        found.append(f"{violation['id']}: {violation['help']} ({places})")
    return found
