"""The data layer alone: an app with a database and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from app.data import database as storage
from tests.support import databases

if TYPE_CHECKING:
    from app.config import Config
    from tests.support.databases import Store


def bare_app(config: Config) -> Flask:
    """An app that only has a database."""
    app = Flask("data")
    storage.configure(app, config.database_url)
    return app


class Stores:
    """Both databases under bare apps, made when first asked for and emptied for each test."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self.folder, self.request = folder, request
        self.made: dict[str, Store] = {}

    def __getitem__(self, kind: str) -> Store:
        if kind in self.made:
            self.made[kind].reset()
        elif kind == "sqlite":
            self.made[kind] = databases.sqlite_store(self.folder, bare_app)
        else:
            server = self.request.getfixturevalue("postgres_server")
            self.made[kind] = databases.postgresql_store(server, "data", bare_app)
        return self.made[kind]


@pytest.fixture(scope="package")
def stores(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stores]:
    """In place of the stores of the whole app."""
    made = Stores(tmp_path_factory.mktemp("data"), request)
    yield made
    for store in made.made.values():
        store.let_go()


@pytest.fixture
def unmigrated(database: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An app on an empty database of the same kind as `database`, without any table."""
    from tests.support.databases import settings

    if database.kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'fresh' / 'empty.db'}"
    else:
        url = request.getfixturevalue("postgres_server").create("fresh")
    app = bare_app(settings(url))
    yield app
    storage.dispose(app)


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Inside the app's context."""
    with app.app_context():
        yield app
