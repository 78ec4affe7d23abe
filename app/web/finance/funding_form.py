"""Setting by hand whether somebody’s training can be funded: the form, and the check before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.data.queries import finance_declarations as queries
from app.data.queries.finance_declarations import ParticipantDetails
from app.domain.declarations import State
from app.domain.schedules import Course
from app.services import finance
from app.web.filters import counted
from app.web.finance.declaration_pages import PEOPLE
from app.web.finance.pages import FieldGroup, FormPage
from app.web.journeys.page import FieldView, OptionView, SummaryRow
from app.web.offices.pages import CheckPage
from app.web.offices.wording import FUNDED_AS, funding_words
from app.web.render import PageError

ELIGIBLE, NOTE = "eligible", "note"
LONGEST_NOTE = 500
MESSAGES: Mapping[tuple[str, str], str] = {
    (ELIGIBLE, "blank"): "Select yes if the training can be funded",
    (NOTE, "blank"): "Enter why you are setting this by hand",
    (NOTE, "too_long"): f"The reason must be {LONGEST_NOTE} characters or fewer",
}
BY_HAND = "The service will not decide this by itself any more. You can set it by hand again."


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, what it means, and a sentence for each field at fault."""

    values: Mapping[str, str]
    eligible: bool
    note: str
    errors: Mapping[str, str]


def read(form: Mapping[str, str]) -> Typed:
    """The decision from the form."""
    values = {field: form.get(field, "") for field in (ELIGIBLE, NOTE)}
    note, errors = " ".join(values[NOTE].split()), {}
    if values[ELIGIBLE] not in ("yes", "no"):
        errors[ELIGIBLE] = MESSAGES[ELIGIBLE, "blank"]
    if not note:
        errors[NOTE] = MESSAGES[NOTE, "blank"]
    elif len(note) > LONGEST_NOTE:
        errors[NOTE] = MESSAGES[NOTE, "too_long"]
    return Typed(values, values[ELIGIBLE] == "yes", note, errors)


def courses_of(found: ParticipantDetails) -> tuple[Course, ...]:
    """The courses that somebody’s funding can be decided for: those of their training, and those decided already."""
    kinds = {each.participant_type for each in queries.training_of(found.id)}
    trained = {Course.ECF_INDUCTION: "ect" in kinds, Course.ECF_MENTOR: "mentor" in kinds}
    return tuple(course for course in Course if trained[course] or course in found.funding)


def form_page(found: ParticipantDetails, course: Course, typed: Typed | None = None) -> FormPage:
    """The form, with what was typed and what is wrong with it. It remembers what stood when it was first shown."""
    values, errors = (typed.values, typed.errors) if typed else ({}, {})
    options = tuple(
        OptionView(value, words, checked=values.get(ELIGIBLE) == value)
        for value, words in (("yes", "Yes"), ("no", "No"))
    )
    whether = FieldView(
        "radios", ELIGIBLE, "Can their training be funded?", error=errors.get(ELIGIBLE, ""), options=options
    )
    why = FieldView(
        "text",
        NOTE,
        "Why are you setting this by hand?",
        hint="Kept with the history. Leave out names, TRNs and email addresses",
        value=values.get(NOTE, ""),
        error=errors.get(NOTE, ""),
    )
    return FormPage(
        title=f"Set funding as {FUNDED_AS[course]} by hand",
        back=f"{PEOPLE}/{found.id}",
        button="Continue",
        before=(f"{found.name}, TRN {found.trn}. Funding now: {_now(found, course).lower()}.", BY_HAND),
        groups=(FieldGroup("", (whether, why)),),
        hidden={"seen": finance.funding_seen(found.id, course)},
        errors=tuple(PageError(text, f"#{field}") for field, text in errors.items()),
        tab="declarations",
    )


def check_page(found: ParticipantDetails, course: Course, typed: Typed, seen: str) -> CheckPage:
    """What was decided, and what it moves."""
    return CheckPage(
        title=f"Check funding as {FUNDED_AS[course]}",
        back=f"{PEOPLE}/{found.id}",
        button="Set the funding",
        sentences=(*_moves(found, course, typed.eligible), BY_HAND),
        rows=(
            SummaryRow("Participant", found.name),
            SummaryRow("TRN", found.trn),
            SummaryRow("Funding now", _now(found, course)),
            SummaryRow("Funding from now on", funding_words(typed.eligible)),
            SummaryRow("Why", typed.note),
        ),
        bands=None,
        hidden={**typed.values, "seen": seen},
        tab="declarations",
    )


def _now(found: ParticipantDetails, course: Course) -> str:
    known = found.funding.get(course)
    return funding_words(known.eligible if known else None)


def _moves(found: ParticipantDetails, course: Course, eligible: bool) -> tuple[str, ...]:
    declared = [each for each in queries.declarations_of(found.id) if each.course == course]
    waiting = sum(each.state == State.SUBMITTED for each in declared)
    said = []
    if waiting:
        what = counted(waiting, "declaration")
        verb = "is waiting for this, and becomes" if waiting == 1 else "are waiting for this, and become"
        said.append(f"{what} {verb} {'eligible' if eligible else 'ineligible'}.")
    if len(declared) > waiting:
        said.append("Declarations that were settled before stay as they are.")
    return tuple(said)
