"""Somebody’s training with one lead provider, for what the provider does with it. (Provider API, “Visible”.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from app.data.clock import london_date
from app.data.database import reading
from app.data.models import (
    Cohort,
    Declaration,
    Funding,
    MentorPeriod,
    Mentorship,
    Partnership,
    PartnershipDeliveryPartner,
    ProviderParticipant,
    School,
    Teacher,
    TrainingRecord,
)
from app.domain import declarations
from app.domain.participants import TrainingStatus
from app.domain.schedules import Course, DeclarationType


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One course that somebody trains in with the lead provider. `schedule` is the identifier."""

    record_id: str
    course: Course
    status: TrainingStatus
    withdrawn_at: datetime | None
    cohort: int
    schedule: str
    moved: bool
    partnership_id: str
    school_id: str
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    mentor_funding: bool
    detailed_evidence: bool
    induction_completed_on: date | None
    eligible: bool | None


_HELD = select(Teacher.id).where(Teacher.id == bindparam("teacher_id")).with_for_update(key_share=True)
_WITH_CALLER = (
    select(TrainingRecord.id, Partnership.school_id)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .where(
        TrainingRecord.teacher_id == bindparam("teacher_id"),
        Partnership.lead_provider_id == bindparam("lead_provider_id"),
    )
    .order_by(TrainingRecord.id)
)
_HELD_RECORDS = _WITH_CALLER.with_for_update(of=TrainingRecord, key_share=True)
_HELD_SCHOOLS = (
    select(School.id)
    .where(School.id.in_(bindparam("school_ids", expanding=True)))
    .order_by(School.id)
    .with_for_update(key_share=True)
)
_COURSES = {"ect": Course.ECF_INDUCTION, "mentor": Course.ECF_MENTOR}
_KINDS = {course: kind for kind, course in _COURSES.items()}
_SHOWN = or_(
    TrainingRecord.id == ProviderParticipant.ect_record_id,
    TrainingRecord.id == ProviderParticipant.mentor_record_id,
)
_ENROLMENTS = (
    select(
        TrainingRecord.id,
        TrainingRecord.participant_type,
        TrainingRecord.training_status,
        TrainingRecord.withdrawn_at,
        TrainingRecord.cohort,
        TrainingRecord.schedule_identifier,
        TrainingRecord.cohort_changed_after_payments_frozen,
        Partnership.id,
        Partnership.school_id,
        School.pupil_premium_uplift,
        School.sparsity_uplift,
        Cohort.mentor_funding,
        Cohort.detailed_evidence_types,
        Teacher.induction_completed_on,
    )
    .join(ProviderParticipant, _SHOWN)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .join(School, School.id == Partnership.school_id)
    .join(Cohort, Cohort.start_year == TrainingRecord.cohort)
    .join(Teacher, Teacher.id == TrainingRecord.teacher_id)
    .where(
        ProviderParticipant.lead_provider_id == bindparam("lead_provider_id"),
        ProviderParticipant.teacher_id == bindparam("teacher_id"),
        ProviderParticipant.visible,
    )
    .order_by(TrainingRecord.participant_type, TrainingRecord.id)
)
_FUNDING = select(Funding.course, Funding.eligible).where(Funding.teacher_id == bindparam("teacher_id"))
_LIVE = (
    select(
        Declaration.declaration_type,
        Declaration.declared_at,
        Declaration.cohort,
        Declaration.lead_provider_id,
        Declaration.id,
    )
    .where(
        Declaration.teacher_id == bindparam("teacher_id"),
        Declaration.course == bindparam("course"),
        Declaration.state.in_(sorted(declarations.LIVE)),
    )
    .order_by(Declaration.declared_at, Declaration.id)
)
_DAY: Any = bindparam("day", type_=Date())
# What the caller may know: only what hangs on its active partnerships.
_CALLERS = (
    Partnership.lead_provider_id == bindparam("lead_provider_id"),
    Partnership.status == "active",
    TrainingRecord.teacher_id == bindparam("teacher_id"),
)
_UNDER = (
    select(TrainingRecord.started_on, TrainingRecord.partnership_id)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .where(*_CALLERS, TrainingRecord.participant_type == bindparam("kind"))
    .order_by(TrainingRecord.started_on, TrainingRecord.id)
)
_PERIODS = (
    select(TrainingRecord.ect_period_id)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .where(*_CALLERS, TrainingRecord.participant_type == "ect")
)
_MENTOR_ON = (
    select(MentorPeriod.teacher_id)
    .join(Mentorship, Mentorship.mentor_period_id == MentorPeriod.id)
    .where(Mentorship.ect_period_id.in_(_PERIODS), Mentorship.started_on <= _DAY)
    .where(or_(Mentorship.finished_on.is_(None), Mentorship.finished_on >= _DAY))
    .order_by(Mentorship.started_on.desc(), Mentorship.id.desc())
    .limit(1)
)
_PARTNERS = (
    select(
        PartnershipDeliveryPartner.delivery_partner_id,
        PartnershipDeliveryPartner.from_at,
        PartnershipDeliveryPartner.to_at,
    )
    .where(PartnershipDeliveryPartner.partnership_id == bindparam("partnership_id"))
    .order_by(PartnershipDeliveryPartner.from_at)
)


def of(lead_provider_id: str, teacher_id: str) -> Mapping[Course, Enrolment]:
    """What the person trains in with the lead provider; empty when the provider may not know them."""
    values = {"lead_provider_id": lead_provider_id, "teacher_id": teacher_id}
    rows = reading().execute(_ENROLMENTS, values).all()
    known = reading().execute(_FUNDING, {"teacher_id": teacher_id}) if rows else ()
    funding: dict[str, bool | None] = {each.course: each.eligible for each in known}
    found = {}
    for record_id, kind, status, withdrawn_at, cohort, schedule, *rest in rows:
        course = _COURSES[kind]
        found[course] = Enrolment(
            record_id,
            course,
            TrainingStatus(status),
            withdrawn_at,
            cohort,
            schedule or "",
            *rest,
            funding.get(course),
        )
    return found


def hold(session: Session, teacher_id: str) -> None:
    """Lock the person’s row to the end of the write: what is declared and decided about them happens one by one.

    Before anything is read that is decided by. Otherwise a declaration could be made by the schedule or the funding
    that another write is just changing, and neither would see the other.
    """
    session.execute(_HELD, {"teacher_id": teacher_id})


def hold_training(session: Session, lead_provider_id: str, teacher_id: str) -> None:
    """Lock the person, their training with the lead provider, and its schools: in the order of every write.

    Whoever changes a partnership holds its school (`data.publishing`). So one that is challenged at this very moment is
    either seen as challenged by what is read next, or waits until the write at hand has ended.
    """
    hold(session, teacher_id)
    values = {"teacher_id": teacher_id, "lead_provider_id": lead_provider_id}
    schools = {row.school_id for row in session.execute(_HELD_RECORDS, values)}
    if schools:
        session.execute(_HELD_SCHOOLS, {"school_ids": sorted(schools)})


@dataclass(frozen=True, slots=True)
class Live:
    """A live declaration, and whose it is."""

    id: str
    lead_provider_id: str
    declaration: declarations.LiveDeclaration


def live(teacher_id: str, course: Course) -> tuple[Live, ...]:
    """Every live declaration of the person on the course, of all lead providers."""
    rows = reading().execute(_LIVE, {"teacher_id": teacher_id, "course": course})
    return tuple(
        Live(
            declaration_id,
            owner,
            declarations.LiveDeclaration(DeclarationType(declared), declared_at, cohort),
        )
        for declared, declared_at, cohort, owner, declaration_id in rows
    )


def delivery_partner_at(lead_provider_id: str, teacher_id: str, course: Course, at: datetime) -> str | None:
    """The delivery partner that trained the person for the lead provider at a moment.

    By the record that had begun last, which may be at an earlier school: the partner that its partnership had then.
    Before the first record or the first partner, the first.
    """
    values = {"lead_provider_id": lead_provider_id, "teacher_id": teacher_id, "kind": _KINDS[course]}
    records = reading().execute(_UNDER, values).all()
    day = london_date(at)
    begun = [partnership_id for started_on, partnership_id in records if started_on <= day]
    under = begun[-1] if begun else records[0][1] if records else None
    rows = reading().execute(_PARTNERS, {"partnership_id": under}).all()
    for partner, from_at, to_at in rows:
        if from_at <= at and (to_at is None or at < to_at):
            return str(partner)
    return str(rows[0][0]) if rows else None


def mentor_at(lead_provider_id: str, teacher_id: str, day: date) -> str | None:
    """The teacher id of who mentors an ECT of the lead provider on a day, at whichever school; None for nobody."""
    values = {"lead_provider_id": lead_provider_id, "teacher_id": teacher_id, "day": day}
    found: str | None = reading().execute(_MENTOR_ON, values).scalar()
    return found
