"""Facts about the ECT that a run is about, and the days that may be reported of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.domain import leaving
from app.domain.names import Fact
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.refusals import Refused
from app.services.supply import ects, together
from app.services.supply.together_facts import TOGETHER_FACTS
from app.services.supply.view import View


def last_day(view: View) -> date | None:
    """The last day at the school that was heard."""
    return _day(view, "last_day")


def stopped_on(view: View) -> date | None:
    """The last day of training that was heard."""
    return _day(view, "stopped_on")


def _day(view: View, field: str) -> date | None:
    said = view.heard.value(field)
    return date.fromisoformat(said) if said else None


def judge_last_day(view: View) -> None:
    """Raises Refused when the last day heard is outside its bounds."""
    day, ect = last_day(view), view.ect
    assert day is not None and ect is not None
    leaving.check_last_day(
        day,
        ect.card.started_on,
        view.reads.today,
        told=ect.card.finished_on,
        starts_elsewhere_on=ects.starts_elsewhere_on(view.reads),
        by_another_school=ect.card.registered_elsewhere,
    )


def judge_stopping_day(view: View) -> None:
    """Raises Refused when the last day of training that was heard is outside its bounds."""
    day, training = stopped_on(view), ects.training(view.reads)
    assert day is not None and training is not None
    leaving.check_stopping_day(day, training.started_on, view.reads.today)


def _stands(judge: Callable[[View], None]) -> Callable[[View], bool]:
    def holds(view: View) -> bool:
        try:
            judge(view)
        except Refused:
            return False
        return True

    return holds


def _last_day_is_past(view: View) -> bool:
    day = last_day(view)
    return day is not None and day < view.reads.today


def _stands_in(view: View) -> State | None:
    under = view.reads.partnership_of_ect()
    return State(under.status) if under else None


def _provider_stopped(view: View) -> bool:
    before = ects.so_far(view.reads)
    return bool(before and before.partnership is State.ACTIVE and before.training is TrainingStatus.WITHDRAWN)


def _begins_anew(view: View) -> bool:
    cards = (view.ect.card,) if view.ect else together.ects_of(view.reads)
    return any(each.training and not ects.as_rules_read(each.training).goes_on for each in cards)


def _ended_together(view: View) -> bool:
    return view.ect is not None and ects.ended_together(view.ect.card, view.reads.today)


def _school_stopped(view: View) -> bool:
    before = ects.so_far(view.reads)
    return before is not None and before.stopped


ECT_FACTS: Mapping[str, Callable[[View], bool]] = {
    Fact.ECT_HAS_LEFT: lambda view: ects.has_left(view.reads),
    Fact.LEAVING_IS_REPORTED: lambda view: bool(view.ect and view.ect.card.finished_on),
    Fact.ANOTHER_SCHOOL_REGISTERED_ECT: lambda view: bool(view.ect and view.ect.card.registered_elsewhere),
    Fact.LAST_DAY_STANDS: _stands(judge_last_day),
    Fact.LAST_DAY_IS_PAST: _last_day_is_past,
    Fact.ECT_IS_IN_TRAINING: lambda view: ects.is_in_training(view.reads),
    Fact.STOPPING_DAY_STANDS: _stands(judge_stopping_day),
    Fact.ECT_HAS_MENTOR: lambda view: bool(view.ect and view.ect.card.mentor),
    Fact.LEAD_PROVIDER_SEES_ECT: lambda view: _stands_in(view) is State.ACTIVE,
    Fact.LEAD_PROVIDER_IS_ASKED: lambda view: _stands_in(view) is State.PROPOSED,
    Fact.ECT_NEEDS_TRAINING: lambda view: ects.needs_training(view.reads),
    Fact.LEAD_PROVIDER_SAID_NO: lambda view: _stands_in(view) is State.DECLINED,
    Fact.SCHOOL_CALLED_IT_WRONG: lambda view: _stands_in(view) is State.CHALLENGED,
    Fact.LEAD_PROVIDER_STOPPED_TRAINING: _provider_stopped,
    Fact.SCHOOL_STOPPED_TRAINING: _school_stopped,
    Fact.TRAINING_IS_CHOSEN_AGAIN: lambda view: bool(view.ect or view.reads.ended()),
    Fact.TRAINING_ENDED_TOGETHER: _ended_together,
    **TOGETHER_FACTS,
    Fact.TRAINING_BEGINS_ANEW: _begins_anew,
}
