"""Bringing runs to check answers through the services alone: for trials of what comes after.

    trial = ready(app, Wish(trn="3004001", name="Ada Park", email="ada@example.com"))

Takes a tenth of the time of going through the pages, and so may be done fifty times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask

from app.data import clock
from app.data.database import db
from app.engine.vocabulary import Ask, Question
from app.services import answering, looking_up, runs
from app.services.runs import OpenRun
from app.services.teacher_record.demo_register import DemoRegister
from app.services.teacher_record.demo_teachers import DEMO_TEACHERS, DemoTeacher
from tests.support import acceptance
from tests.support.about_ects import USUAL as ABOUT_ECTS
from tests.support.challenging import USUAL as USUALLY_WRONG
from tests.support.mentoring import Mentoring
from tests.support.registering import MOST_PAGES, USUAL


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be registered, by whom, and what is said otherwise than usual (form fields by name)."""

    trn: str = acceptance.AOIFE_TRN
    name: str = "Aoife O'Brien"
    email: str = "aoife@example.com"
    school: str = acceptance.OAKFIELD
    tutor: str = acceptance.OAKFIELD_TUTOR
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A run that only needs to be sent."""

    wish: Wish
    reference: str
    version: int
    slug: str = "register-ect"

    @property
    def base(self) -> str:
        """The address of the run, without the slash at its end."""
        under = "/registrations" if self.slug == "register-ect" else f"/journeys/{self.slug}"
        return f"{under}/{self.reference}"


def ready(app: Flask, wish: Wish) -> Ready:
    """A live run with every question answered. Raises AssertionError when the way ends before."""
    people = (*(each for each in DEMO_TEACHERS if each.trn != wish.trn), DemoTeacher(wish.trn, wish.name))
    return _ready(app, "register-ect", wish, DemoRegister(people))


def about_a_partnership(app: Flask, partnership_id: str, wish: Wish | None = None) -> Ready:
    """A live run that calls a partnership wrong, with every question answered."""
    return _ready(app, "challenge-partnership", wish or Wish(), DemoRegister(), partnership_id)


def about_an_ect(app: Flask, slug: str, ect_id: str, wish: Wish | None = None) -> Ready:
    """A live run of this journey about an ECT (or the partnership that was theirs), with every question answered."""
    return _ready(app, slug, wish or Wish(), DemoRegister(), ect_id)


def _ready(app: Flask, slug: str, wish: Wish, register: DemoRegister, about: str | None = None) -> Ready:
    parts = app.extensions["journeys"]
    journey = parts.library.get(slug)
    with app.app_context():
        reference = runs.start(journey, wish.school, wish.tutor, clock.now(), parts.keys, about)
        row = runs.find(reference, (wish.school,))
        assert row is not None
        run = runs.opened(row, journey, clock.now(), parts.keys)
        for _ in range(MOST_PAGES):
            if run.walk.complete:
                break
            run = _answered(run, wish, register, parts.keys)
        db.session.remove()
    assert run.walk.complete
    return Ready(wish, reference, run.row.version, slug)


def _answered(run: OpenRun, wish: Wish, register: DemoRegister, keys: object) -> OpenRun:
    page = run.walk.frontier
    assert isinstance(page, Ask), f"stuck at {page.name}"
    heard = run.walk.heard_before(page)
    reading = answering.read(page.question, _form(page.question, wish), heard, run.world)
    assert not reading.faults, f"{page.name}: {reading.faults}"
    values = dict(reading.kept)
    if page.question.action:
        trn = values.get("trn") or wish.trn
        values |= looking_up.run(page.question.action, trn, reading.passing, register, clock.now())
    return runs.answer(
        run,
        page.name,
        values,
        version=run.row.version,
        person_id=wish.tutor,
        now=clock.now(),
        keys=keys,  # type: ignore[arg-type]  # the app’s own, see `ready`
    )


def _form(question: Question, wish: Wish) -> dict[str, list[str]]:
    usual = {**USUAL, **USUALLY_WRONG, **ABOUT_ECTS, **Mentoring.usual}[question.name]
    own = {"trn": wish.trn, "email": wish.email, **wish.said}
    return {name: [own.get(name, value)] for name, value in usual.items()}
