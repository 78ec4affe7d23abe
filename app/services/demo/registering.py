"""One registration of the demonstration, made by the journey that schools use, at a time gone by.

The answers are given page by page, as a school would, so that nothing is here that a school could not have made.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Run
from app.data.sealing import Keys
from app.domain.days import london_day
from app.domain.eligibility import InductionStatus, TeacherRecord
from app.engine.vocabulary import Ask, Question
from app.engine.walk import Answer, Heard, Walk
from app.services import looking_up, runs
from app.services.demo.schools import Place
from app.services.registrations import Registered, Request, register
from app.services.supply import Reads, RunWorld, View
from app.services.teacher_record.port import Finding, Outcome
from journeys.register_ect.live import JOURNEY


@dataclass(frozen=True, slots=True)
class Teacher:
    """A fictional teacher as the teacher record has them."""

    trn: str
    name: str
    qts_awarded: bool = True

    @property
    def email(self) -> str:
        """An address that only they use."""
        return f"ect.{self.trn}@schools.example"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a school wants to say of one ECT, organisations by id.

    Without a lead provider the training is school-led; without a delivery partner the lead provider confirms it.
    """

    teacher: Teacher
    start: date
    body_id: str
    lead_provider_id: str | None = None
    delivery_partner_id: str | None = None
    working_pattern: str = "full_time"


class CannotBeRegistered(Exception):
    """The journey ends elsewhere than at check answers: the demonstration asks for what a school can’t do."""


def register_ect(session: Session, wish: Wish, place: Place, at: datetime) -> Registered:
    """Register somebody as of `at`. Raises CannotBeRegistered."""
    world, answers = _answered(wish, place, at)
    walk = Walk(JOURNEY, answers, world)
    if not walk.complete:
        raise CannotBeRegistered(f"{wish.teacher.trn} ends at {walk.frontier.name}")
    asked = Request(place.person_id, at, f"demonstration-{wish.teacher.trn}")
    return register(session, world.view(walk.heard), wish.teacher.name, new_id(), asked)


def leave_unfinished(
    session: Session, wish: Wish, place: Place, at: datetime, *, before: str, keys: Keys
) -> None:
    """Store a registration as somebody left it, the page `before` being the next to answer."""
    _, answers = _answered(wish, place, at, before)
    run_id = new_id()
    sealed = runs.pack(answers, run_id, keys)
    session.add(
        Run(
            id=run_id,
            reference=secrets.token_urlsafe(24),
            journey=JOURNEY.slug,
            variant=JOURNEY.variant,
            school_id=place.school_id,
            person_id=place.person_id,
            status="open",
            version=len(answers),
            sealed=sealed.content,
            key_id=sealed.key_id,
            started_at=at,
            updated_at=at,
            kept_until=at + runs.KEPT_FOR,
        )
    )
    session.flush()
    runs.note(session, run_id, 0, at, "started", person_id=place.person_id)
    for version, page in enumerate(answers, start=1):
        runs.note(session, run_id, version, at, "answered", page=page, person_id=place.person_id)


def _answered(
    wish: Wish, place: Place, at: datetime, before: str = ""
) -> tuple[RunWorld, Mapping[str, Answer]]:
    """The answers up to the page `before`, or as far as the journey goes."""
    world = RunWorld(Reads(place.school_id, london_day(at), at))
    answers: dict[str, Answer] = {}
    while True:
        walk = Walk(JOURNEY, answers, world)
        page = walk.frontier
        # A page that is answered and still the frontier can’t be passed.
        if not isinstance(page, Ask) or page.name in answers or page.name == before:
            return world, answers
        heard = walk.heard_before(page)
        values = _say(page.question, wish, world.view(heard), at)
        answers[page.name] = _about(page.question, values, heard, world, len(answers) + 1)


def _about(
    question: Question, values: Mapping[str, str], heard: Heard, world: RunWorld, version: int
) -> Answer:
    subject = world.subject(question.subject, heard) if question.subject else ""
    after = heard.plus(question.name, Answer(values, subject))
    return Answer(values, subject, {name: world.subject(name, after) for name in question.notes}, version)


def _say(question: Question, wish: Wish, view: View, at: datetime) -> dict[str, str]:
    if question.name == "find_ect":
        return _found(wish.teacher, at)
    answer = ANSWERS.get(question.name)
    return {question.name: answer(wish, view)} if answer else {}


def _found(teacher: Teacher, at: datetime) -> dict[str, str]:
    """What finding the teacher’s record leaves in a run."""
    record = TeacherRecord(
        teacher.trn, teacher.name, teacher.qts_awarded, InductionStatus.REQUIRED_TO_COMPLETE
    )
    found = looking_up.derived(Finding(Outcome.MATCHED, record))
    return {"trn": teacher.trn, **found, "record_checked_at": at.isoformat()}


def _existing_partner(wish: Wish, view: View) -> str:
    if wish.delivery_partner_id is None:
        return "unknown"
    existing = view.existing
    return "yes" if existing and existing.delivery_partner_id == wish.delivery_partner_id else "no"


def _same_organisation(wish: Wish, view: View) -> str:
    if wish.delivery_partner_id is None:
        return "unknown"
    return "yes" if view.linked_partner_id == wish.delivery_partner_id else "no"


def _delivery_partner(wish: Wish, view: View) -> str:
    partner = wish.delivery_partner_id
    if partner is None:
        return "not_listed"
    return "another" if view.list_is_long and partner not in view.likely else partner


ANSWERS: Mapping[str, Callable[[Wish, View], str]] = {
    "check_details": lambda wish, view: "yes",
    "email": lambda wish, view: wish.teacher.email,
    "start_date": lambda wish, view: wish.start.isoformat(),
    "working_pattern": lambda wish, view: wish.working_pattern,
    "previous_choices": lambda wish, view: "no",
    "appropriate_body": lambda wish, view: wish.body_id,
    "programme": lambda wish, view: "provider_led" if wish.lead_provider_id else "school_led",
    "lead_provider": lambda wish, view: wish.lead_provider_id or "unknown",
    "existing_partner": _existing_partner,
    "same_organisation": _same_organisation,
    "delivery_partner": _delivery_partner,
    "named_partner": lambda wish, view: wish.delivery_partner_id or "not_listed",
}
"""What the wish makes of each question."""
