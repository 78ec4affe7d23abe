"""Reads that a run asks for, each made once: a walk must see one world from its first page to its last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from app.data.queries import cohorts, organisations, registering, schools
from app.data.queries.cohorts import Calendar, Closure
from app.data.queries.organisations import Body, LeadProviderDetails, Organisation
from app.data.queries.registering import LastChoices, PastPeriod, SchoolPartnership
from app.data.queries.runs import FoundRun
from app.data.queries.schools import SchoolDetails
from app.domain.days import london_day

T = TypeVar("T")


@dataclass(slots=True)
class Reads:
    """Everything read for one run in one request or one write; made anew for the next."""

    school_id: str
    today: date
    now: datetime
    _kept: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @classmethod
    def beside(cls, run: FoundRun, now: datetime) -> Reads:
        """For a run that was read in this request: its school and last choices came with it."""
        made = cls(run.school_id, london_day(now), now)
        made._kept[("school",)] = run.school
        made._kept[("last choices",)] = run.last_choices
        return made

    def once(self, key: tuple[Any, ...], read: Callable[[], T]) -> T:
        """What was read (or worked out from reads) under this key; `read` is called the first time."""
        if key not in self._kept:
            self._kept[key] = read()
        found: T = self._kept[key]
        return found

    def _met(self, record_id: str, *lists: str) -> Any:
        """The record, if it stands in one of the lists (by the first of their keys) that were read already."""
        read = (found for key, found in self._kept.items() if key[0] in lists)
        return next((each for found in read for each in found if each.id == record_id), None)

    def school(self) -> SchoolDetails:
        """The run’s school. Raises LookupError when it is gone."""
        found = self.once(("school",), lambda: schools.by_id(self.school_id))
        if found is None:
            raise LookupError("the run’s school is not in the records")
        return found

    def opened(self) -> tuple[int, ...]:
        """The cohorts DfE has opened."""
        return self._calendar().opened

    def closure(self) -> Closure | None:
        """The closure for all that is on now."""
        return self._calendar().closure

    def _calendar(self) -> Calendar:
        return self.once(("calendar",), lambda: cohorts.calendar(self.today, self.now))

    def bodies(self) -> tuple[Body, ...]:
        """The appropriate bodies this school may choose."""
        return self.once(("bodies",), lambda: organisations.bodies_offered(self.school().independent))

    def body(self, body_id: str) -> Body | None:
        """An appropriate body, offered or not."""
        return self.once(
            ("body", body_id), lambda: self._met(body_id, "bodies") or organisations.appropriate_body(body_id)
        )

    def lead_providers(self, cohort: int) -> tuple[LeadProviderDetails, ...]:
        """The lead providers open in a cohort."""
        return self.once(
            ("lead providers", cohort), lambda: organisations.lead_providers_open(cohort, self.today)
        )

    def lead_provider(self, lead_provider_id: str) -> LeadProviderDetails | None:
        """A lead provider, open or not."""
        return self.once(
            ("lead provider", lead_provider_id),
            lambda: (
                self._met(lead_provider_id, "lead providers") or organisations.lead_provider(lead_provider_id)
            ),
        )

    def lead_providers_of(self, partner_id: str, cohort: int) -> tuple[Organisation, ...]:
        """The lead providers a delivery partner works with in a cohort."""
        return self.once(
            ("lead providers of", partner_id, cohort),
            lambda: organisations.lead_providers_of_partner(partner_id, cohort, self.today),
        )

    def eligible(self, lead_provider_id: str, cohort: int) -> tuple[Organisation, ...]:
        """The delivery partners eligible for a lead provider in a cohort."""
        return self.once(
            ("eligible", lead_provider_id, cohort),
            lambda: organisations.eligible_partners(lead_provider_id, cohort, self.today),
        )

    def all_partners(self) -> tuple[Organisation, ...]:
        """Every active delivery partner."""
        return self.once(("partners",), organisations.all_partners)

    def partner(self, partner_id: str) -> Organisation | None:
        """A delivery partner, active or not."""
        return self.once(
            ("partner", partner_id),
            lambda: (
                self._met(partner_id, "eligible", "linked", "partners")
                or organisations.delivery_partner(partner_id)
            ),
        )

    def linked(self, body_id: str) -> tuple[Organisation, ...]:
        """The delivery partners that are the same organisation as a body."""
        return self.once(("linked", body_id), lambda: organisations.linked_partners(body_id))

    def used_here(self) -> tuple[Organisation, ...]:
        """The delivery partners this school has worked with."""
        return self.once(("used here",), lambda: organisations.partners_used_by(self.school_id))

    def used_nearby(self, cohort: int) -> tuple[Organisation, ...]:
        """The delivery partners that schools of this local authority work with in a cohort."""
        return self.once(
            ("used nearby", cohort),
            lambda: organisations.partners_used_in_authority(self.school().la_code, cohort),
        )

    def partnerships(self, cohort: int) -> tuple[SchoolPartnership, ...]:
        """The school’s partnerships in a cohort."""
        return self.once(
            ("partnerships", cohort), lambda: registering.partnerships_of(self.school_id, cohort)
        )

    def last_choices(self) -> LastChoices | None:
        """The school’s last choices."""
        return self.once(("last choices",), lambda: registering.last_choices(self.school_id))

    def periods(self, trn: str) -> tuple[PastPeriod, ...]:
        """A teacher’s ECT periods, the latest first."""
        return self.once(("periods", trn), lambda: registering.periods_of(trn))

    def email_holders(self, email_key: str) -> tuple[str, ...]:
        """The TRNs of those whose open registration uses an email address."""
        return self.once(("email", email_key), lambda: registering.email_holders(email_key))
