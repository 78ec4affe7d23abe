"""The acceptance fixture of the school journey, exactly: who exists at 10:00 London on 15 September 2025.

Ids are fixed and readable, and each is named here, so that a test can say `acceptance.ALDER_PARTNER`. Bodies
have short names that differ from their full ones, so that a page that mixes them up is found out. Where the
fixture leaves something open (Ravi’s delivery partner, contacts), what stands here is one plain choice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.data.columns import Model
from app.data.models import (
    AppropriateBody,
    Cohort,
    DeliveryPartner,
    EctPeriod,
    LeadProvider,
    LeadProviderCohort,
    OrganisationLink,
    Pairing,
    Partnership,
    PartnershipDeliveryPartner,
    Person,
    ProviderParticipant,
    School,
    SchoolMembership,
    Teacher,
    TrainingRecord,
)
from app.domain.matching import fold
from tests.support.clocks import london

ACCEPTANCE_CLOCK = london("2025-09-15 10:00")
LOADED_AT = datetime(2025, 6, 1, 9, tzinfo=UTC)


def _id(room: int, number: int) -> str:
    return f"{room:08d}-0000-7000-8000-{number:012d}"


OAKFIELD_URN, HARROW_LANE_URN, ELM_COURT_URN = "900101", "900102", "900103"
OAKFIELD, HARROW_LANE, ELM_COURT = (_id(1, number) for number in (1, 2, 3))
NORTHSTAR, TEACH_FORWARD, CEDAR, LANTERN = (_id(2, number) for number in (1, 2, 3, 4))
ALDER_PARTNER, BRAMBLE_PARTNER, ST_OSWINS, QUARRY_PARTNER = (_id(3, number) for number in (1, 2, 3, 4))
FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH = (_id(3, number) for number in (5, 6))
ALDER_BODY, BRAMBLE_BODY, FIVE_RIVERS_BODY, QUARRY_BODY, ISTIP = (_id(4, number) for number in range(1, 6))
OAKFIELD_TUTOR, HARROW_LANE_TUTOR, ELM_COURT_TUTOR = (_id(5, number) for number in (1, 2, 3))
RAVI, RAVIS_PERIOD, RAVIS_TRAINING, RAVIS_PARTNERSHIP = (_id(6, number) for number in (1, 2, 3, 4))

AOIFE_TRN, ZOE_TRN, SAM_TRN, RAVI_TRN = "3001234", "0123456", "3005678", "3009999"
TUTOR_NAMES = {OAKFIELD: "Priya Shah", HARROW_LANE: "Tom Baker", ELM_COURT: "Grace Lim"}
TUTORS = {OAKFIELD: OAKFIELD_TUTOR, HARROW_LANE: HARROW_LANE_TUTOR, ELM_COURT: ELM_COURT_TUTOR}
SCHOOL_NAMES = {OAKFIELD: "Oakfield Primary", HARROW_LANE: "Harrow Lane Academy", ELM_COURT: "Elm Court"}
LEAD_PROVIDER_NAMES = {
    NORTHSTAR: "Northstar",
    TEACH_FORWARD: "Teach Forward",
    CEDAR: "Cedar",
    LANTERN: "Lantern",
}
DELIVERY_PARTNER_NAMES = {
    ALDER_PARTNER: "Alder Teaching School Hub",
    BRAMBLE_PARTNER: "Bramble Trust Training",
    ST_OSWINS: "St Oswin's Hub",
    QUARRY_PARTNER: "Quarry Teaching Hub",
    FIVE_RIVERS_NORTH: "Five Rivers North",
    FIVE_RIVERS_SOUTH: "Five Rivers South",
}
BODY_NAMES = {
    ALDER_BODY: "Alder Teaching School Hub",
    BRAMBLE_BODY: "Bramble Teaching School Hub",
    FIVE_RIVERS_BODY: "Five Rivers Teaching School Hub",
    QUARRY_BODY: "Quarry Teaching School Hub",
    ISTIP: "ISTIP",
}
LINKS = (
    (ALDER_BODY, ALDER_PARTNER),
    (BRAMBLE_BODY, BRAMBLE_PARTNER),
    (FIVE_RIVERS_BODY, FIVE_RIVERS_NORTH),
    (FIVE_RIVERS_BODY, FIVE_RIVERS_SOUTH),
)
COHORTS_OF = {NORTHSTAR: (2024, 2025), TEACH_FORWARD: (2024, 2025), CEDAR: (2024,), LANTERN: (2025,)}
PAIRINGS = {
    (NORTHSTAR, 2025): (ALDER_PARTNER, BRAMBLE_PARTNER, ST_OSWINS, QUARRY_PARTNER),
    (NORTHSTAR, 2024): (ALDER_PARTNER, ST_OSWINS),
    (TEACH_FORWARD, 2025): (FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH, ST_OSWINS),
    (TEACH_FORWARD, 2024): (ST_OSWINS,),
    (CEDAR, 2024): (ALDER_PARTNER,),
}
_STAMPS = {"created_at": LOADED_AT, "updated_at": LOADED_AT}


def load(session: Session) -> None:
    """Store the fixture: `write(acceptance.load)` in an application context."""
    for layer in (
        (*_cohorts(), *_schools(), *_organisations(), *_people()),
        (*_memberships(), *_places(), *_links()),
        tuple(_pairings()),
    ):
        session.add_all(layer)
        session.flush()
    for row in (_ravi(), *_ravis_partnership(), *_ravis_training()):
        session.add(row)
        session.flush()


def _cohorts() -> list[Model]:
    return [
        Cohort(
            start_year=year,
            opened_on=date(year, 6, 1) if year < 2026 else None,
            registration_start_date=date(year, 6, 1),
            academic_year_start_date=date(year, 9, 1),
            automatic_assignment_period_end_date=date(year + 1, 3, 31),
            mentor_funding=year >= 2025,
            detailed_evidence_types=year >= 2025,
        )
        for year in (2023, 2024, 2025, 2026)
    ]


def _schools() -> list[Model]:
    state = {"type_name": "Community school", "independent": False, "section_41_approved": False}
    special = {"type_name": "Other independent special school", "independent": True}
    rows = (
        (OAKFIELD, OAKFIELD_URN, "Primary", state),
        (HARROW_LANE, HARROW_LANE_URN, "Secondary", {**state, "type_name": "Academy converter"}),
        (ELM_COURT, ELM_COURT_URN, "All-through", {**special, "section_41_approved": True}),
    )
    return [
        School(
            id=identity,
            urn=urn,
            name=SCHOOL_NAMES[identity],
            name_key=fold(SCHOOL_NAMES[identity]),
            la_code="999",
            la_name="Exampleshire",
            establishment_number=urn[-4:],
            phase=phase,
            status="Open",
            in_england=True,
            pupil_premium_uplift=False,
            sparsity_uplift=False,
            fictional=True,
            induction_tutor_name=TUTOR_NAMES[identity],
            induction_tutor_email=_address(TUTOR_NAMES[identity]),
            **kind,
            **_STAMPS,
        )
        for identity, urn, phase, kind in rows
    ]


def _organisations() -> list[Model]:
    shared = {"active": True, "fictional": True, **_STAMPS}
    providers = [
        LeadProvider(
            id=identity,
            name=name,
            name_key=fold(name),
            contact_email=f"ect@{fold(name).replace(' ', '')}.example",
            contact_phone="020 7946 0000",
            **shared,
        )
        for identity, name in LEAD_PROVIDER_NAMES.items()
    ]
    partners = [
        DeliveryPartner(id=identity, name=name, name_key=fold(name), **shared)
        for identity, name in DELIVERY_PARTNER_NAMES.items()
    ]
    bodies = [
        AppropriateBody(
            id=identity,
            name=name,
            name_key=fold(name),
            short_name=name.replace(" Teaching School", ""),
            kind="national" if identity == ISTIP else "teaching_school_hub",
            offered=True,
            **shared,
        )
        for identity, name in BODY_NAMES.items()
    ]
    return [*providers, *partners, *bodies]


def _people() -> list[Model]:
    return [
        Person(id=TUTORS[school], name=name, email=_address(name), kind="school", demo=True, **_STAMPS)
        for school, name in TUTOR_NAMES.items()
    ]


def _memberships() -> list[Model]:
    return [SchoolMembership(person_id=person, school_id=school) for school, person in TUTORS.items()]


def _places() -> list[Model]:
    return [
        LeadProviderCohort(lead_provider_id=provider, cohort=year, closed_on=None)
        for provider, years in COHORTS_OF.items()
        for year in years
    ]


def _pairings() -> list[Model]:
    return [
        Pairing(lead_provider_id=provider, delivery_partner_id=partner, cohort=year, closed_on=None)
        for (provider, year), partners in PAIRINGS.items()
        for partner in partners
    ]


def _links() -> list[Model]:
    return [
        OrganisationLink(
            id=_id(7, number),
            appropriate_body_id=body,
            delivery_partner_id=partner,
            decided_by="Asha Begum",
            decided_at=LOADED_AT,
            note="Confirmed by the hub",
        )
        for number, (body, partner) in enumerate(LINKS, start=1)
    ]


def _ravi() -> Model:
    return Teacher(
        id=RAVI,
        trn=RAVI_TRN,
        name="Ravi Patel",
        name_key=fold("Ravi Patel"),
        record_name="Ravi Patel",
        qts_awarded=True,
        checked_at=LOADED_AT,
        **_STAMPS,
    )


def _ravis_partnership() -> tuple[Model, ...]:
    partnership = Partnership(
        id=RAVIS_PARTNERSHIP,
        school_id=HARROW_LANE,
        lead_provider_id=TEACH_FORWARD,
        delivery_partner_id=ST_OSWINS,
        cohort=2025,
        status="active",
        proposed_at=LOADED_AT,
        proposed_by=HARROW_LANE_TUTOR,
        confirmed_at=LOADED_AT,
        confirmed_by="Kim Osei",
        ever_active=True,
        **_STAMPS,
    )
    partner = PartnershipDeliveryPartner(
        partnership_id=RAVIS_PARTNERSHIP, from_at=LOADED_AT, delivery_partner_id=ST_OSWINS, to_at=None
    )
    return partnership, partner


def _ravis_training() -> tuple[Model, ...]:
    """At Harrow Lane since 1 September 2025, with Teach Forward."""
    started = date(2025, 9, 1)
    period = EctPeriod(
        id=RAVIS_PERIOD,
        teacher_id=RAVI,
        school_id=HARROW_LANE,
        started_on=started,
        email="ravi.patel@example.com",
        email_key="ravi.patel@example.com",
        working_pattern="full_time",
        appropriate_body_id=FIVE_RIVERS_BODY,
        registered_by=HARROW_LANE_TUTOR,
        registered_at=LOADED_AT,
        reference="ECT-RAVI-0001",
        **_STAMPS,
    )
    training = TrainingRecord(
        id=RAVIS_TRAINING,
        teacher_id=RAVI,
        ect_period_id=RAVIS_PERIOD,
        participant_type="ect",
        programme="provider_led",
        partnership_id=RAVIS_PARTNERSHIP,
        cohort=2025,
        schedule_identifier="ecf-standard-september",
        started_on=started,
        cohort_changed_after_payments_frozen=False,
        **_STAMPS,
    )
    # What is seen of him: a write works it out, but not for rows that bring their own stamps.
    ids = {"lead_provider_id": TEACH_FORWARD, "teacher_id": RAVI, "ect_record_id": RAVIS_TRAINING}
    return period, training, ProviderParticipant(visible=True, transfers=0, **ids, **_STAMPS)


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.com"
