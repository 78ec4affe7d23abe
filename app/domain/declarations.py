"""Declarations: a lead provider’s word that somebody reached a milestone, and what becomes of it.

Provider API, “Declarations”. `TRANSITIONS` is the one table: code moves by it and documents are drawn from it.
Ten moves between the eight states, and three ways to begin; every other pair of states is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType, Milestone, holds, milestone_of


class State(StrEnum):
    """The states of a declaration, spelt as the API does."""

    SUBMITTED = "submitted"
    ELIGIBLE = "eligible"
    PAYABLE = "payable"
    PAID = "paid"
    VOIDED = "voided"
    INELIGIBLE = "ineligible"
    AWAITING_CLAWBACK = "awaiting_clawback"
    CLAWED_BACK = "clawed_back"


LIVE = frozenset({State.SUBMITTED, State.ELIGIBLE, State.PAYABLE, State.PAID})
"""One of these at most per person, course and type, across all providers; the others may be declared again."""


class IneligibleReason(StrEnum):
    """Why a declaration will not be paid, as the API spells it."""

    NOT_ELIGIBLE_FOR_FUNDING = "not_eligible_for_funding"
    DUPLICATE_DECLARATION = "duplicate_declaration"


class Who(StrEnum):
    """Whose word moves a declaration. The service itself acts on facts: funding decided, a deadline passed."""

    LEAD_PROVIDER = "lead provider"
    FINANCE = "finance"
    SERVICE = "the service"


class Action(StrEnum):
    """What can be done to a declaration."""

    SUBMIT = "submit"
    CONFIRM_FUNDING = "confirm_funding"
    REFUSE_FUNDING = "refuse_funding"
    REFUSE_DUPLICATE = "refuse_duplicate"
    MAKE_PAYABLE = "make_payable"
    PAY = "pay"
    VOID = "void"
    CLAW_BACK = "claw_back"
    SETTLE_CLAWBACK = "settle_clawback"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. None in `from_` is “no declaration yet”; `how` is the sentence for documents."""

    action: Action
    from_: frozenset[State | None]
    to: State
    who: tuple[Who, ...]
    how: str


_PROVIDER, _SERVICE, _FINANCE = (Who.LEAD_PROVIDER,), (Who.SERVICE,), (Who.FINANCE,)
_EITHER = (Who.LEAD_PROVIDER, Who.FINANCE)
_NEW: frozenset[State | None] = frozenset({None})
_UNDECIDED: frozenset[State | None] = frozenset({None, State.SUBMITTED})
_UNPAID = frozenset({State.SUBMITTED, State.ELIGIBLE, State.INELIGIBLE, State.PAYABLE})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.SUBMIT, _NEW, State.SUBMITTED, _PROVIDER, "Declares before funding is confirmed"),
    Transition(
        Action.CONFIRM_FUNDING, _UNDECIDED, State.ELIGIBLE, _SERVICE,
        "Funding is confirmed: the declaration goes on the next output statement",
    ),
    Transition(
        Action.REFUSE_FUNDING, _UNDECIDED, State.INELIGIBLE, _SERVICE,
        "It is confirmed that the training cannot be funded",
    ),
    Transition(
        Action.REFUSE_DUPLICATE, _NEW, State.INELIGIBLE, _SERVICE,
        "Another provider already has a live declaration for this person, type and course",
    ),
    Transition(
        Action.MAKE_PAYABLE, frozenset({State.ELIGIBLE}), State.PAYABLE, _SERVICE,
        "The deadline of its statement has passed",
    ),
    Transition(Action.PAY, frozenset({State.PAYABLE}), State.PAID, _FINANCE, "Authorises the statement"),
    Transition(
        Action.VOID, _UNPAID, State.VOIDED, _EITHER,
        "Takes it back before it is paid; its line on a statement stays and counts nothing",
    ),
    Transition(
        Action.CLAW_BACK, frozenset({State.PAID}), State.AWAITING_CLAWBACK, _EITHER,
        "Takes it back after it was paid: a second, negative line on the next output statement of its cohort",
    ),
    Transition(
        Action.SETTLE_CLAWBACK, frozenset({State.AWAITING_CLAWBACK}), State.CLAWED_BACK, _FINANCE,
        "Authorises the statement with the negative line",
    ),
)  # fmt: skip

INVALID_ACTION = "Invalid action"
"""The title of a refused move, in the API."""

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "wrong_state": "A declaration that is {state} cannot be {done}",
        "no_open_statement": "This declaration is paid and its cohort has no open statement left. Contact DfE",
    }
)

_DONE: Mapping[Action, str] = MappingProxyType(
    {
        Action.SUBMIT: "submitted",
        Action.CONFIRM_FUNDING: "made eligible",
        Action.REFUSE_FUNDING: "made ineligible",
        Action.REFUSE_DUPLICATE: "made ineligible",
        Action.MAKE_PAYABLE: "made payable",
        Action.PAY: "paid",
        Action.VOID: "voided",
        Action.CLAW_BACK: "clawed back",
        Action.SETTLE_CLAWBACK: "settled as clawed back",
    }
)


def next_state(action: Action, state: State | None) -> State:
    """The state after an action; `state` None when there is no declaration yet.

    Raises Refused("wrong_state", "Invalid action", action=…, state=…, done=…) when the table has no such row.
    """
    for transition in TRANSITIONS:
        if transition.action is action and state in transition.from_:
            return transition.to
    shown = state if state is not None else "new"
    raise Refused("wrong_state", INVALID_ACTION, action=action, state=shown, done=_DONE[action])


def voiding(state: State, *, statement_open: bool) -> Action:
    """What “void” does to a declaration: CLAW_BACK when it has been paid, else VOID.

    `statement_open` says if an open output statement of its own provider and cohort can take a clawback.
    Raises Refused, both titled “Invalid action”: `wrong_state` when there is nothing left to take back,
    `no_open_statement` for a paid one without a statement to take the money back on.
    """
    action = Action.CLAW_BACK if state is State.PAID else Action.VOID
    next_state(action, state)
    if action is Action.CLAW_BACK and not statement_open:
        raise Refused("no_open_statement", INVALID_ACTION)
    return action


def first_action(funding: bool | None, other_live: bool) -> Action:
    """How a declaration begins.

    `funding` is the participant’s `eligible_for_funding`, None while it isn’t decided; `other_live` says that
    another provider has a live one for this person, course and type. That comes first: whatever the funding,
    there can be no second live one.
    """
    if other_live:
        return Action.REFUSE_DUPLICATE
    if funding is None:
        return Action.SUBMIT
    return Action.CONFIRM_FUNDING if funding else Action.REFUSE_FUNDING


_REASONS: Mapping[Action, IneligibleReason] = MappingProxyType(
    {
        Action.REFUSE_FUNDING: IneligibleReason.NOT_ELIGIBLE_FOR_FUNDING,
        Action.REFUSE_DUPLICATE: IneligibleReason.DUPLICATE_DECLARATION,
    }
)


def ineligible_reason(action: Action) -> IneligibleReason | None:
    """The reason that an action leaves on a declaration; None when it doesn’t make it ineligible."""
    return _REASONS.get(action)


def initial_state(funding: bool | None, other_live: bool) -> tuple[State, IneligibleReason | None]:
    """The state of an accepted declaration, and why it is ineligible, if it is. Arguments as `first_action`."""
    action = first_action(funding, other_live)
    return next_state(action, None), ineligible_reason(action)


def action_when_settled(funding: bool | None, *, statement_open: bool) -> Action | None:
    """What happens to a submitted declaration when funding is settled; None for nothing.

    A confirmed one with no output statement left stays submitted, and finance is told.
    """
    if funding is None or (funding and not statement_open):
        return None
    return Action.CONFIRM_FUNDING if funding else Action.REFUSE_FUNDING


class Evidence(StrEnum):
    """What a lead provider may hold to show that somebody took part, as the API spells it."""

    TRAINING_EVENT_ATTENDED = "training-event-attended"
    SELF_STUDY_MATERIAL_COMPLETED = "self-study-material-completed"
    MATERIALS_ENGAGED_WITH_OFFLINE = "materials-engaged-with-offline"
    THREE_QUARTERS_MET = "75-percent-engagement-met"
    THREE_QUARTERS_MET_REDUCED_INDUCTION = "75-percent-engagement-met-reduced-induction"
    ONE_TERM_INDUCTION = "one-term-induction"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One row of the evidence table: who it is for, if something must be named, and what may be.

    `detailed` is the cohort’s flag for detailed evidence types. No `allowed` at all: whatever is sent is
    ignored and nothing is stored.
    """

    detailed: bool
    courses: frozenset[Course]
    types: frozenset[DeclarationType]
    required: bool
    allowed: tuple[Evidence, ...]


_STARTED, _COMPLETED = DeclarationType.STARTED, DeclarationType.COMPLETED
_BOTH = frozenset(Course)
_ECT, _MENTOR = frozenset({Course.ECF_INDUCTION}), frozenset({Course.ECF_MENTOR})
_THREE = (Evidence.TRAINING_EVENT_ATTENDED, Evidence.SELF_STUDY_MATERIAL_COMPLETED, Evidence.OTHER)
_FOUR = (*_THREE, Evidence.MATERIALS_ENGAGED_WITH_OFFLINE)
_ENGAGED = (Evidence.THREE_QUARTERS_MET, Evidence.THREE_QUARTERS_MET_REDUCED_INDUCTION)
_RETAINED_2 = frozenset({DeclarationType.RETAINED_2})
_ON_THE_WAY = frozenset(DeclarationType) - _RETAINED_2 - {_STARTED, _COMPLETED}

EVIDENCE: tuple[EvidenceRule, ...] = (
    EvidenceRule(False, _BOTH, frozenset({_STARTED}), False, ()),
    EvidenceRule(False, _BOTH, frozenset(DeclarationType) - {_STARTED}, True, _THREE),
    EvidenceRule(True, _ECT, frozenset({_STARTED}), False, _FOUR),
    EvidenceRule(True, _ECT, _ON_THE_WAY, True, _FOUR),
    EvidenceRule(True, _ECT, _RETAINED_2, True, _ENGAGED),
    EvidenceRule(True, _ECT, frozenset({_COMPLETED}), True, (*_ENGAGED, Evidence.ONE_TERM_INDUCTION)),
    EvidenceRule(True, _MENTOR, frozenset({_STARTED}), False, _FOUR),
    EvidenceRule(True, _MENTOR, frozenset({_COMPLETED}), True, _ENGAGED),
)
"""Cohorts to 2024 have no detailed evidence types, those from 2025 on have. Never two rows for one case."""


def evidence_rule(detailed: bool, course: Course, declaration_type: DeclarationType) -> EvidenceRule | None:
    """The row of the table; None for a mentor’s retained and extended ones where those aren’t declared."""
    fits = (
        row
        for row in EVIDENCE
        if row.detailed is detailed and course in row.courses and declaration_type in row.types
    )
    return next(fits, None)


def read_evidence(rule: EvidenceRule | None, text: str | None) -> Evidence | None:
    """What to store as evidence held. Raises Refused, in `evidence_held`: `missing`, `evidence_unknown`."""
    if rule is None or not rule.allowed:
        return None
    if text is None:
        if rule.required:
            raise Refused("missing", "evidence_held", attribute="evidence_held")
        return None
    if text not in rule.allowed:
        raise Refused("evidence_unknown", "evidence_held", allowed=", ".join(rule.allowed))
    return Evidence(text)


@dataclass(frozen=True, slots=True)
class LiveDeclaration:
    """A live declaration of a participant on one course. `cohort` is its schedule’s; `declared_at` is UTC."""

    declaration_type: DeclarationType
    declared_at: datetime
    cohort: int


def check_on_schedule(live: Iterable[LiveDeclaration], schedule: Sequence[Milestone]) -> None:
    """Hold declarations against the milestones of another schedule, as they bind the course.

    Raises Refused for the first that doesn’t fit, in `schedule_identifier`: `type_not_on_schedule`,
    `outside_milestone`.
    """
    for declaration in live:
        milestone = milestone_of(schedule, declaration.declaration_type)
        if milestone is None or not holds(milestone, declaration.declared_at):
            reason = "outside_milestone" if milestone else "type_not_on_schedule"
            raise Refused(reason, "schedule_identifier", declaration_type=declaration.declaration_type)
