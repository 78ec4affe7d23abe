"""Acceptance case 22 of the school journey: numbers and names as people type them."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from app.data.models import Teacher
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.client import InspectingClient
from tests.support.document import text_of
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

FULL_WIDTH = "３００１２３４"  # noqa: RUF001
TRN_ERRORS = {
    "": "Enter a teacher reference number (TRN)",
    "   ": "Enter a teacher reference number (TRN)",
    "abcdefg": "Teacher reference number (TRN) must have numbers in it, like 1234567",
    "RP/": "Teacher reference number (TRN) must have numbers in it, like 1234567",
    FULL_WIDTH: "Teacher reference number (TRN) must have numbers in it, like 1234567",
    "1234": "Teacher reference number (TRN) must have at least 5 numbers",
    "RP1/234": "Teacher reference number (TRN) must have at least 5 numbers",
    "12345678": "Teacher reference number (TRN) must have 7 numbers or fewer",
}
NAMES = (
    "Aoife O'Brien",
    "Aoife O’Brien",
    "Zoë D'Arcy-N'Diaye",
    "<script>alert(1)</script>",
    "Tom & Jerry <b>",
    '=2+2 "James"',
    "{name} %s {{ 7+7 }}",
)


# ------------------------------------------------------------------------------------------------------- TRNs


@pytest.mark.parametrize("typed", ["3001234", " 30 01234 ", "RP30/01234", "30-01234"])
def test_case_22_a_trn_is_found_however_it_is_written(
    client: InspectingClient, stored: Stored, typed: str
) -> None:
    going = Registering(client)
    page = going.to("check_details", trn=typed)
    assert page.h1 == "Is Aoife O'Brien the teacher you want to register?"
    assert "This is the name on the record for TRN 3001234" in page.text
    assert stored.answers(going.reference)["find_ect"]["trn"] == "3001234"


def test_case_22_six_digits_are_padded_and_the_leading_zero_is_kept(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    page = going.to("check_details", trn="123456")
    assert page.h1 == "Is Zoë D'Arcy-N'Diaye the teacher you want to register?"
    going.confirm(email="zoe@example.com")
    assert stored.one(Teacher, Teacher.name == "Zoë D'Arcy-N'Diaye").trn == "0123456"


def test_case_22_every_other_trn_has_its_own_message_and_is_shown_again(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("find_ect")
    for typed, message in TRN_ERRORS.items():
        page = going.refused(**going.born(trn=typed))
        assert page.error_links == ((message, "#trn"),), typed
        assert shown.inline_errors(page) == [message]
        assert page.by_id["trn"].get("value", "") == typed
    assert "find_ect" not in stored.answers(going.reference)


# ------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize("name", NAMES)
def test_case_22_a_corrected_name_is_escaped_exactly_once_everywhere(
    client: InspectingClient, stored: Stored, name: str
) -> None:
    client.allow(name)
    going = Registering(client)
    going.to("corrected_name", check_details="new_name")
    page = going.answer(corrected_name=name)
    assert page.h1 == f"What email address does {name} use?"
    assert page.title.startswith(f"{page.h1} – ")
    page = going.refused(email="")
    assert page.title.startswith(f"Error: What email address does {name} use? – ")
    assert page.error_links == ((f"Enter {name}’s email address", "#email"),)
    page = going.to("check_answers")
    assert shown.rows(page)["Name"] == name
    assert page.h1 == f"Check your answers, then register {name}"
    page = going.send()
    assert page.h1 == f"{name} is registered"
    assert page.title.startswith(f"{name} is registered – ")
    assert "<script>alert" not in page.html
    assert stored.one(Teacher, Teacher.trn == fixture.AOIFE_TRN).name == name


def test_case_22_a_refused_name_is_shown_again_as_it_was_typed(client: InspectingClient) -> None:
    going = Registering(client)
    page = going.to("corrected_name", check_details="new_name")
    assert page.by_id["corrected_name"].get("value") == "Aoife O'Brien"
    long = "<script>" + "x" * 63
    page = going.refused(corrected_name=long)
    assert page.error_links == (("Name must be 70 characters or fewer", "#corrected_name"),)
    assert page.by_id["corrected_name"].get("value") == long


def test_case_22_seventy_characters_are_enough_for_a_name(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("corrected_name", check_details="new_name")
    page = going.answer(corrected_name="  " + "ë" * 70 + "  ")
    assert page.h1 == f"What email address does {'ë' * 70} use?"


@pytest.mark.parametrize(
    ("name", "possessive"),
    [("Maya James", "Maya James’s"), ("Zoë D'Arcy-N'Diaye", "Zoë D'Arcy-N'Diaye’s"), ("Li Na", "Li Na’s")],
)
def test_case_22_possessives_read_well(client: InspectingClient, name: str, possessive: str) -> None:
    client.allow(name)
    going = Registering(client)
    going.to("corrected_name", check_details="new_name")
    going.answer(corrected_name=name)
    page = going.to("appropriate_body")
    assert page.h1 == f"Which appropriate body will check {possessive} induction?"
    page = going.to("programme")
    assert page.h1 == f"Will {possessive} training be provider-led or school-led?"
    page = going.to("delivery_partner", same_organisation="no")
    assert page.h1 == f"Which delivery partner will run {possessive} training?"


# ----------------------------------------------------------------------------------------------------- search


@pytest.mark.parametrize("recorded", ["Aoife O'Brien", "Aoife O’Brien"])
def test_case_22_search_finds_both_apostrophes_in_any_case(client: InspectingClient, recorded: str) -> None:
    going = Registering(client)
    going.to("corrected_name", check_details="new_name")
    going.answer(corrected_name=recorded)
    going.confirm()
    second = Registering(client)
    second.confirm(trn=fixture.ZOE_TRN, email="zoe@example.com", previous_choices="yes")
    for typed in ("o'brien", "O’Brien", "O'BRIEN", "aoife o’brien", "3001234"):
        assert found(client, typed) == [recorded], typed
    for typed in ("zoe", "ZOË", "d’arcy", "0123456"):
        assert found(client, typed) == ["Zoë D'Arcy-N'Diaye"], typed
    assert found(client, "o'hara") == []


def test_case_22_a_name_full_of_markup_is_text_on_the_list_too(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("corrected_name", check_details="new_name")
    going.answer(corrected_name="<script>alert(1)</script> & Co")
    going.confirm()
    assert found(client, "<SCRIPT>") == ["<script>alert(1)</script> & Co"]
    assert "<script>alert" not in client.page.html


def found(client: InspectingClient, typed: str) -> list[str]:
    """The names on the cards of Your ECTs after a search there."""
    client.allow(typed)
    client.see(f"/schools/{fixture.OAKFIELD_URN}/ects?{urlencode({'search': typed})}")
    cards = client.page.all(cls="govuk-summary-card__title")
    return [text_of(card) for card in cards]
