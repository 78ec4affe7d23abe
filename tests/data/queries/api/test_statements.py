"""Statements, as each lead provider reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import statements
from app.data.queries.api.wanted import Wanted
from tests.data.queries.api import worlds

Counting = Callable[[], AbstractContextManager[list[str]]]


def ids(provider: str, **asked: object) -> list[str]:
    """The ids that are listed."""
    return [row.id for row in statements.listed(provider, Wanted(**asked))]  # type: ignore[arg-type]


def test_a_statement_is_told_without_money(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.statement(at.northstar)
    (row,) = statements.listed(at.northstar, Wanted())
    assert row == statements.StatementRow(
        id=made.id,
        month="November",
        year=2025,
        type="ecf",
        cohort=2025,
        cut_off_date=date(2025, 10, 31),
        payment_date=date(2025, 11, 25),
        paid=False,
        created_at=worlds.NOW,
        updated_at=row.updated_at,
    )
    assert statements.one(at.northstar, made.id) == row
    worlds.change(models.Statement, made.id, state="paid", paid_at=worlds.NOW, total_pence=1, vat_pence=0)
    paid = statements.one(at.northstar, made.id)
    assert paid is not None and paid.paid
    assert ids(at.northstar, updated_since=paid.updated_at) == [made.id]
    assert ids(at.northstar, updated_since=paid.updated_at + timedelta(microseconds=1)) == []


def test_no_provider_reads_anothers(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.statement(at.northstar)
    assert ids(at.teach_forward) == []
    assert statements.one(at.teach_forward, made.id) is None
    for unknown in ("abc", "", "\0", new_id()):
        assert statements.one(at.northstar, unknown) is None


def test_those_of_the_service_fee_alone_are_not_listed_but_found(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.statement(at.northstar, output=False)
    assert ids(at.northstar) == []
    assert statements.one(at.northstar, made.id) is not None


def test_they_come_by_payment_date_whatever_sort_is_asked(in_app: Flask, count_queries: Counting) -> None:
    at = worlds.sides()
    made = [
        worlds.statement(at.northstar, cohort=cohort, month=month, pays_on=date(2025, month, 25), **deadline)
        for month in (12, 10, 11)
        for cohort in (2025, 2024)
        for deadline in ({"deadline_on": date(2025, 9, 30)},)
    ]
    expected = [row.id for row in sorted(made, key=lambda row: (row.pays_on, row.id))]
    with count_queries() as queries:
        assert ids(at.northstar, sort=(("created_at", True),)) == expected
    assert len(queries) == 1
    pages = [ids(at.northstar, page=page, per_page=4) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 2, 0]
    assert pages[0] + pages[1] == expected
    in_2024 = [row.id for row in sorted(made, key=lambda row: row.pays_on) if row.cohort == 2024]
    assert ids(at.northstar, cohorts=(2024, 1999)) == in_2024
    assert ids(at.northstar, cohorts=()) == []
