"""Filling a database for a demonstration, once and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.data.sealing import Keys
from app.data.transaction import write
from app.domain.cohorts import cohort_of
from app.services.demo import (
    keys as api_keys,
)
from app.services.demo import (
    lives,
    mentors,
    money,
    offices,
    organisations,
    real_data,
    schools,
    stories,
    timeline,
    years,
)
from app.services.demo.claims import NotForDemonstration, claim, claim_for, finished, said, say
from app.services.demo.national import filling
from app.services.demo.national.sizes import Size
from app.services.demo.real_data import ShowProgress
from app.services.importing.report import Report

__all__ = ["Loaded", "NotForDemonstration", "load_fictional", "load_real", "load_sized"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was done: cohorts opened now, records of each kind added or changed, and reports of imported files."""

    opened: tuple[int, ...]
    changed: int
    reports: tuple[tuple[str, Report], ...] = ()

    @property
    def nothing_changed(self) -> bool:
        """Whether everything was there already."""
        files = sum(report.added + report.changed for _, report in self.reports)
        return not (self.opened or self.changed or files)


def load_fictional(today: date, now: datetime, keys: Keys) -> Loaded:
    """Fill the database with the fictional demonstration. Raises NotForDemonstration."""
    write(lambda session: claim(session, now))
    opened = years.open_years(years.shown(today), today, now)
    changed = write(lambda session: _fill(session, today, now, keys))
    # What lead providers see follows from the write before.
    return Loaded(opened, changed + write(lambda session: live(session, today, now)))


def load_real(folder: Path, today: date, now: datetime, show: ShowProgress) -> Loaded:
    """Fill the database from a folder of public data, with fictional organisations around it.

    `show` makes a progress bar for each file. Raises NotForDemonstration, or FileRefused with nothing of that file
    stored.
    """
    checked = real_data.check(folder)
    write(lambda session: claim(session, now))
    reports = real_data.bring_in(checked, now, show)
    opened = years.open_years(years.shown(today), today, now)
    return Loaded(opened, write(lambda session: _surround(session, today, now)), reports)


def load_sized(size: Size, now: datetime, show: ShowProgress) -> Loaded:
    """Fill an empty database with a larger demonstration; `show` makes its progress bar.

    It is stored in many writes. Raises NotForDemonstration, also when an earlier run was interrupted.
    """
    if not write(lambda session: claim_for(session, size.name, now)):
        return Loaded((), 0)
    changed = filling.fill(size, now, show)
    write(lambda session: say(session, finished(size.name), now))
    return Loaded((), changed)


def _fill(session: Session, today: date, now: datetime, keys: Keys) -> int:
    first_time = not said(session, "filled")
    steps: list[Callable[[], int]] = []
    if first_time:
        steps += [
            lambda: organisations.store_providers_and_partners(session, now),
            lambda: organisations.store_bodies(session, now),
            lambda: organisations.store_links(session, organisations.LINKS, now),
        ]
    steps.append(lambda: _places(session, today, now))
    changed = sum(step() for step in steps)
    if first_time:
        schools.store_schools(session, now)
        changed += schools.store_people(session, schools.SEATS, now)
        changed += stories.tell(session, today, now, keys)
        calendar = stories.Calendar(today, now)
        changed += mentors.introduce(session, schools.places(session), calendar)
        say(session, "filled", now)
    return changed + _offices(session, today, now)


def live(session: Session, today: date, now: datetime) -> int:
    """Let happen, once, what lead providers and finance did since everybody was registered."""
    if said(session, "lived"):
        return 0
    records = organisations.Records(session)
    payers = offices.payers(session)
    teller = lives.Teller(session, now, cohort_of(today), records.provider, timeline.since(session, today))
    steps = [*timeline.statement_steps(session, today, payers), *teller.steps()]
    say(session, "lived", now)
    return timeline.take(session, steps)


def _offices(session: Session, today: date, now: datetime) -> int:
    """Who pays, who is paid and by what, and keys to the API."""
    return (
        money.set_up(session, years.shown(today), now)
        + offices.store_desks(session, now)
        + api_keys.store_tokens(session, now)
    )


def _surround(session: Session, today: date, now: datetime) -> int:
    changed = 0
    if not said(session, "filled") and not said(session, "surrounded"):
        changed += organisations.store_providers_and_partners(session, now)
    changed += _places(session, today, now)
    if not said(session, "surrounded"):
        changed += organisations.store_links(session, real_data.links(session), now)
        changed += schools.store_people(session, real_data.seats(session), now)
        say(session, "surrounded", now)
    return changed + _offices(session, today, now)


def _places(session: Session, today: date, now: datetime) -> int:
    return organisations.store_places_and_pairings(session, years.shown(today), today, now)
