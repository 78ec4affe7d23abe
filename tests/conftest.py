"""What every test may ask for.

`database`, `app`, `client`, `session` run the test once on each database; a test that asks for none of them
runs once. `sqlite_only` and `postgresql_only` stores are for tests of what only one of them does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.amounts import HEADER, SEED
from tests.support.clocks import Clock
from tests.support.counting import count_queries as counting

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session, scoped_session

    from tests.support.client import InspectingClient
    from tests.support.databases import Store
    from tests.support.postgres import PostgresServer


settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Let Hypothesis start from the seed, unless another was given on the command line."""
    if config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = str(SEED)


def pytest_report_header() -> str:
    """Print the seed."""
    return HEADER


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Our own PostgreSQL, one for each worker process."""
    from tests.support.postgres import running_server

    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stores]:
    """Both databases, made when first asked for."""
    made = Stores(tmp_path_factory.mktemp("databases"), request)
    yield made
    made.close()


class Stores:
    """The databases of one test process, by kind."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self.folder = folder
        self.request = request
        self.made: dict[str, Store] = {}

    def __getitem__(self, kind: str) -> Store:
        """The store of this kind, emptied."""
        if kind not in self.made:
            self.made[kind] = self._make(kind)
        else:
            self.made[kind].reset()
        return self.made[kind]

    def _make(self, kind: str) -> Store:
        from app.factory import create_app
        from tests.support.client import InspectingClient
        from tests.support.databases import postgresql_store, sqlite_store

        def make_app(config: object) -> Flask:
            app = create_app(config)  # type: ignore[arg-type]
            app.testing = True
            app.test_client_class = InspectingClient
            return app

        if kind == "sqlite":
            return sqlite_store(self.folder, make_app)
        return postgresql_store(self.request.getfixturevalue("postgres_server"), "test", make_app)

    def close(self) -> None:
        """Let go of every connection."""
        for store in self.made.values():
            store.let_go()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, stores: Stores) -> Store:
    """A migrated, empty database; the test runs once on each kind."""
    return stores[request.param]


@pytest.fixture
def sqlite_only(stores: Stores) -> Store:
    """A migrated, empty SQLite database."""
    return stores["sqlite"]


@pytest.fixture
def postgresql_only(stores: Stores) -> Store:
    """A migrated, empty PostgreSQL database."""
    return stores["postgresql"]


@pytest.fixture
def app(database: Store) -> Flask:
    """The application on `database`, through create_app."""
    return database.app


@pytest.fixture
def client(app: Flask) -> InspectingClient:
    """A browser without scripts, signed out; every response is inspected."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """`db.session` in an application context. Requests made meanwhile have contexts of their own."""
    from app.data.database import db

    with app.app_context():
        yield db.session
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def acceptance(database: Store, clock: Clock) -> None:
    """The acceptance fixture in the database, and its moment on the clock (see `support.acceptance`)."""
    from tests.support.acceptance import ACCEPTANCE_CLOCK, load

    clock.set(ACCEPTANCE_CLOCK)
    database.fill(load)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock, to be set: `clock.set("2025-09-15 10:00")` is London time."""
    made = Clock()
    yield made
    made.release()


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as queries:` collects the statements sent in the block."""
    return counting
