from __future__ import annotations

import pytest

from app.domain.partnerships import State
from app.domain.registrations import Programme, Training, can_offer_again

PROVIDER_LED = Training("hub", Programme.PROVIDER_LED, "northstar", "alder")
SCHOOL_LED = Training("hub", Programme.SCHOOL_LED)
HOLDS = {"bodies": {"hub"}, "lead_providers": {"northstar"}, "eligible_partners": {"alder"}}


def test_programmes_are_spelt_as_they_are_stored() -> None:
    assert [str(programme) for programme in Programme] == ["provider_led", "school_led"]


def test_provider_led_training_needs_a_lead_provider() -> None:
    with pytest.raises(ValueError, match="needs a lead provider"):
        Training("hub", Programme.PROVIDER_LED)


@pytest.mark.parametrize("ids", [("northstar", None), (None, "alder"), ("northstar", "alder")])
def test_school_led_training_has_no_organisations(ids: tuple[str | None, str | None]) -> None:
    with pytest.raises(ValueError, match="school-led training has no"):
        Training("hub", Programme.SCHOOL_LED, *ids)


def test_a_delivery_partner_is_to_be_confirmed_when_provider_led_training_names_none() -> None:
    assert Training("hub", Programme.PROVIDER_LED, "northstar").partner_to_be_confirmed
    assert not PROVIDER_LED.partner_to_be_confirmed
    assert not SCHOOL_LED.partner_to_be_confirmed


@pytest.mark.parametrize("state", [State.PROPOSED, State.ACTIVE])
def test_previous_choices_are_offered_while_all_of_them_hold(state: State) -> None:
    assert can_offer_again(PROVIDER_LED, state, **HOLDS)


@pytest.mark.parametrize("state", [None, State.CHALLENGED, State.DECLINED, State.RETRACTED])
def test_previous_choices_are_not_offered_after_a_no(state: State | None) -> None:
    assert not can_offer_again(PROVIDER_LED, state, **HOLDS)


@pytest.mark.parametrize("gone", ["bodies", "lead_providers", "eligible_partners"])
def test_previous_choices_are_not_offered_once_one_of_them_is_gone(gone: str) -> None:
    assert not can_offer_again(PROVIDER_LED, State.ACTIVE, **HOLDS | {gone: {"another"}})


def test_previous_choices_are_not_offered_with_an_unknown_delivery_partner() -> None:
    unknown = Training("hub", Programme.PROVIDER_LED, "northstar")
    assert not can_offer_again(unknown, State.PROPOSED, **HOLDS)


@pytest.mark.parametrize(
    ("holds", "offered"),
    [({"bodies": {"hub"}}, True), ({"bodies": {"another"}}, False)],
)
def test_school_led_training_is_offered_again_while_its_body_can_be_chosen(
    holds: dict[str, set[str]], offered: bool
) -> None:
    nothing_else: dict[str, set[str]] = {"lead_providers": set(), "eligible_partners": set()}
    assert can_offer_again(SCHOOL_LED, None, **nothing_else | holds) is offered
