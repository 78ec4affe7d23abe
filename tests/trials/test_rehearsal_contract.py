"""Every way that the real services lead somebody was rehearsed, for every journey there is.

The walker holds each of its steps to this too; here each journey gets walks of its own, and the contract is shown
to bite.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.conditions import chose
from app.engine.vocabulary import Ask, Journey
from app.engine.walk import Answer, Walk
from app.web.journeys import library
from tests.engine.small import SmallWorld
from tests.engine.small import journey as small_journey
from tests.support import acceptance
from tests.support.amounts import amount
from tests.support.clocks import Clock
from tests.support.databases import Store
from tests.support.registering import MOST_PAGES
from tests.trials.rehearsed import Rehearsed
from tests.trials.walker import Walker
from tests.trials.wandering import PHASES, wander

JOURNEYS = tuple(library())
every_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: f"{j.slug}/{j.variant}")


@every_journey
def test_the_services_take_rehearsed_routes_only(sqlite_only: Store, clock: Clock, journey: Journey) -> None:
    rehearsed, sent = Rehearsed(journey), set[tuple[str, ...]]()

    @settings(max_examples=amount(5, 150), phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def walks(data: Any) -> None:
        clock.set(acceptance.ACCEPTANCE_CLOCK)
        sqlite_only.reset()

        def pick(options: Any) -> Any:
            return data.draw(st.sampled_from(options))

        sqlite_only.fill(acceptance.load)
        walker = Walker(sqlite_only.app, journey, rehearsed, pick)
        walker.begin(next_year_is_open=False)
        for going in walker.goings:
            walker.go_far(going, MOST_PAGES)
            walker.confirm(going)
        wander(walker, 4, pick)
        sent.update(walker.routes)

    walks()
    assert sent <= set(rehearsed.ends)
    assert all(route[-1] == "check_answers" for route in sent)
    # Some journeys have one way to the end, most have many.
    ways = [route for route in rehearsed.ends if route[-1] == "check_answers"]
    assert len(sent) >= amount(1, min(2, len(ways)))


def test_a_way_that_was_not_rehearsed_is_found_out() -> None:
    written = small_journey()
    answers = {
        "name": Answer({"name": "Zoë"}),
        "born": Answer({}),
        "pet": Answer({"pet": "yes"}, "Zoë"),
        "kind": Answer({"kind": "cat"}),
    }
    walk = Walk(written, answers, SmallWorld())
    assert walk.complete and Rehearsed(written).has(walk)
    otherwise = tuple(
        replace(page, when=chose("pet", "no")) if isinstance(page, Ask) and page.name == "kind" else page
        for page in written.pages
    )
    assert not Rehearsed(replace(written, pages=otherwise)).has(walk)
