"""Schools, agreements, people and their training, on their way to rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.partnerships import State
from app.services.demo.national.world import Provider, Year


@dataclass(frozen=True, slots=True)
class School:
    """A school; `number` counts through the whole demonstration."""

    id: str
    number: int
    urn: str
    pupil_premium: bool
    sparsity: bool
    fundable: bool

    @property
    def uplift(self) -> bool:
        """Whether those who start here are worth more."""
        return self.pupil_premium or self.sparsity


@dataclass(frozen=True, slots=True)
class Agreement:
    """A partnership under which people train; `confirmed_at` is None while the lead provider hasn’t answered."""

    id: str
    school: School
    provider: Provider
    cohort: int
    partner: str
    state: State
    proposed_at: datetime
    confirmed_at: datetime | None

    @property
    def shown(self) -> bool:
        """Whether the lead provider sees who trains."""
        return self.state is State.ACTIVE


@dataclass(slots=True)
class Training:
    """A training record and the time at the school it belongs to. Without an agreement: school-led."""

    id: str
    period_id: str
    school: School
    agreement: Agreement | None
    started_on: date
    registered_at: datetime
    finished_on: date | None = None
    stopped_on: date | None = None
    status: str = "active"
    status_at: datetime | None = None
    reason: str | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.started_on <= day and self.ends_from(day)

    def ends_from(self, day: date) -> bool:
        """Whether it isn’t over before the day: it ends on it or later, or never."""
        return self.finished_on is None or day <= self.finished_on


@dataclass(frozen=True, slots=True)
class Mentoring:
    """Who mentors an ECT: the mentor, and their time at the school."""

    mentor_id: str
    mentor_period_id: str


@dataclass(slots=True)
class Person:
    """A teacher. `mentor` says what they train as; `funding` is None while it isn’t known.

    `mentors` has their mentors by their own time at a school. `flagged_on` is when a mentor’s funding ended.
    """

    id: str
    number: int
    trn: str
    mentor: bool
    year: Year
    schedule: str
    funding: bool | None
    trainings: list[Training] = field(default_factory=list)
    mentors: dict[str, Mentoring] = field(default_factory=dict)
    flagged_on: date | None = None
    changed_at: datetime | None = None
