"""Each rule that the database keeps by itself, broken once, by name (Trust, 1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.data import models
from app.data.columns import Model
from app.data.database import reading
from app.data.ids import new_id
from app.data.transaction import violated, write
from tests.data import records
from tests.data.records import World

BEFORE = records.TODAY - timedelta(days=30)
DAY_BEFORE = BEFORE - timedelta(days=1)


def refusal(*rows: Model) -> str | None:
    """The name of the rule that refused the rows."""
    with pytest.raises(IntegrityError) as refused:
        records.save(*rows)
    return violated(refused.value)


def stored(table: type[Model]) -> int:
    """How many rows the table has."""
    return reading().execute(select(func.count()).select_from(table)).scalar_one()


def named(world: World, found: str | None, name: str) -> None:
    """SQLite doesn't say which foreign key refused; that it did is all it tells."""
    assert found in (name, None)


def test_one_row_for_a_school_provider_partner_and_cohort(in_app: Flask) -> None:
    world = records.world()
    records.save(records.partnership(world))
    found = refusal(records.partnership(world, status="declined"))
    assert found == "uq_partnerships_school_provider_partner_cohort"


def test_one_row_without_a_partner_for_a_school_provider_and_cohort(in_app: Flask) -> None:
    world = records.world()
    records.save(records.partnership(world, delivery_partner_id=None))
    records.save(records.partnership(world))
    assert refusal(records.partnership(world, delivery_partner_id=None)) == "uq_partnerships_without_partner"


def test_several_partners_and_several_cohorts_are_allowed(in_app: Flask) -> None:
    world = records.world()
    records.save(
        records.partnership(world),
        records.partnership(world, delivery_partner_id=world.bramble.id),
        records.partnership(world, cohort=2024),
    )
    assert stored(models.Partnership) == 3


def test_a_partner_that_is_not_paired_in_that_cohort_cannot_be_stored(in_app: Flask) -> None:
    world = records.world()
    row = records.partnership(world, delivery_partner_id=world.bramble.id, cohort=2024)
    named(world, refusal(row), "fk_partnerships_pairing")


def test_a_provider_without_a_place_in_the_cohort_cannot_be_stored(in_app: Flask) -> None:
    world = records.world()
    records.save(records.cohort(2026))
    row = records.partnership(world, delivery_partner_id=None, cohort=2026)
    named(world, refusal(row), "fk_partnerships_lead_provider_cohort")


@pytest.mark.parametrize("status", ["active", "challenged"])
def test_a_partnership_without_a_partner_is_never_live(in_app: Flask, status: str) -> None:
    world = records.world()
    row = records.partnership(world, delivery_partner_id=None, status=status, ever_active=True)
    assert refusal(row) == "ck_partnerships_delivery_partner_known"


@pytest.mark.parametrize("status", ["proposed", "declined", "retracted"])
def test_a_partnership_may_wait_without_a_partner(in_app: Flask, status: str) -> None:
    world = records.world()
    records.save(records.partnership(world, delivery_partner_id=None, status=status))
    assert stored(models.Partnership) == 1


@pytest.mark.parametrize("status", ["active", "challenged"])
def test_a_live_partnership_was_active_once(in_app: Flask, status: str) -> None:
    world = records.world()
    row = records.partnership(world, status=status, ever_active=False)
    assert refusal(row) == "ck_partnerships_ever_active"


STATES: list[tuple[str, Callable[[World], Model]]] = [
    ("ck_partnerships_status", lambda world: records.partnership(world, status="maybe")),
    ("ck_partnerships_declined_reason", lambda world: records.partnership(world, declined_reason="mistake")),
    (
        "ck_partnerships_challenged_reason",
        lambda world: records.partnership(world, challenged_reason="no_agreement"),
    ),
    ("ck_runs_status", lambda world: records.run(world, status="lost")),
    ("ck_runs_version", lambda world: records.run(world, version=-1)),
    ("ck_runs_reference", lambda world: records.run(world, reference="short")),
    ("ck_runs_sealed_with", lambda world: records.run(world, sealed=b"x")),
    (
        "ck_runs_sealed_while_kept",
        lambda world: records.run(world, status="deleted", sealed=b"x", key_id="k"),
    ),
    ("ck_schools_urn", lambda _world: records.school(urn="1")),
    ("ck_teachers_trn", lambda _world: records.teacher("123456", "Zoë")),
    ("ck_appropriate_bodies_kind", lambda _world: records.body("X", kind="hub")),
    ("ck_people_kind", lambda _world: records.person(kind="admin")),
    ("ck_people_email", lambda _world: records.person(email="Sam@example.com")),
    ("ck_events_actor_kind", lambda _world: records.event(actor_kind="robot")),
    ("ck_cohorts_start_year", lambda _world: records.cohort(1999)),
    (
        "ck_registration_closures_order",
        lambda _world: models.RegistrationClosure(id=new_id(), starts_at=records.NOW, ends_at=records.NOW),
    ),
    (
        "ck_organisation_links_order",
        lambda world: records.link(world.body.id, world.alder.id, ended_at=records.NOW - timedelta(days=1)),
    ),
]


@pytest.mark.parametrize(("name", "make"), STATES, ids=[name for name, _ in STATES])
def test_a_value_outside_the_list_is_refused(
    in_app: Flask, name: str, make: Callable[[World], Model]
) -> None:
    assert refusal(make(records.world())) == name


def test_one_open_ect_period_for_a_teacher(in_app: Flask) -> None:
    world = records.world()
    teacher = records.teacher("3001234", "Aoife O’Brien")
    records.save(teacher, records.period(world, teacher))
    assert refusal(records.period(world, teacher)) == "uq_ect_periods_open_per_teacher"


def test_a_teacher_may_have_ended_periods_beside_the_open_one(in_app: Flask) -> None:
    world = records.world()
    teacher = records.teacher("3001234", "Aoife O’Brien")
    same = {"email": "a@example.com", "email_key": "a@example.com"}
    ended = [records.period(world, teacher, started_on=BEFORE, finished_on=BEFORE, **same) for _ in range(2)]
    records.save(teacher, *ended, records.period(world, teacher, **same))
    assert stored(models.EctPeriod) == 3


def test_one_open_period_for_an_email_address(in_app: Flask) -> None:
    world = records.world()
    first, second = records.teacher("3001234", "Aoife"), records.teacher("3001235", "Zoë")
    same = {"email_key": "a@example.com"}
    records.save(first, second, records.period(world, first, email="a@example.com", **same))
    assert (
        refusal(records.period(world, second, email="A@example.com", **same)) == "uq_ect_periods_open_email"
    )


def test_a_period_cannot_end_before_it_starts(in_app: Flask) -> None:
    world = records.world()
    teacher = records.teacher("3001234", "Aoife")
    records.save(teacher)
    row = records.period(world, teacher, started_on=BEFORE, finished_on=DAY_BEFORE)
    assert refusal(row) == "ck_ect_at_school_periods_dates"


@pytest.mark.parametrize("column", ["reference", "run_id"])
def test_a_reference_and_a_run_are_used_once(in_app: Flask, column: str) -> None:
    world = records.world()
    first, second = records.teacher("3001234", "Aoife"), records.teacher("3001235", "Zoë")
    value = {column: new_id()}
    records.save(first, second, records.period(world, first, **value))
    assert refusal(records.period(world, second, **value)) == f"uq_ect_at_school_periods_{column}"


def test_one_open_training_record_for_an_ect_period(in_app: Flask) -> None:
    world = records.world()
    teacher = records.teacher("3001234", "Aoife")
    period = records.period(world, teacher)
    records.save(teacher, period, records.training(period, None))
    assert refusal(records.training(period, None)) == "uq_training_records_open_per_ect_period"


def test_provider_led_training_hangs_on_a_partnership_and_school_led_on_none(in_app: Flask) -> None:
    world = records.world()
    teacher, partnership = records.teacher("3001234", "Aoife"), records.partnership(world)
    period = records.period(world, teacher)
    under, partnership_id = "ck_training_records_partnership", partnership.id
    records.save(teacher, period, partnership)
    assert refusal(records.training(period, None, programme="provider_led")) == under
    row = records.training(period, None, programme="school_led", partnership_id=partnership_id)
    assert refusal(row) == under


TRAINING = [
    ("ck_training_records_dates", {"finished_on": date(2025, 8, 31)}),
    ("ck_training_records_programme", {"programme": "other", "partnership_id": new_id()}),
    ("ck_training_records_participant_type", {"participant_type": "other", "ect_period_id": None}),
    ("ck_training_records_ect_period", {"ect_period_id": None}),
]


@pytest.mark.parametrize(("name", "values"), TRAINING, ids=[name for name, _ in TRAINING])
def test_a_training_record_keeps_its_rules(in_app: Flask, name: str, values: dict[str, object]) -> None:
    world = records.world()
    teacher = records.teacher("3001234", "Aoife")
    period = records.period(world, teacher)
    records.save(teacher, period)
    assert refusal(records.training(period, None, **values)) == name


def test_a_mentors_training_has_a_mentor_period_in_place_of_an_ects(in_app: Flask) -> None:
    world = records.world()
    teacher, partnership = records.teacher("3005678", "Sam Lee"), records.partnership(world)
    period, mentoring = records.period(world, teacher), records.mentor_period(world, teacher)
    records.save(teacher, partnership, mentoring)
    asked = {"participant_type": "mentor", "ect_period_id": None}
    assert refusal(records.training(period, partnership, **asked)) == "ck_training_records_mentor_period"
    records.save(records.training(period, partnership, mentor_period_id=mentoring.id, **asked))
    assert stored(models.TrainingRecord) == 1


UNIQUE: list[tuple[str, Callable[[], Model]]] = [
    ("uq_schools_urn", lambda: records.school(urn="900101")),
    ("uq_people_email", lambda: records.person(email="sam@example.com")),
    ("uq_lead_providers_name", lambda: records.lead_provider("Cedar")),
    ("uq_delivery_partners_name", lambda: records.delivery_partner("Cedar")),
    ("uq_appropriate_bodies_name", lambda: records.body("Cedar")),
    ("uq_teachers_trn", lambda: records.teacher("3001234", "Aoife")),
    ("pk_cohorts", lambda: records.cohort(2023)),
]


@pytest.mark.parametrize(("name", "make"), UNIQUE, ids=[name for name, _ in UNIQUE])
def test_what_names_a_record_is_used_once(in_app: Flask, name: str, make: Callable[[], Model]) -> None:
    records.save(make())
    assert refusal(make()) == name


def test_one_link_between_a_body_and_a_partner_until_it_ends(in_app: Flask) -> None:
    world = records.world()
    ids = (world.body.id, world.alder.id)
    records.save(records.link(*ids, ended_at=records.NOW), records.link(*ids))
    assert refusal(records.link(*ids)) == "uq_organisation_links_open"


def test_a_partnership_has_one_delivery_partner_at_a_time(in_app: Flask) -> None:
    world = records.world()
    partnership = records.partnership(world)
    partnership_id = partnership.id
    records.save(partnership)

    def history(hours: int, **values: object) -> models.PartnershipDeliveryPartner:
        return models.PartnershipDeliveryPartner(
            partnership_id=partnership_id,
            delivery_partner_id=world.alder.id,
            from_at=records.NOW + timedelta(hours=hours),
            **values,
        )

    records.save(history(0, to_at=records.NOW + timedelta(hours=1)), history(1))
    assert refusal(history(2)) == "uq_partnership_delivery_partners_open"
    assert refusal(history(3, to_at=records.NOW)) == "ck_partnership_delivery_partners_order"


def test_last_choices_hold_together(in_app: Flask) -> None:
    world = records.world()
    plain = {"school_id": world.school.id, "appropriate_body_id": world.body.id, "saved_at": records.NOW}
    provider, partner = {"lead_provider_id": world.northstar.id}, {"delivery_partner_id": world.alder.id}
    led, own = {"programme": "provider_led"}, {"programme": "school_led"}
    wrong = [(led, {}), (own, provider), (own, partner)]
    found = [refusal(models.SchoolChoice(**plain, **one, **other)) for one, other in wrong]
    lead, delivery = "ck_school_choices_lead_provider", "ck_school_choices_delivery_partner"
    assert found == [lead, lead, delivery]
    records.save(models.SchoolChoice(**plain, **led, **provider))


def test_a_pairing_and_a_place_that_are_used_cannot_be_deleted(in_app: Flask) -> None:
    world = records.world()
    records.save(records.partnership(world))
    for table in ("pairings", "lead_provider_cohorts"):
        with pytest.raises(IntegrityError):
            write(lambda session, table=table: session.execute(text(f"DELETE FROM {table}")))  # type: ignore[misc]
