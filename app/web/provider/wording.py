"""How states and reasons read to people at a lead provider, who know the words of the API."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.cohorts import years
from app.domain.participant_status import ParticipantStatus
from app.domain.participants import TrainingStatus
from app.domain.partnerships import ChallengeReason, DeclineReason
from app.web.school.pages import TagView

NOT_GIVEN = "The school has not given one"
PROPOSALS: Mapping[str, TagView] = {
    "proposed": TagView("Waiting for you", "yellow"),
    "declined": TagView("Declined", "red"),
    "retracted": TagView("Retracted", "grey"),
}
PARTNERSHIPS: Mapping[str, TagView] = {
    "active": TagView("Active", "green"),
    "challenged": TagView("Challenged", "red"),
}
TRAINING: Mapping[str, TagView] = {
    TrainingStatus.ACTIVE: TagView("Active", "green"),
    TrainingStatus.DEFERRED: TagView("Deferred", "orange"),
    TrainingStatus.WITHDRAWN: TagView("Withdrawn", "grey"),
}
AT_SCHOOL: Mapping[str, TagView] = {
    ParticipantStatus.ACTIVE: TagView("Active", "green"),
    ParticipantStatus.JOINING: TagView("Joining", "blue"),
    ParticipantStatus.LEAVING: TagView("Leaving", "yellow"),
    ParticipantStatus.LEFT: TagView("Left", "grey"),
    ParticipantStatus.WITHDRAWN: TagView("Withdrawn", "grey"),
}
TRAINING_WORDS: Mapping[str, str] = {
    TrainingStatus.ACTIVE: "Active: you train them",
    TrainingStatus.DEFERRED: "Deferred: you have paused their training",
    TrainingStatus.WITHDRAWN: "Withdrawn: you have ended their training",
}
AT_SCHOOL_WORDS: Mapping[str, str] = {
    ParticipantStatus.ACTIVE: "Active: they train at this school",
    ParticipantStatus.JOINING: "Joining: they have not started at this school yet",
    ParticipantStatus.LEAVING: "Leaving: the school has said on which day their training there ends",
    ParticipantStatus.LEFT: "Left: their training at this school has ended",
    ParticipantStatus.WITHDRAWN: "Withdrawn: the school has said that they stopped training",
}
DECLINED: Mapping[str, str] = {
    DeclineReason.NO_AGREEMENT: "We have no agreement with this school",
    DeclineReason.WRONG_DELIVERY_PARTNER: "This school works with a different delivery partner",
    DeclineReason.DELIVERY_PARTNER_UNAVAILABLE: "The delivery partner cannot take ECTs from this school",
    DeclineReason.NOT_THIS_COHORT: "We do not take ECTs who start in {year}",
    DeclineReason.OTHER: "Another reason",
}
_CHALLENGED: Mapping[str, str] = {
    ChallengeReason.ANOTHER_PROVIDER: "It works with a different lead provider or delivery partner",
    ChallengeReason.NOT_CONFIRMED: "It has not agreed to work with you",
    ChallengeReason.DO_NOT_RECOGNISE: "It does not know who you are",
    ChallengeReason.NO_ECTS: "It has no ECTs in {year}",
    ChallengeReason.MISTAKE: "It is wrong for another reason",
}
NOT_FUNDED: Mapping[str, str] = {
    "completed_declaration_received": "They have completed mentor training",
    "completed_during_early_roll_out": "They completed mentor training in the early roll-out",
    "started_not_completed": "They started mentor training before and did not complete it",
}


def declined(reason: str | None, cohort: int) -> str:
    """Why the lead provider said no."""
    return "Not given" if reason is None else DECLINED[reason].replace("{year}", years(cohort))


def challenged(reason: str | None, cohort: int) -> str:
    """Why the school says that a partnership is wrong."""
    return "Not given" if reason is None else _CHALLENGED[reason].replace("{year}", years(cohort))


def code_words(code: str) -> str:
    """“Parental leave” for parental-leave."""
    return code.replace("-", " ").replace("_", " ").capitalize()
