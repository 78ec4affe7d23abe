"""On any day of the year the fictional demonstration shows every case, of open cohorts, and nothing that is to come."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import func, select

from app.data import clock as the_clock
from app.data.database import db
from app.data.models import Declaration, EctPeriod, Event, LeadProviderCohort, Teacher
from app.data.queries import cohorts
from app.data.transaction import write
from app.services.demo.cast import STORIES
from tests.services.demo.conftest import Load
from tests.services.demo.test_cases import CASES, Shown
from tests.services.demo.test_fictional import count, scalars
from tests.services.demo.test_providers import CASES as CASES_OF_PROVIDERS
from tests.services.demo.test_providers import Shown as ShownToProviders
from tests.support.invariants import broken

MOST_SECONDS = 10
LATE_IN_YEAR, FIRST_DAY = "2026-05-31 12:00", "2026-06-01 00:30"
DAYS = {
    LATE_IN_YEAR: (2023, 2024, 2025),
    FIRST_DAY: (2024, 2025, 2026),
    "2027-01-01 09:00": (2024, 2025, 2026),
    "2028-02-29 09:00": (2025, 2026, 2027),
    "2031-09-01 09:00": (2029, 2030, 2031),
}
"""Moments in London, and the cohorts that are open."""


def scalar(statement: Any) -> Any:
    return db.session.execute(statement).scalar()


def test_every_case_can_be_seen_on_the_last_day_of_a_cohort_and_on_the_first(
    load_all: Load, clock: Any, database: Any
) -> None:
    moment = LATE_IN_YEAR if database.kind == "sqlite" else FIRST_DAY
    clock.set(moment)
    started = time.process_time()
    assert load_all().opened == DAYS[moment]
    assert time.process_time() - started < MOST_SECONDS
    check_day(DAYS[moment])


@pytest.mark.long
@pytest.mark.parametrize("moment", DAYS)
def test_every_case_can_be_seen_on_any_day(load_all: Load, clock: Any, moment: str) -> None:
    clock.set(moment)
    assert load_all().opened == DAYS[moment]
    check_day(DAYS[moment])


def test_a_year_that_has_begun_since_is_opened_and_what_visitors_did_stays(load: Load, clock: Any) -> None:
    clock.set("2026-05-31 12:00")
    load()
    earlier = count(LeadProviderCohort)
    write(lambda session: session.execute(db.update(Teacher).values(name="Renamed by a visitor")))
    clock.set("2026-06-01 12:00")
    again = load()
    assert (again.opened, again.nothing_changed) == ((2026,), False)
    places = scalars(select(LeadProviderCohort.cohort).where(LeadProviderCohort.cohort == 2026))
    assert count(LeadProviderCohort) == earlier + len(places)
    assert len(places) == 5
    assert set(scalars(select(Teacher.name))) == {"Renamed by a visitor"}
    assert load().nothing_changed


def check_day(opened: tuple[int, ...]) -> None:
    """Every case, everything in order, and nothing in the future."""
    assert missing(CASES, Shown()) == []
    assert missing(CASES_OF_PROVIDERS, ShownToProviders()) == []
    assert broken() == []
    assert cohorts.opened(the_clock.today()) == opened
    assert count(EctPeriod) == len(STORIES)
    assert scalar(select(func.max(EctPeriod.registered_at))) < the_clock.now()
    assert scalar(select(func.max(Declaration.created_at))) < the_clock.now()
    assert scalar(select(func.max(Event.at))) <= the_clock.now()


def missing(cases: Any, shown: Any) -> list[str]:
    """The cases that can’t be seen, by name."""
    return [name for name, is_there in cases.items() if not is_there(shown)]
