"""Declarations, as each lead provider reads them: its own, and others' live ones for people now with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.models.declarations import DECLARATION_STATES
from app.data.queries.api import declarations, partnerships
from app.data.queries.api.wanted import Wanted
from tests.data.queries.api import worlds
from tests.data.queries.api.worlds import TODAY

NOW = worlds.NOW
LIVE = ("submitted", "eligible", "payable", "paid")
Counting = Callable[[], AbstractContextManager[list[str]]]


def ids(provider: str, today: date = TODAY, **asked: object) -> list[str]:
    """The ids that are listed."""
    return [row.id for row in declarations.listed(provider, Wanted(**asked), today)]  # type: ignore[arg-type]


def moved(at: worlds.Sides) -> worlds.Trained:
    """Somebody who was with Teach Forward and is with Northstar now, whose partnerships are both active."""
    old = worlds.partnership(at, lead_provider_id=at.teach_forward)
    gone = worlds.ect(at, old, finished_on=date(2025, 9, 2))
    new = worlds.partnership(at, school_id=at.harrow.id)
    worlds.ect(at, new, teacher_id=gone.teacher, started_on=date(2025, 9, 3))
    return gone


def test_a_declaration_is_told_as_it_was_accepted(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    who, guide = worlds.ect(at, under), worlds.mentor(at, under)
    made = worlds.declaration(
        who, at.northstar, delivery_partner_id=at.alder, mentor_id=guide.teacher, evidence_held="other"
    )
    (row,) = declarations.listed(at.northstar, Wanted(), TODAY)
    assert row == declarations.DeclarationRow(
        id=made.id,
        participant_id=who.teacher,
        declaration_type="started",
        declaration_date=NOW,
        course_identifier="ecf-induction",
        state="eligible",
        delivery_partner_id=at.alder,
        mentor_id=guide.teacher,
        statement_id=None,
        clawback_statement_id=None,
        ineligible_for_funding_reason=None,
        uplift_paid=False,
        evidence_held="other",
        lead_provider_name="Northstar",
        created_at=NOW,
        updated_at=row.updated_at,
    )
    assert declarations.one(at.northstar, made.id, TODAY) == row


def line(made: models.Declaration, statement: models.Statement, kind: str, state: str) -> None:
    """Put the declaration on the statement."""
    plain = {"id": new_id(), "statement_id": statement.id, "declaration_id": made.id, "added_at": NOW}
    worlds.save(models.StatementLine(kind=kind, state=state, **plain))


def test_the_statements_that_pay_it_and_take_it_back(in_app: Flask) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at))
    made = worlds.declaration(who, at.northstar, state="awaiting_clawback")
    paying, taking = worlds.statement(at.northstar), worlds.statement(at.northstar, month=12)
    line(made, paying, "payment", "paid")
    line(made, taking, "clawback", "awaiting_clawback")
    (row,) = declarations.listed(at.northstar, Wanted(), TODAY)
    assert (row.statement_id, row.clawback_statement_id) == (paying.id, taking.id)


def test_a_voided_line_pays_nothing(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.declaration(worlds.ect(at, worlds.partnership(at)), at.northstar, state="voided")
    line(made, worlds.statement(at.northstar), "payment", "voided")
    row = declarations.one(at.northstar, made.id, TODAY)
    assert row is not None
    assert row.statement_id is None


@pytest.mark.parametrize("state", DECLARATION_STATES)
def test_a_reason_is_told_of_ineligible_ones_only(in_app: Flask, state: str) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at))
    made = worlds.declaration(who, at.northstar, state=state, ineligible_reason="duplicate_declaration")
    row = declarations.one(at.northstar, made.id, TODAY)
    assert row is not None
    expected = "duplicate_declaration" if state == "ineligible" else None
    assert (row.state, row.ineligible_for_funding_reason) == (state, expected)


@pytest.mark.parametrize(
    ("values", "pence", "paid"),
    [
        ({"pupil_premium_uplift": True}, 10_000, True),
        ({"sparsity_uplift": True}, 10_000, True),
        ({}, 10_000, False),
        ({"sparsity_uplift": True}, 0, False),
        ({"sparsity_uplift": True, "state": "payable"}, 10_000, False),
        ({"sparsity_uplift": True, "state": "clawed_back"}, 10_000, False),
        ({"sparsity_uplift": True, "declaration_type": "retained-1"}, 10_000, False),
    ],
)
def test_when_an_uplift_has_been_paid(
    in_app: Flask, values: dict[str, object], pence: int, paid: bool
) -> None:
    at = worlds.sides()
    contract = models.Contract(
        id=new_id(),
        lead_provider_id=at.northstar,
        cohort=2025,
        version=1,
        recruitment_target=1,
        set_up_fee_pence=0,
        uplift_pence=pence,
        vat=False,
        created_at=NOW,
    )
    worlds.save(contract)
    statement = worlds.statement(at.northstar, contract_id=contract.id)
    who = worlds.ect(at, worlds.partnership(at))
    made = worlds.declaration(who, at.northstar, **{"state": "paid"} | values)
    line(made, statement, "payment", "paid")
    row = declarations.one(at.northstar, made.id, TODAY)
    assert row is not None
    assert row.uplift_paid is paid


@pytest.mark.parametrize("state", DECLARATION_STATES)
def test_others_live_ones_are_seen_for_people_now_with_the_caller(in_app: Flask, state: str) -> None:
    at = worlds.sides()
    made = worlds.declaration(moved(at), at.teach_forward, state=state)
    expected = [made.id] if state in LIVE else []
    assert ids(at.northstar) == expected
    row = declarations.one(at.northstar, made.id, TODAY)
    assert ([] if row is None else [row.id]) == expected
    assert row is None or row.lead_provider_name == "Teach Forward"
    assert ids(at.teach_forward) == [made.id]


def test_nobody_sees_anothers_for_people_who_are_not_with_them(in_app: Flask) -> None:
    at = worlds.sides()
    who = moved(at)
    theirs = worlds.declaration(who, at.teach_forward)
    stranger = worlds.ect(at, worlds.partnership(at, cohort=2024), started_on=date(2025, 9, 1))
    own = worlds.declaration(stranger, at.northstar)
    assert ids(at.teach_forward) == [theirs.id]
    assert declarations.one(at.teach_forward, own.id, TODAY) is None
    assert set(ids(at.northstar)) == {theirs.id, own.id}
    for unknown in ("abc", "", "\0", new_id()):
        assert declarations.one(at.northstar, unknown, TODAY) is None


def test_anothers_are_told_to_the_last_day_of_the_training_with_the_caller(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.declaration(moved(at), at.northstar)
    last_day = date(2025, 9, 2)
    assert ids(at.teach_forward, last_day) == [made.id]
    assert declarations.one(at.teach_forward, made.id, last_day) is not None
    assert ids(at.teach_forward, date(2025, 9, 3)) == []
    assert declarations.one(at.teach_forward, made.id, date(2025, 9, 3)) is None
    assert ids(at.northstar) == [made.id]


def test_a_challenge_hides_others_and_leaves_own_ones(in_app: Flask) -> None:
    at = worlds.sides()
    who = moved(at)
    theirs = worlds.declaration(who, at.teach_forward)
    own = worlds.declaration(who, at.northstar, declaration_type="retained-1")
    assert set(ids(at.northstar)) == {theirs.id, own.id}
    (joined,) = partnerships.listed(at.northstar, Wanted())
    worlds.change(models.Partnership, joined.id, status="challenged")
    assert ids(at.northstar) == [own.id]


def test_one_that_comes_into_sight_with_its_person_counts_as_changed(in_app: Flask) -> None:
    at = worlds.sides()
    gone = worlds.ect(
        at, worlds.partnership(at, lead_provider_id=at.teach_forward), finished_on=date(2025, 9, 2)
    )
    made = worlds.declaration(gone, at.teach_forward)
    seen = declarations.one(at.teach_forward, made.id, TODAY)
    assert seen is not None
    latest = seen.updated_at + timedelta(microseconds=1)
    assert ids(at.northstar) == []
    new = worlds.partnership(at, school_id=at.harrow.id)
    worlds.ect(at, new, teacher_id=gone.teacher, started_on=date(2025, 9, 3))
    assert ids(at.northstar, updated_since=latest) == [made.id]
    row = declarations.one(at.northstar, made.id, TODAY)
    assert row is not None
    assert row.updated_at > latest
    assert ids(at.northstar, updated_since=row.updated_at) == [made.id]
    assert ids(at.teach_forward, updated_since=latest) == []


def test_filters(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    first, second = worlds.ect(at, under), worlds.ect(at, under)
    old = worlds.declaration(first, at.northstar, cohort=2024, delivery_partner_id=at.alder)
    new = worlds.declaration(second, at.northstar, delivery_partner_id=at.bramble)
    assert ids(at.northstar, cohorts=(2024,)) == [old.id]
    assert ids(at.northstar, participant_ids=(second.teacher, new_id(), "abc")) == [new.id]
    assert ids(at.northstar, delivery_partner_ids=(at.alder,)) == [old.id]
    assert ids(at.northstar, delivery_partner_ids=(at.alder,), cohorts=(2025,)) == []
    for nothing in ((), ("abc",), ("\0",)):
        assert ids(at.northstar, participant_ids=nothing) == []
        assert ids(at.northstar, delivery_partner_ids=nothing) == []
    assert ids(at.northstar, cohorts=(1999, 2**80)) == []
    row = declarations.one(at.northstar, new.id, TODAY)
    assert row is not None
    assert ids(at.northstar, updated_since=row.updated_at) == [new.id]


def test_pages_never_overlap_or_skip_and_cost_one_select(in_app: Flask, count_queries: Counting) -> None:
    at = worlds.sides()
    theirs = worlds.declaration(moved(at), at.teach_forward, created_at=NOW + timedelta(minutes=1))
    under = worlds.partnership(at)
    made = [
        worlds.declaration(
            worlds.ect(at, under), at.northstar, created_at=NOW + timedelta(minutes=number % 3)
        )
        for number in range(6)
    ]
    expected = [row.id for row in sorted([*made, theirs], key=lambda row: (row.created_at, row.id))]
    with count_queries() as queries:
        assert ids(at.northstar, sort=(("updated_at", True),)) == expected
    assert len(queries) == 1
    pages = [ids(at.northstar, page=page, per_page=3) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [row for page in pages for row in page] == expected


def test_what_others_declared_is_seen_whichever_came_first_the_declaration_or_the_person(
    in_app: Flask,
) -> None:
    at = worlds.sides()
    old = worlds.partnership(at, lead_provider_id=at.teach_forward)
    new = worlds.partnership(at, school_id=at.harrow.id)
    gone = worlds.ect(at, old, finished_on=date(2025, 9, 2))
    before = worlds.declaration(gone, at.teach_forward)
    assert ids(at.northstar) == []
    worlds.ect(at, new, teacher_id=gone.teacher, started_on=date(2025, 9, 3))
    after = worlds.declaration(gone, at.teach_forward, declaration_type="retained-1")
    assert set(ids(at.northstar)) == {before.id, after.id}
    worlds.change(
        models.Partnership, new.id, status="challenged", challenged_at=NOW, challenged_reason="mistake"
    )
    assert ids(at.northstar) == []
    worlds.change(models.Partnership, new.id, status="active", challenged_at=None, challenged_reason=None)
    assert set(ids(at.northstar)) == {before.id, after.id}
