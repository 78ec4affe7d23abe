"""What a mentor’s card says of their training: the first row that fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.funding import MentorReason
from app.domain.mentor_status import MENTOR_STATUSES, MENTOR_TAGS, MentorFacts, MentorStatus, mentor_status
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State

TRAINS = MentorFacts(State.ACTIVE, TrainingStatus.ACTIVE, over=False, not_funded=None)


def test_every_status_has_one_rule_and_one_tag() -> None:
    assert [status for status, _fits in MENTOR_STATUSES] == list(MentorStatus) == list(MENTOR_TAGS)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, MentorStatus.IN_TRAINING),
        ({"partnership": State.PROPOSED}, MentorStatus.WAITING),
        ({"training": TrainingStatus.DEFERRED}, MentorStatus.PAUSED),
        ({"training": TrainingStatus.WITHDRAWN}, MentorStatus.STOPPED),
        ({"partnership": State.DECLINED}, MentorStatus.STOPPED),
        ({"partnership": State.CHALLENGED}, MentorStatus.STOPPED),
        ({"partnership": State.RETRACTED}, MentorStatus.STOPPED),
        ({"over": True}, MentorStatus.STOPPED),
        ({"partnership": None}, MentorStatus.NOT_REGISTERED),
        ({"not_funded": MentorReason.COMPLETED_DECLARATION_RECEIVED}, MentorStatus.COMPLETED),
        ({"not_funded": MentorReason.STARTED_NOT_COMPLETED}, MentorStatus.IN_TRAINING),
    ],
)
def test_one_fact_decides_the_status(changes: dict[str, object], status: MentorStatus) -> None:
    assert mentor_status(replace(TRAINS, **changes)) is status  # type: ignore[arg-type]


def test_somebody_who_has_completed_training_has_done_so_whatever_became_of_it_since() -> None:
    early = MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT
    for partnership in (None, *State):
        facts = MentorFacts(partnership, TrainingStatus.WITHDRAWN, over=True, not_funded=early)
        assert mentor_status(facts) is MentorStatus.COMPLETED


def test_what_was_said_before_a_partnership_is_asked_for_again_is_past() -> None:
    asked_again = replace(TRAINS, partnership=State.PROPOSED, training=TrainingStatus.WITHDRAWN)
    assert mentor_status(asked_again) is MentorStatus.WAITING
