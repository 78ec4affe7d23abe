"""Registering an ECT: everything stored in the write that the caller holds open. (School journey, “What is saved”.)"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import EctPeriod, SchoolChoice, Teacher, TrainingRecord
from app.data.queries.events import Actor, Detail, record
from app.data.queries.registering import PastPeriod
from app.data.transaction import store
from app.domain.eligibility import InductionStatus, TeacherRecord
from app.domain.funding import ect_funding
from app.domain.matching import fold
from app.domain.participants import leaving_day
from app.domain.people import email_key
from app.domain.references import new_reference
from app.domain.registrations import Training
from app.domain.schedules import Course
from app.services import funding, leaving, partnerships
from app.services.asked import Asked
from app.services.supply.view import View


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, when, and in which request, for events."""

    person_id: str
    now: datetime
    request_id: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What a registration made: the ECT period’s id and the reference the school is given."""

    ect_id: str
    reference: str


def register(session: Session, view: View, name: str, run_id: str, asked: Request) -> Registered:
    """Store teacher, ECT period, training record, partnership link, last choices and events.

    `view` must rest on a complete walk made in the same write. Raises IntegrityError when another registration of the
    same teacher, or one with the same email address, was first; Conflict when a previous school told another last day.
    """
    training, place = view.training, view.place
    assert training is not None and place is not None and view.start is not None
    teacher_id = keep_teacher(session, view, name, asked)
    for period in view.periods:
        _end_before(session, period, view, asked)
    ect = _period(view, training, teacher_id, run_id, asked)
    store(session, ect)
    _event(session, asked, "ect.registered", "ect_at_school_period", ect.id, view.reads.school_id)
    partnership_id = None
    if training.lead_provider_id is not None:
        link = partnerships.Link(view.reads.school_id, training.lead_provider_id, place.cohort)
        partnership_id = partnerships.propose(session, link, training.delivery_partner_id, asked)
    trained = TrainingRecord(
        id=new_id(),
        teacher_id=teacher_id,
        ect_period_id=ect.id,
        participant_type="ect",
        programme=training.programme,
        partnership_id=partnership_id,
        cohort=place.cohort,
        schedule_identifier=place.schedule if partnership_id else None,
        started_on=place.training_starts_on,
        finished_on=None,
        cohort_changed_after_payments_frozen=place.changed_after_payments_frozen,
        created_at=asked.now,
    )
    store(session, trained)
    _event(session, asked, "training.started", "training_record", trained.id, view.reads.school_id)
    if partnership_id is not None:
        # Proposed again, it trains ECTs of before too: their mentors follow.
        partnerships.follow(session, partnership_id, _by(asked))
    _decide_funding(session, teacher_id, view, place.training_starts_on, asked)
    _remember_choices(session, view.reads.school_id, training, partnership_id, asked.now)
    return Registered(ect.id, ect.reference)


def _by(asked: Request) -> Asked:
    return Asked(Actor("person", asked.person_id), asked.now, asked.request_id)


def _decide_funding(
    session: Session, teacher_id: str, view: View, training_starts_on: date, asked: Request
) -> None:
    """What the teacher record says of it. Whoever is prohibited or has finished induction never gets here."""
    found = TeacherRecord(
        trn=view.trn,
        name=view.heard.value("record_name") or "",
        qts_awarded=view.heard.value("record_qts") == "yes",
        induction_status=InductionStatus.NONE,
    )
    before = funding.known(session, teacher_id, Course.ECF_INDUCTION)
    eligible = ect_funding(found, training_starts_on, before)
    funding.decide(session, teacher_id, Course.ECF_INDUCTION, eligible, _by(asked))


def keep_teacher(session: Session, view: View, name: str, asked: Request) -> str:
    """The id of the looked-up teacher’s row, made or brought up to date. The name is what the school said now."""
    heard = view.heard
    values: dict[str, object] = {
        "name": name,
        "name_key": fold(name),
        "record_name": heard.value("record_name") or "",
        "qts_awarded": heard.value("record_qts") == "yes",
        "checked_at": datetime.fromisoformat(heard.value("record_checked_at") or ""),
    }
    found: str | None = session.execute(select(Teacher.id).where(Teacher.trn == view.trn)).scalar()
    if found is not None:
        session.connection().execute(update(Teacher).where(Teacher.id == found).values(values))
        return found
    row = Teacher(id=new_id(), trn=view.trn, created_at=asked.now, **values)
    store(session, row)
    _event(session, asked, "teacher.added", "teacher", row.id, view.reads.school_id)
    return row.id


def _end_before(session: Session, period: PastPeriod, view: View, asked: Request) -> None:
    """A previous school’s open period, with its training and mentorship, ends the day before the new one starts.

    Raises Conflict when that school told another last day meanwhile.
    """
    assert view.start is not None
    last_day = leaving_day(view.start)
    if period.finished_on is not None and period.finished_on <= last_day:
        return
    unchanged = (
        EctPeriod.id == period.id,
        EctPeriod.finished_on.is_not_distinct_from(period.finished_on),
    )
    ended = update(EctPeriod).where(*unchanged).values(finished_on=last_day)
    if session.connection().execute(ended).rowcount != 1:
        raise partnerships.Conflict
    leaving.end_with(session, period.id, last_day, period.school_id, _by(asked))
    _event(
        session,
        asked,
        "ect.left",
        "ect_at_school_period",
        period.id,
        period.school_id,
        {"finished_on": last_day.isoformat()},
    )


def _period(view: View, training: Training, teacher_id: str, run_id: str, asked: Request) -> EctPeriod:
    email = view.heard.value("email") or ""
    return EctPeriod(
        id=new_id(),
        teacher_id=teacher_id,
        school_id=view.reads.school_id,
        started_on=view.start,
        finished_on=None,
        email=email,
        email_key=email_key(email),
        working_pattern=view.heard.value("working_pattern"),
        appropriate_body_id=training.appropriate_body_id,
        registered_by=asked.person_id,
        registered_at=asked.now,
        reference=new_reference(secrets.token_bytes(16)),
        run_id=run_id,
        leaving_reported_at=None,
        created_at=asked.now,
    )


def _remember_choices(
    session: Session, school_id: str, training: Training, partnership_id: str | None, now: datetime
) -> None:
    """The school’s last choices, silently, to be offered as one yes or no. (What research found.)

    The same choices again leave the row alone: it says since when they are chosen.
    """
    chosen = {
        "appropriate_body_id": training.appropriate_body_id,
        "programme": training.programme,
        "lead_provider_id": training.lead_provider_id,
        "delivery_partner_id": training.delivery_partner_id,
        "partnership_id": partnership_id,
    }
    row = session.get(SchoolChoice, school_id)
    if row is None or any(getattr(row, name) != value for name, value in chosen.items()):
        session.merge(SchoolChoice(school_id=school_id, saved_at=now, **chosen))
        session.flush()


def _event(
    session: Session,
    asked: Request,
    kind: str,
    record_kind: str,
    record_id: str,
    school_id: str,
    details: Mapping[str, Detail] | None = None,
) -> None:
    record(
        session,
        at=asked.now,
        kind=kind,
        actor=Actor("person", asked.person_id),
        record_kind=record_kind,
        record_id=record_id,
        request_id=asked.request_id,
        school_id=school_id,
        details=details,
    )
