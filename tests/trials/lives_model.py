"""The same lives in plain Python: every event in its order, held against the tables, and what they come to.

An event gets its id while its write holds the records that it is about, and later ids sort after earlier ones: of two
events that bear on each other, the one with the lower id was committed first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.trials.lives_known import Declared, Event, Partnership, Statement, Training, require
from tests.trials.lives_rules import (
    LIVE,
    MOVES,
    PARTNERSHIPS,
    STATEMENTS,
    TRAINING,
    WHO,
    allowed,
    day,
    evidence_fits,
    midnight,
    suits,
)


@dataclass
class Model:
    """Everything that the lives come to. Give it the events one by one."""

    trainings: dict[str, Training]
    partnerships: dict[str, Partnership]
    statements: dict[str, Statement]
    funding: dict[tuple[str, str], bool | None]
    declared: Mapping[str, Declared]
    states: dict[str, str] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """The statement and the state of each line, by declaration and kind."""

    by_hand: set[tuple[str, str]] = field(default_factory=set)
    told_of: set[str] = field(default_factory=set)
    """The declarations that found no statement left when their funding was confirmed."""

    moves: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    """How often a declaration went from one state (None when it was new) to another."""

    def follow(self, event: Event) -> None:
        """Take the event in. Raises Unlawful."""
        noun, verb = event.kind.split(".")
        if event.kind in _FOLLOWED:
            _FOLLOWED[event.kind](self, event)
        elif noun == "declaration":
            self._declaration(event, verb)

    def unsettled(self) -> set[str]:
        """The declarations that still wait, although funding is known and finance wasn’t told."""
        waiting = {each for each, state in self.states.items() if state == "submitted"} - self.told_of
        known = {each for each, eligible in self.funding.items() if eligible is not None}
        return {
            each for each in waiting if (self.declared[each].teacher, self.declared[each].course) in known
        }

    def wrongly_funded(self) -> dict[str, bool | None]:
        """Mentors who are paid for although a completion of theirs is live, or aren’t although none is."""
        decided = {key: each for key, each in self.funding.items() if key not in self.by_hand}
        return {
            teacher: eligible
            for (teacher, course), eligible in decided.items()
            if course == "ecf-mentor"
            and eligible == any(each.kind == "completed" for each in self.live(teacher, course).values())
        }

    def live(self, teacher: str, course: str) -> dict[str, Declared]:
        """The live declarations of a person on a course."""
        return {
            each: said
            for each, said in self.declared.items()
            if (said.teacher, said.course) == (teacher, course) and self.states.get(each) in LIVE
        }

    def active(self, training: Training) -> bool:
        """Whether the lead provider may know of it."""
        return self.partnerships[training.partnership].status == "active"

    def next_open(self, provider: str, cohort: int, at: datetime) -> str | None:
        """The statement that something goes on at a moment."""
        open_ones = [
            (each.deadline, key)
            for key, each in self.statements.items()
            if (each.provider, each.cohort, each.state) == (provider, cohort, "open")
            and each.output
            and each.deadline >= day(at)
        ]
        return min(open_ones)[1] if open_ones else None

    def _declaration(self, event: Event, to: str) -> None:
        said, before = self.declared[event.record], self.states.get(event.record)
        if before is None:
            self._new(event, said, to)
        else:
            require(event.details.get("from") == before, event, f"it was {before}")
            require((before, to) in MOVES, event, f"from {before}")
            require(event.actor_kind in WHO[to], event, "by whom")
            require(to != "voided" or event.record not in self.unsettled(), event, "it was never settled")
        self.moves[before, to] += 1
        self.states[event.record] = to
        _LINES.get(to, Model._no_line)(self, event, said)

    def _new(self, event: Event, said: Declared, to: str) -> None:
        training = self.trainings[said.record]
        require(self.active(training), event, "under no active partnership")
        require(training.status != "deferred", event, "deferred")
        if training.status == "withdrawn":
            assert training.withdrawn_at is not None
            require(said.at < midnight(day(training.withdrawn_at)), event, "withdrawn")
        require((training.cohort, training.schedule) == (said.cohort, said.schedule), event, "schedule")
        fits = allowed(said.cohort, said.schedule, said.course, said.kind, said.at)
        require(fits and said.at <= event.at, event, f"{said}")
        require(evidence_fits(said.cohort, said.course, said.kind, said.evidence), event, "evidence")
        require(self.next_open(said.provider, said.cohort, event.at) is not None, event, "contract ended")
        same = [each for each in self.live(said.teacher, said.course).values() if each.kind == said.kind]
        require(said.provider not in {each.provider for each in same}, event, "already declared")
        funded = self.funding.get((said.teacher, said.course))
        expected = "submitted" if funded is None else "eligible" if funded else "ineligible"
        require(to == ("ineligible" if same else expected), event, f"funding {funded}, live {same}")
        if same:
            require(event.details["reason"] == "duplicate_declaration", event, "reason")

    def _without_statement(self, event: Event) -> None:
        said = self.declared[event.record]
        require(self.states[event.record] == "submitted", event, "it doesn’t wait")
        require(self.next_open(said.provider, said.cohort, event.at) is None, event, "there is one")
        self.told_of.add(event.record)

    def _eligible(self, event: Event, said: Declared) -> None:
        statement = self.next_open(said.provider, said.cohort, event.at)
        require(statement is not None, event, "no statement left")
        require(self.funding[said.teacher, said.course] is True, event, "not funded")
        self._add_line(event, "payment", "eligible", statement)

    def _payable(self, event: Event, _said: Declared) -> None:
        statement = self._line(event, "payment", "eligible", "payable")
        require(self.statements[statement].state == "payable", event, "its statement isn’t payable")

    def _paid(self, event: Event, _said: Declared) -> None:
        statement = self._line(event, "payment", "payable", "paid")
        self._authorised(event, statement)

    def _voided(self, event: Event, _said: Declared) -> None:
        if line := self.lines.get((event.record, "payment")):
            self._line(event, "payment", line[1], "voided")

    def _awaiting(self, event: Event, said: Declared) -> None:
        statement = self.next_open(said.provider, said.cohort, event.at)
        require(statement is not None, event, "no statement left")
        self._add_line(event, "clawback", "awaiting_clawback", statement)

    def _clawed_back(self, event: Event, _said: Declared) -> None:
        statement = self._line(event, "clawback", "awaiting_clawback", "clawed_back")
        self._authorised(event, statement)

    def _no_line(self, event: Event, _said: Declared) -> None:
        require((event.record, "payment") not in self.lines, event, "it has a line")

    def _authorised(self, event: Event, statement: str) -> None:
        found = self.statements[statement]
        require(found.state == "payable", event, f"its statement is {found.state}")
        require(found.asker is not None and found.asker != event.actor, event, "nobody else asked")
        require(event.details["statement"] == statement, event, "another statement’s line")

    def _add_line(self, event: Event, kind: str, state: str, statement: str | None) -> None:
        require((event.record, kind) not in self.lines, event, "it has a line already")
        assert statement is not None
        self.lines[event.record, kind] = (statement, state)

    def _line(self, event: Event, kind: str, before: str, after: str) -> str:
        statement, state = self.lines[event.record, kind]
        require(state == before, event, f"its line is {state}")
        self.lines[event.record, kind] = (statement, after)
        return statement

    def _trained(self, event: Event) -> None:
        training = self.trainings[event.record]
        to = {"training.deferred": "deferred", "training.withdrawn": "withdrawn"}.get(event.kind, "active")
        require((training.status, to) in TRAINING, event, f"it was {training.status}")
        require(self.active(training), event, "under no active partnership")
        training.status = to
        training.withdrawn_at = event.at if to == "withdrawn" else None
        training.deferred_at = event.at if to == "deferred" else None

    def _schedule_changed(self, event: Event) -> None:
        training = self.trainings[event.record]
        held = f"{training.cohort} {training.schedule}"
        require(event.details["from"] == held and event.details["to"] != held, event, f"it was {held}")
        require(training.status == "active" and self.active(training), event, f"{training}")
        year, schedule = str(event.details["to"]).split()
        cohort, live = int(year), self.live(training.teacher, training.course).values()
        require(suits(schedule, training.course), event, "not for the course")
        for each in live:
            fits = allowed(cohort, schedule, each.course, each.kind, each.at)
            require(fits or each.cohort != cohort, event, f"{each}")
        if cohort != training.cohort:
            require(not live, event, "live declarations")
            training.partnership = self._partnership_in(event, training, cohort)
        training.cohort, training.schedule = cohort, schedule

    def _partnership_in(self, event: Event, training: Training, cohort: int) -> str:
        school = self.partnerships[training.partnership].school
        wanted = Partnership(training.provider, school, cohort, "active")
        found = [key for key, each in self.partnerships.items() if each == wanted]
        require(len(found) == 1, event, "no active partnership")
        return found[0]

    def _partnership(self, event: Event) -> None:
        found = self.partnerships[event.record]
        before, after = PARTNERSHIPS[event.kind]
        require(found.status == before, event, f"it was {found.status}")
        found.status = after

    def _funding(self, event: Event) -> None:
        eligible = event.details["eligible"]
        assert isinstance(eligible, bool)
        of = event.record, str(event.details["course"])
        require(event.kind == "funding.set_by_hand" or of not in self.by_hand, event, "by hand")
        self.funding[of] = eligible
        if event.kind == "funding.set_by_hand":
            self.by_hand.add(of)

    def _statement(self, event: Event) -> None:
        found = self.statements[event.record]
        before, after = STATEMENTS[event.kind]
        require(found.state in before, event, f"it was {found.state}")
        require(found.deadline < day(event.at), event, "its deadline has not passed")
        if event.kind == "statement.payment_requested":
            require(found.asker is None, event, "asked for already")
            found.asker = event.actor
        elif event.kind == "statement.paid":
            require(found.asker not in (None, event.actor), event, "nobody else asked")
        found.state = after or found.state


_LINES: dict[str, Callable[[Model, Event, Declared], None]] = {
    "eligible": Model._eligible,
    "payable": Model._payable,
    "paid": Model._paid,
    "voided": Model._voided,
    "awaiting_clawback": Model._awaiting,
    "clawed_back": Model._clawed_back,
}
_FOLLOWED: dict[str, Callable[[Model, Event], None]] = {
    **dict.fromkeys(("training.deferred", "training.withdrawn", "training.resumed"), Model._trained),
    "training.schedule_changed": Model._schedule_changed,
    "declaration.without_statement": Model._without_statement,
    **dict.fromkeys(PARTNERSHIPS, Model._partnership),
    **dict.fromkeys(("funding.decided", "funding.set_by_hand"), Model._funding),
    **dict.fromkeys(STATEMENTS, Model._statement),
}
