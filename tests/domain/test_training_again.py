"""Who needs training again, whether the same record goes on, and when the next one starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.training_again import TrainingSoFar, can_start

STARTED, TODAY = date(2025, 9, 1), date(2025, 9, 15)
FINE = TrainingSoFar(State.ACTIVE, True, TrainingStatus.ACTIVE, False, STARTED)


@pytest.mark.parametrize(
    ("changes", "needed", "goes_on"),
    [
        ({}, False, False),
        ({"partnership": None, "ever_active": False}, False, False),
        ({"partnership": State.PROPOSED, "ever_active": False}, False, True),
        ({"partnership": State.DECLINED, "ever_active": False}, True, True),
        ({"partnership": State.DECLINED}, True, False),
        ({"partnership": State.RETRACTED, "ever_active": False}, True, True),
        ({"partnership": State.CHALLENGED}, True, False),
        ({"training": TrainingStatus.WITHDRAWN}, True, False),
        ({"training": TrainingStatus.WITHDRAWN, "partnership": State.PROPOSED}, False, False),
        ({"training": TrainingStatus.DEFERRED}, False, False),
        ({"stopped": True}, True, False),
        ({"stopped": True, "partnership": None}, True, False),
        ({"stopped": True, "partnership": State.DECLINED, "ever_active": False}, True, False),
    ],
)
def test_either_side_can_end_training_and_only_what_nobody_was_shown_goes_on(
    changes: dict[str, Any], needed: bool, goes_on: bool
) -> None:
    so_far = replace(FINE, **changes)
    assert (so_far.is_needed_again, so_far.goes_on) == (needed, goes_on)


@pytest.mark.parametrize(
    ("changes", "together"),
    [
        ({"partnership": State.DECLINED}, True),
        ({"partnership": State.CHALLENGED}, True),
        ({"partnership": State.RETRACTED}, True),
        ({"partnership": State.CHALLENGED, "training": TrainingStatus.WITHDRAWN}, True),
        ({"partnership": State.DECLINED, "stopped": True}, False),
        ({"training": TrainingStatus.WITHDRAWN}, False),
        ({"stopped": True}, False),
        ({"partnership": None}, False),
    ],
)
def test_what_ended_with_the_partnership_ended_for_everybody_in_it(
    changes: dict[str, Any], together: bool
) -> None:
    assert replace(FINE, **changes).ended_together is together


@pytest.mark.parametrize(
    ("changes", "starts"),
    [
        ({}, TODAY),
        ({"started_on": TODAY}, date(2025, 9, 16)),
        ({"started_on": date(2025, 10, 1)}, date(2025, 10, 2)),
        ({"finished_on": date(2025, 12, 31)}, TODAY),
        ({"stopped": True, "finished_on": date(2025, 9, 12)}, TODAY),
        ({"stopped": True, "finished_on": TODAY}, date(2025, 9, 16)),
        ({"stopped": True}, TODAY),
    ],
)
def test_a_successor_starts_today_unless_the_record_before_has_a_day_to_keep(
    changes: dict[str, Any], starts: date
) -> None:
    assert replace(FINE, **changes).successor_starts(TODAY) == starts


def test_training_can_begin_up_to_the_last_day_at_the_school() -> None:
    assert can_start(TODAY, None) and can_start(TODAY, TODAY)
    assert not can_start(TODAY, date(2025, 9, 14))
