from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import london_day
from app.domain.participant_status import (
    PARTICIPANT_STATUSES,
    ParticipantStatus,
    RecordDates,
    changes_on,
    participant_status,
    shown_record,
)
from app.domain.partnerships import State

TODAY = date(2025, 9, 15)
YESTERDAY, TOMORROW = date(2025, 9, 14), date(2025, 9, 16)
HERE = RecordDates("1", date(2025, 9, 1))
ACTIVE, JOINING = ParticipantStatus.ACTIVE, ParticipantStatus.JOINING
LEAVING, LEFT, WITHDRAWN = ParticipantStatus.LEAVING, ParticipantStatus.LEFT, ParticipantStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, ACTIVE),
        ({"started_on": TODAY}, ACTIVE),
        ({"started_on": TOMORROW}, JOINING),
        ({"finished_on": YESTERDAY}, LEFT),
        ({"finished_on": TODAY}, LEAVING),
        ({"finished_on": TOMORROW}, LEAVING),
        ({"started_on": TOMORROW, "finished_on": date(2026, 1, 1)}, LEAVING),
        ({"stopped": True}, WITHDRAWN),
        ({"stopped": True, "finished_on": YESTERDAY}, WITHDRAWN),
        ({"stopped": True, "finished_on": TOMORROW}, WITHDRAWN),
        ({"stopped": True, "started_on": TOMORROW}, WITHDRAWN),
    ],
)
def test_dates_and_today_decide_and_the_first_that_fits_wins(
    facts: dict[str, Any], status: ParticipantStatus
) -> None:
    assert participant_status(replace(HERE, **facts), TODAY) is status


def test_statuses_stand_in_the_order_of_the_rules() -> None:
    assert [status for status, _ in PARTICIPANT_STATUSES] == [WITHDRAWN, LEAVING, LEFT, JOINING, ACTIVE]


def test_statuses_are_spelt_as_the_api_does() -> None:
    assert list(map(str, ParticipantStatus)) == ["active", "joining", "leaving", "left", "withdrawn"]


def test_the_status_turns_at_midnight_in_london() -> None:
    joins = RecordDates("1", date(2025, 9, 1))
    assert participant_status(joins, london_day(datetime(2025, 8, 31, 22, 59, tzinfo=UTC))) is JOINING
    assert participant_status(joins, london_day(datetime(2025, 8, 31, 23, 0, tzinfo=UTC))) is ACTIVE


DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1))
RECORDS = st.builds(
    RecordDates,
    record_id=st.sampled_from("123"),
    started_on=DAYS,
    finished_on=st.none() | DAYS,
    stopped=st.booleans(),
    partnership=st.none() | st.sampled_from(State),
)
LATER = {ACTIVE: {ACTIVE}, JOINING: {JOINING, ACTIVE}, LEAVING: {LEAVING, LEFT}, LEFT: {LEFT}}


@given(RECORDS, DAYS, st.integers(0, 900))
def test_the_calendar_alone_only_lets_people_join_and_leave(
    record: RecordDates, today: date, days: int
) -> None:
    status = participant_status(record, today)
    assert participant_status(record, today + timedelta(days=days)) in LATER.get(status, {WITHDRAWN})


@given(RECORDS, DAYS)
def test_the_day_of_the_next_change_is_known(record: RecordDates, today: date) -> None:
    status, changes = participant_status(record, today), changes_on(record, today)
    if changes is None:
        assert participant_status(record, date.max) is status
        return
    assert today < changes
    assert participant_status(record, changes - timedelta(days=1)) is status
    assert participant_status(record, changes) is not status


def test_who_never_leaves_has_no_day_of_change() -> None:
    assert changes_on(replace(HERE, finished_on=date.max), TODAY) is None


@pytest.mark.parametrize("partnership", [None, *State])
def test_only_a_record_under_an_active_partnership_is_shown(partnership: State | None) -> None:
    record = replace(HERE, partnership=partnership)
    assert shown_record([record]) == (record if partnership is State.ACTIVE else None)


def test_the_latest_record_is_shown_and_the_younger_id_of_two() -> None:
    later = RecordDates("2", date(2025, 9, 10))
    younger = replace(later, record_id="3")
    challenged = RecordDates("4", date(2025, 9, 12), partnership=State.CHALLENGED)
    assert shown_record([HERE, later, challenged]) is later
    assert shown_record([younger, HERE, later]) is younger
    assert shown_record([]) is None


@given(st.lists(RECORDS, max_size=5))
def test_no_record_shown_is_earlier_than_another_that_could_be(records: list[RecordDates]) -> None:
    shown = shown_record(records)
    could_be = [record for record in records if record.partnership is State.ACTIVE]
    assert (shown is None) == (not could_be)
    assert all(shown is not None and record.started_on <= shown.started_on for record in could_be)
