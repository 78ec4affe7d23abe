"""The list of schools of somebody who acts for several."""

from __future__ import annotations

from flask import Flask

from app.data.models import SchoolMembership
from tests.data import records
from tests.support.acceptance import OAKFIELD_TUTOR, OAKFIELD_URN
from tests.support.client import InspectingClient
from tests.support.document import text_of
from tests.web.conftest import SignIn
from tests.web.school.rows import ECTS, PARTNERSHIPS, ect, save


def belong_to(app: Flask, *names: str) -> None:
    """Let Oakfield’s tutor act for further schools."""
    schools = [records.school(name=name, urn=f"{800000 + number}") for number, name in enumerate(names)]
    members = [SchoolMembership(person_id=OAKFIELD_TUTOR, school_id=school.id) for school in schools]
    save(app, *schools, *members)


def listed(client: InspectingClient) -> list[str]:
    page = client.page
    return [text_of(link) for link in page.all("a", within=page.main) if "/ects" in link.get("href", "")]


def test_with_one_school_there_is_nothing_to_choose(client: InspectingClient, sign_in: SignIn) -> None:
    sign_in(client, OAKFIELD_TUTOR).get("/schools")
    assert client.response.headers["Location"] == f"/schools/{OAKFIELD_URN}/ects"


def test_several_are_links_a_to_z(client: InspectingClient, app: Flask, sign_in: SignIn) -> None:
    belong_to(app, "Zebra School", "acorn school", "Éclair School")
    page = sign_in(client, OAKFIELD_TUTOR).see("/schools")
    assert page.h1 == "Choose a school"
    assert listed(client) == ["acorn school", "Éclair School", "Oakfield Primary", "Zebra School"]
    assert page.link("Oakfield Primary") == f"/schools/{OAKFIELD_URN}/ects"
    assert "search" not in page.by_id


def test_from_each_page_of_a_school_the_way_leads_back_to_the_list(
    client: InspectingClient, app: Flask, sign_in: SignIn
) -> None:
    belong_to(app, "Zebra School")
    teacher, period, training = ect(1, "Aoife O’Brien", None)
    path = f"{ECTS}/{period.id}"
    save(app, teacher, period, training)
    sign_in(client, OAKFIELD_TUTOR)
    for each in (ECTS, PARTNERSHIPS, path):
        assert client.see(each).link("Your schools") == "/schools"


def test_schools_of_one_name_are_told_apart_by_their_number(
    client: InspectingClient, app: Flask, sign_in: SignIn
) -> None:
    belong_to(app, "Park School", "Park School")
    sign_in(client, OAKFIELD_TUTOR).see("/schools")
    assert listed(client)[1:] == ["Park School, URN 800000", "Park School, URN 800001"]


def test_a_long_list_can_be_searched(client: InspectingClient, app: Flask, sign_in: SignIn) -> None:
    belong_to(app, *(f"School {number:02}" for number in range(60)), "St Mary’s")
    page = sign_in(client, OAKFIELD_TUTOR).see("/schools")
    assert len(listed(client)) == 50
    assert page.link("Next") == "/schools?page=2"
    client.submit("Search", search="st marys")
    assert listed(client) == ["St Mary’s"]
    assert "1 school found for “st marys”" in client.page.text
    client.submit("Search", search=OAKFIELD_URN)
    assert listed(client) == ["Oakfield Primary"]
    client.submit("Search", search="nowhere")
    assert "No schools found for “nowhere”" in client.page.text
    assert client.page.link("Show all your schools") == "/schools"


def test_without_a_school_the_page_says_what_to_do(
    client: InspectingClient, app: Flask, sign_in: SignIn
) -> None:
    person = records.person(demo=True)
    identity = person.id
    save(app, person)
    sign_in(client, identity)
    page = client.see("/schools")
    assert page.h1 == "We do not know your school yet"
    assert page.link("help@") == "mailto:help@example.com"


def test_signed_out_the_way_leads_through_signing_in(client: InspectingClient) -> None:
    for path in ("/schools", f"/schools/{OAKFIELD_URN}/ects", f"/schools/{OAKFIELD_URN}/partnerships"):
        client.get(path)
        assert client.response.headers["Location"] == f"/sign-in?next={path}"
