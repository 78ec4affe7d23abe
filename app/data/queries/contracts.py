"""Contract versions, as the rules of payments read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from app.data.database import reading
from app.data.models import Contract, ContractBand
from app.domain import payments


@dataclass(frozen=True, slots=True)
class ContractDetails:
    """One version of what a lead provider is paid for a cohort. `created_by` is None when it was imported."""

    id: str
    lead_provider_id: str
    cohort: int
    version: int
    created_at: datetime
    created_by: str | None
    terms: payments.Contract


_CONTRACTS: Select[*tuple[Any, ...]] = select(*Contract.__table__.c)
_OF_PLACE = _CONTRACTS.where(
    Contract.lead_provider_id == bindparam("lead_provider_id"), Contract.cohort == bindparam("cohort")
).order_by(Contract.version.desc())
_LATEST = _OF_PLACE.limit(1)
_AMONG = _CONTRACTS.where(Contract.id.in_(bindparam("ids", expanding=True)))
_BY_ID = _CONTRACTS.where(Contract.id == bindparam("id"))
_BANDS: Select[*tuple[Any, ...]] = (
    select(*ContractBand.__table__.c)
    .where(ContractBand.contract_id.in_(bindparam("ids", expanding=True)))
    .order_by(ContractBand.contract_id, ContractBand.letter)
)


def latest(lead_provider_id: str, cohort: int) -> ContractDetails | None:
    """The newest version of a lead provider’s contract in a cohort."""
    return _one(_LATEST, {"lead_provider_id": lead_provider_id, "cohort": cohort})


def by_id(contract_id: str) -> ContractDetails | None:
    """The version with this id."""
    return _one(_BY_ID, {"id": contract_id})


def by_ids(contract_ids: Collection[str]) -> Mapping[str, ContractDetails]:
    """These versions, by id."""
    found = _with_bands(reading().execute(_AMONG, {"ids": list(contract_ids)}).all())
    return {each.id: each for each in found}


def versions(lead_provider_id: str, cohort: int) -> tuple[ContractDetails, ...]:
    """Every version, newest first, whole: few by nature."""
    found = reading().execute(_OF_PLACE, {"lead_provider_id": lead_provider_id, "cohort": cohort})
    return _with_bands(found.all())


def _one(statement: Select[*tuple[Any, ...]], values: dict[str, object]) -> ContractDetails | None:
    found = _with_bands(reading().execute(statement, values).all())
    return found[0] if found else None


def _with_bands(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[ContractDetails, ...]:
    contracts = list(rows)
    bands: dict[str, list[payments.Band]] = defaultdict(list)
    for row in reading().execute(_BANDS, {"ids": [contract.id for contract in contracts]}):
        bands[row.contract_id].append(
            payments.Band(
                row.letter, row.min, row.max, row.price_pence, row.output_percent, row.service_percent
            )
        )
    return tuple(_details(contract, tuple(bands[contract.id])) for contract in contracts)


def _details(row: Row[*tuple[Any, ...]], bands: tuple[payments.Band, ...]) -> ContractDetails:
    terms = payments.Contract(
        bands=bands,
        recruitment_target=row.recruitment_target,
        set_up_fee_pence=row.set_up_fee_pence,
        monthly_service_fee_pence=row.monthly_service_fee_pence,
        uplift_pence=row.uplift_pence,
        vat=row.vat,
        mentor_price_pence=row.mentor_price_pence,
    )
    return ContractDetails(
        row.id, row.lead_provider_id, row.cohort, row.version, row.created_at, row.created_by, terms
    )
