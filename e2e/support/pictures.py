"""The README’s pictures, made from the running service: `python -m e2e.support.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.factory import create_app
from e2e.support.answers import choose
from e2e.support.browser import find
from e2e.support.case_one import ECTS, REGISTER, about_the_teacher, another, pick
from e2e.support.site import serving
from e2e.support.visitor import Visitor
from tests.support import acceptance
from tests.support.databases import sqlite_store
from tests.support.tree import ROOT

FOLDER = ROOT / "e2e" / "pictures"
SIZE = {"width": 720, "height": 900}


def take(visitor: Visitor, name: str) -> None:
    """One picture of what is on the screen."""
    FOLDER.mkdir(exist_ok=True)
    visitor.page.screenshot(path=FOLDER / f"{name}.png")


def tour(visitor: Visitor) -> None:
    """Case 1, with a picture of each page the README shows."""
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    another(visitor)
    take(visitor, "find-ect")
    about_the_teacher(visitor)
    choose(visitor, "appropriate_body", acceptance.BRAMBLE_BODY)
    visitor.send("Continue")
    pick(visitor, "Provider-led")
    take(visitor, "lead-provider")
    pick(visitor, "Northstar")
    take(visitor, "same-organisation")
    pick(visitor, "Yes, Bramble Trust Training")
    take(visitor, "check-answers")
    visitor.send(REGISTER)
    take(visitor, "confirmation")
    visitor.go(ECTS)
    take(visitor, "your-ects")


def main() -> None:
    """Start the service and the browser, and take them."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = sqlite_store(Path(folder), create_app)
        browser = playwright.chromium.launch(
            executable_path=str(find(Path(playwright.chromium.executable_path)))
        )
        with serving(store, Path(folder)) as site:
            site.fill()
            tour(Visitor(browser.new_context(viewport=SIZE, locale="en-GB"), site.address))
        browser.close()
        store.let_go()


if __name__ == "__main__":
    main()
