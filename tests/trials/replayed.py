"""What must have become of everybody: events replayed one after the other, on plain dictionaries.

Nothing of the service’s own rules is in here. Every event must be one that may follow on what happened before, and in
the end the records must stand as they stand here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Slot = tuple[str, str, str]
"""A person, a course and a type."""

LIVE = {"submitted", "eligible", "payable", "paid"}
MOVES = {
    ("submitted", "eligible"), ("submitted", "ineligible"), ("submitted", "voided"), ("eligible", "payable"),
    ("eligible", "voided"), ("ineligible", "voided"), ("payable", "paid"), ("payable", "voided"),
    ("paid", "awaiting_clawback"), ("awaiting_clawback", "clawed_back"),
}  # fmt: skip
TRAINING = {
    "training.deferred": ({"active"}, "deferred"),
    "training.withdrawn": ({"active", "deferred"}, "withdrawn"),
    "training.resumed": ({"deferred", "withdrawn"}, "active"),
}
PARTNERSHIPS = {
    "partnership.proposed": ({None, "challenged", "declined", "retracted"}, "proposed"),
    "partnership.confirmed": ({"proposed"}, "active"),
    "partnership.reported": ({None, "proposed", "challenged", "declined", "retracted"}, "active"),
    "partnership.declined": ({"proposed"}, "declined"),
    "partnership.retracted": ({"proposed"}, "retracted"),
    "partnership.challenged": ({"active"}, "challenged"),
}
_LONDON = ZoneInfo("Europe/London")


def london(moment: datetime) -> date:
    """The day in London."""
    return moment.astimezone(_LONDON).date()


@dataclass(slots=True)
class Happened:
    """An event; `seen` is how many there were when its request began."""

    kind: str
    record_id: str
    at: datetime
    actor_id: str | None
    request_id: str
    details: Mapping[str, Any]
    seen: int


@dataclass(slots=True)
class Training:
    """A training record. `withdrawn_on` is a day in London."""

    status: str
    cohort: int
    schedule: str
    partnership: str
    withdrawn_on: date | None = None


@dataclass(slots=True)
class Declared:
    """A declaration as it was made; `lines` are its statements and their states, by kind."""

    slot: Slot
    provider: str
    cohort: int
    record: str
    declared_at: datetime
    state: str = ""
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Month:
    """A statement."""

    provider: str
    cohort: int
    deadline_on: date
    output: bool
    state: str = "open"
    asked_by: str | None = None


class Replayed:
    """Everything there is, as it stands after the events so far.

    What never changes of a record is given: `made` are declarations as they were made, `agreed` the partnerships,
    oldest first, each with its lead provider, school and cohort.
    """

    def __init__(self) -> None:
        self.made: Mapping[str, Declared] = {}
        self.agreed: Mapping[str, tuple[str, str, int]] = {}
        self.training: dict[str, Training] = {}
        self.partnerships: dict[str, str | None] = defaultdict(lambda: None)
        self.active: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        self.declarations: dict[str, Declared] = {}
        self.months: dict[str, Month] = {}
        self.funding: dict[tuple[str, str], bool | None] = defaultdict(lambda: None)
        self.without_statement: set[str] = set()
        self.place = 0

    def play(self, events: Iterable[Happened]) -> None:
        """All of them, in the order of their commits."""
        request = ""
        for each in events:
            if each.request_id != request:
                self.hold()
                request = each.request_id
            self.place += 1
            self._play(each)
        self.hold()

    def _play(self, event: Happened) -> None:
        noun = event.kind.partition(".")[0]
        play = {
            "training": self._train,
            "partnership": self._agree,
            "declaration": self._declare,
            "statement": self._close,
            "funding": self._fund,
        }
        play[noun](event)

    # ------------------------------------------------------------------------------------------ each noun

    def _train(self, event: Happened) -> None:
        if event.kind == "training.started":
            self.training[event.record_id] = Training(**event.details)
            return
        record = self.training[event.record_id]
        if event.kind == "training.attached":
            assert record.partnership == event.details["from"]
            record.partnership = event.details["to"]
            return
        assert self._was_active(record.partnership, event.seen), "nobody may know them"
        if event.kind == "training.schedule_changed":
            assert record.status == "active"
            assert event.details["from"] == f"{record.cohort} {record.schedule}"
            year, record.schedule = event.details["to"].split()
            live = [each for each in self._live() if each.record == event.record_id]
            if int(year) != record.cohort:
                assert not live
                record.partnership = self._in_cohort(record.partnership, int(year), event.seen)
                record.cohort = int(year)
            return
        before, after = TRAINING[event.kind]
        assert record.status in before
        record.status = after
        record.withdrawn_on = london(event.at) if after == "withdrawn" else None

    def _in_cohort(self, partnership_id: str, year: int, since: int) -> str:
        """The same lead provider’s with the same school in another cohort: the oldest that is active."""
        wanted = (*self.agreed[partnership_id][:2], year)
        return next(key for key, of in self.agreed.items() if of == wanted and self._was_active(key, since))

    def _agree(self, event: Happened) -> None:
        if event.kind in PARTNERSHIPS:
            before, after = PARTNERSHIPS[event.kind]
            assert self.partnerships[event.record_id] in before, event
            self.stand(event.record_id, after)

    def stand(self, partnership_id: str, status: str) -> None:
        """A partnership is in this state from now on."""
        self.partnerships[partnership_id] = status
        self.active[partnership_id].append((self.place, status == "active"))

    def _was_active(self, partnership_id: str, since: int) -> bool:
        """Whether a partnership was active at any time from then on: a request may see it as it was when it began."""
        history = self.active[partnership_id]
        later = [active for place, active in history if place > since]
        before = [active for place, active in history if place <= since]
        return any((*before[-1:], *later))

    def _declare(self, event: Happened) -> None:
        state = event.kind.partition(".")[2]
        if state == "without_statement":
            self.without_statement.add(event.record_id)
            return
        found = self.declarations.get(event.record_id)
        if found is None:
            found = self.declarations[event.record_id] = self.made[event.record_id]
            self._check_new(found, state, event)
        else:
            assert (found.state, state) in MOVES and event.details["from"] == found.state, event
        self._put_on(found, state, event)
        found.state = state
        assert state not in LIVE or [each.slot for each in self._live()].count(found.slot) == 1

    def _check_new(self, new: Declared, state: str, event: Happened) -> None:
        record = self.training[new.record]
        assert record.status != "deferred" and record.cohort == new.cohort
        assert new.declared_at <= event.at
        assert record.status != "withdrawn" or london(new.declared_at) < (record.withdrawn_on or date.min)
        assert self._was_active(record.partnership, event.seen), "nobody may know them"
        others = [each for each in self._live() if each.slot == new.slot]
        assert all(each.provider != new.provider for each in others), "its own is still live"
        funded = self.funding[new.slot[:2]]
        by_funding = {None: "submitted", True: "eligible", False: "ineligible"}[funded]
        assert state == ("ineligible" if others else by_funding), event

    def _put_on(self, found: Declared, state: str, event: Happened) -> None:
        """Its line: on the earliest statement still open on the day, at the very second."""
        if state in ("eligible", "awaiting_clawback"):
            kind = "payment" if state == "eligible" else "clawback"
            assert kind not in found.lines, "twice on one side"
            found.lines[kind] = (self._next_open(found, london(event.at)), state)
        elif state in ("payable", "paid") or (state == "voided" and "payment" in found.lines):
            found.lines["payment"] = (found.lines["payment"][0], state)
        elif state == "clawed_back":
            found.lines["clawback"] = (found.lines["clawback"][0], state)

    def _next_open(self, found: Declared, today: date) -> str:
        fits = [
            (month.deadline_on, key)
            for key, month in self.months.items()
            if (month.provider, month.cohort) == (found.provider, found.cohort)
            and month.output
            and month.state == "open"
            and month.deadline_on >= today
        ]
        return min(fits)[1]

    def _close(self, event: Happened) -> None:
        month, kind = self.months[event.record_id], event.kind.partition(".")[2]
        if kind == "payable":
            assert month.state == "open" and month.deadline_on < london(event.at)
            month.state = "payable"
        elif kind == "payment_requested":
            assert month.state == "payable" and month.asked_by is None
            month.asked_by = event.actor_id
        elif kind == "paid":
            assert month.state == "payable" and month.asked_by not in (None, event.actor_id)
            month.state = "paid"

    def _fund(self, event: Happened) -> None:
        if "eligible" in event.details:
            self.funding[event.record_id, event.details["course"]] = event.details["eligible"]

    # ------------------------------------------------------------------------------------------ always

    def _live(self) -> list[Declared]:
        return [each for each in self.declarations.values() if each.state in LIVE]

    def hold(self) -> None:
        """What must be so after every write."""
        for key, each in self.declarations.items():
            if each.state == "submitted":
                unknown = self.funding[each.slot[:2]] is None
                assert unknown or key in self.without_statement, "known to be fundable, and still waiting"
            for kind, (statement_id, state) in each.lines.items():
                month = self.months[statement_id].state
                assert state != "eligible" or month == "open"
                assert state not in ("payable",) or month == "payable"
                assert state != "awaiting_clawback" or month in ("open", "payable")
                assert kind != "payment" or state != "paid" or month == "paid"


def happened(row: Any, began: Mapping[str, int]) -> Happened:
    """An event as stored."""
    request = row.request_id
    details = json.loads(row.details)
    return Happened(row.kind, row.record_id, row.at, row.actor_id, request, details, began[request])
