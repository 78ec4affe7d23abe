"""People at a lead provider and at DfE, and what their pages show: beside the acceptance fixture."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.data.columns import PENDING, Model, Stamped
from app.data.ids import new_id
from app.data.models import (
    Declaration,
    Partnership,
    Statement,
    StatementLine,
)
from app.data.transaction import store
from app.services import contracts, schedules, statements
from app.services.asked import by_service
from e2e.support.site import Site
from tests.data import records
from tests.services.statements.ledger import TERMS
from tests.support import acceptance, challenging

LONG = "Persephone-Alexandrina Bartholomew-Featherington-Montague-Smythe-Larks-of-the-Upper-Wold"
DUE = {"cohort": 2024, "year": 2025, "month": 8}
BY = by_service(acceptance.ACCEPTANCE_CLOCK, "test")


@dataclass(frozen=True, slots=True)
class Offices:
    """Ids: Kim at Northstar, Asha at DfE, and one record of each kind. The deadline of `due` has passed."""

    kim: str
    asha: str
    unknown: str
    known: str
    challenged: str
    ect: str
    declaration: str
    statement: str
    due: str


def open_offices(site: Site) -> Offices:
    """Store it all."""
    return site.write(_store)


def _store(session: Session) -> Offices:
    kim = records.person(
        kind="lead_provider", name="Kim Osei", demo=True, lead_provider_id=acceptance.NORTHSTAR
    )
    asha = records.person(kind="dfe", name="Asha Begum", demo=True)
    _active, rows = challenging.confirmed(names=(LONG, "Ben Rowe"))
    unknown, known, wrong = _others()
    waiting = challenging.ect(unknown, "Cy Dunn")
    _save(session, kim, asha, *rows, unknown, known, wrong, *waiting)
    for year in (2024, 2025):
        schedules.lay_out(session, year, BY)
        statements.plan(session, acceptance.NORTHSTAR, year, BY)
    contracts.add(session, acceptance.NORTHSTAR, 2024, TERMS, BY)
    teacher, _period, training = (row.id for row in rows[2:5])  # type: ignore[attr-defined]
    declaration, statement = _declared(session, teacher, training)
    due = session.query(Statement.id).filter_by(lead_provider_id=acceptance.NORTHSTAR, **DUE).scalar()
    return Offices(kim.id, asha.id, unknown.id, known.id, wrong.id, teacher, declaration, statement, due)


def _others() -> tuple[Partnership, Partnership, Partnership]:
    """Harrow Lane asks twice, once without a delivery partner; Elm Court says that it is wrong."""
    harrow, elm = challenging.at(acceptance.HARROW_LANE), challenging.at(acceptance.ELM_COURT)
    told = {"challenged_reason": "another_provider", "challenged_at": acceptance.ACCEPTANCE_CLOCK}
    return (
        records.partnership(harrow, delivery_partner_id=None),
        records.partnership(harrow, delivery_partner_id=acceptance.BRAMBLE_PARTNER),
        records.partnership(elm, status="challenged", ever_active=True, **told),
    )


def _declared(session: Session, teacher: str, training: str) -> tuple[str, str]:
    """A declaration, and the statement that it is on."""
    statement = {"cohort": 2025, "year": 2026, "month": 1, "lead_provider_id": acceptance.NORTHSTAR}
    statement_id = session.query(Statement.id).filter_by(**statement).scalar()
    made = Declaration(
        id=new_id(),
        teacher_id=teacher,
        training_record_id=training,
        lead_provider_id=acceptance.NORTHSTAR,
        course="ecf-induction",
        declaration_type="started",
        declared_at=acceptance.ACCEPTANCE_CLOCK,
        state="eligible",
        cohort=2025,
        schedule_identifier="ecf-standard-september",
        pupil_premium_uplift=False,
        sparsity_uplift=False,
        created_at=acceptance.ACCEPTANCE_CLOCK,
    )
    line = {"statement_id": statement_id, "declaration_id": made.id, "added_at": made.created_at}
    _save(session, made, StatementLine(id=new_id(), kind="payment", state="eligible", **line))
    return made.id, statement_id


def _save(session: Session, *rows: Model) -> None:
    """Store the rows, to be stamped when the write ends."""
    for row in rows:
        if isinstance(row, Stamped):
            row.updated_at = PENDING
    store(session, *rows)
