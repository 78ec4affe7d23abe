"""What lead providers and finance can see in the demonstration (on any day of the year: `test_any_day`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select

from app.data import clock as the_clock
from app.data.database import db
from app.data.models import (
    Contract,
    Declaration,
    LeadProvider,
    LeadProviderCohort,
    Partnership,
    ProviderParticipant,
    Schedule,
    Statement,
    Teacher,
    TrainingRecord,
)
from app.data.queries.api import transfers
from app.data.queries.api.wanted import Wanted
from app.data.transaction import write
from app.domain.declarations import State
from app.domain.participant_status import ParticipantStatus, RecordDates, participant_status
from app.domain.statements import State as StatementState
from app.services import daily, signing_in, tokens
from app.services.asked import by_service
from app.services.demo import guide, keys
from app.services.demo.cast import DEFERRED, MOVING, STOPPED, WHO_LEAVES, WHO_MOVED, WITHDRAWN
from app.services.demo.mentors import FUNDED_MENTOR, UNFUNDED_MENTOR
from app.services.demo.offices import MANAGER, OFFICER
from app.services.demo.organisations import LANTERN, NORTHSTAR, PROVIDERS, TEACH_FORWARD
from app.services.demo.registering import Teacher as Cast
from tests.services.demo.conftest import fictional
from tests.services.demo.test_fictional import everything
from tests.support import acceptance as fixture
from tests.support.invariants import broken, stale_rows


def scalars(statement: Any) -> list[Any]:
    return list(db.session.connection().execute(statement).scalars())


class Shown:
    """The demonstration, as lead providers see it."""

    def __init__(self) -> None:
        rows = db.session.execute(select(LeadProvider.name, LeadProvider.id))
        self.provider = {row[0]: row[1] for row in rows}
        self.own = Declaration.lead_provider_id == self.provider[NORTHSTAR]

    def row(self, cast: Cast, name: str = NORTHSTAR) -> Any:
        """What a lead provider sees of somebody."""
        statement = (
            select(ProviderParticipant)
            .join(Teacher, Teacher.id == ProviderParticipant.teacher_id)
            .where(Teacher.trn == cast.trn, ProviderParticipant.lead_provider_id == self.provider[name])
        )
        return db.session.execute(statement).scalars().one()

    def training_status(self, cast: Cast) -> str:
        return str(self._record(cast, NORTHSTAR).training_status)

    def status(self, cast: Cast, name: str = NORTHSTAR) -> ParticipantStatus:
        record = self._record(cast, name)
        stopped = record.stopped_on is not None
        dates = RecordDates(record.id, record.started_on, record.finished_on, stopped=stopped)
        return participant_status(dates, the_clock.today())

    def _record(self, cast: Cast, name: str) -> Any:
        return db.session.get(TrainingRecord, self.row(cast, name).ect_record_id)

    def moves(self) -> set[tuple[str, str]]:
        moved = transfers.listed(self.provider[NORTHSTAR], Wanted(), the_clock.today())
        return {(each.transfer_type, each.status) for person in moved for each in person.transfers}

    def mentors_declared_with(self) -> set[str]:
        mentor = select(Teacher.trn).join(Declaration, Declaration.mentor_id == Teacher.id)
        return set(scalars(mentor))

    def places(self, model: Any) -> set[Any]:
        return set(db.session.execute(select(model.lead_provider_id, model.cohort).distinct()).all())

    def schedules(self) -> set[Any]:
        counts = select(Schedule.cohort, func.count()).group_by(Schedule.cohort)
        return set(db.session.execute(counts).all())

    def token_opens(self, name: str, token: str) -> bool:
        found = tokens.find(token)
        return found is not None and found.lead_provider_id == self.provider[name]


CASES: Mapping[str, Callable[[Shown], bool]] = {
    "declarations in every state": lambda it: (
        set(scalars(select(Declaration.state).where(it.own))) == set(State)
    ),
    "ineligible for both reasons": lambda it: (
        set(scalars(select(Declaration.ineligible_reason).where(it.own)))
        == {None, "not_eligible_for_funding", "duplicate_declaration"}
    ),
    "statements with declarations, open, payable and paid": lambda it: (
        set(scalars(select(Statement.state).where(Statement.output))) == set(StatementState)
    ),
    "deferred by the lead provider": lambda it: it.training_status(DEFERRED) == "deferred",
    "withdrawn by the lead provider": lambda it: it.training_status(WITHDRAWN) == "withdrawn",
    "stopped, as the school says": lambda it: it.status(STOPPED) is ParticipantStatus.WITHDRAWN,
    "leaving": lambda it: it.status(WHO_LEAVES) is ParticipantStatus.LEAVING,
    "joining": lambda it: it.status(MOVING) is ParticipantStatus.JOINING,
    "left": lambda it: it.status(WHO_MOVED, TEACH_FORWARD) is ParticipantStatus.LEFT,
    "active after a move": lambda it: it.status(WHO_MOVED) is ParticipantStatus.ACTIVE,
    "moves complete, incomplete, and without another school": lambda it: (
        it.moves() == {("new_provider", "complete"), ("new_school", "incomplete"), ("unknown", "incomplete")}
    ),
    "a mentor who trains": lambda it: (
        it.row(FUNDED_MENTOR).mentor_record_id is not None
        and it.row(FUNDED_MENTOR).unfunded_period_id is None
    ),
    "an unfunded mentor": lambda it: it.row(UNFUNDED_MENTOR).unfunded_period_id is not None,
    "declarations with a mentor": lambda it: (
        it.mentors_declared_with() >= {FUNDED_MENTOR.trn, UNFUNDED_MENTOR.trn}
    ),
    "a contract for every lead provider and cohort": lambda it: (
        it.places(Contract) == it.places(LeadProviderCohort)
    ),
    "statements for every lead provider and cohort": lambda it: (
        it.places(Statement) == it.places(LeadProviderCohort)
    ),
    "all schedules of each cohort": lambda it: (
        it.schedules() == {(cohort, 12) for _, cohort in it.places(LeadProviderCohort)}
    ),
    "a token for every lead provider": lambda it: [*dict(keys.issued())] == sorted(it.provider),
    "each token opens the lead provider’s own": lambda it: all(
        it.token_opens(name, token) for name, token in keys.issued()
    ),
    "nothing is left for the daily job to close": lambda it: (
        daily.run(by_service(the_clock.now(), "test"), steps=daily.STEPS[:1]) == {}
    ),
}


def test_every_case_can_be_seen_and_all_invariants_hold(shown: None) -> None:
    assert broken() == []
    it = Shown()
    assert [name for name, is_there in CASES.items() if not is_there(it)] == []


def test_each_lead_provider_sees_everybody_whom_it_trains(shown: None) -> None:
    assert not_shown() == []


def not_shown() -> list[Any]:
    """Everybody with training under an active partnership whom its lead provider doesn’t see, and who trains them."""
    statement = (
        select(Teacher.trn, Partnership.lead_provider_id)
        .join(TrainingRecord, TrainingRecord.teacher_id == Teacher.id)
        .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
        .outerjoin(
            ProviderParticipant,
            (ProviderParticipant.teacher_id == Teacher.id)
            & (ProviderParticipant.lead_provider_id == Partnership.lead_provider_id),
        )
        .where(Partnership.status == "active", ProviderParticipant.visible.is_not(True))
    )
    return list(db.session.execute(statement).all())


def test_a_second_time_nothing_changes(shown: None) -> None:
    before = everything()
    assert fictional().nothing_changed
    assert everything() == before


def test_two_people_pay_and_each_lead_provider_has_somebody_and_all_are_told_what_to_see(shown: None) -> None:
    people = [each for each in signing_in.demo_people() if each.kind != "school"]
    assert [each.name for each in people if each.kind == "dfe"] == [MANAGER.name, OFFICER.name]
    assert sorted(each.lead_provider for each in people if each.lead_provider) == sorted(
        each.name for each in PROVIDERS
    )
    lines = list(guide.sign_ins())
    for person in people:
        told = lines[lines.index(f"  {person.name}") + 1]
        assert told.startswith("      ") and (
            "payment" in told or "authorises" in told or "proposals" in told
        )


def test_nobody_of_the_acceptance_fixture_is_left_out_either(acceptance: None, session: Any) -> None:
    assert not_shown() == []
    assert list(stale_rows(session.connection(), 500)) == []
    session.rollback()
    assert scalars(select(ProviderParticipant.teacher_id)) == [fixture.RAVI]


def test_tokens_are_told_with_a_line_to_paste_until_they_are_revoked(acceptance: None, app: Any) -> None:
    with app.app_context():
        assert write(lambda session: keys.store_tokens(session, the_clock.now())) == 4
        told = list(guide.tokens(9000))
        assert any(keys.text_of(LANTERN) in line and LANTERN in line for line in told)
        assert told[-1].startswith('  curl -H "Authorization: Bearer demo-northstar-')
        assert told[-1].endswith(" http://127.0.0.1:9000/api/v3/participants/ecf")
        for name in (LANTERN, NORTHSTAR):
            token = tokens.find(keys.text_of(name))
            assert token is not None
            tokens.revoke(token.id, by_service(the_clock.now(), "test"))
        db.session.rollback()
        assert [*dict(keys.issued())] == ["Cedar", "Teach Forward"]
        assert "Bearer demo-cedar-" in list(guide.tokens(9000))[-1]
        assert write(lambda session: keys.store_tokens(session, the_clock.now())) == 0
