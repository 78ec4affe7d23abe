"""The rounds’ own pages: the list, and what each round is, with the button that starts it."""

from __future__ import annotations

from tests.support.client import InspectingClient
from tests.support.document import text_of


def test_every_round_is_listed_and_leads_to_what_it_is(tutor: InspectingClient) -> None:
    page = tutor.see("/rounds")
    links = [link for link in page.all("a", within=page.main) if link.get("href", "").startswith("/rounds/")]
    assert {link.get("href") for link in links} >= {
        "/rounds/register-ect/round-1",
        "/rounds/register-ect/round-2",
    }
    for link in links:
        about = tutor.see(link.get("href", ""))
        assert about.h1 == text_of(link).replace(":", ",")
        assert about.link("Back") == "/rounds"


def test_a_round_is_started_by_its_button(tutor: InspectingClient) -> None:
    tutor.see("/rounds/register-ect/round-1")
    tutor.submit("Start this round")
    assert tutor.response.headers["Location"].startswith("/rounds/register-ect/round-1/")


def test_there_is_no_page_of_a_live_or_unknown_round(tutor: InspectingClient) -> None:
    for address in ("/rounds/register-ect/live", "/rounds/register-ect/round-99", "/rounds/nothing/round-1"):
        assert tutor.get(address, status=404).status_code == 404
