"""Whatever is answered, in what order and while what changes: what is stored follows from the answers heard."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.web.journeys import library
from tests.support import acceptance
from tests.support.amounts import amount
from tests.support.clocks import Clock
from tests.support.databases import Store
from tests.trials.rehearsed import Rehearsed
from tests.trials.walker import Walker
from tests.trials.wandering import PHASES, finish, wander

JOURNEYS = {f"{journey.slug}/{journey.variant}": journey for journey in library()}
REHEARSED = {name: Rehearsed(journey) for name, journey in JOURNEYS.items()}
# The live journey has the most ways to go wrong.
CHOICE = st.sampled_from(
    [name for name, journey in JOURNEYS.items() for _ in range(4 if journey.is_live else 1)]
)


def test_what_is_stored_is_a_function_of_the_answers_heard(database: Store, clock: Clock) -> None:
    sent = 0

    @settings(max_examples=amount(6, 1000), phases=PHASES)
    @given(CHOICE, st.booleans(), st.integers(2, 12), st.data())
    def walks(name: str, next_year_is_open: bool, steps: int, data: Any) -> None:
        nonlocal sent
        clock.set(acceptance.ACCEPTANCE_CLOCK)
        database.reset()
        database.fill(acceptance.load)

        def pick(options: Any) -> Any:
            return data.draw(st.sampled_from(options))

        walker = Walker(database.app, JOURNEYS[name], REHEARSED[name], pick)
        walker.begin(next_year_is_open=next_year_is_open)
        wander(walker, steps, pick)
        finish(walker, pick)
        sent += walker.ledger.sent

    walks()
    assert sent >= amount(0, 100), "the walks hardly ever came to anything"
