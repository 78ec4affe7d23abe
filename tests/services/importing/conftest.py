"""What the importing tests share: small files, and what the tables hold afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.services.importing.report import Report

if TYPE_CHECKING:
    from flask import Flask

    from app.data.columns import Model

REPOSITORY = Path(__file__).parents[3]
FIRST_DAY = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
NEXT_DAY = datetime(2025, 9, 16, 9, 0, tzinfo=UTC)

BringIn = Callable[..., Report]
Held = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def bring_in(app: Flask, tmp_path: Path) -> Iterator[BringIn]:
    """`bring_in("schools", "URN,…\\n100000,…\\n")` imports a small file, at FIRST_DAY unless told."""
    from app.services.importing.plans import PLANS
    from app.services.importing.running import import_file

    def bring_in(name: str, content: str | bytes, at: datetime = FIRST_DAY, **options: Any) -> Report:
        path = tmp_path / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_file(PLANS[name], path, at, **options)

    with app.app_context():
        yield bring_in


@pytest.fixture
def held(app: Flask) -> Held:
    """`held(School)` is every row of a table; `held(School, "urn", "name")` only those columns."""
    from sqlalchemy import select

    from app.data.database import db

    def held(model: type[Model], *columns: str) -> list[dict[str, Any]]:
        with app.app_context():
            rows = db.session.connection().execute(select(model.__table__)).mappings().all()
            found = [{name: row[name] for name in columns or row} for row in rows]
            db.session.remove()
        return sorted(found, key=str)

    return held


@pytest.fixture
def unchanged_by() -> Callable[..., Any]:
    """`with unchanged_by(lambda: held(School)):` fails when what is looked at differs after the block."""

    @contextmanager
    def watching(*looks: Callable[[], object]) -> Iterator[None]:
        before = [look() for look in looks]
        assert all(before), "there is nothing to watch"
        yield
        assert [look() for look in looks] == before

    return watching


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of real public data: REFERENCE_DIR, or ../shared/reference beside the repository."""
    folder = Path(os.environ.get("REFERENCE_DIR", REPOSITORY.parent / "shared" / "reference"))
    if not (folder / "edubasealldata.csv").is_file():
        pytest.skip(f"The reference data is not in {folder}: set REFERENCE_DIR to the folder that has it.")
    return folder
