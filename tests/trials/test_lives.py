"""Eight at once on the lives of the same people, replayed in the order of their commits (Provider API; Trust, 1, 2)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data import clock, models, participation
from app.data.database import db, release
from app.data.transaction import write
from app.services import statements
from tests.support.amounts import amount
from tests.support.databases import Store
from tests.trials.deadlocked import deadlocks
from tests.trials.lived_world import PRICE_PENCE, Acts, settle_down
from tests.trials.lives import Days, Stored, deadlines, live
from tests.trials.replayed import Declared, Month, Replayed, Training, happened
from tests.web.api_v3.playing import CLOCK, set_up

ROUNDS, TIMES = amount(1, 20), amount(304, 504)
SHARES = {"started": Fraction(1, 5), "completed": Fraction(1, 5)}


def weighed(acts: Acts) -> list[tuple[int, Any]]:
    """What is done, and how often."""
    return [
        (40, acts.declare),
        (4, acts.void),
        (5, acts.void_by_finance),
        (10, acts.train),
        (5, acts.change_schedule),
        (7, acts.pass_days),
        (3, acts.run_daily),
        (9, acts.ask_for_payment),
        (12, acts.authorise),
        (4, acts.settle),
        (2, acts.settle_by_hand),
        (2, acts.register),
        (5, acts.answer),
        (1, acts.challenge),
    ]


def declared() -> dict[str, Declared]:
    """Every declaration as it was made: what doesn’t change any more."""
    table = models.Declaration
    columns = (table.lead_provider_id, table.cohort, table.training_record_id, table.declared_at)
    slot = (table.teacher_id, table.course, table.declaration_type)
    rows = db.session.execute(select(table.id, *slot, *columns))
    return {key: Declared((who, course, kind), *rest) for key, who, course, kind, *rest in rows}


def before() -> Replayed:
    """What there is before anything happens."""
    model = Replayed()
    for row in all_of(models.TrainingRecord):
        schedule = row.schedule_identifier
        model.training[row.id] = Training(row.training_status, row.cohort, schedule, row.partnership_id)
    for row in all_of(models.Partnership):
        model.stand(row.id, row.status)
    for row in all_of(models.Statement):
        model.months[row.id] = Month(row.lead_provider_id, row.cohort, row.deadline_on, row.output)
    for row in all_of(models.Funding):
        model.funding[row.teacher_id, row.course] = row.eligible
    return model


def all_of(model: Any) -> list[Any]:
    """The rows of a table, as they are now."""
    release()
    return list(db.session.execute(select(model)).scalars())


def replay(model: Replayed, stored: Stored) -> None:
    """The events, in the order of the commits."""
    model.made = declared()
    found = sorted(all_of(models.Partnership), key=lambda row: (row.created_at, row.id))
    model.agreed = {row.id: (row.lead_provider_id, row.school_id, row.cohort) for row in found}
    rows = {row.id: row for row in all_of(models.Event) if row.request_id in stored.began}
    assert Counter(stored.order) == Counter(rows.keys()), (
        "an event that nobody committed, or one that was lost"
    )
    model.play(happened(rows[key], stored.began) for key in stored.order)


def hold_states(model: Replayed) -> None:
    """Every record stands where its events have brought it."""
    training = {
        row.id: (row.training_status, row.cohort, row.schedule_identifier, row.partnership_id)
        for row in all_of(models.TrainingRecord)
    }
    assert training == {
        key: (each.status, each.cohort, each.schedule, each.partnership)
        for key, each in model.training.items()
    }
    assert {row.id: row.status for row in all_of(models.Partnership)} == model.partnerships
    assert {row.id: row.state for row in all_of(models.Declaration)} == {
        key: each.state for key, each in model.declarations.items()
    }
    assert {row.id: row.state for row in all_of(models.Statement)} == {
        key: each.state for key, each in model.months.items()
    }
    lines = Counter(
        (row.declaration_id, row.kind, row.statement_id, row.state) for row in all_of(models.StatementLine)
    )
    assert lines == Counter(
        (key, kind, *line) for key, each in model.declarations.items() for kind, line in each.lines.items()
    )


def hold_money(model: Replayed) -> None:
    """What was paid, less what was taken back, is what the lines come to; and each statement still says so."""
    mentors_from = 2025
    due = Fraction(0)
    for each in model.declarations.values():
        _who, course, kind = each.slot
        flat = course == "ecf-mentor" and each.cohort >= mentors_from
        share = Fraction(1, 2) if flat else SHARES.get(kind, Fraction(3, 20)) * Fraction(60, 100)
        settled = [state for _statement, state in each.lines.values()]
        due += PRICE_PENCE * share * (settled.count("paid") - settled.count("clawed_back"))
    paid = [row for row in all_of(models.Statement) if row.state == "paid"]
    assert sum(row.total_pence for row in paid) == due
    for row in paid:
        assert statements.figures(row.id).pence().total == row.total_pence


def hold_what_is_shown() -> None:
    """What lead providers see of people comes out the same when it is worked out again."""
    now = clock.true_now()
    columns = [each for each in models.ProviderParticipant.__table__.c if each.name != "updated_at"]

    def shown() -> list[Any]:
        return sorted(map(repr, db.session.execute(select(*columns))))

    before = shown()
    write(lambda session: participation.refresh(session.connection(), everybody(session), now))
    assert shown() == before


def everybody(session: Session) -> list[str]:
    """The ids of all teachers."""
    return list(session.execute(select(models.Teacher.id)).scalars())


@pytest.mark.long
@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_whatever_eight_do_at_once_ends_as_their_commits_say_one_after_the_other(
    database: Store, round_number: int
) -> None:
    app = database.app
    lived = settle_down(set_up(app))
    with app.app_context():
        model, days = before(), Days(CLOCK, deadlines())
    with deadlocks(database) as found:
        stored = live(app, days, weighed(Acts(lived)), TIMES, f"lives {round_number}")
    with app.app_context():
        replay(model, stored)
        hold_states(model)
        hold_money(model)
        hold_what_is_shown()
    assert found() == 0, "two writes waited for each other"
    assert min(stored.done[name] for name in ("declare", "pass_days", "authorise", "train")) > 0
