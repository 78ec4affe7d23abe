"""Who has been registered where, and what became of it. Years are counted back from today’s cohort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data.models import EctPeriod
from app.data.queries.events import Actor, record
from app.data.sealing import Keys
from app.domain.cohorts import cohort_of
from app.domain.partnerships import ChallengeReason, DeclineReason
from app.services.demo import moves, organisations, schools
from app.services.demo.moves import Subject
from app.services.demo.organisations import (
    ALDER,
    ALDER_BODY,
    BRAMBLE,
    BRAMBLE_BODY,
    CEDAR,
    FIVE_RIVERS_BODY,
    FIVE_RIVERS_NORTH,
    FIVE_RIVERS_SOUTH,
    HARBOUR,
    ISTIP,
    LANTERN,
    LONG_BODY,
    NORTHSTAR,
    OTTERBROOK,
    QUARRY,
    QUARRY_BODY,
    ST_OSWINS,
    TEACH_FORWARD,
    WAYFINDER,
)
from app.services.demo.registering import Teacher, Wish, leave_unfinished, register_ect
from app.services.demo.schools import (
    BEACON_COLLEGE,
    BEACON_NORTH,
    BEACON_SOUTH,
    ELM_COURT,
    HARROW_LANE,
    JUNIPER,
    KESTREL,
    LONG_NAMED,
    MALLOW,
    OAKFIELD,
    WINDMILL,
    Place,
)
from app.services.partnerships import Link
from app.services.teacher_record.demo_teachers import FIXTURE, PEOPLE

FREE = PEOPLE[:12]
"""Ordinary people whom no story registers, so that visitors can."""

_GIVEN = ("Ada", "Bertil", "Cora", "Dev", "Ella", "Finlay", "Gita", "Hugo", "Iris")
_FAMILY = ("Sampleton", "Testerby", "Demoworth", "Mocksworth", "Fictonby")
_AT_WINDMILL = tuple(
    Teacher(f"30060{number:02}", f"{given} {family}", qts_awarded=number != 3)
    for number, (given, family) in enumerate(((g, f) for f in _FAMILY for g in _GIVEN), start=1)
)
_FIRST_OF_SEPTEMBER, _SIXTH_OF_JANUARY = (9, 1), (1, 6)


def _person(number: int) -> Teacher:
    """A person of the demo register whom visitors are not told to try, from 12 on."""
    return Teacher(PEOPLE[number].trn, PEOPLE[number].name)


@dataclass(frozen=True, slots=True)
class Story:
    """One ECT at one school, registered a week after the start or ten days ago.

    `back` is how many cohorts ago they started. No lead provider: school-led. No delivery partner: to be confirmed.
    """

    teacher: Teacher
    urn: str
    back: int
    body: str
    provider: str | None = None
    partner: str | None = None
    day: tuple[int, int] = _FIRST_OF_SEPTEMBER
    part_time: bool = False


RAVI = Teacher(FIXTURE[3].trn, FIXTURE[3].name)
WHO_LEAVES, WHO_MOVED = _person(16), _person(15)
STORIES = (
    Story(_person(12), OAKFIELD, 2, ALDER_BODY, part_time=True),
    Story(_person(13), OAKFIELD, 1, ALDER_BODY, CEDAR, ALDER),
    Story(_person(14), OAKFIELD, 1, ALDER_BODY, CEDAR, ALDER),
    Story(WHO_MOVED, HARROW_LANE, 1, FIVE_RIVERS_BODY, TEACH_FORWARD, ST_OSWINS),
    Story(WHO_LEAVES, JUNIPER, 1, ALDER_BODY, NORTHSTAR, ST_OSWINS),
    Story(_person(17), MALLOW, 1, QUARRY_BODY, NORTHSTAR, HARBOUR),
    Story(WHO_MOVED, JUNIPER, 1, ALDER_BODY, NORTHSTAR, ST_OSWINS, day=_SIXTH_OF_JANUARY),
    *(Story(each, WINDMILL, 1, LONG_BODY, WAYFINDER, OTTERBROOK) for each in _AT_WINDMILL[:15]),
    *(Story(each, WINDMILL, 0, ALDER_BODY) for each in _AT_WINDMILL[15:19]),
    *(Story(each, WINDMILL, 0, LONG_BODY, WAYFINDER, OTTERBROOK) for each in _AT_WINDMILL[19:39]),
    *(Story(each, WINDMILL, 0, BRAMBLE_BODY, WAYFINDER, BRAMBLE) for each in _AT_WINDMILL[39:]),
    Story(RAVI, HARROW_LANE, 0, FIVE_RIVERS_BODY, TEACH_FORWARD, ST_OSWINS),
    Story(_person(18), ELM_COURT, 0, ISTIP, NORTHSTAR, BRAMBLE),
    Story(_person(19), LONG_NAMED, 0, LONG_BODY, WAYFINDER, OTTERBROOK, part_time=True),
    Story(_person(20), BEACON_NORTH, 0, ALDER_BODY, NORTHSTAR, ALDER),
    Story(_person(21), BEACON_NORTH, 0, BRAMBLE_BODY, NORTHSTAR, BRAMBLE),
    Story(_person(22), BEACON_SOUTH, 0, ALDER_BODY, NORTHSTAR, ALDER),
    Story(_person(23), BEACON_SOUTH, 0, FIVE_RIVERS_BODY, TEACH_FORWARD, FIVE_RIVERS_SOUTH),
    Story(_person(24), BEACON_COLLEGE, 0, QUARRY_BODY, LANTERN),
    Story(_person(25), BEACON_COLLEGE, 0, ALDER_BODY, NORTHSTAR),
    Story(_person(26), BEACON_COLLEGE, 0, FIVE_RIVERS_BODY, TEACH_FORWARD),
    Story(_person(27), KESTREL, 0, QUARRY_BODY, NORTHSTAR, QUARRY),
    Story(_person(28), KESTREL, 0, FIVE_RIVERS_BODY, TEACH_FORWARD, FIVE_RIVERS_NORTH),
)
CONFIRMED = (
    (OAKFIELD, CEDAR, ALDER, 1),
    (HARROW_LANE, TEACH_FORWARD, ST_OSWINS, 1),
    (HARROW_LANE, TEACH_FORWARD, ST_OSWINS, 0),
    (JUNIPER, NORTHSTAR, ST_OSWINS, 1),
    (MALLOW, NORTHSTAR, HARBOUR, 1),
    (WINDMILL, WAYFINDER, OTTERBROOK, 1),
    (WINDMILL, WAYFINDER, OTTERBROOK, 0),
    (LONG_NAMED, WAYFINDER, OTTERBROOK, 0),
    (BEACON_NORTH, NORTHSTAR, ALDER, 0),
    (BEACON_SOUTH, NORTHSTAR, ALDER, 0),
    (KESTREL, TEACH_FORWARD, FIVE_RIVERS_NORTH, 0),
)
"""Partnerships that the lead provider has confirmed; the others wait, unless `_unhappy` has more to say."""


class Calendar:
    """The days of the stories, given today."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today, self.now = today, now
        self.current = cohort_of(today)

    def start(self, story: Story) -> date:
        """The first day as an ECT; this year’s may still be to come."""
        month, day = story.day
        year = self.current - story.back + (1 if month < 6 else 0)
        return date(year, month, day)

    def registered(self, story: Story) -> datetime:
        """When the school registered them."""
        week_later = datetime.combine(self.start(story) + timedelta(days=7), time(10), UTC)
        return min(week_later, self.now - timedelta(days=10))

    def days_after(self, back: int, days: int) -> datetime:
        """Some days after the registrations of a cohort."""
        start = datetime(self.current - back, *_FIRST_OF_SEPTEMBER, 14, tzinfo=UTC) + timedelta(days=7)
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
    _leaving(session, places[JUNIPER], calendar)
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


def _leaving(session: Session, place: Place, calendar: Calendar) -> None:
    """An ECT whose school has said that they leave in a month."""
    at = calendar.now - timedelta(days=2)
    period = (EctPeriod.school_id == place.school_id, EctPeriod.email == WHO_LEAVES.email)
    last_day = calendar.today + timedelta(days=30)
    changes = {"finished_on": last_day, "leaving_reported_at": at, "updated_at": at}
    statement = update(EctPeriod).where(*period).values(changes).returning(EctPeriod.id)
    record(
        session,
        at=at,
        kind="ect.leaving_reported",
        actor=Actor("person", place.person_id),
        record_kind="ect_at_school_period",
        record_id=session.connection().execute(statement).scalar_one(),
        request_id=f"demonstration-{WHO_LEAVES.trn}",
        school_id=place.school_id,
        details={"finished_on": last_day.isoformat()},
    )


def _unfinished(
    session: Session,
    records: organisations.Records,
    places: Mapping[str, Place],
    calendar: Calendar,
    keys: Keys,
) -> None:
    """Two registrations at Oakfield that nobody finished: one before and one after the teacher was found."""
    start, now = date(calendar.current, *_FIRST_OF_SEPTEMBER), calendar.now
    wish = Wish(_person(35), start, records.body[ALDER_BODY], records.provider[NORTHSTAR])
    nameless, named = places[OAKFIELD], schools.second_place_at_oakfield(session)
    leave_unfinished(session, wish, nameless, now - timedelta(days=1), before="find_ect", keys=keys)
    leave_unfinished(session, wish, named, now - timedelta(days=3), before="lead_provider", keys=keys)
