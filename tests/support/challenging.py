"""Telling that a partnership is wrong in a test, page by page, as a person without scripts would.

going = Challenging(client, row.id)
going.answer(what_is_wrong="mistake")
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import cast
from zlib import crc32

from app.data.columns import Model
from app.data.models import Partnership, PartnershipDeliveryPartner
from tests.data import records
from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.document import Document, text_of
from tests.support.stored import Stored

NAMES = ("Ada Park", "Ben Rowe")
USUAL: dict[str, dict[str, str]] = {"what_is_wrong": {"what_is_wrong": "mistake"}, "what_it_means": {}}
CONFIRM = "Tell Northstar this is wrong"


def at(school_id: str) -> records.World:
    """The acceptance fixture’s own rows, for the builders in `records`."""
    names = {
        "school": school_id,
        "person": acceptance.TUTORS[school_id],
        "body": acceptance.ALDER_BODY,
        "northstar": acceptance.NORTHSTAR,
        "alder": acceptance.ALDER_PARTNER,
    }
    return cast(
        records.World, SimpleNamespace(**{name: SimpleNamespace(id=each) for name, each in names.items()})
    )


def confirmed(
    school_id: str = acceptance.OAKFIELD,
    names: tuple[str, ...] = NAMES,
    delivery_partner_id: str = acceptance.ALDER_PARTNER,
) -> tuple[Partnership, tuple[Model, ...]]:
    """A partnership that Northstar has confirmed with a school, and all rows to store: it, and who trains in it."""
    when = acceptance.LOADED_AT
    said = {"proposed_by": acceptance.TUTORS[school_id], "confirmed_by": "Kim Osei", "ever_active": True}
    row = records.partnership(
        at(school_id),
        delivery_partner_id=delivery_partner_id,
        status="active",
        proposed_at=when,
        confirmed_at=when,
        **said,
    )
    partner = PartnershipDeliveryPartner(
        partnership_id=row.id, from_at=when, delivery_partner_id=delivery_partner_id, to_at=None
    )
    people = [each for name in names for each in ect(row, name)]
    return row, (row, partner, *people)


def waiting_and_named(
    school_id: str = acceptance.OAKFIELD,
    names: tuple[str, ...] = NAMES,
    waiting: str = acceptance.ALDER_PARTNER,
    named: str = acceptance.BRAMBLE_PARTNER,
) -> tuple[Partnership, Partnership, tuple[Model, ...]]:
    """A partnership with Northstar that waits, the one that Northstar reported instead, and all rows to store."""
    asked = records.partnership(
        at(school_id),
        delivery_partner_id=waiting,
        proposed_at=acceptance.LOADED_AT,
        proposed_by=acceptance.TUTORS[school_id],
    )
    other, rows = confirmed(school_id, (), named)
    other.proposed_at = other.proposed_by = None
    other.confirmed_at = acceptance.LOADED_AT + timedelta(days=30)
    people = [each for name in names for each in ect(asked, name)]
    return asked, other, (asked, *rows, *people)


def ect(under: Partnership, name: str) -> tuple[Model, ...]:
    """An ECT of the partnership’s school who trains in it; their TRN comes from the name."""
    teacher = records.teacher(f"4{crc32((under.school_id + name).encode()) % 1_000_000:06}", name)
    period = records.period(at(under.school_id), teacher)
    return teacher, period, records.training(period, under, cohort=under.cohort)


def store_confirmed(
    stored: Stored, school_id: str = acceptance.OAKFIELD, names: tuple[str, ...] = NAMES
) -> str:
    """Store such a partnership and return its id."""
    row, rows = confirmed(school_id, names)
    identity = row.id
    stored.store(*rows)
    return identity


class Challenging:
    """One run about a partnership. Signs the tutor in and begins from the Partnerships page."""

    path = "challenge"

    def __init__(
        self,
        client: InspectingClient,
        partnership_id: str,
        *,
        tutor: str = acceptance.OAKFIELD_TUTOR,
        urn: str = acceptance.OAKFIELD_URN,
    ) -> None:
        self.client, self.urn, self.partnership_id = client, urn, partnership_id
        client.sign_in(tutor)
        self.begin()
        self.base = client.last_path.rsplit("/", 1)[0]

    def begin(self) -> None:
        """Press the button on the Partnerships page."""
        page = self.client.see(f"/schools/{self.urn}/partnerships")
        action = f"/schools/{self.urn}/partnerships/{self.partnership_id}/{self.path}"
        form = next(each for each in page.all("form") if each.get("action") == action)
        token = page.all("input", within=form)[0].get("value", "")
        self.client.post(action, data={"csrf_token": token})
        self.client.follow()

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

    @property
    def confirm(self) -> str:
        """The words of the button that sends, read from the page."""
        return text_of(self.page.all("button", within=self.page.main)[-1])

    def answer(self, **fields: str) -> Document:
        """Send the page’s form with these fields changed, and go where it leads."""
        self.client.submit(**fields)
        return self.client.follow()

    def to_check_answers(self, reason: str = "mistake") -> Document:
        """Go on with usual answers."""
        self.answer(what_is_wrong=reason)
        if self.at == "what_it_means":
            self.answer()
        assert self.at == "check_answers", self.page.h1
        return self.page

    def send(self) -> Document:
        """Press the button of check answers, and go where it leads."""
        self.client.submit(self.confirm)
        return self.client.follow()
