"""Partnerships as the school sees them."""

from __future__ import annotations

from datetime import date

from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries import partnerships
from tests.data import records
from tests.data.records import World


def ect_under(
    world: World, partnership: models.Partnership, trn: str, **values: object
) -> models.TrainingRecord:
    """Store a teacher with training under the partnership."""
    teacher = records.teacher(trn, f"Teacher {trn}")
    period = records.period(world, teacher)
    record = records.training(period, partnership, **values)
    records.save(teacher, period, record)
    return record


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


def test_the_ects_under_a_partnership_are_counted_while_they_train_there(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world)
    partnership_id = partnership.id
    records.save(partnership)
    ect_under(world, partnership, "3000001")
    ect_under(world, partnership, "3000002")
    ect_under(world, partnership, "3000003", finished_on=date(2025, 9, 2))
    found = partnerships.by_id(world.school.id, partnership_id)
    assert found is not None
    assert found.ects == 2


def test_mentors_and_those_known_to_leave_are_not_among_the_ects_counted(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world)
    leaver, mentor = records.teacher("3000002", "Leo Hart"), records.teacher("3000003", "Mo Reed")
    leaving = records.period(world, leaver, finished_on=date(2025, 12, 19), leaving_reported_at=records.NOW)
    mentoring = records.mentor_period(world, mentor)
    rows = [partnership, leaver, leaving, records.training(leaving, partnership), mentor, mentoring]
    trains = {"participant_type": "mentor", "mentor_period_id": mentoring.id, "ect_period_id": None}
    rows.append(records.training(records.period(world, mentor), partnership, **trains))
    partnership_id = partnership.id
    records.save(*rows)
    ect_under(world, partnership, "3000001")
    found = partnerships.by_id(world.school.id, partnership_id)
    assert found is not None
    assert found.ects == 1


def test_another_schools_partnership_is_not_there(in_app: Flask) -> None:
    world, other = records.world(), records.school()
    partnership = records.partnership(world)
    partnership_id = partnership.id
    records.save(other, partnership)
    assert partnerships.by_id(world.school.id, partnership_id) is not None
    for school_id, wanted in ((other.id, partnership_id), (world.school.id, new_id()), ("abc", "abc")):
        assert partnerships.by_id(school_id, wanted) is None
