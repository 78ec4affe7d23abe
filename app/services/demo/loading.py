"""Filling a database for a demonstration, once and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import (
    AppropriateBody,
    DeliveryPartner,
    Event,
    LeadProvider,
    Person,
    School,
    Teacher,
)
from app.data.queries.events import SYSTEM, record
from app.data.sealing import Keys
from app.data.transaction import write
from app.services.demo import organisations, real_data, schools, stories, years
from app.services.demo.real_data import ShowProgress
from app.services.importing.report import Report

_OTHERS = (School, Person, LeadProvider, DeliveryPartner, AppropriateBody, Teacher)
_RECORD = "demonstration"


class NotForDemonstration(Exception):
    """The database is used for something else. The message says so in a sentence."""


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
    write(lambda session: _claim(session, now))
    opened = years.open_years(today, now)
    return Loaded(opened, write(lambda session: _fill(session, today, now, keys)))


def load_real(folder: Path, today: date, now: datetime, show: ShowProgress) -> Loaded:
    """Fill the database from a folder of public data, with fictional organisations around it.

    `show` makes a progress bar for each file. Raises NotForDemonstration, or FileRefused with nothing of that file
    stored.
    """
    checked = real_data.check(folder)
    write(lambda session: _claim(session, now))
    reports = real_data.bring_in(checked, now, show)
    opened = years.open_years(today, now)
    return Loaded(opened, write(lambda session: _surround(session, today, now)), reports)


def _claim(session: Session, now: datetime) -> None:
    """Say, once, that the database is a demonstration’s. Raises NotForDemonstration when it is something else’s."""
    if _said(session, "claimed"):
        return
    if any(session.connection().execute(select(exists().select_from(model))).scalar() for model in _OTHERS):
        raise NotForDemonstration(
            "This database has records in it that are not a demonstration’s. Set DATABASE_URL to an empty one."
        )
    _say(session, "claimed", now)


def _fill(session: Session, today: date, now: datetime, keys: Keys) -> int:
    first_time = not _said(session, "filled")
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
        _say(session, "filled", now)
    return changed


def _surround(session: Session, today: date, now: datetime) -> int:
    changed = 0
    if not _said(session, "filled") and not _said(session, "surrounded"):
        changed += organisations.store_providers_and_partners(session, now)
    changed += _places(session, today, now)
    if not _said(session, "surrounded"):
        changed += organisations.store_links(session, real_data.links(session), now)
        changed += schools.store_people(session, real_data.seats(session), now)
        _say(session, "surrounded", now)
    return changed


def _places(session: Session, today: date, now: datetime) -> int:
    return organisations.store_places_and_pairings(session, years.shown(today), today, now)


def _said(session: Session, what: str) -> bool:
    statement = select(Event.id).where(Event.record_kind == _RECORD, Event.record_id == what)
    return session.connection().execute(statement.limit(1)).scalar() is not None


def _say(session: Session, what: str, now: datetime) -> None:
    record(
        session,
        at=now,
        kind=f"{_RECORD}.{what}",
        actor=SYSTEM,
        record_kind=_RECORD,
        record_id=what,
        request_id=new_id(),
    )
