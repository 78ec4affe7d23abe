"""The records and the events of the lives, read as the model has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data import clock, participation
from app.data.database import reading
from app.data.models import Declaration, Funding, ProviderParticipant, StatementLine, Teacher, TrainingRecord
from app.data.models import Event as EventRow
from app.data.models import Partnership as PartnershipRow
from app.data.models import Statement as StatementRow
from app.data.transaction import write
from app.services import statements as services
from tests.trials.lives_known import Declared, Event, Partnership, Statement, Training
from tests.trials.lives_model import Model


def _rows(statement: Any) -> Sequence[Any]:
    return reading().execute(statement).all()


def beginning() -> Model:
    """The model before anything happened."""
    of_statement = (StatementRow.deadline_on, StatementRow.output, StatementRow.state)
    found = _rows(select(StatementRow.id, StatementRow.lead_provider_id, StatementRow.cohort, *of_statement))
    statements = {key: Statement(*values) for key, *values in found}
    return Model(trainings(), partnerships(), statements, funding(), {})


def events() -> Iterator[Event]:
    """What happened, in order."""
    columns = (EventRow.kind, EventRow.record_id, EventRow.at, EventRow.actor_kind, EventRow.actor_id)
    # Before the lives began there was nobody at DfE.
    for *values, details in _rows(
        select(*columns, EventRow.details).where(EventRow.request_id != "test").order_by(EventRow.id)
    ):
        yield Event(*values, json.loads(details))


def trainings() -> dict[str, Training]:
    """Training under a partnership, by the record’s id."""
    record, held = TrainingRecord, (TrainingRecord.cohort, TrainingRecord.schedule_identifier)
    statement = select(
        record.id,
        record.teacher_id,
        record.participant_type,
        PartnershipRow.lead_provider_id,
        PartnershipRow.id,
        record.training_status,
        *held,
        record.withdrawn_at,
        record.deferred_at,
    ).join(PartnershipRow, PartnershipRow.id == record.partnership_id)
    courses = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
    return {
        key: Training(teacher, courses[kind], *values) for key, teacher, kind, *values in _rows(statement)
    }


def partnerships() -> dict[str, Partnership]:
    """Every partnership by its id."""
    row = PartnershipRow
    found = _rows(select(row.id, row.lead_provider_id, row.school_id, row.cohort, row.status))
    return {key: Partnership(*values) for key, *values in found}


def funding() -> dict[tuple[str, str], bool | None]:
    """What is known of somebody’s funding on a course."""
    found = _rows(select(Funding.teacher_id, Funding.course, Funding.eligible))
    return {(teacher, course): eligible for teacher, course, eligible in found}


def declared() -> dict[str, Declared]:
    """What declarations say for ever."""
    row = Declaration
    found = _rows(
        select(
            row.id,
            row.teacher_id,
            row.course,
            row.declaration_type,
            row.lead_provider_id,
            row.training_record_id,
            row.declared_at,
            row.cohort,
            row.schedule_identifier,
            row.evidence_held,
        )
    )
    return {key: Declared(*values) for key, *values in found}


def states() -> dict[str, str]:
    """The state of each declaration."""
    return dict(map(tuple, _rows(select(Declaration.id, Declaration.state))))


def statements() -> dict[str, str]:
    """The state of each statement."""
    return dict(map(tuple, _rows(select(StatementRow.id, StatementRow.state))))


def line_rows() -> Sequence[Any]:
    """Every line."""
    line = StatementLine
    return _rows(select(line.declaration_id, line.kind, line.statement_id, line.state, line.added_at))


def lines() -> dict[tuple[str, str], tuple[str, str]]:
    """The statement and the state of each line, by declaration and kind."""
    return {(row.declaration_id, row.kind): (row.statement_id, row.state) for row in line_rows()}


def shown() -> list[str]:
    """What lead providers see of people, but for when it changed."""
    columns = [each for each in ProviderParticipant.__table__.c if each.name != "updated_at"]
    return sorted(map(repr, _rows(select(*columns))))


def shown_again() -> list[str]:
    """The same, worked out anew for everybody."""
    now = clock.true_now()

    def work(session: Session) -> None:
        everybody = list(session.execute(select(Teacher.id)).scalars())
        participation.refresh(session.connection(), everybody, now)

    write(work)
    return shown()


def paid_totals() -> dict[str, int]:
    """What was paid, in pence before VAT, by statement."""
    found = select(StatementRow.id, StatementRow.total_pence).where(StatementRow.state == "paid")
    return dict(map(tuple, _rows(found)))


def figured_totals() -> dict[str, int]:
    """What the same statements come to now."""
    return {key: services.figures(key).pence().total for key in paid_totals()}
