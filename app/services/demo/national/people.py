"""The ECTs and mentors of a batch: when and where they train, who moves, who leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.cohorts import standard_schedule
from app.services.demo.national.agreeing import Agreements
from app.services.demo.national.dice import Dice
from app.services.demo.national.persons import Agreement, Person, School, Training
from app.services.demo.national.world import World, Year

FIRST_TRN = 9_000_000
MENTORS, NOT_QUALIFIED, NOT_FUNDED = 0.3, 0.025, 0.02
_STARTS = (((0, 9, 1), 0.8), ((1, 1, 6), 0.13), ((1, 4, 20), 0.07))
"""Years after the cohort’s, month and day."""

_SCHEDULES = (("standard", 0.94), ("extended", 0.04), ("reduced", 0.02))
_SCHEDULES_OF_MENTORS = (("standard", 0.95), ("replacement", 0.05))
_MOVES = (("stays", 0.93), ("moves", 0.04), ("leaves", 0.015), ("stops", 0.015))
_AHEAD = timedelta(days=40)


class People:
    """Makes people. Numbers count through the whole demonstration, from `first` on in this batch."""

    def __init__(
        self, world: World, schools: Sequence[School], agreements: Agreements, first: int, dice: Dice
    ) -> None:
        self._world, self._agreements, self._dice = world, agreements, dice
        self._schools = [school for school in schools if school.fundable]
        self._next = first

    def participant(self) -> Person:
        """Somebody who trains with a lead provider, as a mentor or as an ECT."""
        dice = self._dice
        year = dice.weighted([(each, each.share) for each in self._world.years])
        mentor = dice.chance(MENTORS)
        start = self._start(year)
        made = self._person(year, mentor, start)
        school = dice.pick(self._schools)
        made.trainings.append(self._training(school, self._agreements.of(school, year), start))
        if not mentor:
            self._turn(made)
        return made

    def school_led(self) -> Person:
        """An ECT whom no lead provider trains."""
        year = self._dice.pick(self._world.years)
        start = self._start(year)
        made = self._person(year, False, start)
        made.trainings.append(self._training(self._dice.pick(self._schools), None, start))
        return made

    def unfunded_mentor(self, training: Training, year: Year) -> Person:
        """A mentor at the school of an ECT, from the ECT’s first day on, who doesn’t train with anybody."""
        return self._person(year, True, training.started_on)

    def _start(self, year: Year) -> date:
        years, month, day = self._dice.weighted(_STARTS)
        return date(year.start_year + years, month, day)

    def _person(self, year: Year, mentor: bool, start: date) -> Person:
        dice = self._dice
        number, self._next = self._next, self._next + 1
        kind = dice.weighted(_SCHEDULES_OF_MENTORS if mentor else _SCHEDULES)
        funding: bool | None = not dice.chance(NOT_FUNDED)
        if not mentor and dice.chance(NOT_QUALIFIED):
            funding = None
        return Person(
            dice.new_id(dice.at(self._registered_on(start), 9)),
            number,
            str(FIRST_TRN + number),
            mentor,
            year,
            standard_schedule(start).replace("standard", kind),
            funding,
        )

    def _registered_on(self, start: date) -> date:
        return min(
            self._dice.day(start - timedelta(days=20), start + timedelta(days=20)), self._world.last_day
        )

    def _training(self, school: School, agreement: Agreement | None, start: date) -> Training:
        dice = self._dice
        registered_at = dice.at(self._registered_on(start), 9)
        if agreement is not None:
            registered_at = max(registered_at, agreement.proposed_at)
        return Training(
            dice.new_id(registered_at),
            dice.new_id(registered_at),
            school,
            agreement,
            start,
            registered_at,
        )

    def _turn(self, person: Person) -> None:
        """What becomes of an ECT at their school."""
        dice, (training,) = self._dice, person.trainings
        earliest, latest = training.started_on + timedelta(days=60), self._world.today + _AHEAD
        turn = dice.weighted(_MOVES)
        if turn == "stays" or earliest >= latest:
            return
        day = dice.day(earliest, min(latest, training.started_on + timedelta(days=700)))
        if turn == "stops":
            training.stopped_on = day if day <= self._world.last_day else None
            return
        training.finished_on = day
        if turn == "moves":
            school = dice.pick(self._schools)
            if school is not training.school:
                agreement = self._agreements.of(school, person.year)
                person.trainings.append(self._training(school, agreement, day + timedelta(days=1)))
