from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.partnerships import (
    CHALLENGE_REASONS,
    DECLINE_REASONS,
    LIVE,
    MAY_LACK_DELIVERY_PARTNER,
    TRANSITIONS,
    Action,
    ChallengeReason,
    DeclineReason,
    State,
    Who,
    existing_partner,
    likely_partners,
    named_instead,
    next_state,
    runs_several,
    same_organisation_partner,
)
from app.domain.refusals import Refused

EVERY_STATE = (None, *State)

# The table as School journey prints it, written out once more on purpose.
ALLOWED = {
    (Action.PROPOSE, None): State.PROPOSED,
    (Action.PROPOSE, State.CHALLENGED): State.PROPOSED,
    (Action.PROPOSE, State.DECLINED): State.PROPOSED,
    (Action.PROPOSE, State.RETRACTED): State.PROPOSED,
    (Action.CONFIRM, State.PROPOSED): State.ACTIVE,
    (Action.REPORT, None): State.ACTIVE,
    (Action.REPORT, State.PROPOSED): State.ACTIVE,
    (Action.REPORT, State.DECLINED): State.ACTIVE,
    (Action.REPORT, State.CHALLENGED): State.ACTIVE,
    (Action.REPORT, State.RETRACTED): State.ACTIVE,
    (Action.DECLINE, State.PROPOSED): State.DECLINED,
    (Action.RETRACT, State.PROPOSED): State.RETRACTED,
    (Action.CHALLENGE, State.ACTIVE): State.CHALLENGED,
}


@pytest.mark.parametrize(("action", "state"), list(product(Action, EVERY_STATE)))
def test_every_action_from_every_state_is_decided_by_the_table(action: Action, state: State | None) -> None:
    if (action, state) in ALLOWED:
        assert next_state(action, state) is ALLOWED[action, state]
        return
    with pytest.raises(Refused) as refused:
        next_state(action, state)
    assert refused.value.reason == "wrong_state"
    assert dict(refused.value.detail) == {"action": action, "state": state}


def test_every_action_stands_in_the_table_once_with_who_and_how() -> None:
    assert sorted(transition.action for transition in TRANSITIONS) == sorted(Action)
    assert all(transition.how for transition in TRANSITIONS)


def test_lead_providers_confirm_report_and_decline_and_schools_do_the_rest() -> None:
    theirs = {transition.action for transition in TRANSITIONS if transition.who is Who.LEAD_PROVIDER}
    assert theirs == {Action.CONFIRM, Action.REPORT, Action.DECLINE}


@given(st.lists(st.sampled_from(Action), max_size=30))
def test_no_walk_leaves_the_states_or_comes_back_to_none(actions: list[Action]) -> None:
    state: State | None = None
    for action in actions:
        if (action, state) in ALLOWED:
            state = next_state(action, state)
            assert state in set(State)


def test_live_records_are_those_that_cannot_be_proposed_again() -> None:
    assert set(EVERY_STATE) - LIVE == {state for action, state in ALLOWED if action is Action.PROPOSE}


def test_a_record_needs_its_delivery_partner_once_it_is_active() -> None:
    assert set(State) - MAY_LACK_DELIVERY_PARTNER == {State.ACTIVE, State.CHALLENGED}


def test_every_reason_has_its_words_and_the_apis_spelling() -> None:
    assert set(CHALLENGE_REASONS) == set(ChallengeReason)
    assert set(DECLINE_REASONS) == set(DeclineReason)
    assert [str(reason) for reason in ChallengeReason] == [
        "another_provider",
        "not_confirmed",
        "do_not_recognise",
        "no_ects",
        "mistake",
    ]
    assert [str(reason) for reason in DeclineReason] == [
        "no_agreement",
        "wrong_delivery_partner",
        "delivery_partner_unavailable",
        "not_this_cohort",
        "other",
    ]
    assert list(CHALLENGE_REASONS.values()) == [
        "We work with a different lead provider or delivery partner",
        "We have not agreed to work with them",
        "We do not know who they are",
        "We have no ECTs in {year}",
        "It is wrong for another reason",
    ]
    assert list(DECLINE_REASONS.values()) == [
        "It has no agreement with your school",
        "Your school works with a different delivery partner: {DP 2}",
        "{DP} cannot take ECTs from your school",
        "It does not take ECTs who start in {year}",
        "Another reason: contact {LP} at {LP contact}",
    ]


def test_states_are_spelt_as_they_are_stored() -> None:
    assert [str(state) for state in State] == ["proposed", "active", "declined", "retracted", "challenged"]


def test_words_of_reasons_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CHALLENGE_REASONS[ChallengeReason.MISTAKE] = ""  # type: ignore[index]
    with pytest.raises(TypeError):
        DECLINE_REASONS[DeclineReason.OTHER] = ""  # type: ignore[index]


NORTHSTAR = ("alder", "bramble", "oswin", "quarry")
TEACH_FORWARD = ("north", "south", "oswin")


@pytest.mark.parametrize(
    ("linked", "eligible", "refused", "asked"),
    [
        (("alder",), NORTHSTAR, None, "alder"),
        (("bramble",), NORTHSTAR, None, "bramble"),
        (("alder",), NORTHSTAR, "oswin", "alder"),
        (("alder",), NORTHSTAR, "alder", None),
        (("alder",), TEACH_FORWARD, None, None),
        ((), NORTHSTAR, None, None),
        (("alder",), (), None, None),
        (("north", "south"), TEACH_FORWARD, None, None),
        (("north", "south"), ("north", "oswin"), None, "north"),
        (("north", "south"), TEACH_FORWARD, "south", None),
    ],
)
def test_the_same_organisation_is_asked_about_only_when_one_linked_partner_is_eligible(
    linked: tuple[str, ...], eligible: tuple[str, ...], refused: str | None, asked: str | None
) -> None:
    assert same_organisation_partner(linked, eligible, refused) == asked


@pytest.mark.parametrize(
    ("linked", "eligible", "several"),
    [
        (("north", "south"), TEACH_FORWARD, True),
        (("north", "south"), ("north",), False),
        (("alder",), NORTHSTAR, False),
        ((), NORTHSTAR, False),
    ],
)
def test_a_body_runs_several_when_more_than_one_of_its_partners_is_eligible(
    linked: tuple[str, ...], eligible: tuple[str, ...], several: bool
) -> None:
    assert runs_several(linked, eligible) is several


IDS = st.sets(st.sampled_from("abcdef"))


@given(IDS, IDS, st.sampled_from([None, *"abcdef"]))
def test_nobody_is_asked_about_a_partner_that_is_refused_not_linked_or_not_eligible(
    linked: set[str], eligible: set[str], refused: str | None
) -> None:
    asked = same_organisation_partner(linked, eligible, refused)
    assert asked is None or asked in (linked & eligible) - {refused}
    assert not (asked and runs_several(linked, eligible))


@pytest.mark.parametrize(
    ("live", "asked"), [((), None), (("alder",), "alder"), ((None,), None), (("alder", "bramble"), None)]
)
def test_an_existing_partner_is_asked_about_when_it_is_the_only_one_and_known(
    live: tuple[str | None, ...], asked: str | None
) -> None:
    assert existing_partner(live) == asked


def test_likely_partners_are_linked_or_used_and_always_eligible() -> None:
    assert likely_partners(NORTHSTAR, ("alder", "gone"), ("bramble",), ("oswin", "south")) == {
        "alder",
        "bramble",
        "oswin",
    }
    assert likely_partners(NORTHSTAR) == frozenset()


@dataclass(frozen=True)
class Record:
    """A record of one school with Northstar, in 2025 unless said otherwise."""

    id: str
    status: str = "active"
    delivery_partner_id: str | None = "bramble"
    proposed_at: datetime | None = None
    confirmed_at: datetime | None = datetime(2025, 9, 2, tzinfo=UTC)
    lead_provider_id: str = "northstar"
    cohort: int = 2025


WAITS = Record("waits", "proposed", "alder", datetime(2025, 9, 1, tzinfo=UTC), None)
NAMED = Record("named")


def test_the_partner_named_instead_is_the_one_confirmed_last_after_the_school_asked() -> None:
    later = replace(NAMED, id="later", confirmed_at=datetime(2025, 9, 3, tzinfo=UTC))
    assert named_instead(WAITS, (WAITS, NAMED)) is NAMED
    assert named_instead(WAITS, (later, WAITS, NAMED)) is later


@pytest.mark.parametrize(
    "other",
    [
        replace(NAMED, confirmed_at=datetime(2025, 8, 31, tzinfo=UTC)),
        replace(NAMED, confirmed_at=WAITS.proposed_at),
        replace(NAMED, status="challenged"),
        replace(NAMED, lead_provider_id="teach forward"),
        replace(NAMED, cohort=2024),
    ],
)
def test_other_records_are_no_answer_to_what_the_school_asked(other: Record) -> None:
    assert named_instead(WAITS, (WAITS, other)) is None


@pytest.mark.parametrize(
    "asked",
    [
        replace(WAITS, status="declined"),
        replace(WAITS, status="active"),
        replace(WAITS, delivery_partner_id=None),
        replace(WAITS, proposed_at=None),
    ],
)
def test_only_a_proposal_with_a_delivery_partner_can_be_answered_with_another(asked: Record) -> None:
    assert named_instead(asked, (asked, NAMED)) is None
