"""Contracts: DfE agrees a new version with a lead provider. None is ever changed. (Schedules and money, Money.)"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Cohort, Contract, ContractBand, LeadProviderCohort
from app.data.queries import contracts
from app.data.queries.events import record
from app.data.transaction import store, violated
from app.domain import payments
from app.domain.contracts import check
from app.services.asked import Asked

_ONE_PER_VERSION = "ix_contracts_lead_provider_id_cohort_version"


class Conflict(Exception):
    """Somebody else added a version at the same moment: nothing was stored."""


def add(session: Session, lead_provider_id: str, cohort: int, terms: payments.Contract, asked: Asked) -> str:
    """Add the next version of a contract, and return its id.

    Statements that aren’t payable yet go by it from now on; the others keep theirs. Raises Refused as
    `domain.contracts.check` does, Conflict when somebody else added one at the same moment.
    """
    mentor_funding = _mentor_funding(session, lead_provider_id, cohort)
    check(terms, cohort, has_place=mentor_funding is not None, mentor_funding=bool(mentor_funding))
    latest = contracts.latest(lead_provider_id, cohort)
    row = _row(lead_provider_id, cohort, 1 if latest is None else latest.version + 1, terms, asked)
    try:
        store(session, row)
    except IntegrityError as error:
        if violated(error) == _ONE_PER_VERSION:
            raise Conflict from error
        raise
    store(session, *_bands(row.id, terms))
    record(
        session,
        at=asked.now,
        kind="contract.added",
        actor=asked.actor,
        record_kind="contract",
        record_id=row.id,
        request_id=asked.request_id,
        lead_provider_id=lead_provider_id,
        details={"cohort": cohort, "version": row.version},
    )
    return row.id


def _mentor_funding(session: Session, lead_provider_id: str, cohort: int) -> bool | None:
    """Whether the cohort has mentor funding; None when the lead provider has no place in it."""
    place = (LeadProviderCohort.lead_provider_id == lead_provider_id, LeadProviderCohort.cohort == cohort)
    statement = select(Cohort.mentor_funding).join(
        LeadProviderCohort, LeadProviderCohort.cohort == Cohort.start_year
    )
    return session.execute(statement.where(*place)).scalar()


def _row(
    lead_provider_id: str, cohort: int, version: int, terms: payments.Contract, asked: Asked
) -> Contract:
    return Contract(
        id=new_id(),
        lead_provider_id=lead_provider_id,
        cohort=cohort,
        version=version,
        recruitment_target=terms.recruitment_target,
        set_up_fee_pence=terms.set_up_fee_pence,
        monthly_service_fee_pence=terms.monthly_service_fee_pence,
        uplift_pence=terms.uplift_pence,
        vat=terms.vat,
        mentor_price_pence=terms.mentor_price_pence,
        created_at=asked.now,
        created_by=asked.actor.id if asked.actor.kind == "dfe" else None,
    )


def _bands(contract_id: str, terms: payments.Contract) -> list[ContractBand]:
    return [
        ContractBand(
            contract_id=contract_id,
            letter=band.letter,
            min=band.min,
            max=band.max,
            price_pence=band.price_pence,
            output_percent=band.output_percent,
            service_percent=band.service_percent,
        )
        for band in terms.bands
    ]
