"""CSV files that spreadsheets can be given (RFC 4180; Trust, point 9)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from app.data.queries import finance as queries
from app.data.queries.finance import DeclaredLine
from app.data.queries.statements import StatementDetails
from app.domain.matching import fold
from app.web.offices.wording import yes_or_no

AT_ONCE = 1000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
HEAD = (
    "declaration_id",
    "participant_id",
    "full_name",
    "teacher_reference_number",
    "course_identifier",
    "declaration_type",
    "declaration_date",
    "schedule_identifier",
    "delivery_partner",
    "evidence_held",
    "pupil_premium_uplift",
    "sparsity_uplift",
    "line",
    "state",
)


def safe(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def written(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV: commas, quotes where needed, lines that end in CR LF."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def declarations(statement_id: str) -> Iterator[str]:
    """The file of a statement, a thousand rows at a time: however long it is, it never stands in memory whole."""
    yield written([HEAD])
    after: str | None = None
    while lines := queries.declared_after(statement_id, after, AT_ONCE):
        yield written(map(_row, lines))
        after = lines[-1].line_id


def file_name(found: StatementDetails) -> str:
    """“statement-northstar-2024-2025-04.csv”, in ASCII only."""
    words = "".join(
        char if char.isascii() and char.isalnum() else " " for char in fold(found.lead_provider_name)
    )
    name = "-".join(words.split()) or "lead-provider"
    return f"statement-{name}-{found.cohort}-{found.year}-{found.month:02}.csv"


def _row(line: DeclaredLine) -> tuple[str, ...]:
    return (
        line.declaration_id,
        line.teacher_id,
        line.name,
        line.trn,
        line.course,
        line.declaration_type,
        line.declared_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        line.schedule_identifier,
        line.delivery_partner or "",
        line.evidence_held or "",
        yes_or_no(line.pupil_premium_uplift).lower(),
        yes_or_no(line.sparsity_uplift).lower(),
        line.kind,
        line.state,
    )
