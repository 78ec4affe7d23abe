"""Partnerships: what the school sees, and what each lead provider sees of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.data import models
from app.data.ids import new_id
from app.data.queries import partnerships, provider_views
from app.data.transaction import write
from tests.data import records
from tests.data.records import World

LATER = records.NOW + timedelta(hours=1)


def ect_under(
    world: World, partnership: models.Partnership, trn: str, **values: object
) -> models.TrainingRecord:
    """Store a teacher with training under the partnership."""
    teacher = records.teacher(trn, f"Teacher {trn}")
    period = records.period(world, teacher)
    record = records.training(period, partnership, **values)
    records.save(teacher, period, record)
    return record


def status(partnership_id: str, **values: object) -> None:
    Partnership = models.Partnership  # noqa: N806
    changed = update(Partnership).where(Partnership.id == partnership_id).values(**values)
    write(lambda session: session.execute(changed))


def test_a_schools_partnerships_come_by_cohort_then_name(in_app: Flask) -> None:
    world, other = records.world(), records.school()
    records.save(
        other,
        records.partnership(world, cohort=2024),
        records.partnership(world, delivery_partner_id=world.bramble.id),
        records.partnership(world, delivery_partner_id=None),
        records.partnership(world),
        records.partnership(world, school_id=other.id),
    )
    page = partnerships.of_school(world.school.id)
    found = [(one.cohort, one.lead_provider_name, one.delivery_partner_name) for one in page.rows]
    assert found == [
        (2025, "Northstar", None),
        (2025, "Northstar", "Alder Teaching School Hub"),
        (2025, "Northstar", "Bramble Trust Training"),
        (2024, "Northstar", "Alder Teaching School Hub"),
    ]
    assert partnerships.of_school(world.school.id, cohort=2024).total == 1
    assert len(partnerships.of_school_in(world.school.id, 2025)) == 3


def test_the_people_under_a_partnership_are_counted_while_they_train_there(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world)
    partnership_id = partnership.id
    records.save(partnership)
    ect_under(world, partnership, "3000001")
    ect_under(world, partnership, "3000002")
    ect_under(world, partnership, "3000003", finished_on=date(2025, 9, 2))
    found = partnerships.by_id(world.school.id, partnership_id)
    assert found is not None
    assert found.people == 2


def test_the_row_of_a_trio_is_found_with_and_without_a_partner(in_app: Flask) -> None:
    world = records.world()
    known, unknown = records.partnership(world), records.partnership(world, delivery_partner_id=None)
    ids = known.id, unknown.id
    records.save(known, unknown)
    trio = (world.school.id, world.northstar.id)
    for partner, wanted in zip((world.alder.id, None), ids, strict=True):
        found = partnerships.by_trio(*trio, partner, 2025)
        assert found is not None
        assert found.id == wanted
    assert partnerships.by_trio(*trio, world.alder.id, 2024) is None
    assert partnerships.by_trio(*trio, world.bramble.id, 2025) is None


def test_another_schools_partnership_is_not_there(in_app: Flask) -> None:
    world, other = records.world(), records.school()
    partnership = records.partnership(world)
    partnership_id = partnership.id
    records.save(other, partnership)
    assert partnerships.by_id(world.school.id, partnership_id) is not None
    for school_id, wanted in ((other.id, partnership_id), (world.school.id, new_id()), ("abc", "abc")):
        assert partnerships.by_id(school_id, wanted) is None


def test_a_schools_last_choices_are_remembered(in_app: Flask) -> None:
    world = records.world()
    assert partnerships.choices_of(world.school.id) is None
    chosen = {"appropriate_body_id": world.body.id, "programme": "school_led", "saved_at": records.NOW}
    records.save(models.SchoolChoice(school_id=world.school.id, **chosen))
    found = partnerships.choices_of(world.school.id)
    assert found == partnerships.Choices(world.body.id, "school_led", None, None, None, records.NOW)


VISIBLE = [
    ("proposed", False, "proposed", None),
    ("declined", False, "declined", None),
    ("retracted", False, "retracted", None),
    ("active", True, None, "active"),
    ("challenged", True, None, "challenged"),
    ("proposed", True, "proposed", "challenged"),
]


@pytest.mark.parametrize(("state", "ever", "as_proposal", "as_partnership"), VISIBLE)
def test_a_provider_finds_each_state_where_the_contract_says(
    in_app: Flask, state: str, ever: bool, as_proposal: str | None, as_partnership: str | None
) -> None:
    world = records.world()
    records.save(records.partnership(world, status=state, ever_active=ever))
    proposals = provider_views.proposals_of(world.northstar.id).rows
    confirmed = provider_views.partnerships_of(world.northstar.id).rows
    assert [one.status for one in proposals] == ([as_proposal] if as_proposal else [])
    assert [one.status for one in confirmed] == ([as_partnership] if as_partnership else [])


def test_no_provider_sees_anothers(in_app: Flask) -> None:
    world = records.world()
    forward = records.lead_provider("Teach Forward")
    active = records.partnership(world, status="active", ever_active=True)
    records.save(forward, active, records.partnership(world, delivery_partner_id=None))
    ect_under(world, active, "3000001")
    views = provider_views.proposals_of, provider_views.partnerships_of, provider_views.participants_of
    assert [view(world.northstar.id).total for view in views] == [1, 1, 1]
    assert [view(forward.id).total for view in views] == [0, 0, 0]


def test_a_proposal_says_how_many_wait_for_it(in_app: Flask) -> None:
    world = records.world()
    proposed = records.partnership(world, delivery_partner_id=None)
    records.save(proposed)
    ect_under(world, proposed, "3000001")
    ect_under(world, proposed, "3000002")
    (found,) = provider_views.proposals_of(world.northstar.id).rows
    assert (found.participants_waiting, found.delivery_partner_id) == (2, None)
    assert (found.urn, found.school_name, found.cohort) == (world.school.urn, "Oakfield Primary", 2025)


@pytest.mark.parametrize("state", ["proposed", "declined", "retracted", "challenged"])
def test_people_are_hidden_unless_the_partnership_is_active(in_app: Flask, state: str) -> None:
    world = records.world()
    partnership = records.partnership(world, status="active", ever_active=True)
    partnership_id = partnership.id
    records.save(partnership)
    ect_under(world, partnership, "3000001")
    (found,) = provider_views.participants_of(world.northstar.id).rows
    assert (found.teacher_reference_number, found.school_urn) == ("3000001", world.school.urn)
    status(partnership_id, status=state)
    assert provider_views.participants_of(world.northstar.id).rows == ()
    status(partnership_id, status="active")
    assert provider_views.participants_of(world.northstar.id).rows == (found,)


def test_a_person_with_two_records_is_there_once_with_the_latest(in_app: Flask) -> None:
    world = records.world()
    active = {"status": "active", "ever_active": True}
    old = records.partnership(world, **active)
    new = records.partnership(world, delivery_partner_id=world.bramble.id, **active)
    teacher = records.teacher("3000001", "Aoife")
    period = records.period(world, teacher)
    ended = records.training(period, old, finished_on=date(2025, 9, 10))
    current = records.training(period, new, started_on=date(2025, 9, 11))
    current_id = current.id
    records.save(old, new, teacher, period, ended, current)
    (found,) = provider_views.participants_of(world.northstar.id).rows
    assert (found.training_record_id, found.delivery_partner_id) == (current_id, world.bramble.id)


def test_those_who_left_stay_and_the_school_led_never_come(in_app: Flask) -> None:
    world = records.world()
    active = records.partnership(world, status="active", ever_active=True)
    own = records.teacher("3000002", "Own")
    period = records.period(world, own)
    records.save(active, own, period, records.training(period, None))
    ect_under(world, active, "3000001", finished_on=date(2025, 9, 10))
    found = provider_views.participants_of(world.northstar.id).rows
    assert [one.teacher_reference_number for one in found] == ["3000001"]


def test_lists_of_a_provider_are_ordered_paged_and_kept_to_the_cohorts_asked_for(in_app: Flask) -> None:
    world = records.world()
    places = [records.school() for _ in range(5)]
    records.save(*places)
    rows = [records.partnership(world, school_id=one.id) for one in places]
    late = records.partnership(world, cohort=2024, created_at=LATER)
    wanted = [*sorted(row.id for row in rows), late.id]
    records.save(late, *reversed(rows))
    pages = [provider_views.proposals_of(world.northstar.id, page=n, per_page=4) for n in (1, 2, 3)]
    assert [one.id for page in pages for one in page.rows] == wanted
    assert provider_views.proposals_of(world.northstar.id, (2024,)).total == 1
    assert provider_views.proposals_of(world.northstar.id, ()).total == 0
