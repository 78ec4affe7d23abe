"""Statements, in the layout of the published file: one row makes a statement of every lead provider in the cohort.

| Column | What |
|---|---|
| name | month and year, like November 2021 |
| cohort | start year; lead providers have places in it already |
| deadline_date | the last day on which declarations go on it |
| payment_date | the day it is paid, not before the deadline |
| output_fee | true: it carries declarations. false: the service fee only |
| type | optional column: ecf |

What the published file has wrong is put right (Schedules and money, Statements): a January deadline after its payment
is a year earlier, and a March deadline of 28 February is the 29th in a leap year.

A statement that is payable or paid, and what an open one with declarations is for, can’t be changed: the row is named.
Nothing is ever deleted. A lead provider that comes into a cohort later gets its statements when the file is imported
again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.models import LeadProviderCohort, Statement, StatementLine
from app.domain.days import MONTHS
from app.domain.statements import State, StatementPlan, correct
from app.services.importing import cells
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, RowError, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Record, Wanted, put, records
from app.services.statements.planning import columns

_TYPE = "ecf"
_FIRST = {"state": State.OPEN}


def parse(row: Row) -> StatementPlan:
    """One row, put right. Raises CellRefused."""
    if row.has("type") and row["type"].casefold() != _TYPE:
        raise CellRefused("type", row["type"], f"must be {_TYPE}")
    year, month = _named(row)
    plan = correct(
        StatementPlan(
            cohort=cells.year(row, "cohort"),
            year=year,
            month=month,
            deadline_on=cells.required_date(row, "deadline_date"),
            pays_on=cells.required_date(row, "payment_date"),
            output=cells.yes_or_no(row, "output_fee"),
        )
    )
    if plan.deadline_on > plan.pays_on:
        raise CellRefused("deadline_date", row["deadline_date"], "is after the payment date")
    return plan


def store(session: Session, batch: Sequence[Entry[StatementPlan]], at: datetime) -> Stored:
    """Make the statements of a batch what the rows say, row by row."""
    there = _There(session, {entry.value.cohort for entry in batch})
    total = Stored()
    for entry in batch:
        total = _plus(total, _store(session, entry, there, at))
    return total


@dataclass(frozen=True, slots=True)
class _One:
    """A statement as one row wants it, of one lead provider."""

    lead_provider_id: str
    plan: StatementPlan


class _There:
    """The lead providers of the batch’s cohorts, and the statements they have."""

    def __init__(self, session: Session, cohorts: set[int]) -> None:
        self.providers: dict[int, list[str]] = defaultdict(list)
        for place in records(session, LeadProviderCohort, "cohort", cohorts):
            self.providers[place["cohort"]].append(place["lead_provider_id"])
        _keep_open(session, cohorts)
        found = records(session, Statement, "cohort", cohorts)
        self.statements = {(each["lead_provider_id"], *_key(each)): each for each in found}
        used = select(StatementLine.statement_id).distinct().join(Statement)
        self.used = set(session.execute(used.where(Statement.cohort.in_(cohorts))).scalars())


def _keep_open(session: Session, cohorts: set[int]) -> None:
    """Let nothing be closed or added to while its row of the file is weighed. In the order that others lock them in."""
    statement = select(Statement.id).where(Statement.cohort.in_(cohorts), Statement.state == State.OPEN)
    session.execute(
        statement.order_by(Statement.deadline_on, Statement.id).with_for_update(key_share=True)
    ).all()


def _store(session: Session, entry: Entry[StatementPlan], there: _There, at: datetime) -> Stored:
    """One row. It counts once, whatever it made: added when any statement was, else changed when any was."""
    plan = entry.value
    providers = there.providers.get(plan.cohort, [])
    if not providers:
        message = "no lead provider has a place in this cohort: import its places first"
        return Stored(errors=(RowError(entry.number, "cohort", str(plan.cohort), message),))
    each = [Entry(entry.number, _One(provider, plan)) for provider in sorted(providers)]
    try:
        wanted = {entry.value: _wanted(entry.value, there) for entry in each}
    except CellRefused as refused:
        return Stored(errors=(RowError(entry.number, refused.column, refused.value, refused.message),))
    stored = put(session, Statement, each, lambda one: wanted[one], at)
    if stored.added:
        return Stored(added=1)
    return Stored(changed=1) if stored.changed else Stored(unchanged=1)


def _wanted(one: _One, there: _There) -> Wanted:
    plan = one.plan
    stored = there.statements.get((one.lead_provider_id, plan.cohort, plan.year, plan.month))
    # Its state isn’t the file’s to say.
    said = {name: value for name, value in columns(plan).items() if name != "state"}
    values = {"lead_provider_id": one.lead_provider_id, **said}
    if stored is None:
        return Wanted(None, values, _FIRST)
    if any(stored[name] != value for name, value in values.items()):
        _check_changeable(stored, plan, there)
    return Wanted(stored, values)


def _check_changeable(stored: Record, plan: StatementPlan, there: _There) -> None:
    """Raises CellRefused when a statement must stay as it is."""
    name = f"{MONTHS[plan.month - 1]} {plan.year}"
    if stored["state"] != State.OPEN:
        raise CellRefused("name", name, f"is {stored['state']} and can’t be changed")
    if stored["output"] and not plan.output and stored["id"] in there.used:
        raise CellRefused("output_fee", "false", "there are declarations on this statement already")


def _named(row: Row) -> tuple[int, int]:
    """Year and month of “November 2021”."""
    month, _, year = row["name"].partition(" ")
    if month.capitalize() not in MONTHS or not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise CellRefused("name", row["name"], "must be a month and a year like November 2021")
    return int(year), MONTHS.index(month.capitalize()) + 1


def _key(record: Record) -> tuple[int, int, int]:
    return record["cohort"], record["year"], record["month"]


def _plus(one: Stored, other: Stored) -> Stored:
    return Stored(
        one.added + other.added,
        one.changed + other.changed,
        one.unchanged + other.unchanged,
        one.unknown + other.unknown,
        one.errors + other.errors,
    )


PLAN = Plan(
    kind="statements.imported",
    layout=Layout(
        required=("name", "cohort", "deadline_date", "payment_date", "output_fee"), optional=("type",)
    ),
    parse=parse,
    key_columns=("cohort", "name"),
    key=lambda plan: (plan.cohort, plan.year, plan.month),
    store=store,
)
