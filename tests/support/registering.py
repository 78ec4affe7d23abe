"""Registering an ECT in a test, page by page, as a person without scripts would.

    going = Registering(client)
    going.to("same_organisation", lead_provider=acceptance.NORTHSTAR)
    going.answer(same_organisation="yes")
    going.confirm()

Every page has a usual answer; what a test cares about it says itself, by field name.
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


class Registering:
    """One registration under way. Signs the tutor in and begins a run unless it is given one’s address."""

    def __init__(
        self,
        client: InspectingClient,
        *,
        tutor: str = acceptance.OAKFIELD_TUTOR,
        urn: str = acceptance.OAKFIELD_URN,
    ) -> None:
        self.client, self.urn = client, urn
        client.sign_in(tutor)
        client.see(f"/schools/{urn}/ects")
        client.submit("Register an ECT")
        client.follow()
        self.base = client.last_path.rsplit("/", 1)[0]

    @property
    def at(self) -> str:
        """The name of the page last seen."""
        return self.client.last_path.rsplit("/", 1)[1].replace("-", "_")

    @property
    def page(self) -> Document:
        """The page last seen."""
        return self.client.page

    def see(self, name: str = "") -> Document:
        """Open a page of the run (its furthest one when unnamed), going along with redirects."""
        return self.client.see(f"{self.base}/{name.replace('_', '-')}")

    def answer(self, *, status: int | None = None, **fields: Any) -> Document:
        """Send the page’s form with these fields changed, and go where it leads."""
        self.client.submit(status=status, **fields)
        return self.client.follow()

    def to(self, target: str, **said: Any) -> Document:
        """Go on with the usual answers until `target`; `said` changes some, by field name (`trn`, `start_date-day`)."""
        for _ in range(40):
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

    def confirm(self, **said: Any) -> Document:
        """Go on to check answers and send them."""
        self.to("check_answers", **said)
        self.client.submit(CONFIRM)
        return self.client.follow()
