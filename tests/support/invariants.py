"""What must hold in any database at any time, whatever was done to it: money, slots, stamps, what providers see.

`assert broken() == []` in an application context. Nothing is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from app.data import clock, participation
from app.data.columns import PENDING
from app.data.database import db, release
from app.data.models import ChangeClock, ProviderParticipant, Statement, StatementLine, Teacher
from app.data.models.pending import stamped_tables
from app.services import statements

SAMPLE = 500

# Each finds rows that may not be there.
WRONG: Mapping[str, str] = {
    "a declaration is twice on one side": """
        SELECT declaration_id FROM statement_lines GROUP BY declaration_id, kind HAVING count(*) > 1""",
    "two live declarations in one slot": """
        SELECT min(CAST(id AS TEXT)) FROM declarations WHERE state IN ('submitted', 'eligible', 'payable', 'paid')
        GROUP BY teacher_id, course, declaration_type HAVING count(*) > 1""",
    "a billed declaration without its one payment line": """
        SELECT d.id FROM declarations d LEFT JOIN statement_lines l ON l.declaration_id = d.id AND l.kind = 'payment'
        AND l.state = CASE WHEN d.state IN ('awaiting_clawback', 'clawed_back') THEN 'paid' ELSE d.state END
        WHERE d.state IN ('eligible', 'payable', 'paid', 'awaiting_clawback', 'clawed_back') AND l.id IS NULL""",
    "a declaration that is taken back without its negative line": """
        SELECT d.id FROM declarations d LEFT JOIN statement_lines l
        ON l.declaration_id = d.id AND l.kind = 'clawback' AND l.state = d.state
        WHERE d.state IN ('awaiting_clawback', 'clawed_back') AND l.id IS NULL""",
    "a negative line of a declaration that is not taken back": """
        SELECT l.id FROM statement_lines l JOIN declarations d ON d.id = l.declaration_id
        WHERE l.kind = 'clawback' AND l.state <> d.state""",
    "a line of a declaration that counts nothing": """
        SELECT l.id FROM statement_lines l JOIN declarations d ON d.id = l.declaration_id
        WHERE d.state IN ('submitted', 'ineligible') OR (d.state = 'voided' AND l.state <> 'voided')""",
    "a line on a statement of another provider or cohort, or of the service fee only": """
        SELECT l.id FROM statement_lines l JOIN declarations d ON d.id = l.declaration_id
        JOIN statements s ON s.id = l.statement_id
        WHERE s.lead_provider_id <> d.lead_provider_id OR s.cohort <> d.cohort OR NOT s.output""",
    "a line and its statement in states that do not go together": """
        SELECT l.id FROM statement_lines l JOIN statements s ON s.id = l.statement_id WHERE NOT (
            l.state = 'voided' OR (l.state = 'eligible' AND s.state = 'open')
            OR (l.state = 'payable' AND s.state = 'payable')
            OR (l.state IN ('paid', 'clawed_back') AND s.state = 'paid')
            OR (l.state = 'awaiting_clawback' AND s.state IN ('open', 'payable')))""",
    "a paid statement that nobody asked for": """
        SELECT s.id FROM statements s
        LEFT JOIN payment_requests r ON r.statement_id = s.id AND r.authorised_at IS NOT NULL
        WHERE s.state = 'paid' AND r.id IS NULL""",
    "an authorised request of a statement that is not paid": """
        SELECT r.id FROM payment_requests r JOIN statements s ON s.id = r.statement_id
        WHERE r.authorised_at IS NOT NULL AND s.state <> 'paid'""",
}  # fmt: skip


def broken(sample: int = SAMPLE) -> list[str]:
    """What doesn’t hold, in sentences; `sample` is of how many people the providers’ rows are worked out again."""
    release()
    found: list[str] = []
    with db.engine.connect() as connection:
        for name, rule in WRONG.items():
            if (count := len(connection.execute(text(f"{rule} LIMIT 1000")).all())) > 0:
                found.append(f"{name} ({count})")
        for check in (late_lines, late_stamps):
            found += check(connection)
        found += stale_rows(connection, sample)
        connection.rollback()
    found += wrong_totals()
    release()
    return found


def late_lines(connection: Connection) -> Iterator[str]:
    """Every line went on the first statement with declarations whose deadline hadn’t passed that day in London."""
    columns = (Statement.id, Statement.lead_provider_id, Statement.cohort, Statement.deadline_on)
    before: dict[tuple[str, int], date] = defaultdict(lambda: date.min)
    earliest = {}
    for identity, provider, cohort, deadline in connection.execute(
        select(*columns).where(Statement.output).order_by(Statement.deadline_on)
    ):
        earliest[identity] = (before[provider, cohort], deadline)
        before[provider, cohort] = deadline
    added = select(
        StatementLine.statement_id, func.min(StatementLine.added_at), func.max(StatementLine.added_at)
    )
    for identity, first, last in connection.execute(added.group_by(StatementLine.statement_id)):
        closed, deadline = earliest.get(identity, (date.max, date.min))
        if not closed < clock.london_date(first) <= clock.london_date(last) <= deadline:
            yield f"lines on statement {identity} that belong on another"


def late_stamps(connection: Connection) -> Iterator[str]:
    """No stamp is later than the change clock, and none is missing."""
    at = connection.execute(select(ChangeClock.at)).scalar() or datetime.min.replace(tzinfo=UTC)
    for table in stamped_tables():
        latest = connection.execute(select(func.max(table.c.updated_at))).scalar()
        if latest is not None and (latest > at or latest == PENDING):
            yield f"{table.name} has a stamp of {latest}, and the change clock stands at {at}"
        younger = select(func.count()).select_from(table).where(table.c.created_at > table.c.updated_at)
        if connection.execute(younger).scalar():
            yield f"{table.name} has records that changed before they were made"


def stale_rows(connection: Connection, sample: int) -> Iterator[str]:
    """What providers see of people is what working it out again gives. The transaction is left to be rolled back."""
    ids = list(connection.execute(select(Teacher.id).order_by(Teacher.trn)).scalars())
    some = ids[:: max(1, len(ids) // sample)]
    before = _seen(connection, some)
    participation.refresh(connection, some, clock.now())
    after = _seen(connection, some)
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"provider {key[0]} sees {before.get(key)} of {key[1]} instead of {after.get(key)}"


def _seen(connection: Connection, ids: list[str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    row = ProviderParticipant
    columns = (row.visible, row.ect_record_id, row.mentor_record_id, row.unfunded_period_id, row.transfers)
    found = {}
    for start in range(0, len(ids), 500):
        among = row.teacher_id.in_(ids[start : start + 500])
        chosen = select(row.lead_provider_id, row.teacher_id, *columns, row.changes_on).where(among)
        found |= {(each[0], each[1]): tuple(each[2:]) for each in connection.execute(chosen)}
    return found


def wrong_totals() -> Iterator[str]:
    """What was paid is what the lines of each paid statement come to: paid less clawed back, and all the rest.

    Of those that carry the service fee alone, every tenth is worked out.
    """
    columns = (Statement.id, Statement.total_pence, Statement.vat_pence, Statement.output)
    paid = select(*columns).where(Statement.state == "paid").order_by(Statement.output, Statement.id)
    for number, (identity, total, vat, output) in enumerate(db.session.execute(paid).all()):
        if not output and number % 10:
            continue
        amounts = statements.figures(identity).pence()
        if (amounts.total, amounts.vat) != (total, vat):
            yield f"statement {identity} was paid {total} and {vat}, and comes to {amounts.total} and {amounts.vat}"
