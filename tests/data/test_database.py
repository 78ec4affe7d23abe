"""How each database is opened, and what its limits are (Trust, 3)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.data import database
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
