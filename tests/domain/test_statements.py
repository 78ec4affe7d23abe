from __future__ import annotations

import csv
import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.refusals import Refused
from app.domain.statements import (
    TRANSITIONS,
    Action,
    Adjustment,
    State,
    StatementPlan,
    Who,
    check_adjustable,
    check_authorisation,
    check_request,
    correct,
    earliest_open,
    month_name,
    next_state,
    past_deadline,
    planned,
    title,
)

DEADLINE = date(2025, 12, 31)
AFTER = date(2026, 1, 1)
ALLOWED = {(Action.CLOSE, State.OPEN): State.PAYABLE, (Action.AUTHORISE, State.PAYABLE): State.PAID}


@pytest.mark.parametrize(("action", "state"), list(product(Action, State)))
def test_every_action_from_every_state_is_decided_by_the_table(action: Action, state: State) -> None:
    if (action, state) in ALLOWED:
        assert next_state(action, state) is ALLOWED[action, state]
        return
    with pytest.raises(Refused) as refused:
        next_state(action, state)
    assert refused.value.reason == "wrong_state"
    assert dict(refused.value.detail) == {"action": action, "state": state}


def test_the_daily_job_closes_and_finance_authorises() -> None:
    assert [(each.action, each.who) for each in TRANSITIONS] == [
        (Action.CLOSE, Who.DAILY_JOB),
        (Action.AUTHORISE, Who.FINANCE),
    ]
    assert all(each.how for each in TRANSITIONS)


def test_a_deadline_has_passed_from_the_day_after_and_for_good() -> None:
    assert [past_deadline(DEADLINE, DEADLINE + timedelta(days=days)) for days in (-1, 0, 1, 400)] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("state", "today", "standing", "reason"),
    [
        (State.PAID, AFTER, False, "already_paid"),
        (State.OPEN, DEADLINE, False, "deadline_not_passed"),
        (State.PAYABLE, AFTER, True, "already_requested"),
    ],
)
def test_payment_is_not_asked_for_too_early_or_twice(
    state: State, today: date, standing: bool, reason: str
) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        check_request(state, DEADLINE, today, standing)


def test_one_asks_and_a_different_one_authorises() -> None:
    check_request(State.PAYABLE, DEADLINE, AFTER)
    assert check_authorisation(State.PAYABLE, DEADLINE, AFTER, "amina", "ben") is State.PAID


@pytest.mark.parametrize(
    ("state", "today", "requested_by", "reason"),
    [
        (State.PAYABLE, AFTER, "ben", "same_person"),
        (State.PAYABLE, AFTER, None, "not_requested"),
        (State.PAYABLE, DEADLINE, "amina", "deadline_not_passed"),
        (State.PAID, AFTER, "amina", "already_paid"),
        (State.OPEN, AFTER, "amina", "wrong_state"),
    ],
)
def test_authorising_is_refused_without_somebody_else_asking_first(
    state: State, today: date, requested_by: str | None, reason: str
) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        check_authorisation(state, DEADLINE, today, requested_by, "ben")


def test_an_adjustment_has_a_name_and_an_amount_above_or_below_0() -> None:
    assert [Adjustment("Late fee", amount).amount_pence for amount in (1, -1)] == [1, -1]
    with pytest.raises(Refused, match="^amount_pence: zero$"):
        Adjustment("Late fee", 0)
    with pytest.raises(Refused, match="^name: blank$"):
        Adjustment("  ", 100)


def test_adjustments_are_frozen_once_paid() -> None:
    for state in (State.OPEN, State.PAYABLE):
        check_adjustable(state)
    with pytest.raises(Refused, match="^already_paid$"):
        check_adjustable(State.PAID)


def test_a_statement_is_called_by_its_month() -> None:
    assert [month_name(5), title(2022, 5)] == ["May", "May 2022"]


def months(cohort: int) -> list[tuple[int, int]]:
    return [(plan.year - cohort, plan.month) for plan in planned(cohort)]


EVERY_MONTH = [(0, 11), (0, 12), *product((1, 2), range(1, 13)), *product((3,), range(1, 6))]


@pytest.mark.parametrize("cohort", [2020, 2024, 2025, 2026, 2040])
def test_a_cohort_has_a_statement_a_month_from_november_to_may_three_years_on(cohort: int) -> None:
    assert months(cohort) == EVERY_MONTH


@pytest.mark.parametrize(
    ("cohort", "last", "count"),
    [(2021, "September 2024", 34), (2022, "August 2025", 33), (2023, "August 2026", 34)],
)
def test_the_first_three_cohorts_go_on_longer_and_two_have_no_first_december(
    cohort: int, last: str, count: int
) -> None:
    plans = planned(cohort)
    assert (title(plans[-1].year, plans[-1].month), len(plans)) == (last, count)
    assert ((0, 12) in months(cohort)) == (cohort == 2023)


@given(st.integers(2020, 2090))
def test_a_statement_is_due_the_day_before_its_month_and_paid_on_the_25th(cohort: int) -> None:
    for plan in planned(cohort):
        if cohort in {2021, 2022} and (plan.year, plan.month) == (cohort, 11):
            assert plan.deadline_on == plan.pays_on == date(cohort, 11, 30)
            continue
        assert plan.deadline_on + timedelta(days=1) == date(plan.year, plan.month, 1)
        assert plan.pays_on == date(plan.year, plan.month, 25)


@given(st.integers(2020, 2090))
def test_a_cohort_has_one_statement_a_month_and_deadlines_in_order(cohort: int) -> None:
    assert len(set(months(cohort))) == len(months(cohort))
    deadlines = [plan.deadline_on for plan in planned(cohort)]
    assert deadlines == sorted(set(deadlines))


@pytest.mark.parametrize("cohort", [2023, 2024, 2025, 2030])
def test_from_2023_declarations_are_paid_in_four_months_of_the_year(cohort: int) -> None:
    assert {plan.month for plan in planned(cohort) if plan.output} == {1, 4, 8, 10}
    assert {plan.month for plan in planned(cohort) if not plan.output}.isdisjoint({1, 4, 8, 10})


@pytest.mark.parametrize("cohort", [2021, 2022])
def test_the_first_two_cohorts_have_output_months_of_their_own(cohort: int) -> None:
    output = [title(plan.year - cohort, plan.month) for plan in planned(cohort) if plan.output]
    assert output == [
        "November 0",
        "February 1",
        "May 1",
        "June 1",
        "October 1",
        "February 2",
        "May 2",
        "October 2",
        "February 3",
        "May 3",
        "August 3",
    ]


def published() -> list[StatementPlan]:
    """The statements as the earlier service seeded them; skips without the folder of reference data."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "reference"
    path = Path(os.environ.get("REFERENCE_DIR", beside)) / "statements.csv"
    if not path.is_file():
        pytest.skip(f"There is no {path}: set REFERENCE_DIR to the folder that has it.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {month_name(month): month for month in range(1, 13)}
    return [
        StatementPlan(
            int(row["cohort"]),
            int(row["name"].split()[1]),
            named[row["name"].split()[0]],
            a_day(row["deadline_date"]),
            a_day(row["payment_date"]),
            row["output_fee"] == "true",
        )
        for row in rows
    ]


def a_day(text: str) -> date:
    year, month, day = text.split("-")
    return date(int(year), int(month), int(day))


def test_every_published_statement_put_right_is_planned_and_none_besides() -> None:
    ours = [plan for cohort in range(2021, 2026) for plan in planned(cohort)]
    theirs = [correct(plan) for plan in published()]
    assert len(theirs) == 163
    assert theirs == ours


def test_ten_january_deadlines_and_three_march_ones_are_put_right_and_nothing_else() -> None:
    moved = [(plan, correct(plan)) for plan in published() if correct(plan) != plan]
    assert [plan.month for plan, _ in moved].count(1) == 10
    assert [plan.month for plan, _ in moved].count(3) == len(moved) - 10 == 3
    for plan, right in moved:
        assert right == replace(plan, deadline_on=right.deadline_on)


@pytest.mark.parametrize(
    ("year", "month", "wrong", "right"),
    [
        (2023, 1, date(2023, 12, 31), date(2022, 12, 31)),
        (2028, 3, date(2028, 2, 28), date(2028, 2, 29)),
        (2024, 1, date(2023, 12, 31), date(2023, 12, 31)),
        (2024, 3, date(2024, 2, 29), date(2024, 2, 29)),
        (2025, 3, date(2025, 2, 28), date(2025, 2, 28)),
        (2024, 2, date(2024, 2, 28), date(2024, 2, 28)),
        (2024, 11, date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_only_januaries_after_their_payment_and_leap_years_are_put_right(
    year: int, month: int, wrong: date, right: date
) -> None:
    plan = StatementPlan(2021, year, month, wrong, date(year, month, 25), True)
    assert correct(plan) == replace(plan, deadline_on=right)


@given(st.integers(2020, 2090))
def test_what_is_planned_needs_no_correction(cohort: int) -> None:
    assert [correct(plan) for plan in planned(cohort)] == list(planned(cohort))


@dataclass(frozen=True)
class Stored:
    state: str
    output: bool
    deadline_on: date
    pays_on: date = date(2026, 1, 25)


TAKES = Stored("open", True, DEADLINE)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (TAKES, True),
        (replace(TAKES, state=State.OPEN), True),
        (replace(TAKES, state="payable"), False),
        (replace(TAKES, state="paid"), False),
        (replace(TAKES, output=False), False),
        (replace(TAKES, deadline_on=DEADLINE - timedelta(days=1)), False),
        (replace(TAKES, deadline_on=DEADLINE + timedelta(days=1)), True),
    ],
)
def test_a_declaration_goes_on_an_open_output_statement_until_its_deadline(
    statement: Stored, found: bool
) -> None:
    assert earliest_open([statement], DEADLINE) is (statement if found else None)


def test_a_declaration_goes_on_the_earliest_such_statement_in_whatever_order_they_come() -> None:
    later = replace(TAKES, deadline_on=date(2026, 3, 31))
    shut = replace(TAKES, deadline_on=date(2025, 9, 30))
    assert earliest_open([later, TAKES, shut], DEADLINE) is TAKES
    assert earliest_open([], DEADLINE) is None


@given(st.dates(date(2025, 6, 1), date(2029, 6, 1)))
def test_until_the_last_output_deadline_a_cohort_always_has_room_for_a_declaration(today: date) -> None:
    plans = planned(2025)
    stored = [Stored("open", plan.output, plan.deadline_on, plan.pays_on) for plan in plans]
    found = earliest_open(stored, today)
    assert (found is None) == (today > date(2028, 3, 31))
    if found is not None:
        assert found.output and found.deadline_on >= today
        assert not any(each.output and today <= each.deadline_on < found.deadline_on for each in stored)
