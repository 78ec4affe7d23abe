"""What is on a statement, one declaration to a row."""

from __future__ import annotations

from collections.abc import Sequence

from app.data.queries.finance import DeclaredLine
from app.data.queries.paging import Page
from app.data.queries.statements import StatementDetails
from app.web.finance.pages import LinesPage
from app.web.finance.statement_list import BASE
from app.web.finance.wording import statement_title
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import COURSES, LINE_KINDS, declaration_tag, type_words
from app.web.render import Link
from app.web.school.listing import listed
from app.web.school.pages import NamedLink
from app.web.school.telling_apart import apart
from app.web.school.wording import day_of

HEAD = ("Participant", "TRN", "Course", "Declaration", "Date", "Line", "State")
ADDRESS = "/finance/declarations"


def lines_page(found: StatementDetails, lines: Page[DeclaredLine]) -> LinesPage:
    """The page."""
    name, here = statement_title(found), f"{BASE}/{found.id}"
    title = f"Declarations on {name}"
    return LinesPage(
        title=title,
        trail=(Link("Statements", BASE), Link(name, here), Link("Declarations", "")),
        table=Table(title, HEAD, _rows(lines.rows), size="") if lines.rows else None,
        listed=listed(f"{here}/declarations", "", lines.total, lines.number, lines.per_page),
        download=Link("Download all of them as a CSV file", f"{here}/declarations.csv"),
    )


def _rows(lines: Sequence[DeclaredLine]) -> tuple[tuple[Cell, ...], ...]:
    """The rows; their links can be told apart, also when somebody’s were voided and declared again."""
    whole = [f", {COURSES[each.course]}, {each.name}, TRN {each.trn}" for each in lines]
    names = [f"{each.declaration_type}{words}" for each, words in zip(lines, whole, strict=True)]
    again = apart(names, [""] * len(names))
    return tuple(_row(*each) for each in zip(lines, whole, again, strict=True))


def _row(line: DeclaredLine, whole: str, again: str) -> tuple[Cell, ...]:
    link = NamedLink(type_words(line.declaration_type), f"{ADDRESS}/{line.declaration_id}", f"{whole}{again}")
    kind, state = LINE_KINDS[line.kind], declaration_tag(line.state)
    return (line.name, line.trn, COURSES[line.course], link, day_of(line.declared_at), kind, state)
