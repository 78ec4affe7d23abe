"""The schema of the current app's database: bring it up to date, and tell whether it is."""

from __future__ import annotations

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.data.database import MIGRATIONS, db, migrate


def upgrade() -> None:
    """Run the migrations that are missing, in one transaction. Safe when several processes do it at once."""
    db.session.remove()
    command.upgrade(migrate.get_config(), "head")


def heads() -> frozenset[str]:
    """The revisions that the code expects."""
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


def at_head() -> bool:
    """Whether the database has every migration. Raises SQLAlchemy's errors when it doesn't answer."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    return frozenset(current) == heads()
