"""A loaded demonstration to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from app.config import DEMO_RUN_KEYS
from app.data import clock as the_clock
from app.data.database import db
from app.data.models import Event
from app.data.sealing import Keys
from app.services.demo.loading import Loaded, load_fictional
from tests.support.databases import KINDS

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.databases import Store

KEYS = Keys.read(DEMO_RUN_KEYS)
Load = Callable[[], Loaded]
Fill = Callable[[], object]


@pytest.fixture
def load(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """`load()` fills the database with the fictional demonstration as schools see it, as of now.

    Money and what lead providers did, which schools see nothing of, take four times as long: `load_all` has them.
    """
    monkeypatch.setattr("app.services.demo.loading.live", lambda *_: 0)
    monkeypatch.setattr("app.services.demo.money.set_up", lambda *_: 0)
    with app.app_context():
        yield fictional


@pytest.fixture
def load_all(app: Flask) -> Iterator[Load]:
    """`load_all()` fills the database with the whole fictional demonstration, as of now."""
    with app.app_context():
        yield fictional


@pytest.fixture(params=KINDS)
def shown(request: pytest.FixtureRequest, stores: Any) -> Iterator[None]:
    """The whole fictional demonstration, for tests that only look: loaded once for all that follow one another."""
    with standing(stores, request.param, fictional).app.app_context():
        yield


def fictional() -> Loaded:
    """Fill the database of the context with the fictional demonstration, as of now."""
    return load_fictional(the_clock.today(), the_clock.now(), KEYS)


_left: dict[str, tuple[Fill, object]] = {}


def standing(stores: Any, kind: str, fill: Fill) -> Store:
    """The database of a kind as `fill` left it, empty and filled anew if anything has happened to it since."""
    store: Store | None = stores.made.get(kind)
    if store is None or _left.get(kind) != (fill, _events(store)):
        store = stores[kind]
        with store.app.app_context():
            fill()
        _left[kind] = (fill, _events(store))
    return store


def _events(store: Store) -> object:
    """No other filling has the same first event, and nothing happens without one more."""
    with store.session():
        first = db.session.execute(select(Event.id).order_by(Event.id).limit(1)).scalar()
        return first, db.session.execute(select(func.count()).select_from(Event)).scalar()
