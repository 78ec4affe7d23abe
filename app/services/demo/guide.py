"""What a visitor is told: who to sign in as, which bodies to choose, and which teachers to register."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.data.database import reading
from app.data.models import AppropriateBody, DeliveryPartner, OrganisationLink
from app.domain.days import in_words
from app.services import signing_in
from app.services.demo.schools import SCHOOLS, SEATS
from app.services.demo.stories import FREE
from app.services.teacher_record.demo_teachers import BORN, FIXTURE, SPECIAL

_ORDER = {seat.email: place for place, seat in enumerate(SEATS)}
_SEES = {seat.email: [s for s in SCHOOLS if s.urn in seat.urns] for seat in SEATS}


def sign_ins() -> Iterator[str]:
    """A line for each demo sign-in, and one for each of its schools that says what there is to see."""
    people = sorted(signing_in.demo_people(), key=lambda person: _ORDER.get(person.email, len(_ORDER)))
    for person in people:
        schools = _SEES.get(person.email)
        yield f"  {person.name}"
        if schools is None:
            yield f"      {', '.join(person.schools)}"
        for school in schools or ():
            yield f"      {school.name}: {school.see}" if len(schools or ()) > 1 else f"      {school.see}"


def linked_bodies() -> Iterator[str]:
    """A line for each appropriate body that trains, and the name it trains under: all of these links are made up."""
    statement = (
        select(AppropriateBody.name, DeliveryPartner.name)
        .join(OrganisationLink, OrganisationLink.appropriate_body_id == AppropriateBody.id)
        .join(DeliveryPartner, DeliveryPartner.id == OrganisationLink.delivery_partner_id)
        .where(OrganisationLink.ended_at.is_(None))
        .order_by(AppropriateBody.name_key, DeliveryPartner.name_key, OrganisationLink.id)
    )
    for body, partner in reading().execute(statement):
        yield f"  {body}: {partner}"


def teachers() -> Iterator[str]:
    """What to type for everybody, then a line for each teacher that can be tried."""
    yield f"  Date of birth, for everybody: {BORN.day} {BORN.month} {BORN.year} ({in_words(BORN)})"
    yield "  National Insurance number, when asked: QQ, the last 6 digits of the TRN, then C"
    for teacher in (*FIXTURE, *SPECIAL, *FREE):
        number = teacher.national_insurance_number
        yield f"  {teacher.trn}  {number}  {teacher.name or '(no record)'}: {teacher.case}"
