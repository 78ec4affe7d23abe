"""How states, types and events read to finance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from app.data.queries.events import EventDetails
from app.data.queries.statements import StatementDetails
from app.domain.declarations import IneligibleReason
from app.domain.declarations import State as DeclarationState
from app.domain.schedules import Course
from app.domain.statements import State, past_deadline, title
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
_EVENTS: Mapping[str, str] = {
    "declaration.without_statement": "Funding was confirmed, but no statement was left to put it on",
    "funding.decided": "Funding was decided",
    "funding.set_by_hand": "Funding was set by hand",
    "funding.flagged": "Marked as a mentor who has completed training",
    "funding.flag_cleared": "No longer marked as a mentor who has completed training",
    "training.attached": "Training moved to another partnership record",
}


def statement_title(found: StatementDetails) -> str:
    """“Northstar, April 2025, 2024 cohort”."""
    return f"{found.lead_provider_name}, {title(found.year, found.month)}, {found.cohort} cohort"


def statement_tag(found: StatementDetails, today: date) -> TagView:
    """The state of a statement; one that the daily job has yet to close says so."""
    if found.state == State.OPEN and past_deadline(found.deadline_on, today):
        return TagView("Closing", "yellow")
    words = {
        State.OPEN: ("Open", "blue"),
        State.PAYABLE: ("Payable", "yellow"),
        State.PAID: ("Paid", "green"),
    }
    return TagView(*words[State(found.state)])


def declaration_tag(state: str) -> TagView:
    """The state of a declaration, or of a line."""
    return TagView(*_STATES[state])


def type_words(declaration_type: str) -> str:
    """“Retained 1” for retained-1."""
    return declaration_type.replace("-", " ").capitalize()


def kind_of(course: str, declaration_type: str) -> str:
    """“Started, ECT”."""
    return f"{type_words(declaration_type)}, {COURSES[course]}"


def happened(event: EventDetails) -> str:
    """What an event says, in words."""
    known = _EVENTS.get(event.kind)
    if known is None:
        record, _, what = event.kind.partition(".")
        return f"{record.replace('_', ' ').capitalize()} {what.replace('_', ' ')}"
    details = json.loads(event.details)
    if "eligible" in details:
        because = f". Why: {details['note']}" if "note" in details else ""
        return f"{known}: {funding_words(details['eligible'])}{because}"
    return known


def who(event: EventDetails, names: Mapping[str, str]) -> str:
    """Who did it: a name, with DfE after its people’s, or the service."""
    if event.actor_kind == "system":
        return "The service"
    name = names.get(event.actor_id or "", "Somebody")
    return f"{name}, DfE" if event.actor_kind == "dfe" else name


def funding_words(eligible: bool | None) -> str:
    """Whether training can be funded."""
    return {None: "Not decided yet", True: "Can be funded", False: "Cannot be funded"}[eligible]


def yes_or_no(value: bool) -> str:
    """“Yes” or “No”."""
    return "Yes" if value else "No"
