"""The power goes while people confirm: what was acknowledged is there, and nothing is half there. (Trust, 11.)"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException

import psycopg
import pytest

from e2e.support.site import Site
from tests.support import acceptance
from tests.support.amounts import amount, dice
from tests.support.databases import Store
from tests.support.sitting import Ready, Wish, ready
from tests.trials.conftest import Installation
from tests.trials.crowd import Reply, Tutor, signed_in
from tests.trials.whole import assert_whole, partnerships, registered

ROUNDS = amount(1, 20)
RUNS = amount(8, 16)
SETTLE_SECONDS = 10


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_was_acknowledged_survives_and_nothing_is_half_there(
    installation: Installation, number: int
) -> None:
    installation.fill()
    store = installation.store
    wishes = [Wish(f"30040{n:02}", f"Teacher {n:02}", f"t{n}@example.com") for n in range(RUNS)]
    runs = [ready(store.app, wish) for wish in wishes]
    with installation.serving() as site:
        acknowledged = _confirm_until_killed(site, runs, number)
    _settle(store)
    with store.session():
        there = set(registered())
        assert acknowledged <= there
        assert_whole()
        assert len(partnerships()) == (1 if there else 0)
    _confirm_the_rest(installation, runs)


def _confirm_until_killed(site: Site, runs: Sequence[Ready], number: int) -> set[str]:
    """Press the button of every run at once; kill the service in the midst. The references acknowledged."""
    tutor = signed_in(site, acceptance.OAKFIELD_TUTOR)
    chance = dice(f"kill {site.store.kind} {number}")
    enough, wanted = threading.Event(), chance.randrange(RUNS // 2)
    said: list[str] = []

    def confirm(run: Ready) -> None:
        if _pressed(tutor, run):
            said.append(run.reference)
        if len(said) >= wanted:
            enough.set()

    with ThreadPoolExecutor(RUNS) as pool:
        presses: list[Future[None]] = [pool.submit(confirm, run) for run in runs]
        enough.wait(SETTLE_SECONDS) if wanted else None
        time.sleep(chance.uniform(0, 0.05))
        site.kill()
    for press in presses:
        press.result()
    return set(said)


def _pressed(tutor: Tutor, run: Ready) -> bool:
    """Whether the press was acknowledged; a broken connection is no answer, but an error page is a failure."""
    try:
        reply: Reply = tutor.confirm(run)
    except (OSError, HTTPException):
        return False
    assert reply.status == 303, reply.page.h1
    return reply.acknowledged


def _settle(store: Store) -> None:
    """Wait until PostgreSQL has ended what the killed processes had begun. SQLite has nobody left to wait for."""
    store.let_go()
    if store.kind == "sqlite":
        return
    address = store.url.replace("postgresql+psycopg", "postgresql")
    deadline = time.monotonic() + SETTLE_SECONDS
    others = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        while (connection.execute(others).fetchone() or (0,))[0]:
            assert time.monotonic() < deadline, "what a killed process began has not ended"
            time.sleep(0.05)


def _confirm_the_rest(installation: Installation, runs: Sequence[Ready]) -> None:
    """Press every button again on a new service: each run ends up registered, once."""
    with installation.serving() as site:
        tutor = signed_in(site, acceptance.OAKFIELD_TUTOR)
        for run in runs:
            assert tutor.confirm(run).acknowledged
    with installation.store.session():
        assert set(registered()) == {run.reference for run in runs}
        assert len(partnerships()) == 1
        assert_whole()
