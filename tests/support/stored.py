"""What is in the records, read by the application’s own queries, afresh each time.

Each read has a context of its own: an open one would go on seeing the moment it began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.data import clock
from app.data.columns import PENDING, Stamped
from app.data.database import db
from app.data.models import (
    EctPeriod,
    Event,
    Partnership,
    PartnershipDeliveryPartner,
    SchoolChoice,
    Teacher,
    TrainingRecord,
)
from app.data.queries import partnerships
from app.data.queries import runs as run_queries
from app.data.queries.api import participants, proposals
from app.data.queries.api import partnerships as confirmed
from app.data.queries.api.participants import ParticipantRow
from app.data.queries.api.partnerships import PartnershipRow
from app.data.queries.api.proposals import ProposalRow
from app.data.queries.api.wanted import Wanted
from app.data.queries.partnerships import PartnershipDetails
from app.data.queries.runs import RunDetails
from app.data.transaction import write
from app.services import runs

T = TypeVar("T")
OLDEST_FIRST = Wanted(sort=(("created_at", False),))
RECORDS = (
    Teacher,
    EctPeriod,
    TrainingRecord,
    Partnership,
    PartnershipDeliveryPartner,
    SchoolChoice,
    Event,
)


class Stored:
    """The records of an application’s database."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def counts(self) -> dict[str, int]:
        """How many rows each table of records has: the same before and after means that nothing was saved."""
        with self.reading():
            return {
                model.__tablename__: db.session.execute(select(func.count()).select_from(model)).scalar_one()
                for model in RECORDS
            }

    def all(self, model: type[T], *conditions: Any) -> list[T]:
        """Every row of a table that meets the conditions."""
        with self.reading():
            found = list(db.session.execute(select(model).where(*conditions)).scalars())
            db.session.expunge_all()
            return found

    def one(self, model: type[T], *conditions: Any) -> T:
        """The only row that meets the conditions. Raises AssertionError when there isn’t exactly one."""
        found = self.all(model, *conditions)
        assert len(found) == 1, f"{len(found)} rows of {model.__name__}"
        return found[0]

    def partnerships(self, school_id: str) -> tuple[PartnershipDetails, ...]:
        """A school’s partnerships, latest cohort first."""
        with self.reading():
            return partnerships.of_school(school_id).rows

    def proposals(self, lead_provider_id: str) -> list[ProposalRow]:
        """The proposals that a lead provider sees, oldest first."""
        with self.reading():
            return proposals.listed(lead_provider_id, OLDEST_FIRST)

    def confirmed(self, lead_provider_id: str) -> list[PartnershipRow]:
        """The partnerships that a lead provider sees, oldest first."""
        with self.reading():
            return confirmed.listed(lead_provider_id, OLDEST_FIRST)

    def participants(self, lead_provider_id: str) -> list[ParticipantRow]:
        """The people that a lead provider sees, oldest first."""
        with self.reading():
            return participants.listed(lead_provider_id, OLDEST_FIRST, clock.today())

    def run(self, reference: str) -> RunDetails:
        """A run’s row."""
        with self.reading():
            found = run_queries.by_reference(reference)
            assert found is not None
            return found

    def answers(self, reference: str) -> dict[str, dict[str, str]]:
        """Every answer a run keeps, heard or not: page to values."""
        row = self.run(reference)
        kept = runs.answers_of(row, self.app.extensions["journeys"].keys)
        return {page: dict(answer.values) for page, answer in kept.items()}

    def store(self, *rows: Any) -> None:
        """Add rows to the records, in this order, stamped by the write as everything the service stores."""

        def work(session: Session) -> None:
            for row in rows:
                if isinstance(row, Stamped):
                    row.updated_at = PENDING
                session.add(row)
                session.flush()

        self.change(work)

    def change(self, work: Callable[[Session], T]) -> T:
        """Change the records, as somebody else would meanwhile."""
        with self.app.app_context():
            try:
                return write(work)
            finally:
                db.session.remove()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A context for one read."""
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.remove()
