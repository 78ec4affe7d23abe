"""The list of participants."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.data.queries.api.participants import EnrolmentRow, ParticipantRow
from app.data.queries.paging import Page
from app.data.queries.provider import naming
from app.web.filters import counted
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import PARTICIPANT_TYPES
from app.web.provider import listing
from app.web.provider.listing import ALL, Wishes
from app.web.provider.pages import ListPage
from app.web.provider.wording import AT_SCHOOL, TRAINING
from app.web.render import Link
from app.web.school.pages import NamedLink, TagView

BASE = "/provider/participants"
STATUSES = {ALL: "All statuses", "active": "Active", "deferred": "Deferred", "withdrawn": "Withdrawn"}
HEAD = ("Name", "TRN", "Trains as", "School", "Cohort", "Your status", "The school’s status")
BEFORE = (
    "“Your status” is what you have told us, and “the school’s status” follows from what the school has. They can "
    "differ."
)


def participants_page(lead_provider_id: str, wished: Wishes, found: Page[ParticipantRow]) -> ListPage:
    """The list."""
    schools = naming.schools({each.school_urn for row in found.rows for each in row.ecf_enrolments})
    rows = tuple(_row(each, schools) for each in found.rows)
    everything = not (wished.search or wished.cohort or wished.status)
    return ListPage(
        title="Participants",
        action=BASE,
        before=(BEFORE,),
        search=listing.search_field("Search by name or TRN", wished),
        filters=(
            listing.cohort_filter(naming.cohorts(lead_provider_id), wished),
            listing.status_filter("Your status", STATUSES, wished),
            listing.size_filter(wished),
        ),
        heading=counted(found.total, "participant") if found.total else "No participants found",
        table=Table("Participants", HEAD, rows, size="") if rows else None,
        listed=listing.where(BASE, found, wished, "cohort", "status"),
        empty=_empty(everything),
        way_on=None if rows or everything else Link("Show all participants", BASE),
        tab="participants",
    )


def _empty(everything: bool) -> str:
    if everything:
        return "The people at a school are shown here as soon as you have confirmed its proposal."
    return "There are none for what you chose. Choose fewer filters, or search for less."


def _row(found: ParticipantRow, schools: Mapping[str, str]) -> tuple[Cell, ...]:
    """A person with two enrolments has both in each cell, the ECT’s first."""

    def each(words: Callable[[EnrolmentRow], str]) -> str:
        return "; ".join(dict.fromkeys(map(words, found.ecf_enrolments)))

    return (
        NamedLink(found.full_name, f"{BASE}/{found.id}", f", TRN {found.teacher_reference_number}"),
        found.teacher_reference_number,
        each(lambda one: PARTICIPANT_TYPES[one.participant_type]),
        each(lambda one: schools[one.school_urn]),
        each(lambda one: str(one.cohort)),
        _tag(found, lambda one: TRAINING[one.training_status]),
        _tag(found, lambda one: AT_SCHOOL[one.participant_status]),
    )


def _tag(found: ParticipantRow, tag: Callable[[EnrolmentRow], TagView]) -> Cell:
    tags = [tag(each) for each in found.ecf_enrolments]
    if len(set(tags)) == 1:
        return tags[0]
    kinds = (PARTICIPANT_TYPES[each.participant_type] for each in found.ecf_enrolments)
    return "; ".join(f"{kind}: {each.text}" for kind, each in zip(kinds, tags, strict=True))
