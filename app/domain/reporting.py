"""What a lead provider says of partnerships over the API: reports one, confirms or declines a proposal, names another
delivery partner.

Provider API, “Partnerships”. The moves themselves are the table in `partnerships`; here stand the checks before them,
in their order, the first refusal wins. Organisations are named by their ids.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.partnerships import DeclineReason, State
from app.domain.refusals import Refused, RefusedTogether
from app.domain.training import read_attribute

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Enter {attribute}",
        "cohort_unknown": "Enter the cohort as the year it starts in, like {example}",
        "school_unknown": "Enter the school_id of an open school in England whose training DfE can pay for",
        "partner_unknown": "Enter the delivery_partner_id of a delivery partner that you work with",
        "not_paired": "You do not work with this delivery partner in the {cohort} cohort. Contact DfE to add it",
        "already_active": "You already have this partnership, and it is active",
        "not_provider_led": (
            "This school has not said that it will have provider-led training in the {cohort} cohort."
            " Contact the school"
        ),
        "not_proposed": "This proposal is {state}. Only one that is proposed can be {done}",
        "other_partner": (
            "This proposal names another delivery partner. Leave delivery_partner_id out, or decline the proposal"
        ),
        "reason_unknown": "Enter one of these as the reason: {allowed}",
        "challenged": (
            "The school has challenged this partnership, so it cannot be changed."
            " Report it again with a POST if it is right"
        ),
        "partner_taken": "You already have a partnership with this school, cohort and delivery partner",
    }
)
"""The sentence of every refusal; the placeholders are its details. The title is its field."""

REPORT = ("cohort", "school_id", "delivery_partner_id")


class ProgrammeChoice(StrEnum):
    """What a school does for training in a cohort, as the API spells it."""

    SCHOOL_LED = "school_led"
    PROVIDER_LED = "provider_led"
    NO_EARLY_CAREER_TEACHERS = "no_early_career_teachers"
    NOT_YET_KNOWN = "not_yet_known"


def programme_choice(
    *, provider_led: bool, live_partnership: bool, school_led: bool, no_ects: bool
) -> ProgrammeChoice:
    """A school’s choice in a cohort, derived: first match (Provider API, attribute “school”).

    `provider_led` and `school_led`: any training record of that kind; `live_partnership`: any proposed or active one,
    of any lead provider; `no_ects`: the last challenge said so.
    """
    if provider_led or live_partnership:
        return ProgrammeChoice.PROVIDER_LED
    if school_led:
        return ProgrammeChoice.SCHOOL_LED
    return ProgrammeChoice.NO_EARLY_CAREER_TEACHERS if no_ects else ProgrammeChoice.NOT_YET_KNOWN


_NOT_PROVIDER_LED = frozenset({ProgrammeChoice.SCHOOL_LED, ProgrammeChoice.NO_EARLY_CAREER_TEACHERS})


def missing(attributes: Mapping[str, object], names: Collection[str]) -> None:
    """Raises RefusedTogether with a refusal for each attribute that isn’t there."""
    absent = [name for name in names if _blank(attributes.get(name))]
    if absent:
        raise RefusedTogether(tuple(Refused("missing", name, attribute=name) for name in absent))


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def read_cohort(sent: object, cohorts: Collection[int]) -> int:
    """The cohort, sent as text or as a number. Raises Refused("cohort_unknown", "cohort")."""
    for cohort in cohorts:
        if sent == str(cohort) or (type(sent) is int and sent == cohort):
            return cohort
    raise Refused("cohort_unknown", "cohort", example=max(cohorts, default=2025))


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What decides if a report is taken. `fundable`: the school is known and DfE pays for training there; `awaits`:
    somebody there waits for this lead provider in this cohort."""

    cohort: int
    fundable: bool
    partner_known: bool
    paired: bool
    active_already: bool
    choice: ProgrammeChoice
    awaits: bool


def check_report(facts: ReportFacts) -> None:
    """Whether a report is taken. Raises the first Refused."""
    if not facts.fundable:
        raise Refused("school_unknown", "school_id")
    check_partner(facts.partner_known, facts.paired, facts.cohort)
    if facts.active_already:
        raise Refused("already_active", "base")
    if facts.choice in _NOT_PROVIDER_LED and not facts.awaits:
        raise Refused("not_provider_led", "school_id", cohort=facts.cohort)


def check_partner(known: bool, paired: bool, cohort: int) -> None:
    """Whether a delivery partner can be named. Raises Refused, in `delivery_partner_id`: `partner_unknown`,
    `not_paired`: the pairing, or the lead provider’s place in the cohort, isn’t open."""
    if not known:
        raise Refused("partner_unknown", "delivery_partner_id")
    if not paired:
        raise Refused("not_paired", "delivery_partner_id", cohort=cohort)


def check_confirmation(state: State, proposed_partner: str | None, named_partner: str | None) -> str:
    """The delivery partner of the partnership that a confirmation makes.

    `named_partner` is what the lead provider sent, needed when the school didn’t know it, otherwise optional and the
    same. Raises Refused: `not_proposed` in `base`; `missing`, `other_partner` in `delivery_partner_id`.
    """
    _check_proposed(state, "confirmed")
    partner = proposed_partner or named_partner
    if partner is None:
        raise Refused("missing", "delivery_partner_id", attribute="delivery_partner_id")
    if named_partner is not None and named_partner != partner:
        raise Refused("other_partner", "delivery_partner_id")
    return partner


def read_decline(state: State, attributes: Mapping[str, object]) -> DeclineReason:
    """The reason to decline with. Raises Refused: `missing`, `reason_unknown` in `reason`; `not_proposed` in `base`."""
    text = read_attribute(attributes, "reason")
    if text is None:
        raise Refused("missing", "reason", attribute="reason")
    reason = next((each for each in DeclineReason if each == text), None)
    if reason is None:
        raise Refused("reason_unknown", "reason", allowed=", ".join(DeclineReason))
    _check_proposed(state, "declined")
    return reason


def _check_proposed(state: State, done: str) -> None:
    if state is not State.PROPOSED:
        raise Refused("not_proposed", "base", state=state, done=done)


def check_change(state: State, *, taken: bool) -> None:
    """Whether a partnership’s delivery partner can be changed to a paired one; `taken`: another row already has it.

    Raises Refused: `challenged` in `base`, `partner_taken` in `delivery_partner_id`.
    """
    if state is not State.ACTIVE:
        raise Refused("challenged", "base")
    if taken:
        raise Refused("partner_taken", "delivery_partner_id")
