"""Hands on a keyboard and nothing else."""

from __future__ import annotations

from e2e.support.visitor import Visitor

MOST_STOPS = 60
FOCUSED = "(css) => document.activeElement.matches(css)"


class Keyboard:
    """Reaches everything with Tab from the top of each page, past the skip link when told to."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page

    def to(self, css: str) -> None:
        """Tab to the control that this selector matches. Raises AssertionError when Tab doesn’t come past it."""
        for _ in range(MOST_STOPS):
            if self.page.evaluate(FOCUSED, css):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {css}")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other: “ArrowDown”, “Space”, “Enter”."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, css: str, text: str) -> None:
        """Tab to a field and type."""
        self.to(css)
        self.page.keyboard.type(text)

    def choose(self, css: str, *keys: str) -> None:
        """Tab to a group of radios and choose with Space or the arrows."""
        self.to(css)
        self.press(*(keys or ("Space",)))

    def send(self, key: str = "Enter") -> None:
        """Tab to the main button of the page and press it."""
        self.to("main form:not([role=search]) button.govuk-button")
        with self.page.expect_navigation():
            self.press(key)

    def skip(self) -> None:
        """Use the skip link, the first stop on every page."""
        self.press("Tab", "Enter")
        assert self.page.evaluate("document.activeElement.id") == "main-content"
