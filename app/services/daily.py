"""What the service does by itself once a day, after midnight in London. (Schedules and money, Statements.)

Each step lists what is due and does it in writes of their own, so a run that is killed leaves whole pieces, and the
next one does the rest. What is due doesn’t depend on when the job ran last: after a week off it does a week’s work.
Nothing is done twice, neither by a second run nor by another machine at the same time, because every write looks again
whether its piece is still to be done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data import participation
from app.data.database import reading
from app.data.models import ProviderParticipant
from app.data.publishing import take_turn
from app.data.queries import statements as found
from app.data.transaction import write
from app.services import statements
from app.services.asked import Asked

Done = Mapping[str, int]
"""What was done, in words, and how often: {"statements became payable": 2}."""

ShowProgress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Makes a progress bar from a name and a length; what it gives is told how many more are done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of work. `due` gives the ids of what there is to do, all or the first of them; `do` does `at_once` of
    them in the write that it is given, and looks again whether each is still to be done.
    """

    name: str
    due: Callable[[Asked], Sequence[str]]
    do: Callable[[Session, Sequence[str], Asked], Done]
    at_once: int = 1


def _close(session: Session, statement_ids: Sequence[str], asked: Asked) -> Done:
    done: Counter[str] = Counter()
    for statement_id in statement_ids:
        moved = statements.close(session, statement_id, asked)
        if moved is not None:
            done["statements became payable"] += 1
            done["declarations became payable"] += moved
    return done


def _due_people(asked: Asked) -> Sequence[str]:
    return participation.due(reading(), asked.today)


def _refresh_people(session: Session, teacher_ids: Sequence[str], asked: Asked) -> Done:
    """Whoever another machine saw to meanwhile isn’t due any more once it is this write’s turn: not stamped twice."""
    take_turn(session)
    due = select(ProviderParticipant.teacher_id).where(
        ProviderParticipant.teacher_id.in_(teacher_ids), ProviderParticipant.changes_on <= asked.today
    )
    still = set(session.execute(due).scalars())
    participation.refresh(session.connection(), still, asked.now)
    return Counter({"people changed with the calendar": len(still)}) if still else {}


STATEMENTS = Step("statements", lambda asked: found.due(asked.today), _close)
PEOPLE = Step("people", _due_people, _refresh_people, at_once=500)
STEPS: tuple[Step, ...] = (STATEMENTS, PEOPLE)
"""In this order."""


def nothing_shown(_name: str, _length: int) -> AbstractContextManager[Callable[[int], None]]:
    """Progress for nobody."""
    return nullcontext(lambda _more: None)


def run(asked: Asked, show: ShowProgress = nothing_shown, steps: Sequence[Step] = STEPS) -> Done:
    """Do all that is due. Returns what was done."""
    done: Counter[str] = Counter()
    for step in steps:
        for due in _rounds(step, asked):
            with show(step.name, len(due)) as tell:
                for ids in _portions(due, step.at_once):
                    done.update(_do(step, ids, asked))
                    tell(len(ids))
    return done


def _rounds(step: Step, asked: Asked) -> Iterator[Sequence[str]]:
    """What is due, again and again until nothing is, or what is left can’t be done."""
    before: Sequence[str] = ()
    while (due := tuple(step.due(asked))) and due != before:
        yield due
        before = due


def _do(step: Step, ids: Sequence[str], asked: Asked) -> Done:
    return write(lambda session: step.do(session, ids, asked))


def _portions(ids: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(ids)
    while portion := list(islice(rest, size)):
        yield portion
