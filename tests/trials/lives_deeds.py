"""What may happen to the people on the stage: drawn at random, and done through the services as everybody does.

A refusal is an answer like any other. Whatever else is raised ends the trial.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data import clock
from app.data.database import reading
from app.data.models import Declaration, Partnership, Statement, StatementLine
from app.data.queries import enrolments
from app.data.transaction import write
from app.domain.partnerships import ChallengeReason
from app.domain.refusals import Refused, RefusedTogether
from app.domain.schedules import IDENTIFIERS, Course, DeclarationType
from app.domain.training import Action
from app.services import daily, finance, funding, partnerships, providers
from app.services.partnerships import moving
from tests.trials.lives_rules import LIVE, allowed
from tests.trials.lives_stage import Calendar, Life, World, by_job, by_person, by_provider

REFUSALS = (
    Refused,
    RefusedTogether,
    partnerships.Conflict,
    providers.NotFound,
    providers.Overtaken,
    finance.NotFound,
    finance.Overtaken,
)
TYPES = tuple(map(str, DeclarationType))
EVIDENCE = {"retained-2": "75-percent-engagement-met", "completed": "75-percent-engagement-met"}
USUAL_EVIDENCE = "training-event-attended"
MIDDLE = "ecf-standard-september"

Deed = Callable[["Deeds"], None]


class Deeds:
    """One of those who act: `done` counts what was done and what was refused."""

    def __init__(self, world: World, calendar: Calendar, chance: random.Random, name: str) -> None:
        self.world = world
        self.calendar = calendar
        self.chance = chance
        self.name = name
        self.done: Counter[str] = Counter()
        self._number = 0

    def act(self, how_often: Mapping[Deed, int] | None = None) -> None:
        """Do one thing, drawn at random: one of `how_often`, by weight, or any at all."""
        weighted = how_often or HOW_OFTEN
        (deed,) = self.chance.choices(tuple(weighted), tuple(weighted.values()))
        self._number += 1
        name = deed.__name__
        with self.world.app.app_context():
            try:
                deed(self)
            except REFUSALS:
                name = f"{name} refused"
        self.done[name] += 1

    @property
    def request(self) -> str:
        """The request at hand."""
        return f"{self.name} {self._number}"

    def training(self) -> None:
        """Defer, withdraw, resume."""
        (action,) = self.chance.choices((Action.DEFER, Action.WITHDRAW, Action.RESUME), (2, 2, 5))
        self._change(action, {"reason": "other"})

    def schedule(self) -> None:
        """Another schedule, now and then in another cohort; often back to the one that all began on."""
        schedule = self.chance.choice((MIDDLE, MIDDLE, "ecf-extended-september", *IDENTIFIERS))
        cohort = self.chance.choice((None, None, None, 2024, 2025, "2025"))
        self._change(Action.CHANGE_SCHEDULE, {"schedule_identifier": schedule, "cohort": cohort})

    def declare(self) -> None:
        """A declaration, mostly for a day that its milestone allows."""
        life, provider = self._somebody()
        kind, at = self._point(life)
        evidence = EVIDENCE.get(kind, USUAL_EVIDENCE) if self.chance.random() < 0.95 else None
        attributes = {
            "participant_id": life.teacher,
            "course_identifier": life.course,
            "declaration_type": kind,
            "declaration_date": at.isoformat(),
            "evidence_held": evidence,
        }
        providers.declare(provider, attributes, by_provider(provider, self.request))

    def void(self) -> None:
        """Take a declaration back: the lead provider, another one, or finance."""
        columns = select(Declaration.id, Declaration.lead_provider_id, Declaration.state)
        likely = columns.where(Declaration.state.in_(LIVE)) if self.chance.random() < 0.9 else columns
        declaration, owner, state = self._pick(likely.order_by(Declaration.id))
        if self.chance.random() < 0.3:
            finance.void(declaration, state, by_person("dfe", self.world.asker, self.request))
            return
        provider = owner if self.chance.random() < 0.95 else self.chance.choice(self.world.providers)
        providers.void(provider, declaration, by_provider(provider, self.request))

    def pay(self) -> None:
        """Ask that a statement be paid, and authorise it: sometimes too early, twice, or by the same person."""
        statement = self._statement()
        try:
            finance.request_payment(statement, by_person("dfe", self.world.asker, self.request))
        except REFUSALS:
            self.done["requests refused"] += 1
        seen = finance.statement(statement)
        assert seen is not None and seen.figures is not None
        who = self.world.authoriser if self.chance.random() < 0.9 else self.world.asker
        amount = seen.figures.pence().total_with_vat
        finance.authorise(statement, amount, by_person("dfe", who, f"{self.request} authorised"))

    def next_day(self) -> None:
        """Time passes, and the daily job runs."""
        self.calendar.move_on()
        daily.run(by_job(self.request))

    def challenge(self) -> None:
        """A school says that a partnership is wrong."""
        partnership = self.chance.choice(tuple(self.world.partnerships.values())).id
        asked = by_person("person", self.world.tutor, self.request)

        def work(session: Session) -> None:
            row = moving.find(session, partnership)
            assert row is not None
            partnerships.challenge(session, row, self.chance.choice(tuple(ChallengeReason)), asked)

        write(work)

    def report(self) -> None:
        """A lead provider reports a partnership, one that was challenged if there is such a one."""
        wrong = select(Partnership.id).where(Partnership.status == "challenged").order_by(Partnership.id)
        found = set(reading().execute(wrong).scalars())
        all_of = tuple(self.world.partnerships.values())
        row = self.chance.choice([each for each in all_of if each.id in found] or all_of)
        attributes = {
            "cohort": str(row.cohort),
            "school_id": row.school_id,
            "delivery_partner_id": row.delivery_partner_id,
        }
        provider = row.lead_provider_id
        providers.report_partnership(provider, attributes, by_provider(provider, self.request))

    def decide(self) -> None:
        """Funding is decided, or not: by a teacher record read again, or by hand."""
        life, _provider = self._somebody()
        course = Course(life.course)
        # What a record says is so from the first: three of the five whose funding is open are never funded.
        says = self.world.lives.index(life) % 5 > 1
        if self.chance.random() < 0.05:
            seen = finance.funding_seen(life.teacher, course)
            asked = by_person("dfe", self.world.asker, self.request)
            eligible = says if self.chance.random() < 0.9 else not says
            finance.set_funding(life.teacher, course, eligible, "Looked into", seen, asked)
        elif course is Course.ECF_INDUCTION:
            read = self.chance.choice((*(None,) * 6, says))
            if read is not None:
                # Said before anything was declared, it would never be seen to settle anything.
                theirs = Declaration.teacher_id == life.teacher, Declaration.state == "submitted"
                self._pick(select(Declaration.id).where(*theirs))
            write(lambda session: _read_again(session, life.teacher, read, self.request))

    def _change(self, action: Action, attributes: dict[str, Any]) -> None:
        life, provider = self._somebody()
        sent = {"course_identifier": life.course, **attributes}
        asked = by_provider(provider, self.request)
        providers.change_training(provider, life.teacher, action, sent, asked)

    def _somebody(self) -> tuple[Life, str]:
        """A person, and a lead provider: mostly one who trains them."""
        life = self.chance.choice(self.world.lives)
        theirs = self.world.providers if self.chance.random() < 0.05 else tuple(life.under)
        return life, self.chance.choice(theirs)

    def _point(self, life: Life) -> tuple[str, datetime]:
        now = clock.now()
        at = now - timedelta(days=self.chance.randrange(-2 if self.chance.random() < 0.1 else 0, 120))
        inside = [each for each in TYPES if allowed(2025, MIDDLE, life.course, each, at)]
        kinds: Sequence[str] = inside if inside and self.chance.random() < 0.8 else TYPES
        return self.chance.choice(kinds), at

    def _statement(self) -> str:
        """One whose deadline has passed and that has something to pay, else any that isn’t paid."""
        lines = select(StatementLine.statement_id).where(
            StatementLine.state.in_(("payable", "awaiting_clawback"))
        )
        unpaid = select(Statement.id).where(Statement.state != "paid").order_by(Statement.deadline_on)
        due = unpaid.where(Statement.state == "payable", Statement.id.in_(lines))
        rather: Any = due if self.chance.random() < 0.8 else unpaid
        found = reading().execute(rather).scalars().all() or reading().execute(unpaid).scalars().all()
        if not found:
            raise Refused("nothing_to_pay")
        return str(self.chance.choice(found))

    def _pick(self, statement: Any) -> Any:
        rows = reading().execute(statement).all()
        if not rows:
            raise Refused("nothing_there")
        return self.chance.choice(rows)


def _read_again(session: Session, teacher: str, read: bool | None, request: str) -> None:
    """As a teacher record is read again: what is known is never forgotten."""
    enrolments.hold(session, teacher)
    before = funding.known(session, teacher, Course.ECF_INDUCTION)
    if read is not None or before is None:
        funding.decide(session, teacher, Course.ECF_INDUCTION, read, by_job(request))


HOW_OFTEN: Mapping[Deed, int] = {
    Deeds.declare: 44,
    Deeds.void: 7,
    Deeds.training: 12,
    Deeds.schedule: 8,
    Deeds.pay: 13,
    Deeds.next_day: 6,
    Deeds.challenge: 2,
    Deeds.report: 6,
    Deeds.decide: 4,
}
DAYS_IN_A_HUNDRED = HOW_OFTEN[Deeds.next_day] * 100 / sum(HOW_OFTEN.values())
