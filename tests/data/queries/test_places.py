"""Schools, cohorts, sessions and runs, as they are read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries import cohorts, runs, schools, sign_in
from tests.data import records

Counter = Callable[[], AbstractContextManager[list[str]]]
HASH = "a" * 64


def stored_session(person_id: str | None, **values: object) -> models.SignInSession:
    plain = {"token_hash": HASH, "person_id": person_id, "data": '{"csrf": "x"}', "created_at": records.NOW}
    later = {"last_seen_at": records.NOW, "expires_at": records.NOW + timedelta(hours=2)}
    return models.SignInSession(**plain | later | values)


def test_a_session_brings_its_person_and_their_schools_in_one_select(
    in_app: Flask, count_queries: Counter
) -> None:
    person = records.person(name="Kim")
    places = [records.school(name=name) for name in ("Oakfield", "élan", "Harrow Lane")]
    records.save(person, *places, stored_session(person.id))
    records.save(*(models.SchoolMembership(person_id=person.id, school_id=one.id) for one in places))
    with count_queries() as queries:
        found = sign_in.session(HASH, records.NOW)
    assert len(queries) == 1
    assert found is not None
    assert found.person is not None
    assert (found.person.name, found.data) == ("Kim", '{"csrf": "x"}')
    assert [one.name for one in found.person.schools] == ["élan", "Harrow Lane", "Oakfield"]


def test_a_session_of_nobody_and_of_somebody_without_a_school(in_app: Flask) -> None:
    person = records.person()
    records.save(person, stored_session(None), stored_session(person.id, token_hash="b" * 64))
    nobody, somebody = sign_in.session(HASH, records.NOW), sign_in.session("b" * 64, records.NOW)
    assert nobody is not None
    assert nobody.person is None
    assert somebody is not None
    assert somebody.person is not None
    assert somebody.person.schools == ()


def test_a_session_that_ran_out_is_not_found(in_app: Flask) -> None:
    records.save(stored_session(None))
    assert sign_in.session(HASH, records.NOW + timedelta(hours=2)) is None
    assert sign_in.session("c" * 64, records.NOW) is None


def test_the_demonstrations_people_come_with_their_schools(in_app: Flask) -> None:
    zoe, al = records.person(name="Zoë", demo=True), records.person(name="Al", demo=True)
    places = [records.school(name=name) for name in ("Oakfield", "Elm Court")]
    records.save(zoe, al, records.person(), *places)
    records.save(*(models.SchoolMembership(person_id=zoe.id, school_id=one.id) for one in places))
    found = [(one.name, one.schools) for one in sign_in.demo_people()]
    assert found == [("Al", ()), ("Zoë", ("Elm Court", "Oakfield"))]


def test_a_school_is_found_by_its_number_and_id(in_app: Flask) -> None:
    school = records.school(urn="900101", name="Oakfield", independent=True)
    school_id = school.id
    records.save(school, records.school())
    found = schools.by_urn("900101")
    assert found is not None
    assert (found.id, found.name, found.independent) == (school_id, "Oakfield", True)
    assert schools.by_id(school_id) == found


@pytest.mark.parametrize(
    "urn", ["", "900102", "abc", "9001\x0001", "\uff19\uff10\uff10\uff11\uff10\uff11", "\ud800", "1" * 500]
)
def test_a_number_that_no_school_has_finds_none(in_app: Flask, urn: str) -> None:
    records.save(records.school(urn="900101"))
    assert schools.by_urn(urn) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ST OSWIN’S", ["St Oswin's & All Saints"]),
        ("oswins and all", ["St Oswin's & All Saints"]),
        ("ecole", ["École de Londres"]),
        ("9001", ["École de Londres"]),
        ("%", []),
        ("_", []),
        ("\x00", ["École de Londres", "St Oswin's & All Saints"]),
        ("nowhere", []),
    ],
)
def test_schools_are_searched_by_folded_name_or_the_start_of_their_number(
    in_app: Flask, words: str, found: list[str]
) -> None:
    records.save(records.school(name="St Oswin's & All Saints", urn="800101"))
    records.save(records.school(name="École de Londres", urn="900101"))
    assert [one.name for one in schools.search(words).rows] == found


def test_pages_neither_overlap_nor_skip_when_names_are_alike(in_app: Flask) -> None:
    records.save(*(records.school(name="Same Name") for _ in range(45)))
    pages = [schools.search("same", page=number) for number in (1, 2, 3, 4)]
    assert [len(page.rows) for page in pages] == [20, 20, 5, 0]
    assert {page.total for page in pages} == {45}
    assert {page.pages for page in pages} == {3}
    assert len({one.id for page in pages for one in page.rows}) == 45


@pytest.mark.parametrize(("page", "size"), [(0, 20), (-1, 20), (1, 0)])
def test_a_page_below_one_is_refused(in_app: Flask, page: int, size: int) -> None:
    with pytest.raises(ValueError, match="count from 1"):
        schools.search("", page=page, per_page=size)


def test_cohorts_are_opened_from_their_day_on(in_app: Flask) -> None:
    records.save(records.cohort(2025), records.cohort(2024), records.cohort(2026, opened_on=None))
    assert [one.start_year for one in cohorts.all_cohorts()] == [2024, 2025, 2026]
    assert cohorts.opened(date(2025, 5, 9)) == (2024,)
    assert cohorts.opened(date(2025, 5, 10)) == (2024, 2025)
    assert cohorts.opened(date(2030, 1, 1)) == (2024, 2025)


def test_a_closure_holds_from_its_start_until_just_before_its_end(in_app: Flask) -> None:
    start, end = records.NOW, records.NOW + timedelta(days=3)
    for ends_at in (end, end - timedelta(days=1)):
        records.save(models.RegistrationClosure(id=new_id(), starts_at=start, ends_at=ends_at))
    on = {at: cohorts.calendar(start.date(), at).closure for at in (start - timedelta(seconds=1), start, end)}
    assert list(on.values()) == [None, cohorts.Closure(start, end), None]


def test_the_calendar_has_the_opened_cohorts_in_order_beside_a_closure(in_app: Flask) -> None:
    closure = models.RegistrationClosure(
        id=new_id(), starts_at=records.NOW, ends_at=records.NOW + timedelta(days=3)
    )
    assert cohorts.calendar(date(2025, 5, 10), records.NOW) == cohorts.Calendar((), None)
    records.save(records.cohort(2025), records.cohort(2024), records.cohort(2026, opened_on=None), closure)
    found = cohorts.calendar(date(2025, 5, 10), records.NOW)
    assert found.opened == (2024, 2025)
    assert found.closure is not None
    assert cohorts.calendar(date(2025, 5, 9), records.NOW).opened == (2024,)


def test_a_run_is_found_by_its_reference_only(in_app: Flask) -> None:
    world = records.world()
    run = records.run(world, sealed=b"\x00secret", key_id="first")
    reference = run.reference
    records.save(run)
    found = runs.by_reference(reference)
    assert found is not None
    assert (found.sealed, found.key_id, found.status) == (b"\x00secret", "first", "open")
    assert (found.school_urn, found.person_name) == (world.school.urn, world.person.name)
    assert (found.school, found.last_choices) == (schools.by_id(world.school.id), None)
    for other in (reference.upper(), reference[:-1], "", "\x00", "\ud800", "%"):
        assert runs.by_reference(other) is None


def test_a_schools_open_runs_are_those_that_can_be_continued(in_app: Flask) -> None:
    world, other = records.world(), records.school()
    early, late = records.NOW - timedelta(days=2), records.NOW - timedelta(days=1)
    first, second = records.run(world, started_at=early), records.run(world, started_at=late)
    round_run = records.run(world, started_at=early, variant="round-1")
    over = records.run(world, kept_until=records.NOW, sealed=b"x", key_id="first")
    wanted, over_id = [second.id, first.id], over.id
    records.save(other, first, second, round_run, over)
    records.save(records.run(world, status="finished"), records.run(world, school_id=other.id))
    page = runs.open_runs_of(world.school.id, records.NOW, variant="live")
    assert [run.id for run in page.rows] == wanted
    assert runs.open_runs_of(world.school.id, records.NOW).total == 3
    assert runs.over_time(records.NOW) == (over_id,)


def test_a_finished_runs_answers_can_be_found_when_their_time_is_over(in_app: Flask) -> None:
    world = records.world()
    ended = {"status": "finished", "kept_until": records.NOW}
    holding = records.run(world, sealed=b"x", key_id="first", **ended)
    holding_id = holding.id
    records.save(holding, records.run(world, **ended))
    assert runs.over_time(records.NOW - timedelta(seconds=1)) == ()
    assert runs.over_time(records.NOW) == (holding_id,)
