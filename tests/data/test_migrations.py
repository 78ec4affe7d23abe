"""The migrations make exactly the schema that the models describe, on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from subprocess import PIPE

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, inspect, text

from app.data import schema
from app.data.columns import Model
from app.data.database import db, migrate
from app.data.models.pending import stamped_tables

LONGEST_NAME_ON_POSTGRESQL = 63

UPGRADE = """
import sys
from flask import Flask
from app.data import schema
from app.data.database import configure
app = Flask("starting")
configure(app, sys.argv[1])
with app.app_context():
    schema.upgrade()
"""


@pytest.fixture
def empty(unmigrated: Flask) -> Iterator[Flask]:
    """Inside the context of an app without tables."""
    with unmigrated.app_context():
        yield unmigrated


def described(connection: Connection) -> dict[str, set[str]]:
    """The definitions of indexes and the names of triggers and checks, as the database keeps them."""
    if connection.dialect.name == "sqlite":
        indexes = "SELECT name || ': ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        triggers = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        indexes = "SELECT indexname || ': ' || indexdef FROM pg_indexes WHERE schemaname = 'public'"
        triggers = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    checks = set()
    inspector = inspect(connection)
    for table in Model.metadata.tables:
        for kind in (inspector.get_check_constraints, inspector.get_unique_constraints):
            checks |= {f"{table} {found}" for found in kind(table)}
        checks |= {
            f"{table} {found['name']} {found['constrained_columns']} {found['referred_table']}"
            for found in inspector.get_foreign_keys(table)
        }
    return {
        "indexes": {sql for sql in connection.scalars(text(indexes)) if "alembic_version" not in sql},
        "triggers": set(connection.scalars(text(triggers))),
        "constraints": checks,
    }


def test_from_empty_the_migrations_leave_nothing_to_generate(empty: Flask) -> None:
    schema.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Model.metadata) == []


def test_the_check_command_finds_nothing(empty: Flask) -> None:
    schema.upgrade()
    command.check(migrate.get_config())


def test_migrations_and_models_agree_on_partial_indexes_triggers_and_checks(empty: Flask) -> None:
    schema.upgrade()
    with db.engine.connect() as connection:
        migrated = described(connection)
    command.downgrade(migrate.get_config(), "base")
    db.create_all()
    with db.engine.connect() as connection:
        assert described(connection) == migrated
    assert len(migrated["triggers"]) == 3
    assert sum(" WHERE " in sql for sql in migrated["indexes"]) == 14 + len(stamped_tables())


def test_going_down_leaves_nothing_and_going_up_again_works(empty: Flask) -> None:
    schema.upgrade()
    command.downgrade(migrate.get_config(), "base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    schema.upgrade()
    assert schema.at_head()


def test_a_database_without_migrations_is_not_at_head(empty: Flask) -> None:
    assert not schema.at_head()
    schema.upgrade()
    assert schema.at_head()


def test_upgrading_twice_changes_nothing(empty: Flask) -> None:
    schema.upgrade()
    schema.upgrade()
    assert schema.at_head()


def test_processes_that_start_at_once_all_find_a_migrated_database(empty: Flask) -> None:
    url = empty.config["SQLALCHEMY_DATABASE_URI"]
    upgrades = [subprocess.Popen([sys.executable, "-c", UPGRADE, url], stderr=PIPE) for _ in range(3)]
    failures = [process.communicate()[1].decode() for process in upgrades]
    assert [process.returncode for process in upgrades] == [0, 0, 0], failures
    assert schema.at_head()


def test_no_name_is_cut_by_postgresql() -> None:
    names = [str(name) for table in Model.metadata.tables.values() for name in _names(table)]
    assert [name for name in names if len(name) > LONGEST_NAME_ON_POSTGRESQL] == []


def _names(table: object) -> list[object]:
    return [*(rule.name for rule in table.constraints), *(index.name for index in table.indexes)]  # type: ignore[attr-defined]
