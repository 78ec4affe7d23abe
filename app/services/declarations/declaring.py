"""A lead provider declares. (Provider API, “Declarations”, the POST checks and “After acceptance”.)"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.data.clock import london_date
from app.data.ids import known_form, new_id
from app.data.models import Declaration
from app.data.queries import enrolments, schedules
from app.data.queries.enrolments import Enrolment, Live
from app.data.transaction import store
from app.domain.declarations import State, initial_state
from app.domain.declaring import Attempt, Facts, Training, evidence_to_store, refusals
from app.domain.refusals import RefusedTogether
from app.domain.schedules import Course
from app.services import funding, statements
from app.services.asked import Asked
from app.services.declarations.flagging import flag
from app.services.declarations.moving import Row, say


def declare(session: Session, lead_provider_id: str, attributes: Mapping[str, object], asked: Asked) -> str:
    """Store a declaration in the state that funding gives it, on its statement when it is eligible. Returns its id.

    Raises RefusedTogether with the first refusal of each attribute; IntegrityError on `uq_declarations_live` when
    another one was stored at the same moment: try again, and the rules will say what that means.
    """
    attempt = Attempt.read(attributes)
    teacher_id = known_form(attempt.participant_id or "") or ""
    enrolments.hold_training(session, lead_provider_id, teacher_id)
    found = enrolments.of(lead_provider_id, teacher_id)
    enrolment = found.get(attempt.course) if attempt.course else None
    live = enrolments.live(teacher_id, attempt.course) if enrolment and attempt.course else ()
    same = [each for each in live if each.declaration.declaration_type == attempt.declared_type]
    training = _training(session, lead_provider_id, enrolment, same, asked) if enrolment else None
    if refused := refusals(attempt, Facts(bool(found), training), asked.now):
        raise RefusedTogether(refused)
    assert enrolment is not None and training is not None
    eligible = enrolment.eligible
    if eligible is None and enrolment.course is Course.ECF_MENTOR:
        eligible = funding.decide_mentor(session, teacher_id, asked)
    state, reason = initial_state(eligible, bool(same))
    row = _row(lead_provider_id, teacher_id, attempt, enrolment, state)
    store(session, _declaration(row, attempt, enrolment, training, reason, asked))
    say(session, row, state, asked, {"reason": reason} if reason else {})
    if state is State.ELIGIBLE:
        _bill(session, row, asked)
    flag(session, row, None, state, asked)
    return row.id


def _training(
    session: Session, lead_provider_id: str, enrolment: Enrolment, same: list[Live], asked: Asked
) -> Training:
    withdrawn_at = enrolment.withdrawn_at
    return Training(
        course=enrolment.course,
        status=enrolment.status,
        cohort=enrolment.cohort,
        milestones=schedules.milestones(enrolment.cohort, enrolment.schedule),
        mentor_funding=enrolment.mentor_funding,
        detailed_evidence=enrolment.detailed_evidence,
        statement_open=statements.next_open(session, lead_provider_id, enrolment.cohort, asked.today)
        is not None,
        declared=any(each.lead_provider_id == lead_provider_id for each in same),
        withdrawn_on=None if withdrawn_at is None else london_date(withdrawn_at),
    )


def _row(lead_provider_id: str, teacher_id: str, attempt: Attempt, enrolment: Enrolment, state: State) -> Row:
    assert attempt.declared_type is not None and attempt.declared_at is not None
    return Row(
        new_id(),
        teacher_id,
        lead_provider_id,
        enrolment.course,
        attempt.declared_type,
        enrolment.cohort,
        state,
        attempt.declared_at,
    )


def _declaration(
    row: Row,
    attempt: Attempt,
    enrolment: Enrolment,
    training: Training,
    reason: str | None,
    asked: Asked,
) -> Declaration:
    at = attempt.declared_at
    assert at is not None
    owner, who = row.lead_provider_id, row.teacher_id
    is_ect = enrolment.course is Course.ECF_INDUCTION
    return Declaration(
        id=row.id,
        teacher_id=row.teacher_id,
        training_record_id=enrolment.record_id,
        lead_provider_id=row.lead_provider_id,
        course=row.course,
        declaration_type=row.declaration_type,
        declared_at=at,
        state=row.state,
        cohort=row.cohort,
        schedule_identifier=enrolment.schedule,
        delivery_partner_id=enrolments.delivery_partner_at(owner, who, enrolment.course, at),
        mentor_id=enrolments.mentor_at(owner, who, london_date(at)) if is_ect else None,
        evidence_held=evidence_to_store(attempt, training),
        pupil_premium_uplift=enrolment.pupil_premium_uplift,
        sparsity_uplift=enrolment.sparsity_uplift,
        ineligible_reason=reason,
        created_at=asked.now,
    )


def _bill(session: Session, row: Row, asked: Asked) -> None:
    statement_id = statements.next_open(session, row.lead_provider_id, row.cohort, asked.today)
    assert statement_id is not None, "the checks found an open one in this very write"
    statements.bill(session, row.id, statement_id, asked.now)
