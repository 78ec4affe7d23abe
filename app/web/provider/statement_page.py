"""One statement, and what is on it, one declaration to a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from app.data.queries.paging import Page
from app.data.queries.provider.statements import Count, OwnLine, OwnStatement
from app.domain.days import in_words
from app.domain.schedules import Course, DeclarationType
from app.domain.statements import title
from app.web.filters import counted
from app.web.journeys.page import SummaryRow
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import (
    COURSES,
    LINE_KINDS,
    declaration_tag,
    kind_of,
    statement_tag,
    type_words,
)
from app.web.provider import listing
from app.web.provider.listing import Wishes
from app.web.provider.pages import ListPage, RecordPage
from app.web.provider.participant_list import BASE as PARTICIPANTS
from app.web.provider.statement_list import BASE
from app.web.render import Link
from app.web.school.pages import Group, NamedLink
from app.web.school.telling_apart import apart
from app.web.school.wording import day_of

COUNTS = ("Declaration", "Pays for", "Takes back")
LINES = ("Participant", "TRN", "Declaration", "Course", "Date", "Line", "State")
GONE = "No longer with you"
_ORDER = {str(each): place for place, each in enumerate(DeclarationType)}
_COURSES = {str(each): place for place, each in enumerate(Course)}


def statement_page(found: OwnStatement, counts: Collection[Count], today: date) -> RecordPage:
    """One statement: dates, state, and how many declarations of each type. Never how much."""
    name = _name(found)
    table = _counts(counts)
    return RecordPage(
        title=name,
        trail=(Link("Statements", BASE), Link(name, "")),
        status=statement_tag(found.state, found.deadline_on, today),
        groups=(Group("", _rows(found)),),
        tables=(table,) if table else (),
        after=() if table else ("There are no declarations on this statement.",),
        links=(Link("See the declarations on this statement", f"{BASE}/{found.id}/declarations"),)
        if table
        else (),
        tab="statements",
    )


def lines_page(found: OwnStatement, lines: Page[OwnLine], wished: Wishes) -> ListPage:
    """What is on it."""
    name, here = _name(found), f"{BASE}/{found.id}/declarations"
    heading = f"Declarations on {name}"
    return ListPage(
        title=heading,
        action=here,
        trail=(Link("Statements", BASE), Link(name, f"{BASE}/{found.id}"), Link("Declarations", "")),
        filters=(listing.size_filter(wished),) if lines.total > min(listing.SIZES) else (),
        heading=counted(lines.total, "declaration") if lines.total else "No declarations",
        table=Table(heading, LINES, _lines(lines.rows), size="") if lines.rows else None,
        listed=listing.where(here, lines, wished),
        empty="There are no declarations on this statement.",
        tab="statements",
    )


def _name(found: OwnStatement) -> str:
    return f"{title(found.year, found.month)}, {found.cohort} cohort"


def _rows(found: OwnStatement) -> tuple[SummaryRow, ...]:
    kind = "Declarations and service fee" if found.output else "Service fee only"
    rows = [
        SummaryRow("Cohort", str(found.cohort)),
        SummaryRow("What it is for", kind),
        SummaryRow(
            "Deadline", in_words(found.deadline_on), ("Declarations can be added until the end of it.",)
        ),
        SummaryRow("Payment date", in_words(found.pays_on)),
    ]
    if found.paid_at is not None:
        rows.append(SummaryRow("Authorised on", day_of(found.paid_at)))
    rows.append(SummaryRow("Statement ID", found.id))
    return tuple(rows)


def _counts(counts: Collection[Count]) -> Table | None:
    if not counts:
        return None
    ordered = sorted(counts, key=lambda each: (_COURSES[each.course], _ORDER[each.declaration_type]))
    rows = tuple(
        (kind_of(each.course, each.declaration_type), f"{each.paid:,}", f"{each.taken_back:,}")
        for each in ordered
    )
    paid, taken_back = sum(each.paid for each in counts), sum(each.taken_back for each in counts)
    total = ("All declarations", f"{paid:,}", f"{taken_back:,}")
    return Table("Declarations", COUNTS, rows, frozenset({1, 2}), False, total)


def _lines(lines: Sequence[OwnLine]) -> tuple[tuple[Cell, ...], ...]:
    """The rows; links to the same person say which declaration, and the others are told apart by TRN."""
    names = [each.name or "" for each in lines]
    told = [f", TRN {each.trn}, {type_words(each.declaration_type).lower()}" for each in lines]
    return tuple(_line(each, hidden) for each, hidden in zip(lines, apart(names, told), strict=True))


def _line(line: OwnLine, hidden: str) -> tuple[Cell, ...]:
    person: Cell = GONE
    if line.name is not None:
        person = NamedLink(line.name, f"{PARTICIPANTS}/{line.participant_id}", hidden)
    return (
        person,
        line.trn or f"Participant ID {line.participant_id}",
        type_words(line.declaration_type),
        COURSES[line.course],
        day_of(line.declared_at),
        LINE_KINDS[line.kind],
        declaration_tag(line.state),
    )
