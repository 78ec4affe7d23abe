"""Reads that a run asks for, each made once: a walk must see one world from its first page to its last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from app.data.queries import (
    cohorts,
    mentoring,
    organisations,
    participants,
    partnerships,
    registering,
    schools,
)
from app.data.queries.cohorts import Calendar, Closure
from app.data.queries.mentoring import MentorAtSchool, MentorNow, MentorRecord, MentorStretch
from app.data.queries.organisations import Body, LeadProviderDetails, Organisation
from app.data.queries.participants import Card, Ect
from app.data.queries.partnerships import PartnershipDetails, Trainee
from app.data.queries.registering import LastChoices, PastPeriod, SchoolPartnership
from app.data.queries.runs import FoundRun, RunDetails
from app.data.queries.schools import SchoolDetails
from app.domain.days import london_day
from app.domain.names import Kind
from app.domain.partnerships import named_instead

T = TypeVar("T")


@dataclass(slots=True)
class Reads:
    """Everything read for one run in one request or one write; made anew for the next.

    `about` is the id of the record that the run is about, if any, and `kind` what it is (`app.domain.names.Kind`).
    """

    school_id: str
    today: date
    now: datetime
    about: str | None = None
    kind: str = ""
    _kept: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @classmethod
    def afresh(cls, run: RunDetails, now: datetime, kind: str = "") -> Reads:
        """For a run at a moment, with nothing read yet."""
        return cls(run.school_id, london_day(now), now, run.subject_id, kind)

    @classmethod
    def beside(cls, run: FoundRun, now: datetime, kind: str = "") -> Reads:
        """For a run that was read in this request: its school and last choices came with it."""
        made = cls.afresh(run, now, kind)
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

    def partnership(self) -> PartnershipDetails | None:
        """The partnership that the run is about; None for a run about nothing."""
        return None if self.kind == Kind.UNTRAINED else self._partnership_about()

    def ended(self) -> PartnershipDetails | None:
        """The partnership of everybody that the run chooses training for; None for any other run."""
        return self._partnership_about() if self.kind == Kind.UNTRAINED else None

    def _partnership_about(self) -> PartnershipDetails | None:
        about = self.about
        if about is None:
            return None
        return self.once(("partnership",), lambda: partnerships.by_id(self.school_id, about))

    def without_training(self) -> tuple[Card, ...]:
        """The school’s ECTs whose partnership isn’t one any more."""
        return self.once(
            ("without training",), lambda: participants.without_training(self.school_id, self.today)
        )

    def names_of(self, ect_ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The names and TRNs of some of the school’s ECTs."""
        return self.once(("names", ect_ids), lambda: participants.names_of(self.school_id, ect_ids))

    def ect(self) -> Ect | None:
        """The ECT that the run is about; None for a run about something else, or nothing."""
        about = self.about
        if about is None or self._partnership_about() is not None:
            return None
        return self.once(("ect",), lambda: participants.ect(self.school_id, about))

    def ect_of(self, ect_id: str) -> Ect | None:
        """One of the school’s ECTs, by id."""
        return self.once(("ect of", ect_id), lambda: participants.ect(self.school_id, ect_id))

    def partnership_of_ect(self) -> PartnershipDetails | None:
        """The partnership that the latest training of the ECT (or ECTs) hangs on; None for school-led training."""
        if (ended := self.ended()) is not None:
            return ended
        found = self.ect()
        training = found.card.training if found else None
        if training is None or training.partnership_id is None:
            return None
        under = training.partnership_id
        return self.once(("partnership of ect",), lambda: partnerships.by_id(self.school_id, under))

    def mentors(self) -> tuple[MentorAtSchool, ...]:
        """The school’s mentors."""
        return self.once(("mentors",), lambda: mentoring.mentors_at(self.school_id, self.today))

    def mentor_now(self) -> MentorNow | None:
        """Who mentors the ECT that the run is about."""
        found = self.ect()
        if found is None:
            return None
        return self.once(("mentor now",), lambda: mentoring.mentor_of(found.card.id))

    def stretches(self, trn: str) -> tuple[MentorStretch, ...]:
        """A teacher’s times as a mentor, anywhere, that aren’t over."""
        return self.once(("stretches", trn), lambda: mentoring.stretches_of(trn, self.today))

    def reasons_not_to_fund(self, trn: str) -> tuple[str, ...]:
        """Why DfE doesn’t pay for a mentor’s training."""
        return self.once(("not to fund", trn), lambda: mentoring.reasons_not_to_fund(trn))

    def funded_by_hand(self, trn: str) -> bool | None:
        """What somebody at DfE decided of it."""
        return self.once(("by hand", trn), lambda: mentoring.funded_by_hand(trn))

    def mentor_records(self, trn: str) -> tuple[MentorRecord, ...]:
        """A teacher’s training as a mentor that isn’t over, anywhere."""
        return self.once(("mentor records", trn), lambda: mentoring.records_by_trn(trn, self.today))

    def named_instead(self) -> PartnershipDetails | None:
        """The partnership that its lead provider names instead of that one."""
        asked = self.partnership()
        if asked is None:
            return None
        others = self.once(("its year",), lambda: partnerships.of_school_in(self.school_id, asked.cohort))
        return named_instead(asked, others)

    def trainees(self) -> tuple[Trainee, ...]:
        """Who trains under that partnership."""
        about = self.about
        if about is None:
            return ()
        return self.once(("trainees",), lambda: partnerships.trainees(about, self.today))

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
