"""The fictional schools of three fictional local authorities, and who signs in for them.

Their URNs begin with 9: no real school has such a number. People have a role for a name, marked as fictional.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Person, School, SchoolMembership
from app.data.transaction import store
from app.domain.matching import fold
from app.services.importing import schools
from app.services.importing.schools import SchoolRow
from app.services.importing.storing import Entry

COMMUNITY, ACADEMY, AIDED = "Community school", "Academy converter", "Voluntary aided school"
INDEPENDENT, INDEPENDENT_SPECIAL = "Other independent school", "Other independent special school"
AUTHORITIES = {"997": "Farholme", "998": "Exampleshire", "999": "Sampleton"}
LONG_NAME = (
    "Our Lady of the Upper Wold and Saint Oswin-in-the-Marsh Church of Exampleshire Voluntary Aided Infant, "
    "Junior and Nursery School with Specially Resourced Provision"
)
OAKFIELD, HARROW_LANE, ELM_COURT = "900101", "900102", "900103"
FOXGLOVE, LONG_NAMED, WINDMILL = "900104", "900105", "900106"
LARKSPUR, BEACON_NORTH, BEACON_SOUTH = "900107", "900108", "900109"
BEACON_COLLEGE, JUNIPER, KESTREL = "900110", "900111", "900112"
MALLOW = "900113"


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A school, and in `see` what there is to see at it."""

    urn: str
    name: str
    authority: str
    phase: str
    type_name: str
    see: str
    section_41_approved: bool = False
    pupil_premium: bool = False
    sparsity: bool = False


SCHOOLS = (
    DemoSchool(
        OAKFIELD, "Oakfield Primary", "998", "Primary", COMMUNITY,
        "start here: 3 ECTs of earlier years, 2 registrations not finished, nothing agreed for this year",
    ),
    DemoSchool(
        HARROW_LANE, "Harrow Lane Academy", "998", "Secondary", ACADEMY,
        "a confirmed partnership, and Ravi Patel (TRN 3009999), whom another school can take over",
        pupil_premium=True,
    ),
    DemoSchool(
        ELM_COURT, "Elm Court", "998", "All-through", INDEPENDENT_SPECIAL,
        "independent and section 41 approved: national bodies are offered too; waiting for its lead provider",
        section_41_approved=True,
    ),
    DemoSchool(
        FOXGLOVE, "Foxglove House", "998", "All-through", INDEPENDENT,
        "independent, not section 41 approved: it cannot register ECTs here",
    ),
    DemoSchool(
        LONG_NAMED, LONG_NAME, "998", "Primary", AIDED, "a very long name, and a body with one", sparsity=True
    ),
    DemoSchool(
        WINDMILL, "Windmill Road School", "999", "Secondary", COMMUNITY,
        "45 ECTs on 3 pages, 2 delivery partners, and a lead provider with a long list of them",
        pupil_premium=True, sparsity=True,
    ),
    DemoSchool(
        LARKSPUR, "Larkspur Infants", "997", "Primary", COMMUNITY,
        "no ECTs yet, and no neighbours: of Wayfinder’s delivery partners none is likelier than the others",
    ),
    DemoSchool(
        BEACON_NORTH, "Beacon North Academy", "999", "Secondary", ACADEMY,
        "2 delivery partners of one lead provider",
    ),
    DemoSchool(BEACON_SOUTH, "Beacon South Academy", "999", "Secondary", ACADEMY, "2 lead providers"),
    DemoSchool(
        BEACON_COLLEGE, "Beacon Sixth Form College", "999", "16 plus", "Academy 16-19 converter",
        "delivery partners to be confirmed, and one that has been since",
    ),
    DemoSchool(
        JUNIPER, "Juniper Green School", "999", "Primary", COMMUNITY,
        "the same choices as last time are offered; ECTs who leave, move, pause, stop; mentors",
    ),
    DemoSchool(
        KESTREL, "Kestrel Hill School", "998", "Secondary", COMMUNITY,
        "a lead provider that said no, and a partnership that the school said was wrong",
    ),
    DemoSchool(
        MALLOW, "Mallow Street School", "998", "Primary", COMMUNITY,
        "last year’s delivery partner has stopped, so the same choices are not offered again",
    ),
)  # fmt: skip
NAMES = {school.urn: school.name for school in SCHOOLS}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who signs in for one or more schools, given by URN. `email` is unique."""

    name: str
    email: str
    urns: tuple[str, ...]


TRUST = (BEACON_NORTH, BEACON_SOUTH, BEACON_COLLEGE)


def tutor(urn: str, name: str) -> Seat:
    """The induction tutor of a school."""
    return Seat(f"Induction tutor at {name} (fictional)", f"induction.tutor.{urn}@schools.example", (urn,))


SECOND_AT_OAKFIELD = Seat(
    "Second induction tutor at Oakfield Primary (fictional)", "second.tutor@schools.example", (OAKFIELD,)
)
SEATS = (
    *(tutor(school.urn, school.name) for school in SCHOOLS if school.urn not in TRUST),
    SECOND_AT_OAKFIELD,
    Seat("Trust induction tutor at 3 Beacon schools (fictional)", "trust.tutor@schools.example", TRUST),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A school in the database, and the person who registers its ECTs."""

    school_id: str
    person_id: str


def store_schools(session: Session, at: datetime) -> None:
    """The fictional schools."""
    rows = [SchoolRow(school.urn, _values(school)) for school in SCHOOLS]
    schools.store(session, [Entry(number, row) for number, row in enumerate(rows, start=1)], at)


def store_people(session: Session, seats: Collection[Seat], at: datetime) -> int:
    """Those of the people who aren’t there yet, with their schools. Returns how many were added."""
    known = set(session.connection().execute(select(Person.email)).scalars())
    ids = _school_ids(session, {urn for seat in seats for urn in seat.urns})
    new = [seat for seat in seats if seat.email not in known]
    for seat in new:
        person = Person(
            id=new_id(),
            name=seat.name,
            email=seat.email,
            kind="school",
            demo=True,
            created_at=at,
        )
        memberships = (SchoolMembership(person_id=person.id, school_id=ids[urn]) for urn in seat.urns)
        store(session, person, *memberships)
    return len(new)


def places(session: Session) -> Mapping[str, Place]:
    """Each fictional school by its URN, with the first person of each."""
    return {seat_urn: _place(session, seat, seat_urn) for seat in reversed(SEATS) for seat_urn in seat.urns}


def second_place_at_oakfield(session: Session) -> Place:
    """Oakfield Primary with its second tutor."""
    return _place(session, SECOND_AT_OAKFIELD, OAKFIELD)


def _place(session: Session, seat: Seat, urn: str) -> Place:
    person = session.connection().execute(select(Person.id).where(Person.email == seat.email)).scalar_one()
    return Place(_school_ids(session, (urn,))[urn], person)


def _school_ids(session: Session, urns: Collection[str]) -> dict[str, str]:
    statement = select(School.urn, School.id).where(School.urn.in_(urns))
    return {row.urn: row.id for row in session.connection().execute(statement)}


def _values(school: DemoSchool) -> dict[str, object]:
    seat = next(seat for seat in SEATS if school.urn in seat.urns)
    return {
        "urn": school.urn,
        "name": school.name,
        "name_key": fold(school.name),
        "la_code": school.authority,
        "la_name": AUTHORITIES[school.authority],
        "establishment_number": school.urn[-4:],
        "type_name": school.type_name,
        "phase": school.phase,
        "status": "Open",
        "in_england": True,
        "independent": school.type_name in (INDEPENDENT, INDEPENDENT_SPECIAL),
        "section_41_approved": school.section_41_approved,
        "pupil_premium_uplift": school.pupil_premium,
        "sparsity_uplift": school.sparsity,
        "fictional": True,
        "induction_tutor_name": seat.name,
        "induction_tutor_email": seat.email,
    }
