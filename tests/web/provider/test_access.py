"""A lead provider’s pages are its own: of another’s records there is nothing, whatever an address or a field says."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.services import tokens
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.client import InspectingClient
from tests.support.document import text_of, values_of
from tests.web.api_v3.playing import BY
from tests.web.provider.conftest import Office

CHANGING = re.compile(r'nonce="[^"]+"|value="[A-Za-z0-9_.\-]{22,}"')
SECRET = "Zorro"


@dataclass(frozen=True)
class Foreign:
    """Ids of Teach Forward’s records, by the name that addresses have for them."""

    ids: dict[str, str]

    @property
    def marks(self) -> frozenset[str]:
        """What may never be in an answer to Northstar."""
        return frozenset({SECRET, *self.ids.values()})


@pytest.fixture
def foreign(office: Office) -> Foreign:
    """One record of everything that the pages show, all Teach Forward’s."""
    stage, provider = office.stage, office.stage.at.teach_forward
    school, partner = records.school(name=f"{SECRET} School"), records.delivery_partner(f"{SECRET} Partner")
    of = {"school_id": school.id, "delivery_partner_id": partner.id}
    place = models.Pairing(lead_provider_id=provider, delivery_partner_id=partner.id, cohort=2025)
    stage.do(lambda: worlds.save(school, partner, place))
    under = office.theirs(**of)
    asked = office.theirs(**{**of, "delivery_partner_id": None}, status="proposed", ever_active=False)
    who = stage.ect(under, name=f"{SECRET} Person")
    declared = stage.store(lambda _at: worlds.declaration(who, provider))
    statement = stage.all(models.Statement, lead_provider_id=provider, cohort=2025, output=True)[0]
    line = {"statement_id": statement.id, "declaration_id": declared.id, "added_at": records.NOW}
    row = models.StatementLine(id=new_id(), kind="payment", state="eligible", **line)
    stage.do(lambda: worlds.save(row))
    made = stage.do(lambda: tokens.issue(provider, f"{SECRET} token", BY))
    return Foreign(
        {
            "proposal_id": asked.id,
            "partnership_id": under.id,
            "participant_id": who.teacher,
            "statement_id": statement.id,
            "token_id": made.token_id,
        }
    )


def addresses(app: Flask, method: str, ids: dict[str, str] | None = None) -> list[str]:
    """Every address of a lead provider that takes this method: with these ids, or ones that nothing has."""
    rules = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("provider.") and method in (rule.methods or ())
    ]
    return [re.sub(r"<(\w+)>", lambda name: ids[name[1]] if ids else new_id(), rule) for rule in rules]


def sent(client: InspectingClient, address: str, status: int = 404) -> str:
    """A POST with a token of the session’s own."""
    client.get("/accessibility")
    form = dict(values_of(client.page, client.page.form(button="Sign out")))
    client.post(address, data={**form, "step": "save", "reason": "other"}, status=status)
    return masked(client)


def masked(client: InspectingClient) -> str:
    return CHANGING.sub("", client.response.get_data(as_text=True))


def test_what_is_another_s_is_what_does_not_exist_byte_for_byte(
    app: Flask, office: Office, foreign: Foreign
) -> None:
    assert len(addresses(app, "GET")) >= 14
    for address in (each for each in addresses(app, "GET", foreign.ids) if foreign_in(each, foreign)):
        office.kim.get(address, status=404)
        theirs = masked(office.kim)
        office.kim.get(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", new_id(), address), status=404)
        assert masked(office.kim) == theirs, address
    for address in (each for each in addresses(app, "POST", foreign.ids) if foreign_in(each, foreign)):
        unknown = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", new_id(), address)
        assert sent(office.kim, address) == sent(office.kim, unknown), address
    (asked,) = office.stage.all(models.Partnership, id=foreign.ids["proposal_id"])
    (token,) = office.stage.all(models.ApiToken, id=foreign.ids["token_id"])
    assert (asked.status, token.revoked_at) == ("proposed", None)


def foreign_in(address: str, foreign: Foreign) -> bool:
    return any(each in address for each in foreign.ids.values())


def test_no_list_filter_search_or_banner_shows_another_s(
    app: Flask, office: Office, foreign: Foreign
) -> None:
    lists = [each for each in addresses(app, "GET") if each.count("/") == 2]
    assert len(lists) == 5
    partner = office.stage.all(models.DeliveryPartner, name=f"{SECRET} Partner")[0].id
    queries = ["", "?status=all&cohort=2025", "?search=zor", f"?partner={partner}"]
    queries += [
        f"?notice={done}&of={each}" for each in foreign.ids.values() for done in ("confirmed", "declined")
    ]
    for address in lists:
        for query in queries:
            office.kim.get(address + query)
            said = text_of(office.kim.page.main)
            shown = {mark for mark in foreign.marks if mark in office.kim.response.get_data(as_text=True)}
            assert SECRET not in said and not shown - set(re.findall(r"[0-9a-f-]{36}", query)), (
                address + query
            )
    assert SECRET in office.other().see("/provider/proposals").text


def test_another_s_delivery_partner_cannot_be_chosen(office: Office, foreign: Foreign) -> None:
    own = office.proposal(delivery_partner_id=None)
    partner = office.stage.all(models.DeliveryPartner, name=f"{SECRET} Partner")[0].id
    office.kim.see(f"/provider/proposals/{own.id}/confirm")
    assert SECRET not in office.kim.page.text
    office.kim.submit("Continue", status=422, delivery_partner_id=partner)
    assert office.stage.all(models.Partnership, id=own.id)[0].status == "proposed"


def test_people_of_another_kind_find_nothing(app: Flask, office: Office) -> None:
    for kind in ("school", "dfe"):
        person = records.person(kind=kind, demo=True)
        identity = person.id
        office.stage.do(lambda person=person: records.save(person))
        browser: InspectingClient = app.test_client()  # type: ignore[assignment]
        browser.sign_in(identity)
        for address in addresses(app, "GET"):
            browser.get(address, status=404)
            assert browser.page.h1 == "Page not found"
        for address in addresses(app, "POST"):
            sent(browser, address)


def test_ids_of_any_shape_are_not_found(office: Office) -> None:
    for wrong in ("x", "%00", "../x", "1" * 500, "01a2010f-7843-773a-bad8-8d4607eb549g"):
        for place in ("proposals", "partnerships", "participants", "statements"):
            office.kim.get(f"/provider/{place}/{wrong}", status=404)
        office.kim.get(f"/provider/tokens/{wrong}/revoke", status=404)
    assert office.kim.page.h1 == "Page not found"


def test_who_is_not_signed_in_is_asked_to_and_the_navigation_names_every_list(
    app: Flask, client: InspectingClient, office: Office
) -> None:
    for address in addresses(app, "GET"):
        client.get(address)
        assert client.response.headers["Location"].startswith("/sign-in?next=/provider/"), address
    page = office.kim.see("/provider/tokens")
    navigation = page.one("nav", cls="govuk-service-navigation__wrapper")
    assert navigation is not None
    names = [text_of(each) for each in page.all("a", within=navigation)]
    assert names == ["Proposals", "Partnerships", "Participants", "Statements", "API tokens"]


def test_each_page_says_for_which_lead_provider_one_is_signed_in(office: Office) -> None:
    def said(browser: InspectingClient, path: str) -> str | None:
        line = browser.see(path).one(cls="app-whose")
        return text_of(line) if line is not None else None

    assert said(office.kim, "/provider/proposals") == "Lead provider: Northstar"
    assert said(office.other(), "/provider/proposals") == "Lead provider: Teach Forward"
