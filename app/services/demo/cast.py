"""Who is in the stories, and who registered them where. Years are counted back from today’s cohort."""

from __future__ import annotations

from dataclasses import dataclass

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
from app.services.demo.registering import Teacher
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
)
from app.services.teacher_record.demo_teachers import FIXTURE, PEOPLE

FREE = PEOPLE[:12]
"""Ordinary people whom no story registers, so that visitors can."""

_GIVEN = ("Ada", "Bertil", "Cora", "Dev", "Ella", "Finlay", "Gita", "Hugo", "Iris")
_FAMILY = ("Sampleton", "Testerby", "Demoworth", "Mocksworth", "Fictonby")
AT_WINDMILL = tuple(
    Teacher(f"30060{number:02}", f"{given} {family}", qts_awarded=number != 3)
    for number, (given, family) in enumerate(((g, f) for f in _FAMILY for g in _GIVEN), start=1)
)
FIRST_OF_SEPTEMBER = (9, 1)
_SIXTH_OF_JANUARY = (1, 6)


def person(number: int) -> Teacher:
    """A person of the demo register whom visitors are not told to try, from 12 on."""
    return Teacher(PEOPLE[number].trn, PEOPLE[number].name)


@dataclass(frozen=True, slots=True)
class Story:
    """One ECT at one school, registered a week after the start or ten days ago.

    `back` is how many cohorts ago they started; with `days_ahead` they start that many days from today instead. No lead
    provider: school-led. No delivery partner: to be confirmed.
    """

    teacher: Teacher
    urn: str
    back: int
    body: str
    provider: str | None = None
    partner: str | None = None
    day: tuple[int, int] = FIRST_OF_SEPTEMBER
    part_time: bool = False
    days_ahead: int | None = None


# Each has a life with a lead provider that the others haven’t: `lives` tells it.
WITH_LIVES = STEADY, LATE, VOIDED, PAID_BACK_SOON, UNFUNDED, DEFERRED, WITHDRAWN, STOPPED, MOVING = tuple(
    Teacher(f"30061{number:02}", name)
    for number, name in enumerate(
        (
            "Josie Sampleton",
            "Kofi Testerby",
            "Lena Demoworth",
            "Milo Mocksworth",
            "Nell Fictonby",
            "Omar Sampleton",
            "Petra Testerby",
            "Quinn Demoworth",
            "Rosa Mocksworth",
        ),
        start=1,
    )
)
NOT_QUALIFIED = Teacher("3006110", "Sol Fictonby", qts_awarded=False)
PAID_BACK, FINISHING = Teacher("3006121", "Sven Fictonby"), Teacher("3006122", "Thea Sampleton")
AT_HARROW_LANE = Teacher("3006123", "Umar Testerby"), Teacher("3006124", "Vera Demoworth")
DAYS_AHEAD = 21
"""When somebody who is moving starts at the new school."""

RAVI = Teacher(FIXTURE[3].trn, FIXTURE[3].name)
WHO_LEAVES, WHO_MOVED = person(16), person(15)
STORIES = (
    *(Story(each, KESTREL, 2, QUARRY_BODY, NORTHSTAR, ST_OSWINS) for each in (PAID_BACK, FINISHING)),
    *(Story(each, HARROW_LANE, 2, FIVE_RIVERS_BODY, TEACH_FORWARD, ST_OSWINS) for each in AT_HARROW_LANE),
    *(Story(each, JUNIPER, 1, ALDER_BODY, NORTHSTAR, ST_OSWINS) for each in (*WITH_LIVES, NOT_QUALIFIED)),
    Story(MOVING, BEACON_NORTH, 1, ALDER_BODY, NORTHSTAR, ALDER, days_ahead=DAYS_AHEAD),
    Story(person(12), OAKFIELD, 2, ALDER_BODY, part_time=True),
    Story(person(13), OAKFIELD, 1, ALDER_BODY, CEDAR, ALDER),
    Story(person(14), OAKFIELD, 1, ALDER_BODY, CEDAR, ALDER),
    Story(WHO_MOVED, HARROW_LANE, 1, FIVE_RIVERS_BODY, TEACH_FORWARD, ST_OSWINS),
    Story(WHO_LEAVES, JUNIPER, 1, ALDER_BODY, NORTHSTAR, ST_OSWINS),
    Story(person(17), MALLOW, 1, QUARRY_BODY, NORTHSTAR, HARBOUR),
    Story(WHO_MOVED, JUNIPER, 1, ALDER_BODY, NORTHSTAR, ST_OSWINS, day=_SIXTH_OF_JANUARY),
    *(Story(each, WINDMILL, 1, LONG_BODY, WAYFINDER, OTTERBROOK) for each in AT_WINDMILL[:15]),
    *(Story(each, WINDMILL, 0, ALDER_BODY) for each in AT_WINDMILL[15:19]),
    *(Story(each, WINDMILL, 0, LONG_BODY, WAYFINDER, OTTERBROOK) for each in AT_WINDMILL[19:39]),
    *(Story(each, WINDMILL, 0, BRAMBLE_BODY, WAYFINDER, BRAMBLE) for each in AT_WINDMILL[39:]),
    Story(RAVI, HARROW_LANE, 0, FIVE_RIVERS_BODY, TEACH_FORWARD, ST_OSWINS),
    Story(person(18), ELM_COURT, 0, ISTIP, NORTHSTAR, BRAMBLE),
    Story(person(19), LONG_NAMED, 0, LONG_BODY, WAYFINDER, OTTERBROOK, part_time=True),
    Story(person(20), BEACON_NORTH, 0, ALDER_BODY, NORTHSTAR, ALDER),
    Story(person(21), BEACON_NORTH, 0, BRAMBLE_BODY, NORTHSTAR, BRAMBLE),
    Story(person(22), BEACON_SOUTH, 0, ALDER_BODY, NORTHSTAR, ALDER),
    Story(person(23), BEACON_SOUTH, 0, FIVE_RIVERS_BODY, TEACH_FORWARD, FIVE_RIVERS_SOUTH),
    Story(person(24), BEACON_COLLEGE, 0, QUARRY_BODY, LANTERN),
    Story(person(25), BEACON_COLLEGE, 0, ALDER_BODY, NORTHSTAR),
    Story(person(26), BEACON_COLLEGE, 0, FIVE_RIVERS_BODY, TEACH_FORWARD),
    Story(person(27), KESTREL, 0, QUARRY_BODY, NORTHSTAR, QUARRY),
    Story(person(28), KESTREL, 0, FIVE_RIVERS_BODY, TEACH_FORWARD, FIVE_RIVERS_NORTH),
)
CONFIRMED = (
    (KESTREL, NORTHSTAR, ST_OSWINS, 2),
    (HARROW_LANE, TEACH_FORWARD, ST_OSWINS, 2),
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
