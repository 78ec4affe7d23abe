"""The fictional demonstration: once, twice, on awkward days, and never over anything else."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from sqlalchemy import func, select

from app.data.columns import Model
from app.data.database import db
from app.data.models import (
    AppropriateBody,
    DeliveryPartner,
    EctPeriod,
    Event,
    LeadProvider,
    LeadProviderCohort,
    Person,
    Run,
    School,
    Teacher,
)
from app.data.queries import cohorts
from app.data.transaction import write
from app.services import clock as the_clock
from app.services import runs
from app.services.demo import guide
from app.services.demo.loading import NotForDemonstration
from app.services.demo.organisations import ISTIP
from app.services.demo.stories import FREE, STORIES
from tests.services.demo.conftest import KEYS, Load

MOST_SECONDS = 10


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    found = {}
    for table in Model.metadata.sorted_tables:
        rows = db.session.connection().execute(select(table)).all()
        found[table.name] = sorted(map(tuple, rows), key=str)
    db.session.rollback()
    return found


def scalars(statement: Any) -> list[Any]:
    return list(db.session.connection().execute(statement).scalars())


def count(model: type[Model]) -> int:
    return int(scalars(select(func.count()).select_from(model))[0])


def test_it_is_loaded_within_ten_seconds(load: Load) -> None:
    started = time.monotonic()
    loaded = load()
    assert time.monotonic() - started < MOST_SECONDS
    assert not loaded.nothing_changed
    assert count(EctPeriod) == len(STORIES)


def test_loading_it_twice_changes_nothing_and_says_so(load: Load) -> None:
    load()
    before = everything()
    assert load().nothing_changed
    assert everything() == before


def test_what_a_visitor_did_is_still_there_after_loading_again(load: Load) -> None:
    load()
    write(lambda session: session.execute(db.update(Teacher).values(name="Renamed by a visitor")))
    load()
    assert set(scalars(select(Teacher.name))) == {"Renamed by a visitor"}


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-05-31 12:00", (2023, 2024, 2025)),
        ("2026-06-01 00:30", (2024, 2025, 2026)),
        ("2027-01-01 09:00", (2024, 2025, 2026)),
        ("2028-02-29 09:00", (2025, 2026, 2027)),
        ("2031-09-01 09:00", (2029, 2030, 2031)),
    ],
)
def test_todays_cohort_and_the_two_before_it_are_open_whatever_today_is(
    load: Load, clock: Any, moment: str, opened: tuple[int, ...]
) -> None:
    clock.set(moment)
    assert load().opened == opened
    assert cohorts.opened(the_clock.today()) == opened
    assert count(EctPeriod) == len(STORIES)
    assert max(scalars(select(EctPeriod.registered_at))) < the_clock.now()
    assert max(scalars(select(Event.at))) <= the_clock.now()


def test_a_year_that_has_begun_since_is_opened_with_everybody_who_trains_in_it(
    load: Load, clock: Any
) -> None:
    clock.set("2026-05-31 12:00")
    load()
    earlier = count(LeadProviderCohort)
    clock.set("2026-06-01 12:00")
    again = load()
    assert (again.opened, again.nothing_changed) == ((2026,), False)
    places = scalars(select(LeadProviderCohort.cohort).where(LeadProviderCohort.cohort == 2026))
    assert count(LeadProviderCohort) == earlier + len(places)
    assert len(places) == 5
    assert load().nothing_changed


def test_a_database_with_anything_else_in_it_is_refused(load: Load, acceptance: None) -> None:
    before = everything()
    with pytest.raises(NotForDemonstration, match="not a demonstration’s"):
        load()
    assert everything() == before


def test_everything_made_up_is_marked_and_only_the_national_body_is_real(load: Load) -> None:
    load()
    for model in (School, LeadProvider, DeliveryPartner):
        assert scalars(select(model.name).where(~model.fictional)) == []
    assert scalars(select(AppropriateBody.name).where(~AppropriateBody.fictional)) == [ISTIP]
    assert scalars(select(Person.name).where(~Person.demo)) == []
    assert [name for name in scalars(select(Person.name)) if not name.endswith("(fictional)")] == []
    addresses = scalars(select(EctPeriod.email)) + scalars(select(Person.email))
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_a_dozen_ordinary_teachers_are_left_for_visitors_and_named_to_them(load: Load) -> None:
    load()
    registered = set(scalars(select(Teacher.trn)))
    assert len(FREE) == 12
    assert registered & {teacher.trn for teacher in FREE} == set()
    told = "\n".join(guide.teachers())
    for teacher in FREE:
        assert re.search(
            rf"{teacher.trn} +{teacher.national_insurance_number} +{re.escape(teacher.name)}", told
        )
    assert "27 3 2001" in told


def test_every_sign_in_is_named_with_something_to_see(load: Load) -> None:
    load()
    lines = list(guide.sign_ins())
    for name in scalars(select(Person.name)):
        place = lines.index(f"  {name}")
        assert lines[place + 1].startswith("      ")
    assert "Oakfield" in lines[0]


def test_unfinished_registrations_can_be_opened_and_have_no_birth_dates(load: Load) -> None:
    load()
    references = scalars(select(Run.reference))
    school = scalars(select(School.id).where(School.urn == "900101"))[0]
    rows = [runs.find(reference, (school,)) for reference in references]
    answers = [runs.answers_of(row, KEYS) for row in rows if row]
    assert sorted(runs.name_of(each) != "" for each in answers) == [False, True]
    said = {name for each in answers for answer in each.values() for name in answer.values}
    assert said & {"date_of_birth", "national_insurance_number"} == set()
