"""What the tests of statements share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from tests.services.statements.ledger import Ledger


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Inside the app’s context."""
    with app.app_context():
        yield app


@pytest.fixture
def ledger(in_app: Flask) -> Ledger:
    """A lead provider of 2024 with its statements and a contract."""
    from tests.services.statements.ledger import make_ledger

    return make_ledger()
