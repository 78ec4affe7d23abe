"""How each database is opened, and what its limits are (Trust, 3)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import IntegrityError, OperationalError

from app.data import database, postgresql
from app.data.database import db, engine_options, readable_url, reading
from tests.support.databases import Store


def setting(name: str) -> str:
    return str(db.session.scalar(text(name)))


@pytest.mark.parametrize(
    "given", ["postgres://u:p@host/name", "postgresql://u:p@host/name", "postgresql+psycopg2://u:p@host/name"]
)
def test_every_usual_postgresql_address_gets_our_driver(given: str) -> None:
    wanted = "postgresql+psycopg://u:p@host/name"
    assert readable_url(given).render_as_string(hide_password=False) == wanted


def test_a_relative_sqlite_path_counts_from_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert readable_url("sqlite:///instance/school.db").database == str(tmp_path / "instance" / "school.db")
    assert (tmp_path / "instance").is_dir()


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql is not a database"):
        readable_url("mysql://localhost/schools")


def test_sqlite_is_durable_and_strict(sqlite_only: Store) -> None:
    with sqlite_only.app.app_context():
        found = {
            name: setting(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}


def test_an_old_sqlite_library_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    module = database.newer_sqlite()
    assert module is not None
    assert module.sqlite_version_info >= database.OLDEST_SOUND_SQLITE
    assert engine_options(readable_url("sqlite://"))["module"] is module


def test_a_sound_sqlite_library_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", database.OLDEST_SOUND_SQLITE)
    assert database.newer_sqlite() is None
    assert database.sqlite_version() == sqlite3.sqlite_version


def test_without_the_newer_library_the_old_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "find_spec", lambda _name: None)
    app = Flask("old")
    database.configure(app, f"sqlite:///{tmp_path / 'old.db'}")
    with app.app_context():
        assert setting("SELECT sqlite_version()") == sqlite3.sqlite_version
        assert setting("PRAGMA journal_mode") == "wal"
    database.dispose(app)


def test_postgresql_has_its_limits(postgresql_only: Store) -> None:
    with postgresql_only.app.app_context():
        found = {name: setting(f"SHOW {name}") for name in ("statement_timeout", "lock_timeout", "timezone")}
    assert found == {"statement_timeout": "5s", "lock_timeout": "2s", "timezone": "UTC"}


def test_a_postgresql_that_is_away_is_given_up_on_after_two_seconds() -> None:
    options = engine_options(readable_url("postgresql://host/name"))
    assert options["pool_pre_ping"] is True
    assert options["connect_args"]["connect_timeout"] == 2


@pytest.fixture
def asked(postgresql_only: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """An application on PostgreSQL, and each connection that is asked whether it is alive, as it is asked."""
    found: list[Any] = []
    ask = PGDialect_psycopg.do_ping

    def noted(dialect: Any, connection: Any) -> bool:
        found.append(connection)
        return ask(dialect, connection)

    monkeypatch.setattr(PGDialect_psycopg, "do_ping", noted)
    app = Flask("asked")
    database.configure(app, postgresql_only.url)
    with app.app_context():
        yield found
    database.dispose(app)


def use() -> int:
    """Take a connection from the pool and give it back. Returns which one it was, by the server’s number for it."""
    with db.engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)


def test_a_connection_is_asked_whether_it_is_alive_once_in_ten_seconds(
    asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for now, times in ((100.0, 0), (100.1, 1), (100.2, 1), (110.0, 1), (110.2, 2), (110.3, 2)):
        monkeypatch.setattr(postgresql, "monotonic", lambda now=now: now)
        use()
        assert len(asked) == times, now


def test_a_connection_that_the_server_has_ended_is_not_used_again(
    asked: list[Any], postgresql_only: Store
) -> None:
    first, again = use(), use()
    assert (first, len(asked)) == (again, 1)
    plain = postgresql_only.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [first]).fetchone() == (True,)
    assert use() not in (first, 0)
    assert len(asked) == 2, "what came on it was not looked at"


def test_columns_are_described_to_whoever_looks(postgresql_only: Store) -> None:
    plain = postgresql_only.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, cursor_factory=postgresql.Cursor) as connection:
        described = connection.execute("SELECT 1 AS one, 'b' AS two").description
        assert [each.name for each in described] == ["one", "two"]
        assert [each.name for each in described[1:]] == ["two"]
        assert len(described) == 2
        assert connection.execute("SET work_mem = '5MB'").description is None
        assert connection.cursor().description is None


def test_reading_opens_one_transaction_for_the_whole_request(in_app: Flask) -> None:
    first = reading()
    assert reading() is first
    assert first.in_transaction()


def test_foreign_keys_hold(in_app: Flask) -> None:
    statement = text("INSERT INTO lead_provider_cohorts (lead_provider_id, cohort) VALUES (:id, 2025)")
    with pytest.raises(IntegrityError):
        db.session.execute(statement, {"id": "0" * 32})


def test_a_folder_that_cannot_hold_a_database_is_an_error(tmp_path: Path) -> None:
    app = Flask("folder")
    database.configure(app, f"sqlite:///{tmp_path}")
    with app.app_context(), pytest.raises(OperationalError):
        db.session.connection()
