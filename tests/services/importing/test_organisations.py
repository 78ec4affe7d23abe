"""Lead providers, delivery partners, places in cohorts, pairings and organisation links."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.data.models import DeliveryPartner, LeadProvider, LeadProviderCohort, OrganisationLink, Pairing
from tests.services.importing.conftest import NEXT_DAY

COHORTS = (
    "start-year,registration-start-date,academic-year-start-date,automatic-assignment-period-end-date,"
    "payments-frozen-at,mentor-funding,detailed-evidence-types\n"
    "2024,2024/04/03,2024/09/01,2025/03/31,,false,false\n"
    "2025,2024/12/31,2025/09/01,2026/03/31,,true,true\n"
)
KEYS = "lead_provider, delivery_partner, cohort"
LINKS = "appropriate_body,delivery_partner,decided_by,decided_at,note,ended_at\n"


@pytest.fixture
def organisations(bring_in: Any) -> None:
    """Northstar with a place in both years, Lantern without one, two partners, two bodies."""
    bring_in("cohorts", COHORTS)
    bring_in("lead-providers", "name\nNorthstar\nLantern\n")
    bring_in("delivery-partners", "name\nAlder\nSt Oswin's Hub\n")
    bring_in("lead-provider-places", "lead_provider,cohort\nNorthstar,2024\nNorthstar,2025\n")
    bring_in("appropriate-bodies", "name,type\nAlder,teaching_school_hub\nQuarry,teaching_school_hub\n")


def test_a_lead_provider_found_again_keeps_what_the_file_does_not_speak_of(bring_in: Any, held: Any) -> None:
    header = "name,contact_email,contact_phone,active,fictional\n"
    bring_in("lead-providers", f"{header}Northstar,help@northstar.example,0300 000 0000,yes,yes\n")
    report = bring_in("lead-providers", "name\nNORTHSTAR\n")
    assert (report.added, report.changed) == (0, 1)
    columns = ("name", "contact_email", "contact_phone", "active", "fictional")
    assert held(LeadProvider, *columns) == [
        {
            "name": "NORTHSTAR",
            "contact_email": "help@northstar.example",
            "contact_phone": "0300 000 0000",
            "active": True,
            "fictional": True,
        }
    ]
    bring_in("lead-providers", "name,contact_email,active\nNorthstar,,no\n")
    assert held(LeadProvider, "name", "contact_email", "active") == [
        {"name": "Northstar", "contact_email": "", "active": False}
    ]


def test_an_email_address_that_is_none_is_named(bring_in: Any) -> None:
    report = bring_in("lead-providers", "name,contact_email\nNorthstar,help at northstar\n")
    assert [str(error) for error in report.errors] == [
        "Row 2, contact_email “help at northstar”: must be an email address like name@example.com"
    ]


def test_a_delivery_partner_whose_apostrophe_changed_shape_is_the_same_one(bring_in: Any, held: Any) -> None:
    bring_in("delivery-partners", "name\nSt Oswin's Hub\n")
    [before] = held(DeliveryPartner)
    bring_in("delivery-partners", "name,fictional\nSt Oswin’s Hub,true\n", at=NEXT_DAY)
    [after] = held(DeliveryPartner)
    assert (after["id"], after["name"], after["fictional"]) == (before["id"], "St Oswin’s Hub", True)


@pytest.mark.usefixtures("organisations")
def test_a_pairing_needs_everything_it_names(bring_in: Any, held: Any) -> None:
    report = bring_in(
        "pairings",
        "lead_provider,delivery_partner,cohort\nNorthstar,St Oswin’s Hub,2025\nNortstar,Alder,2025\n"
        "Northstar,Alda,2025\nLantern,Alder,2025\nNorthstar,Alder,2023\nNorthstar,Alder,twenty\n"
        "Northstar,ST OSWINS HUB,2025\n",
    )
    assert [str(error) for error in report.errors] == [
        "Row 3, lead_provider “Nortstar”: no lead provider has this name: import it first",
        "Row 4, delivery_partner “Alda”: no delivery partner has this name: import it first",
        "Row 5, lead_provider “Lantern”: has no place in cohort 2025: import its place first",
        "Row 6, lead_provider “Northstar”: has no place in cohort 2023: import its place first",
        "Row 7, cohort “twenty”: must be a year from 2020 to 2099",
        f"Row 8, {KEYS} “Northstar, ST OSWINS HUB, 2025”: is in row 2 already",
    ]
    assert len(held(Pairing)) == 1


@pytest.mark.usefixtures("organisations")
def test_a_place_needs_its_lead_provider_and_its_cohort(bring_in: Any) -> None:
    report = bring_in("lead-provider-places", "lead_provider,cohort\nLanten,2025\nLantern,2026\n")
    assert [str(error) for error in report.errors] == [
        "Row 2, lead_provider “Lanten”: no lead provider has this name: import it first",
        "Row 3, cohort “2026”: no cohort has this year: import it first",
    ]


@pytest.mark.usefixtures("organisations")
@pytest.mark.parametrize(
    ("name", "columns", "keys", "model"),
    [
        ("lead-provider-places", "lead_provider,cohort", "Northstar,2025", LeadProviderCohort),
        ("pairings", "lead_provider,delivery_partner,cohort", "Northstar,Alder,2025", Pairing),
    ],
)
def test_what_is_closed_is_closed_by_its_date_only(
    bring_in: Any, held: Any, unchanged_by: Any, name: str, columns: str, keys: str, model: Any
) -> None:
    def closing_dates() -> list[date | None]:
        return [row["closed_on"] for row in held(model) if row["cohort"] == 2025]

    bring_in(name, f"{columns}\n{keys}\n")
    bring_in(name, f"{columns},closed_on\n{keys},2025/12/31\n")
    assert closing_dates() == [date(2025, 12, 31)]
    with unchanged_by(lambda: held(model)):
        bring_in(name, f"{columns}\n{keys}\n")
        bring_in(
            name, f"{columns}\n{keys.replace('2025', '2024')}\n"
        ) if model is LeadProviderCohort else None
    bring_in(name, f"{columns},closed_on\n{keys},\n")
    assert closing_dates() == [None]


@pytest.mark.usefixtures("organisations")
def test_a_link_says_who_decided_and_when_and_is_not_made_from_names(
    bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    assert held(OrganisationLink) == []
    bring_in("organisation-links", f"{LINKS}Quarry,St Oswin’s Hub,Dana Reed,2025/06/02,Same charity,\n")
    columns = ("decided_by", "decided_at", "note", "ended_at")
    assert held(OrganisationLink, *columns) == [
        {
            "decided_by": "Dana Reed",
            "decided_at": datetime(2025, 6, 1, 23, 0, tzinfo=UTC),
            "note": "Same charity",
            "ended_at": None,
        }
    ]
    with unchanged_by(lambda: held(OrganisationLink)):
        bring_in("organisation-links", f"{LINKS}Quarry,St Oswin’s Hub,Dana Reed,2025/06/02,Same charity,\n")


@pytest.mark.usefixtures("organisations")
def test_a_link_can_end_and_be_decided_anew_in_one_file_whatever_the_order(bring_in: Any, held: Any) -> None:
    first = "Alder,Alder,Dana Reed,2024-06-01T10:00,,"
    anew = "Alder,Alder,Sol Park,2025-06-01T10:00,,"
    bring_in("organisation-links", f"{LINKS}{first}\n")
    report = bring_in("organisation-links", f"{LINKS}{anew}\n")
    assert [str(error) for error in report.errors] == [
        "Row 2, delivery_partner “Alder”: is linked with it already, since 2024-06-01: end that link first"
    ]
    report = bring_in("organisation-links", f"{LINKS}{anew}\n{first}2025-01-31\n")
    assert report.line() == "2 read, 1 added, 1 changed, 0 unchanged, 0 refused"
    assert [
        (link["decided_by"], link["ended_at"] is None) for link in held(OrganisationLink, *_BY_AND_END)
    ] == [
        ("Dana Reed", False),
        ("Sol Park", True),
    ]


_BY_AND_END = ("decided_by", "ended_at")


@pytest.mark.usefixtures("organisations")
def test_a_link_that_cannot_be_is_named(bring_in: Any, held: Any) -> None:
    report = bring_in(
        "organisation-links",
        f"{LINKS}Oak,Alder,Dana Reed,2025/06/02,,\nAlder,Oak,Dana Reed,2025/06/02,,\n"
        "Alder,Alder,Dana Reed,2026/06/02,,\nAlder,Alder,,2025/06/02,,\nAlder,Alder,Dana Reed,,,\n"
        "Alder,Alder,Dana Reed,2025/06/02,,2025/06/01\n",
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, appropriate_body “Oak”: no appropriate body has this name: import it first",
        "Row 3, delivery_partner “Oak”: no delivery partner has this name: import it first",
        "Row 4, decided_at “2026-06-01T23:00:00+00:00”: is in the future",
        "Row 5, decided_by “”: is blank",
        "Row 6, decided_at “”: is blank",
        "Row 7, ended_at “2025/06/01”: is before the link was decided",
    ]
    assert held(OrganisationLink) == []


@pytest.mark.usefixtures("organisations")
def test_a_name_that_fits_two_records_is_asked_for_letter_for_letter(bring_in: Any, app: Any) -> None:
    from app.data.ids import new_id
    from app.data.transaction import write

    def add(session: Any) -> None:
        twin = {"name_key": "st oswins hub", "active": True, "fictional": False}
        stamps = {"created_at": NEXT_DAY, "updated_at": NEXT_DAY}
        session.add(DeliveryPartner(id=new_id(), name="St. Oswins Hub", **twin, **stamps))

    write(add)
    header = "lead_provider,delivery_partner,cohort\n"
    report = bring_in("pairings", f"{header}Northstar,ST OSWINS HUB,2025\n")
    assert [error.message for error in report.errors] == [
        "fits more than one delivery partner: write the name letter for letter"
    ]
    assert bring_in("pairings", f"{header}Northstar,St Oswin's Hub,2025\n").added == 1
