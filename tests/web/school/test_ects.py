"""Your ECTs: cards, statuses, search, pages, banners."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.web.school.rows import ECTS, NOW, ect, partnership, save

Counting = Callable[[], AbstractContextManager[list[str]]]


def cards(page: Document) -> list[dict[str, str]]:
    """Each card as {heading: name, row: value, …}."""
    return [
        {
            "heading": text_of(page.all("h3", within=card)[0]),
            **{
                text_of(row[0]): text_of(row[1])
                for row in page.all(cls="govuk-summary-list__row", within=card)
            },
        }
        for card in page.all(cls="govuk-summary-card")
    ]


def names(page: Document) -> list[str]:
    return [card["heading"] for card in cards(page)]


def seen(client: InspectingClient, **args: str) -> Document:
    client.allow(*args.values())
    client.get(ECTS, query_string=args)
    return client.page


def test_a_school_without_ects_is_told_what_to_do(tutor: InspectingClient) -> None:
    page = tutor.see(ECTS)
    assert page.h1 == "Your ECTs"
    assert "No ECTs yet" in page.text
    assert "To start, choose “Register an ECT”." in page.text
    assert page.one("input", cls="govuk-input") is None
    tutor.submit("Register an ECT")
    assert tutor.response.headers["Location"].startswith("/registrations/")


def test_the_tab_of_the_page_is_the_current_one(tutor: InspectingClient) -> None:
    page = tutor.see(ECTS)
    current = [text_of(link) for link in page.all("a") if link.get("aria-current") in ("page", "true")]
    assert current == ["Your ECTs"]


def test_a_waiting_ect_has_all_three_organisations_and_who_has_not_confirmed(
    app: Flask, tutor: InspectingClient
) -> None:
    waiting = partnership("proposed")
    save(app, waiting, *ect(1, "Aoife O’Brien", waiting))
    assert cards(tutor.see(ECTS)) == [
        {
            "heading": "Aoife O’Brien",
            "Status": "Waiting for lead provider",
            "TRN": "4000001",
            "Start date": "1 September 2025",
            "Mentor": "No mentor yet",
            "Appropriate body": "Alder Teaching School Hub",
            "Lead provider": "Northstar (has not confirmed yet)",
            "Delivery partner": "Alder Teaching School Hub (has not been confirmed yet)",
        }
    ]


def test_a_delivery_partner_that_nobody_knows_is_the_lead_provider_s_to_confirm(
    app: Flask, tutor: InspectingClient
) -> None:
    waiting = partnership("proposed", delivery_partner_id=None)
    save(app, waiting, *ect(1, "Aoife O’Brien", waiting))
    assert cards(tutor.see(ECTS))[0]["Delivery partner"] == "Northstar to confirm"


def test_once_confirmed_the_names_stand_alone_and_a_mentor_is_wanted(
    app: Flask, tutor: InspectingClient
) -> None:
    confirmed = partnership("active")
    save(app, confirmed, *ect(1, "Aoife O’Brien", confirmed))
    card = cards(tutor.see(ECTS))[0]
    assert card["Status"] == "Action required Choose a mentor for Aoife O’Brien"
    assert (card["Lead provider"], card["Delivery partner"]) == ("Northstar", "Alder Teaching School Hub")


def test_school_led_training_has_no_lead_provider_and_no_delivery_partner(
    app: Flask, tutor: InspectingClient
) -> None:
    save(app, *ect(1, "Aoife O’Brien", None))
    card = cards(tutor.see(ECTS))[0]
    assert card["Training"] == "School-led"
    assert not {"Lead provider", "Delivery partner"} & set(card)


@pytest.mark.parametrize(
    ("status", "values", "provider", "banner"),
    [
        (
            "declined",
            {"declined_at": NOW, "declined_reason": "no_agreement"},
            "Northstar (said no)",
            "Northstar said no to training 1 of your ECTs. Choose again.",
        ),
        (
            "challenged",
            {"challenged_at": NOW, "challenged_reason": "mistake"},
            "Northstar (you said it was wrong)",
            (
                "You told us that Northstar and Alder Teaching School Hub is wrong for 2025 to 2026. "
                "Choose training for 1 ECT."
            ),
        ),
        (
            "retracted",
            {"retracted_at": NOW},
            "Northstar (you no longer asked it to confirm)",
            "You no longer asked Northstar to confirm training in 2025 to 2026. Choose training for 1 ECT.",
        ),
    ],
)
def test_somebody_without_training_any_more_needs_action(
    app: Flask, tutor: InspectingClient, status: str, values: dict[str, Any], provider: str, banner: str
) -> None:
    over = partnership(status, **values)
    save(app, over, *ect(1, "Zoë Fox", over))
    page = tutor.see(ECTS)
    card = cards(page)[0]
    assert card["Status"] == "Action required Choose training for Zoë Fox"
    assert card["Lead provider"] == provider
    shown = page.one(cls="govuk-notification-banner__content")
    assert shown is not None
    assert text_of(shown) == f"{banner}See why on your Partnerships page"
    assert page.link("See why") == f"/schools/{acceptance.OAKFIELD_URN}/partnerships"


def test_several_such_partnerships_make_one_banner(app: Flask, tutor: InspectingClient) -> None:
    one = partnership("declined", declined_at=NOW, declined_reason="other")
    two = partnership(
        "declined", declined_at=NOW, declined_reason="other", delivery_partner_id=acceptance.BRAMBLE_PARTNER
    )
    without_people = partnership(
        "declined", declined_at=NOW, declined_reason="other", delivery_partner_id=acceptance.ST_OSWINS
    )
    save(app, one, two, without_people, *ect(1, "A B", one), *ect(2, "C D", two), *ect(3, "E F", two))
    page = tutor.see(ECTS)
    assert len(page.all(cls="govuk-notification-banner")) == 1
    assert "Action required for 3 ECTs" in page.text
    assert page.text.count("Northstar said no to training") == 2


def test_somebody_who_leaves_stays_in_the_list_until_then(app: Flask, tutor: InspectingClient) -> None:
    confirmed = partnership("active")
    leaving = ect(1, "Leaves Today", confirmed, finished_on=date(2025, 9, 15))
    left = ect(2, "Left Yesterday", confirmed, finished_on=date(2025, 9, 14))
    save(app, confirmed, *leaving, *left)
    page = tutor.see(ECTS)
    assert [(card["heading"], card["Status"]) for card in cards(page)] == [("Leaves Today", "Leaving school")]


def test_names_are_escaped_once_and_long_ones_printed_whole(app: Flask, tutor: InspectingClient) -> None:
    script, long = "<script>alert(1)</script> & Sons", "W" * 70
    save(app, *ect(1, script, None), *ect(2, long, None))
    page = tutor.see(ECTS)
    assert names(page) == [script, long]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in page.html


def test_two_ects_of_one_name_have_links_that_differ(app: Flask, tutor: InspectingClient) -> None:
    save(app, *ect(1, "Ali Khan", None), *ect(2, "Ali Khan", None))
    assert names(tutor.see(ECTS)) == ["Ali Khan, TRN 4000001", "Ali Khan, TRN 4000002"]


@pytest.mark.parametrize("typed", ["o'brien", "O’Brien", "OBRIEN", "  aoife  o’b ", "4000001", "RP40/00001"])
def test_search_finds_a_name_or_a_trn_however_it_is_typed(
    app: Flask, tutor: InspectingClient, typed: str
) -> None:
    save(app, *ect(1, "Aoife O’Brien", None), *ect(2, "Zoë D’Arcy-N’Diaye", None))
    page = seen(tutor, search=typed)
    assert names(page) == ["Aoife O’Brien"]
    assert f"1 ECT found for “{' '.join(typed.split())}”" in page.text
    assert page.link("Clear the search") == ECTS


def test_search_that_finds_nobody_says_so_and_how_to_go_on(app: Flask, tutor: InspectingClient) -> None:
    save(app, *ect(1, "Aoife O’Brien", None))
    page = seen(tutor, search="<b>nobody</b>")
    assert names(page) == []
    assert "No ECTs found for “<b>nobody</b>”" in page.text
    assert page.link("Clear the search") == ECTS
    assert page.by_id["search"].get("value") == "<b>nobody</b>"


@pytest.mark.parametrize("typed", ["%", "_", "\\", "\u202e", "z" * 5000])
def test_search_takes_odd_text_as_text(app: Flask, tutor: InspectingClient, typed: str) -> None:
    save(app, *ect(1, "Aoife O’Brien", None))
    assert names(seen(tutor, search=typed)) in ([], ["Aoife O’Brien"])


def save_many(app: Flask, count: int, first: int = 1) -> None:
    rows = [ect(number, f"Teacher {number:04}", None) for number in range(first, first + count)]
    save(app, *(row for each in rows for row in each))


def test_the_list_has_20_a_page_and_links_to_the_others(app: Flask, tutor: InspectingClient) -> None:
    save_many(app, 45)
    page = tutor.see(ECTS)
    assert names(page) == [f"Teacher {number:04}" for number in range(1, 21)]
    assert "45 ECTs" in page.text
    assert "Showing 1 to 20" in page.text
    page = seen(tutor, page="3")
    assert names(page) == [f"Teacher {number:04}" for number in range(41, 46)]
    assert page.link("Previous") == f"{ECTS}?page=2"


@pytest.mark.parametrize("number", ["4", "99", "1000000000000000000000000"])
def test_a_page_past_the_end_is_the_last(app: Flask, tutor: InspectingClient, number: str) -> None:
    save_many(app, 45)
    assert names(seen(tutor, page=number))[-1] == "Teacher 0045"


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "", "\uff11"])
def test_a_page_that_is_no_number_is_the_first(app: Flask, tutor: InspectingClient, number: str) -> None:
    save_many(app, 21)
    assert names(seen(tutor, page=number))[0] == "Teacher 0001"


def test_the_other_pages_keep_the_search(app: Flask, tutor: InspectingClient) -> None:
    save_many(app, 25)
    save(app, *ect(900, "Aoife O’Brien", None))
    page = seen(tutor, search="Teacher&", page="2")
    assert names(page) == []
    page = seen(tutor, search="Teacher", page="2")
    assert len(names(page)) == 5
    assert page.link("Previous") == f"{ECTS}?search=Teacher&page=1"


def test_more_ects_cost_no_more_queries(app: Flask, tutor: InspectingClient, count_queries: Counting) -> None:
    def queries() -> int:
        with count_queries() as sent:
            tutor.get(ECTS)
        return len(sent)

    def more(number: int, partner: str) -> None:
        over = partnership("declined", declined_at=NOW, declined_reason="other", delivery_partner_id=partner)
        save(app, over, *ect(100 + number, f"Over {number}", over))
        save_many(app, 9, number * 10)
        tutor.get(ECTS)
        tutor.submit("Register an ECT")

    more(1, acceptance.ALDER_PARTNER)
    before = queries()
    more(2, acceptance.BRAMBLE_PARTNER)
    assert queries() == before <= 8


def test_another_school_s_list_is_like_one_that_does_not_exist(tutor: InspectingClient) -> None:
    foreign = tutor.get(f"/schools/{acceptance.HARROW_LANE_URN}/ects", status=404)
    unknown = tutor.get("/schools/999999/ects", status=404)
    assert foreign.status_code == unknown.status_code == 404
