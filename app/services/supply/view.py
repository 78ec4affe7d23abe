"""What a run’s answers come to: the teacher, the place in a cohort, and the training chosen.

Pure on the answers wherever it can be: an answer’s subject carries the organisations it was asked about, so
“yes” always means the delivery partner that was named, whatever has changed since. (School journey, case 10.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.data.queries.organisations import Body, LeadProviderDetails, Organisation
from app.data.queries.participants import Ect
from app.data.queries.partnerships import PartnershipDetails
from app.data.queries.registering import PastPeriod, SchoolPartnership
from app.domain import partnerships
from app.domain.cohorts import CohortPlace
from app.domain.matching import find_in
from app.domain.partnerships import LIVE, State
from app.domain.registrations import Programme, Training
from app.engine.walk import Answer, Heard
from app.services.supply import ects, places, together
from app.services.supply.once import worked_out
from app.services.supply.reads import Reads


@dataclass
class View:
    """The answers heard so far, read against the records."""

    heard: Heard
    reads: Reads

    @property
    def about(self) -> PartnershipDetails | None:
        """The partnership that the run is about."""
        return self.reads.partnership()

    @property
    def ect(self) -> Ect | None:
        """The ECT that the run is about."""
        return self.reads.ect()

    # ------------------------------------------------------------------------------------------ the teacher

    @worked_out
    def trn(self) -> str:
        """The TRN of the record found (of the surviving record, where two were merged)."""
        return self.heard.value("record_trn") or self.heard.value("trn") or ""

    @worked_out
    def periods(self) -> tuple[PastPeriod, ...]:
        """The teacher’s ECT periods, the latest first."""
        return self.reads.periods(self.trn) if self.trn else ()

    @worked_out
    def here(self) -> PastPeriod | None:
        """The teacher’s open period at this school."""
        return next(
            (p for p in self.periods if p.school_id == self.reads.school_id and self._is_open(p)), None
        )

    @worked_out
    def elsewhere(self) -> PastPeriod | None:
        """The teacher’s latest period at another school."""
        return next((p for p in self.periods if p.school_id != self.reads.school_id), None)

    def since_the_look_up(self, moment: datetime | None) -> bool:
        """Whether something happened after this run looked the teacher up: a colleague’s or another school’s doing."""
        checked = self.heard.value("record_checked_at")
        return bool(checked and moment and moment > datetime.fromisoformat(checked))

    def _is_open(self, period: PastPeriod) -> bool:
        return period.finished_on is None or period.finished_on >= self.reads.today

    # ------------------------------------------------------------------------------------------ the year

    @worked_out
    def start(self) -> date | None:
        """The start date heard."""
        said = self.heard.value("start_date")
        return date.fromisoformat(said) if said else None

    @worked_out
    def place(self) -> CohortPlace | None:
        """Cohort and schedule; None before the start date is heard, while its cohort isn’t open, or out of bounds.

        For an ECT who is registered, those in which they would go on.
        """
        start = self.start
        if start is None:
            return ects.place_again(self.reads) or together.place(self)
        return places.place(self.reads, self.trn, start)

    @property
    def cohort(self) -> int | None:
        """The cohort the teacher will train in, or that of the partnership the run is about."""
        return found.cohort if (found := self.about or self.place) else None

    # ------------------------------------------------------------------------------------------ the training

    @worked_out
    def previous(self) -> tuple[str, ...] | None:
        """Body, programme, lead provider and partner of the previous choices, when they were taken again."""
        answer = self.heard.answer("previous_choices")
        if answer is None or answer.values.get("previous_choices") != "yes":
            return None
        return tuple(answer.subject.split("|"))

    @worked_out
    def body_id(self) -> str | None:
        """The appropriate body."""
        if self.previous:
            return self.previous[0]
        if self.ect is not None:
            return self.ect.card.appropriate_body_id
        return self.heard.value("appropriate_body") or together.body_id(self.reads)

    @worked_out
    def programme(self) -> str | None:
        """provider_led or school_led; rounds that don’t ask are provider-led."""
        if self.previous:
            return self.previous[1]
        said = self.heard.value("programme") or together.programme(self.heard)
        if said is None and (self.heard.value("lead_provider") or self.heard.value("training_provider")):
            return Programme.PROVIDER_LED
        return said

    @worked_out
    def lead_provider_id(self) -> str | None:
        """The lead provider: asked about, chosen, taken again, or the only one of the named partner (round 1)."""
        if self.about is not None:
            return self.about.lead_provider_id
        if self.previous:
            return self.previous[2] or None
        if said := together.lead_provider_kept(self) or self.heard.value("lead_provider"):
            return None if said == "unknown" else said
        named = self.lead_providers_of_named
        return named[0].id if len(named) == 1 else None

    @worked_out
    def partner_id(self) -> str | None:
        """The delivery partner decided on; None while it isn’t, or when the lead provider will confirm it."""
        if self.about is not None:
            return self.about.delivery_partner_id
        if self.previous:
            return self.previous[3] or None
        for page in ("existing_partner", "same_organisation"):
            answer = self.heard.answer(page)
            if answer is not None and answer.values[page] == "yes":
                return self._partner_said_yes_to(answer)
        if kept := together.partner_kept(self):
            return kept
        chosen = self.heard.value("named_partner") or self.heard.value("delivery_partner")
        if chosen in ("not_listed", "unknown", "another"):
            return None
        return chosen or (self.named_partner.id if self.named_partner else None)

    def _partner_said_yes_to(self, answer: Answer) -> str | None:
        """The partner in the answer’s subject; rounds keep no subject and mean the only one linked and eligible."""
        return answer.subject.split("|")[1] if answer.subject else self._only_linked

    @worked_out
    def training(self) -> Training | None:
        """The training decided on; None while something is missing."""
        if self.body_id is None or self.programme is None:
            return None
        if self.programme == Programme.SCHOOL_LED:
            return Training(self.body_id, Programme.SCHOOL_LED)
        if self.lead_provider_id is None:
            return None
        return Training(self.body_id, Programme.PROVIDER_LED, self.lead_provider_id, self.partner_id)

    # ------------------------------------------------------------------------------------------ organisations

    @worked_out
    def body(self) -> Body | None:
        """The appropriate body’s record."""
        return self.reads.body(self.body_id) if self.body_id else None

    @worked_out
    def lead_provider(self) -> LeadProviderDetails | None:
        """The lead provider’s record."""
        return self.reads.lead_provider(self.lead_provider_id) if self.lead_provider_id else None

    @worked_out
    def eligible(self) -> tuple[Organisation, ...]:
        """The delivery partners eligible for the lead provider in the cohort, A to Z."""
        if self.lead_provider_id is None or self.cohort is None:
            return ()
        return self.reads.eligible(self.lead_provider_id, self.cohort)

    @worked_out
    def linked(self) -> tuple[Organisation, ...]:
        """The delivery partners that are the appropriate body’s own organisation."""
        return self.reads.linked(self.body_id) if self.body_id else ()

    @worked_out
    def linked_partner_id(self) -> str | None:
        """The one linked and eligible partner to ask about; not one that was just refused."""
        refused = self._partner_refused("existing_partner") or together.partner_left(self)
        return partnerships.same_organisation_partner(ids(self.linked), ids(self.eligible), refused)

    @worked_out
    def _only_linked(self) -> str | None:
        return partnerships.same_organisation_partner(ids(self.linked), ids(self.eligible))

    @worked_out
    def with_this_provider(self) -> tuple[SchoolPartnership, ...]:
        """The school’s proposed and active partnerships with the lead provider in the cohort."""
        return tuple(p for p in self.live_partnerships if p.lead_provider_id == self.lead_provider_id)

    @worked_out
    def live_partnerships(self) -> tuple[SchoolPartnership, ...]:
        """The school’s proposed and active partnerships in the cohort."""
        if self.cohort is None:
            return ()
        return tuple(p for p in self.reads.partnerships(self.cohort) if State(p.status) in LIVE)

    @worked_out
    def existing(self) -> SchoolPartnership | None:
        """The one live partnership to ask about first, when its delivery partner is known and still eligible.

        Not one that a colleague began meanwhile: that would put a new question before somebody who has answered all.
        """
        known = [p for p in self.with_this_provider if not self.since_the_look_up(p.begun_at)]
        partner = partnerships.existing_partner([p.delivery_partner_id for p in known])
        return known[0] if partner is not None and partner in ids(self.eligible) else None

    @worked_out
    def refused(self) -> frozenset[str]:
        """Delivery partners the school has just said no to by name."""
        said_no = (self._partner_refused(page) for page in ("existing_partner", "same_organisation"))
        return frozenset(partner for partner in (*said_no, together.partner_left(self)) if partner)

    def _partner_refused(self, page: str) -> str | None:
        answer = self.heard.answer(page)
        if answer is None or answer.values[page] != "no" or not answer.subject:
            return None
        return answer.subject.split("|")[1]

    @worked_out
    def offered(self) -> tuple[Organisation, ...]:
        """The eligible partners without those just refused."""
        return tuple(partner for partner in self.eligible if partner.id not in self.refused)

    @worked_out
    def likely(self) -> frozenset[str]:
        """Of a long list: linked to the body, used here before, or used in the same local authority this year."""
        assert self.cohort is not None
        return partnerships.likely_partners(
            ids(self.offered),
            ids(self.linked),
            ids(self.reads.used_here()),
            ids(self.reads.used_nearby(self.cohort)),
        )

    @property
    def list_is_long(self) -> bool:
        """More partners than radios can show."""
        return len(self.offered) > partnerships.RADIOS_AT_MOST

    @worked_out
    def trio(self) -> SchoolPartnership | None:
        """The school’s record with exactly this lead provider and partner (or none) in the cohort."""
        if self.cohort is None or self.lead_provider_id is None:
            return None
        wanted = (self.lead_provider_id, self.partner_id)
        rows = self.reads.partnerships(self.cohort)
        return next((p for p in rows if (p.lead_provider_id, p.delivery_partner_id) == wanted), None)

    # ------------------------------------------------------------------------------------------ names as typed

    @worked_out
    def typed(self) -> str:
        """A delivery partner’s name as typed in a round."""
        return self.heard.value("training_provider") or self.heard.value("delivery_partner_name") or ""

    @worked_out
    def named_partner(self) -> Organisation | None:
        """The partner of the round’s own list whose name was typed, whatever its case."""
        if not self.typed:
            return None
        among = self.eligible if self.heard.value("lead_provider") else self.reads.all_partners()
        found = find_in(self.typed, {partner.id: partner.name for partner in among})
        return next((partner for partner in among if partner.id == found), None)

    @worked_out
    def lead_providers_of_named(self) -> tuple[Organisation, ...]:
        """The lead providers the typed partner works with in the cohort."""
        if self.named_partner is None or self.cohort is None:
            return ()
        return self.reads.lead_providers_of(self.named_partner.id, self.cohort)


def ids(organisations: tuple[Organisation, ...]) -> tuple[str, ...]:
    """The ids of some organisations, in their order."""
    return tuple(organisation.id for organisation in organisations)
