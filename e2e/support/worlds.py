"""Worlds beside the acceptance fixture, for the pages that it never shows: changes made before a walk begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import count

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data.columns import Model
from app.data.models import (
    DeliveryPartner,
    EctPeriod,
    Pairing,
    Partnership,
    RegistrationClosure,
    School,
    Teacher,
)
from app.data.transaction import store
from app.domain.matching import fold
from app.domain.names import Outcome
from e2e.support.site import Site
from tests.support import about_ects, acceptance, challenging, mentoring

World = Callable[[Session], None]

PARTNERS = (
    acceptance.ALDER_PARTNER,
    acceptance.BRAMBLE_PARTNER,
    acceptance.ST_OSWINS,
    acceptance.QUARRY_PARTNER,
)

# Four words that no phone has room for on one line, and one that has no room in a line at all.
LONG_NAMES = tuple(
    f"{place} and District Teaching-School-Hub-and-Training-Partnership Number {number}"
    for number, place in enumerate(("Ashford", "Barnet", "Corby", "Dover", "Exmouth") * 3, start=1)
)


def long_list(session: Session) -> None:
    """Northstar works with more delivery partners than a page of radios can hold, Alder’s own still among them."""
    made = [
        DeliveryPartner(
            id=f"00000008-0000-7000-8000-{number:012d}",
            name=name,
            name_key=fold(name),
            active=True,
            fictional=True,
            created_at=acceptance.LOADED_AT,
            updated_at=acceptance.LOADED_AT,
        )
        for number, name in enumerate(LONG_NAMES, start=1)
    ]
    session.add_all(made)
    session.flush()
    session.add_all(
        Pairing(
            lead_provider_id=acceptance.NORTHSTAR, delivery_partner_id=one.id, cohort=2025, closed_on=None
        )
        for one in made
    )


def to_challenge(school_id: str, number: int) -> tuple[Partnership, tuple[Model, ...]]:
    """A partnership that Northstar has confirmed with a school; the first trains two ECTs, the others nobody."""
    return challenging.confirmed(school_id, () if number else challenging.NAMES, PARTNERS[number])


def to_answer(school_id: str, number: int) -> tuple[Partnership, tuple[Model, ...]]:
    """A partnership that waits, while Northstar names another; two ECTs wait in the first, nobody in the others."""
    names = () if number else challenging.NAMES
    waiting, _named, rows = challenging.waiting_and_named(school_id, names, *PARTNERS[2 * number :][:2])
    return waiting, rows


def to_report(school_id: str, number: int) -> tuple[EctPeriod, tuple[Model, ...]]:
    """An ECT whom Northstar trains; the next ones wait for it."""
    status, name = ("proposed" if number else "active"), challenging.NAMES[number]
    period, _, _, rows = about_ects.ect_under(status, school_id, name, PARTNERS[number])
    return period, rows


def to_train(school_id: str, number: int) -> tuple[EctPeriod, tuple[Model, ...]]:
    """An ECT whose training Northstar stopped, so that Bramble is asked about by name; then one who had stopped."""
    said = about_ects.STOPPED if number else about_ects.WITHDRAWN
    status, partner = ("declined" if number else "active"), PARTNERS[3 if number else 1]
    period, _, _, rows = about_ects.ect_under(status, school_id, challenging.NAMES[number], partner, **said)
    return period, rows


def to_train_together(school_id: str, number: int) -> tuple[Partnership, tuple[Model, ...]]:
    """A partnership that Northstar said no to, with two ECTs, while it works with another; then one called wrong."""
    names = tuple(f"{each} {number + 1}" for each in challenging.NAMES)
    if number:
        return about_ects.partnership_of("challenged", school_id, names, acceptance.QUARRY_PARTNER)
    ended, rows = about_ects.partnership_of("declined", school_id, names)
    _, other = challenging.confirmed(school_id, (), acceptance.BRAMBLE_PARTNER)
    return ended, (*rows, *other)


def to_mentor(school_id: str, number: int) -> tuple[EctPeriod, tuple[Model, ...]]:
    """An ECT without a mentor, at a school that has one; another mentors elsewhere, a third may not be paid for.

    The first ECT has a TRN that the walker tries: nobody is their own mentor.
    """
    period, _, _, rows = about_ects.ect_under(
        "active", school_id, challenging.NAMES[number], PARTNERS[number]
    )
    if number:
        return period, rows
    (ect,) = (each for each in rows if isinstance(each, Teacher))
    ect.trn = "3007008"
    other = acceptance.HARROW_LANE if school_id != acceptance.HARROW_LANE else acceptance.OAKFIELD
    _, here = mentoring.mentor_rows("3007015", "Ottoline Featherstonehaugh", school_id)
    _, there = mentoring.mentor_rows("3007014", "Leopold Nakamura", other)
    return period, (*rows, *here, *there, mentoring.flag("3007003"))


Made = Callable[[str, int], tuple[Partnership | EctPeriod, tuple[Model, ...]]]
MADE: Mapping[Outcome, Made] = {
    Outcome.CHALLENGE_PARTNERSHIP: to_challenge,
    Outcome.ANSWER_LEAD_PROVIDER: to_answer,
    Outcome.REPORT_CHANGE: to_report,
    Outcome.CHOOSE_TRAINING: to_train,
    Outcome.CHOOSE_TOGETHER: to_train_together,
    Outcome.ASSIGN_MENTOR: to_mentor,
}
"""What a run of a journey about a record can be about, by what the journey is for."""


def new_record(site: Site, outcome: str, school_id: str) -> Callable[[], str]:
    """Makes records of a school for runs to be about, one after the other."""
    numbers = count()

    def make() -> str:
        row, rows = MADE[Outcome(outcome)](school_id, next(numbers))
        identity = row.id
        site.write(lambda session: store(session, *rows))
        return identity

    return make


def closed(session: Session) -> None:
    """Registration is closed for everybody, for an hour each way."""
    hour = timedelta(hours=1)
    at = acceptance.ACCEPTANCE_CLOCK
    session.add(
        RegistrationClosure(id="00000009-0000-7000-8000-000000000001", starts_at=at - hour, ends_at=at + hour)
    )


def not_funded(session: Session) -> None:
    """DfE doesn’t pay for training at Oakfield."""
    session.execute(
        update(School)
        .where(School.id == acceptance.OAKFIELD)
        .values(type_name="Other independent school", independent=True)
    )


def registered_meanwhile(school_id: str) -> World:
    """This school registers Aoife a minute after everybody else looked her up."""

    def work(session: Session) -> None:
        at = acceptance.ACCEPTANCE_CLOCK + timedelta(minutes=1)
        stamps = {"created_at": at, "updated_at": at}
        teacher = Teacher(
            id="00000010-0000-7000-8000-000000000001",
            trn=acceptance.AOIFE_TRN,
            name="Aoife O'Brien",
            name_key=fold("Aoife O'Brien"),
            record_name="Aoife O'Brien",
            qts_awarded=True,
            checked_at=at,
            **stamps,
        )
        session.add(teacher)
        session.flush()
        session.add(
            EctPeriod(
                id="00000010-0000-7000-8000-000000000002",
                teacher_id=teacher.id,
                school_id=school_id,
                started_on=date(2025, 9, 1),
                email="other@example.com",
                email_key="other@example.com",
                working_pattern="full_time",
                appropriate_body_id=acceptance.ALDER_BODY,
                registered_by=acceptance.TUTORS[school_id],
                registered_at=at,
                reference="ECT-AOIF-0001",
                **stamps,
            )
        )

    return work
