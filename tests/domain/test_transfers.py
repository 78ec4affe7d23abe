from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.schedules import Course
from app.domain.transfers import (
    SchoolRecord,
    Transfer,
    TransferStatus,
    TransferType,
    transfers,
)

ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
TODAY = date(2025, 9, 15)
OLD = SchoolRecord("1", ECT, "oakfield", date(2024, 9, 1), date(2025, 8, 31), True, "northstar", True)
NEW = SchoolRecord("2", ECT, "harrow-lane", date(2025, 9, 1), None, False, "northstar", True)
ELSEWHERE = replace(NEW, lead_provider_id="teach-forward")


def only(*records: SchoolRecord) -> Transfer:
    [transfer] = transfers(records)
    return transfer


def test_a_leaving_and_the_next_joining_record_are_one_transfer() -> None:
    assert only(NEW, OLD) == Transfer(OLD, date(2025, 8, 31), NEW)


@pytest.mark.parametrize(
    ("joining", "expected"),
    [
        (NEW, TransferType.NEW_SCHOOL),
        (ELSEWHERE, TransferType.NEW_PROVIDER),
        (replace(NEW, lead_provider_id=None, partnership_active=False), TransferType.NEW_PROVIDER),
        (None, TransferType.UNKNOWN),
    ],
)
def test_the_type_says_what_changes(joining: SchoolRecord | None, expected: TransferType) -> None:
    assert only(*filter(None, [OLD, joining])).type is expected


@pytest.mark.parametrize(
    ("left_on", "joins_on", "status"),
    [
        (date(2025, 8, 31), date(2025, 9, 1), "complete"),
        (date(2025, 9, 14), date(2025, 9, 15), "complete"),
        (date(2025, 9, 15), date(2025, 9, 16), "incomplete"),
        (date(2025, 9, 16), date(2025, 9, 10), "incomplete"),
        (date(2025, 9, 15), None, "complete"),
        (date(2025, 9, 16), None, "incomplete"),
    ],
)
def test_a_transfer_is_incomplete_while_the_later_date_is_ahead(
    left_on: date, joins_on: date | None, status: str
) -> None:
    joining = [replace(NEW, started_on=joins_on)] if joins_on else []
    transfer = only(replace(OLD, finished_on=left_on), *joining)
    assert transfer.status(TODAY) == status
    changes = transfer.changes_on(TODAY)
    assert (changes is None) == (status == "complete")
    if changes is not None:
        assert transfer.status(changes - timedelta(days=1)) is TransferStatus.INCOMPLETE
        assert transfer.status(changes) is TransferStatus.COMPLETE


HIDDEN_OLD, HIDDEN_NEW = (replace(each, partnership_active=False) for each in (OLD, ELSEWHERE))


@pytest.mark.parametrize(
    ("records", "seen_by"),
    [
        ((OLD, NEW), {"northstar"}),
        ((OLD, ELSEWHERE), {"northstar", "teach-forward"}),
        ((OLD,), {"northstar"}),
        ((OLD, HIDDEN_NEW), {"northstar"}),
        ((HIDDEN_OLD, ELSEWHERE), {"teach-forward"}),
        ((HIDDEN_OLD, HIDDEN_NEW), set()),
        ((HIDDEN_OLD,), set()),
        ((replace(OLD, lead_provider_id=None), ELSEWHERE), {"teach-forward"}),
    ],
)
def test_both_sides_see_it_where_their_partnership_is_active(
    records: tuple[SchoolRecord, ...], seen_by: set[str]
) -> None:
    transfer = only(*records)
    assert transfer.seen_by == seen_by
    for provider in ("northstar", "teach-forward", "cedar"):
        assert (transfer.record_of(provider) is not None) == (provider in seen_by)


def test_a_provider_of_both_sides_is_shown_the_record_that_is_left() -> None:
    assert only(OLD, NEW).record_of("northstar") is OLD
    assert only(OLD, ELSEWHERE).record_of("teach-forward") is ELSEWHERE
    assert only(HIDDEN_OLD, NEW).record_of("northstar") is NEW


@pytest.mark.parametrize(
    "records",
    [
        (),
        (NEW,),
        (replace(OLD, left_school=False), NEW),
        (replace(OLD, left_school=False), replace(NEW, school_id="oakfield")),
    ],
)
def test_nobody_is_transferred_who_did_not_leave(records: tuple[SchoolRecord, ...]) -> None:
    assert transfers(records) == ()


def test_a_change_of_provider_on_the_way_is_no_transfer_of_its_own() -> None:
    first = replace(OLD, finished_on=date(2025, 1, 31), left_school=False)
    second = replace(OLD, record_id="3", started_on=date(2025, 2, 1), lead_provider_id="cedar")
    assert only(first, second, NEW) == Transfer(second, date(2025, 8, 31), NEW)


def test_whoever_comes_back_to_the_school_they_left_is_not_transferred() -> None:
    back = replace(NEW, school_id="oakfield", finished_on=date(2025, 12, 31), left_school=True)
    assert transfers([OLD, replace(back, left_school=False)]) == ()
    moved = replace(ELSEWHERE, record_id="3", started_on=date(2026, 1, 1))
    assert only(OLD, back, moved) == Transfer(back, date(2025, 12, 31), moved)


def test_an_ect_and_a_mentor_record_never_pair() -> None:
    assert only(OLD, replace(NEW, course=MENTOR)).joining is None


def test_a_mentor_who_leaves_one_of_two_schools_has_joined_neither() -> None:
    left = replace(OLD, course=MENTOR)
    also = replace(NEW, course=MENTOR, started_on=date(2025, 1, 1))
    joined = replace(NEW, record_id="3", course=MENTOR, school_id="elm-court")
    assert only(left, also).joining is None
    assert only(left, also, joined).joining is joined


def test_two_moves_are_two_transfers_in_order() -> None:
    middle = replace(NEW, finished_on=date(2025, 12, 31), left_school=True)
    last = SchoolRecord("3", ECT, "oakfield", date(2026, 1, 1))
    first, second = transfers([last, middle, OLD])
    assert (first.joining, second.leaving, second.joining) == (middle, middle, last)


DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1))
RECORDS = st.builds(
    SchoolRecord,
    record_id=st.uuids().map(str),
    course=st.sampled_from(Course),
    school_id=st.sampled_from("abc"),
    started_on=DAYS,
    finished_on=st.none() | DAYS,
    left_school=st.booleans(),
    lead_provider_id=st.none() | st.sampled_from(["northstar", "cedar"]),
    partnership_active=st.booleans(),
)


@given(st.lists(RECORDS, max_size=6), DAYS)
def test_every_leaving_record_is_in_one_transfer_at_most_whatever_the_order(
    records: list[SchoolRecord], today: date
) -> None:
    found = transfers(records)
    assert found == transfers(reversed(records))
    leaving = [each.record_id for each in records if each.left_school and each.finished_on]
    shown = [each.leaving.record_id for each in found]
    assert set(shown) <= set(leaving) and len(shown) == len(set(shown))
    for each in found:
        assert (each.joining is None) == (each.type is TransferType.UNKNOWN)
        assert each.joining is None or each.joining.school_id != each.leaving.school_id
        assert (each.changes_on(today) is None) == (each.status(today) is TransferStatus.COMPLETE)


def test_types_and_statuses_are_spelt_as_the_api_does() -> None:
    assert list(map(str, TransferType)) == ["new_school", "new_provider", "unknown"]
    assert list(map(str, TransferStatus)) == ["complete", "incomplete"]
