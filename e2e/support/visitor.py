"""A person with a browser: goes to pages, and is told at once when one breaks a promise.

    visitor = visitors(width=320, scripts=False)
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    visitor.go("/schools/900101/ects")
    visitor.page.get_by_role("button", name="Register an ECT").click()
    visitor.look()                  # no sideways scrolling, and axe has nothing to say
    visitor.press("Continue")

Every visitor fails the test for: a request to another host, a message on the console, a page error, a breach
of the Content-Security-Policy, an answer of 500 or above.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from e2e.support.axe import breaches

# The browser itself reports a 404 or 422 page on the console; the pages are meant to be so.
EXPECTED_ON_CONSOLE = "Failed to load resource: the server responded with a status of 4"
SCRIPT = ".js"
STEP_IN_MS = 50
PATIENCE_IN_STEPS = 200


class Visitor:
    """One browser window. `scripts` is on, off (no JavaScript) or blocked (only the site’s are missing)."""

    def __init__(self, context: BrowserContext, address: str, *, scripts: str = "on") -> None:
        self.address = address
        self.scripts = scripts
        self.troubles: list[str] = []
        self.page: Page = self._window(context)

    def go(self, path: str) -> Response | None:
        """Open an address of the site."""
        return self.page.goto(f"{self.address}{path}")

    def sign_in(self, person_id: str) -> None:
        """Press this person’s button on the demo sign-in page."""
        self.go("/sign-in")
        self.page.locator(f'button[name="person"][value="{person_id}"]').click()

    def press(self, name: str) -> None:
        """Press the button with this text."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def send(self, name: str) -> int:
        """Press the button with this text and wait for the answer. Returns its status, redirects followed."""
        with self.page.expect_navigation() as answered:
            self.press(name)
        assert answered.value is not None
        return answered.value.status

    def follow(self, name: str) -> None:
        """Follow the link with this text."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    @property
    def path(self) -> str:
        """The address of the page, without the host."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        """The h1."""
        return " ".join(self.page.locator("h1").inner_text().split())

    def resize(self, width: int) -> None:
        """Make the window this wide."""
        self.page.set_viewport_size({"width": width, "height": 900})

    def look(self, exceptions: dict[str, str] | None = None, *, axe: bool = True) -> None:
        """Hold the page against what a test can hold of pages.md: see `scrolls_sideways` and `axe.breaches`.

        `exceptions` are selectors that axe may object to, each with its reason. Without scripts there is no axe.
        """
        found = [*self.troubles, *scrolls_sideways(self.page)]
        if axe and self.scripts != "off":
            found += breaches(self.page, exceptions or {})
        assert found == [], f"{self.page.url}: {found}"

    def tab(self) -> Visitor:
        """Another tab of the same browser: the same session, the same list of troubles."""
        other = Visitor(self.page.context, self.address, scripts=self.scripts)
        other.troubles = self.troubles
        return other

    def wait_for(self, expression: str) -> None:
        """Wait until this JavaScript holds. `wait_for_function` would eval in the page, which its policy forbids."""
        for _ in range(PATIENCE_IN_STEPS):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(STEP_IN_MS)
        raise AssertionError(f"{self.page.url}: never {expression}")

    def leave(self) -> None:
        """Close the window; fail for whatever went wrong unseen."""
        self.page.context.close()
        assert self.troubles == [], self.troubles

    def _window(self, context: BrowserContext) -> Page:
        # Nothing is intercepted on the way: that would turn off the browser’s memory of files.
        page = context.new_page()
        if self.scripts == "blocked":
            self._block_scripts(context, page)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("response", self._answer)
        page.on("requestfailed", self._failed)
        return page

    @staticmethod
    def _block_scripts(context: BrowserContext, page: Page) -> None:
        """Let no script of the site load; those of tests still run."""
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBlockedURLs", {"urls": [f"*{SCRIPT}"]})

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.troubles.append(f"a request to another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        blocked = self.scripts == "blocked" and "ERR_BLOCKED_BY_CLIENT" in message.text
        expected = blocked or message.text.startswith(EXPECTED_ON_CONSOLE)
        if message.type in ("error", "warning") and not expected:
            self.troubles.append(f"on the console: {message.text}")

    def _answer(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.url} answered {response.status}")

    def _failed(self, request: Request) -> None:
        aborted = "ERR_ABORTED" in (request.failure or "")
        if not aborted and not (self.scripts != "on" and request.url.endswith(SCRIPT)):
            self.troubles.append(f"{request.url} failed: {request.failure}")


Visitors = Callable[..., Visitor]


def scrolls_sideways(page: Page) -> list[str]:
    """What makes the page wider than its window, if anything does (Pages, rules 9 and 10).

    Works without the page’s JavaScript too: the question is put by the browser’s own tools.
    """
    session = page.context.new_cdp_session(page)
    try:
        metrics = session.send("Page.getLayoutMetrics")
    finally:
        session.detach()
    content, window = metrics["cssContentSize"]["width"], metrics["cssLayoutViewport"]["clientWidth"]
    return [f"{content} px of content in a window of {window} px"] if content > window else []
