"""Acceptance case 9: every page that asks something, sent empty.

The pages are taken from the library, so that a new question without a way to it here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

import pytest

import journeys
from app.data.models import DeliveryPartner, Pairing
from app.domain.matching import fold
from app.engine.library import discover
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.client import InspectingClient
from tests.support.document import CONTROLS, Document
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

LIVE = next(each for each in discover(journeys) if each.slug == "register-ect" and each.is_live)
ASKING = [question.name for question in LIVE.questions() if question.fields]
ERRORS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "find_ect": (
        ("Enter a teacher reference number (TRN)", "#trn"),
        ("Enter their date of birth", "#date_of_birth-day"),
    ),
    "national_insurance_number": (("Enter a National Insurance number", "#national_insurance_number"),),
    "check_details": (("Select yes if Aoife O'Brien is the teacher you want to register", "#check_details"),),
    "corrected_name": (("Enter the name to use", "#corrected_name"),),
    "email": (("Enter Aoife O'Brien’s email address", "#email"),),
    "start_date": (("Enter the date Aoife O'Brien starts as an ECT at your school", "#start_date-day"),),
    "working_pattern": (
        ("Select if Aoife O'Brien works full time or part time as an ECT", "#working_pattern"),
    ),
    "previous_choices": (
        ("Select yes if you want the same training for Aoife O'Brien as last time", "#previous_choices"),
    ),
    "appropriate_body": (("Select an appropriate body", "#appropriate_body"),),
    "programme": (("Select provider-led or school-led", "#programme"),),
    "lead_provider": (("Select a lead provider, or select that you do not know", "#lead_provider"),),
    "existing_partner": (
        (
            "Select yes if Alder Teaching School Hub will run Aoife O'Brien’s training",
            "#existing_partner",
        ),
    ),
    "same_organisation": (
        ("Select yes if Alder Hub will also be the delivery partner", "#same_organisation"),
    ),
    "delivery_partner": (("Select a delivery partner, or select that you do not know", "#delivery_partner"),),
    "named_partner": (("Select a delivery partner, or select that you do not know", "#named_partner"),),
}
"""(Words, table 2.)"""


def by_number(client: InspectingClient, stored: Stored) -> Registering:
    """With a date of birth that isn’t the one on the record."""
    going = Registering(client)
    going.to("national_insurance_number", trn="3007010")
    return going


def by_corrected_name(client: InspectingClient, stored: Stored) -> Registering:
    """With a name to correct."""
    going = Registering(client)
    going.to("corrected_name", check_details="new_name")
    return going


def by_an_earlier_ect(client: InspectingClient, stored: Stored) -> Registering:
    """At a school that registered somebody before."""
    Registering(client).confirm(trn=fixture.ZOE_TRN, email="zoe@example.com")
    return Registering(client)


def by_a_long_list(client: InspectingClient, stored: Stored) -> Registering:
    """With more delivery partners than radios can show, and a different one than the likely few."""
    for number in range(16):
        identity = f"00000003-0000-7000-8000-0000000001{number:02}"
        stored.store(partner(identity, f"Partner {number:02}"), pairing(identity))
    going = Registering(client)
    going.to("named_partner", appropriate_body=fixture.QUARRY_BODY, delivery_partner="another")
    return going


WAYS: Mapping[str, Callable[[InspectingClient, Stored], Registering]] = {
    "national_insurance_number": by_number,
    "corrected_name": by_corrected_name,
    "previous_choices": by_an_earlier_ect,
    "existing_partner": by_an_earlier_ect,
    "named_partner": by_a_long_list,
}


def to(name: str, client: InspectingClient, stored: Stored) -> Registering:
    """A registration at this page."""
    going = WAYS[name](client, stored) if name in WAYS else Registering(client)
    going.to(name, same_organisation="no")
    return going


def test_case_9_every_page_that_asks_something_is_here() -> None:
    assert sorted(ERRORS) == sorted(ASKING)


@pytest.mark.parametrize("name", ASKING)
def test_case_9_an_empty_post_is_refused_in_the_pages_own_words(
    client: InspectingClient, stored: Stored, name: str
) -> None:
    going = to(name, client, stored)
    heading, answers, counts = going.page.h1, stored.answers(going.reference), stored.counts()
    empty, without = {}, {}
    for control in controls(going.page):
        empty[control], without[control] = "", []
    for sent in (empty, without):
        page = going.refused(**sent)
        assert page.h1 == heading
        assert page.title.startswith(f"Error: {heading} – ")
        assert page.error_links == ERRORS[name]
        assert shown.inline_errors(page) == [text for text, _ in ERRORS[name]]
        assert page.error_links[0][1] == f"#{first_control(page)}"
        assert summary_of(page).get("data-module") == "govuk-error-summary", "it takes no focus"
    assert stored.answers(going.reference) == answers
    assert stored.counts() == counts


def test_case_9_what_was_typed_is_kept_beside_the_error(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("find_ect")
    page = going.refused(**going.born(trn="", **{"date_of_birth-month": ""}))
    assert page.error_links == (
        ("Enter a teacher reference number (TRN)", "#trn"),
        ("Date of birth must include a month", "#date_of_birth-month"),
    )
    values = {each.get("name"): each.get("value") for each in page.all("input")}
    assert (values["date_of_birth-day"], values["date_of_birth-month"], values["date_of_birth-year"]) == (
        "27",
        None,
        "2001",
    )


def test_case_9_an_answer_given_before_is_kept_and_sent(client: InspectingClient, stored: Stored) -> None:
    going = Registering(client)
    going.to("check_answers")
    answers = stored.answers(going.reference)
    for name in set(ASKING) & set(answers) - {"find_ect"}:
        going.see(name)
        going.refused(**{control: [] for control in controls(going.page)})
    assert stored.answers(going.reference) == answers
    going.confirm()
    assert len(stored.partnerships(fixture.OAKFIELD)) == 1


def summary_of(page: Document) -> Element:
    """The error summary, which must be what main begins with."""
    assert page.main is not None
    first = page.all("h1", "h2", within=page.main)[0]
    summary = page.inside(first, cls="govuk-error-summary")
    assert summary is not None
    return summary


def controls(page: Document) -> list[str]:
    """The names of what the page’s form asks for."""
    form = page.form()
    named = [each for each in page.all(*CONTROLS, within=form) if each.get("type") != "hidden"]
    return list(dict.fromkeys(each.get("name", "") for each in named))


def first_control(page: Document) -> str:
    """The id of the first thing to answer in the page’s form."""
    return next(
        each.get("id", "") for each in page.all(*CONTROLS, within=page.form()) if each.get("type") != "hidden"
    )


def partner(identity: str, name: str) -> DeliveryPartner:
    """One more delivery partner."""
    stamps = {"created_at": fixture.LOADED_AT, "updated_at": fixture.LOADED_AT}
    return DeliveryPartner(id=identity, name=name, name_key=fold(name), active=True, fictional=True, **stamps)


def pairing(partner_id: str) -> Pairing:
    """That works with Northstar in 2025."""
    return Pairing(
        lead_provider_id=fixture.NORTHSTAR, delivery_partner_id=partner_id, cohort=2025, closed_on=None
    )
