"""What a visitor is told: addresses, who to sign in as, which tokens, bodies and teachers to try."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.data.database import reading
from app.data.models import AppropriateBody, DeliveryPartner, OrganisationLink
from app.domain.days import in_words
from app.services import signing_in
from app.services.demo import keys
from app.services.demo.cast import FREE
from app.services.demo.offices import FINANCE, MANAGER, OFFICER
from app.services.demo.organisations import NORTHSTAR
from app.services.demo.schools import SCHOOLS, SEATS
from app.services.teacher_record.demo_teachers import BORN, FIXTURE, SPECIAL

_HOME = "http://127.0.0.1:{port}"
_EMAILS = *(seat.email for seat in SEATS), *(desk.email for desk in FINANCE)
_ORDER = {email: place for place, email in enumerate(_EMAILS)}
_SEES = {seat.email: [s for s in SCHOOLS if s.urn in seat.urns] for seat in SEATS}
_AT_DFE = {
    OFFICER.email: "statements, contracts and declarations; asks for payments, which somebody else must authorise",
    MANAGER.email: "the same; authorises what the finance officer has asked for",
}


def addresses(port: int) -> Iterator[str]:
    """Where the service will be, and where its API is explained."""
    home = _HOME.format(port=port)
    yield f"  {home}/sign-in  to sign in; no password is asked for"
    yield f"  {home}/api      what lead providers’ systems can ask, and how"


def sign_ins() -> Iterator[str]:
    """A line for each demo sign-in, and one for each of its schools that says what there is to see."""
    people = sorted(signing_in.demo_people(), key=lambda person: _ORDER.get(person.email, len(_ORDER)))
    for person in people:
        schools = _SEES.get(person.email)
        yield f"  {person.name}"
        if schools is None:
            yield f"      {_seen_by(person)}"
        for school in schools or ():
            yield f"      {school.name}: {school.see}" if len(schools or ()) > 1 else f"      {school.see}"


def _seen_by(person: signing_in.DemoPerson) -> str:
    """What somebody sees for whom `_SEES` has nothing."""
    if person.kind == "dfe":
        return _AT_DFE.get(person.email, "Department for Education")
    if person.lead_provider is None:
        return ", ".join(person.schools)
    most = ", and among them every state there is" if person.lead_provider == NORTHSTAR else ""
    return f"proposals of schools, partnerships, participants, statements{most}"


def tokens(port: int) -> Iterator[str]:
    """A line for each lead provider with its token, then what to type to try the one that has most to show."""
    issued = dict(keys.issued())
    width = max((len(name) for name in issued), default=0)
    for name, token in issued.items():
        yield f"  {name:{width}}  {token}"
    if issued:
        token = issued.get(NORTHSTAR) or next(iter(issued.values()))
        address = f"{_HOME.format(port=port)}/api/v3/participants/ecf"
        yield f'  curl -H "Authorization: Bearer {token}" {address}'


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
