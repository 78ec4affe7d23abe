"""Versions of a contract: checked when they are added, and never changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.data.database import reading
from app.data.models import Contract
from app.data.queries import contracts as found
from app.data.transaction import write
from app.domain import payments
from app.domain.refusals import Refused
from app.services import contracts
from tests.services.statements.ledger import COHORT, IN_JANUARY, TERMS, Ledger, agree, events


def test_a_version_is_read_back_as_it_was_agreed(ledger: Ledger) -> None:
    terms = replace(TERMS, monthly_service_fee_pence=None, vat=False)
    asked = ledger.by(ledger.asker)
    made = write(lambda session: contracts.add(session, ledger.provider, COHORT, terms, asked))
    contract = found.latest(ledger.provider, COHORT)
    assert contract is not None
    assert (contract.id, contract.version, contract.terms) == (made, 2, terms)
    assert (contract.created_by, contract.created_at) == (ledger.asker, IN_JANUARY)
    assert found.by_id(made) == contract
    first = found.versions(ledger.provider, COHORT)[1]
    assert (first.version, first.terms, first.created_by) == (1, TERMS, None)
    assert events("contract.added") == 2


def test_a_cohort_with_mentor_funding_needs_the_price_of_a_mentor_and_others_have_none(
    ledger: Ledger,
) -> None:
    with pytest.raises(Refused, match="mentor_price_missing"):
        agree(ledger, TERMS, 2025)
    priced = replace(TERMS, mentor_price_pence=1_000_00)
    with pytest.raises(Refused, match="mentor_price_unused"):
        agree(ledger, priced)
    agree(ledger, priced, 2025)
    contract = found.latest(ledger.provider, 2025)
    assert contract is not None
    assert (contract.version, contract.terms.mentor_price_pence) == (1, 1_000_00)


def test_a_lead_provider_without_a_place_has_no_contract(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="no_place"):
        agree(ledger, TERMS, 2023)
    assert found.latest(ledger.provider, 2023) is None


def test_bands_with_a_gap_are_refused_and_nothing_is_stored(ledger: Ledger) -> None:
    gap = (payments.Band("A", 1, 2, 400_00), payments.Band("B", 4, 5, 300_00))
    with pytest.raises(Refused, match="bands_apart"):
        agree(ledger, replace(TERMS, bands=gap))
    assert len(reading().execute(select(Contract.id)).all()) == 1


def test_a_version_that_was_overtaken_is_a_conflict(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.data.queries.contracts.latest", lambda *_place: None)
    with pytest.raises(contracts.Conflict):
        agree(ledger, TERMS)
