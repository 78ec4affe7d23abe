"""The schools of a batch, and the partnerships they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from app.data import models
from app.domain.matching import fold
from app.domain.partnerships import ChallengeReason, DeclineReason, State
from app.services.demo.national import naming
from app.services.demo.national.dice import Dice
from app.services.demo.national.persons import Agreement, School
from app.services.demo.national.storing import Rows
from app.services.demo.national.world import Provider, World, Year

FIRST_URN = 910_000
_SECOND_PROVIDER, _ALONE = 0.08, 0.1
_STATES = ((State.ACTIVE, 0.94), (State.CHALLENGED, 0.03), (State.PROPOSED, 0.03))
_UNANSWERED = ((State.PROPOSED, 0.6), (State.DECLINED, 0.25), (State.RETRACTED, 0.15))
_TYPES = (
    ("Community school", 0.5),
    ("Academy converter", 0.4),
    ("Voluntary aided school", 0.07),
    ("Other independent school", 0.03),
)
_PHASES = (("Primary", 0.75), ("Secondary", 0.2), ("All-through", 0.05))


def add_schools(world: World, numbers: range, rows: Rows, dice: Dice) -> Sequence[School]:
    """The rows of schools, those that DfE pays for and a few others."""
    return [_school(world, number, rows, dice) for number in numbers]


def _school(world: World, number: int, rows: Rows, dice: Dice) -> School:
    at = datetime.combine(world.founded, time(8), UTC)
    type_name, status = dice.weighted(_TYPES), "Closed" if dice.chance(0.02) else "Open"
    independent = type_name.startswith("Other independent")
    made = School(
        dice.new_id(at),
        number,
        str(FIRST_URN + number),
        dice.chance(0.25),
        dice.chance(0.06),
        status == "Open" and not independent,
    )
    name = naming.school(number)
    # Neighbours by number are neighbours in life: a local authority has a stretch of them.
    code, authority = naming.AUTHORITIES[number * len(naming.AUTHORITIES) // max(world.size.schools, 1)]
    rows.add(
        models.School,
        made.id,
        made.urn,
        name,
        fold(name),
        code,
        authority,
        made.urn[-4:],
        type_name,
        dice.weighted(_PHASES),
        status,
        True,
        independent,
        False,
        made.pupil_premium,
        made.sparsity,
        True,
        f"Induction tutor at {name}",
        f"induction.tutor.{made.urn}@schools.example",
        at,
        dice.stamp(at),
    )
    return made


class Agreements:
    """The partnerships of a batch, made when somebody first needs them."""

    def __init__(self, world: World, rows: Rows, dice: Dice) -> None:
        self._world, self._rows, self._dice = world, rows, dice
        self._made: dict[tuple[str, str, int], Agreement] = {}
        self._usual: dict[tuple[str, int], Provider] = {}

    def of(self, school: School, year: Year) -> Agreement:
        """One for somebody who trains at this school in this cohort: the usual one, or a second one now and then."""
        usual = self._usual.get((school.id, year.start_year))
        if usual is None or self._dice.chance(_SECOND_PROVIDER):
            shares = [(each, each.share) for each in self._world.providers]
            provider = self._dice.weighted(shares)
            self._usual.setdefault((school.id, year.start_year), provider)
        else:
            provider = usual
        key = (school.id, provider.id, year.start_year)
        if key not in self._made:
            self._made[key] = self._agree(school, provider, year)
        return self._made[key]

    def leave_some_unanswered(self, schools: Sequence[School]) -> None:
        """A few proposals without people or a delivery partner: waiting, declined, retracted."""
        latest = self._world.years[0]
        for school in schools:
            if school.fundable and self._dice.chance(_ALONE):
                self._ask(school, self._dice.pick(self._world.providers), latest)

    def every(self) -> Iterator[Agreement]:
        """All that were made for people."""
        return iter(self._made.values())

    def _agree(self, school: School, provider: Provider, year: Year) -> Agreement:
        dice, world = self._dice, self._world
        proposed_at = dice.at(_proposed_on(year, world, dice), 9)
        state = dice.weighted(_STATES)
        confirmed_at = None
        if state is not State.PROPOSED:
            confirmed_on = dice.day(proposed_at.date(), proposed_at.date() + timedelta(days=20))
            confirmed_at = dice.at(min(confirmed_on, world.last_day), 13)
        partner = provider.partners[school.number % len(provider.partners)]
        made = Agreement(
            dice.new_id(proposed_at),
            school,
            provider,
            year.start_year,
            partner,
            state,
            proposed_at,
            confirmed_at,
        )
        self._store(made)
        return made

    def _store(self, made: Agreement) -> None:
        dice, world = self._dice, self._world
        challenged_at = reason = None
        if made.state is State.CHALLENGED:
            challenged_at = dice.at(dice.day(world.last_day + timedelta(days=1), world.last_say), 9)
            reason = dice.pick(tuple(ChallengeReason)).value
        self._rows.add(
            models.Partnership,
            made.id,
            made.school.id,
            made.provider.id,
            made.partner,
            made.cohort,
            made.state.value,
            made.proposed_at,
            world.registrar,
            made.confirmed_at,
            f"Partnership manager at {made.provider.name} (fictional)" if made.confirmed_at else None,
            None,
            None,
            challenged_at,
            reason,
            None,
            made.confirmed_at is not None,
            made.proposed_at,
            dice.stamp(challenged_at or made.confirmed_at or made.proposed_at),
        )
        if made.confirmed_at is not None:
            row = (made.id, made.confirmed_at, made.partner)
            self._rows.add(models.PartnershipDeliveryPartner, *row)

    def _ask(self, school: School, provider: Provider, year: Year) -> None:
        dice, world = self._dice, self._world
        proposed_at = dice.at(_proposed_on(year, world, dice), 9)
        state = dice.weighted(_UNANSWERED)
        answered_at = dice.at(dice.day(proposed_at.date(), world.last_say), 13)
        declined = state is State.DECLINED
        self._rows.add(
            models.Partnership,
            dice.new_id(proposed_at),
            school.id,
            provider.id,
            None,
            year.start_year,
            state.value,
            proposed_at,
            world.registrar,
            None,
            None,
            answered_at if declined else None,
            dice.pick(tuple(DeclineReason)).value if declined else None,
            None,
            None,
            answered_at if state is State.RETRACTED else None,
            False,
            proposed_at,
            dice.stamp(proposed_at if state is State.PROPOSED else answered_at),
        )


def _proposed_on(year: Year, world: World, dice: Dice) -> date:
    """In the summer of the cohort, however young that is today."""
    latest = world.last_day - timedelta(days=20)
    return min(dice.day(date(year.start_year, 6, 1), date(year.start_year, 8, 20)), latest)
