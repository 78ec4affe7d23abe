"""Who mentors whom: a mentor of the ECT’s school who was there when the ECT came, or a new one who doesn’t train."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from app.services.demo.national.dice import Dice
from app.services.demo.national.people import People
from app.services.demo.national.persons import Mentoring, Person, Training

ANOTHER = 0.3
"""How often somebody comes to mentor an ECT at a school that has no mentor for them."""


class Mentors:
    """The mentors of a batch, by school. `untrained` are those who came without training, and for whom."""

    def __init__(self, people: People, dice: Dice) -> None:
        self._people, self._dice = people, dice
        self._at: defaultdict[str, list[tuple[date, Mentoring]]] = defaultdict(list)
        self.untrained: list[tuple[Person, Mentoring, Training]] = []

    def know(self, everybody: Sequence[Person]) -> None:
        """Remember the mentors among them."""
        for person in everybody:
            if person.mentor:
                (training,) = person.trainings
                mentoring = Mentoring(person.id, training.period_id)
                self._at[training.school.id].append((training.started_on, mentoring))

    def link(self, person: Person) -> None:
        """Give an ECT a mentor at each of their schools, where there is one."""
        for training in person.trainings:
            there = [each for since, each in self._at[training.school.id] if since <= training.started_on]
            if there:
                person.mentors[training.period_id] = self._dice.pick(there)
            elif self._dice.chance(ANOTHER):
                person.mentors[training.period_id] = self._come(person, training)

    def _come(self, person: Person, training: Training) -> Mentoring:
        mentor = self._people.unfunded_mentor(training, person.year)
        made = Mentoring(mentor.id, self._dice.new_id(training.registered_at))
        self._at[training.school.id].append((training.started_on, made))
        self.untrained.append((mentor, made, training))
        return made
