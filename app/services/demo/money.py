"""What lead providers are paid by in a demonstration: schedules, contracts and statements, by rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Cohort, LeadProvider, LeadProviderCohort
from app.data.queries import contracts as found
from app.domain.cohorts import FIRST_MONTH
from app.domain.payments import BAND_LETTERS, Band, Contract, usual_uplift
from app.services import contracts, schedules, statements
from app.services.asked import Asked, by_service

PRICES_PENCE = (995_00, 979_00, 966_00, 950_00)
MENTOR_PRICE_PENCE = 1_000_00
SET_UP_SHARE_PENCE = 24_94
"""Of the set-up fee, for each participant the contract is for."""

FEW = 40
"""Participants that a contract of the small demonstration is for, so that its declarations fill more than one band."""


def terms(cohort: int, mentor_funding: bool, participants: int, *, vat: bool) -> Contract:
    """A contract for so many participants: four bands, each for a quarter of them."""
    quarter = max(1, participants // 4)
    bands = tuple(
        Band(letter, number * quarter + 1, (number + 1) * quarter, price)
        for number, (letter, price) in enumerate(zip(BAND_LETTERS, PRICES_PENCE, strict=True))
    )
    return Contract(
        bands=bands,
        recruitment_target=3 * quarter,
        set_up_fee_pence=SET_UP_SHARE_PENCE * participants,
        monthly_service_fee_pence=None,
        uplift_pence=usual_uplift(cohort),
        vat=vat,
        mentor_price_pence=MENTOR_PRICE_PENCE if mentor_funding else None,
    )


def set_up(session: Session, years: Sequence[int], now: datetime) -> int:
    """Schedules, contracts and statements of these cohorts that aren’t there yet. Returns how many were made."""
    made = 0
    for year in years:
        asked = by_service(min(datetime(year, FIRST_MONTH, 1, 9, tzinfo=UTC), now - _BEFORE), new_id())
        made += schedules.lay_out(session, year, asked)
        made += sum(_agree(session, *place, year, asked) for place in _places(session, year))
    return made


_BEFORE = timedelta(days=30)


def _places(session: Session, year: int) -> list[tuple[str, bool, bool]]:
    """The lead providers of a cohort, if they charge VAT (every other one does), and if mentors are paid for."""
    statement = (
        select(LeadProvider.id, Cohort.mentor_funding)
        .join(LeadProviderCohort, LeadProviderCohort.lead_provider_id == LeadProvider.id)
        .join(Cohort, Cohort.start_year == LeadProviderCohort.cohort)
        .where(Cohort.start_year == year)
        .order_by(LeadProvider.name_key, LeadProvider.id)
    )
    rows = session.execute(statement).all()
    return [(row.id, number % 2 == 0, row.mentor_funding) for number, row in enumerate(rows)]


def _agree(
    session: Session, lead_provider_id: str, vat: bool, mentor_funding: bool, year: int, asked: Asked
) -> int:
    made = statements.plan(session, lead_provider_id, year, asked)
    if found.latest(lead_provider_id, year) is None:
        agreed = terms(year, mentor_funding, FEW, vat=vat)
        contracts.add(session, lead_provider_id, year, agreed, asked)
        made += 1
    return made
