"""The lead provider’s word on somebody’s training: defer, withdraw, resume, another schedule.

Provider API, “training_status” and “change-schedule”. Each is a conditional update and one event, in the write that the
caller holds open.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import known_form
from app.data.models import Partnership, TrainingRecord
from app.data.queries import cohorts, enrolments, schedules
from app.data.queries.enrolments import Enrolment
from app.data.queries.events import Detail, record
from app.domain import training
from app.domain.refusals import RefusedTogether
from app.domain.schedules import Course
from app.domain.training import Action, ChangeFacts, Place
from app.services.asked import Asked
from app.services.partnerships import follow

CHANGE = Action.CHANGE_SCHEDULE


class Conflict(Exception):
    """The training changed between reading it and changing it: nothing was stored."""


def change(
    session: Session,
    lead_provider_id: str,
    participant_id: str,
    action: Action,
    attributes: Mapping[str, object],
    asked: Asked,
) -> None:
    """Do what a lead provider asks for with the training of one participant.

    Raises RefusedTogether for what is missing, the first Refused of the rules, Conflict when somebody was faster.
    """
    if absent := training.missing(action, attributes):
        raise RefusedTogether(absent)
    teacher_id = known_form(participant_id) or ""
    enrolments.hold_training(session, lead_provider_id, teacher_id)
    found = enrolments.of(lead_provider_id, teacher_id)
    if action is CHANGE:
        _change_schedule(session, lead_provider_id, found, attributes, asked)
    else:
        _move(session, lead_provider_id, found, action, attributes, asked)


Found = Mapping[Course, Enrolment]


def _move(
    session: Session,
    lead_provider_id: str,
    found: Found,
    action: Action,
    attributes: Mapping[str, object],
    asked: Asked,
) -> None:
    statuses = {course: each.status for course, each in found.items()}
    moved = training.move(action, attributes, statuses)
    enrolment = found[moved.course]
    nothing: dict[str, object] = dict.fromkeys(
        ("deferred_at", "deferral_reason", "withdrawn_at", "withdrawal_reason")
    )
    given: Mapping[str, object] = {
        Action.DEFER: {"deferred_at": asked.now, "deferral_reason": moved.reason},
        Action.WITHDRAW: {"withdrawn_at": asked.now, "withdrawal_reason": moved.reason},
    }.get(action, {})
    _update(session, enrolment, {**nothing, **given, "training_status": moved.status})
    details = {"reason": moved.reason} if moved.reason else {}
    _say(session, lead_provider_id, enrolment, f"training.{_DONE[action]}", asked, details)
    if action is Action.RESUME:
        # An ECT who was given a mentor meanwhile is trained again.
        follow(session, enrolment.partnership_id, asked)


_DONE = {Action.DEFER: "deferred", Action.WITHDRAW: "withdrawn", Action.RESUME: "resumed"}


def _change_schedule(
    session: Session,
    lead_provider_id: str,
    found: Found,
    attributes: Mapping[str, object],
    asked: Asked,
) -> None:
    statuses = {course: each.status for course, each in found.items()}
    every = {each.start_year: each for each in cohorts.all_cohorts()}
    wanted = training.read_change(attributes, statuses, tuple(every))
    here = found[wanted.course]
    cohort = wanted.cohort or here.cohort
    partnership_id = _partnership_in(session, lead_provider_id, here.school_id, cohort)
    participant_id = _teacher_of(session, here)
    facts = ChangeFacts(
        here=Place(here.cohort, here.schedule, here.moved),
        milestones=schedules.milestones(cohort, wanted.schedule),
        mentor_funding=every[cohort].mentor_funding,
        partnership_active=partnership_id is not None,
        live=tuple(each.declaration for each in enrolments.live(participant_id, wanted.course)),
        induction_finished=here.induction_completed_on is not None,
        frozen=frozenset(
            year
            for year, each in every.items()
            if each.payments_frozen_at is not None and each.payments_frozen_at <= asked.now
        ),
    )
    there = training.change_schedule(wanted, facts)
    changes: dict[str, object] = {
        "schedule_identifier": there.schedule,
        "cohort": there.cohort,
        "cohort_changed_after_payments_frozen": there.moved,
    }
    if there.cohort != here.cohort:
        changes["partnership_id"] = partnership_id
    _update(session, here, changes)
    details = {"from": f"{here.cohort} {here.schedule}", "to": f"{there.cohort} {there.schedule}"}
    _say(session, lead_provider_id, here, "training.schedule_changed", asked, details)


def _partnership_in(session: Session, lead_provider_id: str, school_id: str, cohort: int) -> str | None:
    """The lead provider’s active partnership with the school in a cohort: the oldest, when there are several."""
    statement = (
        select(Partnership.id)
        .where(Partnership.lead_provider_id == lead_provider_id, Partnership.school_id == school_id)
        .where(Partnership.cohort == cohort, Partnership.status == "active")
        .order_by(Partnership.created_at, Partnership.id)
    )
    return session.execute(statement).scalars().first()


def _teacher_of(session: Session, enrolment: Enrolment) -> str:
    statement = select(TrainingRecord.teacher_id).where(TrainingRecord.id == enrolment.record_id)
    return session.execute(statement).scalar_one()


def _update(session: Session, enrolment: Enrolment, changes: Mapping[str, object]) -> None:
    statement = update(TrainingRecord).where(
        TrainingRecord.id == enrolment.record_id,
        TrainingRecord.training_status == enrolment.status,
        TrainingRecord.cohort == enrolment.cohort,
        TrainingRecord.schedule_identifier == enrolment.schedule,
    )
    if session.connection().execute(statement.values(changes)).rowcount != 1:
        raise Conflict


def _say(
    session: Session,
    lead_provider_id: str,
    enrolment: Enrolment,
    kind: str,
    asked: Asked,
    details: Mapping[str, Detail],
) -> None:
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=asked.actor,
        record_kind="training_record",
        record_id=enrolment.record_id,
        request_id=asked.request_id,
        school_id=enrolment.school_id,
        lead_provider_id=lead_provider_id,
        details=details,
    )
