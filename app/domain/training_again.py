"""Choosing training again for ECTs who have none: who needs it, with whom together, and if their record goes on or
a new one begins.

School journey, “Partnership records”: a record whose partnership was never active is repointed; one under a once-active
partnership ends the day before its successor starts. Every day is a London day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.participants import NO_TRAINING, TrainingStatus
from app.domain.partnerships import State

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TrainingSoFar:
    """Somebody’s latest training record at their school.

    `partnership` is None for school-led training; `ever_active` says that its lead provider has confirmed it once;
    `training` is the lead provider’s word, `stopped` the school’s. `finished_on` is the last day, None while it is
    open.
    """

    partnership: State | None
    ever_active: bool
    training: TrainingStatus
    stopped: bool
    started_on: date
    finished_on: date | None = None

    @property
    def is_needed_again(self) -> bool:
        """Whether nobody trains them: one side said no, said that it was wrong, or that training has stopped."""
        withdrawn = self.partnership is State.ACTIVE and self.training is TrainingStatus.WITHDRAWN
        return self.partnership in NO_TRAINING or withdrawn or self.stopped

    @property
    def ended_together(self) -> bool:
        """Whether it ended with that of everybody under the same partnership: one answer counts for all of them.

        Whose training the school itself had stopped isn’t one of them. (Words, table 8.)
        """
        return self.partnership in NO_TRAINING and not self.stopped

    @property
    def goes_on(self) -> bool:
        """Whether the same record hangs on what is chosen now: no lead provider has ever been shown it."""
        return self.partnership is not None and not self.ever_active and not self.stopped

    def successor_starts(self, today: date) -> date:
        """The first day of the record that follows: today, unless this one has a day of its own still to come."""
        stopped_on = self.finished_on if self.stopped else None
        return max(today, (stopped_on or self.started_on) + A_DAY)


def can_start(starts_on: date, last_day_at_school: date | None) -> bool:
    """Whether training can begin before the person leaves."""
    return last_day_at_school is None or starts_on <= last_day_at_school
