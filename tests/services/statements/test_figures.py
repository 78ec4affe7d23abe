"""What a statement comes to: counted from its lines, by its own contract, the same for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from app.data.models import Statement
from app.data.queries import contracts as contract_queries
from app.data.queries import statements as found
from app.data.transaction import write
from app.domain.payments import Counts, Figures
from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType
from app.services import statements
from tests.services.statements.ledger import (
    APRIL,
    AUGUST,
    COHORT,
    JANUARY,
    TERMS,
    Ledger,
    add_clawback,
    agree,
    by_clock,
    declare,
    make_ledger,
    on,
    pay,
    states,
    void,
)
from tests.support.clocks import london

STARTED, RETAINED = DeclarationType.STARTED, DeclarationType.RETAINED_1
ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
IN_APRIL, IN_AUGUST = london("2025-04-02 09:00"), london("2025-08-02 09:00")


def counted(pays_on: date) -> tuple[Counts, ...]:
    statement = found.by_id(on(pays_on))
    assert statement is not None
    return found.counts(statement)


def paid_for(figures: Figures) -> dict[str, list[tuple[int, int]]]:
    """Additions and subtractions from A to D, of the types that have any."""
    rows: dict[str, list[tuple[int, int]]] = {}
    for line in figures.lines:
        rows.setdefault(str(line.declaration_type), []).append((line.additions, line.subtractions))
    return {name: row for name, row in rows.items() if any(map(any, row))}


def test_lines_are_counted_by_course_and_type_on_this_statement_and_on_those_paid_before_it(
    ledger: Ledger,
) -> None:
    taken_back = declare(ledger, on(JANUARY), 3, state="paid")[0]
    declare(ledger, on(JANUARY), 2, state="voided")
    declare(ledger, on(APRIL), 4)
    declare(ledger, on(APRIL), 1, state="voided")
    declare(ledger, on(APRIL), 2, declaration_type="retained-1", state="payable")
    declare(ledger, on(APRIL), 1, course="ecf-mentor", pupil_premium_uplift=True, sparsity_uplift=True)
    declare(ledger, on(AUGUST), 5)
    declare(ledger, None, 6, state="submitted")
    add_clawback(ledger, taken_back, on(APRIL))
    assert counted(APRIL) == (
        Counts(ECT, RETAINED, now=2),
        Counts(ECT, STARTED, before=3, now=4, refunded=1),
        Counts(MENTOR, STARTED, now=1, uplifts=1),
    )
    assert counted(AUGUST)[1] == Counts(ECT, STARTED, before=3 - 1 + 4, now=5)
    assert counted(JANUARY) == (Counts(ECT, STARTED, now=3),)


def test_uplifts_are_counted_once_for_started_ones_only_and_refunded_ones_apart(ledger: Ledger) -> None:
    both, premium = declare(ledger, on(JANUARY), 2, state="paid", pupil_premium_uplift=True)
    declare(ledger, on(JANUARY), 1, sparsity_uplift=True)
    declare(ledger, on(JANUARY), 1, sparsity_uplift=True, declaration_type="retained-1")
    add_clawback(ledger, premium, on(APRIL))
    assert counted(JANUARY) == (
        Counts(ECT, RETAINED, now=1),
        Counts(ECT, STARTED, now=3, uplifts=3),
    )
    assert counted(APRIL)[1] == Counts(ECT, STARTED, before=3, refunded=1, uplifts_refunded=1)
    assert statements.figures(on(APRIL)).pence().refunded_uplifts == 100_00
    assert both != premium


def test_another_provider_and_another_cohort_count_nothing(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), 2)
    write(lambda session: statements.plan(session, ledger.provider, 2025, by_clock(IN_APRIL)))
    other = write(lambda session: statements.next_open(session, ledger.provider, 2025, date(2026, 1, 1)))
    assert other is not None
    statement = found.by_id(other)
    assert statement is not None
    assert found.counts(statement) == ()


def test_the_worked_example_of_a_statement_that_bills_and_takes_back(ledger: Ledger) -> None:
    earlier = declare(ledger, on(JANUARY), 4, state="paid")
    declare(ledger, on(APRIL), 3)
    for declaration in earlier[:2]:
        add_clawback(ledger, declaration, on(APRIL))
    figures = statements.figures(on(APRIL))
    assert paid_for(figures) == {"started": [(0, 0), (0, 0), (2, 1), (1, 1)]}
    amounts = figures.pence()
    assert (amounts.output_fee, amounts.clawbacks) == (2 * 24_00 + 12_00, 24_00 + 12_00)
    assert (amounts.total, amounts.vat, amounts.total_with_vat) == (24_00, 4_80, 28_80)


def test_a_statement_goes_by_the_latest_contract_until_it_is_payable_and_then_by_that_one_for_ever(
    ledger: Ledger,
) -> None:
    declare(ledger, on(JANUARY))
    assert statements.figures(on(JANUARY)).pence().total == 48_00
    dearer = replace(TERMS, monthly_service_fee_pence=1_00)
    agree(ledger, dearer)
    assert statements.figures(on(JANUARY)).pence().total == 49_00
    write(lambda session: statements.close(session, on(JANUARY), by_clock(IN_APRIL)))
    agree(ledger, replace(TERMS, monthly_service_fee_pence=2_00))
    assert statements.figures(on(JANUARY)).pence().total == 49_00
    assert statements.figures(on(APRIL)).pence().service_fee == 2_00
    versions = contract_queries.versions(ledger.provider, COHORT)
    assert [each.version for each in versions] == [3, 2, 1]
    assert versions[1].terms == dearer


def test_a_paid_statement_shows_the_same_figures_whatever_happens_afterwards(ledger: Ledger) -> None:
    first = declare(ledger, on(JANUARY), 4)
    here = declare(ledger, on(APRIL), 3)
    # January isn’t paid yet when April is.
    write(lambda session: statements.close(session, on(JANUARY), by_clock(IN_APRIL)))
    amounts = pay(ledger, on(APRIL), IN_APRIL)
    before = statements.figures(on(APRIL))
    assert before.pence() == amounts

    void(first[0])
    agree(ledger, replace(TERMS, monthly_service_fee_pence=77_00))
    pay(ledger, on(JANUARY), IN_APRIL)
    declare(ledger, on(AUGUST), 2)
    add_clawback(ledger, here[0], on(AUGUST))
    add_clawback(ledger, first[1], on(AUGUST))
    assert statements.figures(on(APRIL)) == before
    pay(ledger, on(AUGUST), IN_AUGUST)
    assert statements.figures(on(APRIL)) == before
    stored = found.by_id(on(APRIL))
    assert stored is not None
    assert (stored.total_pence, stored.vat_pence) == (amounts.total, amounts.vat)
    # A statement that isn’t paid yet goes by what stands: 4 less 1 voided, 3, less the 2 taken back, then 2.
    assert counted(date(2025, 10, 25)) == (Counts(ECT, STARTED, before=4 - 1 + 3 - 2 + 2),)


def test_without_a_contract_there_are_no_figures_and_nothing_can_be_paid(in_app: Any) -> None:
    ledger = make_ledger(terms=None)
    declare(ledger, on(JANUARY))
    with pytest.raises(Refused, match="no_contract"):
        statements.figures(on(JANUARY))
    with pytest.raises(Refused, match="no_contract"):
        pay(ledger, on(JANUARY))
    assert states() == {"payable": 1}
    contract = agree(ledger, TERMS)
    write(
        lambda session: statements.authorise(
            session, on(JANUARY), ledger.by(ledger.authoriser, london("2025-01-02 09:00"))
        )
    )
    stored = found.by_id(on(JANUARY))
    assert stored is not None
    assert (stored.state, stored.contract_id, stored.total_pence) == ("paid", contract, 48_00)


def test_a_statement_nobody_made_has_no_figures(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="unknown_statement"):
        statements.figures(ledger.provider)


def test_a_paid_statement_without_the_event_of_its_payment_is_counted_from_its_lines(ledger: Ledger) -> None:
    declare(ledger, on(JANUARY), 2, state="paid")
    declare(ledger, on(APRIL), 1, state="paid")

    def brought_in(session: Any) -> None:
        values = {"state": "paid", "paid_at": IN_APRIL, "total_pence": 48_00, "vat_pence": 9_60}
        session.execute(update(Statement).where(Statement.id == on(APRIL)).values(values))

    write(brought_in)
    assert counted(APRIL) == (Counts(ECT, STARTED, before=2, now=1),)
