"""A loaded demonstration to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from app.config import DEMO_RUN_KEYS
from app.data.sealing import Keys
from app.services import clock as the_clock
from app.services.demo.loading import Loaded, load_fictional

if TYPE_CHECKING:
    from flask import Flask

KEYS = Keys.read(DEMO_RUN_KEYS)
Load = Callable[[], Loaded]


@pytest.fixture
def load(app: Flask) -> Iterator[Load]:
    """`load()` fills the database with the fictional demonstration, as of now."""
    with app.app_context():
        yield lambda: load_fictional(the_clock.today(), the_clock.now(), KEYS)
