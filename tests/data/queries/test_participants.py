"""The ECTs of a school: cards, one ECT, and a teacher’s registrations."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries import participants
from tests.data import records
from tests.data.records import TODAY, World

Counter = Callable[[], AbstractContextManager[list[str]]]


def ect(world: World, trn: str, name: str, **values: object) -> models.EctPeriod:
    teacher = records.teacher(trn, name)
    period = records.period(world, teacher, **values)
    records.save(teacher, period)
    return period


def names(world: World, search: str = "", today: date = TODAY) -> list[str]:
    return [card.name for card in participants.cards(world.school.id, today, search).rows]


def several(world: World, under: models.Partnership, first: int, many: int) -> None:
    for number in range(first, first + many):
        period = ect(world, f"{number:07}", f"Teacher {number}")
        records.save(records.training(period, under))


def test_a_card_names_its_organisations(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world)
    records.save(partnership)
    period = ect(world, "3001234", "Aoife O’Brien")
    records.save(records.training(period, partnership))
    (card,) = participants.cards(world.school.id, TODAY).rows
    assert (card.name, card.trn, card.started_on) == ("Aoife O’Brien", "3001234", date(2025, 9, 1))
    assert card.appropriate_body_name == "Alder Teaching School Hub"
    training = card.training
    assert training is not None
    assert (training.lead_provider_name, training.partnership_status) == ("Northstar", "proposed")
    assert training.delivery_partner_name == "Alder Teaching School Hub"
    assert card.mentor is None


def test_a_card_shows_the_latest_training_and_stands_without_any(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world, delivery_partner_id=None)
    changed, bare = ect(world, "3000001", "A"), ect(world, "3000002", "B")
    ended = records.training(changed, partnership, finished_on=date(2025, 9, 10))
    records.save(partnership, ended, records.training(changed, None, started_on=date(2025, 9, 11)))
    first, second = participants.cards(world.school.id, TODAY).rows
    assert first.training is not None
    assert (first.training.programme, first.training.lead_provider_name) == ("school_led", None)
    assert second.id == bare.id
    assert second.training is None


def test_twice_the_ects_are_no_more_queries(in_app: Flask, count_queries: Counter) -> None:
    world = records.world()
    partnership = records.partnership(world)
    records.save(partnership)
    counts = []
    for first in (1, 11):
        several(world, partnership, first, 9)
        with count_queries() as queries:
            assert len(participants.cards(world.school.id, TODAY).rows) == min(first + 8, 18)
        counts.append(len(queries))
    assert counts == [2, 2]


def test_cards_come_by_name_twenty_to_a_page(in_app: Flask) -> None:
    world = records.world()
    for number in range(1, 24):
        ect(world, f"{number:07}", f"Teacher {24 - number:02}")
    first, second = (participants.cards(world.school.id, TODAY, page=number) for number in (1, 2))
    found = [card.name for card in (*first.rows, *second.rows)]
    assert found == [f"Teacher {number:02}" for number in range(1, 24)]
    assert (len(first.rows), first.total, first.pages) == (20, 23, 2)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("o'brien", ["Aoife O’Brien"]),
        ("O’Brien", ["Aoife O’Brien"]),
        ("obrien", ["Aoife O’Brien"]),
        ("zoe", ["Zoë D'Arcy-N'Diaye"]),
        ("d’arcy n’diaye", ["Zoë D'Arcy-N'Diaye"]),
        ("0123456", ["Zoë D'Arcy-N'Diaye"]),
        ("30 01", ["Aoife O’Brien"]),
        ("RP30/01234", ["Aoife O’Brien"]),
        ("%", []),
        ("   ", ["Aoife O’Brien", "Zoë D'Arcy-N'Diaye"]),
        ("a\x00o", ["Aoife O’Brien"]),
    ],
)
def test_search_folds_names_and_finds_trns(in_app: Flask, search: str, found: list[str]) -> None:
    world = records.world()
    ect(world, "3001234", "Aoife O’Brien")
    ect(world, "0123456", "Zoë D'Arcy-N'Diaye")
    assert names(world, search) == found


def test_an_ect_is_listed_until_the_day_they_leave_and_only_at_their_school(in_app: Flask) -> None:
    world, other = records.world(), records.school()
    records.save(other)
    ect(world, "3000001", "Leaving", finished_on=TODAY)
    ect(world, "3000002", "Elsewhere", school_id=other.id)
    assert names(world) == ["Leaving"]
    assert names(world, today=TODAY + timedelta(days=1)) == []


def test_one_ect_comes_with_the_history_of_training_and_of_other_schools(
    in_app: Flask, count_queries: Counter
) -> None:
    world, before = records.world(), records.school(name="Harrow Lane")
    partnership = records.partnership(world)
    records.save(before, partnership)
    teacher = records.teacher("3009999", "Ravi Patel", record_name="Ravi K Patel")
    old = records.period(
        world, teacher, school_id=before.id, started_on=date(2024, 9, 1), finished_on=date(2025, 8, 31)
    )
    now = records.period(world, teacher, working_pattern="part_time")
    now_id = now.id
    ended = records.training(now, None, finished_on=date(2025, 9, 7))
    current = records.training(now, partnership, started_on=date(2025, 9, 8))
    records.save(teacher, old, now, records.training(old, None, finished_on=old.finished_on))
    records.save(ended, current)
    with count_queries() as queries:
        found = participants.ect(world.school.id, now_id)
    assert len(queries) == 3
    assert found is not None
    assert (found.card.name, found.record_name) == ("Ravi Patel", "Ravi K Patel")
    assert (found.working_pattern, found.registered_by) == ("part_time", world.person.name)
    assert [one.started_on for one in found.history] == [date(2025, 9, 8), date(2025, 9, 1)]
    assert [one.school_name for one in found.elsewhere] == ["Harrow Lane"]
    assert found.elsewhere[0].training is not None


def test_another_schools_ect_and_an_unknown_one_are_alike(in_app: Flask) -> None:
    world, other = records.world(), records.school()
    records.save(other)
    period_id = ect(world, "3001234", "Aoife").id
    assert participants.ect(world.school.id, period_id) is not None
    for school_id, ect_id in ((other.id, period_id), (world.school.id, new_id()), (world.school.id, "0")):
        assert participants.ect(school_id, ect_id) is None


def test_registrations_of_a_teacher_come_latest_first_each_with_its_training(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world, cohort=2024)
    teacher = records.teacher("3001234", "Aoife", qts_awarded=False)
    old = records.period(world, teacher, started_on=date(2024, 9, 1), finished_on=date(2025, 8, 31))
    now = records.period(world, teacher)
    ids = [now.id, old.id]
    records.save(partnership, teacher, old, now)
    led = records.training(old, partnership, cohort=2024, finished_on=date(2025, 8, 31))
    records.save(led, records.training(now, None))
    found = participants.registrations("3001234")
    assert [one.id for one in found] == ids
    assert [one.training and one.training.programme for one in found] == ["school_led", "provider_led"]
    assert participants.registrations("9999999") == ()
