"""The statements of one lead provider in one cohort: which one takes what, what is on them, and what they come to."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.models import Event, Statement
from app.data.queries.events import SYSTEM
from app.data.queries.statements import PAID, before
from app.domain import payments
from app.domain.days import LONDON
from app.domain.payments import Counts
from app.domain.schedules import Course, DeclarationType
from app.domain.statements import State, StatementPlan

Kind = tuple[str, str]
"""A course and a declaration type."""


@dataclass(slots=True)
class Slot:
    """A statement: `state` as it stands today, and what is on it by kind: billed, refunded, both with an uplift."""

    id: str
    plan: StatementPlan
    state: State
    contract_id: str | None
    payable_at: datetime | None
    paid_at: datetime | None
    counts: dict[Kind, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))

    def count(self, kind: Kind, uplift: bool, *, refunded: bool = False) -> None:
        """One more line that counts."""
        counted = self.counts[kind]
        counted[int(refunded)] += 1
        if uplift and kind[1] == DeclarationType.STARTED:
            counted[2 + int(refunded)] += 1


class Ledger:
    """The statements in the order of their deadlines."""

    def __init__(
        self, lead_provider_id: str, cohort: int, terms: payments.Contract, slots: Sequence[Slot]
    ) -> None:
        self.lead_provider_id, self.cohort, self.terms, self.slots = lead_provider_id, cohort, terms, slots
        self._output = [slot for slot in slots if slot.plan.output]
        self._deadlines = [slot.plan.deadline_on for slot in self._output]

    def on(self, day: date) -> Slot | None:
        """The statement that a declaration of that day goes on; None once the last deadline has passed."""
        place = bisect_left(self._deadlines, day)
        return self._output[place] if place < len(self._output) else None


def states(
    plans: Sequence[StatementPlan], today: date
) -> Iterator[tuple[State, datetime | None, datetime | None]]:
    """For each statement its state today, and when it became payable and was paid.

    The latest one with declarations that has closed waits for its payment, and so do those after it, unless none is
    left open.
    """
    output = [plan.deadline_on for plan in plans if plan.output]
    closed = [deadline for deadline in output if deadline < today]
    waiting_from = closed[-1] if closed and len(closed) < len(output) else date.max
    for plan in plans:
        if plan.deadline_on >= today:
            yield State.OPEN, None, None
            continue
        payable_at = datetime.combine(plan.deadline_on + timedelta(days=1), time(0, 5), LONDON).astimezone(
            UTC
        )
        paid_on = max(plan.pays_on, plan.deadline_on + timedelta(days=1))
        if plan.deadline_on < waiting_from and paid_on < today:
            yield State.PAID, payable_at, datetime.combine(paid_on, time(10), UTC)
        else:
            yield State.PAYABLE, payable_at, None


def settle(session: Session, ledgers: Sequence[Ledger], requests: Mapping[str, str]) -> int:
    """Work out and store what every paid statement came to, with the event that keeps it. Returns how many."""
    paid = [(ledger, *each) for ledger in ledgers for each in _counted(ledger) if each[0].paid_at is not None]
    events = []
    for ledger, slot, counted in paid:
        amounts = payments.figures(ledger.terms, counted).pence()
        totals = {"total_pence": amounts.total, "vat_pence": amounts.vat}
        once = update(Statement).where(Statement.id == slot.id)
        changes = {"state": State.PAID, "paid_at": slot.paid_at, "updated_at": slot.paid_at, **totals}
        session.connection().execute(once.values(changes))
        details = {"request": requests[slot.id], **totals, **before(counted)}
        events.append(_event(ledger, slot, details))
    if events:
        session.connection().execute(insert(Event), events)
    return len(events)


def _counted(ledger: Ledger) -> Iterator[tuple[Slot, tuple[Counts, ...]]]:
    """Each statement with its counts; what was on those paid earlier comes before."""
    earlier: dict[Kind, int] = defaultdict(int)
    for slot in sorted(ledger.slots, key=lambda slot: slot.plan.pays_on):
        kinds = sorted({*earlier, *slot.counts})
        yield (
            slot,
            tuple(
                Counts(Course(kind[0]), DeclarationType(kind[1]), earlier[kind], *slot.counts[kind])
                for kind in kinds
            ),
        )
        for kind in kinds:
            earlier[kind] += slot.counts[kind][0] - slot.counts[kind][1]


def _event(ledger: Ledger, slot: Slot, details: dict[str, object]) -> dict[str, object]:
    return {
        "id": new_id(),
        "at": slot.paid_at,
        "kind": PAID,
        "actor_kind": SYSTEM.kind,
        "lead_provider_id": ledger.lead_provider_id,
        "record_kind": "statement",
        "record_id": slot.id,
        "request_id": new_id(),
        "details": json.dumps(details, sort_keys=True),
    }
