"""The rows of people, their time at schools, and their training, once everything has happened to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from app.data import models
from app.domain.eligibility import InductionStatus
from app.domain.funding import MentorReason, Source
from app.domain.matching import fold
from app.domain.references import ALPHABET, LENGTH, new_reference
from app.domain.schedules import Course
from app.services.demo.national import naming
from app.services.demo.national.dice import Dice
from app.services.demo.national.persons import Mentoring, Person, Training
from app.services.demo.national.storing import Rows
from app.services.demo.national.world import World

_PASSED, _YEARS_OF_INDUCTION = 0.6, 2
_SPREAD = 1_000_003
"""Has no factor in common with the number of references: so no two people get the same one."""

_ALL_REFERENCES = len(ALPHABET) ** LENGTH


def record(person: Person, world: World, rows: Rows, dice: Dice) -> None:
    """Everything of one person who trains, but what was declared for them."""
    happened = [each for t in person.trainings for each in (t.registered_at, t.status_at) if each is not None]
    person.changed_at = max(happened)
    _teacher(person, world, rows, dice)
    for place, training in enumerate(person.trainings):
        if person.mentor:
            mentoring = Mentoring(person.id, training.period_id)
            mentor_period(mentoring, person, training, world, rows, dice)
        else:
            _ect_period(person, training, place, world, rows, dice)
        _training(person, training, rows, dice)
    _funding(person, rows, dice)


def untrained(
    person: Person, mentoring: Mentoring, of: Training, world: World, rows: Rows, dice: Dice
) -> None:
    """A mentor who came for the ECT whose training `of` is."""
    person.changed_at = of.registered_at
    _teacher(person, world, rows, dice)
    mentor_period(mentoring, person, of, world, rows, dice)


def mentor_period(
    mentoring: Mentoring, person: Person, at: Training, world: World, rows: Rows, dice: Dice
) -> None:
    """Somebody’s time as a mentor, beginning with a training at that school."""
    email = f"mentor.{person.trn}@schools.example"
    period = (mentoring.mentor_period_id, person.id, at.school.id, at.started_on, email, email)
    stamp = dice.stamp(at.registered_at)
    rows.add(models.MentorPeriod, *period, world.registrar, at.registered_at, at.registered_at, stamp)


def _teacher(person: Person, world: World, rows: Rows, dice: Dice) -> None:
    name = naming.person(person.number)
    status, completed_on = InductionStatus.REQUIRED_TO_COMPLETE, None
    if person.mentor:
        status, completed_on = InductionStatus.PASSED, date(world.founded.year - 3, 7, 19)
    elif _has_passed(person, world) and dice.chance(_PASSED):
        status, completed_on = InductionStatus.PASSED, _two_years_on(person)
    assert person.changed_at is not None
    made_at = person.trainings[0].registered_at if person.trainings else person.changed_at
    rows.add(
        models.Teacher,
        person.id,
        person.trn,
        name,
        fold(name),
        name,
        person.funding is not None,
        person.funding is False and not person.mentor,
        status.value,
        completed_on,
        made_at,
        made_at,
        dice.stamp(person.changed_at),
    )


def _two_years_on(person: Person) -> date:
    return person.trainings[0].started_on + timedelta(days=365 * _YEARS_OF_INDUCTION)


def _has_passed(person: Person, world: World) -> bool:
    return bool(person.funding) and _two_years_on(person) < world.last_day


def _ect_period(person: Person, training: Training, place: int, world: World, rows: Rows, dice: Dice) -> None:
    email = f"ect.{person.trn}@schools.example"
    number = (2 * person.number + place + 1) * _SPREAD % _ALL_REFERENCES
    # Only a school that nobody took them over from has said that they leave.
    leaves = training.finished_on is not None and training is person.trainings[-1]
    rows.add(
        models.EctPeriod,
        training.period_id,
        person.id,
        training.school.id,
        training.started_on,
        training.finished_on,
        email,
        email,
        "part_time" if dice.chance(0.1) else "full_time",
        world.bodies[training.school.number % len(world.bodies)],
        world.registrar,
        training.registered_at,
        new_reference(number.to_bytes(8, "big")),
        _reported_at(training, world) if leaves else None,
        training.registered_at,
        dice.stamp(training.registered_at),
    )
    if mentoring := person.mentors.get(training.period_id):
        since = training.registered_at
        dates = (training.started_on, training.finished_on)
        row = (dice.new_id(since), training.period_id, mentoring.mentor_period_id)
        rows.add(models.Mentorship, *row, *dates, since, dice.stamp(since))


def _reported_at(training: Training, world: World) -> datetime:
    """A month before the last day, or since."""
    assert training.finished_on is not None
    day = min(training.finished_on - timedelta(days=30), world.last_day)
    return max(training.registered_at, datetime.combine(day, time(15), UTC))


def _training(person: Person, training: Training, rows: Rows, dice: Dice) -> None:
    agreement = training.agreement
    deferred, withdrawn = training.status == "deferred", training.status == "withdrawn"
    rows.add(
        models.TrainingRecord,
        training.id,
        person.id,
        None if person.mentor else training.period_id,
        training.period_id if person.mentor else None,
        "mentor" if person.mentor else "ect",
        "provider_led" if agreement else "school_led",
        agreement.id if agreement else None,
        person.year.start_year,
        person.schedule if agreement else None,
        training.started_on,
        training.finished_on,
        False,
        training.status,
        training.status_at if deferred else None,
        training.reason if deferred else None,
        training.status_at if withdrawn else None,
        training.reason if withdrawn else None,
        training.stopped_on,
        "other" if training.stopped_on else None,
        training.registered_at,
        dice.stamp(training.status_at or training.registered_at),
    )


def _funding(person: Person, rows: Rows, dice: Dice) -> None:
    at = person.trainings[0].registered_at
    eligible = person.funding and person.flagged_on is None
    course = Course.ECF_MENTOR if person.mentor else Course.ECF_INDUCTION
    decided_at = None if eligible is None else at
    rows.add(models.Funding, person.id, course.value, eligible, False, decided_at, at, dice.stamp(at))
    if person.mentor and person.funding is False:
        flag = (MentorReason.STARTED_NOT_COMPLETED.value, Source.IMPORT.value)
        rows.add(models.MentorFundingFlag, person.trn, *flag, person.trainings[0].started_on)
