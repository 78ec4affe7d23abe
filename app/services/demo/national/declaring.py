"""What lead providers declared for the people of a batch, what became of it, and on which statements it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum, auto

from app.data import models
from app.domain.declarations import IneligibleReason, State
from app.domain.funding import MentorReason, Source
from app.domain.schedules import Course, DeclarationType
from app.domain.statements import State as StatementState
from app.domain.training import Action, reasons
from app.services.demo.national.dice import Dice
from app.services.demo.national.ledgers import Ledger, Slot
from app.services.demo.national.persons import Person
from app.services.demo.national.storing import Rows
from app.services.demo.national.timetable import Reached, reached
from app.services.demo.national.world import World

VOIDED, PAID_BACK = 0.04, 0.015
DEFERRED, WITHDRAWN, TWICE = 0.03, 0.05, 0.3
ENOUGH, AT_MOST = 5, 2
"""Whoever has so many declarations may have so many of each kind taken back, to make up for others who have few."""

_STATES = {
    StatementState.OPEN: State.ELIGIBLE,
    StatementState.PAYABLE: State.PAYABLE,
    StatementState.PAID: State.PAID,
}


class Taken(Enum):
    """How a declaration was taken back, before it was made again."""

    VOIDED = auto()
    PAID_BACK = auto()


class Declaring:
    """Declares for one person after the other. `made` counts the declarations."""

    def __init__(self, world: World, rows: Rows, dice: Dice) -> None:
        self._world, self._rows, self._dice = world, rows, dice
        self.made = 0

    def declare(self, person: Person, wanted: int, *, exactly: bool) -> None:
        """Declare about `wanted` times, or exactly so if at all possible."""
        points = self._points(person)
        stops = None if exactly else self._stops()
        if stops is not None:
            points = points[: self._dice.below(len(points) + 1)]
        day = person.trainings[0].started_on
        before = self.made
        for each, taken in self._plan(points, wanted, exactly):
            if self.made - before >= wanted:
                break
            day = self._at_point(person, each, taken, day)
        if not exactly:
            self._second_provider(person, points)
        if stops is not None:
            self._stop(person, stops, day)

    def pad(self, person: Person) -> None:
        """One more declaration that was taken back, where there is room for one."""
        for each in self._points(person):
            assert each.training.agreement is not None
            ledger = self._world.ledgers[each.training.agreement.provider.id, person.year.start_year]
            if self._take_back(person, each, ledger, Taken.VOIDED, each.made_on) > each.made_on:
                return

    def _points(self, person: Person) -> list[Reached]:
        """What can be declared for somebody: not while the lead provider hasn’t confirmed."""
        return [
            each
            for each in reached(person, self._world.last_day, self._dice)
            if each.training.agreement is not None and each.training.agreement.confirmed_at is not None
        ]

    def _plan(self, points: list[Reached], wanted: int, exactly: bool) -> list[tuple[Reached, list[Taken]]]:
        plan: list[tuple[Reached, list[Taken]]] = [
            (each, [] if exactly else self._taken()) for each in points
        ]
        few = AT_MOST if len(points) >= ENOUGH else 0
        short = wanted - len(plan) - sum(len(taken) for _, taken in plan)
        for _ in range(short if exactly and points else min(short, few)):
            self._dice.pick(plan)[1].append(Taken.VOIDED)
        return plan

    def _taken(self) -> list[Taken]:
        thrown = self._dice.throw()
        if thrown < VOIDED:
            return [Taken.VOIDED]
        return [Taken.PAID_BACK] if thrown < VOIDED + PAID_BACK else []

    def _at_point(self, person: Person, each: Reached, taken: list[Taken], day: date) -> date:
        """Declare at a point, take it back as often as planned, declare again. Returns the last day of it all."""
        agreement = each.training.agreement
        assert agreement is not None and agreement.confirmed_at is not None
        ledger = self._world.ledgers[agreement.provider.id, agreement.cohort]
        day = max(each.made_on, day, agreement.confirmed_at.date() + timedelta(days=1))
        for how in taken:
            day = self._take_back(person, each, ledger, how, day)
        slot = ledger.on(day)
        if day > self._world.last_day or slot is None:
            return min(day, self._world.last_day)
        made_at = self._dice.at(day, 13)
        if person.funding is None:
            self._add(person, each, State.SUBMITTED, made_at, made_at)
        elif not person.funding:
            reason = IneligibleReason.NOT_ELIGIBLE_FOR_FUNDING
            self._add(person, each, State.INELIGIBLE, made_at, made_at, reason)
        else:
            state = _STATES[slot.state]
            added = self._add(person, each, state, made_at, slot.paid_at or slot.payable_at or made_at)
            self._bill(added, person, each, slot, state, made_at)
            if person.mentor and each.point.declaration_type == DeclarationType.COMPLETED:
                self._flag(person, each.declared_on)
        return day

    def _take_back(self, person: Person, each: Reached, ledger: Ledger, how: Taken, day: date) -> date:
        """A declaration made that day and taken back. Returns the day after; the same day when there was no room."""
        slot, last_day = ledger.on(day), self._world.last_day
        if slot is None:
            return day
        made_at = self._dice.at(day, 9)
        if how is Taken.PAID_BACK and person.funding and slot.paid_at is not None:
            back_on = slot.paid_at.date() + timedelta(days=1 + self._dice.below(40))
            second = ledger.on(back_on)
            if second is not None and back_on < last_day:
                self._pay_back(person, each, slot, second, made_at, self._dice.at(back_on, 13))
                return back_on + timedelta(days=1)
        back_on = day + timedelta(days=1 + self._dice.below(5))
        # What has been paid can’t be voided.
        if back_on >= last_day or (slot.paid_at is not None and slot.paid_at.date() <= back_on):
            return day
        added = self._add(person, each, State.VOIDED, made_at, self._dice.at(back_on, 13))
        if person.funding:
            self._line(added, slot, "payment", State.VOIDED, made_at)
        return back_on + timedelta(days=1)

    def _pay_back(
        self, person: Person, each: Reached, slot: Slot, second: Slot, made_at: datetime, at: datetime
    ) -> None:
        settled = second.state is StatementState.PAID
        state = State.CLAWED_BACK if settled else State.AWAITING_CLAWBACK
        added = self._add(person, each, state, made_at, second.paid_at or at)
        self._bill(added, person, each, slot, State.PAID, made_at)
        self._line(added, second, "clawback", state, at)
        second.count(_kind(person, each), each.training.school.uplift, refunded=True)

    def _second_provider(self, person: Person, points: list[Reached]) -> None:
        """Whoever takes somebody over may declare what another lead provider has declared already."""
        later = person.trainings[-1]
        agreement = later.agreement
        if not points or agreement is None or agreement.confirmed_at is None or person.funding is not True:
            return
        first = points[0].training.agreement
        if first is None or first.provider is agreement.provider or not self._dice.chance(TWICE):
            return
        day = max(later.started_on, agreement.confirmed_at.date()) + timedelta(days=10)
        room = self._world.ledgers[agreement.provider.id, agreement.cohort].on(day)
        if day < self._world.last_day and room is not None:
            again = Reached(points[0].point, points[0].declared_on, day, later)
            at = self._dice.at(day, 13)
            self._add(person, again, State.INELIGIBLE, at, at, IneligibleReason.DUPLICATE_DECLARATION)

    def _stops(self) -> Action | None:
        thrown = self._dice.throw()
        if thrown < DEFERRED:
            return Action.DEFER
        return Action.WITHDRAW if thrown < DEFERRED + WITHDRAWN else None

    def _stop(self, person: Person, action: Action, day: date) -> None:
        """The lead provider defers or withdraws, after its last declaration."""
        training = person.trainings[-1]
        first = max(day, training.started_on, training.registered_at.date()) + timedelta(days=2)
        if training.agreement is None or not training.agreement.shown or first > self._world.last_say:
            return
        course = Course.ECF_MENTOR if person.mentor else Course.ECF_INDUCTION
        latest = min(self._world.last_say, first + timedelta(days=90))
        training.status = "deferred" if action is Action.DEFER else "withdrawn"
        training.status_at = self._dice.at(self._dice.day(first, latest), 13)
        training.reason = self._dice.pick(reasons(action, course)).value

    def _add(
        self,
        person: Person,
        each: Reached,
        state: State,
        made_at: datetime,
        changed_at: datetime,
        reason: IneligibleReason | None = None,
    ) -> str:
        dice, training, agreement = self._dice, each.training, each.training.agreement
        assert agreement is not None
        mentoring = person.mentors.get(training.period_id)
        identity = dice.new_id(made_at)
        self._rows.add(
            models.Declaration,
            identity,
            person.id,
            training.id,
            agreement.provider.id,
            _COURSES[person.mentor],
            each.point.declaration_type,
            dice.at(each.declared_on, 5),
            state.value,
            agreement.cohort,
            person.schedule,
            agreement.partner,
            mentoring.mentor_id if mentoring else None,
            dice.pick(each.point.evidence),
            training.school.pupil_premium,
            training.school.sparsity,
            reason.value if reason else None,
            made_at,
            dice.stamp(changed_at),
        )
        self.made += 1
        return identity

    def _bill(
        self, added: str, person: Person, each: Reached, slot: Slot, state: State, at: datetime
    ) -> None:
        self._line(added, slot, "payment", state, at)
        slot.count(_kind(person, each), each.training.school.uplift)

    def _line(self, declaration_id: str, slot: Slot, kind: str, state: State, at: datetime) -> None:
        line = (self._dice.new_id(at), slot.id, declaration_id, kind, state.value, at)
        self._rows.add(models.StatementLine, *line)

    def _flag(self, person: Person, day: date) -> None:
        """A mentor who has completed can’t be paid for again."""
        person.flagged_on = day
        flag = (MentorReason.COMPLETED_DECLARATION_RECEIVED.value, Source.DECLARATION.value, day)
        self._rows.add(models.MentorFundingFlag, person.trn, *flag)


_COURSES = {False: Course.ECF_INDUCTION.value, True: Course.ECF_MENTOR.value}


def _kind(person: Person, each: Reached) -> tuple[str, str]:
    return _COURSES[person.mentor], each.point.declaration_type
