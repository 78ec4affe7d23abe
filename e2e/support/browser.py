"""Finding a browser, or installing one: `python -m e2e.support.browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHAT_TO_DO = (
    "There is no browser for the tests: install Chromium (on Debian or Ubuntu: apt-get install chromium), "
    "or set CHROMIUM_PATH to one."
)


class NoBrowserError(RuntimeError):
    """There is no browser; the message says what to install."""


def find(own: Path | None = None) -> Path:
    """The browser to test with: $CHROMIUM_PATH, then Playwright’s own, then one of the system’s.

    `own` is where Playwright’s would be, for callers that have Playwright running. Raises NoBrowserError.
    """
    if named := os.environ.get("CHROMIUM_PATH"):
        if os.access(named, os.X_OK):
            return Path(named)
        raise NoBrowserError(f"CHROMIUM_PATH is {named}, which can’t be run.")
    if (own := own or playwrights_own()).is_file():
        return own
    for name in SYSTEM_NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise NoBrowserError(WHAT_TO_DO)


def playwrights_own() -> Path:
    """Where Playwright would have put its browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def install() -> None:
    """Install a browser: from the system’s packages as root, else Playwright’s own. It may not succeed."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.insert(0, ["sh", "-c", "apt-get update -q && apt-get install -q -y chromium"])
    for command in attempts:
        print(f"Installing a browser: {command[-1]}")
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return


def main() -> int:
    """Make sure that there is a browser; say in one sentence what to do when there can’t be."""
    try:
        find()
    except NoBrowserError:
        install()
    try:
        print(f"Testing with {find()}")
    except NoBrowserError as none:
        print(none, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
