"""Sending a run’s answers: claimed once, walked again inside the write, stored whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.models import Run
from app.data.queries.events import Actor
from app.data.queries.runs import RunDetails
from app.data.sealing import Keys
from app.data.transaction import TRIES, write
from app.domain.leaving import StopReason
from app.domain.names import Outcome
from app.domain.partnerships import ChallengeReason
from app.domain.references import new_reference
from app.domain.refusals import Refused
from app.engine.walk import Answer, Heard
from app.services import leaving, mentoring, partnerships, runs, training_again
from app.services.asked import Asked
from app.services.partnerships import Conflict, moving
from app.services.registrations import Request, register
from app.services.runs import OpenRun, Stale
from app.services.supply import Reads, RunWorld, Setting, ects
from app.services.supply.words import name

SENT = "sent"


class Incomplete(Exception):
    """Something the answers rest on has changed since: they must be looked at again. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class Made:
    """What an outcome did: the record it made or changed, and the reference that the school is given, if any."""

    record_id: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A finished run: the reference given (empty when a round stored nothing), and the answers as they were sent."""

    reference: str
    heard: Heard
    world: RunWorld


def send(run: OpenRun, version: int, asked: Request, keys: Keys) -> None:
    """Send a complete run’s answers. Exactly one of any number of identical calls does it.

    Raises Stale when the run changed since `version`, was sent already or is over; Incomplete when the walk made inside
    the write isn’t complete. When somebody else stored the same teacher, email address or partnership in the same
    moment, the whole is done again: then its walk sees what the other stored.
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


def _keep(session: Session, run: OpenRun, heard: Heard, made: Made | None, keys: Keys) -> None:
    """The answers as sent, sealed, so that the confirmation can be opened again until the run’s time is over."""
    answers: dict[str, Answer] = {page: answer for page in heard.pages if (answer := heard.answer(page))}
    answers[SENT] = Answer({"reference": made.reference if made else ""})
    sealed = runs.pack(answers, run.row.id, keys)
    changes = {
        "sealed": sealed.content,
        "key_id": sealed.key_id,
        "result_id": made.record_id if made else None,
    }
    session.connection().execute(update(Run).where(Run.id == run.row.id).values(changes))


def sent(row: RunDetails, keys: Keys, kind: str = "") -> Sent:
    """What a finished run sent; `kind` is what it was about. Raises runs.Over when its answers have been dropped."""
    answers = runs.answers_of(row, keys)
    at: datetime = row.finished_at or row.updated_at
    world = RunWorld(Reads.afresh(row, at, kind))
    said = answers.pop(SENT, Answer({"reference": ""}))
    heard = Heard(world, {}, {})
    for page, answer in answers.items():
        heard = heard.plus(page, answer)
    return Sent(said.values["reference"], heard, world)


def register_ect(session: Session, run: OpenRun, asked: Request) -> Made | None:
    """Register the ECT. A round whose typed name matches nothing in its list stores nothing, and says nothing of it."""
    view = run.world.view(run.walk.heard)
    if view.training is None or (not run.journey.is_live and view.partner_id is None):
        return None
    setting = Setting(run.row.kept_until, runs.DAYS_KEPT, help="")
    said = name(run.world.lexicon(view.heard, run.answers, setting))
    made = register(session, view, said, run.row.id, asked)
    return Made(made.ect_id, made.reference)


def challenge_partnership(session: Session, run: OpenRun, asked: Request) -> Made:
    """Challenge the partnership that the run is about. Raises Conflict when it changed in the same moment."""
    view = run.world.view(run.walk.heard)
    found = moving.find(session, run.row.subject_id or "", school_id=run.row.school_id)
    if found is None or found.delivery_partner_id != view.partner_id:
        raise Conflict
    by = Asked(Actor("person", asked.person_id), asked.now, asked.request_id)
    reason = ChallengeReason(view.heard.values["what_is_wrong"])
    reference = new_reference(secrets.token_bytes(16), "PAR")
    with _changed_meanwhile():
        partnerships.challenge(session, found, reason, by, reference)
    return Made(found.id, reference)


def answer_lead_provider(session: Session, run: OpenRun, asked: Request) -> Made:
    """Answer the lead provider that named another delivery partner. Raises Conflict when it changed meanwhile."""
    heard = run.walk.heard
    said = heard.answer("is_it_right")
    waiting = moving.find(session, run.row.subject_id or "", school_id=run.row.school_id)
    named = moving.find(session, said.subject.split("|")[0], school_id=run.row.school_id) if said else None
    if said is None or waiting is None or named is None:
        raise Conflict
    by = Asked(Actor("person", asked.person_id), asked.now, asked.request_id)
    with _changed_meanwhile():
        if said.values["is_it_right"] == "yes":
            partnerships.accept(session, waiting, named, by)
        else:
            partnerships.keep(session, waiting, named, by)
    return Made(waiting.id)


@contextmanager
def _changed_meanwhile() -> Iterator[None]:
    """The walk found that it may be done. If the record that was read after it says no, somebody came between."""
    try:
        yield
    except Refused as late:
        raise Conflict from late


def report_change(session: Session, run: OpenRun, asked: Request) -> Made:
    """Store that the ECT leaves, or trains no more. Raises Conflict when a colleague reported it meanwhile."""
    view = run.world.view(run.walk.heard)
    by = Asked(Actor("person", asked.person_id), asked.now, asked.request_id)
    reference = new_reference(secrets.token_bytes(16), "CHA")
    ect, training = view.ect, ects.training(view.reads)
    if ect is None:
        raise Conflict
    school, values = run.row.school_id, view.heard.values
    if values["what_has_changed"] == "leaving":
        last_day = date.fromisoformat(values["last_day"])
        leaving.report_leaving(session, school, ect.card, last_day, by, reference)
    elif training is None:
        raise Conflict
    else:
        last_day, reason = date.fromisoformat(values["stopped_on"]), StopReason(values["stopped_reason"])
        leaving.report_stop(session, school, training, last_day, reason, by, reference)
    return Made(ect.card.id, reference)


def choose_training(session: Session, run: OpenRun, asked: Request) -> Made:
    """Give an ECT who has no training the one chosen. Raises Conflict when a colleague chose meanwhile."""
    view = run.world.view(run.walk.heard)
    by = Asked(Actor("person", asked.person_id), asked.now, asked.request_id)
    reference = new_reference(secrets.token_bytes(16), "TRA")
    if view.ect is None:
        raise Conflict
    training_again.choose(session, view, by, reference)
    return Made(view.ect.card.id, reference)


def choose_together(session: Session, run: OpenRun, asked: Request) -> Made:
    """Give everybody whose training one partnership was the one chosen. Raises Conflict when a colleague was first."""
    view = run.world.view(run.walk.heard)
    by = Asked(Actor("person", asked.person_id), asked.now, asked.request_id)
    reference = new_reference(secrets.token_bytes(16), "TRA")
    training_again.choose_together(session, view, by, reference)
    return Made(run.row.subject_id or "", reference)


def assign_mentor(session: Session, run: OpenRun, asked: Request) -> Made:
    """Give the ECT a mentor, registered for it where they are new. Raises Conflict when a colleague did meanwhile."""
    view = run.world.view(run.walk.heard)
    by = Asked(Actor("person", asked.person_id), asked.now, asked.request_id)
    reference = new_reference(secrets.token_bytes(16), "MEN")
    if view.ect is None:
        raise Conflict
    mentoring.give(session, view, asked, by, reference)
    return Made(view.ect.card.id, reference)


OUTCOMES: Mapping[Outcome, Callable[[Session, OpenRun, Request], Made | None]] = {
    Outcome.REGISTER_ECT: register_ect,
    Outcome.CHALLENGE_PARTNERSHIP: challenge_partnership,
    Outcome.ANSWER_LEAD_PROVIDER: answer_lead_provider,
    Outcome.REPORT_CHANGE: report_change,
    Outcome.CHOOSE_TRAINING: choose_training,
    Outcome.CHOOSE_TOGETHER: choose_together,
    Outcome.ASSIGN_MENTOR: assign_mentor,
}
