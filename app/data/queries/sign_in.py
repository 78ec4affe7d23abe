"""Who is signed in: session, person and their schools in one select, once a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from app.data.database import reading
from app.data.models import LeadProvider, Person, School, SchoolMembership, SignInSession


@dataclass(frozen=True, slots=True)
class OwnSchool:
    """A school that the person acts for."""

    id: str
    urn: str
    name: str


@dataclass(frozen=True, slots=True)
class SignedInPerson:
    """Whoever signed in, with their schools A to Z; somebody at a lead provider has its id and name."""

    id: str
    name: str
    email: str
    kind: str
    demo: bool
    lead_provider_id: str | None
    lead_provider_name: str | None
    schools: tuple[OwnSchool, ...]


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session that hasn't run out. `data` is JSON text; `person` is None until somebody signs in."""

    token_hash: str
    data: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    person: SignedInPerson | None


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone the demo sign-in offers, with the names of their schools, or of their lead provider."""

    id: str
    name: str
    email: str
    kind: str
    lead_provider: str | None
    schools: tuple[str, ...]


# Built once: this select runs in every request, and building it costs more than running it.
_SESSION = (
    select(
        SignInSession.token_hash,
        SignInSession.data,
        SignInSession.created_at,
        SignInSession.last_seen_at,
        SignInSession.expires_at,
        Person.id,
        Person.name,
        Person.email,
        Person.kind,
        Person.demo,
        Person.lead_provider_id,
        LeadProvider.name,
        School.id,
        School.urn,
        School.name,
    )
    .select_from(SignInSession)
    .outerjoin(Person, Person.id == SignInSession.person_id)
    .outerjoin(LeadProvider, LeadProvider.id == Person.lead_provider_id)
    .outerjoin(SchoolMembership, SchoolMembership.person_id == Person.id)
    .outerjoin(School, School.id == SchoolMembership.school_id)
    .where(SignInSession.token_hash == bindparam("token_hash"), SignInSession.expires_at > bindparam("now"))
    .order_by(School.name_key, School.id)
)


def session(token_hash: str, now: datetime) -> StoredSession | None:
    """The session with this hash, unless it has run out, with the person and their schools."""
    rows = reading().execute(_SESSION, {"token_hash": token_hash, "now": now}).all()
    if not rows:
        return None
    person, first = None, rows[0]
    if first[5] is not None:
        schools = tuple(OwnSchool(*row[12:]) for row in rows if row[12] is not None)
        person = SignedInPerson(*first[5:12], schools)
    return StoredSession(*first[:5], person)


def demo_people() -> tuple[DemoPerson, ...]:
    """The people of the demonstration, A to Z: few by nature."""
    statement = (
        select(Person.id, Person.name, Person.email, Person.kind, LeadProvider.name, School.name)
        .outerjoin(LeadProvider, LeadProvider.id == Person.lead_provider_id)
        .outerjoin(SchoolMembership, SchoolMembership.person_id == Person.id)
        .outerjoin(School, School.id == SchoolMembership.school_id)
        .where(Person.demo)
        .order_by(Person.name, Person.id, School.name_key, School.id)
    )
    found: dict[str, DemoPerson] = {}
    for person_id, name, email, kind, lead_provider, school in reading().execute(statement):
        known = found.get(person_id)
        schools = (*(known.schools if known else ()), *((school,) if school else ()))
        found[person_id] = DemoPerson(person_id, name, email, kind, lead_provider, schools)
    return tuple(found.values())
