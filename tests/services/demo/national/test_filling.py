"""The demonstration of any size, at a thousandth of the country: everything in it obeys the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.data import clock as the_clock
from app.data.database import db
from app.data.models import (
    Cohort,
    Declaration,
    Funding,
    LeadProvider,
    MentorFundingFlag,
    Partnership,
    ProviderParticipant,
    School,
    Statement,
    Teacher,
    TrainingRecord,
)
from app.data.transaction import write
from app.domain.declarations import State
from app.domain.participant_status import ParticipantStatus, RecordDates, participant_status
from app.domain.partnerships import State as PartnershipState
from app.domain.schedules import Course, binding, holds, milestone_of, milestones
from app.domain.statements import State as StatementState
from app.services.demo import organisations
from app.services.demo.claims import NotForDemonstration, claim
from app.services.demo.loading import Loaded, load_sized
from app.services.demo.national.dice import QUIET, RECENTLY, Dice
from app.services.demo.national.sizes import NATIONAL, SANDBOX, Size
from tests.services.demo.conftest import fictional, standing
from tests.support.clocks import london
from tests.support.databases import KINDS
from tests.support.invariants import broken

MOMENT = "2026-11-22 09:00"
SMALL = replace(NATIONAL, schools=60, participants=600, declarations=3_000, delivery_partners=30)
LoadSized = Callable[..., Loaded]


@contextmanager
def unseen(_name: str, _total: int) -> Iterator[Callable[[int], None]]:
    yield lambda _more: None


@pytest.fixture
def load(app: Any, clock: Any) -> Iterator[LoadSized]:
    clock.set(MOMENT)
    with app.app_context():
        yield lambda size=SMALL: load_sized(size, the_clock.now(), unseen)


@pytest.fixture(params=KINDS)
def filled(request: pytest.FixtureRequest, stores: Any, clock: Any) -> Iterator[LoadSized]:
    """A thousandth of the country, for tests that only look; the same again, or another size, with `filled(size)`."""
    clock.set(MOMENT)
    with standing(stores, request.param, fill).app.app_context():
        yield fill


def fill(size: Size = SMALL) -> Loaded:
    return load_sized(size, london(MOMENT), unseen)


def scalars(statement: Any) -> list[Any]:
    return list(db.session.connection().execute(statement).scalars())


def count(model: Any, *conditions: Any) -> int:
    return int(scalars(select(func.count()).select_from(model).where(*conditions))[0])


def everything() -> dict[str, list[Any]]:
    """What was stored in bulk, in an order of its own."""
    found = {}
    for model in (School, Teacher, TrainingRecord, Declaration, ProviderParticipant, Partnership):
        rows = db.session.connection().execute(select(model.__table__)).all()
        found[model.__tablename__] = sorted(map(str, rows))
    db.session.rollback()
    return found


def test_all_invariants_hold_and_there_is_as_much_of_everything_as_was_asked_for(filled: LoadSized) -> None:
    assert broken() == []
    assert count(School) == SMALL.schools
    assert count(Declaration) == SMALL.declarations
    trained = select(TrainingRecord.teacher_id).where(TrainingRecord.programme == "provider_led").distinct()
    assert len(scalars(trained)) == SMALL.participants
    assert count(LeadProvider) == 6
    assert count(Cohort, Cohort.opened_on.is_not(None)) == 5
    _check_dates()


def _check_dates() -> None:
    """Every declaration is dated inside its milestone, before it was made, and made before the training ended."""
    funded = set(scalars(select(Cohort.start_year).where(Cohort.mentor_funding)))
    ended = func.coalesce(TrainingRecord.deferred_at, TrainingRecord.withdrawn_at)
    join = TrainingRecord.id == Declaration.training_record_id
    rows = db.session.execute(select(Declaration, ended).join(TrainingRecord, join)).all()
    for each, ended_at in rows:
        course = Course(each.course)
        bound = binding(milestones(each.cohort, each.schedule_identifier), course, each.cohort in funded)
        milestone = milestone_of(bound, each.declaration_type)
        assert milestone is not None
        assert holds(milestone, each.declared_at)
        assert each.declared_at <= each.created_at <= (ended_at or the_clock.now())
    assert any(ended_at for _, ended_at in rows)


def test_every_state_is_there_and_one_record_in_a_hundred_changed_recently(filled: LoadSized) -> None:
    now = the_clock.now()
    assert set(scalars(select(Declaration.state))) == set(State)
    assert set(scalars(select(Statement.state))) == set(StatementState)
    assert set(scalars(select(Partnership.status))) == set(PartnershipState)
    assert set(scalars(select(TrainingRecord.training_status))) == {"active", "deferred", "withdrawn"}
    assert set(scalars(select(Funding.eligible))) == {None, True, False}
    assert statuses() == set(ParticipantStatus)
    assert count(ProviderParticipant, ProviderParticipant.transfers > 0) > 0
    assert count(ProviderParticipant, ProviderParticipant.unfunded_period_id.is_not(None)) > 0
    assert count(ProviderParticipant, ProviderParticipant.changes_on.is_not(None)) > 0
    assert count(MentorFundingFlag) > 0
    assert 10 <= count(Declaration, Declaration.updated_at > now - RECENTLY) <= 60
    between = (Declaration.updated_at > now - QUIET, Declaration.updated_at <= now - RECENTLY)
    assert count(Declaration, *between) == 0


def statuses() -> set[ParticipantStatus]:
    """The words of schools for everybody whom a lead provider sees."""
    shown = ProviderParticipant.ect_record_id, ProviderParticipant.mentor_record_id
    records = select(TrainingRecord).join(ProviderParticipant, TrainingRecord.id.in_(shown))
    return {
        participant_status(
            RecordDates(row.id, row.started_on, row.finished_on, row.stopped_on is not None),
            the_clock.today(),
        )
        for row in db.session.execute(records).scalars()
    }


def test_a_second_time_nothing_changes(filled: LoadSized) -> None:
    before = everything()
    assert filled().nothing_changed
    assert everything() == before


def test_no_size_is_stored_over_another_or_over_anything_else(filled: LoadSized) -> None:
    for other in (SANDBOX, replace(SMALL, name="sandbox")):
        with pytest.raises(NotForDemonstration, match="of another size"):
            filled(other)
    with pytest.raises(NotForDemonstration, match="of another size"):
        fictional()


def test_the_same_moment_gives_the_same_records(filled: LoadSized, stores: Any) -> None:
    first = everything()
    store = stores[db.engine.dialect.name]
    with store.app.app_context():
        assert count(School) == 0
        filled()
        assert everything() == first


@pytest.mark.parametrize(
    ("database", "moment"),
    [("sqlite", "2026-06-01 00:30"), ("postgresql", "2027-05-31 23:30")],
    indirect=["database"],
)
def test_all_invariants_hold_on_the_first_day_of_a_cohort_and_on_the_last(
    load: LoadSized, clock: Any, moment: str
) -> None:
    clock.set(moment)
    few = replace(SMALL, schools=20, participants=200, declarations=1_000)
    load(few)
    assert broken() == []
    assert count(Declaration) == few.declarations


@pytest.mark.long
@pytest.mark.parametrize(
    "moment", ["2026-11-22 09:00", "2026-06-01 00:30", "2027-05-31 23:30", "2028-02-29 12:00"]
)
def test_all_invariants_hold_on_any_day_of_the_year(load: LoadSized, clock: Any, moment: str) -> None:
    clock.set(moment)
    load(SANDBOX)
    assert broken() == []
    assert count(Declaration) == SANDBOX.declarations


def test_a_size_is_not_stored_over_the_small_demonstration(load: LoadSized) -> None:
    write(lambda session: claim(session, the_clock.now()))
    write(lambda session: organisations.store_providers_and_partners(session, the_clock.now()))
    with pytest.raises(NotForDemonstration, match="of another size"):
        load()


def test_what_was_interrupted_is_not_gone_on_with(load: LoadSized, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.services.demo.national.filling.Batch", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load()
    with pytest.raises(NotForDemonstration, match="was interrupted"):
        load()


def test_a_database_with_other_records_is_refused(load: LoadSized, acceptance: None) -> None:
    with pytest.raises(NotForDemonstration, match="not a demonstration’s"):
        load()


@pytest.mark.parametrize("size", [SANDBOX, NATIONAL, SMALL])
def test_the_parts_of_the_batches_add_up(size: Size) -> None:
    for total in (size.participants, size.declarations):
        assert sum(size.share(total, batch) for batch in range(size.batches)) == total


def test_an_id_is_a_uuid_of_its_moment_and_follows_from_the_seed(clock: Any) -> None:
    now = the_clock.now()
    first, second = Dice("a", now).new_id(now), Dice("a", now).new_id(now)
    assert first == second != Dice("b", now).new_id(now)
    assert (first[14], first[19] in "89ab", len(first)) == ("7", True, 36)
    assert int(first.replace("-", "")[:12], 16) == int(now.timestamp() * 1000)
