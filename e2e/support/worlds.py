"""Worlds beside the acceptance fixture, for the pages that it never shows: changes made before a walk begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data.models import DeliveryPartner, EctPeriod, Pairing, RegistrationClosure, School, Teacher
from app.domain.matching import fold
from tests.support import acceptance

World = Callable[[Session], None]

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
