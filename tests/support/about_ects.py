"""Journeys about an ECT in a test, page by page, as a person without scripts would.

going = Reporting(client, period.id)
going.answer(what_has_changed="leaving")
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.data.columns import Model
from app.data.models import EctPeriod, Partnership, PartnershipDeliveryPartner, TrainingRecord
from tests.support import acceptance, challenging
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.support.registering import day
from tests.support.stored import Stored

ADA = "Ada Park"
# What a record has whose training its lead provider stopped.
WITHDRAWN: Mapping[str, object] = {
    "training_status": "withdrawn",
    "withdrawn_at": acceptance.LOADED_AT,
    "withdrawal_reason": "other",
}
USUAL: dict[str, dict[str, str]] = {
    "what_has_changed": {"what_has_changed": "leaving"},
    "last_day": day(31, 10, 2025, "last_day"),
    "what_happened": {},
    "what_happened_to_all": {},
    "how_trained": {"how_trained": "as_before"},
}
# What a record has whose training the school stopped the day before.
STOPPED: Mapping[str, object] = {
    "stopped_on": date(2025, 9, 14),
    "stopped_reason": "other",
    "finished_on": date(2025, 9, 14),
}


class AboutEct:
    """One run about an ECT. Signs the tutor in and begins from the ECT’s page."""

    path = ""

    def __init__(
        self,
        client: InspectingClient,
        ect_id: str,
        *,
        tutor: str = acceptance.OAKFIELD_TUTOR,
        urn: str = acceptance.OAKFIELD_URN,
    ) -> None:
        self.client, self.home = client, self.begun_at(urn, ect_id)
        client.sign_in(tutor)
        page = client.see(self.home)
        form = next(each for each in page.all("form") if self.begins(each.get("action", "")))
        client.post(
            form.get("action", ""),
            data={"csrf_token": page.all("input", within=form)[0].get("value", "")},
        )
        client.follow()
        self.base = client.last_path.rsplit("/", 1)[0]

    def begun_at(self, urn: str, record_id: str) -> str:
        """The page that the journey is begun from."""
        return f"/schools/{urn}/ects/{record_id}"

    def begins(self, action: str) -> bool:
        """Whether the form that is sent there begins the journey."""
        return action == f"{self.home}/{self.path}"

    @property
    def at(self) -> str:
        """The name of the page last seen."""
        return self.client.last_path.rsplit("/", 1)[1].replace("-", "_")

    @property
    def page(self) -> Document:
        """The page last seen."""
        return self.client.page

    @property
    def confirm(self) -> str:
        """The words of the button that sends, read from the page."""
        return text_of(self.page.all("button", within=self.page.main)[-1])

    def see(self, name: str = "") -> Document:
        """Open a page of the run (its furthest one when unnamed), going along with redirects."""
        return self.client.see(f"{self.base}/{name.replace('_', '-')}")

    def answer(self, **fields: str) -> Document:
        """Send the page’s form with these fields changed, and go where it leads."""
        self.client.submit(**fields)
        return self.client.follow()

    def send(self) -> Document:
        """Press the button of check answers, and go where it leads."""
        self.client.submit(self.confirm)
        return self.client.follow()


class Reporting(AboutEct):
    """Telling that an ECT leaves or has stopped training."""

    path = "report"

    def leaves(self, number: int, month: int, year: int) -> Document:
        """Say this last day, up to check answers."""
        self.see("what_has_changed")
        self.answer(what_has_changed="leaving")
        return self.answer(**day(number, month, year, "last_day"))

    def stopped(self, number: int, month: int, year: int, reason: str = "long_leave") -> Document:
        """Say that training stopped on this day, up to check answers."""
        self.see("what_has_changed")
        self.answer(what_has_changed="stopped")
        self.answer(**day(number, month, year, "stopped_on"))
        return self.answer(stopped_reason=reason)


class Choosing(AboutEct):
    """Choosing training again for an ECT, or for everybody whose training ended with theirs."""

    path = "training"
    usual = {
        "what_happened": {},
        "what_happened_to_all": {},
        "how_trained": {"how_trained": "as_before"},
        "programme": {"programme": "provider_led"},
        "lead_provider": {"lead_provider": acceptance.NORTHSTAR},
        "existing_partner": {"existing_partner": "yes"},
        "same_organisation": {"same_organisation": "yes"},
        "delivery_partner": {"delivery_partner": acceptance.ST_OSWINS},
        "partner_to_be_confirmed": {},
    }

    def begins(self, action: str) -> bool:
        """Whether the form that is sent there begins the journey: about the ECT, or about their partnership."""
        return action.endswith(f"/{self.path}")

    def to(self, target: str = "check_answers", **said: str) -> Document:
        """Go on with the usual answers until `target`; `said` changes some, by field."""
        for _ in range(len(self.usual) + 1):
            if self.at == target:
                return self.page
            assert self.at in self.usual, f"stuck at {self.at}: {self.page.h1}"
            usual = self.usual[self.at]
            self.answer(**{name: said.get(name, value) for name, value in usual.items()})
        raise AssertionError(f"never came to {target}")


class Together(Choosing):
    """The same for everybody of a partnership, begun on the Partnerships page with the partnership’s id."""

    def begun_at(self, urn: str, record_id: str) -> str:
        """The Partnerships page."""
        self.path = f"partnerships/{record_id}/training"
        return f"/schools/{urn}/partnerships"


def ect_under(
    status: str = "active",
    school_id: str = acceptance.OAKFIELD,
    name: str = ADA,
    delivery_partner_id: str = acceptance.ALDER_PARTNER,
    **training: object,
) -> tuple[EctPeriod, TrainingRecord, Partnership, tuple[Model, ...]]:
    """An ECT who trains with Northstar under a partnership of this status, Alder’s mostly; and all rows to store."""
    under, rows = partnership_of(status, school_id, (name,), delivery_partner_id)
    (period,) = (each for each in rows if isinstance(each, EctPeriod))
    (record,) = (each for each in rows if isinstance(each, TrainingRecord))
    for field, value in training.items():
        setattr(record, field, value)
    return period, record, under, rows


def partnership_of(
    status: str,
    school_id: str = acceptance.OAKFIELD,
    names: tuple[str, ...] = challenging.NAMES,
    delivery_partner_id: str = acceptance.ALDER_PARTNER,
) -> tuple[Partnership, tuple[Model, ...]]:
    """A partnership of this status with Northstar, and all rows to store: it, and the ECTs whose training it is."""
    under, rows = challenging.confirmed(school_id, names, delivery_partner_id)
    at, never = acceptance.LOADED_AT, status in ("proposed", "declined")
    under.status, under.ever_active = status, not never
    if never:
        under.confirmed_at = under.confirmed_by = None
        rows = tuple(each for each in rows if not isinstance(each, PartnershipDeliveryPartner))
    if status == "challenged":
        under.challenged_at, under.challenged_reason = at, "not_confirmed"
    if status == "declined":
        under.declined_at, under.declined_reason = at, "no_agreement"
    return under, rows


def store_ect(stored: Stored, status: str = "active", **training: object) -> tuple[str, str, str]:
    """Store Ada Park at Oakfield under a partnership of this status.

    Returns the ids of her time at the school, her training and the partnership.
    """
    period, record, under, rows = ect_under(status, **training)
    found = period.id, record.id, under.id
    stored.store(*rows)
    return found
