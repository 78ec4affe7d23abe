"""What a registration must come to, worked out from the answers heard: from the school journey, not from the code.

The records are read here by plain selects, so that nothing of the application’s own reading is believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from app.data.database import db
from app.data.models import (
    DeliveryPartner,
    EctPeriod,
    LeadProviderCohort,
    OrganisationLink,
    Pairing,
    Partnership,
    SchoolChoice,
    Teacher,
    TrainingRecord,
)

LIVE = ("proposed", "active")
JUNE_2026 = date(2026, 6, 1)

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Training:
    """Body, programme, lead provider, delivery partner and cohort; no delivery partner: to be confirmed."""

    body: str
    programme: str
    lead_provider: str | None
    partner: str | None
    cohort: int


@dataclass(frozen=True, slots=True)
class Records:
    """What a registration rests on, as the tables have it now."""

    names: Mapping[str, str]
    places: frozenset[tuple[str, int]]
    pairings: frozenset[tuple[str, str, int]]
    links: frozenset[tuple[str, str]]
    live: tuple[tuple[str, str, str | None, int, datetime], ...]
    chosen: Mapping[str, tuple[str, str, str | None, str | None]]
    trained: Mapping[str, int]

    def eligible(self, provider: str | None, cohort: int) -> set[str]:
        """The partners of open pairings."""
        return {partner for lead, partner, year in self.pairings if (lead, year) == (provider, cohort)}

    def linked(self, body: str, provider: str | None, cohort: int) -> str | None:
        """The one eligible partner that is the body’s own organisation, when there is exactly one."""
        found = {dp for ab, dp in self.links if ab == body} & self.eligible(provider, cohort)
        return found.pop() if len(found) == 1 else None

    def named(self, typed: str, among: set[str]) -> str | None:
        """The partner with the name typed, whatever its case."""
        wanted = typed.casefold()
        return next((partner for partner in among if self.names[partner].casefold() == wanted), None)


def records(today: date) -> Records:
    """Read everything."""
    rows = db.session.execute
    places = frozenset(
        (row.lead_provider_id, row.cohort)
        for row in rows(select(LeadProviderCohort)).scalars()
        if row.closed_on is None or row.closed_on > today
    )
    return Records(
        names={row.id: row.name for row in rows(select(DeliveryPartner)).scalars()},
        places=places,
        pairings=frozenset(
            (row.lead_provider_id, row.delivery_partner_id, row.cohort)
            for row in rows(select(Pairing)).scalars()
            if (row.closed_on is None or row.closed_on > today)
            and (row.lead_provider_id, row.cohort) in places
        ),
        links=frozenset(
            (row.appropriate_body_id, row.delivery_partner_id)
            for row in rows(select(OrganisationLink)).scalars()
            if row.ended_at is None
        ),
        live=tuple(
            (row.school_id, row.lead_provider_id, row.delivery_partner_id, row.cohort, _begun(row))
            for row in rows(select(Partnership)).scalars()
            if row.status in LIVE
        ),
        chosen={
            row.school_id: (
                row.appropriate_body_id,
                row.programme,
                row.lead_provider_id,
                row.delivery_partner_id,
            )
            for row in rows(select(SchoolChoice)).scalars()
        },
        trained=_trained(),
    )


def _begun(row: Partnership) -> datetime:
    return row.proposed_at or row.confirmed_at or datetime.now(UTC)


def _trained() -> dict[str, int]:
    """The cohort of each teacher’s latest provider-led training, by TRN."""
    found = db.session.execute(
        select(Teacher.trn, TrainingRecord.cohort)
        .join(EctPeriod, EctPeriod.id == TrainingRecord.ect_period_id)
        .join(Teacher, Teacher.id == EctPeriod.teacher_id)
        .where(TrainingRecord.programme == "provider_led")
        .order_by(EctPeriod.started_on, EctPeriod.id)
    ).all()
    return {row[0]: row[1] for row in found}


def expected(values: Values, school: str, kept: Records) -> Training | None:
    """The training that these answers come to; None for a round that has nothing to store."""
    trn = values.get("record_trn") or values["trn"]
    by_date = 2026 if date.fromisoformat(values["start_date"]) >= JUNE_2026 else 2025
    cohort = kept.trained.get(trn, by_date)
    if values.get("previous_choices") == "yes":
        return Training(*kept.chosen[school], cohort)
    body = values["appropriate_body"]
    if "training_provider" in values:
        return _round_1(values, body, cohort, kept)
    if values.get("programme") == "school_led":
        return Training(body, "school_led", None, None, cohort)
    if "lead_provider" not in values:
        return None
    provider = values["lead_provider"]
    if "programme" not in values:
        return _round_2(values, body, cohort, kept)
    partner = _partner(values, body, provider, cohort, school, kept)
    return Training(body, "provider_led", provider, partner, cohort)


def _partner(values: Values, body: str, provider: str, cohort: int, school: str, kept: Records) -> str | None:
    if values.get("existing_partner") == "yes":
        return existing(values, provider, cohort, school, kept)
    if values.get("same_organisation") == "yes":
        return kept.linked(body, provider, cohort)
    said = values.get("named_partner") or values.get("delivery_partner")
    return None if said in (None, "not_listed", "unknown") else said


def existing(values: Values, provider: str, cohort: int, school: str, kept: Records) -> str | None:
    """The partner of the one live partnership with the provider that was there when the teacher was looked up."""
    looked_up = datetime.fromisoformat(values["record_checked_at"])
    there = [
        partner
        for at, lead, partner, year, begun in kept.live
        if (at, lead, year) == (school, provider, cohort) and begun <= looked_up
    ]
    return there[0] if len(there) == 1 else None


def refused(values: Values, school: str, wanted: Training, kept: Records) -> set[str | None]:
    """The partners that these answers said no to by name."""
    lead, no = wanted.lead_provider or "", set[str | None]()
    if values.get("existing_partner") == "no":
        no.add(existing(values, lead, wanted.cohort, school, kept))
    if values.get("same_organisation") == "no" and "delivery_partner_name" not in values:
        no.add(kept.linked(wanted.body, lead, wanted.cohort))
    return no


def _round_1(values: Values, body: str, cohort: int, kept: Records) -> Training | None:
    partner = kept.named(values["training_provider"], set(kept.names))
    leads = {lead for lead, dp, year in kept.pairings if (dp, year) == (partner, cohort)}
    return Training(body, "provider_led", leads.pop(), partner, cohort) if len(leads) == 1 else None


def _round_2(values: Values, body: str, cohort: int, kept: Records) -> Training | None:
    provider = values["lead_provider"]
    if values.get("same_organisation") == "yes":
        partner = kept.linked(body, provider, cohort)
    else:
        partner = kept.named(values.get("delivery_partner_name", ""), kept.eligible(provider, cohort))
    return Training(body, "provider_led", provider, partner, cohort) if partner else None
