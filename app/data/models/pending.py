"""Finding the records that the write at hand has changed: a small index on every stamped table."""

from __future__ import annotations

from sqlalchemy import Index, Table, text

from app.data.columns import Model, Stamped

# Written out, not bound: only so does either database see that the index answers the question.
IS_PENDING = "updated_at > '9999-01-01'"


def stamped_tables() -> tuple[Table, ...]:
    """Every table whose records carry `updated_at`, by name."""
    mapped = (mapper for mapper in Model.registry.mappers if issubclass(mapper.class_, Stamped))
    tables = (mapper.local_table for mapper in mapped)
    return tuple(
        sorted((table for table in tables if isinstance(table, Table)), key=lambda table: table.name)
    )


def index_all() -> None:
    """Give every stamped table its index. Committed records are never in it: it costs next to nothing."""
    for table in stamped_tables():
        where = text(IS_PENDING)
        Index(f"ix_{table.name}_pending", table.c.updated_at, sqlite_where=where, postgresql_where=where)
