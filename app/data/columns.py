"""What every model shares: the declarative base, the names of constraints, and the column types.

Models have columns and constraints only: no relationships, so nothing can be loaded lazily. Without
relationships SQLAlchemy doesn't order inserts by foreign key: add parents first with `transaction.store`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import reduce
from typing import Annotated, Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    Uuid,
    cast,
    func,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, mapped_column

from app.data.ids import known_form

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


_NOBODY = "00000000-0000-0000-0000-000000000000"


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware in, stored as UTC, aware UTC out, the same on both databases.

    Raises ValueError for a datetime without a time zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as the database keeps it: SQLite has no time zones, so it gets bare UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """The stored moment, aware. PostgreSQL’s come so by themselves: its connections are set to UTC (`database`)."""
        stored = super().result_processor(dialect, coltype)
        return None if dialect.name == "postgresql" else stored

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored moment, aware."""
        return value if value is None else value.replace(tzinfo=UTC)


class IdText(TypeDecorator[str]):
    """An id as text in Python, as a uuid in the database.

    PostgreSQL raises on the malformed ids that forged forms and addresses carry. Here `abc` is an id that
    doesn't exist: it finds nothing, and as a foreign key it is refused like any other unknown one.
    """

    impl = Uuid(as_uuid=False)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The id in the form that is kept."""
        return None if value is None else known_form(value) or _NOBODY

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None] | None:
        """The id from the 32 digits in SQLite. A page reads dozens, and going through UUID takes four times as long.

        PostgreSQL’s come as they are kept (`database.prepare`).
        """
        return _hyphenated if dialect.name == "sqlite" else None


def _hyphenated(digits: str | None) -> str | None:
    if digits is None:
        return None
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


Id = Annotated[str, mapped_column(IdText())]


def id_as_text(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """An id in a statement, as events name their records: with hyphens on both databases. SQLite keeps the digits."""
    digits = func.replace(cast(column, Text), "-", "")
    first, *others = (func.substr(digits, start, length, type_=Text) for start, length in _PARTS)
    return reduce(lambda text, part: text + "-" + part, others, first)


_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
"""Where the parts of an id begin among its 32 digits, and how long they are."""


class Model(DeclarativeBase):
    """The base of every model; its metadata is the schema."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: Text(),
        int: Integer(),
        bool: Boolean(),
        bytes: LargeBinary(),
        date: Date(),
        datetime: UTCDateTime(),
    }


PENDING = datetime(9999, 12, 31, tzinfo=UTC)
"""What `updated_at` holds inside the write that makes or changes a record, until its last act stamps it."""


class Stamped:
    """When the record was made and last changed. Writers pass `created_at`; `updated_at` comes by itself.

    Only what is loaded in bulk, before anybody can have asked for it, may pass `updated_at` too (`data.publishing`).
    """

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(default=PENDING, onupdate=PENDING)


def one_of(column: str, values: tuple[str, ...], *, optional: bool = False) -> CheckConstraint:
    """A check, named after the column, that it holds one of `values` (or nothing, when `optional`)."""
    listed = ", ".join(f"'{value}'" for value in values)
    rule = f"{column} IN ({listed})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if optional else rule, name=column)
