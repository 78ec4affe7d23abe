"""What became of the cast: registered, confirmed, declined, challenged, leaving. Years count back from today’s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.models import EctPeriod, TrainingRecord
from app.data.queries.events import Actor, record
from app.data.sealing import Keys
from app.domain.cohorts import cohort_of
from app.domain.partnerships import ChallengeReason, DeclineReason
from app.services.demo import moves, organisations, schools
from app.services.demo.cast import (
    CONFIRMED,
    FIRST_OF_SEPTEMBER,
    STOPPED,
    STORIES,
    WHO_LEAVES,
    Story,
    person,
)
from app.services.demo.moves import Subject
from app.services.demo.organisations import (
    ALDER,
    ALDER_BODY,
    FIVE_RIVERS_NORTH,
    NORTHSTAR,
    QUARRY,
    TEACH_FORWARD,
)
from app.services.demo.registering import Teacher, Wish, leave_unfinished, register_ect
from app.services.demo.schools import (
    BEACON_COLLEGE,
    BEACON_NORTH,
    JUNIPER,
    KESTREL,
    OAKFIELD,
    Place,
)
from app.services.partnerships import Link


class Calendar:
    """The days of the stories, given today."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today, self.now = today, now
        self.current = cohort_of(today)

    def start(self, story: Story) -> date:
        """The first day as an ECT; this year’s may still be to come."""
        if story.days_ahead is not None:
            return self.today + timedelta(days=story.days_ahead)
        month, day = story.day
        year = self.current - story.back + (1 if month < 6 else 0)
        return date(year, month, day)

    def registered(self, story: Story) -> datetime:
        """When the school registered them."""
        week_later = datetime.combine(self.start(story) + timedelta(days=7), time(10), UTC)
        return min(week_later, self.now - timedelta(days=10))

    def days_after(self, back: int, days: int) -> datetime:
        """Some days after the registrations of a cohort."""
        start = datetime(self.current - back, *FIRST_OF_SEPTEMBER, 14, tzinfo=UTC) + timedelta(days=7)
        return min(start, self.now - timedelta(days=10)) + timedelta(days=days)


def tell(session: Session, today: date, now: datetime, keys: Keys) -> int:
    """Register everybody, and let happen what happened since. Returns how many registrations were made."""
    calendar = Calendar(today, now)
    records, places = organisations.Records(session), schools.places(session)
    for story in STORIES:
        wish = _wish(story, records, calendar.start(story))
        register_ect(session, wish, places[story.urn], calendar.registered(story))
    _confirm(session, records, places, calendar)
    _unhappy(session, records, places, calendar)
    _joining(session, records, places, calendar)
    _leaving(session, places[JUNIPER], calendar)
    _stopped(session, places[JUNIPER], calendar)
    _unfinished(session, records, places, calendar, keys)
    return len(STORIES)


def _wish(story: Story, records: organisations.Records, start: date) -> Wish:
    return Wish(
        story.teacher,
        start,
        records.body[story.body],
        records.provider[story.provider] if story.provider else None,
        records.partner[story.partner] if story.partner else None,
        "part_time" if story.part_time else "full_time",
    )


def _confirm(
    session: Session, records: organisations.Records, places: Mapping[str, Place], calendar: Calendar
) -> None:
    for urn, provider, partner, back in CONFIRMED:
        of = _subject(records, places[urn], calendar, (provider, partner), back=back, days=2)
        moves.confirm(session, of)


def _unhappy(
    session: Session, records: organisations.Records, places: Mapping[str, Place], calendar: Calendar
) -> None:
    kestrel, college = places[KESTREL], places[BEACON_COLLEGE]
    declined = _subject(records, kestrel, calendar, (NORTHSTAR, QUARRY), days=3)
    moves.decline(session, declined, DeclineReason.NO_AGREEMENT)
    challenged = _subject(records, kestrel, calendar, (TEACH_FORWARD, FIVE_RIVERS_NORTH), days=5)
    moves.challenge(session, challenged, ChallengeReason.ANOTHER_PROVIDER)
    unnamed = _subject(records, college, calendar, (TEACH_FORWARD, None), days=4)
    moves.name_partner(session, unnamed, records.partner[FIVE_RIVERS_NORTH])


def _subject(
    records: organisations.Records,
    place: Place,
    calendar: Calendar,
    pair: Sequence[str | None],
    *,
    days: int,
    back: int = 0,
) -> Subject:
    provider, partner = pair
    link = Link(place.school_id, records.provider[provider or ""], calendar.current - back)
    return Subject(
        link, records.partner[partner] if partner else None, place, calendar.days_after(back, days)
    )


def _joining(
    session: Session, records: organisations.Records, places: Mapping[str, Place], calendar: Calendar
) -> None:
    """The partnership that somebody who is moving will train under has just been confirmed."""
    of = _subject(records, places[BEACON_NORTH], calendar, (NORTHSTAR, ALDER), back=1, days=0)
    moves.confirm(session, replace(of, at=calendar.now - timedelta(days=8)))


def _leaving(session: Session, place: Place, calendar: Calendar) -> None:
    """An ECT whose school has said that they leave in a month: time at the school and training end together."""
    at = calendar.now - timedelta(days=2)
    period_id = _period_of(session, place, WHO_LEAVES)
    last_day = calendar.today + timedelta(days=30)
    changes = {"finished_on": last_day, "leaving_reported_at": at}
    connection = session.connection()
    connection.execute(update(EctPeriod).where(EctPeriod.id == period_id).values(changes))
    training = update(TrainingRecord).where(TrainingRecord.ect_period_id == period_id)
    connection.execute(training.values(finished_on=last_day))
    record(
        session,
        at=at,
        kind="ect.leaving_reported",
        actor=Actor("person", place.person_id),
        record_kind="ect_at_school_period",
        record_id=period_id,
        request_id=f"demonstration-{WHO_LEAVES.trn}",
        school_id=place.school_id,
        details={"finished_on": last_day.isoformat()},
    )


def _stopped(session: Session, place: Place, calendar: Calendar) -> None:
    """An ECT who is still at the school, which has said that they train no more."""
    at = calendar.now - timedelta(days=20)
    period_id = _period_of(session, place, STOPPED)
    last_day = calendar.today - timedelta(days=21)
    changes = {"stopped_on": last_day, "stopped_reason": "other"}
    statement = update(TrainingRecord).where(TrainingRecord.ect_period_id == period_id).values(changes)
    record(
        session,
        at=at,
        kind="training.stopped_reported",
        actor=Actor("person", place.person_id),
        record_kind="training_record",
        record_id=session.execute(statement.returning(TrainingRecord.id)).scalar_one(),
        request_id=f"demonstration-{STOPPED.trn}",
        school_id=place.school_id,
        details={"stopped_on": last_day.isoformat()},
    )


def _period_of(session: Session, place: Place, teacher: Teacher) -> str:
    period = (EctPeriod.school_id == place.school_id, EctPeriod.email == teacher.email)
    return session.execute(select(EctPeriod.id).where(*period)).scalar_one()


def _unfinished(
    session: Session,
    records: organisations.Records,
    places: Mapping[str, Place],
    calendar: Calendar,
    keys: Keys,
) -> None:
    """Two registrations at Oakfield that nobody finished: one before and one after the teacher was found."""
    start, now = date(calendar.current, *FIRST_OF_SEPTEMBER), calendar.now
    wish = Wish(person(35), start, records.body[ALDER_BODY], records.provider[NORTHSTAR])
    nameless, named = places[OAKFIELD], schools.second_place_at_oakfield(session)
    leave_unfinished(session, wish, nameless, now - timedelta(days=1), before="find_ect", keys=keys)
    leave_unfinished(session, wish, named, now - timedelta(days=3), before="lead_provider", keys=keys)
