"""The fictional organisations, and who works with whom this year, last year and the year before.

Each case of the school journey has its organisation: an appropriate body that is a delivery partner under the same
name (Alder), under another (Bramble), under two (Five Rivers), and one that only sounds like one (Quarry); a lead
provider without delivery partners (Lantern), with more than radios can show (Wayfinder), one that trains nobody this
year (Cedar), and one that has stopped (Sundial).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.models import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    LeadProviderCohort,
    OrganisationLink,
)
from app.domain.cohorts import cohort_of
from app.domain.eligibility import BodyKind
from app.domain.matching import fold
from app.services.importing import appropriate_bodies, organisation_links, organisations, pairings
from app.services.importing.appropriate_bodies import BodyRow
from app.services.importing.organisation_links import LinkRow
from app.services.importing.organisations import OrganisationRow
from app.services.importing.pairings import PlaceRow
from app.services.importing.report import Stored
from app.services.importing.storing import Entry

T = TypeVar("T")

NORTHSTAR, TEACH_FORWARD, CEDAR = "Northstar", "Teach Forward", "Cedar"
LANTERN, WAYFINDER, SUNDIAL = "Lantern", "Wayfinder", "Sundial"
ALDER = "Alder Teaching School Hub"
BRAMBLE = "Bramble Trust Training"
ST_OSWINS = "St Oswin’s Hub"
QUARRY = "Quarry Teaching Hub"
FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH = "Five Rivers North", "Five Rivers South"
HARBOUR = "Harbour Street Training"
OTTERBROOK = "Otterbrook Learning Partnership"
ALDER_BODY = "Alder Teaching School Hub"
BRAMBLE_BODY = "Bramble Teaching School Hub"
FIVE_RIVERS_BODY = "Five Rivers Teaching School Hub"
QUARRY_BODY = "Quarry Teaching School Hub"
LONG_BODY = (
    "Saltmarsh, Upper Fen and Lower Fen Teaching School Hub, with the Islands and the Eastern Levels "
    "(The Saltmarsh and Fenland Federation of Saint Oswin’s Academies)"
)
ISTIP = "Independent Schools Teacher Induction Panel (IStip)"
AUTHORITY = "Exampleshire"

_PLACES = (
    "Ashmere", "Birchwater", "Coppergate", "Dunmallow", "Elderwick", "Fernhollow", "Gorsewell", "Hazelmoor",
    "Inglebeck", "Kingsreed", "Lowmarsh", "Mossgill", "Nettlecombe", "Oxlipdale", "Pennywort", "Rushey",
)  # fmt: skip
MANY = tuple(f"{place} Teaching Partnership" for place in _PLACES)
_WAYFINDERS = (ALDER, BRAMBLE, FIVE_RIVERS_NORTH, OTTERBROOK, ST_OSWINS, *MANY)
NOTE = "Fictional: for demonstration only"
DECIDED_BY = "Demonstration (fictional)"


@dataclass(frozen=True, slots=True)
class Provider:
    """A lead provider. `partners` has its delivery partners this year, last year and the year before.

    None: no place in that year. `closed` are this year’s partners whose pairing has been closed since; `stopped` says
    that its own place has been.
    """

    name: str
    partners: tuple[tuple[str, ...] | None, tuple[str, ...] | None, tuple[str, ...] | None]
    closed: tuple[str, ...] = ()
    stopped: bool = False


PROVIDERS = (
    Provider(
        NORTHSTAR,
        (
            (ALDER, BRAMBLE, ST_OSWINS, QUARRY, HARBOUR),
            (ALDER, ST_OSWINS, HARBOUR),
            (ALDER, ST_OSWINS),
        ),
        closed=(HARBOUR,),
    ),
    Provider(
        TEACH_FORWARD,
        ((FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH, ST_OSWINS), (FIVE_RIVERS_NORTH, ST_OSWINS), (ST_OSWINS,)),
    ),
    Provider(CEDAR, (None, (ALDER,), (ALDER,))),
    Provider(LANTERN, ((), None, None)),
    Provider(WAYFINDER, (_WAYFINDERS, _WAYFINDERS, None)),
    Provider(SUNDIAL, ((QUARRY,), (QUARRY,), None), stopped=True),
)
PARTNERS = (
    ALDER, BRAMBLE, ST_OSWINS, QUARRY, FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH, HARBOUR, OTTERBROOK, *MANY,
)  # fmt: skip
BODIES = (
    (ALDER_BODY, BodyKind.TEACHING_SCHOOL_HUB, "Alder Hub"),
    (BRAMBLE_BODY, BodyKind.TEACHING_SCHOOL_HUB, "Bramble Hub"),
    (FIVE_RIVERS_BODY, BodyKind.TEACHING_SCHOOL_HUB, "Five Rivers Hub"),
    (QUARRY_BODY, BodyKind.TEACHING_SCHOOL_HUB, "Quarry Hub"),
    (LONG_BODY, BodyKind.TEACHING_SCHOOL_HUB, "Saltmarsh and Fens Hub"),
    (AUTHORITY, BodyKind.LOCAL_AUTHORITY, "Exampleshire"),
    (ISTIP, BodyKind.NATIONAL, "ISTIP"),
)
"""Full name, kind and short name. ISTIP is the one that exists."""

LINKS = (
    (ALDER_BODY, ALDER),
    (BRAMBLE_BODY, BRAMBLE),
    (FIVE_RIVERS_BODY, FIVE_RIVERS_NORTH),
    (FIVE_RIVERS_BODY, FIVE_RIVERS_SOUTH),
    (LONG_BODY, OTTERBROOK),
)


class Records:
    """Ids of organisations by their names, as they stand in the database."""

    def __init__(self, session: Session) -> None:
        self.body = _by_name(session, AppropriateBody)
        self.provider = _by_name(session, LeadProvider)
        self.partner = _by_name(session, DeliveryPartner)


def store_providers_and_partners(session: Session, at: datetime) -> int:
    """Lead providers and delivery partners. Returns how many were added or changed."""
    providers = [
        OrganisationRow(
            each.name,
            {
                **_named(each.name),
                "contact_email": f"schools@{fold(each.name).replace(' ', '-')}.example",
                # Numbers kept free for drama: nobody has them.
                "contact_phone": f"020 7946 0{number:03}",
            },
        )
        for number, each in enumerate(PROVIDERS, start=101)
    ]
    partners = [OrganisationRow(name, _named(name)) for name in PARTNERS]
    return _kept(organisations.LEAD_PROVIDERS.store(session, _entries(providers), at)) + _kept(
        organisations.DELIVERY_PARTNERS.store(session, _entries(partners), at)
    )


def store_bodies(session: Session, at: datetime) -> int:
    """Appropriate bodies. Returns how many were added or changed."""
    rows = [
        BodyRow(name, kind, short, {"active": True, "fictional": kind is not BodyKind.NATIONAL})
        for name, kind, short in BODIES
    ]
    return _kept(appropriate_bodies.store(session, _entries(rows), at))


def store_links(session: Session, links: Sequence[tuple[str, str]], at: datetime) -> int:
    """Links of appropriate bodies with delivery partners, both by name. One that was ever made is left as it is."""
    records = Records(session)
    pairs = select(OrganisationLink.appropriate_body_id, OrganisationLink.delivery_partner_id)
    made = {(body, partner) for body, partner in session.connection().execute(pairs)}
    rows = [
        LinkRow(body, partner, DECIDED_BY, at, {"note": NOTE})
        for body, partner in links
        if (records.body[body], records.partner[partner]) not in made
    ]
    return _kept(organisation_links.store(session, _entries(rows), at))


def store_places_and_pairings(session: Session, years: Sequence[int], today: date, at: datetime) -> int:
    """Who works with whom in those of `years` in which nobody has a place yet. Returns how many were added."""
    taken = set(session.connection().execute(select(LeadProviderCohort.cohort).distinct()).scalars())
    places, paired = [], []
    for year in sorted(set(years) - taken):
        back = cohort_of(today) - year
        for each in PROVIDERS:
            partners = each.partners[back]
            if partners is None:
                continue
            stopped = today if each.stopped and back == 0 else None
            places.append(PlaceRow(each.name, "", year, {"closed_on": stopped}))
            for partner in partners:
                closed = today if partner in each.closed and back == 0 else None
                paired.append(PlaceRow(each.name, partner, year, {"closed_on": closed}))
    return _kept(pairings.store_places(session, _entries(places), at)) + _kept(
        pairings.store_pairings(session, _entries(paired), at)
    )


def _named(name: str) -> dict[str, object]:
    return {"name": name, "name_key": fold(name), "active": True, "fictional": True}


def _entries(rows: Sequence[T]) -> list[Entry[T]]:
    return [Entry(number, row) for number, row in enumerate(rows, start=1)]


def _kept(stored: Stored) -> int:
    """How many records were added or changed. Raises ValueError when one was refused."""
    if stored.errors:
        raise ValueError(str(stored.errors[0]))
    return stored.added + stored.changed


def _by_name(
    session: Session, model: type[AppropriateBody] | type[LeadProvider] | type[DeliveryPartner]
) -> dict[str, str]:
    return {name: identity for identity, name in session.connection().execute(select(model.id, model.name))}
