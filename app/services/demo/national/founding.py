"""What is there before the first school: organisations, who works with whom, cohorts, contracts, statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from app.data import models
from app.data.clock import london_date
from app.data.ids import new_id
from app.data.transaction import write
from app.domain.cohorts import cohort_of
from app.domain.matching import fold
from app.domain.payments import Contract
from app.domain.statements import State, planned
from app.services import contracts, schedules
from app.services.asked import by_service
from app.services.demo import keys, money, offices, years
from app.services.demo.national import naming
from app.services.demo.national.dice import QUIET, Dice
from app.services.demo.national.ledgers import Ledger, Slot, states
from app.services.demo.national.sizes import Size
from app.services.demo.national.storing import Rows
from app.services.demo.national.world import Provider, World, Year
from app.services.demo.organisations import PROVIDERS
from app.services.demo.years import FIRST_WITH_MENTOR_FUNDING

SHARES_OF_PROVIDERS = (0.24, 0.18, 0.16, 0.15, 0.14, 0.13)
SHARES_OF_YEARS = (0.08, 0.14, 0.22, 0.28, 0.28)
"""The latest cohort first: fewer have begun in it, and those have declared little yet."""

Agreed = tuple[str, Contract]
"""The id of a contract, and its terms."""

HUBS = 30
REGISTRAR = "Induction tutors of the demonstration (fictional)", "induction.tutors@schools.example"


def found(size: Size, now: datetime, rows: Rows, dice: Dice) -> World:
    """Store what all batches need, and return it."""
    today = london_date(now)
    latest = cohort_of(today)
    years.open_years(tuple(range(latest - size.cohorts + 1, latest + 1)), today, now)
    every = tuple(
        Year(
            latest - back,
            share,
            latest - back >= FIRST_WITH_MENTOR_FUNDING,
            latest - back >= FIRST_WITH_MENTOR_FUNDING,
        )
        for back, share in enumerate(SHARES_OF_YEARS[: size.cohorts])
    )
    at = datetime.combine(date(every[-1].start_year, 1, 10), time(9), UTC)
    providers = tuple(_providers(size, at, rows, dice))
    bodies = tuple(_bodies(at, rows, dice))
    registrar = dice.new_id(at)
    rows.add(models.Person, registrar, *REGISTRAR, "school", False, at, dice.stamp(at))
    _work_together(providers, every, rows)
    rows.store()
    agreed = write(lambda session: _agree(session, providers, every, size, at))
    ledgers = _ledgers(providers, every, agreed, today, dice)
    return World(size, now, today, providers, every, bodies, registrar, ledgers)


def _providers(size: Size, at: datetime, rows: Rows, dice: Dice) -> Iterator[Provider]:
    partners = []
    for name in naming.partners(size.delivery_partners):
        partners.append(dice.new_id(at))
        rows.add(models.DeliveryPartner, partners[-1], name, fold(name), True, True, at, dice.stamp(at))
    for number, (each, share) in enumerate(zip(PROVIDERS, SHARES_OF_PROVIDERS, strict=True)):
        address = f"schools@{fold(each.name).replace(' ', '-')}.example"
        phone = f"020 7946 0{101 + number}"
        made = Provider(dice.new_id(at), each.name, share, tuple(partners[number :: len(PROVIDERS) - 1]))
        named = (made.id, each.name, fold(each.name), address, phone)
        rows.add(models.LeadProvider, *named, True, True, at, dice.stamp(at))
        yield made


def _bodies(at: datetime, rows: Rows, dice: Dice) -> Iterator[str]:
    for name in naming.hubs(HUBS):
        identity = dice.new_id(at)
        short = name.replace(" Teaching School Hub", " Hub")
        named = (identity, name, fold(name), short, "teaching_school_hub")
        rows.add(models.AppropriateBody, *named, True, True, True, at, dice.stamp(at))
        yield identity


def _work_together(providers: tuple[Provider, ...], every: tuple[Year, ...], rows: Rows) -> None:
    for provider in providers:
        for year in every:
            rows.add(models.LeadProviderCohort, provider.id, year.start_year)
            for partner in provider.partners:
                rows.add(models.Pairing, provider.id, partner, year.start_year)


def _agree(
    session: Session, providers: tuple[Provider, ...], every: tuple[Year, ...], size: Size, at: datetime
) -> Mapping[tuple[str, int], Agreed]:
    """Schedules, contracts, people at desks and keys, by the services. Returns the contract of each place."""
    asked = by_service(at, new_id())
    agreed = {}
    for year in every:
        schedules.lay_out(session, year.start_year, asked)
        for number, provider in enumerate(providers):
            most = max(money.FEW, int(size.participants * provider.share * max(SHARES_OF_YEARS)))
            terms = money.terms(year.start_year, year.mentor_funding, most, vat=number % 2 == 0)
            key = provider.id, year.start_year
            agreed[key] = contracts.add(session, *key, terms, asked), terms
    offices.store_desks(session, at)
    keys.store_tokens(session, at)
    return agreed


def _ledgers(
    providers: tuple[Provider, ...],
    every: tuple[Year, ...],
    agreed: Mapping[tuple[str, int], Agreed],
    today: date,
    dice: Dice,
) -> Mapping[tuple[str, int], Ledger]:
    made = {}
    for key, (contract_id, terms) in agreed.items():
        at = datetime(key[1], 6, 1, 9, tzinfo=UTC)
        plans = planned(key[1])
        made[key] = Ledger(
            *key,
            terms,
            [
                Slot(
                    dice.new_id(at),
                    plan,
                    state,
                    None if state is State.OPEN else contract_id,
                    payable_at,
                    paid_at,
                )
                for plan, (state, payable_at, paid_at) in zip(plans, states(plans, today), strict=True)
            ],
        )
    return made


def add_statements(world: World, rows: Rows, payers: tuple[str, str], dice: Dice) -> Mapping[str, str]:
    """The rows of every statement, and the request of each that has been paid: its id by the statement’s.

    What is paid is stored as payable first: its totals come with its lines.
    """
    requests = {}
    for (provider, cohort), ledger in world.ledgers.items():
        # A cohort that opens today has its statements since its founding, like everybody.
        made_at = min(datetime(cohort, 6, 1, 9, tzinfo=UTC), world.now - QUIET)
        for slot in ledger.slots:
            plan = slot.plan
            dates = (plan.year, plan.month, plan.deadline_on, plan.pays_on)
            state = State.OPEN if slot.payable_at is None else State.PAYABLE
            columns = (*dates, plan.output, state.value, slot.contract_id, slot.payable_at)
            stamp = dice.stamp(slot.payable_at or made_at)
            rows.add(models.Statement, slot.id, provider, cohort, *columns, made_at, stamp)
            if slot.paid_at is not None:
                requests[slot.id] = dice.new_id(slot.paid_at)
                asked = (requests[slot.id], slot.id, payers[0], slot.payable_at, payers[1], slot.paid_at)
                rows.add(models.PaymentRequest, *asked)
    return requests
