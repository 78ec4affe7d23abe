"""A lead provider’s proposals: the list, one of them, and the answer, with the services of the API behind it."""

from __future__ import annotations

import pytest

from app.data import models
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.document import Document, text_of
from tests.web.finance.rows import facts, success, table
from tests.web.provider.conftest import Office

LIST = "/provider/proposals"


def listed(page: Document) -> list[list[str]]:
    return table(page, "Proposals")


def test_what_waits_is_listed_and_searched_for(office: Office) -> None:
    own = office.proposal(delivery_partner_id=None)
    office.stage.ect(own)
    office.proposal(school_id=office.stage.at.harrow.id)
    office.proposal(cohort=2024)
    office.proposal(status="declined", delivery_partner_id=office.stage.at.bramble)
    office.theirs(status="proposed", ever_active=False)
    page = office.kim.see("/sign-in")
    assert (office.kim.last_path, page.h1) == (LIST, "Proposals")
    assert "3 proposals wait for you" in page.text
    first = listed(page)[0]
    assert first[0].startswith("Oakfield Primary, URN")
    assert first[2:] == ["2025", "The school does not know", "1", "15 September 2025", "Waiting for you"]
    assert len(listed(office.kim.see(f"{LIST}?cohort=2024"))) == 1
    assert len(listed(office.kim.see(f"{LIST}?search=HARROW+lane"))) == 1
    urn = office.stage.at.harrow.urn
    assert [row[1] for row in listed(office.kim.see(f"{LIST}?search={urn}"))] == [urn]
    assert len(listed(office.kim.see(f"{LIST}?status=all"))) == 4
    office.kim.see(f"{LIST}?search=nobody&status=declined")
    assert office.kim.page.link("Show all proposals") == f"{LIST}?status=all"


def test_before_the_first_proposal_the_list_says_what_comes_here(office: Office) -> None:
    assert "When a school chooses you" in office.kim.see(f"{LIST}?status=all").text
    assert listed(office.kim.page) == []


def test_there_are_20_or_50_a_page_and_as_many_selects_as_ever(office: Office, count_queries) -> None:
    def queries() -> int:
        with count_queries() as sent:
            office.kim.get(LIST)
        return len(sent)

    office.proposal()
    office.kim.get(LIST)
    before = queries()
    schools = [records.school(name=f"School {at:02}") for at in range(21)]
    ids = [each.id for each in schools]
    office.stage.do(lambda: records.save(*schools))
    rows = [
        records.partnership(office.stage.at.world, school_id=each, delivery_partner_id=None) for each in ids
    ]
    office.stage.do(lambda: worlds.save(*rows))
    assert queries() == before <= 6
    page = office.kim.see(f"{LIST}?page=9")
    assert len(listed(page)) == 2
    assert page.link("Previous") == f"{LIST}?cohort=&status=proposed&size=20&page=1"
    assert len(listed(office.kim.see(f"{LIST}?size=50"))) == 22


def test_one_is_confirmed_after_a_check_and_the_school_learns_by_whom(office: Office) -> None:
    own = office.proposal()
    who = office.stage.ect(own, name="Aoife O’Brien")
    page = office.kim.see(f"{LIST}/{own.id}")
    assert page.h1 == "Oakfield Primary, 2025 cohort"
    shown = facts(page)
    assert (shown["Delivery partner"], shown["People waiting"]) == ("Alder Teaching School Hub", "1 person")
    assert shown["Name"] == "The school has not given one"
    page = office.kim.see(page.link("Confirm"))
    assert "Then you see the person waiting" in page.text
    office.kim.submit("Confirm the partnership")
    page = office.kim.follow()
    assert office.kim.last_path == LIST
    assert success(page) == "You have confirmed the partnership with Oakfield Primary."
    (stored,) = office.stage.all(models.Partnership, id=own.id)
    assert (stored.status, stored.confirmed_by) == ("active", "Kim Osei")
    (event,) = office.stage.all(models.Event, record_id=own.id)
    assert (event.kind, event.actor_kind, event.actor_id) == (
        "partnership.confirmed",
        "person",
        office.kim_id,
    )
    assert office.kim.see(f"/provider/participants/{who.teacher}").h1 == "Aoife O’Brien"
    assert office.kim.see(f"{LIST}/{own.id}").h1 == "Oakfield Primary, 2025 cohort"
    assert office.kim.last_path == f"/provider/partnerships/{own.id}"


def test_where_the_school_does_not_know_one_of_ones_own_delivery_partners_is_chosen(office: Office) -> None:
    own = office.proposal(delivery_partner_id=None)
    page = office.kim.see(f"{LIST}/{own.id}/confirm")
    assert page.h1 == "Which delivery partner will train people at Oakfield Primary?"
    labels = [text_of(each) for each in page.all("label", within=page.main)]
    assert labels == ["Alder Teaching School Hub", "Bramble Trust Training"]
    office.kim.submit("Continue", status=422)
    error = (("Select a delivery partner", "#delivery_partner_id"),)
    assert office.kim.page.error_links == error
    office.kim.submit("Continue", status=422, delivery_partner_id=office.stage.at.northstar)
    assert office.kim.page.error_links == error
    office.kim.submit("Continue", delivery_partner_id=office.stage.at.bramble)
    assert facts(office.kim.page)["Delivery partner"] == "Bramble Trust Training"
    office.kim.submit("Change these answers")
    chosen = [each.get("value") for each in office.kim.page.all("input") if "checked" in each.attrib]
    assert chosen == [office.stage.at.bramble]
    office.kim.submit("Continue")
    office.kim.submit("Confirm the partnership")
    (stored,) = office.stage.all(models.Partnership, id=own.id)
    assert (stored.status, stored.delivery_partner_id) == ("active", office.stage.at.bramble)


def test_a_long_list_of_delivery_partners_is_a_select(office: Office) -> None:
    partners = [records.delivery_partner(f"Partner {at:02}") for at in range(15)]
    ids = [each.id for each in partners]
    pairings = [
        models.Pairing(lead_provider_id=office.stage.at.northstar, delivery_partner_id=each, cohort=2025)
        for each in ids
    ]
    office.stage.do(lambda: records.save(*partners, *pairings))
    own = office.proposal(delivery_partner_id=None)
    page = office.kim.see(f"{LIST}/{own.id}/confirm")
    (select,) = page.all("select", within=page.main)
    assert len(page.all("option", within=select)) == 18
    office.kim.submit("Continue", status=422)
    office.kim.submit("Continue", delivery_partner_id=ids[3])
    assert facts(office.kim.page)["Delivery partner"] == "Partner 03"


def test_without_delivery_partners_the_page_says_whom_to_ask(office: Office) -> None:
    own = office.proposal(delivery_partner_id=None)
    office.stage.do(lambda: worlds.change_all(models.Pairing, closed_on=records.TODAY))
    office.kim.get(f"{LIST}/{own.id}/confirm", status=409)
    assert "Contact DfE to add the one that will train there" in office.kim.page.text


def test_one_is_declined_with_a_reason_that_was_checked(office: Office) -> None:
    own = office.proposal()
    office.stage.ect(own)
    page = office.kim.see(f"{LIST}/{own.id}")
    page = office.kim.see(page.link("Decline"))
    assert page.h1 == "Why are you declining the proposal of Oakfield Primary?"
    office.kim.submit("Continue", status=422)
    office.kim.submit("Continue", status=422, reason="because")
    reason = "Select why you are declining this proposal"
    assert office.kim.page.error_links == ((reason, "#reason"),)
    office.kim.submit("Continue", reason="not_this_cohort")
    shown = facts(office.kim.page)
    assert shown["Your reason"] == "We do not take ECTs who start in 2025 to 2026"
    assert "1 person will have no training until it has" in office.kim.page.text
    office.kim.submit("Decline the proposal")
    assert "You have declined the proposal of Oakfield Primary." in success(office.kim.follow())
    (stored,) = office.stage.all(models.Partnership, id=own.id)
    assert (stored.status, stored.declined_reason) == ("declined", "not_this_cohort")
    page = office.kim.see(f"{LIST}/{own.id}")
    assert facts(page)["Your reason"] == shown["Your reason"]
    with pytest.raises(LookupError):
        page.link("Confirm")


MEANWHILE = {
    "active": "Somebody has answered this proposal already",
    "declined": "Somebody has answered this proposal already",
    "retracted": "The school has taken this proposal back",
    "challenged": "The school says that this partnership is wrong",
}


def test_what_was_answered_meanwhile_is_said_in_plain_words_with_the_way_back(office: Office) -> None:
    own = office.proposal()
    for status, heading in MEANWHILE.items():
        for way, button in (("confirm", "Confirm the partnership"), ("decline", "Continue")):
            office.stage.change(models.Partnership, own.id, status="proposed", ever_active=False)
            office.kim.see(f"{LIST}/{own.id}/{way}")
            ever = status in ("active", "challenged")
            office.stage.change(models.Partnership, own.id, status=status, ever_active=ever)
            office.kim.submit(button, status=409)
            assert office.kim.page.h1 == heading
            assert "We have not changed anything." in office.kim.page.text
            assert office.kim.page.link("Go back to the proposals") == LIST
            office.kim.get(f"{LIST}/{own.id}/{way}", status=409)
        assert office.stage.all(models.Partnership, id=own.id)[0].status == status


def test_a_pairing_that_was_closed_meanwhile_is_said_too(office: Office) -> None:
    own = office.proposal()
    office.kim.see(f"{LIST}/{own.id}/confirm")
    office.stage.do(lambda: worlds.change_all(models.Pairing, closed_on=records.TODAY))
    office.kim.submit("Confirm the partnership", status=409)
    assert office.kim.page.h1 == "You do not work with this delivery partner in that cohort"
    assert office.stage.all(models.Partnership, id=own.id)[0].status == "proposed"


def test_a_pairing_that_is_closed_is_said_before_anything_is_confirmed(office: Office) -> None:
    own = office.proposal()
    office.stage.do(lambda: worlds.change_all(models.Pairing, closed_on=records.TODAY))
    office.kim.see(f"{LIST}/{own.id}")
    office.kim.get(f"{LIST}/{own.id}/confirm", status=409)
    assert office.kim.page.h1 == "You do not work with this delivery partner in that cohort"
