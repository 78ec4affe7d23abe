"""A lead provider’s records found by search and filters, in pages with a total.

Each page is two selects for the ids and how many there are, and those of the API for what is shown of them: pages and
API say the same, of the same records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.data.models import Partnership, ProviderParticipant, School, Teacher, TrainingRecord
from app.data.queries.api import participants, partnerships, proposals
from app.data.queries.api.participants import ParticipantRow
from app.data.queries.api.partnerships import PartnershipRow
from app.data.queries.api.proposals import ProposalRow
from app.data.queries.paging import Page, page_of
from app.data.queries.teachers import called
from app.domain.matching import fold
from app.domain.people import written

_PROPOSALS = ("proposed", "declined", "retracted")
_SHOWN_AS = {"active": ("active",), "challenged": ("challenged", *_PROPOSALS)}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: None and “” don’t filter. `status` is the one that the list shows."""

    search: str = ""
    cohort: int | None = None
    status: str | None = None
    delivery_partner_id: str | None = None


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_WithId)


def proposals_of(lead_provider_id: str, sought: Sought, page: int, per_page: int) -> Page[ProposalRow]:
    """A page of what schools asked the provider to confirm, who waits longest first. `search` is of the school."""
    statement = (
        _of_schools(lead_provider_id, sought)
        .where(Partnership.status.in_(_PROPOSALS))
        .order_by(func.coalesce(Partnership.proposed_at, Partnership.created_at), Partnership.id)
    )
    if sought.status is not None:
        statement = statement.where(Partnership.status == sought.status)
    found = _ids(statement, page, per_page)
    return _filled(found, proposals.those(lead_provider_id, found.rows))


def partnerships_of(lead_provider_id: str, sought: Sought, page: int, per_page: int) -> Page[PartnershipRow]:
    """A page of the provider’s partnerships by school, A to Z, the latest cohort first."""
    statement = (
        _of_schools(lead_provider_id, sought)
        .where(Partnership.ever_active)
        .order_by(School.name_key, Partnership.cohort.desc(), Partnership.id)
    )
    if sought.status is not None:
        statement = statement.where(Partnership.status.in_(_SHOWN_AS.get(sought.status, ())))
    if sought.delivery_partner_id is not None:
        statement = statement.where(Partnership.delivery_partner_id == sought.delivery_partner_id)
    found = _ids(statement, page, per_page)
    return _filled(found, partnerships.those(lead_provider_id, found.rows))


def participants_of(
    lead_provider_id: str, sought: Sought, today: date, page: int, per_page: int
) -> Page[ParticipantRow]:
    """A page of the people the provider may see, A to Z. `search` is part of a name or of a TRN; one enrolment has both
    the cohort and the training status."""
    statement = (
        select(ProviderParticipant.teacher_id)
        .join(Teacher, Teacher.id == ProviderParticipant.teacher_id)
        .where(ProviderParticipant.lead_provider_id == lead_provider_id, ProviderParticipant.visible)
        .order_by(Teacher.name_key, Teacher.id)
    )
    named = called(sought.search)
    if named is not None:
        statement = statement.where(named)
    of_enrolment = list(_of_enrolment(sought))
    if of_enrolment:
        statement = statement.where(exists().where(_records(), *of_enrolment))
    found = _ids(statement, page, per_page)
    return _filled(found, participants.those(lead_provider_id, found.rows, today))


def _of_schools(lead_provider_id: str, sought: Sought) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(Partnership.id)
        .join(School, School.id == Partnership.school_id)
        .where(Partnership.lead_provider_id == lead_provider_id)
    )
    if key := fold(written(sought.search)):
        named = School.name_key.contains(key, autoescape=True)
        statement = statement.where(or_(named, School.urn.startswith(key, autoescape=True)))
    if sought.cohort is not None:
        statement = statement.where(Partnership.cohort == sought.cohort)
    return statement


def _records() -> ColumnElement[bool]:
    """The records of a person that the provider is shown; by person first, which is indexed."""
    shown = (ProviderParticipant.ect_record_id, ProviderParticipant.mentor_record_id)
    return and_(TrainingRecord.teacher_id == ProviderParticipant.teacher_id, TrainingRecord.id.in_(shown))


def _of_enrolment(sought: Sought) -> Iterable[ColumnElement[bool]]:
    if sought.cohort is not None:
        yield TrainingRecord.cohort == sought.cohort
    if sought.status is not None:
        yield TrainingRecord.training_status == sought.status


def _ids(statement: Select[*tuple[Any, ...]], page: int, per_page: int) -> Page[str]:
    return page_of(statement, lambda row: str(row[0]), page, per_page)


def _filled(found: Page[str], rows: Iterable[R]) -> Page[R]:
    """The page with what is shown, in its own order. What has gone since the ids were read is left out."""
    by_id = {row.id: row for row in rows}
    shown = tuple(by_id[each] for each in found.rows if each in by_id)
    return Page(shown, found.total, found.number, found.per_page)
