"""The checker of invariants notices each of them being broken."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.data import clock as the_clock
from app.data.database import newer_sqlite
from app.services.demo.loading import load_sized
from app.services.demo.national.sizes import Size
from tests.support.databases import Store
from tests.support.invariants import broken

FEW = Size("sandbox", schools=20, participants=120, declarations=500, delivery_partners=12, cohorts=3)
BREAKS = {
    "a billed declaration without its one payment line": (
        "UPDATE declarations SET state = 'payable' WHERE id = (SELECT max(id) FROM declarations WHERE state = 'paid')"
    ),
    "a declaration that is taken back without its negative line": (
        "UPDATE declarations SET state = 'clawed_back' "
        "WHERE id = (SELECT max(id) FROM declarations WHERE state = 'paid')"
    ),
    "a negative line of a declaration that is not taken back": (
        "UPDATE declarations SET state = 'ineligible' "
        "WHERE id = (SELECT max(id) FROM declarations WHERE state = 'clawed_back')"
    ),
    "a line of a declaration that counts nothing": (
        "UPDATE declarations SET state = 'submitted' "
        "WHERE id = (SELECT max(id) FROM declarations WHERE state = 'eligible')"
    ),
    "a line on a statement of another provider or cohort": (
        "UPDATE statements SET output = FALSE "
        "WHERE id = (SELECT max(statement_id) FROM statement_lines WHERE state = 'paid')"
    ),
    "a line and its statement in states": "UPDATE statements SET state = 'payable', paid_at = NULL "
    "WHERE id = (SELECT max(statement_id) FROM statement_lines WHERE state = 'paid')",
    "a paid statement that nobody asked for": (
        "UPDATE payment_requests SET authorised_at = NULL, authorised_by = NULL"
    ),
    "an authorised request of a statement that is not paid": (
        "UPDATE statements SET state = 'open', paid_at = NULL WHERE state = 'paid'"
    ),
    "that belong on another": "UPDATE statement_lines SET added_at = '2020-01-01 00:00:00'",
    "and the change clock stands at": "UPDATE schools SET updated_at = '9000-01-01 00:00:00'",
    "records that changed before they were made": "UPDATE schools SET updated_at = '2000-01-01 00:00:00'",
    "sees": "UPDATE provider_participants SET transfers = transfers + 1",
    "and comes to": "UPDATE statements SET total_pence = total_pence + 1 WHERE state = 'paid' AND output",
    "a declaration is twice on one side": (
        "DROP INDEX ix_statement_lines_declaration_id_kind; "
        "UPDATE statement_lines SET declaration_id = (SELECT max(declaration_id) FROM statement_lines)"
    ),
    "two live declarations in one slot": (
        "DROP INDEX uq_declarations_live; UPDATE declarations SET declaration_type = 'started'"
    ),
}
"""A part of what is said, and what brings it about."""


@pytest.fixture
def filled(sqlite_only: Store) -> Iterator[Store]:
    """A database in which everything holds; nobody else gets it as it is left."""

    @contextmanager
    def unseen(_name: str, _total: int) -> Iterator[object]:
        yield lambda _more: None

    with sqlite_only.app.app_context():
        load_sized(FEW, the_clock.now() - timedelta(seconds=1), unseen)  # type: ignore[arg-type]
        yield sqlite_only


def test_each_broken_invariant_is_noticed(filled: Store) -> None:
    assert broken() == []
    noticed = {said: broken_by(filled, change) for said, change in BREAKS.items()}
    assert [said for said, found in noticed.items() if not any(said in each for each in found)] == []
    assert broken() == []


def broken_by(store: Store, change: str) -> list[str]:
    """What is said after a change to the database, which is put back."""
    path = Path(store.url.removeprefix("sqlite:///"))
    kept = path.with_suffix(".kept")
    change_by_hand(store, path, "PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, kept)
    try:
        change_by_hand(store, path, change)
        return broken(sample=20)
    finally:
        change_by_hand(store, path, "PRAGMA wal_checkpoint(TRUNCATE)")
        kept.replace(path)


def change_by_hand(store: Store, path: Path, change: str) -> None:
    """Run statements while nobody else has the database open."""
    store.let_go()
    driver = newer_sqlite() or sqlite3
    with closing(driver.connect(path, isolation_level=None)) as connection:
        connection.executescript(change)
