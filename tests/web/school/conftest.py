"""What the tests of a school’s pages ask for."""

from __future__ import annotations

import pytest

from tests.support.acceptance import OAKFIELD_TUTOR
from tests.support.client import InspectingClient
from tests.web.conftest import SignIn


@pytest.fixture
def tutor(client: InspectingClient, sign_in: SignIn) -> InspectingClient:
    """A browser in which Oakfield’s induction tutor is signed in."""
    return sign_in(client, OAKFIELD_TUTOR)
