"""Partnership records: their states, who moves them, the reasons given, and which delivery partner to ask
about.

School journey, “Partnership records”. `TRANSITIONS` is the one table: code moves by it and documents are
drawn from it. Organisations are named by their ids; names are never compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar

from app.domain.refusals import Refused


class State(StrEnum):
    """The states of a partnership record. `active` means confirmed by the lead provider."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    DECLINED = "declined"
    RETRACTED = "retracted"
    CHALLENGED = "challenged"


class Who(StrEnum):
    """Whose word moves a record."""

    SCHOOL = "school"
    LEAD_PROVIDER = "lead provider"


class Action(StrEnum):
    """What can be done to a record."""

    PROPOSE = "propose"
    CONFIRM = "confirm"
    REPORT = "report"
    DECLINE = "decline"
    RETRACT = "retract"
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. None in `from_` is “no record yet”; `how` is the sentence for documents."""

    action: Action
    from_: frozenset[State | None]
    to: State
    who: Who
    how: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Action.PROPOSE,
        frozenset({None, State.CHALLENGED, State.DECLINED, State.RETRACTED}),
        State.PROPOSED,
        Who.SCHOOL,
        "Registers with a lead provider and delivery partner for which no proposed or active record exists",
    ),
    Transition(
        Action.CONFIRM,
        frozenset({State.PROPOSED}),
        State.ACTIVE,
        Who.LEAD_PROVIDER,
        "Confirms the proposal",
    ),
    Transition(
        Action.REPORT,
        frozenset({None, State.PROPOSED, State.DECLINED, State.CHALLENGED, State.RETRACTED}),
        State.ACTIVE,
        Who.LEAD_PROVIDER,
        "Reports the partnership itself by API",
    ),
    Transition(
        Action.DECLINE,
        frozenset({State.PROPOSED}),
        State.DECLINED,
        Who.LEAD_PROVIDER,
        "Says no, with a reason; the school is shown it and asked again",
    ),
    Transition(
        Action.RETRACT,
        frozenset({State.PROPOSED}),
        State.RETRACTED,
        Who.SCHOOL,
        "Changes its mind before confirmation, or everyone waiting on it moved to a named delivery partner",
    ),
    Transition(
        Action.CHALLENGE,
        frozenset({State.ACTIVE}),
        State.CHALLENGED,
        Who.SCHOOL,
        "Says that it is wrong, at any time, with a reason",
    ),
)

LIVE = frozenset({State.PROPOSED, State.ACTIVE})
"""Records that a new registration joins as they are."""

MAY_LACK_DELIVERY_PARTNER = frozenset({State.PROPOSED, State.DECLINED, State.RETRACTED})
"""A partnership becomes active with a named delivery partner only, and keeps it."""


def next_state(action: Action, state: State | None) -> State:
    """The state after an action; `state` None when there is no record yet.

    Raises Refused("wrong_state", action=…, state=…) when the table has no such row.
    """
    for transition in TRANSITIONS:
        if transition.action is action and state in transition.from_:
            return transition.to
    raise Refused("wrong_state", action=action, state=state)


class Standing(Protocol):
    """What a partnership record says of itself. `status` is one of the states."""

    @property
    def id(self) -> str:
        """The record."""

    @property
    def lead_provider_id(self) -> str:
        """Its lead provider."""

    @property
    def delivery_partner_id(self) -> str | None:
        """Its delivery partner, when known."""

    @property
    def cohort(self) -> int:
        """Its cohort."""

    @property
    def status(self) -> str:
        """Its state."""

    @property
    def proposed_at(self) -> datetime | None:
        """When the school asked for it last."""

    @property
    def confirmed_at(self) -> datetime | None:
        """When the lead provider said yes last."""


S = TypeVar("S", bound=Standing)


def named_instead(waiting: Standing, of_school: Iterable[S]) -> S | None:
    """The partnership that a lead provider confirmed after the school had asked it for `waiting`, with another delivery
    partner: the latest of them; None when there is nothing to ask the school. (“The LP names another DP”.)

    One confirmed before the school asked is no answer to it: the school chose a second delivery partner.
    """
    if waiting.status != State.PROPOSED or waiting.delivery_partner_id is None or waiting.proposed_at is None:
        return None
    named = [
        (each.confirmed_at, each)
        for each in of_school
        if each.status == State.ACTIVE
        and (each.lead_provider_id, each.cohort) == (waiting.lead_provider_id, waiting.cohort)
        and each.confirmed_at is not None
        and each.confirmed_at > waiting.proposed_at
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


class ChallengeReason(StrEnum):
    """Why a school says that a partnership is wrong, as the API spells it."""

    ANOTHER_PROVIDER = "another_provider"
    NOT_CONFIRMED = "not_confirmed"
    DO_NOT_RECOGNISE = "do_not_recognise"
    NO_ECTS = "no_ects"
    MISTAKE = "mistake"


class DeclineReason(StrEnum):
    """Why a lead provider says no to a proposal, as the API spells it."""

    NO_AGREEMENT = "no_agreement"
    WRONG_DELIVERY_PARTNER = "wrong_delivery_partner"
    DELIVERY_PARTNER_UNAVAILABLE = "delivery_partner_unavailable"
    NOT_THIS_COHORT = "not_this_cohort"
    OTHER = "other"


# School pages’ words (“Words”, table 8), with the placeholders used there.
CHALLENGE_REASONS: Mapping[ChallengeReason, str] = MappingProxyType(
    {
        ChallengeReason.ANOTHER_PROVIDER: "We work with a different lead provider or delivery partner",
        ChallengeReason.NOT_CONFIRMED: "We have not agreed to work with them",
        ChallengeReason.DO_NOT_RECOGNISE: "We do not know who they are",
        ChallengeReason.NO_ECTS: "We have no ECTs in {year}",
        ChallengeReason.MISTAKE: "It is wrong for another reason",
    }
)
DECLINE_REASONS: Mapping[DeclineReason, str] = MappingProxyType(
    {
        DeclineReason.NO_AGREEMENT: "It has no agreement with your school",
        DeclineReason.WRONG_DELIVERY_PARTNER: "Your school works with a different delivery partner: {DP 2}",
        DeclineReason.DELIVERY_PARTNER_UNAVAILABLE: "{DP} cannot take ECTs from your school",
        DeclineReason.NOT_THIS_COHORT: "It does not take ECTs who start in {year}",
        DeclineReason.OTHER: "Another reason: contact {LP} at {LP contact}",
    }
)

RADIOS_AT_MOST = 15
"""More delivery partners than this are asked for by radios for the likely few and an autocomplete."""


def same_organisation_partner(
    linked: Collection[str], eligible: Collection[str], refused: str | None = None
) -> str | None:
    """The delivery partner to ask “Will your appropriate body also be …?” about; None for not asking.

    Only when exactly one partner linked to the appropriate body is eligible, and it isn’t the one just
    refused: a mistaken “yes” is what this question is feared for.
    """
    claims = set(linked) & set(eligible)
    return claims.pop() if len(claims) == 1 and refused not in claims else None


def runs_several(linked: Collection[str], eligible: Collection[str]) -> bool:
    """Whether the appropriate body runs training under more than one eligible name: straight to the list."""
    return len(set(linked) & set(eligible)) > 1


def existing_partner(live_partners: Sequence[str | None]) -> str | None:
    """The delivery partner to ask “Will they run this training too?” about; None for not asking.

    `live_partners` has one entry for each proposed or active record of the school with this lead provider in
    this cohort, None for a record whose delivery partner isn’t known.
    """
    return live_partners[0] if len(live_partners) == 1 else None


def likely_partners(
    eligible: Collection[str],
    linked: Collection[str] = (),
    used_here: Collection[str] = (),
    used_nearby: Collection[str] = (),
) -> frozenset[str]:
    """The few shown as radios out of a long list: linked to the appropriate body, used by this school before,
    or used by schools of the same local authority in this cohort."""
    return frozenset(eligible) & {*linked, *used_here, *used_nearby}
