"""Registrations that aren’t finished: listed, continued, deleted."""

from __future__ import annotations

from flask import Flask

from app.services.teacher_record.demo_teachers import DEMO_TEACHERS
from tests.support.acceptance import AOIFE_TRN, HARROW_LANE_TUTOR, OAKFIELD_TUTOR, OAKFIELD_URN
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.document import Document, text_of
from tests.web.conftest import SignIn
from tests.web.school.rows import ECTS, ect, save


def begin(client: InspectingClient) -> str:
    """Start registering; answer the address of the run."""
    client.see(ECTS)
    client.submit("Register an ECT")
    return client.response.headers["Location"]


def listed(page: Document) -> list[list[str]]:
    """The unfinished registrations, cell by cell."""
    rows = page.all("dl", cls="govuk-summary-list")[0]
    return [[text_of(cell) for cell in row] for row in page.all(cls="govuk-summary-list__row", within=rows)]


def test_it_says_who_began_it_when_and_until_when_it_is_kept(tutor: InspectingClient) -> None:
    run = begin(tutor)
    page = tutor.see(ECTS)
    assert "Registrations you have not finished" in page.text
    assert listed(page) == [
        [
            "No name yet",
            "Started 15 September 2025 by Priya ShahKept until 15 October 2025",
            "Continue registering someone with no name yetDelete the registration of someone with no name yet",
        ]
    ]
    assert page.link("Continue") == run
    assert page.link("Delete") == f"{run}delete"


def test_two_without_a_name_have_links_that_differ(tutor: InspectingClient) -> None:
    begin(tutor)
    begin(tutor)
    page = tutor.see(ECTS)
    links = [text_of(link) for link in page.all("a") if text_of(link).startswith("Continue")]
    assert [link[-6:] for link in links] == ["1 of 2", "2 of 2"]


def test_the_name_is_shown_once_the_teacher_is_found(tutor: InspectingClient) -> None:
    begin(tutor)
    tutor.follow()
    tutor.submit()
    tutor.follow()
    aoife = next(each for each in DEMO_TEACHERS if each.trn == AOIFE_TRN)
    parts = zip(("day", "month", "year"), (aoife.born.day, aoife.born.month, aoife.born.year), strict=True)
    tutor.submit(trn=AOIFE_TRN, **{f"date_of_birth-{part}": str(value) for part, value in parts})
    row = listed(tutor.see(ECTS))[0]
    assert row[0] == aoife.name
    assert row[2].startswith(f"Continue registering {aoife.name}")


def test_deleting_asks_first_and_then_it_is_gone(tutor: InspectingClient) -> None:
    run = begin(tutor)
    page = tutor.see(f"{run}delete")
    assert page.h1 == "Are you sure you want to delete the registration for this teacher?"
    assert page.link("No, keep it") == ECTS
    assert page.link("Back") == ECTS
    assert len(listed(tutor.see(ECTS))) == 1
    tutor.see(f"{run}delete")
    tutor.submit("Yes, delete this registration")
    assert tutor.response.status_code == 303
    assert "Registrations you have not finished" not in tutor.follow().text
    tutor.get(run, status=410)


def test_after_deleting_a_banner_can_say_so(tutor: InspectingClient) -> None:
    assert "You have deleted the registration." in tutor.see(f"{ECTS}?notice=deleted").text
    assert "You have deleted" not in tutor.see(ECTS).text


def test_when_its_time_is_over_it_is_not_listed(tutor: InspectingClient, clock: Clock) -> None:
    begin(tutor)
    clock.set("2025-10-16 10:00")
    tutor.sign_in(OAKFIELD_TUTOR)
    assert "Registrations you have not finished" not in tutor.see(ECTS).text


def test_the_list_stands_on_the_first_page_only(app: Flask, tutor: InspectingClient) -> None:
    save(app, *ect(1, "Aoife O’Brien", None))
    begin(tutor)
    assert "Registrations you have not finished" not in tutor.see(f"{ECTS}?search=aoife").text
    assert "Registrations you have not finished" in tutor.see(ECTS).text


def test_over_20_the_page_says_how_many_more_there_are(tutor: InspectingClient) -> None:
    for _ in range(22):
        begin(tutor)
    page = tutor.see(ECTS)
    assert len(listed(page)) == 20
    assert "There are 2 more." in page.text


def test_another_school_sees_nothing_of_it(tutor: InspectingClient, app: Flask, sign_in: SignIn) -> None:
    run = begin(tutor)
    other = sign_in(app.test_client(), HARROW_LANE_TUTOR)  # type: ignore[arg-type]
    assert "Registrations you have not finished" not in other.see("/schools/900102/ects").text
    other.get(f"{run}delete", status=404)
    other.get(f"/schools/{OAKFIELD_URN}/ects", status=404)
