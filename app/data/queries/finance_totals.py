"""What several statements come to, counted together: for a list, where each by itself would be a select of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.data.database import reading
from app.data.models import Adjustment, Contract, Declaration, Statement, StatementLine
from app.data.queries.statements import BILLED, REFUNDED, UPLIFTED, tally
from app.domain import statements as rules
from app.domain.payments import Counts
from app.domain.schedules import Course, DeclarationType

Rows = Select[*tuple[Any, ...]]
_OTHER: Any = aliased(Statement)
_AMONG: Any = bindparam("ids", expanding=True)
_ADJUSTMENTS: Rows = (
    select(Adjustment.statement_id, Adjustment.name, Adjustment.amount_pence)
    .where(Adjustment.statement_id.in_(_AMONG), Adjustment.removed_at.is_(None))
    .order_by(Adjustment.added_at, Adjustment.id)
)
_LATEST = (
    select(Contract.id)
    .where(Contract.lead_provider_id == Statement.lead_provider_id, Contract.cohort == Statement.cohort)
    .order_by(Contract.version.desc())
    .limit(1)
    .scalar_subquery()
)
_CONTRACTS: Rows = select(Statement.id, func.coalesce(Statement.contract_id, _LATEST)).where(
    Statement.id.in_(_AMONG)
)

_HERE = _OTHER.id == Statement.id
_EARLIER = _OTHER.pays_on < Statement.pays_on

_COUNTS: Rows = (
    select(
        Statement.id,
        Declaration.course,
        Declaration.declaration_type,
        tally(_EARLIER, BILLED) - tally(_EARLIER, REFUNDED),
        tally(_HERE, BILLED),
        tally(_HERE, REFUNDED),
        tally(_HERE, BILLED, UPLIFTED),
        tally(_HERE, REFUNDED, UPLIFTED),
    )
    .select_from(Statement)
    .join(
        _OTHER,
        and_(
            _OTHER.lead_provider_id == Statement.lead_provider_id,
            _OTHER.cohort == Statement.cohort,
            or_(_HERE, _EARLIER),
        ),
    )
    .join(StatementLine, StatementLine.statement_id == _OTHER.id)
    .join(Declaration, Declaration.id == StatementLine.declaration_id)
    .where(Statement.id.in_(_AMONG))
    .group_by(Statement.id, Declaration.course, Declaration.declaration_type)
    .order_by(Statement.id, Declaration.course, Declaration.declaration_type)
)


def counts_of(statement_ids: Collection[str]) -> Mapping[str, tuple[Counts, ...]]:
    """As `queries.statements.counts` does for one that isn’t paid: the lines that bear on each of these statements."""
    found: dict[str, list[Counts]] = defaultdict(list)
    for row in reading().execute(_COUNTS, {"ids": list(statement_ids)}):
        found[row[0]].append(Counts(Course(row[1]), DeclarationType(row[2]), *row[3:]))
    return {key: tuple(counts) for key, counts in found.items()}


def adjustments_of(statement_ids: Collection[str]) -> Mapping[str, list[rules.Adjustment]]:
    """The adjustments that count on each of these statements."""
    found: dict[str, list[rules.Adjustment]] = defaultdict(list)
    for statement_id, name, pence in reading().execute(_ADJUSTMENTS, {"ids": list(statement_ids)}):
        found[statement_id].append(rules.Adjustment(name, pence))
    return found


def contracts_of(statement_ids: Collection[str]) -> Mapping[str, str]:
    """The id of the contract version that each of these statements goes by: its own, else the latest one."""
    rows = reading().execute(_CONTRACTS, {"ids": list(statement_ids)})
    return {statement_id: contract_id for statement_id, contract_id in rows if contract_id is not None}
