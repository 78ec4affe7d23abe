"""What every browser test may ask for: a running site with the acceptance fixture, and visitors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.factory import create_app
from e2e.support.browser import find
from e2e.support.site import Site, serving
from e2e.support.visitor import Visitor, Visitors
from tests.support.databases import empty_postgresql, postgresql_store, sqlite_store
from tests.support.postgres import running_server

WIDTHS = (1280, 320)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here e2e."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Any) -> dict[str, Any]:
    """Start the browser that was found."""
    found = find(Path(playwright.chromium.executable_path))
    # A request to any other host would be a mistake: it is noticed, and gets nowhere.
    only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return {**browser_type_launch_args, "executable_path": str(found), "args": [only_here]}


@pytest.fixture(scope="session")
def sqlite_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One running service on SQLite for the whole session; use `site`, which fills it afresh."""
    folder = tmp_path_factory.mktemp("site")
    store = sqlite_store(folder, create_app)
    with serving(store, folder) as site:
        yield site
    store.let_go()


@pytest.fixture(scope="session")
def postgresql_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One running service on PostgreSQL for the whole session."""
    with running_server() as server:
        store = postgresql_store(server, "site", create_app)
        store.empty = lambda: empty_postgresql(server, "site", end_others=False)
        with serving(store, tmp_path_factory.mktemp("site")) as site:
            yield site
        store.let_go()


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    """The running service with the acceptance fixture, at the acceptance clock.

    SQLite, unless the test asks: `@pytest.mark.parametrize("site", ["sqlite", "postgresql"], indirect=True)`.
    """
    chosen: Site = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_site")
    chosen.fill()
    return chosen


@pytest.fixture
def visitors(browser: Any, site: Site, tmp_path: Path) -> Iterator[Visitors]:
    """Opens windows: `visitors(width=1280, scripts="on")`, scripts on, off or blocked."""
    opened: list[Visitor] = []

    def visit(*, width: int = 1280, scripts: str = "on") -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts != "off", locale="en-GB"
        )
        context.set_default_timeout(5000)
        opened.append(Visitor(context, site.address, scripts=scripts))
        return opened[-1]

    yield visit
    for visitor in opened:
        visitor.leave()


@pytest.fixture
def visitor(visitors: Visitors) -> Visitor:
    """One visitor with a wide window and scripts."""
    return visitors()
