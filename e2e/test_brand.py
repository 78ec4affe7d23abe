"""With BRAND=govuk, for service.gov.uk domains only: crown, GOV.UK’s own typeface, and the same care."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.factory import create_app
from e2e.support import ahead
from e2e.support.site import Site, serving
from e2e.support.visitor import Visitor
from tests.support import acceptance
from tests.support.databases import sqlite_store


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A service of its own, in the brand."""
    store = sqlite_store(tmp_path, create_app)
    with serving(store, tmp_path, BRAND="govuk") as made:
        made.fill()
        yield made
    store.let_go()


def test_pages_in_the_govuk_brand_are_clean_and_say_so_in_their_title(visitor: Visitor) -> None:
    ahead.sign_in(visitor, acceptance.OAKFIELD_TUTOR)
    for path in ("/", "/schools/900101/ects", "/guidance/who-does-what"):
        visitor.go(path)
        assert visitor.page.title().endswith(" – Register early career teachers – GOV.UK")
        for width in (1280, 320):
            visitor.resize(width)
            visitor.look()
    assert visitor.page.evaluate("document.fonts.check('16px \"GDS Transport\"')")
