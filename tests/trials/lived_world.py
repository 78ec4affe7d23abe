"""The people whose lives are tried, and everything that is done to them. (`lives` does it, `replayed` holds it.)"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data import models
from app.data.columns import PENDING
from app.data.database import reading
from app.data.ids import new_id
from app.data.queries.events import record as event
from app.data.transaction import store, write
from app.domain.declarations import Evidence
from app.domain.partnerships import ChallengeReason
from app.domain.payments import Band, Contract
from app.domain.schedules import IDENTIFIERS, Course, DeclarationType, milestones
from app.domain.training import Action
from app.services import contracts, daily, funding, partnerships, providers, statements
from app.services.finance import changing
from app.services.finance.reading import funding_seen
from app.services.partnerships import Link, moving
from tests.data import records
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import SEPTEMBER, Trained
from tests.trials.lives import Life
from tests.web.api_v3.playing import BY, YEARS, Stage

PRICE_PENCE = 1_000_00
_numbers = count(7_000_000)
_PAID = models.Declaration.state == "paid"
_EVIDENCE = dict.fromkeys(
    (DeclarationType.RETAINED_2, DeclarationType.COMPLETED), Evidence.THREE_QUARTERS_MET
)


@dataclass
class Lived:
    """Who and what there is to pick from. `people` has, for each provider, ids of people and their course."""

    stage: Stage
    asker: str
    authoriser: str
    people: defaultdict[str, list[tuple[str, Course]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def providers(self) -> tuple[str, str]:
        """Both lead providers."""
        return self.stage.at.northstar, self.stage.at.teach_forward


def settle_down(stage: Stage) -> Lived:
    """Two lead providers at two schools: ECTs and mentors of two cohorts, some at both, some still waiting."""
    asker, authoriser = records.person(kind="dfe"), records.person(kind="dfe")
    stage.do(lambda: records.save(asker, authoriser))
    made = Lived(stage, asker.id, authoriser.id)
    at, (north, teach) = stage.at, made.providers
    harrow = {"school_id": at.harrow.id, "lead_provider_id": teach}
    oakfield, old, other = stage.partnership(), stage.partnership(cohort=2024), stage.partnership(**harrow)
    for funded in (True, True, None, None):
        _add(made, north, Course.ECF_INDUCTION, stage.ect(oakfield, funded))
        _add(made, teach, Course.ECF_INDUCTION, stage.ect(other, funded))
    for _ in range(3):
        moved = stage.ect(oakfield, True, finished_on=date(2025, 9, 12))
        stage.ect(other, True, teacher_id=moved.teacher, started_on=date(2025, 9, 13))
        for provider in made.providers:
            _add(made, provider, Course.ECF_INDUCTION, moved)
    begun = {"cohort": 2024, "started_on": date(2024, 9, 1)}
    for _ in range(2):
        _add(made, north, Course.ECF_INDUCTION, stage.ect(old, True, **begun))
    _add(made, north, Course.ECF_MENTOR, stage.mentor(old, True, **begun))
    _add(made, north, Course.ECF_MENTOR, stage.mentor(oakfield, True))
    _add(made, teach, Course.ECF_MENTOR, stage.store(worlds.mentor, other))
    _agree(made)
    return made


def _add(made: Lived, provider: str, course: Course, who: Trained) -> None:
    made.people[provider].append((who.teacher, course))


def _agree(made: Lived) -> None:
    """The same price for everybody, nothing for the service, and no VAT: what is due can be counted on fingers."""
    band = Band("A", 0, 5_000, PRICE_PENCE)

    def work(session: Session) -> None:
        for year in YEARS:
            mentors = PRICE_PENCE if year >= 2025 else None
            terms = Contract((band,), 10, 0, 0, 0, vat=False, mentor_price_pence=mentors)
            for provider in made.providers:
                contracts.add(session, provider, year, terms, BY)

    made.stage.do(lambda: write(work))


class Acts:
    """What is done, each by name, on whoever the dice say."""

    def __init__(self, lived: Lived) -> None:
        self.lived, self.at = lived, lived.stage.at

    def _somebody(self, life: Life) -> tuple[str, str, Course]:
        provider = life.pick(self.lived.providers)
        # Now and then somebody else’s.
        of = provider if life.chance.random() < 0.95 else life.pick(self.lived.providers)
        return provider, *life.pick(self.lived.people[of])

    def declare(self, life: Life) -> None:
        """Any type, mostly one whose milestone is open, dated any day up to now, with any evidence."""
        provider, who, course = self._somebody(life)
        at = life.now - timedelta(seconds=life.pick((0, 1, 3600, 86_400 * 3, 86_400 * 40)))
        open_now = [
            each.declaration_type
            for each in milestones(life.pick((2024, 2025, 2025)), SEPTEMBER)
            if each.starts_on <= at.date() and (each.ends_on is None or at.date() <= each.ends_on)
        ]
        kinds = open_now if open_now and life.chance.random() < 0.9 else list(DeclarationType)
        kind = life.pick(kinds)
        wild = life.chance.random() < 0.15
        held = life.pick(list(Evidence)) if wild else _EVIDENCE.get(kind, Evidence.TRAINING_EVENT_ATTENDED)
        sent: dict[str, Any] = {
            "participant_id": who,
            "declaration_type": str(kind),
            "declaration_date": at.astimezone(UTC).isoformat(timespec="seconds"),
            "course_identifier": str(course),
            "evidence_held": str(held),
        }
        providers.declare(provider, sent, life.asked("lead_provider", provider))

    def void(self, life: Life) -> None:
        """Any of its declarations; of another’s it isn’t told that it exists."""
        provider = life.pick(self.lived.providers)
        if (found := self._declaration(life)) is not None:
            providers.void(provider, found.id, life.asked("lead_provider", provider))

    def void_by_finance(self, life: Life) -> None:
        """As it was seen a moment before; rather one that has been paid."""
        paid = life.chance.random() < 0.7
        if (found := self._declaration(life, _PAID if paid else None)) is not None:
            changing.void(found.id, found.state, life.asked("dfe", self.lived.asker))

    def _declaration(self, life: Life, which: Any = None) -> Any:
        every = select(models.Declaration.id, models.Declaration.state)
        rows = reading().execute(every if which is None else every.where(which)).all()
        return life.pick(sorted(rows)) if rows else None

    def train(self, life: Life) -> None:
        """Defer, withdraw or resume, with any reason."""
        action = life.pick((Action.DEFER, Action.WITHDRAW, Action.RESUME, Action.RESUME))
        self._change(life, action, reason=life.pick(("other", "career-break", "left-teaching-profession")))

    def change_schedule(self, life: Life) -> None:
        """To any schedule, in any cohort."""
        year = life.pick((None, *YEARS))
        identifier = life.pick((SEPTEMBER, SEPTEMBER, *IDENTIFIERS))
        self._change(life, Action.CHANGE_SCHEDULE, schedule_identifier=identifier, cohort=year)

    def _change(self, life: Life, action: Action, **sent: Any) -> None:
        provider, who, course = self._somebody(life)
        sent["course_identifier"] = str(course)
        providers.change_training(provider, who, action, sent, life.asked("lead_provider", provider))

    def pass_days(self, life: Life) -> None:
        """Time goes on, and the daily job runs."""
        life.go_on()
        daily.run(life.asked("system"))

    def run_daily(self, life: Life) -> None:
        """The daily job, once more."""
        daily.run(life.asked("system"))

    def ask_for_payment(self, life: Life) -> None:
        """Of any statement that might be paid."""
        if (statement_id := self._payable(life)) is not None:
            changing.request_payment(statement_id, life.asked("dfe", self.lived.asker))

    def authorise(self, life: Life) -> None:
        """By somebody else, mostly."""
        if (statement_id := self._payable(life)) is not None:
            by = self.lived.authoriser if life.chance.random() < 0.9 else self.lived.asker
            seen = statements.figures(statement_id).pence().total_with_vat
            changing.authorise(statement_id, seen, life.asked("dfe", by))

    def _payable(self, life: Life) -> str | None:
        closed = select(models.Statement.id).where(
            models.Statement.state == "payable", models.Statement.output.expression
        )
        found = reading().execute(closed.order_by(models.Statement.deadline_on.desc()).limit(6)).scalars()
        rows = found.all()
        return str(life.pick(rows)) if rows else None

    def settle(self, life: Life) -> None:
        """The teacher record says something new, as the daily job reads it."""
        _provider, who, course = self._somebody(life)
        if course is Course.ECF_MENTOR:
            return
        eligible = life.pick((True, True, None, False))

        def work(session: Session) -> None:
            read = update(models.Teacher).where(models.Teacher.id == who).values(checked_at=life.now)
            session.connection().execute(read)
            if funding.known(session, who, course) is None:
                funding.decide(session, who, course, eligible, life.asked("system"))

        write(work)

    def settle_by_hand(self, life: Life) -> None:
        """Somebody at DfE decides."""
        _provider, who, course = self._somebody(life)
        seen = funding_seen(who, course)
        changing.set_funding(
            who, course, life.pick((True, False)), "asked", seen, life.asked("dfe", self.lived.asker)
        )

    def register(self, life: Life) -> None:
        """A school registers somebody with a lead provider that hasn’t said yes, or asks it again."""
        provider = life.pick(self.lived.providers)
        school = life.pick((self.at.oakfield, self.at.harrow))
        asked = life.asked("person", self.at.world.person.id)
        partner = life.pick((None, self.at.alder))

        def work(session: Session) -> str:
            under = partnerships.propose(session, Link(school.id, provider, 2025), partner, asked)
            who = records.teacher(str(next(_numbers)), "Kit Field")
            period = records.period(self.at.world, who, school_id=school.id)
            record = records.training(period, models.Partnership(id=under))
            for row in (who, period, record):
                row.updated_at = PENDING
            store(session, who, period, record)
            details = {"status": "active", "cohort": 2025, "schedule": SEPTEMBER, "partnership": under}
            about = {"record_kind": "training_record", "record_id": record.id, "details": details}
            said = {"at": life.now, "request_id": life.request_id, "actor": asked.actor}
            event(session, kind="training.started", **said, **about)  # type: ignore[arg-type]
            return who.id

        self.lived.people[provider].append((write(work), Course.ECF_INDUCTION))

    def answer(self, life: Life) -> None:
        """A lead provider confirms, declines or reports."""
        provider = life.pick(self.lived.providers)
        asked = life.asked("lead_provider", provider)
        found = reading().execute(
            select(models.Partnership.id).where(models.Partnership.status == "proposed")
        )
        proposals = sorted(found.scalars())
        if not proposals or life.chance.random() < 0.4:
            school = life.pick((self.at.oakfield, self.at.harrow)).id
            sent = {"cohort": 2025, "school_id": school, "delivery_partner_id": self.at.alder}
            providers.report_partnership(provider, sent, asked)
        elif life.chance.random() < 0.7:
            providers.confirm_proposal(
                provider, life.pick(proposals), {"delivery_partner_id": self.at.alder}, asked
            )
        else:
            providers.decline_proposal(provider, life.pick(proposals), {"reason": "other"}, asked)

    def challenge(self, life: Life) -> None:
        """A school says that a partnership is wrong; the lead provider may report it again."""
        asked = life.asked("person", self.at.world.person.id)
        active = reading().execute(select(models.Partnership.id).where(models.Partnership.status == "active"))
        partnership_id = life.pick(sorted(active.scalars()) or [new_id()])

        def work(session: Session) -> None:
            row = moving.find(session, partnership_id)
            if row is None:
                raise providers.NotFound
            try:
                partnerships.challenge(session, row, ChallengeReason.MISTAKE, asked)
            except partnerships.Conflict:
                raise providers.Overtaken from None

        write(work)
