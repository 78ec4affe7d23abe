"""One participant: each enrolment with both statuses, moves between schools, and what was declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.data.queries.api import declarations, transfers
from app.data.queries.api.declarations import DeclarationRow
from app.data.queries.api.participants import EnrolmentRow, ParticipantRow, Stop
from app.data.queries.api.transfers import SideRow, TransferRow
from app.data.queries.api.wanted import Wanted
from app.data.queries.provider import naming
from app.domain.days import in_words
from app.web.journeys.page import SummaryRow
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import (
    COURSES,
    FUNDED_AS,
    REASONS,
    declaration_tag,
    funding_words,
    type_words,
    yes_or_no,
)
from app.web.provider.pages import RecordPage
from app.web.provider.participant_list import BASE
from app.web.provider.statement_list import BASE as STATEMENTS
from app.web.provider.wording import AT_SCHOOL_WORDS, NOT_FUNDED, TRAINING_WORDS, code_words
from app.web.render import Link
from app.web.school.pages import Group, NamedLink
from app.web.school.wording import day_of

MOST_DECLARATIONS = 200
COURSE_OF = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
DECLARED = ("Declaration", "Course", "Date", "Lead provider", "State", "Statement", "Taken back on")
MOVED = ("What changes", "Status", "Leaves", "Joins")
CHANGES = {
    "new_school": "The school",
    "new_provider": "The lead provider",
    "unknown": "Not known yet",
}


def participant_page(lead_provider_id: str, found: ParticipantRow, today: date) -> RecordPage:
    """The page, in a number of selects that doesn’t depend on how much there is."""
    wanted = Wanted(per_page=MOST_DECLARATIONS, participant_ids=(found.id,))
    declared = declarations.listed(lead_provider_id, wanted, today)
    moved = transfers.one(lead_provider_id, found.id, today)
    moves = moved.transfers if moved else ()
    sides = [side for each in moves for side in (each.leaving, each.joining) if side]
    urns = {each.school_urn for each in found.ecf_enrolments} | {each.school_urn for each in sides}
    names = _Names(lead_provider_id, found, declared, urns)
    groups = (
        _about(found),
        *(_enrolment(each, names) for each in found.ecf_enrolments),
    )
    tables = [_moves(moves, names)] if moves else []
    tables += [_declared(declared, names)] if declared else []
    return RecordPage(
        title=found.full_name,
        trail=(Link("Participants", BASE), Link(found.full_name, "")),
        groups=groups,
        tables=tuple(tables),
        after=() if declared else ("Nothing has been declared about this person.",),
        tab="participants",
    )


class _Names:
    """The names that go with the ids on the page."""

    def __init__(
        self, own: str, found: ParticipantRow, declared: list[DeclarationRow], urns: set[str]
    ) -> None:
        enrolments = found.ecf_enrolments
        self.schools = naming.schools(urns)
        self.partners = naming.delivery_partners(_set(each.delivery_partner_id for each in enrolments))
        self.mentors = naming.mentors(_set(each.mentor_id for each in enrolments))
        of = (one for each in declared for one in (each.statement_id, each.clawback_statement_id))
        self.statements: Mapping[str, str] = naming.statements(own, _set(of))


def _set(ids: object) -> set[str]:
    return {each for each in ids if each}  # type: ignore[attr-defined]


def _about(found: ParticipantRow) -> Group:
    rows = [SummaryRow("TRN", found.teacher_reference_number), SummaryRow("Participant ID", found.id)]
    rows += [
        SummaryRow("Participant ID before", each.from_participant_id, (f"Until {day_of(each.changed_at)}",))
        for each in found.participant_id_changes
    ]
    return Group("", tuple(rows))


def _enrolment(each: EnrolmentRow, names: _Names) -> Group:
    rows = [
        SummaryRow("Your status", TRAINING_WORDS[each.training_status], _stopped(each)),
        SummaryRow("The school’s status", AT_SCHOOL_WORDS[each.participant_status]),
        SummaryRow("School", f"{names.schools[each.school_urn]}, URN {each.school_urn}"),
        SummaryRow("Email address", each.email),
        SummaryRow("Cohort", str(each.cohort), _frozen(each)),
        SummaryRow("Schedule", each.schedule_identifier or "None"),
        SummaryRow("Delivery partner", names.partners.get(each.delivery_partner_id or "", "None")),
        *_of_kind(each, names),
        SummaryRow("Funding", funding_words(each.eligible_for_funding), _why_not(each)),
        SummaryRow("Pupil premium uplift", yes_or_no(each.pupil_premium_uplift)),
        SummaryRow("Sparsity uplift", yes_or_no(each.sparsity_uplift)),
        SummaryRow("Training record ID", each.training_record_id),
    ]
    kind = FUNDED_AS[COURSE_OF[each.participant_type]]
    return Group(f"Training as {kind}", tuple(rows))


def _of_kind(each: EnrolmentRow, names: _Names) -> list[SummaryRow]:
    """What only an ECT has, or only a mentor."""
    if each.participant_type == "ect":
        rows = [SummaryRow("Mentor", names.mentors.get(each.mentor_id or "", "No mentor yet"))]
        ended, label = each.induction_end_date, "Induction ended on"
    else:
        rows, ended, label = [], each.mentor_funding_end_date, "Mentor funding ended on"
    return [*rows, SummaryRow(label, in_words(ended))] if ended else rows


def _stopped(each: EnrolmentRow) -> tuple[str, ...]:
    stop: Stop | None = each.withdrawal or each.deferral
    if stop is None:
        return ()
    reason = f": {code_words(stop.reason).lower()}" if stop.reason else ""
    return (f"Since {day_of(stop.date)}{reason}",)


def _frozen(each: EnrolmentRow) -> tuple[str, ...]:
    moved = "Moved here because payments for the earlier cohort had ended"
    return (moved,) if each.cohort_changed_after_payments_frozen else ()


def _why_not(each: EnrolmentRow) -> tuple[str, ...]:
    reason = each.mentor_ineligible_for_funding_reason
    return (NOT_FUNDED[reason],) if reason else ()


def _moves(moves: tuple[TransferRow, ...], names: _Names) -> Table:
    rows = tuple(
        (
            CHANGES[each.transfer_type],
            each.status.capitalize(),
            _side(each.leaving, names, "last day"),
            _side(each.joining, names, "first day") if each.joining else "Not known yet",
        )
        for each in moves
    )
    return Table("Moves between schools", MOVED, rows)


def _side(side: SideRow, names: _Names, which: str) -> str:
    provider = f" with {side.provider}" if side.provider else ""
    return f"{names.schools[side.school_urn]}{provider}, {which} {in_words(side.date)}"


def _declared(declared: list[DeclarationRow], names: _Names) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for at, each in enumerate(declared, 1):
        why = each.ineligible_for_funding_reason
        rows.append(
            (
                type_words(each.declaration_type),
                COURSES[each.course_identifier],
                day_of(each.declaration_date),
                each.lead_provider_name,
                f"Ineligible: {REASONS[why].lower()}" if why else declaration_tag(each.state),
                _statement(each.statement_id, names, f", declaration {at}"),
                _statement(each.clawback_statement_id, names, f", taking back declaration {at}"),
            )
        )
    return Table("Declarations", DECLARED, tuple(rows))


def _statement(identity: str | None, names: _Names, hidden: str) -> Cell:
    if identity is None or identity not in names.statements:
        return "None"
    return NamedLink(names.statements[identity], f"{STATEMENTS}/{identity}", hidden)
