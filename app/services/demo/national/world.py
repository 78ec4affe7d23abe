"""What all batches share: the days, the organisations, the statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.services.demo.national.ledgers import Ledger
from app.services.demo.national.sizes import Size

QUIET_DAYS = 4
AGREEING_DAYS = 9


@dataclass(frozen=True, slots=True)
class Provider:
    """A lead provider; `partners` are the delivery partners it works with, in every cohort."""

    id: str
    name: str
    share: float
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A cohort, and the part of the participants who are in it."""

    start_year: int
    share: float
    mentor_funding: bool
    detailed_evidence: bool


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is before the first school. `years` begin with the latest cohort."""

    size: Size
    now: datetime
    today: date
    providers: Sequence[Provider]
    years: Sequence[Year]
    bodies: Sequence[str]
    registrar: str
    ledgers: Mapping[tuple[str, int], Ledger]

    @property
    def founded(self) -> date:
        """When the organisations and schools became known."""
        return date(self.years[-1].start_year, 1, 10)

    @property
    def last_day(self) -> date:
        """The last day on which somebody registered or declared."""
        return self.today - timedelta(days=AGREEING_DAYS)

    @property
    def last_say(self) -> date:
        """The last day on which a lead provider or a school said anything at all."""
        return self.today - timedelta(days=QUIET_DAYS)
