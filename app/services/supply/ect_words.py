"""Placeholders about the ECT that a run is about: who trains them now, what was said of it, the days reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.domain.cohorts import years
from app.domain.days import in_words, london_day
from app.domain.leaving import STOP_REASONS, StopReason
from app.domain.partnerships import (
    CHALLENGE_REASONS,
    DECLINE_REASONS,
    ChallengeReason,
    DeclineReason,
    State,
)
from app.domain.training import WithdrawalReason
from app.engine.wording import fill
from app.services.supply import ects, together
from app.services.supply.ect_facts import last_day, stopped_on

if TYPE_CHECKING:
    from app.services.supply.words import Lexicon


ENDED_FOR: Mapping[WithdrawalReason, str] = {
    WithdrawalReason.LEFT_TEACHING_PROFESSION: "they left teaching",
    WithdrawalReason.MOVED_SCHOOL: "they moved to another school",
    WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR: "they are not a mentor any more",
    WithdrawalReason.SWITCHED_TO_SCHOOL_LED: "their training is school-led now",
    WithdrawalReason.OTHER: "another reason",
}
"""How a lead provider’s reason for the end of somebody’s training reads to their school."""


def _words(day: date | None) -> str:
    return in_words(day) if day else ""


def _provider(x: Lexicon) -> str:
    under = x.view.reads.partnership_of_ect()
    return under.lead_provider_name if under else ""


def _contact(x: Lexicon) -> str:
    under = x.view.reads.partnership_of_ect()
    found = x.view.reads.lead_provider(under.lead_provider_id) if under else None
    return (found.contact_email or found.contact_phone) if found else ""


def _partner(x: Lexicon) -> str:
    under = x.view.reads.partnership_of_ect()
    return (under.delivery_partner_name or "") if under else ""


def _said_on(x: Lexicon) -> str:
    """The day of the no, of the school’s word that it is wrong, or of the lead provider’s that training stopped."""
    under, training = x.view.reads.partnership_of_ect(), ects.training(x.view.reads)
    if under is None:
        return ""
    at = {
        State.DECLINED: under.declined_at,
        State.CHALLENGED: under.challenged_at,
        State.ACTIVE: training.withdrawn_at if training else None,
    }.get(State(under.status))
    return _words(london_day(at)) if at else ""


def _why(x: Lexicon) -> str:
    """The reason that went with it."""
    under, training = x.view.reads.partnership_of_ect(), ects.training(x.view.reads)
    if under is None:
        return ""
    known = {
        "LP": under.lead_provider_name,
        "DP": under.delivery_partner_name or "The delivery partner",
        "DP 2": "",
        "year": years(under.cohort),
        "LP contact": _contact(x),
    }
    if under.status == State.DECLINED and under.declined_reason:
        # The other delivery partner isn’t kept with the record, so that reason ends before its name.
        return fill(DECLINE_REASONS[DeclineReason(under.declined_reason)], known).removesuffix(": ")
    if under.status == State.CHALLENGED and under.challenged_reason:
        return fill(CHALLENGE_REASONS[ChallengeReason(under.challenged_reason)], known)
    if under.status == State.ACTIVE and training and training.withdrawal_reason:
        return ENDED_FOR[WithdrawalReason(training.withdrawal_reason)]
    return ""


def _stop_reason(x: Lexicon) -> str:
    said = x.view.heard.value("stopped_reason")
    return STOP_REASONS[StopReason(said)] if said else ""


def _stands(x: Lexicon) -> str:
    """What a report’s consequences rest on besides its answers: never shown, only compared."""
    under, day = x.view.reads.partnership_of_ect(), last_day(x.view)
    is_past = day is not None and day < x.view.reads.today
    return f"{under.status if under else 'school led'}, {'past' if is_past else 'ahead'}"


ECT_WORDS: Mapping[str, Callable[[Lexicon], str]] = {
    "LP now": _provider,
    "LP now contact": _contact,
    "DP now": _partner,
    "said on": _said_on,
    "why now": _why,
    "who mentors": lambda x: (x.view.ect.card.mentor or "") if x.view.ect else "",
    "told last day": lambda x: _words(x.view.ect.card.finished_on) if x.view.ect else "",
    "how it stands": _stands,
    "begins on": lambda x: together.begins(x.view) or _words(ects.begins_on(x.view.reads)),
    "these ECTs": lambda x: together.names(x.view),
    "how many ECTs": lambda x: together.how_many(x.view),
    "left alone": lambda x: together.left_alone(x.view, x.kept),
    "last day": lambda x: _words(last_day(x.view)),
    "stopped on": lambda x: _words(stopped_on(x.view)),
    "stopped why": _stop_reason,
}
