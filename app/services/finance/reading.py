"""What finance reads: a statement with all that it is made of, and what the statements of a list come to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.data.ids import known_form
from app.data.queries import contracts, finance_declarations, finance_totals, statements
from app.data.queries.contracts import ContractDetails
from app.data.queries.statements import AdjustmentDetails, RequestDetails, StatementDetails
from app.domain import payments
from app.domain import statements as rules
from app.domain.payments import Counts, Figures
from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType
from app.domain.statements import State, past_deadline


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with what it comes to. Without a contract there are no `figures`. `names` are people’s, by id."""

    statement: StatementDetails
    contract: ContractDetails | None
    figures: Figures | None
    counts: tuple[Counts, ...]
    adjustments: tuple[AdjustmentDetails, ...]
    requests: tuple[RequestDetails, ...]
    names: Mapping[str, str]

    @property
    def standing(self) -> RequestDetails | None:
        """The request that wasn’t withdrawn."""
        return next((each for each in self.requests if each.withdrawn_at is None), None)

    @property
    def started(self) -> Counts:
        """The billable started declarations that uplifts are counted among, all courses of the bands together."""
        flat = self.contract is not None and self.contract.terms.mentor_price_pence is not None
        rows = [
            each
            for each in self.counts
            if each.declaration_type is DeclarationType.STARTED
            and not (flat and each.course is Course.ECF_MENTOR)
        ]
        return Counts(
            Course.ECF_INDUCTION,
            DeclarationType.STARTED,
            now=sum(each.now for each in rows),
            uplifts=sum(each.uplifts for each in rows),
            uplifts_refunded=sum(each.uplifts_refunded for each in rows),
        )

    def check_request(self, today: date) -> None:
        """Whether somebody may ask for its payment now. Raises Refused as `domain.statements.check_request` does."""
        found = self.statement
        rules.check_request(State(found.state), found.deadline_on, today, self.standing is not None)

    def check_withdrawal(self) -> None:
        """Whether there is a request to take back. Raises Refused: `already_paid`, `not_requested`."""
        if self.statement.state == State.PAID:
            raise Refused("already_paid")
        if self.standing is None:
            raise Refused("not_requested")

    def check_authorisation(self, today: date, person_id: str) -> Figures:
        """What this person would pay. Raises Refused as `services.statements.authorise` does."""
        found, standing = self.statement, self.standing
        asker = None if standing is None else standing.requested_by
        rules.check_authorisation(State(found.state), found.deadline_on, today, asker, person_id)
        if self.figures is None:
            raise Refused("no_contract")
        return self.figures


def statement(statement_id: str) -> StatementView | None:
    """The statement with this id, in a number of selects that doesn’t depend on how much is on it."""
    found = statements.by_id(statement_id) if known_form(statement_id) else None
    if found is None:
        return None
    contract = _contract(found)
    counts = statements.counts(found)
    adjustments = statements.adjustments(found.id)
    requests = statements.requests(found.id)
    named = [rules.Adjustment(each.name, each.amount_pence) for each in adjustments]
    figures = None if contract is None else payments.figures(contract.terms, counts, named)
    people = {each for row in requests for each in (row.requested_by, row.authorised_by) if each}
    names = finance_declarations.names(people)
    return StatementView(found, contract, figures, counts, adjustments, requests, names)


def totals(found: Sequence[StatementDetails], today: date) -> Mapping[str, int]:
    """What statements come to in pence with VAT, by id: the paid ones, and those whose deadline has passed.

    The others still change every day, and are left out; so are those without a contract. The number of selects
    doesn’t depend on how many they are.
    """
    paid = {
        each.id: each.total_pence + each.vat_pence
        for each in found
        if each.total_pence is not None and each.vat_pence is not None
    }
    due = [each.id for each in found if each.id not in paid and past_deadline(each.deadline_on, today)]
    if not due:
        return paid
    of_statement = finance_totals.contracts_of(due)
    terms = contracts.by_ids(set(of_statement.values()))
    counts, named = finance_totals.counts_of(due), finance_totals.adjustments_of(due)
    for key, contract_id in of_statement.items():
        figures = payments.figures(terms[contract_id].terms, counts.get(key, ()), named.get(key, ()))
        paid[key] = figures.pence().total_with_vat
    return paid


def adjustments_seen(statement_id: str) -> str:
    """A text that is another one as soon as a statement’s adjustments are others."""
    ids = ",".join(each.id for each in statements.adjustments(statement_id))
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def funding_seen(teacher_id: str, course: Course) -> str:
    """A text that is another one as soon as somebody’s funding on a course is decided otherwise, or again."""
    found = finance_declarations.funding_of(teacher_id).get(course)
    return "never" if found is None else hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _contract(found: StatementDetails) -> ContractDetails | None:
    """The version that a statement goes by: its own, else the latest."""
    if found.contract_id is not None:
        return contracts.by_id(found.contract_id)
    return contracts.latest(found.lead_provider_id, found.cohort)
