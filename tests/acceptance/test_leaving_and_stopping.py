"""A school says that an ECT leaves, or has stopped training. (School journey, “Report leaving”.)"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from flask import Flask

from app.data.models import EctPeriod, Event, Mentorship, TrainingRecord
from tests.data import records
from tests.support import acceptance as fixture
from tests.support import challenging, shown, stories
from tests.support.about_ects import ADA, Reporting, store_ect
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.document import Document, text_of
from tests.support.registering import day
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

ECTS = f"/schools/{fixture.OAKFIELD_URN}/ects"
LAST_DAY = date(2025, 10, 31)


@pytest.fixture(autouse=True)
def _names(client: InspectingClient) -> None:
    client.allow(ADA, "Cai Moss")


def events(stored: Stored) -> Counter[str]:
    return Counter(each.kind for each in stored.all(Event))


def buttons(page: Document) -> list[str]:
    """The journeys that can be begun from a page."""
    return [text_of(each) for each in page.all("button", within=page.main)]


def other_tab(app: Flask, ect_id: str, tutor: str = fixture.OAKFIELD_TUTOR) -> Reporting:
    """Another run about the same ECT, in a browser of its own."""
    client: InspectingClient = app.test_client()  # type: ignore[assignment]
    client.allow(ADA, "Cai Moss")
    return Reporting(client, ect_id, tutor=tutor)


def mentor(stored: Stored, ect_id: str, until: date | None = None, since: date = date(2025, 9, 1)) -> str:
    """Somebody mentors the ECT. Returns the mentorship’s id."""
    teacher = records.teacher("4009999" if until is None else "4009998", "Cai Moss")
    period = records.mentor_period(challenging.at(fixture.OAKFIELD), teacher)
    row = Mentorship(
        id=records.new_id(),
        ect_period_id=ect_id,
        mentor_period_id=period.id,
        started_on=since,
        finished_on=until,
        created_at=records.NOW,
    )
    identity = row.id
    stored.store(teacher, period, row)
    return identity


def test_leaving_is_told_once_and_ends_training_and_mentoring_that_day(
    client: InspectingClient, stored: Stored
) -> None:
    ect, training, _ = store_ect(stored)
    mentorship = mentor(stored, ect)
    going = Reporting(client, ect)
    assert going.page.h1 == "What has changed for Ada Park?"
    page = going.leaves(31, 10, 2025)
    assert page.h1 == "Check what you are telling us about Ada Park"
    assert shown.rows(page) == {
        "ECT": ADA,
        "What has changed": "Leaves your school for good",
        "Last day at your school": "31 October 2025",
    }
    for sentence in (
        "Ada Park stays on your ECTs page until 31 October 2025.",
        "Cai Moss stops being their mentor on the same day.",
        "Northstar sees that Ada Park leaves your school, and when.",
    ):
        assert sentence in page.text
    assert events(stored) == {}
    path, form = stories.form_sent(client, going.confirm)
    for _ in range(3):
        client.post(path, data=form)
        assert client.follow().h1 == "You have told us when Ada Park leaves"
    assert events(stored) == {"ect.leaving_reported": 1, "training.ended": 1, "mentorship.ended": 1}
    period = stored.one(EctPeriod, EctPeriod.id == ect)
    assert (period.finished_on, period.leaving_reported_at is None) == (LAST_DAY, False)
    for model, identity in ((TrainingRecord, training), (Mentorship, mentorship)):
        assert stored.one(model, model.id == identity).finished_on == LAST_DAY
    (event,) = stored.all(Event, Event.kind == "ect.leaving_reported")
    assert (event.actor_id, event.record_id) == (fixture.OAKFIELD_TUTOR, ect)
    assert json.loads(event.details)["reference"] in going.page.text
    assert "Leaving school" in client.see(ECTS).text
    assert going.see("what_has_changed").h1 == "You have already told us this about Ada Park"


def test_the_day_can_change_until_it_has_come(client: InspectingClient, stored: Stored, clock: Clock) -> None:
    ect, training, _ = store_ect(stored)
    earlier = mentor(stored, ect, until=LAST_DAY)
    later = mentor(stored, ect, since=date(2025, 11, 1))
    Reporting(client, ect).leaves(31, 10, 2025)
    client.submit("Tell us this")
    again = Reporting(client, ect)
    assert "They do not leave on 31 October 2025, but on another day" in shown.options(again.page)
    again.answer(what_has_changed="leaving")
    client.submit(status=422, **day(31, 10, 2025, "last_day"))
    assert again.page.error_links[0][0].startswith(
        "You have already told us that their last day is 31 October"
    )
    again.answer(**day(28, 11, 2025, "last_day"))
    again.send()
    ends = {each.id: each.finished_on for each in stored.all(Mentorship)}
    assert stored.one(TrainingRecord, TrainingRecord.id == training).finished_on == date(2025, 11, 28)
    assert ends == {earlier: LAST_DAY, later: date(2025, 11, 28)}, "only the latest mentor stays on"
    clock.set("2025-11-29 10:00")
    client.sign_in(fixture.OAKFIELD_TUTOR)
    page = client.see(f"{ECTS}/{ect}")
    assert "Ada Park left your school" in page.text
    assert buttons(page) == []
    assert ADA not in client.see(ECTS).text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            (31, 8, 2025),
            "Last day must be 1 September 2025 or later, because Ada Park started on 1 September 2025",
        ),
        ((16, 1, 2026), "Last day must be 15 January 2026 or earlier: come back within 4 months of the day"),
        ((31, 9, 2025), "Last day must be a date that exists, like 31 8 2026"),
        (("", "", ""), "Enter Ada Park’s last day at your school"),
    ],
)
def test_a_last_day_out_of_its_bounds_is_refused_in_words(
    client: InspectingClient, stored: Stored, told: tuple[int | str, int | str, int | str], sentence: str
) -> None:
    going = Reporting(client, store_ect(stored)[0])
    going.answer(what_has_changed="leaving")
    client.submit(status=422, **day(*told, "last_day"))
    assert [text for text, _ in going.page.error_links] == [sentence]
    assert events(stored) == {}


def test_stopping_keeps_them_at_the_school_and_only_the_school_says_so(
    client: InspectingClient, stored: Stored
) -> None:
    ect, training, _ = store_ect(stored)
    going = Reporting(client, ect)
    page = going.stopped(12, 9, 2025, "another_job")
    assert shown.rows(page) == {
        "ECT": ADA,
        "What has changed": "Has stopped training",
        "Stopped training on": "12 September 2025",
        "Reason": "They have another job at our school, not as an ECT",
    }
    assert "Northstar sees that you said Ada Park has stopped training, but not why." in page.text
    path, form = stories.form_sent(client, going.confirm)
    for _ in range(2):
        client.post(path, data=form)
        assert client.follow().h1 == "You have told us that Ada Park has stopped training"
    assert events(stored) == {"training.stopped_reported": 1}
    row = stored.one(TrainingRecord, TrainingRecord.id == training)
    stopped = date(2025, 9, 12)
    assert (row.stopped_on, row.stopped_reason, row.finished_on) == (stopped, "another_job", stopped)
    assert row.training_status == "active", "the lead provider’s word is its own"
    assert stored.one(EctPeriod, EctPeriod.id == ect).finished_on is None
    page = client.see(f"{ECTS}/{ect}")
    assert "Status: Training stopped" in page.text
    reports = "Tell us they are leaving or have stopped training"
    assert buttons(page) == ["Choose training", "Choose a mentor", reports]


def test_leaving_after_stopping_leaves_the_day_that_training_stopped(
    client: InspectingClient, stored: Stored
) -> None:
    ect, training, _ = store_ect(stored)
    Reporting(client, ect).stopped(15, 9, 2025)
    client.submit("Tell us this")
    going = Reporting(client, ect)
    client.submit(status=422, what_has_changed="stopped")
    sentence = "Ada Park is not in training now, so you can only tell us that they are leaving"
    assert [text for text, _ in going.page.error_links] == [sentence]
    for number, month in ((15, 9), (30, 9)):
        going = Reporting(client, ect)
        going.leaves(number, month, 2025)
        going.send()
    row = stored.one(TrainingRecord, TrainingRecord.id == training)
    assert (row.stopped_on, row.finished_on) == (date(2025, 9, 15), date(2025, 9, 15))
    assert stored.one(EctPeriod, EctPeriod.id == ect).finished_on == date(2025, 9, 30)


def test_empty_and_forged_answers_are_refused_and_nothing_is_stored(
    client: InspectingClient, stored: Stored
) -> None:
    going = Reporting(client, store_ect(stored)[0])
    for forged in ("", "0", "died", "leaving'--"):
        client.submit(status=422, what_has_changed=forged)
        assert going.page.error_links == (("Select what has changed for Ada Park", "#what_has_changed"),)
    going.answer(what_has_changed="stopped")
    client.submit(status=422, **day(16, 9, 2025, "stopped_on"))
    assert going.page.error_links[0][0] == "Date must be today or in the past"
    going.answer(**day(15, 9, 2025, "stopped_on"))
    client.submit(status=422, stopped_reason="because")
    assert going.page.error_links[0][0] == "Select why Ada Park has stopped training"
    assert events(stored) == {}


def test_a_colleague_was_first_and_the_answers_are_asked_for_again(
    app: Flask, client: InspectingClient, stored: Stored
) -> None:
    ect, *_ = store_ect(stored)
    mine, theirs = Reporting(client, ect), other_tab(app, ect, stories.second_tutor(stored))
    mine.leaves(31, 10, 2025)
    theirs.leaves(20, 12, 2025)
    theirs.send()
    mine.send()
    assert mine.at == "what_has_changed"
    assert "They do not leave on 20 December 2025, but on another day" in shown.options(mine.page)
    assert events(stored)["ect.leaving_reported"] == 1
    assert stored.one(EctPeriod, EctPeriod.id == ect).finished_on == date(2025, 12, 20)


def test_two_tabs_a_stale_confirm_shows_the_page_afresh(client: InspectingClient, stored: Stored) -> None:
    going = Reporting(client, store_ect(stored)[0])
    going.leaves(31, 10, 2025)
    path, form = stories.form_sent(client, going.confirm)
    going.see("last_day")
    going.answer(**day(30, 10, 2025, "last_day"))
    client.post(path, data=form)
    page = client.follow()
    assert shown.notices(page)[0].startswith("Your answers have changed")
    assert shown.rows(page)["Last day at your school"] == "30 October 2025"
    assert events(stored) == {}


def test_a_page_opened_before_the_last_day_and_sent_after_it_is_a_dead_end(
    client: InspectingClient, stored: Stored, clock: Clock
) -> None:
    ect, *_ = store_ect(stored)
    Reporting(client, ect).leaves(16, 9, 2025)
    client.submit("Tell us this")
    going = Reporting(client, ect)
    going.leaves(30, 9, 2025)
    path, form = stories.form_sent(client, going.confirm)
    clock.set("2025-09-17 00:00")
    client.sign_in(fixture.OAKFIELD_TUTOR)
    client.see(ECTS)
    token = stories.form_sent(client, stories.REGISTER)[1]["csrf_token"]
    client.post(path, data={**form, "csrf_token": token})
    assert client.follow().h1 == "Ada Park has left your school"
    assert stored.one(EctPeriod, EctPeriod.id == ect).finished_on == date(2025, 9, 16)
    assert events(stored)["ect.leaving_reported"] == 1
