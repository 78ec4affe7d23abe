"""Mentors of the demonstration: some train with the lead provider of their ECTs, one doesn’t."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import (
    EctPeriod,
    MentorFundingFlag,
    MentorPeriod,
    Mentorship,
    Partnership,
    TrainingRecord,
)
from app.data.models import Teacher as TeacherRow
from app.data.queries.events import Actor, record
from app.data.transaction import store
from app.domain.cohorts import standard_schedule
from app.domain.eligibility import InductionStatus
from app.domain.funding import EARLY_ROLL_OUT_ENDED_ON, MentorReason, Source
from app.domain.matching import fold
from app.domain.people import email_key
from app.domain.schedules import Course
from app.services import funding
from app.services.asked import Asked
from app.services.demo.cast import (
    AT_HARROW_LANE,
    AT_WINDMILL,
    LATE,
    PAID_BACK_SOON,
    STEADY,
    UNFUNDED,
    VOIDED,
)
from app.services.demo.registering import Teacher
from app.services.demo.schools import HARROW_LANE, JUNIPER, WINDMILL, Place
from app.services.demo.stories import Calendar


@dataclass(frozen=True, slots=True)
class Mentor:
    """A mentor at a school since the September of a cohort, `back` years ago, and the ECTs they mentor.

    `trains`: with the lead provider of these ECTs, under the same partnership.
    """

    teacher: Teacher
    urn: str
    back: int
    ects: tuple[Teacher, ...]
    trains: bool = True


TRAINED_BEFORE = Teacher("3005678", "Sam Lee")
"""Can be registered as a mentor, by hand: has completed mentor training, so nobody pays for it again."""
FUNDED_MENTOR = Teacher("3006201", "Wanda Mocksworth")
UNFUNDED_MENTOR = Teacher("3006202", "Xavier Fictonby")
AT_WINDMILL_TOO = Teacher("3006203", "Yusuf Sampleton")
FINISHED_MENTOR = Teacher("3006204", "Zelda Testerby")
MENTORS = (
    Mentor(FUNDED_MENTOR, JUNIPER, 1, (STEADY, LATE, VOIDED)),
    Mentor(UNFUNDED_MENTOR, JUNIPER, 1, (PAID_BACK_SOON, UNFUNDED), trains=False),
    Mentor(AT_WINDMILL_TOO, WINDMILL, 1, AT_WINDMILL[:3]),
    Mentor(FINISHED_MENTOR, HARROW_LANE, 2, AT_HARROW_LANE),
)


def introduce(session: Session, places: Mapping[str, Place], calendar: Calendar) -> int:
    """Register the mentors as of their first September, and link their ECTs. Returns how many there are.

    One more was trained long ago and is nobody’s mentor yet.
    """
    for mentor in MENTORS:
        start = date(calendar.current - mentor.back, 9, 1)
        _register(session, mentor, places[mentor.urn], start, calendar.days_after(mentor.back, 3))
    early = MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT
    flag = {"reason": early, "source": Source.IMPORT, "ended_on": EARLY_ROLL_OUT_ENDED_ON}
    store(session, MentorFundingFlag(trn=TRAINED_BEFORE.trn, **flag))
    return len(MENTORS)


def _register(session: Session, mentor: Mentor, place: Place, start: date, at: datetime) -> None:
    by = Asked(Actor("person", place.person_id), at, f"demonstration-{mentor.teacher.trn}")
    person, period = _teacher(mentor.teacher, at), _period(mentor, place, start, at)
    period.teacher_id = person.id
    store(session, person, period)
    _say(session, "mentor.registered", "mentor_at_school_period", period.id, place, by)
    ects = _periods(session, mentor, place)
    for ect in ects:
        row = Mentorship(
            id=new_id(), ect_period_id=ect, mentor_period_id=period.id, started_on=start, created_at=at
        )
        store(session, row)
        _say(session, "mentorship.started", "mentorship", row.id, place, by)
    funding.decide(session, person.id, Course.ECF_MENTOR, True, by)
    if mentor.trains:
        record_of_training = _training(session, ects[0], person.id, period.id, start, at)
        store(session, record_of_training)
        _say(session, "training.started", "training_record", record_of_training.id, place, by)


def _teacher(teacher: Teacher, at: datetime) -> TeacherRow:
    return TeacherRow(
        id=new_id(),
        trn=teacher.trn,
        name=teacher.name,
        name_key=fold(teacher.name),
        record_name=teacher.name,
        qts_awarded=True,
        induction_status=InductionStatus.PASSED,
        induction_completed_on=date(2019, 7, 19),
        checked_at=at,
        created_at=at,
    )


def _period(mentor: Mentor, place: Place, start: date, at: datetime) -> MentorPeriod:
    email = f"mentor.{mentor.teacher.trn}@schools.example"
    return MentorPeriod(
        id=new_id(),
        school_id=place.school_id,
        started_on=start,
        email=email,
        email_key=email_key(email),
        registered_by=place.person_id,
        registered_at=at,
        created_at=at,
    )


def _periods(session: Session, mentor: Mentor, place: Place) -> list[str]:
    emails = [each.email for each in mentor.ects]
    statement = select(EctPeriod.id).where(
        EctPeriod.school_id == place.school_id, EctPeriod.email.in_(emails)
    )
    return list(session.execute(statement.order_by(EctPeriod.email)).scalars())


def _training(
    session: Session, ect_period_id: str, teacher_id: str, period_id: str, start: date, at: datetime
) -> TrainingRecord:
    """Training under the partnership of one of the ECTs."""
    own = (
        select(Partnership.id, Partnership.cohort)
        .join(TrainingRecord, TrainingRecord.partnership_id == Partnership.id)
        .where(TrainingRecord.ect_period_id == ect_period_id)
    )
    partnership = session.execute(own).one()
    return TrainingRecord(
        id=new_id(),
        teacher_id=teacher_id,
        mentor_period_id=period_id,
        participant_type="mentor",
        programme="provider_led",
        partnership_id=partnership.id,
        cohort=partnership.cohort,
        schedule_identifier=standard_schedule(start),
        started_on=start,
        cohort_changed_after_payments_frozen=False,
        created_at=at,
    )


def _say(session: Session, kind: str, record_kind: str, record_id: str, place: Place, by: Asked) -> None:
    record(
        session,
        at=by.now,
        kind=kind,
        actor=by.actor,
        record_kind=record_kind,
        record_id=record_id,
        request_id=by.request_id,
        school_id=place.school_id,
    )
