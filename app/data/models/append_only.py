"""Triggers that make a table refuse changes, on both databases (Trust, 8).

They are made with the tables by `create_all`, and by the migration from the same statements. A refusal is an
IntegrityError that says “<table> is append-only”.
"""

from __future__ import annotations

from sqlalchemy import DDL, FromClause, Table, event
from sqlalchemy.schema import ExecutableDDLElement

_SQLITE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {change} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END
"""

# 23000 is the class of integrity violations, so both drivers raise the same kind of error.
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_refuse_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23000';
END
$$
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {change} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_{verb}()
"""


def statements(table: str, change: str, dialect: str) -> tuple[str, ...]:
    """The statements that make `table` refuse `change` (“UPDATE” or “DELETE”) on `dialect`."""
    texts = (_POSTGRESQL, _POSTGRESQL_TRIGGER) if dialect == "postgresql" else (_SQLITE,)
    return tuple(text.format(table=table, verb=change.lower(), change=change).strip() for text in texts)


def undoing(table: str, change: str, dialect: str) -> tuple[str, ...]:
    """What is left once the table is dropped: on PostgreSQL, the function that its trigger called."""
    return (f"DROP FUNCTION {table}_refuse_{change.lower()}()",) if dialect == "postgresql" else ()


def guard(table: FromClause, *changes: str) -> None:
    """Make `create_all` add the triggers to `table`."""
    if not isinstance(table, Table):
        raise TypeError("only a table can be guarded")
    for change in changes:
        for dialect in ("sqlite", "postgresql"):
            for text in statements(table.name, change, dialect):
                event.listen(table, "after_create", _statement(text, dialect))


def _statement(text: str, dialect: str) -> ExecutableDDLElement:
    # `DDL` fills in %: none of these statements has one.
    statement: ExecutableDDLElement = DDL(text)  # type: ignore[no-untyped-call]
    return statement.execute_if(dialect=dialect)
