"""Whether the service can work: the database answers and its migrations are at head (Trust, point 10)."""

from __future__ import annotations

from dataclasses import dataclass

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.data.database import MIGRATIONS, reading


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was asked and what came back: “ok” or one word for what is wrong."""

    database: str
    migrations: str

    @property
    def ready(self) -> bool:
        """Whether both are ok."""
        return self.database == self.migrations == "ok"


def check() -> Readiness:
    """Ask the database; never raises for a database that is down."""
    try:
        connection = reading()
        connection.execute(text("SELECT 1"))
        heads = MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError:
        return Readiness("unreachable", "unknown")
    expected = ScriptDirectory(str(MIGRATIONS)).get_heads()
    return Readiness("ok", "ok" if set(heads) == set(expected) else "behind")


def is_outage(error: BaseException) -> bool:
    """Whether an exception means that the database is away or overloaded, not that we made a mistake."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError | PoolTimeout)
