from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.declarations import (
    EVIDENCE,
    INVALID_ACTION,
    LIVE,
    MESSAGES,
    TRANSITIONS,
    Action,
    Evidence,
    IneligibleReason,
    State,
    Who,
    action_when_settled,
    evidence_rule,
    first_action,
    ineligible_reason,
    initial_state,
    next_state,
    read_evidence,
    voiding,
)
from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType

EVERY_STATE = (None, *State)

# The table as Provider API prints it, written out once more on purpose.
ALLOWED = {
    (Action.SUBMIT, None): State.SUBMITTED,
    (Action.CONFIRM_FUNDING, None): State.ELIGIBLE,
    (Action.CONFIRM_FUNDING, State.SUBMITTED): State.ELIGIBLE,
    (Action.REFUSE_FUNDING, None): State.INELIGIBLE,
    (Action.REFUSE_FUNDING, State.SUBMITTED): State.INELIGIBLE,
    (Action.REFUSE_DUPLICATE, None): State.INELIGIBLE,
    (Action.MAKE_PAYABLE, State.ELIGIBLE): State.PAYABLE,
    (Action.PAY, State.PAYABLE): State.PAID,
    (Action.VOID, State.SUBMITTED): State.VOIDED,
    (Action.VOID, State.ELIGIBLE): State.VOIDED,
    (Action.VOID, State.INELIGIBLE): State.VOIDED,
    (Action.VOID, State.PAYABLE): State.VOIDED,
    (Action.CLAW_BACK, State.PAID): State.AWAITING_CLAWBACK,
    (Action.SETTLE_CLAWBACK, State.AWAITING_CLAWBACK): State.CLAWED_BACK,
}
PAIRS = {(state, to) for (_, state), to in ALLOWED.items() if state is not None}


@pytest.mark.parametrize(("action", "state"), list(product(Action, EVERY_STATE)))
def test_every_action_from_every_state_is_decided_by_the_table(action: Action, state: State | None) -> None:
    if (action, state) in ALLOWED:
        assert next_state(action, state) is ALLOWED[action, state]
        return
    with pytest.raises(Refused) as refused:
        next_state(action, state)
    assert (refused.value.reason, refused.value.field) == ("wrong_state", INVALID_ACTION)
    assert refused.value.detail["action"] is action
    assert refused.value.detail["state"] == (state or "new")


def test_ten_pairs_of_states_are_allowed_and_46_are_not() -> None:
    assert (len(PAIRS), len(set(permutations(State, 2)) - PAIRS)) == (10, 46)


@pytest.mark.parametrize(("before", "after"), list(permutations(State, 2)))
def test_a_pair_of_states_is_moved_by_one_action_or_by_none(before: State, after: State) -> None:
    moved = [action for action in Action if ALLOWED.get((action, before)) is after]
    assert len(moved) == ((before, after) in PAIRS)
    for action in Action:
        if action not in moved and any(t.action is action and t.to is after for t in TRANSITIONS):
            with pytest.raises(Refused, match="^Invalid action: wrong_state$"):
                next_state(action, before)


def test_every_action_stands_in_the_table_once_with_who_and_how() -> None:
    assert [transition.action for transition in TRANSITIONS] == list(Action)
    assert all(transition.how and transition.who for transition in TRANSITIONS)


def test_providers_declare_and_void_and_finance_pays() -> None:
    theirs = {transition.action for transition in TRANSITIONS if Who.LEAD_PROVIDER in transition.who}
    finance = {transition.action for transition in TRANSITIONS if Who.FINANCE in transition.who}
    assert theirs == {Action.SUBMIT, Action.VOID, Action.CLAW_BACK}
    assert finance == {Action.VOID, Action.CLAW_BACK, Action.PAY, Action.SETTLE_CLAWBACK}


def test_states_and_reasons_are_spelt_as_the_api_does() -> None:
    assert sorted(map(str, State)) == [
        "awaiting_clawback",
        "clawed_back",
        "eligible",
        "ineligible",
        "paid",
        "payable",
        "submitted",
        "voided",
    ]
    assert list(map(str, IneligibleReason)) == ["not_eligible_for_funding", "duplicate_declaration"]


def test_live_means_submitted_eligible_payable_or_paid() -> None:
    assert {"submitted", "eligible", "payable", "paid"} == LIVE


@given(st.lists(st.sampled_from(Action), max_size=40))
def test_no_walk_comes_back_to_life(actions: list[Action]) -> None:
    state: State | None = None
    ended = False
    for action in actions:
        if (action, state) in ALLOWED:
            state = next_state(action, state)
            assert not (ended and state in LIVE)
            ended = state not in LIVE


@given(st.lists(st.sampled_from(Action), max_size=40))
def test_money_is_taken_back_only_from_what_was_paid(actions: list[Action]) -> None:
    state: State | None = None
    passed: list[State] = []
    for action in actions:
        if (action, state) in ALLOWED:
            state = next_state(action, state)
            passed.append(state)
    if State.AWAITING_CLAWBACK in passed:
        assert passed.index(State.PAID) + 1 == passed.index(State.AWAITING_CLAWBACK)
        assert State.VOIDED not in passed
    assert len(passed) == len(set(passed))


@pytest.mark.parametrize("statement_open", [True, False])
@pytest.mark.parametrize("state", [State.SUBMITTED, State.ELIGIBLE, State.INELIGIBLE, State.PAYABLE])
def test_void_needs_no_statement_before_payment(state: State, statement_open: bool) -> None:
    assert voiding(state, statement_open=statement_open) is Action.VOID


def test_void_of_a_paid_declaration_claws_it_back() -> None:
    assert voiding(State.PAID, statement_open=True) is Action.CLAW_BACK


def test_a_paid_declaration_needs_an_open_statement_to_be_voided() -> None:
    with pytest.raises(Refused, match="^Invalid action: no_open_statement$"):
        voiding(State.PAID, statement_open=False)


@pytest.mark.parametrize("statement_open", [True, False])
@pytest.mark.parametrize("state", [State.VOIDED, State.AWAITING_CLAWBACK, State.CLAWED_BACK])
def test_what_was_taken_back_is_not_voided_again(state: State, statement_open: bool) -> None:
    with pytest.raises(Refused, match="^Invalid action: wrong_state$") as refused:
        voiding(state, statement_open=statement_open)
    assert MESSAGES["wrong_state"].format(**refused.value.detail) == (
        f"A declaration that is {state} cannot be voided"
    )


DUPLICATE, NOT_FUNDED = IneligibleReason.DUPLICATE_DECLARATION, IneligibleReason.NOT_ELIGIBLE_FOR_FUNDING


@pytest.mark.parametrize(
    ("funding", "other_live", "action", "state", "reason"),
    [
        (None, False, Action.SUBMIT, State.SUBMITTED, None),
        (True, False, Action.CONFIRM_FUNDING, State.ELIGIBLE, None),
        (False, False, Action.REFUSE_FUNDING, State.INELIGIBLE, NOT_FUNDED),
        (None, True, Action.REFUSE_DUPLICATE, State.INELIGIBLE, DUPLICATE),
        (True, True, Action.REFUSE_DUPLICATE, State.INELIGIBLE, DUPLICATE),
        (False, True, Action.REFUSE_DUPLICATE, State.INELIGIBLE, DUPLICATE),
    ],
)
def test_a_declaration_begins_as_funding_and_other_providers_say(
    funding: bool | None, other_live: bool, action: Action, state: State, reason: IneligibleReason | None
) -> None:
    assert first_action(funding, other_live) is action
    assert initial_state(funding, other_live) == (state, reason)


def test_only_a_refusal_leaves_a_reason() -> None:
    left = {action for action in Action if ineligible_reason(action)}
    assert left == {transition.action for transition in TRANSITIONS if transition.to is State.INELIGIBLE}


@pytest.mark.parametrize(
    ("funding", "statement_open", "action"),
    [
        (True, True, Action.CONFIRM_FUNDING),
        (True, False, None),
        (False, True, Action.REFUSE_FUNDING),
        (False, False, Action.REFUSE_FUNDING),
        (None, True, None),
    ],
)
def test_settled_funding_moves_a_submitted_declaration(
    funding: bool | None, statement_open: bool, action: Action | None
) -> None:
    assert action_when_settled(funding, statement_open=statement_open) is action


def test_every_refusal_has_its_sentence_and_it_cannot_be_changed() -> None:
    assert set(MESSAGES) == {"wrong_state", "no_open_statement"}
    for action in Action:
        with pytest.raises(Refused) as refused:
            next_state(action, State.CLAWED_BACK)
        assert "{" not in MESSAGES["wrong_state"].format(**refused.value.detail)
    with pytest.raises(TypeError):
        MESSAGES["wrong_state"] = ""  # type: ignore[index]


ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
THREE = {"training-event-attended", "self-study-material-completed", "other"}
FOUR = THREE | {"materials-engaged-with-offline"}
ENGAGED = {"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"}
ON_THE_WAY = ("retained-1", "retained-3", "retained-4", "extended-1", "extended-2", "extended-3")

# The evidence table as Provider API prints it: detailed types, course, type, required, allowed.
EVIDENCE_TABLE: list[tuple[bool, Course, str, bool, set[str]]] = [
    *((False, course, "started", False, set()) for course in Course),
    *(
        (False, course, each, True, THREE)
        for course in Course
        for each in (*ON_THE_WAY, "retained-2", "completed")
    ),
    (True, ECT, "started", False, FOUR),
    *((True, ECT, each, True, FOUR) for each in ON_THE_WAY),
    (True, ECT, "retained-2", True, ENGAGED),
    (True, ECT, "completed", True, ENGAGED | {"one-term-induction"}),
    (True, MENTOR, "started", False, FOUR),
    (True, MENTOR, "completed", True, ENGAGED),
]


@pytest.mark.parametrize(("detailed", "course", "declaration_type", "required", "allowed"), EVIDENCE_TABLE)
def test_evidence_is_asked_for_as_the_table_says(
    detailed: bool, course: Course, declaration_type: str, required: bool, allowed: set[str]
) -> None:
    rule = evidence_rule(detailed, course, DeclarationType(declaration_type))
    for text in (*Evidence, "", "OTHER", "other ", "\x00", "\ud800"):
        if not allowed:
            assert read_evidence(rule, text) is None
        elif text in allowed:
            assert read_evidence(rule, text) == text
        else:
            with pytest.raises(Refused, match="^evidence_held: evidence_unknown$") as refused:
                read_evidence(rule, text)
            assert set(str(refused.value.detail["allowed"]).split(", ")) == allowed
    if not required:
        assert read_evidence(rule, None) is None
        return
    with pytest.raises(Refused, match="^evidence_held: missing$"):
        read_evidence(rule, None)


def test_the_table_has_one_row_for_every_case_but_mentors_who_are_not_retained() -> None:
    cases = [
        (detailed, course, each)
        for detailed in (True, False)
        for course in Course
        for each in DeclarationType
    ]
    rows = {
        case: [
            row
            for row in EVIDENCE
            if (row.detailed, case[1] in row.courses, case[2] in row.types) == (case[0], True, True)
        ]
        for case in cases
    }
    without = {(True, MENTOR, each) for each in DeclarationType} - {
        (True, MENTOR, DeclarationType.STARTED),
        (True, MENTOR, DeclarationType.COMPLETED),
    }
    assert {case for case, fit in rows.items() if len(fit) != 1} == without
    assert all(evidence_rule(*case) is None for case in without)
    assert len(EVIDENCE_TABLE) == len(cases) - len(without)
