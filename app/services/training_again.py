"""Choosing training again, for an ECT who has none or everybody whose training one partnership was, in the write that
the caller holds open.

School journey, “Partnership records”. A record that no lead provider was ever shown hangs on what is chosen now; any
other ends the day before its successor starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING
from app.data.ids import new_id
from app.data.models import EctPeriod, Partnership, TrainingRecord
from app.data.queries.participants import Card
from app.data.queries.training import Training as Stored
from app.data.transaction import store
from app.domain.cohorts import CohortPlace
from app.domain.registrations import Programme
from app.services import partnerships
from app.services.asked import Asked
from app.services.leaving import say
from app.services.partnerships import Conflict, moving
from app.services.supply import ects, together
from app.services.supply.view import View


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was chosen, for one ECT or for several: the partnership is None for school-led training."""

    programme: str
    under: str | None
    school_id: str
    today: date
    asked: Asked
    reference: str


def choose(session: Session, view: View, asked: Asked, reference: str) -> str:
    """Give the ECT the training that was chosen. Returns the id of their record from now on.

    `view` must rest on a complete walk made in the same write. `reference` is what the school is given for it. Raises
    Conflict when the training, or the partnership, changed meanwhile.
    """
    assert view.ect is not None
    return _choose_for(session, view, (view.ect.card,), asked, reference)[0]


def choose_together(session: Session, view: View, asked: Asked, reference: str) -> tuple[str, ...]:
    """Give everybody whose training one partnership was the training that was chosen, all or nobody.

    As `choose` does, with an event for each of them.
    """
    return _choose_for(session, view, together.ects_of(view.reads), asked, reference)


def _choose_for(
    session: Session, view: View, cards: tuple[Card, ...], asked: Asked, reference: str
) -> tuple[str, ...]:
    school_id, place = view.reads.school_id, view.place
    assert cards and place is not None and view.programme is not None
    teachers = _hold(session, school_id, cards)
    under = None
    if view.programme == Programme.PROVIDER_LED:
        assert view.lead_provider_id is not None
        link = partnerships.Link(school_id, view.lead_provider_id, place.cohort)
        under = partnerships.propose(session, link, view.partner_id, asked)
    chosen = _Choice(view.programme, under, school_id, view.reads.today, asked, reference)
    given = tuple(
        _give(session, each, teachers[each.id], _place_of(view, each, place), chosen) for each in cards
    )
    if under is not None:
        partnerships.follow(session, under, asked)
    return given


def _place_of(view: View, card: Card, place: CohortPlace) -> CohortPlace:
    """The cohort that the partnership is of, with this ECT’s own schedule. Raises Conflict when theirs is another."""
    own = ects.place_of(view.reads, card)
    if own is None or own.cohort != place.cohort:
        raise Conflict
    return own


def _give(session: Session, card: Card, teacher_id: str, place: CohortPlace, chosen: _Choice) -> str:
    """Repoint one ECT’s record or let another follow it. Returns the id of the one they have from now on."""
    before, school, asked = card.training, chosen.school_id, chosen.asked
    assert before is not None
    so_far = ects.as_rules_read(before)
    if so_far.goes_on:
        _repoint(session, before, chosen, place)
        _told_of(session, before.partnership_id, chosen.under)
        details = {"from": before.partnership_id, "to": chosen.under, "reference": chosen.reference}
        say(session, "training.chosen_again", "training_record", before.id, school, asked, details)
        return before.id
    starts = so_far.successor_starts(chosen.today)
    _end(session, before, starts - timedelta(days=1), school, asked)
    added = _successor(card, teacher_id, starts, chosen, place)
    store(session, added)
    details = {"after": before.id, "reference": chosen.reference}
    say(session, "training.started", "training_record", added.id, school, asked, details)
    return added.id


def _hold(session: Session, school_id: str, cards: tuple[Card, ...]) -> Mapping[str, str]:
    """Keep the ECTs’ time here, their training and its partnership as they were read, locked in the order of every
    write. Returns the ids of the teachers, by their time here.

    Whether they leave, and whether a lead provider has been shown the record, decides what becomes of it. Raises
    Conflict when any of it changed meanwhile.
    """
    ids = [each.id for each in cards]
    own = select(EctPeriod.id, EctPeriod.finished_on, EctPeriod.teacher_id).where(EctPeriod.id.in_(ids))
    periods = session.execute(own.order_by(EctPeriod.id).with_for_update(key_share=True)).all()
    records = select(TrainingRecord.ect_period_id, TrainingRecord.started_on, TrainingRecord.id).where(
        TrainingRecord.ect_period_id.in_(ids)
    )
    trained = session.execute(records.order_by(TrainingRecord.id).with_for_update(key_share=True)).all()
    latest = {of: identity for of, _, identity in sorted(trained, key=lambda row: (row[1], row[2]))}
    read = {each.id: (each.finished_on, each.training and each.training.id) for each in cards}
    if {of: (last_day, latest.get(of)) for of, last_day, _ in periods} != read:
        raise Conflict
    moving.hold_school(session, school_id)
    for partnership_id, status in {
        (each.training.partnership_id, each.training.partnership_status) for each in cards if each.training
    }:
        if partnership_id is not None:
            under = moving.find(session, partnership_id, school_id=school_id)
            if under is None or under.state != status:
                raise Conflict
    return {of: teacher_id for of, _, teacher_id in periods}


def _repoint(session: Session, before: Stored, chosen: _Choice, place: CohortPlace) -> None:
    unchanged = (
        TrainingRecord.id == before.id,
        TrainingRecord.partnership_id == before.partnership_id,
        TrainingRecord.stopped_on.is_(None),
        TrainingRecord.finished_on.is_not_distinct_from(before.finished_on),
    )
    changes = {
        "programme": chosen.programme,
        "partnership_id": chosen.under,
        "cohort": place.cohort,
        "schedule_identifier": place.schedule if chosen.under else None,
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
    card: Card, teacher_id: str, starts: date, chosen: _Choice, place: CohortPlace
) -> TrainingRecord:
    assert card.training is not None
    return TrainingRecord(
        id=new_id(),
        teacher_id=teacher_id,
        ect_period_id=card.id,
        participant_type="ect",
        programme=chosen.programme,
        partnership_id=chosen.under,
        cohort=place.cohort,
        schedule_identifier=place.schedule if chosen.under else None,
        started_on=starts,
        finished_on=card.finished_on,
        cohort_changed_after_payments_frozen=_moved(card.training, place),
        created_at=chosen.asked.now,
    )


def _moved(before: Stored, place: CohortPlace) -> bool:
    return before.cohort_changed_after_payments_frozen or place.changed_after_payments_frozen


def _told_of(session: Session, *partnership_ids: str | None) -> None:
    """Partnerships are shown with the number of people waiting."""
    known = [each for each in partnership_ids if each]
    changed = update(Partnership).where(Partnership.id.in_(known)).values(updated_at=PENDING)
    session.connection().execute(changed)
