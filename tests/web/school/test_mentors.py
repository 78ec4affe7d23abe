"""Your mentors: cards, whom they mentor, their own training, search, pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from flask import Flask

from app.data.columns import Model
from app.data.models import EctPeriod, Funding, MentorFundingFlag, MentorPeriod, Mentorship, Partnership
from app.data.models import TrainingRecord as Record
from tests.data import records
from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.web.school.rows import ECTS, HERE, NOW, ect, partnership, save

Counting = Callable[[], AbstractContextManager[list[str]]]
MENTORS = f"/schools/{acceptance.OAKFIELD_URN}/mentors"
STILL = "They can still mentor."
NOT_YET = (
    "{} is not registered for mentor training. They can still mentor. We register them for training when a lead "
    "provider trains an ECT they mentor, or when you choose them for one it trains."
)
ROWS = ("Status", "Mentor training", "Lead provider", "Delivery partner")
HOW = "You register a mentor from an ECT. Go to your ECTs, open the one they will mentor, and choose"


def mentor(number: int, name: str, **values: Any) -> tuple[Model, MentorPeriod]:
    """A mentor at Oakfield whose TRN ends in `number`."""
    teacher = records.teacher(f"{5000000 + number}", name)
    return teacher, records.mentor_period(HERE, teacher, **values)


def mentors(period: MentorPeriod, whom: EctPeriod, **values: Any) -> Mentorship:
    plain = {"started_on": date(2025, 9, 1), "created_at": NOW, "updated_at": NOW}
    days = plain | values
    return Mentorship(id=records.new_id(), ect_period_id=whom.id, mentor_period_id=period.id, **days)


def trains(period: MentorPeriod, under: Partnership, **values: Any) -> Record:
    whose = {"ect_period_id": None, "mentor_period_id": period.id, "participant_type": "mentor"}
    return records.training(period, under, **whose, **values)  # type: ignore[arg-type]


def flag(number: int, reason: str = "completed_during_early_roll_out") -> MentorFundingFlag:
    return MentorFundingFlag(
        trn=f"{5000000 + number}", reason=reason, source="import", ended_on=date(2021, 4, 19)
    )


def by_hand(period: MentorPeriod, *, eligible: bool) -> Funding:
    decided = {"eligible": eligible, "by_hand": True, "decided_at": NOW, "created_at": NOW, "updated_at": NOW}
    return Funding(teacher_id=period.teacher_id, course="ecf-mentor", **decided)


def cards(page: Document) -> dict[str, dict[str, str]]:
    """Each card as {row: value, …}, by the mentor’s name, in order."""
    return {
        text_of(page.all("h3", within=card)[0]): {
            text_of(row[0]): text_of(row[1]) for row in page.all(cls="govuk-summary-list__row", within=card)
        }
        for card in page.all(cls="govuk-summary-card")
    }


def seen(client: InspectingClient, **args: str) -> Document:
    client.allow(*args.values())
    client.get(MENTORS, query_string=args)
    return client.page


def test_a_school_without_mentors_is_told_that_they_are_registered_from_an_ect(
    tutor: InspectingClient,
) -> None:
    page = tutor.see(MENTORS)
    assert page.h1 == "Your mentors"
    assert "No mentors yet" in page.text
    assert HOW in page.text
    assert (page.link("your ECTs"), page.one("input", cls="govuk-input")) == (ECTS, None)
    current = [text_of(link) for link in page.all("a") if link.get("aria-current")]
    assert current == ["Your mentors"]


def test_a_card_names_the_ects_and_who_trains_the_mentor(app: Flask, tutor: InspectingClient) -> None:
    active = partnership("active")
    sam, one = mentor(1, "Sam O’Lee", email="sam@example.com")
    first, again, gone = ect(1, "Ali Khan", active), ect(2, "Ali Khan", None), ect(3, "Gone Now", None)
    gone[1].finished_on = date(2025, 9, 14)
    leaving = mentors(one, again[1], started_on=date(2025, 9, 20), finished_on=date(2025, 10, 3))
    save(app, active, *first, *again, *gone, sam, one, trains(one, active))
    save(app, mentors(one, first[1]), leaving, mentors(one, gone[1], finished_on=date(2025, 9, 14)))
    page = tutor.see(MENTORS)
    assert cards(page) == {
        "Sam O’Lee": {
            "Status": "In training",
            "TRN": "5000001",
            "Email address": "sam@example.com",
            "Mentor at your school": "Since 1 September 2025",
            "ECTs they mentor here": (
                "Ali Khan, TRN 4000001Ali Khan, TRN 4000002 (from 20 September 2025 until 3 October 2025)"
            ),
            "Mentor training": "Since 1 September 2025",
            "Lead provider": "Northstar",
            "Delivery partner": "Alder Teaching School Hub",
        }
    }
    assert page.link("Ali Khan, TRN 4000001") == f"{ECTS}/{first[1].id}"
    assert tutor.see(f"{ECTS}/{first[1].id}").h1 == "Ali Khan"


def save_one_of_each_kind(app: Flask) -> None:
    """A to I: not registered; waiting; paused; declined; completed; started before; decided by hand (twice); done."""
    active, waiting = partnership("active"), partnership("proposed", delivery_partner_id=None)
    over = {"declined_at": NOW, "declined_reason": "other"}
    declined = partnership("declined", delivery_partner_id=acceptance.BRAMBLE_PARTNER, **over)
    paused = {"training_status": "deferred", "deferred_at": NOW, "deferral_reason": "career-break"}
    people = {name: mentor(at, name) for at, name in enumerate("ABCDEFGHI", 1)}
    at = {name: rows[1] for name, rows in people.items()}
    save(app, active, waiting, declined, *(row for rows in people.values() for row in rows))
    save(app, trains(at["B"], waiting), trains(at["C"], active, **paused), trains(at["D"], declined))
    save(app, flag(5), flag(6, "started_not_completed"), trains(at["F"], active), flag(8), flag(9))
    save(app, by_hand(at["G"], eligible=False), by_hand(at["H"], eligible=True))
    save(app, flag(9, "completed_declaration_received"), trains(at["I"], active))


def unpaid(name: str, why: str) -> str:
    because = f"because they {why}. {STILL}"
    return f"DfE does not pay for {name}’s training as a mentor, {because}"


def test_each_mentor_s_training_is_said_in_plain_words(app: Flask, tutor: InspectingClient) -> None:
    save_one_of_each_kind(app)
    found = cards(tutor.see(MENTORS))
    assert {name: card["Status"] for name, card in found.items()} == {
        "A": f"Not in training {NOT_YET.format('A')}",
        "B": "Waiting for lead provider",
        "C": "Training paused",
        "D": f"Not in training Nobody trains D as a mentor now. {STILL} If that is wrong, choose them again for an ECT "
        "whose training is provider-led, or email help@example.com",
        "E": f"Training completed {unpaid('E', 'completed mentor training in the early roll-out')}",
        "F": f"In training {unpaid('F', 'started mentor training before and did not complete it')}",
        "G": f"Not in training DfE has decided not to pay for G’s training as a mentor. {STILL}",
        "H": f"Not in training {NOT_YET.format('H')}",
        "I": f"Training completed {unpaid('I', 'have completed mentor training')}",
    }
    assert found["A"]["ECTs they mentor here"] == "None now"
    waits = (found["B"]["Lead provider"], found["B"]["Delivery partner"])
    assert waits == ("Northstar (has not confirmed yet)", "Northstar to confirm")
    said = "It paused C’s training on 15 September 2025: a career break"
    assert found["C"]["Your lead provider has told us"] == said
    assert found["D"]["Lead provider"] == "Northstar (said no)"
    assert not {"Lead provider", "Mentor training"} & (set(found["A"]) | set(found["E"]))
    assert found["I"]["Lead provider"] == "Northstar"
    began = {name for name, card in found.items() if card.get("Mentor training") == "Since 1 September 2025"}
    assert began == {"C", "F"}


def test_training_at_another_school_is_named_while_it_goes_on_and_is_no_longer_that_school_s_business(
    app: Flask, tutor: InspectingClient
) -> None:
    elsewhere = {"school_id": acceptance.HARROW_LANE}
    active = partnership("active", lead_provider_id=acceptance.TEACH_FORWARD, **elsewhere)
    active.delivery_partner_id = acceptance.FIVE_RIVERS_NORTH
    waiting = partnership("proposed", delivery_partner_id=None, **elsewhere)
    own = partnership("active")
    yusuf, here = mentor(1, "Yusuf")
    zara, there = mentor(2, "Zara")
    noor, ended = mentor(3, "Noor")
    both = [records.mentor_period(HERE, each, **elsewhere) for each in (yusuf, zara, noor)]
    save(app, active, waiting, own, yusuf, here, zara, there, noor, ended, *both)
    past = {"finished_on": date(2025, 9, 14)}
    save(app, trains(both[0], active), trains(both[1], waiting), trains(both[2], active, **past))
    save(app, trains(here, own, **past))
    found = cards(tutor.see(MENTORS))
    shown = {name: [card.get(row) for row in ROWS] for name, card in found.items()}
    assert shown == {
        "Noor": [found["Noor"]["Status"], None, None, None],
        "Yusuf": ["In training", "Registered by another school", "Teach Forward", None],
        "Zara": ["Waiting for lead provider", "Registered by another school", None, None],
    }
    assert found["Noor"]["Status"].startswith(f"Not in training {NOT_YET.format('Noor')}")


def test_the_list_has_those_who_are_mentors_today_or_will_be_and_no_other_school_s(
    app: Flask, tutor: InspectingClient
) -> None:
    last_day = {"started_on": date(2024, 9, 1), "finished_on": date(2025, 9, 15)}
    save(app, *mentor(1, "Leaves Today", **last_day), *mentor(2, "Later", started_on=date(2025, 10, 1)))
    save(app, *mentor(3, "Left", finished_on=date(2025, 9, 14)))
    save(app, *mentor(4, "Elsewhere", school_id=acceptance.HARROW_LANE))
    found = cards(tutor.see(MENTORS))
    assert {name: card["Mentor at your school"] for name, card in found.items()} == {
        "Later": "From 1 October 2025",
        "Leaves Today": "1 September 2024 to 15 September 2025",
    }
    tutor.get(f"/schools/{acceptance.HARROW_LANE_URN}/mentors", status=404)
    foreign = tutor.page.text
    tutor.get("/schools/999999/mentors", status=404)
    assert foreign.replace(acceptance.HARROW_LANE_URN, "") == tutor.page.text.replace("999999", "")


def test_search_finds_a_name_or_a_trn_however_it_is_typed(app: Flask, tutor: InspectingClient) -> None:
    script = "<script>alert(1)</script> & Sons"
    save(app, *mentor(1, "Aoife O’Brien"), *mentor(2, "Zoë D’Arcy-N’Diaye"), *mentor(3, script))
    for typed in ("o'brien", "O’Brien", "  aoife  o’b ", "5000001", "RP50/00001"):
        page = seen(tutor, search=typed)
        assert list(cards(page)) == ["Aoife O’Brien"], typed
        assert f"1 mentor found for “{' '.join(typed.split())}”" in page.text
    assert list(cards(seen(tutor, search="zoe d'arcy"))) == ["Zoë D’Arcy-N’Diaye"]
    assert list(cards(seen(tutor, search="<script>"))) == [script]
    page = seen(tutor, search="<b>nobody</b>")
    assert (cards(page), page.link("Clear the search")) == ({}, MENTORS)
    assert "No mentors found for “<b>nobody</b>”" in page.text
    assert cards(seen(tutor, search="%")) == {}


def test_20_a_page_and_more_mentors_cost_no_more_queries(
    app: Flask, tutor: InspectingClient, count_queries: Counting
) -> None:
    active = partnership("active")
    save(app, active)
    # The first request of a session notes that it was seen.
    tutor.get(MENTORS)

    def more(first: int, last: int) -> int:
        rows: list[Model] = []
        for number in range(first, last):
            teacher, period = mentor(number, f"Mentor {number:04}")
            whom = ect(number, f"Teacher {number:04}", active)
            rows += [teacher, period, *whom, mentors(period, whom[1]), trains(period, active), flag(number)]
        save(app, *rows)
        with count_queries() as sent:
            tutor.get(MENTORS)
        return len(sent)

    assert more(1, 6) == more(6, 26) <= 6
    page = tutor.page
    assert list(cards(page)) == [f"Mentor {number:04}" for number in range(1, 21)]
    assert "25 mentors" in page.text
    assert "Showing 1 to 20" in page.text
    for asked in ("2", "99"):
        page = seen(tutor, search="mentor", page=asked)
        assert list(cards(page)) == [f"Mentor {number:04}" for number in range(21, 26)]
        assert page.link("Previous") == f"{MENTORS}?search=mentor&page=1"
