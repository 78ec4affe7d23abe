"""When mentors begin, and whether they train: the table of what becomes of a mentor’s training."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.mentoring import (
    MentorTraining,
    TrainingOfEct,
    check_start,
    mentor_training,
    mentors_from,
    training_begins,
)
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.refusals import Refused

TODAY = date(2025, 9, 15)
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
