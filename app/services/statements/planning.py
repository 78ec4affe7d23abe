"""Making a lead provider’s statements of a cohort, by rule. A published list comes in by `services.importing`."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Statement
from app.domain.statements import State, StatementPlan, planned
from app.services.asked import Asked
from app.services.statements.telling import say_each


def plan(session: Session, lead_provider_id: str, cohort: int, asked: Asked) -> int:
    """Make the statements that a lead provider hasn’t got yet in a cohort. Returns how many.

    Those that are there stay as they are, whatever their dates. Raises IntegrityError without a place in the cohort,
    or when somebody made one at the same moment.
    """
    there = session.execute(
        select(Statement.year, Statement.month).where(
            Statement.lead_provider_id == lead_provider_id, Statement.cohort == cohort
        )
    )
    made = {(year, month) for year, month in there}
    rows = [
        {"id": new_id(), "lead_provider_id": lead_provider_id, "created_at": asked.now, **columns(each)}
        for each in planned(cohort)
        if (each.year, each.month) not in made
    ]
    if rows:
        session.connection().execute(insert(Statement), rows)
        ids = [str(row["id"]) for row in rows]
        say_each(session, "statement.planned", ids, lead_provider_id, asked, {"cohort": cohort})
    return len(rows)


def columns(each: StatementPlan) -> dict[str, object]:
    """What a plan fills in of a new statement, by column."""
    return {
        "cohort": each.cohort,
        "year": each.year,
        "month": each.month,
        "deadline_on": each.deadline_on,
        "pays_on": each.pays_on,
        "output": each.output,
        "state": State.OPEN,
    }
