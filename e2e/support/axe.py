"""axe on a page, with the rules of WCAG 2.2 AA. It needs scripts to run: never use it in a window without."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AXE = Axe()


def breaches(page: Page, exceptions: dict[str, str]) -> list[str]:
    """What axe objects to, one line each. `exceptions` are selectors, each with its reason."""
    assert all(exceptions.values()), "an exception needs a reason"
    context: Any = {"exclude": [[selector] for selector in exceptions]} if exceptions else None
    results = AXE.run(page, context=context, options={"runOnly": {"type": "tag", "values": list(TAGS)}})
    found = []
    for violation in results.response["violations"]:
        places = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
        found.append(f"{violation['id']}: {violation['help']} ({places})")
    return found
