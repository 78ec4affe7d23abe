"""Mentors whose training can’t be paid for: what happened before this service.

| Column | What |
|---|---|
| trn | 7 digits; the mentor needn’t be here yet |
| reason | completed_during_early_roll_out or started_not_completed |
| ended_on | the day their funding ended. For the early roll-out always 19 April 2021, and may be blank |

A flag that is gone from the file stays, and no void of a declaration takes it away (Provider API, Funding). Mentors
who are here are decided on anew in the same write, and lead providers see that they have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING
from app.data.ids import new_id
from app.data.models import Funding, MentorFundingFlag, Teacher
from app.domain.funding import EARLY_ROLL_OUT_ENDED_ON, IMPORTED, MentorReason, Source, imported_flag
from app.domain.people import read_trn
from app.domain.refusals import Refused
from app.domain.schedules import Course
from app.services import funding
from app.services.asked import Asked, by_service
from app.services.importing import cells
from app.services.importing.reading import Layout, Row
from app.services.importing.report import CellRefused, Stored
from app.services.importing.running import Plan
from app.services.importing.storing import Entry, Record, Wanted, put, records


@dataclass(frozen=True, slots=True)
class FlagRow:
    """What one row says. `values` has the flag by column."""

    trn: str
    reason: str
    values: Mapping[str, object]


def parse(row: Row) -> FlagRow:
    """One row. Raises CellRefused."""
    reason = row["reason"].casefold()
    if reason not in IMPORTED:
        raise CellRefused("reason", row["reason"], f"must be {' or '.join(sorted(IMPORTED))}")
    early = reason == MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT
    read = cells.optional_date if early else cells.required_date
    flag = imported_flag(MentorReason(reason), read(row, "ended_on") or EARLY_ROLL_OUT_ENDED_ON)
    trn = _trn(row)
    keys = {"trn": trn, "reason": str(flag.reason), "source": str(flag.source)}
    return FlagRow(trn, reason, {**keys, "ended_on": flag.ended_on})


def store(session: Session, batch: Sequence[Entry[FlagRow]], at: datetime) -> Stored:
    """Make the flags of a batch what the rows say, and settle what follows for mentors who are here."""
    found = records(session, MentorFundingFlag, "trn", (entry.value.trn for entry in batch))
    flags = {(flag["trn"], flag["reason"]): flag for flag in found if flag["source"] == Source.IMPORT}
    stored = put(
        session,
        MentorFundingFlag,
        batch,
        lambda row: Wanted(flags.get((row.trn, row.reason)), row.values),
        at,
    )
    values = (entry.value for entry in batch)
    changed = {row.trn for row in values if not _stands(flags.get((row.trn, row.reason)), row)}
    _decide(session, changed, by_service(at, new_id()))
    return stored


def _stands(flag: Record | None, row: FlagRow) -> bool:
    return flag is not None and all(flag[name] == value for name, value in row.values.items())


def _decide(session: Session, trns: set[str], asked: Asked) -> None:
    """The mentors among these TRNs: shown with the flag, they have changed also when their funding hasn’t."""
    mentors = select(Funding.teacher_id).where(Funding.course == Course.ECF_MENTOR)
    here = select(Teacher.id).where(Teacher.trn.in_(sorted(trns)), Teacher.id.in_(mentors))
    for teacher_id in session.execute(here.order_by(Teacher.id)).scalars().all():
        changed = update(Teacher).where(Teacher.id == teacher_id).values(updated_at=PENDING)
        session.connection().execute(changed)
        funding.decide_mentor(session, teacher_id, asked)


def _trn(row: Row) -> str:
    try:
        return read_trn(row["trn"])
    except Refused:
        raise CellRefused("trn", row["trn"], "must be 7 digits") from None


PLAN = Plan(
    kind="mentor_funding_flags.imported",
    layout=Layout(required=("trn", "reason", "ended_on")),
    parse=parse,
    key_columns=("trn", "reason"),
    key=lambda row: (row.trn, row.reason),
    store=store,
)
