"""Partnerships, by year, in a school’s words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from app.data.models import DeliveryPartner, Pairing
from tests.data import records
from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.web.school.rows import NOW, PARTNERSHIPS, ect, partnership, save

PAIR = "Northstar and Alder Teaching School Hub"


def shown(page: Document) -> list[dict[str, str]]:
    """Each partnership as {heading: …, row: value, …}."""
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


def test_a_school_without_partnerships_is_told_what_will_be_here(tutor: InspectingClient) -> None:
    page = tutor.see(PARTNERSHIPS)
    assert page.h1 == "Partnerships"
    assert "You have no partnerships yet." in page.text


@pytest.mark.parametrize(
    ("status", "values", "expected"),
    [
        (
            "proposed",
            {},
            {"Status": "Waiting for Northstar", "You asked it to confirm": "15 September 2025"},
        ),
        (
            "active",
            {},
            {
                "Status": "Confirmed",
                "You asked it to confirm": "15 September 2025",
                "Confirmed by": "Kim Osei at Northstar, on 15 September 2025",
            },
        ),
        (
            "declined",
            {"declined_at": NOW, "declined_reason": "other"},
            {
                "Status": "Northstar said no Choose training for 1 ECT",
                "You asked it to confirm": "15 September 2025",
                "It said no": "15 September 2025",
                "Its reason": "Another reason: contact Northstar at ect@northstar.example",
                "To ask again": f"Speak to Northstar first. Then choose training below, with "
                f"{PAIR}: we ask Northstar to confirm it again.",
            },
        ),
        (
            "challenged",
            {"challenged_at": NOW, "challenged_reason": "no_ects"},
            {
                "Status": "You said it was wrong Choose training for 1 ECT",
                "You asked it to confirm": "15 September 2025",
                "Confirmed by": "Kim Osei at Northstar, on 15 September 2025",
                "You said it was wrong": "15 September 2025",
                "Your reason": "We have no ECTs in 2025 to 2026",
                "To ask again": f"If it is right after all, choose training below, with "
                f"{PAIR}: we ask Northstar to confirm it again.",
            },
        ),
        (
            "retracted",
            {"retracted_at": NOW},
            {
                "Status": "No longer asked for Choose training for 1 ECT",
                "You asked it to confirm": "15 September 2025",
                "To ask again": f"If you need it again, choose training below, with "
                f"{PAIR}: we ask Northstar to confirm it again.",
            },
        ),
    ],
)
def test_each_status_has_its_words_and_who_and_when(
    app: Flask, tutor: InspectingClient, status: str, values: dict[str, Any], expected: dict[str, str]
) -> None:
    one = partnership(status, **values)
    save(app, one, *ect(1, "Aoife O’Brien", one))
    assert shown(tutor.see(PARTNERSHIPS)) == [
        {
            "heading": PAIR,
            "Lead provider": "Northstar",
            "Delivery partner": "Alder Teaching School Hub",
            **expected,
            "ECTs": "1 ECT",
        }
    ]


def test_one_that_nobody_lost_training_by_is_asked_for_again_with_an_ect(
    app: Flask, tutor: InspectingClient
) -> None:
    save(app, partnership("declined", declined_at=NOW, declined_reason="other"))
    (card,) = shown(tutor.see(PARTNERSHIPS))
    assert card["To ask again"] == (
        f"Speak to Northstar first. Then register an ECT and choose {PAIR}: we ask Northstar to confirm it again."
    )


def test_only_what_a_lead_provider_has_confirmed_can_be_called_wrong(
    app: Flask, tutor: InspectingClient
) -> None:
    active = partnership("active")
    others = {
        acceptance.BRAMBLE_PARTNER: partnership("proposed", delivery_partner_id=acceptance.BRAMBLE_PARTNER),
        acceptance.ST_OSWINS: partnership(
            "challenged",
            delivery_partner_id=acceptance.ST_OSWINS,
            challenged_at=NOW,
            challenged_reason="mistake",
        ),
    }
    save(app, active, *others.values())
    page = tutor.see(PARTNERSHIPS)
    forms = [
        form for form in page.all("form", within=page.main) if "/partnerships/" in form.get("action", "")
    ]
    assert [form.get("action") for form in forms] == [f"{PARTNERSHIPS}/{active.id}/challenge"]
    (button,) = page.all("button", within=forms[0])
    assert text_of(button) == f"Tell us this is wrong ({PAIR}, 2025 to 2026)"


def test_a_delivery_partner_nobody_knows_is_the_lead_provider_s_to_confirm(
    app: Flask, tutor: InspectingClient
) -> None:
    save(app, partnership("proposed", delivery_partner_id=None))
    card = shown(tutor.see(PARTNERSHIPS))[0]
    assert card["heading"] == "Northstar"
    assert card["Delivery partner"] == "Northstar to confirm"
    assert card["ECTs"] == "None"


def test_the_latest_year_comes_first(app: Flask, tutor: InspectingClient) -> None:
    save(
        app,
        partnership("active", cohort=2024),
        partnership("active"),
        partnership("proposed", lead_provider_id=acceptance.LANTERN, delivery_partner_id=None),
    )
    page = tutor.see(PARTNERSHIPS)
    assert [text_of(heading) for heading in page.all("h2", within=page.main)] == [
        "2025 to 2026",
        "2024 to 2025",
    ]
    assert [card["heading"] for card in shown(page)] == [
        "Lantern",
        "Northstar and Alder Teaching School Hub",
        "Northstar and Alder Teaching School Hub",
    ]


def save_many(app: Flask, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        partner: DeliveryPartner = records.delivery_partner(f"Partner {number:03}")
        identity = partner.id
        pairing = Pairing(
            lead_provider_id=acceptance.NORTHSTAR, delivery_partner_id=identity, cohort=2025, closed_on=None
        )
        told = {"declined_at": NOW, "declined_reason": "other", "delivery_partner_id": identity}
        save(app, partner, pairing, partnership("declined", **told))


def test_there_are_20_a_page_and_past_the_end_is_the_last(app: Flask, tutor: InspectingClient) -> None:
    save_many(app, 21)
    page = tutor.see(PARTNERSHIPS)
    assert len(shown(page)) == 20
    assert page.link("Next") == f"{PARTNERSHIPS}?page=2"
    assert [card["heading"] for card in shown(tutor.see(f"{PARTNERSHIPS}?page=9"))] == [
        "Northstar and Partner 020"
    ]


def test_more_partnerships_cost_no_more_queries(
    app: Flask, tutor: InspectingClient, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def queries() -> int:
        with count_queries() as sent:
            tutor.get(PARTNERSHIPS)
        return len(sent)

    save_many(app, 4)
    tutor.get(PARTNERSHIPS)
    before = queries()
    save_many(app, 4, first=4)
    assert queries() == before <= 5


def test_another_school_s_are_like_those_of_a_school_that_does_not_exist(tutor: InspectingClient) -> None:
    foreign = tutor.get(f"/schools/{acceptance.HARROW_LANE_URN}/partnerships", status=404)
    unknown = tutor.get("/schools/999999/partnerships", status=404)
    assert foreign.status_code == unknown.status_code
