"""Every case of the school journey can be seen in the demonstration (on any day of the year: `test_any_day`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.data import clock as the_clock
from app.data.database import db
from app.data.models import DeliveryPartner, EctPeriod, LeadProvider, Partnership, School, Teacher
from app.data.queries import participants, schools, sign_in
from app.domain.cohorts import cohort_of
from app.domain.eligibility import SchoolFacts, can_get_training
from app.domain.names import Fact
from app.engine.walk import Heard
from app.services import runs
from app.services.demo.cast import RAVI, WHO_LEAVES, WHO_MOVED
from app.services.demo.mentors import MENTORS
from app.services.demo.organisations import (
    ALDER,
    ALDER_BODY,
    BRAMBLE,
    BRAMBLE_BODY,
    CEDAR,
    FIVE_RIVERS_BODY,
    FIVE_RIVERS_NORTH,
    FIVE_RIVERS_SOUTH,
    HARBOUR,
    ISTIP,
    LANTERN,
    NORTHSTAR,
    OTTERBROOK,
    QUARRY,
    QUARRY_BODY,
    ST_OSWINS,
    SUNDIAL,
    TEACH_FORWARD,
    WAYFINDER,
    Records,
)
from app.services.demo.schools import (
    BEACON_COLLEGE,
    BEACON_NORTH,
    BEACON_SOUTH,
    ELM_COURT,
    FOXGLOVE,
    HARROW_LANE,
    JUNIPER,
    KESTREL,
    LARKSPUR,
    LONG_NAME,
    LONG_NAMED,
    MALLOW,
    OAKFIELD,
    WINDMILL,
)
from app.services.supply import Reads, RunWorld


class Shown:
    """The demonstration, as schools see it today."""

    def __init__(self) -> None:
        self.today, self.now = the_clock.today(), the_clock.now()
        self.current = cohort_of(self.today)
        self.records = Records(db.session())

    def school(self, urn: str) -> schools.SchoolDetails:
        found = schools.by_urn(urn)
        assert found is not None
        return found

    def heard(self, urn: str, body: str = "", provider: str = "", **values: str) -> Heard:
        """What a school has said so far of somebody who starts this September."""
        world = RunWorld(Reads(self.school(urn).id, self.today, self.now))
        said = {"start_date": date(self.current, 9, 1).isoformat(), **values}
        said |= {"appropriate_body": self.records.body[body]} if body else {}
        said |= (
            {"lead_provider": self.records.provider[provider], "programme": "provider_led"}
            if provider
            else {}
        )
        return Heard(world, {}, said)

    def holds(self, fact: Fact, *said: str, **values: str) -> bool:
        return self.heard(*said, **values).holds(fact)

    def offered(self, source: str, *said: str) -> list[str]:
        heard = self.heard(*said)
        return [option.label for option in heard.world.options(source, heard)]  # type: ignore[attr-defined]

    def linked(self, *said: str) -> str:
        """The delivery partner that “will it be the same organisation?” names."""
        heard = self.heard(*said)
        view = heard.world.view(heard)  # type: ignore[attr-defined]
        return next((name for name, key in self.records.partner.items() if key == view.linked_partner_id), "")

    def partnerships(self, urn: str, back: int = 0) -> set[tuple[str, str | None, str]]:
        statement = (
            select(LeadProvider.name, DeliveryPartner.name, Partnership.status)
            .join(School, School.id == Partnership.school_id)
            .join(LeadProvider, LeadProvider.id == Partnership.lead_provider_id)
            .outerjoin(DeliveryPartner, DeliveryPartner.id == Partnership.delivery_partner_id)
            .where(School.urn == urn, Partnership.cohort == self.current - back)
        )
        return {(row[0], row[1], row[2]) for row in db.session.connection().execute(statement)}

    def cards(self, urn: str, page: int = 1) -> Any:
        return participants.cards(self.school(urn).id, self.today, page=page)

    def trainings(self, urn: str) -> list[tuple[str, str | None]]:
        rows = participants.cards(self.school(urn).id, self.today, per_page=100).rows
        return [(card.training.programme, card.training.partnership_status) for card in rows if card.training]

    def funded(self, urn: str) -> bool:
        return not self.holds(Fact.SCHOOL_CANNOT_GET_TRAINING, urn)

    def periods(self, trn: str) -> list[tuple[str, Any]]:
        return [
            (each.school_name, each.finished_on)
            for each in RunWorld(Reads(self.school(OAKFIELD).id, self.today, self.now)).reads.periods(trn)
        ]

    def unfinished(self, urn: str) -> int:
        return len(runs.unfinished(self.school(urn).id, self.now).rows)


SAME = Fact.BODY_IS_THE_ONE_ELIGIBLE_PARTNER
DIFFER = Fact.BODY_AND_PARTNER_NAMES_DIFFER
HOLD = Fact.PREVIOUS_CHOICES_HOLD
CASES: Mapping[str, Callable[[Shown], bool]] = {
    "the body is the delivery partner, under the same name": lambda it: (
        it.linked(OAKFIELD, ALDER_BODY, NORTHSTAR) == ALDER
        and not it.holds(DIFFER, OAKFIELD, ALDER_BODY, NORTHSTAR)
    ),
    "a school at which no partnership of this year comes before that question": lambda it: (
        not it.partnerships(OAKFIELD) and not it.holds(HOLD, OAKFIELD)
    ),
    "the list for “no” is the one of the specification": lambda it: (
        it.offered("delivery_partners", OAKFIELD, ALDER_BODY, NORTHSTAR)
        == [ALDER, BRAMBLE, QUARRY, ST_OSWINS]
    ),
    "the body’s partner is not eligible": lambda it: not it.holds(SAME, OAKFIELD, ALDER_BODY, TEACH_FORWARD),
    "the body trains under another name": lambda it: (
        it.linked(OAKFIELD, BRAMBLE_BODY, NORTHSTAR) == BRAMBLE
        and it.holds(DIFFER, OAKFIELD, BRAMBLE_BODY, NORTHSTAR)
    ),
    "the body trains under several names": lambda it: it.holds(
        Fact.BODY_RUNS_SEVERAL, OAKFIELD, FIVE_RIVERS_BODY, TEACH_FORWARD
    ),
    "one of several names is eligible": lambda it: (
        it.linked(OAKFIELD, FIVE_RIVERS_BODY, WAYFINDER) == FIVE_RIVERS_NORTH
    ),
    "a body without a link, with a look-alike in the list": lambda it: (
        not it.holds(SAME, OAKFIELD, QUARRY_BODY, NORTHSTAR)
        and QUARRY in it.offered("delivery_partners", OAKFIELD, QUARRY_BODY, NORTHSTAR)
    ),
    "a lead provider without delivery partners": lambda it: it.holds(
        Fact.LEAD_PROVIDER_HAS_NO_PARTNERS, OAKFIELD, ALDER_BODY, LANTERN
    ),
    "a lead provider with more delivery partners than radios, a few of them likely": lambda it: (
        it.holds(Fact.PARTNER_LIST_IS_LONG, WINDMILL, ALDER_BODY, WAYFINDER)
        and not it.holds(Fact.NO_LIKELY_PARTNERS, WINDMILL, ALDER_BODY, WAYFINDER)
    ),
    "a long list of which none is likely": lambda it: (
        it.holds(Fact.PARTNER_LIST_IS_LONG, LARKSPUR, QUARRY_BODY, WAYFINDER)
        and it.holds(Fact.NO_LIKELY_PARTNERS, LARKSPUR, QUARRY_BODY, WAYFINDER)
    ),
    "lead providers that train nobody this year are not offered": lambda it: (
        it.offered("lead_providers", OAKFIELD) == [LANTERN, NORTHSTAR, TEACH_FORWARD, WAYFINDER]
        and {CEDAR, SUNDIAL} <= set(it.records.provider)
    ),
    "a delivery partner of several lead providers (for round 1)": lambda it: it.holds(
        Fact.NAMED_PARTNER_HAS_SEVERAL_LEAD_PROVIDERS,
        OAKFIELD,
        ALDER_BODY,
        training_provider=ST_OSWINS.lower(),
    ),
    "an independent school is offered the national body, a state school is not": lambda it: (
        ISTIP in it.offered("appropriate_bodies", ELM_COURT)
        and ISTIP not in it.offered("appropriate_bodies", OAKFIELD)
    ),
    "independent and section 41 approved": lambda it: (
        it.school(ELM_COURT).independent and it.funded(ELM_COURT)
    ),
    "not eligible for funding": lambda it: it.school(FOXGLOVE).independent and not it.funded(FOXGLOVE),
    "an active partnership that a new ECT can join": lambda it: (
        (TEACH_FORWARD, ST_OSWINS, "active") in it.partnerships(HARROW_LANE)
        and it.holds(Fact.SCHOOL_HAS_ONE_PARTNER_HERE, HARROW_LANE, FIVE_RIVERS_BODY, TEACH_FORWARD)
        and it.holds(Fact.THAT_PARTNER_IS_CONFIRMED, HARROW_LANE, FIVE_RIVERS_BODY, TEACH_FORWARD)
    ),
    "a partnership waiting for its lead provider": lambda it: (
        it.partnerships(ELM_COURT) == {(NORTHSTAR, BRAMBLE, "proposed")}
    ),
    "declined": lambda it: (NORTHSTAR, QUARRY, "declined") in it.partnerships(KESTREL),
    "challenged": lambda it: (TEACH_FORWARD, FIVE_RIVERS_NORTH, "challenged") in it.partnerships(KESTREL),
    "retracted, once the delivery partner was named": lambda it: (
        {(TEACH_FORWARD, None, "retracted"), (TEACH_FORWARD, FIVE_RIVERS_NORTH, "active")}
        <= it.partnerships(BEACON_COLLEGE)
    ),
    "delivery partner to be confirmed: the lead provider has none": lambda it: (
        (LANTERN, None, "proposed") in it.partnerships(BEACON_COLLEGE)
    ),
    "delivery partner to be confirmed: not in the list": lambda it: (
        (NORTHSTAR, None, "proposed") in it.partnerships(BEACON_COLLEGE)
    ),
    "nobody is left with a retracted partnership": lambda it: (
        ("provider_led", "retracted") not in it.trainings(BEACON_COLLEGE)
    ),
    "a second delivery partner of one lead provider": lambda it: (
        it.partnerships(BEACON_NORTH) == {(NORTHSTAR, ALDER, "active"), (NORTHSTAR, BRAMBLE, "proposed")}
    ),
    "a second lead provider": lambda it: (
        it.partnerships(BEACON_SOUTH)
        == {(NORTHSTAR, ALDER, "active"), (TEACH_FORWARD, FIVE_RIVERS_SOUTH, "proposed")}
    ),
    "previous choices that hold": lambda it: it.holds(HOLD, JUNIPER) and not it.partnerships(JUNIPER),
    "previous choices that do not: the lead provider trains nobody this year": lambda it: (
        not it.holds(HOLD, OAKFIELD) and (CEDAR, ALDER, "active") in it.partnerships(OAKFIELD, back=1)
    ),
    "previous choices that do not: the pairing is closed": lambda it: (
        not it.holds(HOLD, MALLOW) and (NORTHSTAR, HARBOUR, "active") in it.partnerships(MALLOW, back=1)
    ),
    "previous choices that do not: challenged": lambda it: not it.holds(HOLD, KESTREL),
    "an ECT registered elsewhere": lambda it: it.periods(RAVI.trn) == [("Harrow Lane Academy", None)],
    "an ECT who came from another school": lambda it: (
        [name for name, _ in it.periods(WHO_MOVED.trn)] == ["Juniper Green School", "Harrow Lane Academy"]
        and [end is None for _, end in it.periods(WHO_MOVED.trn)] == [True, False]
    ),
    "an ECT who is leaving": lambda it: any(
        card.trn == WHO_LEAVES.trn and card.leaving_reported_at and card.finished_on > it.today
        for card in it.cards(JUNIPER).rows
    ),
    "school-led ECTs": lambda it: ("school_led", None) in it.trainings(OAKFIELD),
    "an ECT without qualified teacher status": lambda it: any(
        not card.qts_awarded for page in (1, 2, 3) for card in it.cards(WINDMILL, page).rows
    ),
    "45 ECTs on three pages": lambda it: (
        [len(it.cards(WINDMILL, page).rows) for page in (1, 2, 3)] == [20, 20, 5]
    ),
    "a school without ECTs": lambda it: not it.cards(LARKSPUR).rows,
    "a very long name, and a partner linked to a body with one": lambda it: (
        it.school(LONG_NAMED).name == LONG_NAME
        and len(LONG_NAME) > 150
        and (WAYFINDER, OTTERBROOK, "active") in it.partnerships(LONG_NAMED)
    ),
    "unfinished registrations": lambda it: it.unfinished(OAKFIELD) == 2,
    "somebody with several schools": lambda it: max(len(each.schools) for each in sign_in.demo_people()) == 3,
    "two people at one school": lambda it: (
        sum("Oakfield Primary" in each.schools for each in sign_in.demo_people()) == 2
    ),
}


def test_every_case_can_be_seen(shown: None) -> None:
    it = Shown()
    assert [name for name, is_there in CASES.items() if not is_there(it)] == []


def test_funding_follows_the_facts_of_each_school(shown: None) -> None:
    columns = (
        School.urn,
        School.in_england,
        School.independent,
        School.section_41_approved,
        School.type_name,
    )
    rows = db.session.connection().execute(select(*columns)).all()
    refused = {urn for urn, *facts in rows if not can_get_training(SchoolFacts(True, *facts))}
    assert refused == {FOXGLOVE}


def test_everybody_registered_has_training_in_the_cohort_of_their_start(shown: None) -> None:
    statement = select(Teacher.trn).outerjoin(EctPeriod, EctPeriod.teacher_id == Teacher.id)
    statement = statement.where(Teacher.trn.not_in([each.teacher.trn for each in MENTORS]))
    assert db.session.connection().execute(statement.where(EctPeriod.id.is_(None))).all() == []
    for urn in (OAKFIELD, WINDMILL, BEACON_COLLEGE):
        found = Shown()
        cards = participants.cards(found.school(urn).id, found.today, per_page=100).rows
        assert [card.trn for card in cards if card.training is None] == []
        assert [
            card.trn for card in cards if card.training and card.training.cohort != cohort_of(card.started_on)
        ] == []
