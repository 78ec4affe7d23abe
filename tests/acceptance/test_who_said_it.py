"""A school reads who an end follows from: its own word, or a registration at another school. (Words; case 21.)"""

from __future__ import annotations

import pytest

from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.about_ects import Reporting
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.document import Document
from tests.support.registering import Registering, day

pytestmark = pytest.mark.usefixtures("acceptance")

HARROW_LANE = {"tutor": fixture.HARROW_LANE_TUTOR, "urn": fixture.HARROW_LANE_URN}
ECTS = f"/schools/{fixture.HARROW_LANE_URN}/ects"
RAVI = f"{ECTS}/{fixture.RAVIS_PERIOD}"


def comes_to_oakfield(client: InspectingClient, number: int, month: int) -> None:
    """Oakfield registers Ravi from this day."""
    said = {"trn": fixture.RAVI_TRN, "email": "ravi@oakfield.example", **day(number, month, 2025)}
    going = Registering(client)
    going.confirm(**said)
    assert going.at == "confirmation", going.page.h1


def told(page: Document) -> dict[str, str]:
    """Who said what of the end."""
    return {label: words for label, words in shown.rows(page).items() if label.endswith(" told us")}


def test_an_end_by_another_schools_registration_is_not_told_as_ones_own_word(
    client: InspectingClient, clock: Clock
) -> None:
    client.allow("Ravi Patel")
    comes_to_oakfield(client, 1, 10)
    client.sign_in(fixture.HARROW_LANE_TUTOR)
    sentence = "Ravi Patel starts there on 1 October 2025, so they leave your school on 30 September 2025"
    page = client.see(RAVI)
    assert told(page) == {
        "Your lead provider has told us": "Ravi Patel is in training",
        "Another school told us": sentence,
    }
    leaving = "Another school has registered Ravi Patel. Ravi Patel leaves your school. Their last day is 30 September"
    assert leaving in page.text
    assert "Oakfield" not in page.text, "where somebody goes next is not for the school they leave"
    assert sentence in client.see(ECTS).text
    going = Reporting(client, fixture.RAVIS_PERIOD, **HARROW_LANE)
    page = going.answer(what_has_changed="leaving")
    assert (
        "Another school has registered Ravi Patel, so their last day at yours is 30 September 2025."
        in page.text
    )
    assert "You told us" not in page.text
    client.submit(status=422, **day(30, 9, 2025, "last_day"))
    assert going.page.error_links[0][0] == "Their last day is 30 September 2025 already, so enter another day"
    # A last day of its own, before that one, is the school’s word again.
    going.answer(**day(26, 9, 2025, "last_day"))
    going.send()
    page = client.see(RAVI)
    assert told(page)["You told us"] == "Ravi Patel leaves on 26 September 2025"
    assert "Another school" not in page.text


def test_another_school_that_comes_before_the_day_one_told_is_named_for_it(
    client: InspectingClient, clock: Clock
) -> None:
    client.allow("Ravi Patel")
    going = Reporting(client, fixture.RAVIS_PERIOD, **HARROW_LANE)
    going.leaves(31, 10, 2025)
    going.send()
    assert told(client.see(RAVI))["You told us"] == "Ravi Patel leaves on 31 October 2025"
    comes_to_oakfield(client, 1, 10)
    clock.set("2025-10-02 10:00")
    client.sign_in(fixture.HARROW_LANE_TUTOR)
    assert told(client.see(RAVI)) == {
        "Your lead provider has told us": "Ravi Patel is in training",
        "Another school told us": "Ravi Patel started there on 1 October 2025, so they left your school on 30 "
        "September 2025",
    }
