"""Registering an ECT in a test, page by page, as a person without scripts would.

    going = Registering(client)
    going.to("same_organisation", lead_provider=acceptance.NORTHSTAR)
    going.answer(same_organisation="yes")
    going.confirm()

Every page has a usual answer; what a test cares about it says itself, by field name; for a date,
`**day(1, 6, 2026)`.
"""

from __future__ import annotations

from typing import Any

from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.document import Document

USUAL: dict[str, dict[str, str]] = {
    "what_you_will_need": {},
    "find_ect": {
        "trn": acceptance.AOIFE_TRN,
        "date_of_birth-day": "27",
        "date_of_birth-month": "3",
        "date_of_birth-year": "2001",
    },
    "check_details": {"check_details": "yes"},
    "registered_before": {},
    "another_school_was_first": {},
    "email": {"email": "aoife@example.com"},
    "start_date": {"start_date-day": "1", "start_date-month": "9", "start_date-year": "2025"},
    "working_pattern": {"working_pattern": "full_time"},
    "previous_choices": {"previous_choices": "no"},
    "appropriate_body": {"appropriate_body": acceptance.ALDER_BODY},
    "programme": {"programme": "provider_led"},
    "lead_provider": {"lead_provider": acceptance.NORTHSTAR},
    "existing_partner": {"existing_partner": "yes"},
    "same_organisation": {"same_organisation": "yes"},
    "delivery_partner": {"delivery_partner": acceptance.ST_OSWINS},
    "partner_to_be_confirmed": {},
}
CONFIRM = "Register this ECT"
MOST_PAGES = 40


def day(number: int | str, month: int | str, year: int | str, field: str = "start_date") -> dict[str, str]:
    """The three boxes of a date: `going.answer(**day(1, 6, 2026))`."""
    return {f"{field}-day": str(number), f"{field}-month": str(month), f"{field}-year": str(year)}


class Registering:
    """One registration under way. Signs the tutor in and begins a run from the school’s own page."""

    def __init__(
        self,
        client: InspectingClient,
        *,
        tutor: str = acceptance.OAKFIELD_TUTOR,
        urn: str = acceptance.OAKFIELD_URN,
    ) -> None:
        self.client, self.urn = client, urn
        self.begin(tutor)
        self.base = client.last_path.rsplit("/", 1)[0]

    def begin(self, tutor: str) -> None:
        """Sign in, and press the button on Your ECTs."""
        self.client.sign_in(tutor)
        self.client.see(f"/schools/{self.urn}/ects")
        self.client.submit("Register an ECT")
        self.client.follow()

    @property
    def reference(self) -> str:
        """The run’s reference, from its address."""
        return self.base.rsplit("/", 1)[1]

    @property
    def at(self) -> str:
        """The name of the page last seen."""
        return self.client.last_path.rsplit("/", 1)[1].replace("-", "_")

    @property
    def page(self) -> Document:
        """The page last seen."""
        return self.client.page

    def address(self, name: str = "") -> str:
        """The address of a page of the run; of the run itself when unnamed."""
        return f"{self.base}/{name.replace('_', '-')}"

    def see(self, name: str = "") -> Document:
        """Open a page of the run (its furthest one when unnamed), going along with redirects."""
        return self.client.see(self.address(name))

    def answer(self, **fields: Any) -> Document:
        """Send the page’s form with these fields changed, and go where it leads."""
        self.client.submit(**fields)
        return self.client.follow()

    def refused(self, **fields: Any) -> Document:
        """Send the page’s form with these fields changed, and be refused: the same page, with status 422."""
        self.client.submit(status=422, **fields)
        return self.page

    def change(self, what: str) -> Document:
        """Follow the Change link of check answers for this, named as its hidden text names it."""
        if self.at != "check_answers":
            self.see("check_answers")
        return self.client.see(self.page.link(f"Change {what}"))

    def to(self, target: str, **said: Any) -> Document:
        """Go on with the usual answers until `target`; `said` changes some, by field (`trn`, `start_date-day`).

        Raises AssertionError when the way doesn’t come past `target`.
        """
        for _ in range(MOST_PAGES):
            if self.at == target:
                return self.page
            if self.at not in USUAL:
                raise AssertionError(f"stuck at {self.at}: {self.page.h1}")
            usual = USUAL[self.at]
            self.answer(**{**usual, **{name: said[name] for name in usual if name in said}})
        raise AssertionError(f"never came to {target}")

    def born(self, **said: Any) -> dict[str, Any]:
        """The usual answers of the find page, some changed."""
        return {**USUAL["find_ect"], **said}

    def send(self) -> Document:
        """Press the button of check answers, and go where it leads."""
        self.client.submit(CONFIRM)
        return self.client.follow()

    def confirm(self, **said: Any) -> Document:
        """Go on to check answers and send them."""
        self.to("check_answers", **said)
        return self.send()
