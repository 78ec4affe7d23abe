"""Both databases: emptied between tests, and on the settings that trust asks for (Trust, point 3)."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.data.database import db
from app.data.transaction import write
from tests.support import acceptance
from tests.support.databases import Store


def counted(table: str) -> int:
    return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


@pytest.mark.parametrize("again", [1, 2])
def test_a_test_never_sees_what_another_stored(database: Store, again: int) -> None:
    with database.app.app_context():
        assert counted("schools") == 0
        write(acceptance.load)
        assert counted("schools") == 3
        assert counted("partnerships") == 1
        db.session.remove()


def test_the_acceptance_fixture_has_what_the_school_journey_lists(database: Store) -> None:
    with database.app.app_context():
        write(acceptance.load)
        assert counted("pairings") == 11
        assert counted("lead_provider_cohorts") == 6
        assert counted("organisation_links") == 4
        assert counted("appropriate_bodies") == 5
        opened = db.session.execute(
            text("SELECT start_year FROM cohorts WHERE opened_on IS NOT NULL ORDER BY 1")
        )
        assert list(opened.scalars()) == [2023, 2024, 2025]
        db.session.remove()


def test_sqlite_is_durable_and_strict(sqlite_only: Store) -> None:
    with sqlite_only.app.app_context():
        found = {
            name: db.session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        db.session.remove()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_postgresql_gives_up_in_time(postgresql_only: Store) -> None:
    with postgresql_only.app.app_context():
        found = {
            name: db.session.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("statement_timeout", "lock_timeout", "TimeZone")
        }
        db.session.remove()
    assert found == {"statement_timeout": "5s", "lock_timeout": "2s", "TimeZone": "UTC"}
