"""Declarations a lead provider sees (Provider API, “Declarations”): its own, and others' live ones for its people.

A declaration of another comes into sight with its person, and counts as changed then, and whenever the person does. It
goes out of sight when their training with the caller is over: what follows is between them and whoever trains them now.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    or_,
    select,
)

from app.data.columns import UTCDateTime
from app.data.models import (
    Contract,
    Declaration,
    LeadProvider,
    ProviderParticipant,
    SharedDeclaration,
    Statement,
    StatementLine,
    TrainingRecord,
)
from app.data.queries.api.paging import Conditions, Listing, Sources, among, fixed, since, when_given
from app.data.queries.api.wanted import Wanted
from app.domain.declarations import LIVE


class DeclarationRow(NamedTuple):
    """A declaration. `statement_id` is the statement that pays it, None once that line is voided.

    `uplift_paid` while it is paid, its statement's contract has an uplift, and it is a started one with a flag.
    Another provider's statements, and the mentor it knows of, are its own business: of its declarations they are None.
    """

    id: str
    participant_id: str
    declaration_type: str
    declaration_date: datetime
    course_identifier: str
    state: str
    delivery_partner_id: str | None
    mentor_id: str | None
    statement_id: str | None
    clawback_statement_id: str | None
    ineligible_for_funding_reason: str | None
    uplift_paid: bool
    evidence_held: str | None
    lead_provider_name: str
    created_at: datetime
    updated_at: datetime


_NOTHING: Any = fixed(0)
_CALLER: Any = bindparam("lead_provider_id")
_TRAINS_NOW = exists().where(
    TrainingRecord.id.in_((ProviderParticipant.ect_record_id, ProviderParticipant.mentor_record_id)),
    or_(
        TrainingRecord.finished_on.is_(None),
        TrainingRecord.finished_on >= bindparam("today", type_=Date()),
    ),
)
# A page is found by keys alone: an index has them. `person_changed_at` is of others' declarations only.
_OWN = select(
    Declaration.id, Declaration.created_at, cast(None, UTCDateTime()).label("person_changed_at")
).where(Declaration.lead_provider_id == _CALLER)
_OTHERS = (
    select(
        SharedDeclaration.declaration_id.label("id"),
        SharedDeclaration.created_at,
        ProviderParticipant.updated_at.label("person_changed_at"),
    )
    .join(Declaration, Declaration.id == SharedDeclaration.declaration_id)
    .join(
        ProviderParticipant,
        and_(
            ProviderParticipant.lead_provider_id == _CALLER,
            ProviderParticipant.teacher_id == Declaration.teacher_id,
        ),
    )
    .where(
        SharedDeclaration.lead_provider_id == _CALLER,
        ProviderParticipant.visible,
        Declaration.state.in_([fixed(state) for state in sorted(LIVE)]),
        _TRAINS_NOW,
    )
)


# Those whose person has changed, and those others that have changed themselves: each is found by an index, whereas
# the later of two moments could only be looked for in all of them.
_PERSON_CHANGED = ProviderParticipant.updated_at >= since()
_ITSELF_CHANGED = and_(ProviderParticipant.updated_at < since(), Declaration.updated_at >= since())


def _others(given: Collection[str]) -> Sources:
    if "updated_since" not in given:
        return ((_OTHERS, _conditions(None)),)
    return tuple((_OTHERS, _conditions(changed)) for changed in (_PERSON_CHANGED, _ITSELF_CHANGED))


def _conditions(changed: ColumnElement[bool] | None) -> Conditions:
    asked = {"updated_since": changed} if changed is not None else {}
    return when_given(
        {
            **asked,
            "cohorts": Declaration.cohort.in_(among("cohorts")),
            "participant_ids": Declaration.teacher_id.in_(among("participant_ids")),
            "delivery_partner_ids": Declaration.delivery_partner_id.in_(among("delivery_partner_ids")),
        }
    )


def _line_of(kind: str) -> tuple[ColumnElement[bool], ...]:
    return StatementLine.declaration_id == Declaration.id, StatementLine.kind == fixed(kind)


_PAYMENT = select(StatementLine.statement_id).where(
    *_line_of("payment"), StatementLine.state != fixed("voided")
)
_CLAWBACK = select(StatementLine.statement_id).where(*_line_of("clawback"))
_HAS_UPLIFT = (
    _PAYMENT.join(Statement, Statement.id == StatementLine.statement_id)
    .join(Contract, Contract.id == Statement.contract_id)
    .where(Contract.uplift_pence > _NOTHING)
    .exists()
)
_UPLIFT_PAID = and_(
    Declaration.state == fixed("paid"),
    Declaration.declaration_type == fixed("started"),
    or_(Declaration.pupil_premium_uplift, Declaration.sparsity_uplift),
    _HAS_UPLIFT,
)


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    own = Declaration.lead_provider_id == _CALLER
    person_later = page.c.person_changed_at > Declaration.updated_at
    return (
        select(
            page.c.id,
            Declaration.teacher_id,
            Declaration.declaration_type,
            Declaration.declared_at,
            Declaration.course,
            Declaration.state,
            Declaration.delivery_partner_id,
            case((own, Declaration.mentor_id)),
            case((own, _PAYMENT.scalar_subquery())),
            case((own, _CLAWBACK.scalar_subquery())),
            case((Declaration.state == fixed("ineligible"), Declaration.ineligible_reason)),
            _UPLIFT_PAID,
            Declaration.evidence_held,
            LeadProvider.name,
            page.c.created_at,
            case((person_later, page.c.person_changed_at), else_=Declaration.updated_at),
        )
        .select_from(page)
        .join(Declaration, Declaration.id == page.c.id)
        .join(LeadProvider, LeadProvider.id == Declaration.lead_provider_id)
    )


_LISTING = Listing(
    _OWN,
    _shown,
    conditions=_conditions(Declaration.updated_at >= since()),
    more=_others,
    sortable=False,
)


def listed(lead_provider_id: str, wanted: Wanted, today: date) -> list[DeclarationRow]:
    """A page of the declarations that the caller sees on the London day `today`, by when they were made.

    Filters: `cohorts`, `participant_ids`, `delivery_partner_ids`, `updated_since`.
    """
    return list(map(DeclarationRow._make, _LISTING.page(lead_provider_id, wanted, today=today)))


def one(lead_provider_id: str, id: str, today: date) -> DeclarationRow | None:
    """The declaration with this id, if the caller made it, or another did for somebody now with the caller."""
    return next((DeclarationRow(*row) for row in _LISTING.one(lead_provider_id, id, today=today)), None)
