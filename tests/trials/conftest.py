"""A running service with several workers, on each database, at the real time of day.

The acceptance fixture does with any later day too: the latest cohort it has opened stays the current one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.factory import create_app
from e2e.support.site import Site, serving
from tests.support.acceptance import load
from tests.support.databases import KINDS, Store, empty_postgresql, postgresql_store, sqlite_store

WORKERS = 4


@dataclass(slots=True)
class Installation:
    """A database with its own application in this process, and a way to run the service on it."""

    store: Store
    folder: Path

    def serving(self) -> AbstractContextManager[Site]:
        """Run the service until the block ends."""
        return serving(self.store, self.folder, clock=None, workers=WORKERS)

    def fill(self) -> None:
        """Only the acceptance fixture, whatever was there."""
        from app.data.transaction import write

        self.store.reset()
        with self.store.app.app_context():
            write(load)


@pytest.fixture(scope="session", params=KINDS)
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """One of each database for the whole session; `fill` empties it."""
    folder = tmp_path_factory.mktemp("trials")
    if request.param == "sqlite":
        store = sqlite_store(folder, create_app)
    else:
        server = request.getfixturevalue("postgres_server")
        store = postgresql_store(server, "trials", create_app)
        store.empty = lambda: empty_postgresql(server, "trials", end_others=False)
    yield Installation(store, folder)
    store.let_go()


@pytest.fixture(scope="session")
def lasting_site(installation: Installation) -> Iterator[Site]:
    """The running service, once for each database."""
    with installation.serving() as site:
        yield site


@pytest.fixture
def site(lasting_site: Site) -> Site:
    """The running service with the acceptance fixture in it."""
    lasting_site.fill()
    return lasting_site
