"""Acceptance case 8: what a page doesn’t offer is refused, whatever is posted to it."""

from __future__ import annotations

import pytest

from app.data.models import AppropriateBody, Pairing
from app.domain.matching import fold
from tests.support import acceptance as fixture
from tests.support import shown, stories
from tests.support.client import InspectingClient
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

AUTHORITY = "00000004-0000-7000-8000-000000000099"
OTHER_NATIONAL = "00000004-0000-7000-8000-000000000098"
CLOSED_HUB = "00000004-0000-7000-8000-000000000097"
UNKNOWN = "00000003-0000-7000-8000-00000000ffff"
NO_VALUE: list[str] = []
NONSENSE = (UNKNOWN, "0", "-1", "abc", "", NO_VALUE, "1234567890" * 4, "another")
"""“another” is an option only where the list is long."""
SELECT_PARTNER = "Select a delivery partner, or select that you do not know"
SELECT_PROVIDER = "Select a lead provider, or select that you do not know"


def refuses(going: Registering, stored: Stored, page: str, value: str | list[str], error: str) -> None:
    """Post a value to a page that has a good answer: 422, one error on the first control, nothing changed."""
    going.see(page)
    answers, version = stored.answers(going.reference), stored.run(going.reference).version
    counts = stored.counts()
    shows = going.refused(**{page: value})
    assert shows.error_links == ((error, f"#{page}"),)
    assert shown.inline_errors(shows) == [error]
    assert stored.answers(going.reference) == answers
    assert stored.run(going.reference).version == version
    assert stored.counts() == counts
    assert going.see("check_answers").h1.startswith("Check your answers")


@pytest.fixture
def with_st_oswins(client: InspectingClient) -> Registering:
    """A registration at check answers, with Northstar and St Oswin’s, chosen from the list after a “no”."""
    going = Registering(client)
    going.to("check_answers", same_organisation="no", delivery_partner=fixture.ST_OSWINS)
    return going


# ------------------------------------------------------------------------------------------ delivery partner


def test_case_8_what_is_no_delivery_partner_is_refused_and_the_earlier_answer_is_sent(
    with_st_oswins: Registering, stored: Stored
) -> None:
    for value in NONSENSE:
        refuses(with_st_oswins, stored, "delivery_partner", value, SELECT_PARTNER)
    with_st_oswins.confirm()
    (made,) = stored.partnerships(fixture.OAKFIELD)
    assert made.delivery_partner_id == fixture.ST_OSWINS


def test_case_8_a_delivery_partner_not_paired_is_refused(with_st_oswins: Registering, stored: Stored) -> None:
    refuses(with_st_oswins, stored, "delivery_partner", fixture.FIVE_RIVERS_NORTH, SELECT_PARTNER)


def test_case_8_a_delivery_partner_paired_only_in_2024_is_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    pair(stored, fixture.NORTHSTAR, fixture.FIVE_RIVERS_SOUTH, 2024)
    refuses(with_st_oswins, stored, "delivery_partner", fixture.FIVE_RIVERS_SOUTH, SELECT_PARTNER)


def test_case_8_a_delivery_partner_whose_pairing_is_closed_is_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    stories.close_pairing(stored, fixture.NORTHSTAR, fixture.QUARRY_PARTNER)
    refuses(with_st_oswins, stored, "delivery_partner", fixture.QUARRY_PARTNER, SELECT_PARTNER)


def test_case_8_a_delivery_partner_just_refused_by_name_is_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    refuses(with_st_oswins, stored, "delivery_partner", fixture.ALDER_PARTNER, SELECT_PARTNER)


def test_case_8_two_delivery_partners_at_once_are_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    two = [fixture.BRAMBLE_PARTNER, fixture.QUARRY_PARTNER]
    refuses(with_st_oswins, stored, "delivery_partner", two, SELECT_PARTNER)


def test_case_8_the_same_delivery_partner_twice_is_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    twice = [fixture.BRAMBLE_PARTNER, fixture.BRAMBLE_PARTNER]
    refuses(with_st_oswins, stored, "delivery_partner", twice, SELECT_PARTNER)


def test_case_8_what_same_organisation_does_not_offer_is_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    for value in (*NONSENSE, "YES", "yes ", fixture.ALDER_PARTNER, ["yes", "no"]):
        error = "Select yes if Alder Hub will also be the delivery partner"
        refuses(with_st_oswins, stored, "same_organisation", value, error)


# -------------------------------------------------------------------------------------------- lead provider


def test_case_8_cedar_in_2025_is_refused(with_st_oswins: Registering, stored: Stored) -> None:
    refuses(with_st_oswins, stored, "lead_provider", fixture.CEDAR, SELECT_PROVIDER)


def test_case_8_cedar_is_not_offered_in_2025(with_st_oswins: Registering) -> None:
    page = with_st_oswins.see("lead_provider")
    assert page.h1 == "Which lead provider will be training Aoife O'Brien?"
    assert shown.options(page) == [
        "Lantern",
        "Northstar",
        "Teach Forward",
        "It is not in this list, or I do not know",
    ]


def test_case_8_what_is_no_lead_provider_is_refused(with_st_oswins: Registering, stored: Stored) -> None:
    for value in (*NONSENSE, fixture.ALDER_PARTNER):
        refuses(with_st_oswins, stored, "lead_provider", value, SELECT_PROVIDER)


def test_case_8_two_lead_providers_at_once_are_refused(with_st_oswins: Registering, stored: Stored) -> None:
    two = [fixture.NORTHSTAR, fixture.TEACH_FORWARD]
    refuses(with_st_oswins, stored, "lead_provider", two, SELECT_PROVIDER)


# ----------------------------------------------------------------------------------------- appropriate body


@pytest.fixture
def other_bodies(acceptance: None, stored: Stored) -> None:
    """A local authority, a national body that isn’t offered, and a hub that no longer is one."""
    stored.store(
        body(AUTHORITY, "Exampleshire County Council", "local_authority", offered=True),
        body(OTHER_NATIONAL, "National Induction Panel", "national", offered=False),
        body(CLOSED_HUB, "Delta Teaching School Hub", "teaching_school_hub", active=False),
    )


@pytest.mark.usefixtures("other_bodies")
def test_case_8_a_state_funded_school_may_choose_hubs_only(
    with_st_oswins: Registering, stored: Stored
) -> None:
    for value in (fixture.ISTIP, AUTHORITY, OTHER_NATIONAL, CLOSED_HUB):
        refuses(with_st_oswins, stored, "appropriate_body", value, "Select an appropriate body")


@pytest.mark.usefixtures("other_bodies")
def test_case_8_a_state_funded_school_is_offered_the_hubs_a_to_z(with_st_oswins: Registering) -> None:
    page = with_st_oswins.see("appropriate_body")
    assert shown.options(page) == [
        "Alder Teaching School Hub",
        "Bramble Teaching School Hub",
        "Five Rivers Teaching School Hub",
        "Quarry Teaching School Hub",
    ]
    assert "You can use a national body" not in page.text


@pytest.mark.usefixtures("other_bodies")
def test_case_8_an_independent_school_may_choose_no_other_kind(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client, tutor=fixture.ELM_COURT_TUTOR, urn=fixture.ELM_COURT_URN)
    going.to("check_answers")
    for value in (AUTHORITY, OTHER_NATIONAL, CLOSED_HUB):
        refuses(going, stored, "appropriate_body", value, "Select an appropriate body")


@pytest.mark.usefixtures("other_bodies")
def test_case_8_an_independent_school_is_offered_istip_and_the_hubs(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client, tutor=fixture.ELM_COURT_TUTOR, urn=fixture.ELM_COURT_URN)
    page = going.to("appropriate_body")
    assert shown.options(page) == [
        "Alder Teaching School Hub",
        "Bramble Teaching School Hub",
        "Five Rivers Teaching School Hub",
        "ISTIP",
        "Quarry Teaching School Hub",
    ]
    assert "You can use a national body or a teaching school hub." in page.text
    going.confirm(appropriate_body=fixture.ISTIP, delivery_partner=fixture.BRAMBLE_PARTNER)
    (made,) = stored.partnerships(fixture.ELM_COURT)
    assert made.delivery_partner_id == fixture.BRAMBLE_PARTNER


def test_case_8_what_is_no_appropriate_body_is_refused(with_st_oswins: Registering, stored: Stored) -> None:
    for value in NONSENSE:
        refuses(with_st_oswins, stored, "appropriate_body", value, "Select an appropriate body")


def test_case_8_two_appropriate_bodies_at_once_are_refused(
    with_st_oswins: Registering, stored: Stored
) -> None:
    two = [fixture.BRAMBLE_BODY, fixture.QUARRY_BODY]
    refuses(with_st_oswins, stored, "appropriate_body", two, "Select an appropriate body")


def test_case_8_a_name_typed_over_the_one_picked_is_refused_and_shown_again(
    with_st_oswins: Registering, stored: Stored
) -> None:
    going, typed = with_st_oswins, {"appropriate_body-text": "Quarry Teaching School"}
    going.see("appropriate_body")
    before = stored.answers(going.reference)
    page = going.refused(appropriate_body=fixture.BRAMBLE_BODY, **typed)
    assert page.error_links == (("Select an appropriate body from the list", "#appropriate_body"),)
    assert page.by_id["appropriate_body"].get("data-typed") == "Quarry Teaching School"
    assert stored.answers(going.reference) == before


def pair(stored: Stored, lead_provider: str, partner: str, cohort: int) -> None:
    """Open a pairing."""
    stored.store(
        Pairing(lead_provider_id=lead_provider, delivery_partner_id=partner, cohort=cohort, closed_on=None)
    )


def body(
    identity: str, name: str, kind: str, *, offered: bool = True, active: bool = True
) -> AppropriateBody:
    """An appropriate body besides those of the fixture."""
    return AppropriateBody(
        id=identity,
        name=name,
        name_key=fold(name),
        short_name=name,
        kind=kind,
        lead_school=None,
        offered=offered,
        active=active,
        fictional=True,
        created_at=fixture.LOADED_AT,
        updated_at=fixture.LOADED_AT,
    )
