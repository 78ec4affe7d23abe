"""What lead providers have said of the cast since they were registered: every state can be seen under Northstar.

Each declaration is made by the real service, at a moment gone by, on the statement that was open then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Teacher as TeacherRow
from app.domain.declarations import evidence_rule
from app.domain.schedules import Course, DeclarationType, Milestone, closes, milestones, opens
from app.domain.training import Action
from app.services import declarations, funding, training
from app.services.asked import Asked, by_lead_provider, by_service
from app.services.declarations import moving
from app.services.demo.cast import (
    AT_HARROW_LANE,
    AT_WINDMILL,
    DEFERRED,
    FINISHING,
    LATE,
    MOVING,
    NOT_QUALIFIED,
    PAID_BACK,
    PAID_BACK_SOON,
    RAVI,
    STEADY,
    STOPPED,
    UNFUNDED,
    VOIDED,
    WHO_LEAVES,
    WHO_MOVED,
    WITHDRAWN,
    person,
)
from app.services.demo.mentors import AT_WINDMILL_TOO, FINISHED_MENTOR, FUNDED_MENTOR
from app.services.demo.organisations import CEDAR, NORTHSTAR, TEACH_FORWARD, WAYFINDER
from app.services.demo.registering import Teacher
from app.services.demo.timeline import Place, Step
from app.services.demo.years import FIRST_WITH_MENTOR_FUNDING

SCHEDULE = "ecf-standard-september"
STARTED, RETAINED_1, RETAINED_3 = (
    DeclarationType.STARTED,
    DeclarationType.RETAINED_1,
    DeclarationType.RETAINED_3,
)


class Fate(Enum):
    """What else happens to somebody whose lead provider declares at every milestone."""

    STEADY = auto()
    LATE = auto()
    VOIDED = auto()
    PAID_BACK_SOON = auto()
    PAID_BACK = auto()
    NOT_FUNDED = auto()
    DEFERRED = auto()
    WITHDRAWN = auto()
    SECOND_PROVIDER = auto()


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody with a lead provider, in the cohort so many `back`; `until` is the last type declared."""

    teacher: Teacher
    provider: str
    back: int
    fate: Fate = Fate.STEADY
    course: Course = Course.ECF_INDUCTION
    until: DeclarationType = DeclarationType.COMPLETED


_MENTOR = Course.ECF_MENTOR
LIVES = (
    Life(PAID_BACK, NORTHSTAR, 2, Fate.PAID_BACK),
    Life(FINISHING, NORTHSTAR, 2),
    *(Life(each, TEACH_FORWARD, 2) for each in AT_HARROW_LANE),
    Life(FINISHED_MENTOR, TEACH_FORWARD, 2, course=_MENTOR),
    Life(STEADY, NORTHSTAR, 1),
    Life(LATE, NORTHSTAR, 1, Fate.LATE),
    Life(VOIDED, NORTHSTAR, 1, Fate.VOIDED),
    Life(PAID_BACK_SOON, NORTHSTAR, 1, Fate.PAID_BACK_SOON),
    Life(UNFUNDED, NORTHSTAR, 1, Fate.NOT_FUNDED),
    Life(DEFERRED, NORTHSTAR, 1, Fate.DEFERRED, until=RETAINED_1),
    Life(WITHDRAWN, NORTHSTAR, 1, Fate.WITHDRAWN, until=STARTED),
    Life(STOPPED, NORTHSTAR, 1, until=RETAINED_1),
    Life(MOVING, NORTHSTAR, 1),
    Life(NOT_QUALIFIED, NORTHSTAR, 1),
    Life(FUNDED_MENTOR, NORTHSTAR, 1, course=_MENTOR, until=STARTED),
    Life(WHO_LEAVES, NORTHSTAR, 1),
    Life(WHO_MOVED, TEACH_FORWARD, 1, until=STARTED),
    Life(WHO_MOVED, NORTHSTAR, 1, Fate.SECOND_PROVIDER),
    Life(person(17), NORTHSTAR, 1),
    Life(person(13), CEDAR, 1),
    *(Life(each, WAYFINDER, 1) for each in AT_WINDMILL[:8]),
    Life(AT_WINDMILL_TOO, WAYFINDER, 1, course=_MENTOR, until=STARTED),
    *(Life(each, WAYFINDER, 0) for each in AT_WINDMILL[19:28]),
    Life(RAVI, TEACH_FORWARD, 0),
)


class Teller:
    """Makes the steps of lives. `since`: when the last statement with declarations closed, by provider and cohort."""

    def __init__(
        self,
        session: Session,
        now: datetime,
        current: int,
        providers: Mapping[str, str],
        since: Mapping[Place, datetime],
    ) -> None:
        self.now, self.current, self.providers, self.since = now, current, providers, since
        self.made: dict[tuple[str, str, DeclarationType], str] = {}
        trns = [life.teacher.trn for life in LIVES]
        rows = select(TeacherRow.trn, TeacherRow.id).where(TeacherRow.trn.in_(trns))
        self.people = {row.trn: row.id for row in session.execute(rows)}

    def steps(self) -> Iterator[Step]:
        """Every step of every life, in no order."""
        for number, life in enumerate(LIVES):
            yield from (step for step in self._steps(life, number) if step.at < self.now)

    def _steps(self, life: Life, number: int) -> Iterator[Step]:
        regular = list(self._regular(life, number))
        if life.fate is Fate.LATE:
            recent = self._recent(life)
            late = [each for each, _ in regular if opens(each) < recent - timedelta(days=1)][-1]
            yield from (
                self._declare(life, *each) for each in regular if each[0] != late and each[1] < recent
            )
            yield self._declare(life, late, recent)
            return
        if life.fate is Fate.SECOND_PROVIDER:
            started, *rest = regular
            yield self._declare(life, started[0], self._in_spring(life, 0))
            regular = [each for each in rest if each[1] > self._in_spring(life, 0)]
        yield from (self._declare(life, *each) for each in regular)
        yield from self._turn(life, *regular[0])

    def _turn(self, life: Life, started: Milestone, at: datetime) -> Iterator[Step]:
        """What isn’t declaring on time."""
        if life.fate is Fate.VOIDED:
            yield self._void(life, STARTED, at + timedelta(days=2))
            yield self._declare(life, started, at + timedelta(days=9))
        elif life.fate is Fate.PAID_BACK_SOON:
            yield self._void(life, STARTED, self._recent(life))
        elif life.fate is Fate.PAID_BACK:
            yield self._void(life, STARTED, self._in_spring(life, 9))
            yield self._declare(life, started, self._in_spring(life, 19))
        elif life.fate is Fate.NOT_FUNDED:
            yield self._refuse_funding(life, at - timedelta(days=7))
        elif life.fate is Fate.DEFERRED:
            yield self._train(life, Action.DEFER, "parental-leave", self._recent(life))
        elif life.fate is Fate.WITHDRAWN:
            yield self._train(life, Action.WITHDRAW, "left-teaching-profession", self._in_spring(life, 20))

    def _regular(self, life: Life, number: int) -> Iterator[tuple[Milestone, datetime]]:
        """The milestones up to the last one declared, each with the moment when it is."""
        cohort = self._cohort(life)
        few = life.course is _MENTOR and cohort >= FIRST_WITH_MENTOR_FUNDING
        for milestone in milestones(cohort, SCHEDULE):
            declared = milestone.declaration_type
            if few and declared not in (STARTED, DeclarationType.COMPLETED):
                continue
            yield milestone, _moment(milestone, number)
            if declared is life.until:
                return

    def _cohort(self, life: Life) -> int:
        return self.current - life.back

    def _recent(self, life: Life) -> datetime:
        """Ten days ago, or since the last statement closed: on the one that is open today."""
        closed = self.since[self.providers[life.provider], self._cohort(life)]
        return max(closed + timedelta(minutes=10), self.now - timedelta(days=10))

    def _in_spring(self, life: Life, days: int) -> datetime:
        """After the first payment of the cohort, before the second deadline."""
        return datetime(self._cohort(life) + 1, 2, 1, 11, tzinfo=UTC) + timedelta(days=days)

    def _asked(self, life: Life, at: datetime) -> Asked:
        return by_lead_provider(self.providers[life.provider], at, new_id())

    def _declare(self, life: Life, milestone: Milestone, at: datetime) -> Step:
        closing = closes(milestone) or at
        declared_at = max(opens(milestone), min(at - timedelta(hours=3), closing - timedelta(days=1)))
        rule = evidence_rule(
            self._cohort(life) >= FIRST_WITH_MENTOR_FUNDING, life.course, milestone.declaration_type
        )
        attributes: dict[str, object] = {
            "participant_id": self.people[life.teacher.trn],
            "course_identifier": life.course,
            "declaration_type": milestone.declaration_type,
            "declaration_date": declared_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        if rule is not None and rule.allowed:
            attributes["evidence_held"] = rule.allowed[0]
        key = (life.teacher.trn, life.provider, milestone.declaration_type)

        def do(session: Session) -> None:
            asked = self._asked(life, at)
            self.made[key] = declarations.declare(session, self.providers[life.provider], attributes, asked)

        return Step(at, do)

    def _void(self, life: Life, declared: DeclarationType, at: datetime) -> Step:
        def do(session: Session) -> None:
            row = moving.find(session, self.made[life.teacher.trn, life.provider, declared])
            assert row is not None
            declarations.void(session, row, self._asked(life, at))

        return Step(at, do)

    def _train(self, life: Life, action: Action, reason: str, at: datetime) -> Step:
        attributes = {"course_identifier": life.course, "reason": reason}
        participant, provider = self.people[life.teacher.trn], self.providers[life.provider]
        return Step(
            at,
            lambda session: training.change(
                session, provider, participant, action, attributes, self._asked(life, at)
            ),
        )

    def _refuse_funding(self, life: Life, at: datetime) -> Step:
        participant = self.people[life.teacher.trn]
        asked = by_service(at, new_id())
        return Step(at, lambda session: funding.decide(session, participant, life.course, False, asked))


def _moment(milestone: Milestone, number: int) -> datetime:
    """When somebody’s declaration is made: `started` in October, the others before the milestone ends; not all at once.

    `retained-3` falls due on two statements: every other one is early.
    """
    assert milestone.ends_on is not None
    ends_on = milestone.ends_on
    day = ends_on - timedelta(days=10 + number % 5)
    if milestone.declaration_type is STARTED:
        day = ends_on.replace(month=10, day=10 + number % 15)
    elif milestone.declaration_type is RETAINED_3 and number % 2:
        day = ends_on.replace(month=9, day=10 + number % 15)
    return datetime.combine(day, time(12), UTC)
