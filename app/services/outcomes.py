"""Sending a run’s answers: claimed once, walked again inside the write, stored whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.models import Run
from app.data.queries.runs import RunDetails
from app.data.sealing import Keys
from app.data.transaction import TRIES, write
from app.domain.days import london_day
from app.domain.names import Outcome
from app.engine.walk import Answer, Heard
from app.services import runs
from app.services.partnerships import Conflict
from app.services.registrations import Registered, Request, register
from app.services.runs import OpenRun, Stale
from app.services.supply import Reads, RunWorld, Setting
from app.services.supply.words import name

SENT = "sent"


class Incomplete(Exception):
    """Something the answers rest on has changed since: they must be looked at again. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A finished run: the reference given (empty when a round stored nothing), and the answers as they were sent."""

    reference: str
    heard: Heard
    world: RunWorld


def send(run: OpenRun, version: int, asked: Request, keys: Keys) -> None:
    """Send a complete run’s answers. Exactly one of any number of identical calls does it.

    Raises Stale when the run changed since `version`, was sent already or is over; Incomplete when the walk made inside
    the write isn’t complete. When another registration stored the same teacher, email address or partnership in the
    same moment, the whole is done again: then its walk sees what the other stored.
    """
    if version != run.row.version:
        raise Stale

    def work(session: Session) -> None:
        runs.claim(session, run.row, status="finished", finished_at=asked.now, updated_at=asked.now)
        # Walked again inside the write: what was true when the page was shown may not be any more.
        now = runs.walked(run.row, run.journey, run.answers, asked.now)
        if not now.walk.complete:
            raise Incomplete
        made = OUTCOMES[Outcome(run.journey.outcome)](session, now, asked)
        runs.note(session, run.row.id, run.row.version + 1, asked.now, "sent", person_id=asked.person_id)
        _keep(session, run, now.walk.heard, made, keys)

    for _ in range(TRIES):
        with suppress(IntegrityError, Conflict):
            write(work)
            return
    raise Incomplete


def _keep(session: Session, run: OpenRun, heard: Heard, made: Registered | None, keys: Keys) -> None:
    """The answers as sent, sealed, so that the confirmation can be opened again until the run’s time is over."""
    answers: dict[str, Answer] = {page: answer for page in heard.pages if (answer := heard.answer(page))}
    answers[SENT] = Answer({"reference": made.reference if made else ""})
    sealed = runs.pack(answers, run.row.id, keys)
    changes = {
        "sealed": sealed.content,
        "key_id": sealed.key_id,
        "result_id": made.ect_id if made else None,
    }
    session.connection().execute(update(Run).where(Run.id == run.row.id).values(changes))


def sent(row: RunDetails, keys: Keys) -> Sent:
    """What a finished run sent. Raises runs.Over when its answers have been dropped since."""
    answers = runs.answers_of(row, keys)
    at: datetime = row.finished_at or row.updated_at
    world = RunWorld(Reads(row.school_id, london_day(at), at))
    said = answers.pop(SENT, Answer({"reference": ""}))
    heard = Heard(world, {}, {})
    for page, answer in answers.items():
        heard = heard.plus(page, answer)
    return Sent(said.values["reference"], heard, world)


def register_ect(session: Session, run: OpenRun, asked: Request) -> Registered | None:
    """Register the ECT. A round whose typed name matches nothing in its list stores nothing, and says nothing of it."""
    view = run.world.view(run.walk.heard)
    if view.training is None or (not run.journey.is_live and view.partner_id is None):
        return None
    setting = Setting(run.row.kept_until, runs.DAYS_KEPT, help="")
    said = name(run.world.lexicon(view.heard, run.answers, setting))
    return register(session, view, said, run.row.id, asked)


OUTCOMES: Mapping[Outcome, Callable[[Session, OpenRun, Request], Registered | None]] = {
    Outcome.REGISTER_ECT: register_ect,
}
