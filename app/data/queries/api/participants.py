"""People a lead provider may see, with their enrolments (Provider API, “Visible” and “participant_status”).

Who is visible, and with which records, is kept in `provider_participants`: the list is read in the order of that table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, FromClause, Select, bindparam, case, exists, or_, select

from app.data.database import reading
from app.data.models import (
    EctPeriod,
    Funding,
    MentorFundingFlag,
    MentorPeriod,
    Mentorship,
    Partnership,
    ProviderParticipant,
    School,
    Teacher,
    TeacherIdChange,
    TrainingRecord,
)
from app.data.models.mentors import MENTOR_FUNDING_REASONS
from app.data.queries.api.paging import Found, Listing, among, fixed, since
from app.data.queries.api.wanted import Wanted
from app.domain.participant_status import RecordDates, participant_status


class Stop(NamedTuple):
    """Why the provider paused or ended somebody's training, and when."""

    reason: str | None
    date: datetime


class IdChange(NamedTuple):
    """Two records turned out to be one person: what was under one id is now under the other."""

    from_participant_id: str
    to_participant_id: str
    changed_at: datetime


class EnrolmentRow(NamedTuple):
    """A person's latest training as an ECT, or as a mentor, under the provider's active partnerships.

    The withdrawal and the deferral are told while they last; the two mentor fields, of mentors only.
    """

    training_record_id: str
    email: str
    mentor_id: str | None
    school_urn: str
    participant_type: str
    cohort: int
    training_status: str
    participant_status: str
    teacher_reference_number_validated: bool
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    schedule_identifier: str | None
    delivery_partner_id: str | None
    withdrawal: Stop | None
    deferral: Stop | None
    created_at: datetime
    induction_end_date: date | None
    mentor_funding_end_date: date | None
    cohort_changed_after_payments_frozen: bool
    mentor_ineligible_for_funding_reason: str | None


class ParticipantRow(NamedTuple):
    """A person, their enrolments (the ECT's first) and the ids they had before, oldest change first."""

    id: str
    full_name: str
    teacher_reference_number: str
    updated_at: datetime
    ecf_enrolments: tuple[EnrolmentRow, ...]
    participant_id_changes: tuple[IdChange, ...]


_CALLER: Any = bindparam("lead_provider_id")
_IS_ECT = TrainingRecord.participant_type == fixed("ect")
_COURSE = case((_IS_ECT, fixed("ecf-induction")), else_=fixed("ecf-mentor"))
_ONE: Any = fixed(1)
_TODAY: Any = bindparam("today", type_=Date())
_PERSON = 5
"""So many columns are of the person; the others of an enrolment."""


def _shown_records(person: Any) -> ColumnElement[bool]:
    """The person's records that the provider is shown."""
    return TrainingRecord.id.in_((person.ect_record_id, person.mentor_record_id))


# What an enrolment has at most one of is looked up row by row, not joined: the more tables a select joins, the longer
# PostgreSQL thinks about their order, and a page of 100 is read faster than that.
_FUNDED = (
    select(Funding.eligible)
    .where(Funding.teacher_id == TrainingRecord.teacher_id, Funding.course == _COURSE)
    .scalar_subquery()
)
_EMAIL = case(
    (_IS_ECT, select(EctPeriod.email).where(EctPeriod.id == TrainingRecord.ect_period_id).scalar_subquery()),
    else_=select(MentorPeriod.email)
    .where(MentorPeriod.id == TrainingRecord.mentor_period_id)
    .scalar_subquery(),
)
# To the last day: somebody about to leave still has a mentor.
_MENTOR = (
    select(MentorPeriod.teacher_id)
    .join(Mentorship, Mentorship.mentor_period_id == MentorPeriod.id)
    .where(Mentorship.ect_period_id == TrainingRecord.ect_period_id)
    .where(or_(Mentorship.finished_on.is_(None), Mentorship.finished_on >= _TODAY))
    .order_by(Mentorship.started_on.desc(), Mentorship.id.desc())
    .limit(_ONE)
    .scalar_subquery()
)
_IN_ORDER = case(
    *(
        (MentorFundingFlag.reason == fixed(reason), fixed(place))
        for place, reason in enumerate(MENTOR_FUNDING_REASONS)
    )
)


def _flag(column: Any) -> ColumnElement[Any]:
    """A column of the first reason why this mentor isn't paid for; one from a declaration before an imported one."""
    first = (
        select(column)
        .where(MentorFundingFlag.trn == Teacher.trn)
        .order_by(_IN_ORDER, MentorFundingFlag.source)
        .limit(_ONE)
        .scalar_subquery()
    )
    return case((~_IS_ECT, first))


def _shown(page: FromClause) -> Select[*tuple[Any, ...]]:
    """What is told of a person and of one enrolment, in the order in which `_enrolment` takes it."""
    return (
        select(
            page.c.id,
            Teacher.name,
            Teacher.trn,
            page.c.updated_at,
            exists().where(TeacherIdChange.to_teacher_id == page.c.id),
            TrainingRecord.id,
            _EMAIL,
            case((_IS_ECT, _MENTOR)),
            School.urn,
            TrainingRecord.participant_type,
            TrainingRecord.cohort,
            TrainingRecord.training_status,
            TrainingRecord.started_on,
            TrainingRecord.finished_on,
            TrainingRecord.stopped_on,
            _FUNDED,
            School.pupil_premium_uplift,
            School.sparsity_uplift,
            TrainingRecord.schedule_identifier,
            Partnership.delivery_partner_id,
            TrainingRecord.withdrawal_reason,
            TrainingRecord.withdrawn_at,
            TrainingRecord.deferral_reason,
            TrainingRecord.deferred_at,
            TrainingRecord.created_at,
            case((_IS_ECT, Teacher.induction_completed_on)),
            _flag(MentorFundingFlag.ended_on),
            TrainingRecord.cohort_changed_after_payments_frozen,
            _flag(MentorFundingFlag.reason),
        )
        .select_from(page)
        .join(Teacher, Teacher.id == page.c.id)
        .join(TrainingRecord, _shown_records(page.c))
        .join(Partnership, Partnership.id == TrainingRecord.partnership_id)
        .join(School, School.id == Partnership.school_id)
    )


def _conditions(given: Collection[str]) -> Iterable[ColumnElement[bool]]:
    """What the filters mean. Cohort and training status are of an enrolment: one enrolment has both."""
    of_enrolment = {
        "cohorts": TrainingRecord.cohort.in_(among("cohorts")),
        "training_status": TrainingRecord.training_status == bindparam("training_status"),
    }
    asked = [condition for name, condition in of_enrolment.items() if name in given]
    if asked:
        yield exists().where(_shown_records(ProviderParticipant), *asked)
    if "updated_since" in given:
        yield ProviderParticipant.updated_at >= since()
    if "from_participant_id" in given:
        yield exists().where(
            TeacherIdChange.from_teacher_id == bindparam("from_participant_id"),
            TeacherIdChange.to_teacher_id == ProviderParticipant.teacher_id,
        )


_LISTING = Listing(
    select(
        ProviderParticipant.teacher_id.label("id"),
        ProviderParticipant.ect_record_id,
        ProviderParticipant.mentor_record_id,
        ProviderParticipant.created_at,
        ProviderParticipant.updated_at,
    ).where(ProviderParticipant.lead_provider_id == _CALLER, ProviderParticipant.visible),
    _shown,
    conditions=_conditions,
)
_ID_CHANGES = (
    select(TeacherIdChange.from_teacher_id, TeacherIdChange.to_teacher_id, TeacherIdChange.changed_at)
    .where(TeacherIdChange.to_teacher_id.in_(among("ids")))
    .order_by(TeacherIdChange.changed_at, TeacherIdChange.from_teacher_id)
)


def listed(lead_provider_id: str, wanted: Wanted, today: date) -> list[ParticipantRow]:
    """A page of the people the caller may see, as they stand on the London day `today`, in at most two selects.

    Filters: `cohorts`, `updated_since`, `training_status`, `from_participant_id`.
    """
    return _people(_LISTING.page(lead_provider_id, wanted, today=today), today)


def one(lead_provider_id: str, id: str, today: date) -> ParticipantRow | None:
    """The person with this participant id, if the caller may see them."""
    return next(iter(_people(_LISTING.one(lead_provider_id, id, today=today), today)), None)


def those(lead_provider_id: str, ids: Collection[str], today: date) -> list[ParticipantRow]:
    """The people with these participant ids, if the caller may see them; in no order."""
    return _people(_LISTING.those(lead_provider_id, ids, today=today), today)


def _people(rows: Found, today: date) -> list[ParticipantRow]:
    """One for all its rows: each row has one of their enrolments."""
    status = _statuses(today)
    enrolments: dict[str, list[EnrolmentRow]] = {}
    for row in rows:
        enrolments.setdefault(row[0], []).append(_enrolment(row[_PERSON:], status))
    changed = _id_changes({row[0] for row in rows if row[4]})
    people: dict[str, ParticipantRow] = {}
    for row in rows:
        who = row[0]
        if who not in people:
            theirs = tuple(sorted(enrolments[who], key=_ects_first))
            people[who] = ParticipantRow(who, row[1], row[2], row[3], theirs, changed.get(who, ()))
    return list(people.values())


def _id_changes(ids: Collection[str]) -> dict[str, tuple[IdChange, ...]]:
    """By the id that is used now. Few people have had another: mostly nobody on a page has, and nothing is read."""
    changes: dict[str, tuple[IdChange, ...]] = {}
    for row in reading().execute(_ID_CHANGES, {"ids": sorted(ids)}) if ids else ():
        changes[row[1]] = (*changes.get(row[1], ()), IdChange(*row))
    return changes


def _ects_first(enrolment: EnrolmentRow) -> str:
    return enrolment.participant_type


def _statuses(today: date) -> Callable[[date, date | None, bool], str]:
    """`participant_status` by dates, worked out once for those that are the same."""

    @cache
    def status(started_on: date, finished_on: date | None, stopped: bool) -> str:
        return participant_status(RecordDates("", started_on, finished_on, stopped), today).value

    return status


def _enrolment(values: Sequence[Any], status: Callable[[date, date | None, bool], str]) -> EnrolmentRow:
    """Taken apart at once: a page has thousands, and naming each column of each row takes as long as all else."""
    (record, email, mentor, urn, kind, cohort, state, start, end, stopped, funded, premium, sparsity, schedule,
     partner, why_withdrawn, withdrawn, why_deferred, deferred, created, induction_end, funding_end, moved,
     reason) = values  # fmt: skip
    return EnrolmentRow(
        record, email, mentor, urn, kind, cohort, state, status(start, end, stopped is not None),
        True,  # Nobody is registered whose number the national record doesn't know.
        funded, premium, sparsity, schedule, partner,
        Stop(why_withdrawn, withdrawn) if state == "withdrawn" else None,
        Stop(why_deferred, deferred) if state == "deferred" else None,
        created, induction_end, funding_end, moved, reason,
    )  # fmt: skip
