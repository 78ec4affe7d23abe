"""Who can be chosen: exactly the open pairings of open places, in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.data import models
from app.data.queries import organisations
from app.data.transaction import write
from tests.data import records
from tests.data.records import TODAY, World

TOMORROW = TODAY + timedelta(days=1)


def names(found: tuple[organisations.Organisation, ...] | tuple[organisations.Body, ...]) -> list[str]:
    return [one.name for one in found]


def change(table: type[records.Model], **values: object) -> None:
    write(lambda session: session.execute(update(table).values(**values)))


def eligible(world: World, cohort: int = 2025, today: date = TODAY) -> list[str]:
    return names(organisations.eligible_partners(world.northstar.id, cohort, today))


def test_the_eligible_partners_are_those_paired_in_that_cohort_a_to_z(in_app: Flask) -> None:
    world = records.world()
    both = ["Alder Teaching School Hub", "Bramble Trust Training"]
    assert eligible(world) == both
    assert eligible(world, 2024) == both[:1]
    assert eligible(world, 2026) == []


@pytest.mark.parametrize("table", [models.Pairing, models.LeadProviderCohort])
def test_a_closing_date_closes_from_that_day_on(in_app: Flask, table: type[records.Model]) -> None:
    world = records.world()
    change(table, closed_on=TOMORROW)
    assert len(eligible(world)) == 2
    assert eligible(world, today=TOMORROW) == []
    assert organisations.lead_providers_of_partner(world.alder.id, 2025, TOMORROW) == ()


@pytest.mark.parametrize("table", [models.LeadProvider, models.DeliveryPartner])
def test_an_inactive_organisation_is_not_offered_but_can_be_named(
    in_app: Flask, table: type[records.Model]
) -> None:
    world = records.world()
    change(table, active=False)
    assert eligible(world) == []
    assert organisations.delivery_partner(world.alder.id) is not None
    assert organisations.lead_provider(world.northstar.id) is not None


def test_the_lead_providers_of_a_cohort_have_an_open_place_in_it(in_app: Flask) -> None:
    world = records.world()
    lantern, cedar = records.lead_provider("Lantern"), records.lead_provider("cedar")
    records.save(lantern, cedar)
    for provider in (lantern, cedar):
        records.save(models.LeadProviderCohort(lead_provider_id=provider.id, cohort=2025))
    found = organisations.lead_providers_open(2025, TODAY)
    assert [one.name for one in found] == ["cedar", "Lantern", "Northstar"]
    assert found[0].contact_email == "cedar@example.com"
    assert [one.name for one in organisations.lead_providers_open(2024, TODAY)] == ["Northstar"]
    found_by_partner = organisations.lead_providers_of_partner(world.alder.id, 2025, TODAY)
    assert names(found_by_partner) == ["Northstar"]


def test_a_partner_is_linked_until_the_link_ends(in_app: Flask) -> None:
    world = records.world()
    ended = records.link(world.body.id, world.bramble.id, ended_at=records.NOW)
    records.save(ended, records.link(world.body.id, world.alder.id))
    assert names(organisations.linked_partners(world.body.id)) == ["Alder Teaching School Hub"]
    assert organisations.linked_partners(world.alder.id) == ()


def test_a_state_school_is_offered_hubs_and_an_independent_one_the_national_body_too(
    in_app: Flask,
) -> None:
    records.save(
        records.body("Bramble Hub"),
        records.body("alder hub"),
        records.body("ISTIP", kind="national"),
        records.body("Other national", kind="national", offered=False),
        records.body("A council", kind="local_authority", offered=False),
        records.body("A council by mistake", kind="local_authority"),
        records.body("Closed hub", active=False),
    )
    assert names(organisations.bodies_offered(independent=False)) == ["alder hub", "Bramble Hub"]
    assert names(organisations.bodies_offered(independent=True)) == ["alder hub", "Bramble Hub", "ISTIP"]


@pytest.mark.parametrize(
    ("status", "used"),
    [("proposed", 1), ("active", 1), ("declined", 0), ("retracted", 0), ("challenged", 0)],
)
def test_partners_are_used_by_a_school_while_it_works_with_them(
    in_app: Flask, status: str, used: int
) -> None:
    world = records.world()
    ever = status in ("active", "challenged")
    records.save(records.partnership(world, status=status, ever_active=ever))
    records.save(records.partnership(world, delivery_partner_id=None))
    assert len(organisations.partners_used_by(world.school.id)) == used
    assert len(organisations.partners_used_in_authority("201", 2025)) == used


def test_use_counts_for_the_school_in_every_cohort_and_for_its_authority_in_this_one(in_app: Flask) -> None:
    world = records.world()
    elsewhere = records.school(la_code="202")
    records.save(elsewhere, records.partnership(world, cohort=2024))
    records.save(records.partnership(world, school_id=elsewhere.id, delivery_partner_id=world.bramble.id))
    assert names(organisations.partners_used_by(world.school.id)) == ["Alder Teaching School Hub"]
    assert organisations.partners_used_in_authority("201", 2025) == ()
    assert names(organisations.partners_used_in_authority("202", 2025)) == ["Bramble Trust Training"]


@pytest.mark.parametrize("forged", ["", "0", "-1", "abc", "9" * 40])
def test_forged_ids_find_nothing_anywhere(in_app: Flask, forged: str) -> None:
    records.world()
    assert organisations.lead_provider(forged) is None
    assert organisations.delivery_partner(forged) is None
    assert organisations.appropriate_body(forged) is None
    assert organisations.eligible_partners(forged, 2025, TODAY) == ()
    assert organisations.linked_partners(forged) == ()


def test_every_active_partner_can_be_listed(in_app: Flask) -> None:
    world = records.world()
    records.save(records.delivery_partner("Closed", active=False))
    assert names(organisations.all_partners()) == [world.alder.name, world.bramble.name]
    found = organisations.appropriate_body(world.body.id)
    assert found is not None
    assert (found.kind, found.short_name) == ("teaching_school_hub", "Alder Teaching School Hub")
