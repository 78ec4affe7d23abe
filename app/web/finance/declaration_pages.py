"""One declaration, one person, and finding them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.data.ids import known_form
from app.data.queries import finance_declarations as queries
from app.data.queries.events import EventDetails
from app.data.queries.finance_declarations import (
    DeclarationDetails,
    LineOnStatement,
    ParticipantDetails,
    TrainingDetails,
)
from app.data.queries.paging import Page
from app.domain import people
from app.domain.declarations import TRANSITIONS, Action, State
from app.domain.refusals import Refused
from app.domain.schedules import Course
from app.domain.statements import title
from app.web.filters import moment
from app.web.finance import wording
from app.web.finance.line_list import ADDRESS
from app.web.finance.pages import DeclarationPage, ParticipantPage, SearchPage
from app.web.finance.statement_list import BASE as STATEMENTS
from app.web.journeys.page import FieldView, SummaryRow
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import (
    COURSES,
    FUNDED_AS,
    LINE_KINDS,
    PARTICIPANT_TYPES,
    REASONS,
    declaration_tag,
    funding_words,
    kind_of,
    type_words,
    yes_or_no,
)
from app.web.render import Link, Notice, PageError
from app.web.school.listing import listed
from app.web.school.pages import NamedLink
from app.web.school.wording import day_of, stretch

PEOPLE = "/finance/participants"
MOST_WAITING = 20
WRONG = "Enter a TRN of 5 to 7 digits, or the ID of a declaration"
_COURSE_OF = {"ect": Course.ECF_INDUCTION, "mentor": Course.ECF_MENTOR}
_TAKEN_BACK = {
    state for each in TRANSITIONS if each.action in (Action.VOID, Action.CLAW_BACK) for state in each.from_
}


def address_of(typed: str) -> str | None:
    """The page of what was typed: a declaration’s or a person’s id, or a TRN. None when there is no such.

    Raises Refused when it can’t be any of them.
    """
    identity = known_form("".join(typed.split()))
    if identity is None:
        found = queries.id_of_trn(people.read_trn(typed))
        return f"{PEOPLE}/{found}" if found else None
    if queries.declaration(identity) is not None:
        return f"{ADDRESS}/{identity}"
    return f"{PEOPLE}/{identity}" if queries.participant(identity) is not None else None


def search_page(typed: str, error: str = "") -> SearchPage:
    """The search, with what was typed: nothing was found for it, or it is wrong."""
    field = FieldView(
        "text",
        "search",
        "Search by TRN or declaration ID",
        value=typed,
        error=error,
        width="two-thirds",
        spellcheck=False,
    )
    waiting = queries.without_statement(MOST_WAITING + 1)
    return SearchPage(
        title="Declarations",
        search=field,
        nothing=f"There is no declaration and no participant for “{typed}”." if typed and not error else "",
        waiting=_waiting(waiting[:MOST_WAITING]) if waiting else None,
        more_waiting=len(waiting) > MOST_WAITING,
        errors=(PageError(error, "#search"),) if error else (),
    )


def searched(typed: str) -> tuple[str | None, str]:
    """Where the search leads, if anywhere, and what is wrong with it, if anything."""
    try:
        return address_of(typed), ""
    except Refused:
        return None, WRONG


def declaration_page(found: DeclarationDetails, notices: tuple[Notice, ...]) -> DeclarationPage:
    """The page."""
    events = queries.history({"declaration": [found.id]}, per_page=100).rows
    what = kind_of(found.course, found.declaration_type)
    heading = f"{what}, {found.name}"
    lines = queries.lines_of([found.id])
    return DeclarationPage(
        title=heading,
        trail=(Link("Declarations", ADDRESS), Link(heading, "")),
        status=declaration_tag(found.state),
        rows=_rows(found),
        person=NamedLink("See everything declared about this person", f"{PEOPLE}/{found.teacher_id}"),
        button=_taking_back(found),
        lines=_lines(lines) if lines else None,
        history=_history(events),
        notices=notices,
    )


def participant_page(
    found: ParticipantDetails, number: int, notices: tuple[Notice, ...] = ()
) -> ParticipantPage:
    """The page, with page `number` of the history."""
    declared, training = queries.declarations_of(found.id), queries.training_of(found.id)
    records = {
        "declaration": [each.id for each in declared],
        "training_record": [each.id for each in training],
        "teacher": [found.id],
    }
    events: Page[EventDetails] = queries.history(records, number)
    lines = queries.lines_of([each.id for each in declared])
    return ParticipantPage(
        title=found.name,
        trail=(Link("Declarations", ADDRESS), Link(found.name, "")),
        rows=_about(found, training),
        training=_training(training) if training else None,
        declarations=_declared(declared, lines) if declared else None,
        history=_history(events.rows, {each.id: each for each in declared}) if events.rows else None,
        listed=listed(f"{PEOPLE}/{found.id}", "", events.total, events.number, events.per_page),
        notices=notices,
    )


def _taking_back(found: DeclarationDetails) -> Link | None:
    if found.state not in _TAKEN_BACK:
        return None
    words = "Claw this declaration back" if found.state == State.PAID else "Void this declaration"
    return Link(words, f"{ADDRESS}/{found.id}/void")


def _rows(found: DeclarationDetails) -> tuple[SummaryRow, ...]:
    rows = [
        SummaryRow("Declaration ID", found.id),
        SummaryRow("Participant", found.name),
        SummaryRow("Participant ID", found.teacher_id),
        SummaryRow("TRN", found.trn),
        SummaryRow("Lead provider", found.lead_provider_name),
        SummaryRow("Delivery partner", found.delivery_partner_name or "None"),
        SummaryRow("Mentor", found.mentor_name or "None"),
        SummaryRow("Cohort", str(found.cohort)),
        SummaryRow("Schedule", found.schedule_identifier),
        SummaryRow("Date declared for", moment(found.declared_at)),
        SummaryRow("Sent to us", moment(found.created_at)),
        SummaryRow("Evidence held", found.evidence_held or "None"),
        SummaryRow("Pupil premium uplift", yes_or_no(found.pupil_premium_uplift)),
        SummaryRow("Sparsity uplift", yes_or_no(found.sparsity_uplift)),
    ]
    if found.ineligible_reason and found.state == State.INELIGIBLE:
        rows.append(SummaryRow("Why it is ineligible", REASONS[found.ineligible_reason]))
    return tuple(rows)


def _about(found: ParticipantDetails, training: Sequence[TrainingDetails]) -> tuple[SummaryRow, ...]:
    trained = {_COURSE_OF[each.participant_type] for each in training}
    funding = tuple(_funding(found, course) for course in sorted({*found.funding, *trained}))
    return (SummaryRow("TRN", found.trn), SummaryRow("Participant ID", found.id), *funding)


def _funding(found: ParticipantDetails, course: str) -> SummaryRow:
    known, what = found.funding.get(course), FUNDED_AS[course]
    by_hand = (f"Set by hand on {day_of(known.decided_at)}",) if known and known.by_hand else ()
    words = funding_words(known.eligible if known else None)
    change = f"{PEOPLE}/{found.id}/funding/{course}"
    return SummaryRow(f"Funding as {what}", words, by_hand, change, f"funding as {what}")


def statement_link(line: LineOnStatement, hidden: str = "") -> NamedLink:
    """The statement of a line."""
    return NamedLink(title(line.year, line.month), f"{STATEMENTS}/{line.statement_id}", hidden)


def _lines(lines: Sequence[LineOnStatement]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            statement_link(each, f", {LINE_KINDS[each.kind].lower()}"),
            LINE_KINDS[each.kind],
            declaration_tag(each.state),
            day_of(each.added_at),
        )
        for each in lines
    ]
    return Table("Statements", ("Statement", "Line", "State", "Added on"), tuple(rows), wide=True)


def _history(
    events: Sequence[EventDetails], declared: Mapping[str, DeclarationDetails] | None = None
) -> Table:
    """What happened, when, and who did it; with `declared`, to which declaration."""
    names = queries.names({each.actor_id for each in events if each.actor_id})
    rows: list[tuple[Cell, ...]] = []
    for each in events:
        about = declared.get(each.record_id) if declared else None
        of = f": {kind_of(about.course, about.declaration_type)}" if about else ""
        rows.append((moment(each.at), f"{wording.happened(each)}{of}", wording.who(each, names)))
    return Table("History", ("When", "What happened", "Who"), tuple(rows))


def _training(training: Sequence[TrainingDetails]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            stretch(each.started_on, each.finished_on),
            PARTICIPANT_TYPES[each.participant_type],
            each.lead_provider_name or "School-led",
            str(each.cohort),
            each.schedule_identifier or "None",
            each.training_status.capitalize(),
        )
        for each in training
    ]
    return Table("Training", ("Dates", "As", "Lead provider", "Cohort", "Schedule", "Status"), tuple(rows))


def _declared(declared: Sequence[DeclarationDetails], lines: Sequence[LineOnStatement]) -> Table:
    payments = {each.declaration_id: each for each in lines if each.kind == "payment"}
    rows: list[tuple[Cell, ...]] = []
    for at, each in enumerate(declared, 1):
        line = payments.get(each.id)
        words = type_words(each.declaration_type)
        link = NamedLink(words, f"{ADDRESS}/{each.id}", f", declaration {at}")
        state = declaration_tag(each.state)
        where: Cell = statement_link(line, f", declaration {at}") if line else "None"
        day, course = day_of(each.declared_at), COURSES[each.course]
        rows.append((link, course, day, each.lead_provider_name, str(each.cohort), state, where))
    head = ("Declaration", "Course", "Date", "Lead provider", "Cohort", "State", "Statement")
    return Table("Declarations", head, tuple(rows))


def _waiting(waiting: Sequence[DeclarationDetails]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            NamedLink(
                type_words(each.declaration_type),
                f"{ADDRESS}/{each.id}",
                f", {COURSES[each.course]}, {each.name}, TRN {each.trn}",
            ),
            each.name,
            each.trn,
            each.lead_provider_name,
            str(each.cohort),
            day_of(each.declared_at),
        )
        for each in waiting
    ]
    head = ("Declaration", "Participant", "TRN", "Lead provider", "Cohort", "Date")
    return Table("Declarations that no open statement is left for", head, tuple(rows))
