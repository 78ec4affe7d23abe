"""What each lead provider sees of each person, worked out again whenever a write changes what it rests on.

Visible are people with a record under one of the provider’s active partnerships, each with their latest one; mentors of
the provider’s ECTs who have no training with it are its unfunded mentors (Provider API, “Visible”). The rows are made
from the records alone, so working them out again always gives the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Insert,
    Select,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    union,
    update,
)

from app.data.clock import london_date
from app.data.models import (
    Declaration,
    EctPeriod,
    Funding,
    MentorPeriod,
    Mentorship,
    Partnership,
    ProviderParticipant,
    School,
    SharedDeclaration,
    Teacher,
    TrainingRecord,
)
from app.data.models.pending import IS_PENDING
from app.data.seen import Record, Seen, seen

BATCH = 500
AT_A_TIME = 5000
Key = tuple[str, str]
"""A lead provider and a teacher, by their ids."""


def _pending(table: str) -> Any:
    return text(f"{table}.{IS_PENDING}")


_TRAINED = select(TrainingRecord.teacher_id)
_ECTS = select(EctPeriod.teacher_id)
_MENTORS = select(MentorPeriod.teacher_id)
_MENTORED = _ECTS.join(Mentorship, Mentorship.ect_period_id == EctPeriod.id)
_MENTORING = _MENTORS.join(Mentorship, Mentorship.mentor_period_id == MentorPeriod.id)
# Whose rows rest on the records of each table.
_RESTS_ON: dict[str, tuple[Select[*tuple[Any, ...]], ...]] = {
    "teachers": (select(Teacher.id).where(_pending("teachers")),),
    "ect_at_school_periods": (_ECTS.where(_pending("ect_at_school_periods")),),
    "mentor_at_school_periods": (_MENTORS.where(_pending("mentor_at_school_periods")),),
    "training_records": (_TRAINED.where(_pending("training_records")),),
    "funding": (select(Funding.teacher_id).where(_pending("funding")),),
    "mentorships": (_MENTORED.where(_pending("mentorships")),),
    "partnerships": (
        _TRAINED.join(Partnership, Partnership.id == TrainingRecord.partnership_id).where(
            _pending("partnerships")
        ),
    ),
    "schools": (
        _ECTS.join(School, School.id == EctPeriod.school_id).where(_pending("schools")),
        _MENTORS.join(School, School.id == MentorPeriod.school_id).where(_pending("schools")),
    ),
}
_AMONG = bindparam("teacher_ids", expanding=True)
_MENTORS_OF = _MENTORING.join(EctPeriod, EctPeriod.id == Mentorship.ect_period_id).where(
    EctPeriod.teacher_id.in_(_AMONG)
)
_TODAY: Any = bindparam("today", type_=Date())


def _not_over(model: type[Mentorship | TrainingRecord]) -> ColumnElement[bool]:
    """To the last day: somebody about to leave still trains, and still has a mentor."""
    return or_(model.finished_on.is_(None), model.finished_on >= _TODAY)


_MENTORED_TO = (
    select(Mentorship.finished_on)
    .where(Mentorship.ect_period_id == TrainingRecord.ect_period_id, _not_over(Mentorship))
    .order_by(Mentorship.started_on.desc(), Mentorship.id.desc())
    .limit(1)
    .scalar_subquery()
)
_RECORDS = (
    select(
        TrainingRecord.teacher_id,
        Partnership.lead_provider_id,
        Partnership.status,
        func.coalesce(EctPeriod.school_id, MentorPeriod.school_id),
        TrainingRecord.id,
        TrainingRecord.participant_type,
        TrainingRecord.started_on,
        TrainingRecord.finished_on,
        TrainingRecord.stopped_on,
        func.coalesce(EctPeriod.finished_on, MentorPeriod.finished_on),
        _MENTORED_TO,
    )
    .outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .outerjoin(EctPeriod, EctPeriod.id == TrainingRecord.ect_period_id)
    .outerjoin(MentorPeriod, MentorPeriod.id == TrainingRecord.mentor_period_id)
    .where(TrainingRecord.teacher_id.in_(_AMONG))
)
_UNFUNDED = (
    select(
        Partnership.lead_provider_id,
        MentorPeriod.teacher_id,
        MentorPeriod.id,
        Mentorship.finished_on,
        TrainingRecord.finished_on,
    )
    .select_from(MentorPeriod)
    .join(Mentorship, Mentorship.mentor_period_id == MentorPeriod.id)
    .join(TrainingRecord, TrainingRecord.ect_period_id == Mentorship.ect_period_id)
    .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
    .where(MentorPeriod.teacher_id.in_(_AMONG), _not_over(Mentorship))
    .where(Partnership.status == "active", _not_over(TrainingRecord))
    .order_by(MentorPeriod.started_on, MentorPeriod.id)
)
_WORKED_OUT = tuple(name for name in Seen.__dataclass_fields__ if name != "updated_at")
_STANDING = select(
    ProviderParticipant.lead_provider_id,
    ProviderParticipant.teacher_id,
    *(getattr(ProviderParticipant, name) for name in _WORKED_OUT),
).where(ProviderParticipant.teacher_id.in_(_AMONG))
_DUE = (
    select(ProviderParticipant.teacher_id)
    .where(ProviderParticipant.changes_on <= bindparam("today"))
    .distinct()
    .order_by(ProviderParticipant.teacher_id)
    .limit(AT_A_TIME)
)
_SHARED = select(SharedDeclaration.declaration_id).where(
    SharedDeclaration.lead_provider_id == ProviderParticipant.lead_provider_id,
    SharedDeclaration.declaration_id == Declaration.id,
)
_SHARING = (
    select(ProviderParticipant.lead_provider_id, Declaration.created_at, Declaration.id)
    .join(Declaration, Declaration.teacher_id == ProviderParticipant.teacher_id)
    .where(ProviderParticipant.visible, Declaration.lead_provider_id != ProviderParticipant.lead_provider_id)
    .where(~_SHARED.exists())
)


def _share(which: Select[*tuple[Any, ...]]) -> Insert:
    columns = ("lead_provider_id", "created_at", "declaration_id")
    return insert(SharedDeclaration).from_select(columns, which)


_SHARE = _share(_SHARING)
_SHARE_PENDING = _share(_SHARING.where(_pending("declarations")))
_SHARE_AMONG = _share(_SHARING.where(ProviderParticipant.teacher_id.in_(_AMONG)))
_CHANGE = (
    update(ProviderParticipant)
    .where(
        ProviderParticipant.lead_provider_id == bindparam("of_provider"),
        ProviderParticipant.teacher_id == bindparam("of_teacher"),
    )
    .values({name: bindparam(name) for name in Seen.__dataclass_fields__})
)


def changed(connection: Connection, touched: Collection[str]) -> frozenset[str]:
    """The ids of the teachers whose rows rest on what is pending in the tables `touched`."""
    selects = [each for table, found in _RESTS_ON.items() if table in touched for each in found]
    return frozenset(connection.execute(union(*selects)).scalars()) if selects else frozenset()


def mentors_of(connection: Connection, teacher_ids: Collection[str]) -> frozenset[str]:
    """The teacher ids of everybody who mentors these people, or has: some lead provider’s unfunded mentors."""
    mentors: set[str] = set()
    for some in _batches(sorted(teacher_ids)):
        mentors |= set(connection.execute(_MENTORS_OF, {"teacher_ids": some}).scalars())
    return frozenset(mentors)


def due(connection: Connection, today: date) -> tuple[str, ...]:
    """Some teachers, at most 5,000, of whom the calendar has changed something by `today`; () for none left."""
    return tuple(connection.execute(_DUE, {"today": today}).scalars())


def refresh(
    connection: Connection, teacher_ids: Collection[str], now: datetime, *, unless_same: bool = False
) -> None:
    """Work out what every lead provider sees of these people today, and mark it as changed.

    `unless_same`: only rows that come out otherwise, for people of whom nothing else can have changed.
    """
    for some in _batches(sorted(teacher_ids)):
        _refresh(connection, some, now, unless_same)


def _refresh(connection: Connection, teacher_ids: Sequence[str], now: datetime, unless_same: bool) -> None:
    today = london_date(now)
    among = {"teacher_ids": teacher_ids, "today": today}
    records = _records(connection, among)
    unfunded = _unfunded(connection, among)
    standing = {
        (provider, teacher): tuple(values)
        for provider, teacher, *values in connection.execute(_STANDING, {"teacher_ids": teacher_ids})
    }
    shown = {
        (each.shown_to, teacher) for teacher, found in records.items() for each in found if each.shown_to
    }
    added, altered = [], []
    for key in sorted(shown | set(unfunded) | set(standing)):
        provider, teacher = key
        period, last_day = unfunded.get(key, (None, None))
        row = asdict(seen(provider, records.get(teacher, ()), period, today, last_day))
        if unless_same and standing.get(key) == tuple(row[name] for name in _WORKED_OUT):
            continue
        if key in standing:
            altered.append({"of_provider": provider, "of_teacher": teacher, **row})
        else:
            added.append({"lead_provider_id": provider, "teacher_id": teacher, "created_at": now, **row})
    if altered:
        connection.execute(_CHANGE, altered)
    if added:
        connection.execute(insert(ProviderParticipant), added)
    visible = _WORKED_OUT.index("visible")
    before = {key for key, values in standing.items() if values[visible]}
    came = {teacher for provider, teacher in shown if (provider, teacher) not in before}
    if came:
        connection.execute(_SHARE_AMONG, {"teacher_ids": sorted(came)})


def share_pending(connection: Connection) -> None:
    """Note who else may see the declarations that are pending: those who see the same person."""
    connection.execute(_SHARE_PENDING)


def share_all(connection: Connection) -> None:
    """The same for all declarations, after many were stored in bulk."""
    connection.execute(_SHARE)


def _records(connection: Connection, among: dict[str, Any]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for teacher, *values in connection.execute(_RECORDS, among):
        found.setdefault(teacher, []).append(Record(*values))
    return found


def _unfunded(connection: Connection, among: dict[str, Any]) -> dict[Key, tuple[str, date | None]]:
    """Who has ECTs of which lead provider today: in their latest period, and to which last day, None for no end."""
    ends: dict[Key, tuple[str, date]] = {}
    for provider, teacher, period, *days in connection.execute(_UNFUNDED, among):
        last_day = min(day or date.max for day in days)
        before = ends.get((provider, teacher))
        if before is not None and before[0] == period:
            last_day = max(last_day, before[1])
        ends[provider, teacher] = (period, last_day)
    return {key: (period, None if day == date.max else day) for key, (period, day) in ends.items()}


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
