"""How much a page weighs on the way to a browser, as the real server sends it: compressed, headers and all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.factory import create_app
from app.web.asset_files import STATIC_FOLDER, compress
from e2e.support import ahead, case_one
from e2e.support.answers import choose
from e2e.support.site import Site, serving
from e2e.support.visitor import Visitor
from tests.support import acceptance
from tests.support.databases import sqlite_store

FIRST_VISIT, NEXT_PAGE = 40_000, 6_000


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service of its own, started as `make demo` starts it: after the static files were compressed."""
    compress(STATIC_FOLDER)
    folder = tmp_path_factory.mktemp("site")
    store = sqlite_store(folder, create_app)
    with serving(store, folder) as made:
        yield made
    store.let_go()


@pytest.fixture
def site(started: Site) -> Site:
    """It, with the acceptance fixture."""
    started.fill()
    return started


class Scales:
    """Weighs what a window receives, by address; `take` starts afresh."""

    def __init__(self, visitor: Visitor) -> None:
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        session = visitor.page.context.new_cdp_session(visitor.page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        self.visitor = visitor

    def _sent(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        if address := self.addresses.get(event["requestId"]):
            self.bytes[address] = event["encodedDataLength"]

    def take(self) -> tuple[float, dict[str, float]]:
        """What came since the last time: in all, and by address."""
        self.visitor.page.wait_for_load_state("networkidle")
        taken, self.bytes = self.bytes, {}
        return sum(taken.values()), taken


def test_the_first_visit_and_every_next_page_are_light(visitor: Visitor) -> None:
    scales = Scales(visitor)
    visitor.go("/")
    total, each = scales.take()
    assert total <= FIRST_VISIT, each
    assert any(address.endswith(".css") for address in each), "the styles were not weighed"
    visitor.go("/guidance/who-does-what")
    weigh(scales)
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    scales.take()
    visitor.send("Register an ECT")
    weigh(scales)
    visitor.send("Continue")
    weigh(scales)
    case_one.about_the_teacher(visitor)
    # The script of the autocomplete comes once, with the first page that needs it.
    scales.take()
    visitor.page.reload()
    weigh(scales)
    choose(visitor, "appropriate_body", acceptance.ALDER_BODY)
    visitor.send("Continue")
    weigh(scales)
    for answer in ("Provider-led", "Northstar", "Yes, Alder Teaching School Hub"):
        case_one.pick(visitor, answer)
        weigh(scales)
    visitor.send(case_one.REGISTER)
    weigh(scales)
    visitor.go(case_one.ECTS)
    weigh(scales)


def weigh(scales: Scales) -> None:
    """The page just opened is within what a next page may weigh."""
    total, each = scales.take()
    assert 0 < total <= NEXT_PAGE, each


def test_the_script_of_the_autocomplete_comes_only_with_a_page_that_needs_it(visitor: Visitor) -> None:
    scales = Scales(visitor)
    case_one.begin(visitor)
    _, before = scales.take()
    ahead.to(visitor, "appropriate_body")
    _, then = scales.take()
    assert not any("autocomplete.min.js" in address for address in before)
    assert any("autocomplete.min.js" in address for address in then)
