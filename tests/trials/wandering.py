"""Ways of making a walker walk: any moves in any order, or to the end with a last upset."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase

from tests.support.amounts import LONG
from tests.trials.answers import Pick
from tests.trials.walker import Walker

# Making a failing walk short takes minutes: in a small run its seed is enough.
PHASES = (Phase.generate, Phase.shrink) if LONG else (Phase.generate,)


def wander(walker: Walker, data_steps: int, pick: Pick) -> None:
    """A number of moves, one after the other, on any of the runs."""
    for _ in range(data_steps):
        going: Any = pick(walker.goings)
        move = pick(MOVES)
        if move == "on":
            walker.go_far(going, pick((3, 8, 16)))
        elif move == "again":
            walker.go_far(going, 16)
            walker.go_back(going, listed=True)
            walker.go_far(going, 4)
        elif move == "wild":
            walker.go_on(going, wild=True)
        elif move == "back":
            walker.go_back(going, wild=pick((False, False, True)), stale=pick((False, False, True)))
        elif move == "records":
            walker.change_records()
        elif move == "confirm":
            walker.confirm(going, stale=pick((False, False, False, True)))
        else:
            getattr(walker, move)(going)


def finish(walker: Walker, pick: Pick) -> None:
    """Bring every run to check answers, upset it once more, and send it, at once and when it is whole again."""
    for going in walker.goings:
        walker.go_far(going, 16)
        for _ in range(pick((0, 1, 2))):
            twist = pick(("back", "close"))
            if twist == "close":
                walker.close_chosen(going)
            else:
                walker.go_back(going, listed=True)
        walker.confirm(going)
        walker.go_far(going, 8)
        walker.confirm(going)


MOVES = ("on", "again", "confirm", "back", "records", "wild", "look", "trespass")
