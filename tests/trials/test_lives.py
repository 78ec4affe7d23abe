"""Eight threads on the lives of the same twelve people; then every event is replayed on a model in plain Python.

What the records come to in the end is what the model comes to, and nothing happened on the way that the tables of the
specification don’t allow. (Provider API, “training_status”, “Declarations”; Schedules and money, Statements.)
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.support.amounts import amount, dice
from tests.support.databases import Store
from tests.trials import lives_records as stored
from tests.trials.lives_deeds import DAYS_IN_A_HUNDRED, Deeds
from tests.trials.lives_model import Model
from tests.trials.lives_rules import LIVE, MOVES, day
from tests.trials.lives_stage import Calendar, World, make, noting_deadlocks

THREADS = 8
DEEDS = amount(304, 10_000)
WELL_TRODDEN = {(None, "eligible"), ("eligible", "payable")}
"""What happens in a short life too."""


def live(world: World) -> Counter[str]:
    """Let them all act at once, each so often. Returns what was done."""
    steps = max(1, round(DEEDS * DAYS_IN_A_HUNDRED / 100))
    with Calendar(steps) as calendar, ThreadPoolExecutor(THREADS) as pool:
        crowd = [Deeds(world, calendar, dice(f"life {each}"), f"life {each}") for each in range(THREADS)]
        list(pool.map(_act, crowd))
    return sum((each.done for each in crowd), Counter())


def _act(one: Deeds) -> None:
    for _ in range(DEEDS // THREADS):
        one.act()


def replayed(model: Model) -> Model:
    """The model, after all that happened."""
    model.declared = stored.declared()
    for event in stored.events():
        model.follow(event)
    return model


def test_lives_led_by_many_at_once_come_to_what_their_events_say(database: Store) -> None:
    world = make(database.app)
    with database.session():
        model = stored.beginning()
    with noting_deadlocks(database.app) as deadlocks:
        done = live(world)
    assert deadlocks == []
    with database.session():
        replayed(model)
        assert stored.states() == model.states
        assert stored.trainings() == model.trainings
        assert stored.statements() == {key: each.state for key, each in model.statements.items()}
        assert stored.partnerships() == model.partnerships
        assert stored.funding() == model.funding
        assert stored.lines() == model.lines
        assert model.unsettled() == set() and model.wrongly_funded() == {}
        assert_kept(model)
        assert stored.shown() == stored.shown_again()
    assert {"declare", "void", "training", "next_day"} <= set(done)
    assert set(model.moves) >= (WELL_TRODDEN if DEEDS < 10_000 else MOVES)


def assert_kept(model: Model) -> None:
    """What must hold of the records alone."""
    rows, statements = stored.line_rows(), model.statements
    assert Counter((row.declaration_id, row.kind) for row in rows).most_common(1)[0][1] == 1
    slots = [
        (said.teacher, said.course, said.kind)
        for key, said in model.declared.items()
        if model.states[key] in LIVE
    ]
    assert len(slots) == len(set(slots))
    for row in rows:
        said, statement = model.declared[row.declaration_id], statements[row.statement_id]
        assert (statement.provider, statement.cohort) == (said.provider, said.cohort)
        assert statement.output and statement.deadline >= day(row.added_at)
    assert_sums(model)


def assert_sums(model: Model) -> None:
    """What was paid and not taken back stands on the lines; a paid statement comes to what it came to when paid."""
    lines = Counter(row.state for row in stored.line_rows())
    ends = Counter(model.states.values())
    assert lines["paid"] - lines["clawed_back"] == ends["paid"] + ends["awaiting_clawback"]
    assert lines["clawed_back"] == ends["clawed_back"]
    assert stored.paid_totals() == stored.figured_totals()
