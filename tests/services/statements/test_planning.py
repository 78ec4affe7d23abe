"""Statements of a cohort, made by rule."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.data.database import reading
from app.data.models import Milestone, Schedule, Statement
from app.data.queries import statements as found
from app.data.transaction import write
from app.domain import schedules as rules
from app.domain.statements import planned
from app.services import schedules, statements
from tests.services.statements.ledger import COHORT, JANUARY, WINTER, Ledger, by_clock, events, on

ASKED = by_clock(WINTER)


def plan(ledger: Ledger, cohort: int) -> int:
    return write(lambda session: statements.plan(session, ledger.provider, cohort, ASKED))


def test_every_month_of_the_cohort_gets_its_statement_open_and_with_an_event(ledger: Ledger) -> None:
    rows = found.listed(ledger.provider, COHORT, per_page=100).rows
    made = sorted(
        (each.year, each.month, each.deadline_on, each.pays_on, each.output, each.state) for each in rows
    )
    assert made == [
        (each.year, each.month, each.deadline_on, each.pays_on, each.output, "open")
        for each in planned(COHORT)
    ]
    assert events("statement.planned") == len(made) == 31


def test_a_second_time_nothing_is_made_and_what_was_changed_stays(ledger: Ledger) -> None:
    moved = update(Statement).where(Statement.id == on(JANUARY)).values(deadline_on=JANUARY)
    write(lambda session: session.execute(moved) and None)
    assert plan(ledger, COHORT) == 0
    january = found.by_id(on(JANUARY))
    assert january is not None
    assert january.deadline_on == JANUARY


def test_another_cohort_of_the_provider_has_statements_of_its_own(ledger: Ledger) -> None:
    assert plan(ledger, 2025) == len(planned(2025))
    assert found.listed(cohort=2025, state="open", per_page=3).total == 31
    assert found.listed(cohort=2025, state="paid").total == 0


def test_without_a_place_in_the_cohort_there_are_no_statements(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError):
        plan(ledger, 2023)
    assert found.places(COHORT) == (ledger.provider,)
    assert found.places(2023) == ()


def test_schedules_are_laid_out_by_rule_and_once(ledger: Ledger) -> None:
    assert write(lambda session: schedules.lay_out(session, 2025, ASKED)) == 12
    assert write(lambda session: schedules.lay_out(session, 2025, ASKED)) == 0
    assert events("schedules.laid_out") == 1
    rows = reading().execute(select(*Milestone.__table__.c).where(Milestone.cohort == 2025)).all()
    assert sorted(tuple(row) for row in rows) == sorted(
        (2025, each, str(one.declaration_type), one.starts_on, one.ends_on, one.pays_on)
        for each in rules.IDENTIFIERS
        for one in rules.milestones(2025, each)
    )


def test_a_schedule_that_is_there_keeps_its_dates(ledger: Ledger) -> None:
    # The ledger has september’s standard one of 2024, without milestones.
    assert write(lambda session: schedules.lay_out(session, COHORT, ASKED)) == 11
    made = set(reading().execute(select(Milestone.identifier).where(Milestone.cohort == COHORT)).scalars())
    assert made == set(rules.IDENTIFIERS) - {"ecf-standard-september"}
    assert len(reading().execute(select(Schedule.identifier).where(Schedule.cohort == COHORT)).all()) == 12
