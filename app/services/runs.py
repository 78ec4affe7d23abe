"""Runs: one person’s way through a journey, kept on the server, sealed, and versioned.

A run’s answers are encrypted at rest and never hold a date of birth or National Insurance number. Every change is a
conditional update on the version, so a form from a stale tab changes nothing. (Trust, 2 and 6.)
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import orjson
from sqlalchemy import case, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Run, RunEvent
from app.data.queries import runs as queries
from app.data.queries.paging import Page
from app.data.queries.runs import FoundRun, RunDetails
from app.data.sealing import Keys, Sealed, UnreadableError, seal, unseal
from app.data.transaction import write
from app.engine.vocabulary import Journey, Question, kept_names
from app.engine.walk import Answer, Walk
from app.services.supply import Reads, RunWorld

DAYS_KEPT = 30
KEPT_FOR = timedelta(days=DAYS_KEPT)

T = TypeVar("T")


class Stale(Exception):
    """The run has changed since the form was shown."""


class Over(Exception):
    """The run is finished, deleted, or past its time."""


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run with its answers unsealed, walked in the world as it is now."""

    row: FoundRun
    journey: Journey
    answers: Mapping[str, Answer]
    world: RunWorld
    walk: Walk


def find(reference: str, school_ids: Collection[str]) -> FoundRun | None:
    """The run with this reference if it belongs to one of the schools; None also for a foreign one."""
    row = queries.by_reference(reference)
    return row if row is not None and row.school_id in school_ids else None


def start(
    journey: Journey, school_id: str, person_id: str, now: datetime, keys: Keys, about: str | None = None
) -> str:
    """Begin a run, about this record of the school if its journey needs one. Returns its reference: 192 random bits,
    so nobody guesses it."""
    run_id, reference = new_id(), secrets.token_urlsafe(24)
    sealed = seal(_packed({}), run_id, keys)

    def work(session: Session) -> str:
        session.add(
            Run(
                id=run_id,
                reference=reference,
                journey=journey.slug,
                variant=journey.variant,
                school_id=school_id,
                person_id=person_id,
                subject_id=about,
                status="open",
                version=0,
                sealed=sealed.content,
                key_id=sealed.key_id,
                started_at=now,
                updated_at=now,
                kept_until=now + KEPT_FOR,
            )
        )
        session.flush()
        note(session, run_id, 0, now, "started", person_id=person_id)
        return reference

    return write(work)


def answers_of(row: RunDetails, keys: Keys) -> dict[str, Answer]:
    """A run’s answers. Raises Over when they have been dropped or can’t be opened any more."""
    if row.sealed is None or row.key_id is None:
        raise Over
    try:
        packed = orjson.loads(unseal(Sealed(row.key_id, row.sealed), row.id, keys))
    except UnreadableError:
        raise Over from None
    return {page: Answer(said["v"], said["s"], said["n"], said["at"]) for page, said in packed.items()}


def opened(row: FoundRun, journey: Journey, now: datetime, keys: Keys) -> OpenRun:
    """The run walked now. Raises Over when it can’t be continued."""
    if row.status != "open" or row.kept_until <= now:
        raise Over
    return _walked(row, journey, answers_of(row, keys), Reads.beside(row, now, journey.subject))


def walked(row: FoundRun, journey: Journey, answers: Mapping[str, Answer], now: datetime) -> OpenRun:
    """A run with these answers, walked with fresh reads: of the school too, which came with the run before."""
    return _walked(row, journey, answers, Reads.afresh(row, now, journey.subject))


def _walked(row: FoundRun, journey: Journey, answers: Mapping[str, Answer], reads: Reads) -> OpenRun:
    world = RunWorld(reads)
    return OpenRun(row, journey, answers, world, Walk(journey, answers, world))


def answer(
    run: OpenRun,
    page: str,
    values: Mapping[str, str],
    *,
    version: int,
    person_id: str,
    now: datetime,
    keys: Keys,
    forget: Collection[str] = (),
) -> OpenRun:
    """Keep an answer and walk again. The same answer again changes nothing.

    `forget` names pages whose answers go. Raises Stale when something the page rests on, or the page’s own answer, has
    changed since `version`.
    """
    said = _about(run, page, values)
    if _same(run.answers.get(page), said) and not forget:
        return run
    if _changed_since(run, page, version) and not _looks_up_again(run, page, values):
        raise Stale
    row = run.row
    answers = {name: a for name, a in run.answers.items() if name not in forget}
    answers[page] = replace(said, version=row.version + 1)
    sealed = seal(_packed(answers), row.id, keys)

    def work(session: Session) -> None:
        changes = {"sealed": sealed.content, "key_id": sealed.key_id, "updated_at": now}
        claim(session, row, **changes)
        note(session, row.id, row.version + 1, now, "answered", page=page, person_id=person_id)

    write(work)
    newer = replace(row, version=row.version + 1, sealed=sealed.content, key_id=sealed.key_id)
    return walked(newer, run.journey, answers, now)


def claim(session: Session, row: RunDetails, **changes: object) -> None:
    """Move the run on by one version, if nobody else has. Raises Stale otherwise. (Trust, 2.)"""
    statement = update(Run).where(Run.id == row.id, Run.version == row.version, Run.status == "open")
    moved = session.connection().execute(statement.values(version=row.version + 1, **changes))
    if moved.rowcount != 1:
        raise Stale


def note(
    session: Session,
    run_id: str,
    version: int,
    at: datetime,
    kind: str,
    *,
    page: str | None = None,
    person_id: str | None = None,
) -> None:
    """Append what happened in a run; never what was answered."""
    session.add(
        RunEvent(
            id=new_id(), run_id=run_id, version=version, at=at, kind=kind, page=page, person_id=person_id
        )
    )


def delete(row: RunDetails, person_id: str, now: datetime) -> None:
    """Drop an unfinished run’s answers for good. Raises Stale when it changed or ended meanwhile."""

    def work(session: Session) -> None:
        claim(session, row, status="deleted", sealed=None, key_id=None, updated_at=now)
        note(session, row.id, row.version + 1, now, "deleted", person_id=person_id)

    write(work)


def unfinished(school_id: str, now: datetime, page: int = 1) -> Page[RunDetails]:
    """A school’s runs of live journeys that can be continued, the latest first."""
    return queries.open_runs_of(school_id, now, variant="live", page=page)


def drop_old(now: datetime) -> int:
    """Drop the answers of every run past its time, sent ones too. Returns how many; safe to run twice or at once."""
    dropped = 0
    while found := queries.over_time(now):

        def work(session: Session, ids: tuple[str, ...] = found) -> int:
            ended = case((Run.status == "open", "expired"), else_=Run.status)
            changes = {"status": ended, "sealed": None, "key_id": None, "updated_at": now}
            statement = update(Run).where(Run.id.in_(ids), Run.sealed.is_not(None), Run.kept_until <= now)
            return session.connection().execute(statement.values(changes)).rowcount

        dropped += write(work)
    return dropped


def named(row: RunDetails, keys: Keys, read: Callable[[Mapping[str, Answer]], T]) -> T | None:
    """Something read from a run’s answers for a list; None when they can’t be opened."""
    try:
        return read(answers_of(row, keys))
    except Over:
        return None


def name_of(answers: Mapping[str, Answer]) -> str:
    """The teacher’s name as far as it is known; nothing before TRN and second detail matched."""
    said = {name: value for each in answers.values() for name, value in each.values.items()}
    return said.get("corrected_name") or said.get("record_name") or ""


def _about(run: OpenRun, page: str, values: Mapping[str, str]) -> Answer:
    """The values with what they are about (before the page) and what is remembered with them (after it)."""
    asked = _question(run, page)
    heard = run.walk.heard_before(run.walk.find(page) or run.walk.frontier)
    subject = run.world.subject(asked.subject, heard) if asked.subject else ""
    after = heard.plus(page, Answer(values, subject))
    return Answer(values, subject, {name: run.world.subject(name, after) for name in asked.notes})


def _question(run: OpenRun, page: str) -> Question:
    return next(question for question in run.journey.questions() if question.name == page)


def _same(before: Answer | None, now: Answer) -> bool:
    if before is None:
        return False
    return (before.values, before.subject, before.notes) == (now.values, now.subject, now.notes)


def _looks_up_again(run: OpenRun, page: str, values: Mapping[str, str]) -> bool:
    """A look-up sent twice (a double click): what was typed and kept is the same, only its time differs."""
    asked, before = _question(run, page), run.answers.get(page)
    if not asked.action or before is None:
        return False
    return all(before.values.get(name) == values.get(name) for name in kept_names(asked))


def _changed_since(run: OpenRun, page: str, version: int) -> bool:
    """Whether an answer on the way to the page, or its own, was written after the form was shown."""
    names = run.walk.names
    upto = names[: names.index(page) + 1] if page in names else names
    written = [run.answers[name].version for name in upto if name in run.answers]
    return max(written, default=0) > version or version > run.row.version


def _packed(answers: Mapping[str, Answer]) -> bytes:
    return json.dumps(
        {
            page: {"v": dict(a.values), "s": a.subject, "n": dict(a.notes), "at": a.version}
            for page, a in answers.items()
        }
    ).encode()


def pack(answers: Mapping[str, Answer], run_id: str, keys: Keys) -> Sealed:
    """Answers sealed for a run."""
    return seal(_packed(answers), run_id, keys)
