"""Facts and placeholders about the mentor that a run gives an ECT."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.domain.days import in_words
from app.domain.funding import MentorReason
from app.domain.mentoring import MentorTraining
from app.domain.names import Fact
from app.domain.people import possessive
from app.domain.refusals import Refused
from app.services.supply import mentors
from app.services.supply.view import View

if TYPE_CHECKING:
    from app.services.supply.words import Lexicon

NOT_FUNDED: Mapping[MentorReason | None, str] = {
    MentorReason.COMPLETED_DECLARATION_RECEIVED: "they have completed mentor training",
    MentorReason.COMPLETED_DURING_EARLY_ROLL_OUT: "they completed mentor training in the early roll-out",
    MentorReason.STARTED_NOT_COMPLETED: "they started mentor training before and did not complete it",
    None: "DfE has decided so",
}
"""Why DfE doesn’t pay for somebody’s mentor training, as a school reads it."""


def _start_stands(view: View) -> bool:
    try:
        mentors.judge_start(view)
    except Refused:
        return False
    return True


def _becomes(what: MentorTraining) -> Callable[[View], bool]:
    return lambda view: view.ect is not None and mentors.training(view) is what


def _starts_training(view: View) -> bool:
    """As it was told, once it was: when all is sent, the mentor is in training already."""
    told = view.heard.answer("mentor_training")
    if told is not None:
        return told.subject == mentors.told(view, MentorTraining.STARTS)
    return view.ect is not None and mentors.training(view) is MentorTraining.STARTS


MENTOR_FACTS: Mapping[str, Callable[[View], bool]] = {
    Fact.MENTORS_ARE_OFFERED: lambda view: bool(mentors.offered(view)),
    Fact.MENTOR_STAYS: mentors.stays,
    Fact.MENTOR_WOULD_FOLLOW: mentors.would_follow,
    Fact.MENTOR_IS_THE_ECT: mentors.is_the_ect,
    Fact.MENTOR_IS_HERE_ALREADY: mentors.is_here,
    Fact.MENTORS_ELSEWHERE: lambda view: bool(mentors.elsewhere(view)),
    Fact.MENTOR_START_STANDS: _start_stands,
    Fact.MENTOR_STARTS_TRAINING: _starts_training,
    Fact.MENTOR_IS_NOT_FUNDED: _becomes(MentorTraining.NOT_FUNDED),
    Fact.MENTOR_TRAINS_ALREADY: _becomes(MentorTraining.TRAINS_ALREADY),
    Fact.MENTOR_WAITS_FOR_ECT: _becomes(MentorTraining.ECT_HAS_NONE),
    Fact.MENTOR_FOLLOWS_SCHOOL_LED: _becomes(MentorTraining.SCHOOL_LED),
}


def _ect(x: Lexicon) -> str:
    return x.view.ect.card.name if x.view.ect else ""


def _schools(x: Lexicon) -> str:
    names = list(dict.fromkeys(each.school_name for each in mentors.elsewhere(x.view)))
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _stands(x: Lexicon) -> str:
    """What the consequences rest on besides the answers: never shown, only compared."""
    now = x.view.reads.mentor_now()
    return f"{now.id if now else ''}, {mentors.training(x.view)}, {mentors.mentors_from(x.view)}"


MENTOR_WORDS: Mapping[str, Callable[[Lexicon], str]] = {
    "ECT": _ect,
    "ECT’s": lambda x: possessive(_ect(x)),
    "mentor": lambda x: mentors.name(x.view),
    "mentor’s": lambda x: possessive(mentors.name(x.view)),
    "mentor start date": lambda x: in_words(mentors.start(x.view)),
    "mentors from": lambda x: in_words(mentors.mentors_from(x.view)),
    "other schools": _schools,
    "why not funded": lambda x: NOT_FUNDED[mentors.reason_not_to_fund(x.view)],
    "how mentoring stands": _stands,
}
