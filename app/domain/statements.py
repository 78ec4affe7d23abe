"""Statements: the months a lead provider is paid for, how a statement gets from open to paid, and on which one
a declaration goes.

Schedules and money, Statements. One statement per lead provider, cohort and month. Deadline and payment date
are London days, and so is `today`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar

from app.domain.days import MONTHS, months_after
from app.domain.refusals import Refused


class State(StrEnum):
    """The states of a statement."""

    OPEN = "open"
    PAYABLE = "payable"
    PAID = "paid"


class Who(StrEnum):
    """Who moves a statement."""

    DAILY_JOB = "daily job"
    FINANCE = "finance"


class Action(StrEnum):
    """What can be done to a statement."""

    CLOSE = "close"
    AUTHORISE = "authorise"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table; `how` is the sentence for documents."""

    action: Action
    from_: State
    to: State
    who: Who
    how: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Action.CLOSE,
        State.OPEN,
        State.PAYABLE,
        Who.DAILY_JOB,
        "The deadline has passed: its eligible declarations become payable",
    ),
    Transition(
        Action.AUTHORISE,
        State.PAYABLE,
        State.PAID,
        Who.FINANCE,
        "One person asks and a different one authorises: its payable declarations become paid, and those awaiting "
        "clawback clawed back",
    ),
)


def next_state(action: Action, state: State) -> State:
    """The state after an action. Raises Refused("wrong_state", action=…, state=…) without such a row."""
    for transition in TRANSITIONS:
        if transition.action is action and transition.from_ == state:
            return transition.to
    raise Refused("wrong_state", action=action, state=state)


def past_deadline(deadline_on: date, today: date) -> bool:
    """Whether a deadline is over: from the day after it, however long ago it was."""
    return deadline_on < today


def check_request(state: State, deadline_on: date, today: date, standing: bool = False) -> None:
    """Whether a finance user may ask for a statement to be paid; `standing` says that somebody already has.

    Raises Refused: `already_paid`, `deadline_not_passed` (with `deadline`), `already_requested`.
    """
    if state == State.PAID:
        raise Refused("already_paid")
    if not past_deadline(deadline_on, today):
        raise Refused("deadline_not_passed", deadline=deadline_on)
    if standing:
        raise Refused("already_requested")


def check_authorisation(
    state: State, deadline_on: date, today: date, requested_by: str | None, authorised_by: str
) -> State:
    """The state after `authorised_by` says yes; both people are ids, `requested_by` None when nobody asked.

    Raises Refused: `already_paid`, `deadline_not_passed` (with `deadline`), `not_requested`, `same_person`;
    `wrong_state` while the daily job hasn’t made it payable.
    """
    check_request(state, deadline_on, today)
    if requested_by is None:
        raise Refused("not_requested")
    if requested_by == authorised_by:
        raise Refused("same_person")
    return next_state(Action.AUTHORISE, state)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A named amount added or, below 0, taken off, in pence.

    Raises Refused: `blank` name, `zero` amount_pence.
    """

    name: str
    amount_pence: int

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise Refused("blank", "name")
        if self.amount_pence == 0:
            raise Refused("zero", "amount_pence")


def check_adjustable(state: State) -> None:
    """Whether adjustments may still be made. Raises Refused("already_paid"): then they are frozen."""
    if state == State.PAID:
        raise Refused("already_paid")


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """One statement as planned: `output` ones take declarations to the end of `deadline_on`, the others carry
    only the service fee.
    """

    cohort: int
    year: int
    month: int
    deadline_on: date
    pays_on: date
    output: bool


FIRST_MONTH = 11
PAYMENT_DAY = 25
EARLY_COHORTS = frozenset({2021, 2022})
"""Irregular: due and paid on the last day of November, nothing that December, output months of their own."""

OUTPUT_MONTHS = frozenset({1, 4, 8, 10})
Month = tuple[int, int]
"""Years after the cohort’s, and the month’s number."""

EARLY_OUTPUT_MONTHS: frozenset[Month] = frozenset(
    {(0, 11), (1, 2), (1, 5), (1, 6), (1, 10), (2, 2), (2, 5), (2, 10), (3, 2), (3, 5), (3, 8)}
)
EARLY_LEFT_OUT: Month = (0, 12)
LAST_MONTH: Month = (3, 5)
LAST_MONTHS: Mapping[int, Month] = MappingProxyType({2021: (3, 9), 2022: (3, 8), 2023: (3, 8)})
"""Of the cohorts whose statements go on for longer than to May."""


def month_name(month: int) -> str:
    """“May” for 5."""
    return MONTHS[month - 1]


def title(year: int, month: int) -> str:
    """How a statement is called: “May 2022”."""
    return f"{month_name(month)} {year}"


def planned(cohort: int) -> tuple[StatementPlan, ...]:
    """Every statement of a cohort for one lead provider, in order, from November of its year."""
    last = LAST_MONTHS.get(cohort, LAST_MONTH)
    months = ((years, month) for years in range(4) for month in range(1, 13))
    return tuple(
        _plan(cohort, *each)
        for each in months
        if (0, FIRST_MONTH) <= each <= last and not (cohort in EARLY_COHORTS and each == EARLY_LEFT_OUT)
    )


def _plan(cohort: int, years: int, month: int) -> StatementPlan:
    year = cohort + years
    first_day = date(year, month, 1)
    deadline_on, pays_on = first_day - timedelta(days=1), first_day.replace(day=PAYMENT_DAY)
    output = month in OUTPUT_MONTHS
    if cohort in EARLY_COHORTS:
        output = (years, month) in EARLY_OUTPUT_MONTHS
        if (years, month) == (0, FIRST_MONTH):
            deadline_on = pays_on = months_after(first_day, 1) - timedelta(days=1)
    return StatementPlan(cohort, year, month, deadline_on, pays_on, output)


def correct(plan: StatementPlan) -> StatementPlan:
    """A statement as the published list has it, put right; one that is right stays as it is.

    A January deadline after its payment was meant a year earlier, and the deadline of a March statement in a
    leap year is 29 February.
    """
    deadline_on = plan.deadline_on
    if plan.month == 1 and deadline_on > plan.pays_on:
        deadline_on = months_after(deadline_on, -12)
    last_of_february = date(deadline_on.year, 3, 1) - timedelta(days=1)
    if plan.month == 3 and (deadline_on.month, deadline_on.day) == (2, 28):
        deadline_on = last_of_february
    return replace(plan, deadline_on=deadline_on)


class Dated(Protocol):
    """What `earliest_open` needs to know of a statement."""

    @property
    def state(self) -> str:
        """As `State` spells it."""

    @property
    def output(self) -> bool:
        """Whether it carries declarations."""

    @property
    def deadline_on(self) -> date:
        """The last day that declarations go on it."""

    @property
    def pays_on(self) -> date:
        """The day it is paid."""


S = TypeVar("S", bound=Dated)


def earliest_open(statements: Iterable[S], today: date) -> S | None:
    """The statement a declaration or a clawback goes on, of those of its lead provider and cohort.

    The earliest open output statement whose deadline is today or later; None when there is none, which ends
    the contract: no new declarations.
    """
    takes_more = (
        statement
        for statement in statements
        if statement.state == State.OPEN
        and statement.output
        and not past_deadline(statement.deadline_on, today)
    )
    return min(takes_more, key=lambda statement: (statement.deadline_on, statement.pays_on), default=None)
