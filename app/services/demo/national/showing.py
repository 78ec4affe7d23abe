"""What each lead provider sees of each person of a batch, by the rule that keeps these rows up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.data import models
from app.data.seen import Record, seen
from app.services.demo.national.dice import Dice
from app.services.demo.national.persons import Person, Training
from app.services.demo.national.storing import Rows

Mentoring = tuple[str, datetime, date | None]
Unfunded = Mapping[str, Mapping[str, Mentoring]]
"""By mentor, by lead provider: their time at the school of its ECTs, since when they mentor there, and to which last
day, None for no end.
"""


def unfunded(people: Sequence[Person], today: date) -> Unfunded:
    """Who mentors whose ECTs today. Whether they train with that lead provider is for the rule to see."""
    found: defaultdict[str, dict[str, Mentoring]] = defaultdict(dict)
    for person in people:
        for training in person.trainings:
            mentoring = person.mentors.get(training.period_id)
            agreement = training.agreement
            if mentoring and agreement and agreement.shown and training.ends_from(today):
                of_mentor, provider = found[mentoring.mentor_id], agreement.provider.id
                this = (mentoring.mentor_period_id, training.registered_at, training.finished_on)
                period, since, before = of_mentor.get(provider, this)
                last_day = max(before, this[2]) if before and this[2] else None
                of_mentor[provider] = (period, since, last_day)
    return found


def show(person: Person, mentors_for: Mapping[str, Mentoring], today: date, rows: Rows, dice: Dice) -> None:
    """A row for each lead provider that may see the person, or whose ECTs they mentor."""
    records = [_record(person, training, today) for training in person.trainings]
    first_seen: dict[str, datetime] = {provider: since for provider, (_, since, _to) in mentors_for.items()}
    for training in person.trainings:
        agreement = training.agreement
        if agreement is not None and agreement.shown and agreement.confirmed_at is not None:
            since = max(agreement.confirmed_at, training.registered_at)
            first_seen.setdefault(agreement.provider.id, since)
    for provider, since in first_seen.items():
        period, _, last_day = mentors_for.get(provider, (None, None, None))
        row = seen(provider, records, period, today, last_day)
        rows.add(
            models.ProviderParticipant,
            provider,
            person.id,
            row.visible,
            row.ect_record_id,
            row.mentor_record_id,
            row.unfunded_period_id,
            row.transfers,
            row.changes_on,
            since,
            dice.stamp(max(since, person.changed_at or since)),
        )


def _record(person: Person, training: Training, today: date) -> Record:
    agreement = training.agreement
    mentored = training.period_id in person.mentors and training.ends_from(today)
    return Record(
        lead_provider_id=agreement.provider.id if agreement else None,
        partnership_status=agreement.state.value if agreement else None,
        school_id=training.school.id,
        id=training.id,
        participant_type="mentor" if person.mentor else "ect",
        started_on=training.started_on,
        finished_on=training.finished_on,
        stopped_on=training.stopped_on,
        left_on=training.finished_on,
        mentored_to=training.finished_on if mentored else None,
    )
