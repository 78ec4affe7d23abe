"""States and who moves what, as tables drawn from the domain’s own (House, domain)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain import declarations, partnerships, statements, training
from app.domain.participant_status import PARTICIPANT_STATUSES, ParticipantStatus
from app.domain.participants import TrainingStatus
from app.domain.partnerships import ChallengeReason, DeclineReason
from app.domain.schedules import Course, DeclarationType
from app.domain.transfers import TransferStatus, TransferType
from app.web.api_docs.pages import Cell, Codes, Table

MOVES_HEAD = ("From", "To", "Who", "What happens")
NEW = "new"

PARTICIPANT_STATUS_WORDS: Mapping[ParticipantStatus, str] = MappingProxyType(
    {
        ParticipantStatus.WITHDRAWN: "The school has said that they stopped training",
        ParticipantStatus.LEAVING: "Their last day is today or later",
        ParticipantStatus.LEFT: "Their last day has passed",
        ParticipantStatus.JOINING: "Their first day is still to come",
        ParticipantStatus.ACTIVE: "None of the others",
    }
)
TRANSFER_WORDS: Mapping[TransferType | TransferStatus, str] = MappingProxyType(
    {
        TransferType.NEW_SCHOOL: "They join another school, with the same lead provider",
        TransferType.NEW_PROVIDER: "They join another school, and the lead provider changes",
        TransferType.UNKNOWN: "No other school has registered them yet",
        TransferStatus.COMPLETE: "Both days have come",
        TransferStatus.INCOMPLETE: "The later of the two days is still to come",
    }
)
DEFERRAL_WORDS: Mapping[training.DeferralReason, str] = MappingProxyType(
    {
        training.DeferralReason.BEREAVEMENT: "Somebody close to them has died",
        training.DeferralReason.LONG_TERM_SICKNESS: "They are ill for a long time",
        training.DeferralReason.PARENTAL_LEAVE: "They are on maternity, paternity, adoption or shared leave",
        training.DeferralReason.CAREER_BREAK: "They take a break from teaching",
        training.DeferralReason.OTHER: "Something else",
    }
)
WITHDRAWAL_WORDS: Mapping[training.WithdrawalReason, str] = MappingProxyType(
    {
        training.WithdrawalReason.LEFT_TEACHING_PROFESSION: "They no longer teach",
        training.WithdrawalReason.MOVED_SCHOOL: "They moved to a school that does not train with you",
        training.WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR: "They no longer mentor",
        training.WithdrawalReason.SWITCHED_TO_SCHOOL_LED: "Their school trains them itself",
        training.WithdrawalReason.OTHER: "Something else",
    }
)


def partnership_moves() -> Table:
    """Every move of a partnership record."""
    rows = tuple(
        (_from(each.from_, partnerships.State), Codes((each.to,)), each.who.capitalize(), each.how)
        for each in partnerships.TRANSITIONS
    )
    return Table("How a partnership moves", MOVES_HEAD, rows)


def declaration_states() -> Table:
    """The states of a declaration, and which of them are live."""
    rows = tuple(
        (Codes((each,)), "Yes" if each in declarations.LIVE else "No") for each in declarations.State
    )
    return Table("States of a declaration", ("State", "Live"), rows)


def declaration_moves() -> Table:
    """Every move of a declaration."""
    rows = tuple(
        (
            _from(each.from_, declarations.State),
            Codes((each.to,)),
            " or ".join(each.who).capitalize(),
            each.how,
        )
        for each in declarations.TRANSITIONS
    )
    return Table("How a declaration moves", MOVES_HEAD, rows)


def statement_moves() -> Table:
    """Every move of a statement."""
    rows = tuple(
        (
            Codes((each.from_,)),
            Codes((each.to,)),
            f"The {each.who}".replace("The finance", "DfE finance"),
            each.how,
        )
        for each in statements.TRANSITIONS
    )
    return Table("How a statement moves", MOVES_HEAD, rows)


def training_moves() -> Table:
    """What each action does to each training_status, or how it is refused."""
    rows = tuple(
        (Codes((status,)), *(_after(training.MOVES[status, action]) for action in training.Action))
        for status in TrainingStatus
    )
    return Table("What each action does to training_status", ("From", *map(str, training.Action)), rows)


def participant_statuses() -> Table:
    """When each participant_status holds, in the order they are tried."""
    rows = tuple((Codes((status,)), PARTICIPANT_STATUS_WORDS[status]) for status, _ in PARTICIPANT_STATUSES)
    return Table("participant_status: the first that fits", ("Status", "When"), rows)


def transfer_types() -> Table:
    """The kinds of transfer."""
    rows = tuple((Codes((each,)), TRANSFER_WORDS[each]) for each in TransferType)
    return Table("transfer_type", ("Type", "When"), rows)


def transfer_statuses() -> Table:
    """When a transfer is complete."""
    rows = tuple((Codes((each,)), TRANSFER_WORDS[each]) for each in TransferStatus)
    return Table("Status of a transfer", ("Status", "When"), rows)


def deferral_reasons() -> Table:
    """Why training may pause."""
    rows = tuple((Codes((each,)), DEFERRAL_WORDS[each]) for each in training.DeferralReason)
    return Table("Reasons to defer", ("Reason", "When"), rows)


def withdrawal_reasons() -> Table:
    """Why training may end, and for whom."""
    rows = tuple(
        (
            Codes((each,)),
            WITHDRAWAL_WORDS[each] + (" (mentors only)" if each in training.MENTORS_ONLY else ""),
        )
        for each in training.WithdrawalReason
    )
    return Table("Reasons to withdraw", ("Reason", "When"), rows)


def challenge_reasons() -> Table:
    """What a school can say of a partnership."""
    rows = _told(partnerships.CHALLENGE_REASONS, {"year": "that year"})
    return Table("Why a school challenges a partnership", ("Reason", "What the school chose"), rows)


def decline_reasons() -> Table:
    """What a lead provider can say of a proposal."""
    words = {"year": "that year", "DP": "The delivery partner", "DP 2": "its name", "LP": "you"}
    rows = _told(
        partnerships.DECLINE_REASONS, {**words, "LP contact": "your email address or telephone number"}
    )
    return Table("Why you decline a proposal", ("Reason", "What the school reads"), rows)


def evidence() -> Table:
    """What evidence a declaration needs, by cohort, course and type."""
    rows = tuple(
        (
            "Detailed" if each.detailed else "Simple",
            "ECT or mentor" if len(each.courses) > 1 else _person(next(iter(each.courses))),
            Codes(tuple(kind for kind in DeclarationType if kind in each.types)),
            _needed(each),
            Codes(tuple(each.allowed)) if each.allowed else "None",
        )
        for each in declarations.EVIDENCE
    )
    return Table(
        "Evidence", ("Evidence types of the cohort", "Who", "declaration_type", "Needed", "Accepted"), rows
    )


def _person(course: Course) -> str:
    return "ECT" if course is Course.ECF_INDUCTION else "Mentor"


def _needed(rule: declarations.EvidenceRule) -> str:
    if not rule.allowed:
        return "Ignored"
    return "Yes" if rule.required else "Optional"


def _from(states: Container[StrEnum | None], all_states: type[StrEnum]) -> Cell:
    named = tuple(str(state) for state in all_states if state in states)
    return Codes((NEW, *named) if None in states else named)


def _after(result: TrainingStatus | tuple[str, str]) -> Cell:
    if isinstance(result, TrainingStatus):
        return Codes((result,))
    return Codes((result[1],), before="Refused: ")


def _told(
    reasons: Mapping[ChallengeReason, str] | Mapping[DeclineReason, str], values: Mapping[str, str]
) -> tuple[tuple[Cell, ...], ...]:
    """Reasons in the school’s words. Placeholders may hold blanks, so they are filled by replacing."""
    rows = []
    for reason, words in reasons.items():
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", value)  # noqa: PLW2901
        rows.append((Codes((reason,)), words))
    return tuple(rows)
