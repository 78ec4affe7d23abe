"""Signing in and out in a demonstration, and where it leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.data.models import Person, SchoolMembership
from app.data.transaction import store, write
from app.web.sign_in.next_page import local_path
from tests.data import records
from tests.support.acceptance import HARROW_LANE, NORTHSTAR, OAKFIELD, OAKFIELD_TUTOR
from tests.support.client import InspectingClient
from tests.support.document import text_of
from tests.web.conftest import SignIn

TWO_SCHOOLS = "00000005-0000-7000-8000-000000000099"
AT = datetime(2025, 6, 1, tzinfo=UTC)
ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    "/ /elsewhere.example",
    "javascript:alert(1)",
    "elsewhere.example",
    "/a\r\nSet-Cookie: x=y",
    "http:/cookies",
    "/" + "a" * 3000,
    "",
)


@pytest.fixture
def person_with_two_schools(app: Flask, acceptance: None) -> str:
    with app.app_context():
        write(
            lambda session: store(
                session,
                Person(
                    id=TWO_SCHOOLS,
                    name="Noor Aziz",
                    email="noor.aziz@example.com",
                    kind="school",
                    demo=True,
                    created_at=AT,
                    updated_at=AT,
                ),
                SchoolMembership(person_id=TWO_SCHOOLS, school_id=OAKFIELD),
                SchoolMembership(person_id=TWO_SCHOOLS, school_id=HARROW_LANE),
            )
        )
    return TWO_SCHOOLS


def test_the_page_offers_every_demo_person_with_their_school(
    client: InspectingClient, acceptance: None
) -> None:
    client.get("/sign-in")
    buttons = [text_of(button) for button in client.page.all("button") if button.get("name") == "person"]
    assert buttons == [
        "Sign in as Grace Lim, Elm Court",
        "Sign in as Priya Shah, Oakfield Primary",
        "Sign in as Tom Baker, Harrow Lane Academy",
    ]
    assert "made up" in client.page.text


def test_people_stand_under_the_kind_of_place_they_work_at(
    app: Flask, client: InspectingClient, acceptance: None
) -> None:
    office = records.person(kind="lead_provider", name="Kim Osei", demo=True, lead_provider_id=NORTHSTAR)
    desk = records.person(kind="dfe", name="Asha Begum", demo=True)
    ids = {"/provider/proposals": office.id, "/finance/statements": desk.id}
    with app.app_context():
        records.save(office, desk)
    page = client.see("/sign-in")
    headings = [text_of(each) for each in page.all("h2", "h3", within=page.main)]
    assert headings == [
        "At a school",
        "Grace Lim",
        "Priya Shah",
        "Tom Baker",
        "At a lead provider",
        "Kim Osei",
        "At the Department for Education",
        "Asha Begum",
    ]
    for home, identity in ids.items():
        client.get("/sign-in")
        client.submit(person=identity)
        assert client.response.headers["Location"] == home
        tabs = client.see("/privacy").all("a", cls="govuk-service-navigation__link")
        assert tabs[0].get("href") == home
        client.get(home)
        client.submit("Sign out")


def test_a_place_that_is_in_the_name_already_is_not_said_twice(
    app: Flask, client: InspectingClient, acceptance: None
) -> None:
    office = records.person(
        kind="lead_provider", name="Manager at Northstar", demo=True, lead_provider_id=NORTHSTAR
    )
    with app.app_context():
        records.save(office)
    page = client.see("/sign-in")
    (item,) = [each for each in page.all("li", cls="app-person") if "Manager" in text_of(each)]
    assert not page.all("p", within=item)
    assert text_of(page.all("button", within=item)[0]) == "Sign in as Manager at Northstar"


def test_with_nobody_to_sign_in_as_the_page_says_how_to_get_people(client: InspectingClient) -> None:
    client.get("/sign-in")
    assert "make demo" in client.page.text


def test_one_click_signs_in_and_leads_to_the_one_school(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    assert client.response.status_code == 303
    assert client.response.headers["Location"] == "/schools/900101/ects"


def test_someone_with_several_schools_chooses_one(
    client: InspectingClient, sign_in: SignIn, person_with_two_schools: str
) -> None:
    sign_in(client, person_with_two_schools)
    assert client.response.headers["Location"] == "/schools"


def test_signing_in_leads_back_to_the_page_that_asked_for_it(
    client: InspectingClient, acceptance: None
) -> None:
    client.get("/sign-in?next=/guidance/who-does-what%3Fa%3D1")
    client.submit(person=OAKFIELD_TUTOR)
    assert client.response.headers["Location"] == "/guidance/who-does-what?a=1"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_to_another_site(
    client: InspectingClient, acceptance: None, target: str
) -> None:
    assert local_path(target) is None
    client.get("/sign-in", query_string={"next": target})
    client.submit(person=OAKFIELD_TUTOR, next=target)
    assert client.response.headers["Location"] == "/schools/900101/ects"
    client.get("/sign-in", query_string={"next": target})
    assert client.response.headers["Location"] == "/schools/900101/ects"


@pytest.mark.parametrize("target", ["/", "/cookies", "/schools/900101/ects?search=o%27brien&page=2"])
def test_paths_of_this_service_are_local(target: str) -> None:
    assert local_path(target) == target


@pytest.mark.parametrize("person", ["", "0", "abc", "00000005-0000-7000-8000-000000000777", "x" * 400])
def test_someone_who_is_not_offered_cannot_sign_in(
    client: InspectingClient, acceptance: None, person: str
) -> None:
    client.get("/sign-in?next=/cookies")
    client.submit(person=person, status=422)
    assert "not in this list any more" in client.page.text
    client.submit(person=OAKFIELD_TUTOR)
    assert client.response.headers["Location"] == "/cookies"


def test_someone_who_is_no_demo_person_cannot_sign_in(
    client: InspectingClient, app: Flask, acceptance: None
) -> None:
    with app.app_context():
        write(lambda session: setattr(session.get(Person, OAKFIELD_TUTOR), "demo", False))
    client.get("/sign-in")
    assert "Priya Shah" not in client.page.text
    client.submit(person=OAKFIELD_TUTOR, status=422)


def test_a_form_without_the_token_signs_nobody_in(client: InspectingClient, acceptance: None) -> None:
    client.get("/sign-in")
    client.post("/sign-in", data={"person": OAKFIELD_TUTOR}, status=403)
    client.post("/sign-in", data={"person": OAKFIELD_TUTOR, "csrf_token": "forged"}, status=403)
    client.get("/sign-in")
    assert client.response.status_code == 200


def test_whoever_is_signed_in_is_sent_on(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    client.get("/sign-in")
    assert client.response.headers["Location"] == "/schools/900101/ects"


def test_signing_out_says_so_and_offers_the_way_back(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    client.get("/")
    client.submit("Sign out")
    page = client.follow()
    assert page.h1 == "You have signed out"
    assert [link.get("href") for link in page.all("a", within=page.main)] == ["/sign-in"]


def test_signing_out_twice_is_no_error(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR)
    client.get("/")
    form = client.page
    client.submit("Sign out")
    client._page = form
    client.submit("Sign out")
    assert client.response.headers["Location"] == "/signed-out"
