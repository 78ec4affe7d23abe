"""When mentors begin, and whether they train: the table of what becomes of a mentor’s training."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.mentoring import (
    MentorTraining,
    TrainingOfEct,
    check_start,
    follows_on,
    goes_on_as,
    is_paid_for,
    mentor_training,
    mentors_from,
    training_begins,
    trains_on,
)
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.refusals import Refused
from app.domain.training_again import TrainingSoFar

TODAY = date(2025, 9, 15)
BEGAN = date(2025, 9, 1)
LIVE = TrainingSoFar(State.ACTIVE, True, TrainingStatus.ACTIVE, False, BEGAN)
ASKED = replace(LIVE, partnership=State.PROPOSED, ever_active=False)
GIVEN = TrainingOfEct(State.ACTIVE, TrainingStatus.ACTIVE, goes_on=True)


def test_a_mentor_starts_after_every_other_start_and_at_most_four_months_ahead() -> None:
    there = (date(2025, 9, 1), date(2024, 9, 1))
    assert check_start(date(2025, 9, 2), there, TODAY) == date(2025, 9, 2)
    with pytest.raises(Refused) as early:
        check_start(date(2025, 9, 1), there, TODAY)
    assert (early.value.reason, early.value.detail) == ("too_early", {"earliest": date(2025, 9, 2)})
    assert check_start(date(2026, 1, 15), there, TODAY) == date(2026, 1, 15)
    with pytest.raises(Refused) as late:
        check_start(date(2026, 1, 16), there, TODAY)
    assert (late.value.reason, late.value.detail) == ("too_far_ahead", {"date": date(2026, 1, 15)})
    assert check_start(date(2020, 1, 1), (), TODAY) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("ect", "mentor", "begins"),
    [
        (date(2025, 9, 1), date(2025, 9, 1), TODAY),
        (date(2025, 10, 1), date(2025, 9, 1), date(2025, 10, 1)),
        (date(2025, 9, 1), date(2025, 11, 3), date(2025, 11, 3)),
    ],
)
def test_they_mentor_from_today_or_once_both_are_there(ect: date, mentor: date, begins: date) -> None:
    assert mentors_from(ect, mentor, TODAY) == begins


@pytest.mark.parametrize(
    ("ect", "funded", "trains", "becomes"),
    [
        (GIVEN, True, False, MentorTraining.STARTS),
        (replace(GIVEN, partnership=State.PROPOSED), True, False, MentorTraining.STARTS),
        (replace(GIVEN, training=TrainingStatus.DEFERRED), True, False, MentorTraining.STARTS),
        (GIVEN, True, True, MentorTraining.TRAINS_ALREADY),
        (GIVEN, False, False, MentorTraining.NOT_FUNDED),
        (GIVEN, False, True, MentorTraining.NOT_FUNDED),
        (replace(GIVEN, partnership=None), False, False, MentorTraining.SCHOOL_LED),
        (replace(GIVEN, partnership=None), True, True, MentorTraining.SCHOOL_LED),
        (replace(GIVEN, partnership=State.DECLINED), True, False, MentorTraining.ECT_HAS_NONE),
        (replace(GIVEN, partnership=State.CHALLENGED), True, False, MentorTraining.ECT_HAS_NONE),
        (replace(GIVEN, training=TrainingStatus.WITHDRAWN), True, False, MentorTraining.ECT_HAS_NONE),
        (replace(GIVEN, goes_on=False), True, False, MentorTraining.ECT_HAS_NONE),
        (None, True, False, MentorTraining.ECT_HAS_NONE),
        (None, False, False, MentorTraining.NOT_FUNDED),
    ],
)
def test_what_becomes_of_a_mentors_training(
    ect: TrainingOfEct | None, funded: bool, trains: bool, becomes: MentorTraining
) -> None:
    assert mentor_training(ect, funded, trains) is becomes


def test_training_begins_in_its_cohort_on_the_schedule_of_its_month() -> None:
    assert training_begins(date(2025, 11, 3), 2025) == (date(2025, 11, 3), "ecf-standard-january")
    assert training_begins(date(2025, 4, 1), 2025) == (date(2025, 6, 1), "ecf-standard-september")


@pytest.mark.parametrize(
    ("record", "trains"),
    [
        (LIVE, True),
        (ASKED, True),
        (replace(LIVE, training=TrainingStatus.DEFERRED), True),
        (replace(LIVE, training=TrainingStatus.WITHDRAWN), False),
        (replace(ASKED, training=TrainingStatus.WITHDRAWN), True),
        (replace(LIVE, stopped=True, finished_on=date(2025, 12, 1)), False),
        *((replace(LIVE, partnership=state), False) for state in (State.DECLINED, State.CHALLENGED)),
        (replace(ASKED, partnership=State.RETRACTED), False),
        (replace(LIVE, finished_on=TODAY), True),
        (replace(LIVE, finished_on=date(2025, 9, 14)), False),
    ],
)
def test_only_a_record_that_somebody_trains_them_by_counts_as_training(
    record: TrainingSoFar, trains: bool
) -> None:
    assert trains_on(record, TODAY) is trains


def test_training_that_ends_before_theirs_would_begin_does_not_keep_them_from_it() -> None:
    assert trains_on(replace(LIVE, finished_on=date(2025, 9, 30)), date(2025, 10, 1)) is False
    assert trains_on(replace(LIVE, finished_on=date(2025, 9, 30)), date(2025, 9, 30)) is True


def test_a_record_no_lead_provider_was_shown_goes_on_and_any_other_is_followed_by_one_of_its_own() -> None:
    declined, challenged = (
        replace(ASKED, partnership=State.DECLINED),
        replace(LIVE, partnership=State.CHALLENGED),
    )
    assert [goes_on_as(each) for each in (None, declined, challenged)] == [False, True, False]
    assert goes_on_as(replace(declined, finished_on=TODAY)) is False
    assert follows_on(None, TODAY, TODAY) == TODAY
    assert follows_on(challenged, TODAY, TODAY) == TODAY
    assert follows_on(replace(challenged, started_on=TODAY), TODAY, TODAY) == date(2025, 9, 16)
    assert follows_on(challenged, date(2025, 10, 1), TODAY) == date(2025, 10, 1)


@pytest.mark.parametrize(
    ("by_hand", "flagged", "paid"),
    [(None, False, True), (None, True, False), (True, True, True), (False, False, False)],
)
def test_dfe_pays_unless_a_flag_is_set_or_somebody_decided(
    by_hand: bool | None, flagged: bool, paid: bool
) -> None:
    assert is_paid_for(by_hand, flagged) is paid
