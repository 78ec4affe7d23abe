"""What the tests of finance’s pages do to the ledger, and read from pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from flask import Flask

from app.data.transaction import write
from app.services import statements
from tests.services.statements import ledger as books
from tests.services.statements.ledger import IN_JANUARY, Ledger, by_clock
from tests.support.document import Document, text_of

STATEMENTS = "/finance/statements"
DECLARATIONS = "/finance/declarations"
T = TypeVar("T")


def inside(app: Flask, work: Callable[[], T]) -> T:
    """What `work` returns in the application."""
    with app.app_context():
        return work()


def on(app: Flask, pays_on: date) -> str:
    """The id of the statement paid that day."""
    return inside(app, lambda: books.on(pays_on))


def declare(app: Flask, ledger: Ledger, statement_id: str | None, times: int = 1, **values: Any) -> list[str]:
    """Declarations of new teachers, with their lines."""
    return inside(app, lambda: books.declare(ledger, statement_id, times, **values))


def close(app: Flask, statement_id: str, now: datetime = IN_JANUARY) -> None:
    """What the daily job does."""
    inside(app, lambda: write(lambda session: statements.close(session, statement_id, by_clock(now))))


def pay(app: Flask, ledger: Ledger, statement_id: str, now: datetime = IN_JANUARY) -> None:
    """Close, ask and authorise."""
    inside(app, lambda: books.pay(ledger, statement_id, now))


def facts(page: Document) -> dict[str, str]:
    """The rows of summary lists."""
    return {text_of(row[0]): text_of(row[1]) for row in page.all(cls="govuk-summary-list__row")}


def table(page: Document, caption: str) -> list[list[str]]:
    """The body of the table with this caption; [] when there is none."""
    for each in page.all("table"):
        if text_of(page.all("caption", within=each)[0]) == caption:
            body = page.all("tbody", within=each)[0]
            return [[text_of(cell) for cell in row] for row in page.all("tr", within=body)]
    return []


def success(page: Document) -> str:
    """What the green banner says; “” without one."""
    found = page.one(cls="govuk-notification-banner--success")
    return "" if found is None else text_of(found).removeprefix("Success ")
