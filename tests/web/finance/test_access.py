"""Finance’s pages are for people at DfE: for everybody else they don’t exist."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.data.ids import new_id
from tests.data import records
from tests.services.statements.ledger import Ledger
from tests.support.client import InspectingClient
from tests.support.document import text_of, values_of
from tests.web.finance.rows import STATEMENTS, inside

IDS = {"statement_id", "adjustment_id", "declaration_id", "participant_id", "lead_provider_id"}


def addresses(app: Flask, method: str) -> list[str]:
    """Every address of finance that takes this method, with ids that nothing has."""
    rules = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("finance.") and method in (rule.methods or ())
    ]
    return [re.sub(r"<(\w+)>", lambda name: new_id() if name[1] in IDS else "2024", rule) for rule in rules]


def person_of(kind: str, app: Flask, ledger: Ledger) -> str:
    place = {"lead_provider_id": ledger.provider} if kind == "lead_provider" else {}
    person = records.person(kind=kind, demo=True, **place)
    inside(app, lambda: records.save(person))
    return str(person.id)


@pytest.mark.parametrize("kind", ["school", "lead_provider"])
def test_people_of_another_kind_find_nothing(
    app: Flask, client: InspectingClient, ledger: Ledger, kind: str
) -> None:
    identity = person_of(kind, app, ledger)
    client.get("/sign-in")
    token = dict(values_of(client.page, client.page.form()))["csrf_token"]
    client.post("/sign-in", data={"csrf_token": token, "person": identity})
    assert len(addresses(app, "GET")) >= 16
    for address in addresses(app, "GET"):
        client.get(address, status=404)
        assert client.page.h1 == "Page not found"
    for address in addresses(app, "POST"):
        client.get("/accessibility")
        form = client.page.form(button="Sign out")
        client.post(address, data=dict(values_of(client.page, form)), status=404)


def test_what_is_not_there_is_not_found(app: Flask, asha: InspectingClient) -> None:
    lists = ("/finance/statements", "/finance/declarations", "/finance/contracts")
    for address in addresses(app, "GET"):
        asha.get(address, status=200 if address in lists else 404)
    for address in addresses(app, "POST"):
        asha.get("/accessibility")
        form = asha.page.form(button="Sign out")
        asha.post(address, data=dict(values_of(asha.page, form)), status=404)


def test_ids_of_any_shape_are_not_found(asha: InspectingClient) -> None:
    for wrong in ("x", "%00", "../x", "1" * 500, "01a2010f-7843-773a-bad8-8d4607eb549g"):
        for place in ("statements", "declarations", "participants", "contracts/x"):
            asha.get(f"/finance/{place}/{wrong}", status=404)
    asha.get(f"/finance/contracts/{new_id()}/abcd", status=404)
    assert asha.page.h1 == "Page not found"


def test_finance_begins_at_its_statements_and_finds_the_rest_in_the_navigation(
    asha: InspectingClient,
) -> None:
    page = asha.see("/sign-in")
    assert asha.last_path == STATEMENTS
    navigation = page.one("nav", cls="govuk-service-navigation__wrapper")
    assert navigation is not None
    links = [(text_of(each), each.get("href")) for each in page.all("a", within=navigation)]
    assert links == [
        ("Statements", "/finance/statements"),
        ("Declarations", "/finance/declarations"),
        ("Contracts", "/finance/contracts"),
    ]


def test_who_is_not_signed_in_is_asked_to(app: Flask, client: InspectingClient, ledger: Ledger) -> None:
    for address in addresses(app, "GET"):
        client.get(address)
        assert client.response.headers["Location"].startswith("/sign-in?next=/finance/"), address
