"""Choosing training again for an ECT who has none, in the write that the caller holds open.

School journey, “Partnership records”. A record that no lead provider was ever shown hangs on what is chosen now; any
other ends the day before its successor starts.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING
from app.data.ids import new_id
from app.data.models import EctPeriod, Partnership, TrainingRecord
from app.data.queries.participants import Card, Ect
from app.data.queries.training import Training as Stored
from app.data.transaction import store
from app.domain.cohorts import CohortPlace
from app.domain.registrations import Training
from app.services import partnerships
from app.services.asked import Asked
from app.services.leaving import say
from app.services.partnerships import Conflict, moving
from app.services.supply import ects
from app.services.supply.view import View


def choose(session: Session, view: View, asked: Asked, reference: str) -> str:
    """Give the ECT the training that was chosen. Returns the id of their record from now on.

    `view` must rest on a complete walk made in the same write. `reference` is what the school is given for it. Raises
    Conflict when the training, or the partnership, changed meanwhile.
    """
    ect, chosen, place, so_far = view.ect, view.training, view.place, ects.so_far(view.reads)
    before = ects.training(view.reads)
    assert ect is not None and chosen is not None and place is not None
    assert so_far is not None and before is not None
    _hold(session, view.reads.school_id, ect.card, before)
    under = None
    if chosen.lead_provider_id is not None:
        link = partnerships.Link(view.reads.school_id, chosen.lead_provider_id, place.cohort)
        under = partnerships.propose(session, link, chosen.delivery_partner_id, asked)
    school = view.reads.school_id
    if so_far.goes_on:
        _repoint(session, before, chosen, place, under)
        _told_of(session, before.partnership_id, under)
        details = {"from": before.partnership_id, "to": under, "reference": reference}
        say(session, "training.chosen_again", "training_record", before.id, school, asked, details)
        return before.id
    starts = so_far.successor_starts(view.reads.today)
    _end(session, before, starts - timedelta(days=1), school, asked)
    added = _successor(view, ect, before, chosen, place, under, asked)
    store(session, added)
    details = {"after": before.id, "reference": reference}
    say(session, "training.started", "training_record", added.id, school, asked, details)
    return added.id


def _hold(session: Session, school_id: str, ect: Card, before: Stored) -> None:
    """Keep the ECT’s time here, the training and its partnership as they were read, locked in the order of every write.

    Whether they leave, and whether a lead provider has been shown the record, decides what becomes of it. Raises
    Conflict when any of it changed meanwhile.
    """
    own = select(EctPeriod.finished_on).where(EctPeriod.id == ect.id)
    last_day = session.execute(own.with_for_update(key_share=True)).scalar_one()
    records = select(TrainingRecord.id).where(TrainingRecord.ect_period_id == ect.id)
    latest_first = records.order_by(TrainingRecord.started_on.desc(), TrainingRecord.id.desc())
    latest = session.execute(latest_first.with_for_update(key_share=True)).scalars().first()
    if (last_day, latest) != (ect.finished_on, before.id):
        raise Conflict
    moving.hold_school(session, school_id)
    if before.partnership_id is not None:
        under = moving.find(session, before.partnership_id, school_id=school_id)
        if under is None or under.state != before.partnership_status:
            raise Conflict


def _repoint(
    session: Session, before: Stored, chosen: Training, place: CohortPlace, under: str | None
) -> None:
    unchanged = (
        TrainingRecord.id == before.id,
        TrainingRecord.partnership_id == before.partnership_id,
        TrainingRecord.stopped_on.is_(None),
        TrainingRecord.finished_on.is_not_distinct_from(before.finished_on),
    )
    changes = {
        "programme": chosen.programme,
        "partnership_id": under,
        "cohort": place.cohort,
        "schedule_identifier": place.schedule if under else None,
        "cohort_changed_after_payments_frozen": _moved(before, place),
    }
    if session.connection().execute(update(TrainingRecord).where(*unchanged).values(changes)).rowcount != 1:
        raise Conflict


def _end(session: Session, before: Stored, last_day: date, school_id: str, asked: Asked) -> None:
    """End the record before, if it goes on beyond this day."""
    if before.finished_on is not None and before.finished_on <= last_day:
        return
    unchanged = (
        TrainingRecord.id == before.id,
        TrainingRecord.finished_on.is_not_distinct_from(before.finished_on),
    )
    ended = update(TrainingRecord).where(*unchanged).values(finished_on=last_day)
    if session.connection().execute(ended).rowcount != 1:
        raise Conflict
    details = {"finished_on": last_day.isoformat()}
    say(session, "training.ended", "training_record", before.id, school_id, asked, details)


def _successor(
    view: View,
    ect: Ect,
    before: Stored,
    chosen: Training,
    place: CohortPlace,
    under: str | None,
    asked: Asked,
) -> TrainingRecord:
    so_far = ects.so_far(view.reads)
    assert so_far is not None
    return TrainingRecord(
        id=new_id(),
        teacher_id=ect.teacher_id,
        ect_period_id=ect.card.id,
        participant_type="ect",
        programme=chosen.programme,
        partnership_id=under,
        cohort=place.cohort,
        schedule_identifier=place.schedule if under else None,
        started_on=so_far.successor_starts(view.reads.today),
        finished_on=ect.card.finished_on,
        cohort_changed_after_payments_frozen=_moved(before, place),
        created_at=asked.now,
    )


def _moved(before: Stored, place: CohortPlace) -> bool:
    return before.cohort_changed_after_payments_frozen or place.changed_after_payments_frozen


def _told_of(session: Session, *partnership_ids: str | None) -> None:
    """Partnerships are shown with the number of people waiting."""
    known = [each for each in partnership_ids if each]
    changed = update(Partnership).where(Partnership.id.in_(known)).values(updated_at=PENDING)
    session.connection().execute(changed)
