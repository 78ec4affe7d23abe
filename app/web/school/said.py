"""What each side has said of somebody’s training, in words: the lead provider’s status and the school’s own.

They may disagree: that is information, so both stand on the page. (Provider API, “training_status” and
“participant_status”.) A last day that follows from a registration at another school is told as that school’s word.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.data.queries.participants import Card
from app.data.queries.training import Training
from app.domain.days import in_words
from app.domain.participant_status import ParticipantStatus, RecordDates, participant_status
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.people import possessive
from app.domain.training import DeferralReason, WithdrawalReason
from app.engine.wording import fill
from app.services.supply.ect_words import ENDED_FOR
from app.web.journeys.page import SummaryRow
from app.web.school.wording import day_of

A_DAY = timedelta(days=1)
PAUSED_FOR: Mapping[DeferralReason, str] = {
    DeferralReason.BEREAVEMENT: "bereavement",
    DeferralReason.LONG_TERM_SICKNESS: "long-term sickness",
    DeferralReason.PARENTAL_LEAVE: "parental leave",
    DeferralReason.CAREER_BREAK: "a career break",
    DeferralReason.OTHER: "another reason",
}
IT, YOU, ANOTHER = "Your lead provider has told us", "You told us", "Another school told us"
_YOU: Mapping[ParticipantStatus, str] = {
    ParticipantStatus.JOINING: "{name} joins training on {day}",
    ParticipantStatus.ACTIVE: "{name} has been in training since {day}",
    ParticipantStatus.LEAVING: "{name} leaves on {day}",
    ParticipantStatus.LEFT: "{name} left on {day}",
    ParticipantStatus.WITHDRAWN: "{name} stopped training on {day}",
}
_ANOTHER: Mapping[ParticipantStatus, str] = {
    ParticipantStatus.LEAVING: "{name} starts there on {next day}, so they leave your school on {day}",
    ParticipantStatus.LEFT: "{name} started there on {next day}, so they left your school on {day}",
}


def both_sides(card: Card, today: date) -> tuple[SummaryRow, ...]:
    """A row for what each side has said: the lead provider’s while its word counts, the school’s then too, and whenever
    training ends by its word or that of another school."""
    training, name = card.training, card.name
    if training is None:
        return ()
    it, you = SummaryRow(IT, it_told(training, name)), _of_schools(card, training, today)
    if training.partnership_status == State.ACTIVE:
        return it, you
    return (you,) if training.stopped_on or training.finished_on else ()


def news_of(card: Card, today: date) -> tuple[SummaryRow, ...]:
    """The rows that a card has room for: what either side has said of an end or a pause."""
    training = card.training
    if training is None:
        return ()
    ends = bool(training.stopped_on or training.finished_on)
    shown = {IT: training.training_status != TrainingStatus.ACTIVE, YOU: ends, ANOTHER: ends}
    return tuple(row for row in both_sides(card, today) if shown[row.label])


def it_told(training: Training, name: str) -> str:
    """The lead provider’s word: “It paused Ada Park’s training on 1 October 2025: parental leave”."""
    status = TrainingStatus(training.training_status)
    if status is TrainingStatus.DEFERRED:
        reason = PAUSED_FOR[DeferralReason(training.deferral_reason)] if training.deferral_reason else ""
        return f"It paused {possessive(name)} training on {_when(training.deferred_at, reason)}"
    if status is TrainingStatus.WITHDRAWN:
        reason = ENDED_FOR[WithdrawalReason(training.withdrawal_reason)] if training.withdrawal_reason else ""
        return f"It stopped {possessive(name)} training on {_when(training.withdrawn_at, reason)}"
    return f"{name} is in training"


def _of_schools(card: Card, training: Training, today: date) -> SummaryRow:
    """The word of the school that the last day follows from: this one, or another that has registered the ECT."""
    words = _ANOTHER.get(_status(training, today)) if card.registered_elsewhere else None
    if words is None or card.finished_on is None:
        return SummaryRow(YOU, you_told(training, card.name, today))
    days = {"day": in_words(card.finished_on), "next day": in_words(card.finished_on + A_DAY)}
    return SummaryRow(ANOTHER, fill(words, {"name": card.name, **days}))


def _status(training: Training, today: date) -> ParticipantStatus:
    stopped = training.stopped_on is not None
    dates = RecordDates(training.id, training.started_on, training.finished_on, stopped)
    return participant_status(dates, today)


def you_told(training: Training, name: str, today: date) -> str:
    """The school’s word: “Ada Park leaves on 1 October 2025”."""
    status = _status(training, today)
    day = training.stopped_on or training.finished_on or training.started_on
    return _YOU[status].replace("{day}", in_words(day)).replace("{name}", name)


def _when(at: datetime | None, reason: str) -> str:
    return f"{day_of(at)}{f': {reason}' if reason else ''}"
