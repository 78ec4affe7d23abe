"""Statements: one row for every lead provider of the cohort, put right where the file is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from app.data.models import Statement
from app.data.transaction import write
from app.domain.statements import planned
from tests.services.importing.test_cohorts import HEADER as COHORTS

HEADER = "type,name,cohort,deadline_date,payment_date,output_fee\n"
MARCH = "ecf,March 2024,2023,2024-2-28,2024-3-25,false\n"
APRIL = "ecf,April 2024,2023,2024-3-31,2024-4-25,true\n"


@pytest.fixture
def places(bring_in: Any) -> None:
    """Northstar in 2021 to 2025, Cedar in 2023."""
    rows = (f"{year},{year}/05/10,{year}/09/01,,,false,false\n" for year in range(2021, 2026))
    bring_in("cohorts", COHORTS + "".join(rows))
    bring_in("lead-providers", "name\nNorthstar\nCedar\n")
    taken = "".join(f"Northstar,{year}\n" for year in range(2021, 2026))
    bring_in("lead-provider-places", f"lead_provider,cohort\n{taken}Cedar,2023\n")


def shown(held: Any) -> list[tuple[Any, ...]]:
    columns = ("cohort", "year", "month", "deadline_on", "pays_on", "output")
    return sorted(tuple(row[name] for name in columns) for row in held(Statement))


def test_the_published_file_gives_every_statement_of_the_rule_and_a_second_time_changes_nothing(
    places: None, reference: Path, bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    published = (reference / "statements.csv").read_bytes()
    report = bring_in("statements", published)
    assert report.counts() == {"read": 163, "added": 163, "changed": 0, "unchanged": 0, "refused": 0}
    each = [
        (one.cohort, one.year, one.month, one.deadline_on, one.pays_on, one.output)
        for year in (*range(2021, 2026), 2023)
        for one in planned(year)
    ]
    assert shown(held) == sorted(each)
    with unchanged_by(lambda: held(Statement)):
        assert bring_in("statements", published).unchanged == 163


def test_a_january_deadline_after_the_payment_and_a_march_one_in_a_leap_year_are_put_right(
    places: None, bring_in: Any, held: Any
) -> None:
    bring_in("statements", HEADER + MARCH + "ecf,January 2025,2024,2025-12-31,2025-1-25,true\n")
    assert {row[3] for row in shown(held)} == {date(2024, 2, 29), date(2024, 12, 31)}


def test_a_lead_provider_that_comes_later_gets_its_statements_when_the_file_comes_again(
    places: None, bring_in: Any, held: Any
) -> None:
    rows = HEADER + APRIL.replace("2023", "2025")
    bring_in("statements", rows)
    assert len(shown(held)) == 1
    bring_in("lead-provider-places", "lead_provider,cohort\nCedar,2025\n")
    assert bring_in("statements", rows).added == 1
    assert len(shown(held)) == 2


def test_an_open_statement_takes_another_date_and_a_closed_one_does_not(
    places: None, bring_in: Any, held: Any
) -> None:
    bring_in("statements", HEADER + APRIL)
    moved = HEADER + APRIL.replace("2024-3-31", "2024-4-2")
    assert bring_in("statements", moved).changed == 1
    assert {row[3] for row in shown(held)} == {date(2024, 4, 2)}
    write(lambda session: session.execute(update(Statement).values(state="payable")) and None)
    assert bring_in("statements", moved).unchanged == 1
    report = bring_in("statements", HEADER + APRIL)
    assert [str(error) for error in report.errors] == [
        "Row 2, name “April 2024”: is payable and can’t be changed"
    ]
    assert {row[3] for row in shown(held)} == {date(2024, 4, 2)}
    assert {row["state"] for row in held(Statement)} == {"payable"}


def test_a_statement_with_declarations_on_it_stays_one_for_declarations(app: Any, bring_in: Any) -> None:
    from tests.services.statements import ledger as small

    ledger = small.make_ledger()
    small.declare(ledger, small.on(small.APRIL))
    rows = ("April", "2025-03-31", "2025-04-25"), ("August", "2025-07-31", "2025-08-25")
    report = bring_in(
        "statements",
        HEADER + "".join(f"ecf,{month} 2025,2024,{due},{paid},false\n" for month, due, paid in rows),
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, output_fee “false”: there are declarations on this statement already"
    ]
    assert report.changed == 1


def test_cells_that_cannot_be_used_are_named(places: None, bring_in: Any, held: Any) -> None:
    report = bring_in(
        "statements",
        HEADER
        + "npq,April 2024,2023,2024-3-31,2024-4-25,true\n"
        + "ecf,Avril 2024,2023,2024-3-31,2024-4-25,true\n"
        + "ecf,April 24,2023,2024-3-31,2024-4-25,true\n"
        + "ecf,April 2024,2023,2024-4-31,2024-4-25,true\n"
        + "ecf,April 2024,2023,2024-4-30,2024-4-25,true\n"
        + "ecf,April 2024,2023,2024-3-31,2024-4-25,perhaps\n"
        + "ecf,April 2024,2029,2024-3-31,2024-4-25,true\n",
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, type “npq”: must be ecf",
        "Row 3, name “Avril 2024”: must be a month and a year like November 2021",
        "Row 4, name “April 24”: must be a month and a year like November 2021",
        "Row 5, deadline_date “2024-4-31”: must be a date that exists, from 2000 to 2099",
        "Row 6, deadline_date “2024-4-30”: is after the payment date",
        "Row 7, output_fee “perhaps”: must be true or false",
        "Row 8, cohort “2029”: no lead provider has a place in this cohort: import its places first",
    ]
    assert held(Statement) == []
