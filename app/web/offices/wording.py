"""How states, types and reasons read to finance and to lead providers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.declarations import IneligibleReason
from app.domain.declarations import State as DeclarationState
from app.domain.schedules import Course
from app.domain.statements import State, past_deadline
from app.web.school.pages import TagView

COURSES: Mapping[str, str] = {Course.ECF_INDUCTION: "ECT", Course.ECF_MENTOR: "Mentor"}
PARTICIPANT_TYPES: Mapping[str, str] = {"ect": "ECT", "mentor": "Mentor"}
LINE_KINDS: Mapping[str, str] = {"payment": "Payment", "clawback": "Clawback"}
FUNDED_AS: Mapping[str, str] = {Course.ECF_INDUCTION: "an ECT", Course.ECF_MENTOR: "a mentor"}
REASONS: Mapping[str, str] = {
    IneligibleReason.NOT_ELIGIBLE_FOR_FUNDING: "The training cannot be funded",
    IneligibleReason.DUPLICATE_DECLARATION: "Another lead provider has declared the same",
}
_STATES: Mapping[str, tuple[str, str]] = {
    DeclarationState.SUBMITTED: ("Submitted", "blue"),
    DeclarationState.ELIGIBLE: ("Eligible", "turquoise"),
    DeclarationState.INELIGIBLE: ("Ineligible", "orange"),
    DeclarationState.PAYABLE: ("Payable", "yellow"),
    DeclarationState.PAID: ("Paid", "green"),
    DeclarationState.VOIDED: ("Voided", "grey"),
    DeclarationState.AWAITING_CLAWBACK: ("Awaiting clawback", "red"),
    DeclarationState.CLAWED_BACK: ("Clawed back", "purple"),
}
_STATEMENTS: Mapping[str, tuple[str, str]] = {
    State.OPEN: ("Open", "blue"),
    State.PAYABLE: ("Payable", "yellow"),
    State.PAID: ("Paid", "green"),
}


def statement_tag(state: str, deadline_on: date, today: date) -> TagView:
    """The state of a statement; one that the daily job has yet to close says so."""
    if state == State.OPEN and past_deadline(deadline_on, today):
        return TagView("Closing", "yellow")
    return TagView(*_STATEMENTS[state])


def declaration_tag(state: str) -> TagView:
    """The state of a declaration, or of a line."""
    return TagView(*_STATES[state])


def type_words(declaration_type: str) -> str:
    """“Retained 1” for retained-1."""
    return declaration_type.replace("-", " ").capitalize()


def kind_of(course: str, declaration_type: str) -> str:
    """“Started, ECT”."""
    return f"{type_words(declaration_type)}, {COURSES[course]}"


def funding_words(eligible: bool | None) -> str:
    """Whether training can be funded."""
    return {None: "Not decided yet", True: "Can be funded", False: "Cannot be funded"}[eligible]


def yes_or_no(value: bool) -> str:
    """“Yes” or “No”."""
    return "Yes" if value else "No"
