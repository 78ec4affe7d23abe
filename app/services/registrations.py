"""Registering an ECT: everything stored in the write that the caller holds open. (School journey, “What is saved”.)"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import EctPeriod, SchoolChoice, Teacher, TrainingRecord
from app.data.queries.events import Actor, Detail, record
from app.data.queries.registering import PastPeriod
from app.data.transaction import store
from app.domain.matching import fold
from app.domain.participants import leaving_day
from app.domain.people import email_key
from app.domain.references import new_reference
from app.domain.registrations import Training
from app.services import partnerships
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
    same teacher, or one with the same email address, was first.
    """
    training, place = view.training, view.place
    assert training is not None and place is not None and view.start is not None
    teacher_id = _teacher(session, view, name, asked)
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
        updated_at=asked.now,
    )
    store(session, trained)
    _event(session, asked, "training.started", "training_record", trained.id, view.reads.school_id)
    _remember_choices(session, view.reads.school_id, training, partnership_id, asked.now)
    return Registered(ect.id, ect.reference)


def _teacher(session: Session, view: View, name: str, asked: Request) -> str:
    """The teacher’s row, made or brought up to date. The name is what the school said now."""
    heard = view.heard
    values: dict[str, object] = {
        "name": name,
        "name_key": fold(name),
        "record_name": heard.value("record_name") or "",
        "qts_awarded": heard.value("record_qts") == "yes",
        "checked_at": datetime.fromisoformat(heard.value("record_checked_at") or ""),
        "updated_at": asked.now,
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
    """A previous school’s open period, and the training in it, ends the day before the new one starts."""
    assert view.start is not None
    last_day = leaving_day(view.start)
    if period.finished_on is not None and period.finished_on <= last_day:
        return
    changes = {"finished_on": last_day, "updated_at": asked.now}
    connection = session.connection()
    connection.execute(update(EctPeriod).where(EctPeriod.id == period.id).values(changes))
    open_training = (
        TrainingRecord.ect_period_id == period.id,
        (TrainingRecord.finished_on.is_(None)) | (TrainingRecord.finished_on > last_day),
    )
    not_begun = TrainingRecord.started_on > last_day
    connection.execute(update(TrainingRecord).where(*open_training, ~not_begun).values(changes))
    ends_at_once = {"finished_on": TrainingRecord.started_on, "updated_at": asked.now}
    connection.execute(update(TrainingRecord).where(*open_training, not_begun).values(ends_at_once))
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
        updated_at=asked.now,
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
