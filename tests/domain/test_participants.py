from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.eligibility import InductionStatus
from app.domain.participants import (
    CARD_STATUSES,
    STATUS_WORDS,
    CardFacts,
    CardStatus,
    StatusWords,
    TrainingStatus,
    bounds_when_registered_elsewhere,
    card_status,
    check_start,
    leaving_day,
)
from app.domain.partnerships import State
from app.domain.refusals import Refused

TODAY = date(2025, 9, 15)
OPEN = (2023, 2024, 2025)
# Ravi Patel: an ECT at Harrow Lane since 1 September 2025, still there.
RAVI = (date(2025, 9, 1), None)


def test_ravi_can_start_elsewhere_from_3_september_to_15_january() -> None:
    assert bounds_when_registered_elsewhere(*RAVI, TODAY) == (date(2025, 9, 3), date(2026, 1, 15))


def test_somebody_whose_time_elsewhere_has_ended_has_no_latest_date() -> None:
    assert bounds_when_registered_elsewhere(date(2024, 9, 1), date(2025, 7, 31), TODAY) == (
        date(2024, 9, 3),
        None,
    )


@pytest.mark.parametrize("start", [date(2025, 9, 3), date(2025, 10, 1), date(2026, 1, 15)])
def test_ravi_may_start_inside_his_bounds(start: date) -> None:
    assert check_start(start, OPEN, TODAY, RAVI) == start


@pytest.mark.parametrize("start", [date(2025, 9, 1), date(2025, 9, 2), date(2025, 8, 1)])
def test_ravi_may_not_start_before_two_days_after_his_last_start(start: date) -> None:
    with pytest.raises(Refused) as refused:
        check_start(start, OPEN, TODAY, RAVI)
    assert refused.value.reason == "too_soon_after"
    assert dict(refused.value.detail) == {"date": date(2025, 9, 3), "previous_start": date(2025, 9, 1)}


@pytest.mark.parametrize("start", [date(2026, 1, 16), date(2026, 6, 1)])
def test_ravi_may_not_start_more_than_4_months_ahead(start: date) -> None:
    with pytest.raises(Refused) as refused:
        check_start(start, OPEN, TODAY, RAVI)
    assert (refused.value.reason, dict(refused.value.detail)) == (
        "too_far_ahead",
        {"date": date(2026, 1, 15)},
    )


def test_somebody_who_left_may_start_more_than_4_months_ahead() -> None:
    ended = (date(2024, 9, 1), date(2025, 7, 31))
    assert check_start(date(2026, 5, 31), OPEN, TODAY, ended) == date(2026, 5, 31)


@pytest.mark.parametrize("start", [date(2023, 6, 1), date(2025, 9, 1), date(2026, 6, 1), date(9999, 12, 31)])
def test_somebody_new_may_start_from_the_window_two_back(start: date) -> None:
    assert check_start(start, OPEN, TODAY) == start


def test_nobody_may_start_before_the_window_two_back() -> None:
    with pytest.raises(Refused) as refused:
        check_start(date(2023, 5, 31), OPEN, TODAY)
    assert (refused.value.reason, dict(refused.value.detail)) == ("too_early", {"earliest": date(2023, 6, 1)})


@pytest.mark.parametrize(
    ("last_start", "start", "reason"),
    [
        (date(2022, 9, 1), date(2023, 5, 31), "too_early"),
        (date(2022, 9, 1), date(2022, 9, 2), "too_early"),
        (date(2023, 5, 30), date(2023, 5, 31), "too_early"),
        (date(2023, 5, 31), date(2023, 5, 31), "too_soon_after"),
        (date(2024, 9, 1), date(2023, 5, 31), "too_soon_after"),
    ],
)
def test_the_later_of_two_lower_bounds_speaks(last_start: date, start: date, reason: str) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        check_start(start, OPEN, TODAY, (last_start, None))


def test_before_any_cohort_has_begun_there_is_no_earliest_date() -> None:
    assert check_start(date(2001, 1, 1), (), TODAY) == date(2001, 1, 1)


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS, DAYS | st.none())
def test_whoever_may_start_leaves_the_old_school_a_day_at_least(
    start: date, previous_start: date, previous_end: date | None
) -> None:
    try:
        check_start(start, OPEN, TODAY, (previous_start, previous_end))
    except Refused:
        return
    assert previous_start < leaving_day(start) < start


def test_the_old_school_ends_the_day_before() -> None:
    assert leaving_day(date(2025, 10, 1)) == date(2025, 9, 30)
    assert leaving_day(date(2024, 3, 1)) == date(2024, 2, 29)


FINE = CardFacts(
    leaving=False,
    induction=InductionStatus.IN_PROGRESS,
    partnership=State.ACTIVE,
    training=TrainingStatus.ACTIVE,
    has_mentor=True,
)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, CardStatus.REGISTERED),
        ({"partnership": None}, CardStatus.REGISTERED),
        ({"has_mentor": False}, CardStatus.MENTOR_NEEDED),
        ({"partnership": State.PROPOSED}, CardStatus.WAITING),
        ({"training": TrainingStatus.DEFERRED}, CardStatus.PAUSED),
        ({"training": TrainingStatus.WITHDRAWN}, CardStatus.TRAINING_NEEDED),
        ({"partnership": State.DECLINED}, CardStatus.TRAINING_NEEDED),
        ({"partnership": State.CHALLENGED}, CardStatus.TRAINING_NEEDED),
        ({"partnership": State.RETRACTED}, CardStatus.TRAINING_NEEDED),
        ({"stopped": True}, CardStatus.STOPPED),
        ({"induction": InductionStatus.EXEMPT}, CardStatus.EXEMPT),
        ({"induction": InductionStatus.FAILED}, CardStatus.FAILED),
        ({"induction": InductionStatus.FAILED_IN_WALES}, CardStatus.FAILED),
        ({"induction": InductionStatus.PASSED}, CardStatus.COMPLETED),
        ({"leaving": True}, CardStatus.LEAVING),
    ],
)
def test_one_fact_makes_one_status(facts: dict[str, Any], status: CardStatus) -> None:
    assert card_status(replace(FINE, **facts)) is status


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"leaving": True, "induction": InductionStatus.PASSED}, CardStatus.LEAVING),
        ({"induction": InductionStatus.PASSED, "partnership": State.DECLINED}, CardStatus.COMPLETED),
        ({"induction": InductionStatus.FAILED, "partnership": State.CHALLENGED}, CardStatus.FAILED),
        ({"induction": InductionStatus.EXEMPT, "has_mentor": False}, CardStatus.EXEMPT),
        ({"stopped": True, "leaving": True}, CardStatus.LEAVING),
        ({"stopped": True, "partnership": State.DECLINED}, CardStatus.STOPPED),
        ({"partnership": State.DECLINED, "training": TrainingStatus.DEFERRED}, CardStatus.TRAINING_NEEDED),
        ({"partnership": State.PROPOSED, "training": TrainingStatus.DEFERRED}, CardStatus.PAUSED),
        ({"partnership": State.PROPOSED, "has_mentor": False}, CardStatus.WAITING),
    ],
)
def test_the_first_status_that_fits_wins(facts: dict[str, Any], status: CardStatus) -> None:
    assert card_status(replace(FINE, **facts)) is status


def test_statuses_stand_in_the_order_of_the_table() -> None:
    assert [status for status, _ in CARD_STATUSES] == list(CardStatus)


def test_every_status_has_its_tag_and_colour() -> None:
    assert {status: (words.tag, words.colour) for status, words in STATUS_WORDS.items()} == {
        CardStatus.LEAVING: ("Leaving school", "yellow"),
        CardStatus.COMPLETED: ("Completed", "blue"),
        CardStatus.FAILED: ("Failed", "magenta"),
        CardStatus.EXEMPT: ("Exempt", "grey"),
        CardStatus.STOPPED: ("Training stopped", "grey"),
        CardStatus.TRAINING_NEEDED: ("Action required", "red"),
        CardStatus.PAUSED: ("Training paused", "orange"),
        CardStatus.WAITING: ("Waiting for lead provider", "yellow"),
        CardStatus.MENTOR_NEEDED: ("Action required", "red"),
        CardStatus.REGISTERED: ("Registered", "green"),
    }


def test_training_statuses_are_spelt_as_the_api_does() -> None:
    assert [str(status) for status in TrainingStatus] == ["active", "deferred", "withdrawn"]


def test_only_a_status_that_requires_action_says_what_to_do() -> None:
    for words in STATUS_WORDS.values():
        assert bool(words.to_do) == (words.tag == "Action required")
    assert STATUS_WORDS[CardStatus.TRAINING_NEEDED].to_do == "Choose training for {name}"
    assert STATUS_WORDS[CardStatus.MENTOR_NEEDED].to_do == "Choose a mentor for {name}"


@given(
    st.builds(
        CardFacts,
        leaving=st.booleans(),
        induction=st.sampled_from(InductionStatus),
        partnership=st.none() | st.sampled_from(State),
        training=st.sampled_from(TrainingStatus),
        has_mentor=st.booleans(),
        stopped=st.booleans(),
    )
)
def test_every_card_has_a_status_with_words_and_registered_only_when_nothing_is_open(card: CardFacts) -> None:
    status = card_status(card)
    assert isinstance(STATUS_WORDS[status], StatusWords)
    settled = replace(card, leaving=False, induction=InductionStatus.NONE)
    if status is CardStatus.REGISTERED:
        assert card.has_mentor and not card.stopped
        assert settled.partnership in {None, State.ACTIVE}
        assert card.training is TrainingStatus.ACTIVE
