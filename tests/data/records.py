"""Rows for tests of the data layer: everything has a plain value unless the test says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.data import models
from app.data.columns import Model
from app.data.ids import new_id
from app.data.transaction import store, write
from app.domain.matching import fold

NOW = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
TODAY = date(2025, 9, 15)

_numbers = count(1)
_STAMPS = {"created_at": NOW, "updated_at": NOW}


def school(**values: Any) -> models.School:
    number = next(_numbers)
    name = values.get("name", f"School {number:05}")
    plain = {
        "id": new_id(),
        "urn": f"{number:06}",
        "name": name,
        "name_key": fold(name),
        "la_code": "201",
        "la_name": "City of London",
        "establishment_number": "1000",
        "type_name": "Mainstream",
        "phase": "Primary",
        "status": "Open",
        "in_england": True,
        "independent": False,
        "section_41_approved": False,
        "pupil_premium_uplift": False,
        "sparsity_uplift": False,
        "fictional": True,
    }
    return models.School(**plain | _STAMPS | values)


def person(**values: Any) -> models.Person:
    number = next(_numbers)
    plain = {"id": new_id(), "name": f"Person {number}", "email": f"person{number}@example.com"}
    return models.Person(**plain | {"kind": "school", "demo": False} | _STAMPS | values)


def lead_provider(name: str, **values: Any) -> models.LeadProvider:
    plain = {"id": new_id(), "name": name, "name_key": fold(name), "active": True, "fictional": True}
    contact = {"contact_email": f"{fold(name).replace(' ', '')}@example.com", "contact_phone": ""}
    return models.LeadProvider(**plain | contact | _STAMPS | values)


def delivery_partner(name: str, **values: Any) -> models.DeliveryPartner:
    plain = {"id": new_id(), "name": name, "name_key": fold(name), "active": True, "fictional": True}
    return models.DeliveryPartner(**plain | _STAMPS | values)


def body(name: str, **values: Any) -> models.AppropriateBody:
    plain = {
        "id": new_id(),
        "name": name,
        "name_key": fold(name),
        "short_name": name,
        "kind": "teaching_school_hub",
        "offered": True,
        "active": True,
        "fictional": True,
    }
    return models.AppropriateBody(**plain | _STAMPS | values)


def cohort(year: int, **values: Any) -> models.Cohort:
    plain = {
        "start_year": year,
        "opened_on": date(year, 5, 10),
        "registration_start_date": date(year, 5, 10),
        "academic_year_start_date": date(year, 9, 1),
        "mentor_funding": year >= 2025,
        "detailed_evidence_types": year >= 2025,
    }
    return models.Cohort(**plain | values)


def link(body_id: str, partner_id: str, **values: Any) -> models.OrganisationLink:
    plain = {"id": new_id(), "appropriate_body_id": body_id, "delivery_partner_id": partner_id}
    decided = {"decided_by": "DfE", "decided_at": NOW, "note": ""}
    return models.OrganisationLink(**plain | decided | values)


def teacher(trn: str, name: str, **values: Any) -> models.Teacher:
    plain = {"id": new_id(), "trn": trn, "name": name, "name_key": fold(name), "record_name": name}
    return models.Teacher(**plain | {"qts_awarded": True, "checked_at": NOW} | _STAMPS | values)


def period(world: World, of: models.Teacher, **values: Any) -> models.EctPeriod:
    number = next(_numbers)
    plain = {
        "id": new_id(),
        "teacher_id": of.id,
        "school_id": world.school.id,
        "started_on": date(2025, 9, 1),
        "email": f"ect{number}@example.com",
        "email_key": f"ect{number}@example.com",
        "working_pattern": "full_time",
        "appropriate_body_id": world.body.id,
        "registered_by": world.person.id,
        "registered_at": NOW,
        "reference": f"ECT-{number}",
    }
    return models.EctPeriod(**plain | _STAMPS | values)


def partnership(world: World, **values: Any) -> models.Partnership:
    plain = {
        "id": new_id(),
        "school_id": world.school.id,
        "lead_provider_id": world.northstar.id,
        "delivery_partner_id": world.alder.id,
        "cohort": 2025,
        "status": "proposed",
        "proposed_at": NOW,
        "ever_active": False,
    }
    return models.Partnership(**plain | _STAMPS | values)


def mentor_period(world: World, of: models.Teacher, **values: Any) -> models.MentorPeriod:
    number = next(_numbers)
    plain = {
        "id": new_id(),
        "teacher_id": of.id,
        "school_id": world.school.id,
        "started_on": date(2025, 9, 1),
        "email": f"mentor{number}@example.com",
        "email_key": f"mentor{number}@example.com",
        "registered_by": world.person.id,
        "registered_at": NOW,
    }
    return models.MentorPeriod(**plain | _STAMPS | values)


def training(of: models.EctPeriod, under: models.Partnership | None, **values: Any) -> models.TrainingRecord:
    plain = {
        "id": new_id(),
        "teacher_id": of.teacher_id,
        "ect_period_id": of.id,
        "participant_type": "ect",
        "programme": "provider_led" if under else "school_led",
        "partnership_id": under.id if under else None,
        "cohort": 2025,
        "schedule_identifier": "ecf-standard-september",
        "started_on": of.started_on,
        "cohort_changed_after_payments_frozen": False,
    }
    return models.TrainingRecord(**plain | _STAMPS | values)


def run(world: World, **values: Any) -> models.Run:
    number = next(_numbers)
    plain = {
        "id": new_id(),
        "reference": f"reference-of-a-run-{number:05}",
        "journey": "register-ect",
        "variant": "live",
        "school_id": world.school.id,
        "person_id": world.person.id,
        "status": "open",
        "version": 0,
        "started_at": NOW,
        "updated_at": NOW,
        "kept_until": NOW.replace(month=10),
    }
    return models.Run(**plain | values)


def event(**values: Any) -> models.Event:
    plain = {
        "id": new_id(),
        "at": NOW,
        "kind": "partnership.proposed",
        "actor_kind": "system",
        "record_kind": "partnership",
        "record_id": new_id(),
        "request_id": "request",
        "details": "{}",
    }
    return models.Event(**plain | values)


@dataclass(frozen=True, slots=True)
class World:
    """One school with a tutor; Northstar paired with Alder and Bramble in 2025, with Alder in 2024."""

    school: models.School
    person: models.Person
    body: models.AppropriateBody
    northstar: models.LeadProvider
    alder: models.DeliveryPartner
    bramble: models.DeliveryPartner


def save(*rows: Model) -> None:
    """Store the rows in one write, in the order given."""
    write(lambda session: store(session, *rows))


def world() -> World:
    """Store a small world to hang records on."""
    made = World(
        school(name="Oakfield Primary"),
        person(),
        body("Alder Teaching School Hub"),
        lead_provider("Northstar"),
        delivery_partner("Alder Teaching School Hub"),
        delivery_partner("Bramble Trust Training"),
    )

    def work(session: Session) -> None:
        store(session, cohort(2024), cohort(2025), made.school, made.person, made.body)
        store(session, made.northstar, made.alder, made.bramble)
        for year, partners in ((2024, [made.alder]), (2025, [made.alder, made.bramble])):
            store(session, models.LeadProviderCohort(lead_provider_id=made.northstar.id, cohort=year))
            for partner in partners:
                store(session, pairing(made.northstar, partner, year))

    write(work)
    return made


def pairing(
    provider: models.LeadProvider, partner: models.DeliveryPartner, year: int, closed_on: date | None = None
) -> models.Pairing:
    return models.Pairing(
        lead_provider_id=provider.id, delivery_partner_id=partner.id, cohort=year, closed_on=closed_on
    )
