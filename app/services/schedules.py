"""Making the schedules of a cohort by rule, where no published list has them. (Schedules and money, Schedules.)"""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.data.models import Milestone, Schedule
from app.data.queries.events import record
from app.domain import schedules
from app.domain.schedules import IDENTIFIERS
from app.services.asked import Asked


def lay_out(session: Session, cohort: int, asked: Asked) -> int:
    """Make the schedules that a cohort hasn’t got yet, with their milestones. Returns how many.

    Those that are there stay as they are, whatever their dates. Raises IntegrityError without such a cohort, or when
    somebody made one at the same moment.
    """
    there = set(session.execute(select(Schedule.identifier).where(Schedule.cohort == cohort)).scalars())
    planned = {each: schedules.milestones(cohort, each) for each in IDENTIFIERS if each not in there}
    made = {identifier: milestones for identifier, milestones in planned.items() if milestones}
    if not made:
        return 0
    connection = session.connection()
    connection.execute(insert(Schedule), [{"cohort": cohort, "identifier": each} for each in made])
    rows = [columns(cohort, identifier, each) for identifier, found in made.items() for each in found]
    connection.execute(insert(Milestone), rows)
    record(
        session,
        at=asked.now,
        kind="schedules.laid_out",
        actor=asked.actor,
        record_kind="cohort",
        record_id=str(cohort),
        request_id=asked.request_id,
        details={"schedules": len(made), "milestones": len(rows)},
    )
    return len(made)


def columns(cohort: int, identifier: str, milestone: schedules.Milestone) -> dict[str, object]:
    """A milestone by column."""
    return {
        "cohort": cohort,
        "identifier": identifier,
        "declaration_type": str(milestone.declaration_type),
        "starts_on": milestone.starts_on,
        "ends_on": milestone.ends_on,
        "pays_on": milestone.pays_on,
    }
