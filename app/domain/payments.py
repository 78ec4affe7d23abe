"""What DfE pays a lead provider on a statement.

Schedules and money, Money. Whole pence go in, exact fractions of a penny are worked with, and only `pence` rounds:
where an amount is shown or stored. Each rounds for itself, so shown lines need not add up to the shown total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from types import MappingProxyType
from typing import Generic, TypeVar

from app.domain.schedules import Course, DeclarationType
from app.domain.statements import Adjustment

BAND_LETTERS = "ABCD"
OUTPUT_PERCENT = 60
SERVICE_PERCENT = 40
SERVICE_FEE_MONTHS = 29
UPLIFT_PENCE = 100_00
LAST_COHORT_WITH_UPLIFT = 2024
UPLIFT_TARGET_PERCENT = 33
"""Shown to finance, and caps nothing."""

VAT = Fraction(20, 100)
NOTHING = Fraction(0)
Pence = TypeVar("Pence", Fraction, int)

_ENDS = (DeclarationType.STARTED, DeclarationType.COMPLETED)
SHARES: Mapping[DeclarationType, Fraction] = MappingProxyType(
    dict.fromkeys(DeclarationType, Fraction(15, 100)) | dict.fromkeys(_ENDS, Fraction(20, 100))
)
"""What part of the output price each declaration type is worth."""

MENTOR_SHARES: Mapping[DeclarationType, Fraction] = MappingProxyType(dict.fromkeys(_ENDS, Fraction(50, 100)))
"""What part of a mentor’s flat price each type is worth; nothing else is paid for."""


def pence(amount: Fraction) -> int:
    """An exact amount of pence as whole pence, halves away from zero."""
    whole = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return whole if amount >= 0 else -whole


def usual_uplift(cohort: int) -> int:
    """The uplift amount, in pence, that a cohort’s contracts begin with: £100 to 2024, none after."""
    return UPLIFT_PENCE if cohort <= LAST_COHORT_WITH_UPLIFT else 0


def _check_whole(*numbers: int | None) -> None:
    """ValueError for anything but whole numbers from 0: what a database sums may come back as a decimal."""
    if any(number is not None and (type(number) is not int or number < 0) for number in numbers):
        raise ValueError(f"only whole numbers from 0, not {numbers!r}")


@dataclass(frozen=True, slots=True)
class Band:
    """Participants from the `min`th to the `max`th, and the price of one in pence.

    `output_percent` of the price is paid by declarations, `service_percent` by the month. ValueError for
    numbers that aren’t whole, percentages over 100, and a `max` under its `min`.
    """

    letter: str
    min: int
    max: int
    price_pence: int
    output_percent: int = OUTPUT_PERCENT
    service_percent: int = SERVICE_PERCENT

    def __post_init__(self) -> None:
        _check_whole(self.min, self.max, self.price_pence, self.output_percent, self.service_percent)
        if max(self.output_percent, self.service_percent) > 100 or self.max < self.min:
            raise ValueError("a band has percentages to 100, and its max isn’t under its min")


@dataclass(frozen=True, slots=True)
class Contract:
    """One version of what a lead provider is paid for a cohort; money in whole pence.

    `bands` from A on. `monthly_service_fee_pence` None works the fee out from the bands, 0 is a fee of nothing.
    `vat` says that the provider charges it. `mentor_price_pence` is for cohorts with mentor funding; None has
    mentors share the bands with ECTs. ValueError for bands out of order and numbers that aren’t whole.
    """

    bands: tuple[Band, ...]
    recruitment_target: int
    set_up_fee_pence: int
    monthly_service_fee_pence: int | None
    uplift_pence: int
    vat: bool
    mentor_price_pence: int | None = None

    def __post_init__(self) -> None:
        _check_whole(self.recruitment_target, self.set_up_fee_pence, self.monthly_service_fee_pence)
        _check_whole(self.uplift_pence, self.mentor_price_pence)
        letters = "".join(band.letter for band in self.bands)
        if not letters or not BAND_LETTERS.startswith(letters):
            raise ValueError(f"bands are A to D, in order, and not {letters!r}")


def fee(declaration_type: DeclarationType, band: Band) -> Fraction:
    """What one declaration is worth in a band, in pence."""
    return SHARES[declaration_type] * band.price_pence * Fraction(band.output_percent, 100)


def capacity(band: Band) -> int:
    """How many participants a band holds: both its ends count, and nobody is the 0th."""
    return band.max - max(1, band.min) + 1


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many are paid for and taken back on a statement, band by band from A."""

    additions: tuple[int, ...]
    subtractions: tuple[int, ...]


def allocate(before: int, now: int, refunded: int, bands: Sequence[Band]) -> Allocation:
    """Where the declarations of one type fall.

    `before` counts lines billed less those refunded on statements paid earlier: they fill the bands from A.
    `now`, this statement’s billable ones, go into the room left; beyond the last band nothing is paid.
    `refunded`, this statement’s too, come out of the additions from D to A, then of the earlier ones from D
    to A; as additions lie on top of the earlier ones, that is one way down. ValueError for a count below 0.
    """
    _check_whole(before, now, refunded)
    rooms = [capacity(band) for band in bands]
    earlier = _pour(before, rooms)
    additions = _pour(now, [room - taken for room, taken in zip(rooms, earlier, strict=True)])
    held = [taken + added for taken, added in zip(earlier, additions, strict=True)]
    return Allocation(additions, _pour(refunded, held[::-1])[::-1])


def _pour(count: int, rooms: Iterable[int]) -> tuple[int, ...]:
    """How many end up in each room when they fill up one after the other; who finds no room is left out."""
    placed = []
    for room in rooms:
        placed.append(min(count, room))
        count -= placed[-1]
    return tuple(placed)


def service_fee(contract: Contract) -> Fraction:
    """What is paid every month whatever is declared, in pence; below 0 when the set-up fee dominates.

    The monthly figure if there is one, else a 29th of what the recruitment target is worth in the bands, less
    the set-up fee, spread over the places of band A.
    """
    if contract.monthly_service_fee_pence is not None:
        return Fraction(contract.monthly_service_fee_pence)
    worth = NOTHING
    target = _pour(contract.recruitment_target, [capacity(band) for band in contract.bands])
    for band, participants in zip(contract.bands, target, strict=True):
        each = Fraction(band.price_pence * band.service_percent, 100)
        if participants and band is contract.bands[0]:
            each -= Fraction(contract.set_up_fee_pence, band.max)
        worth += participants * each
    return worth / SERVICE_FEE_MONTHS


@dataclass(frozen=True, slots=True)
class Counts:
    """The lines of one course and declaration type that bear on one statement.

    `before`: billed less refunded on statements of the same lead provider and cohort with an earlier payment
    date. `now`, `refunded`: billable and refunded on this one. `uplifts`, `uplifts_refunded`: those among them
    with pupil premium or sparsity, once each; only `started` gets any. ValueError unless whole and from 0.
    """

    course: Course
    declaration_type: DeclarationType
    before: int = 0
    now: int = 0
    refunded: int = 0
    uplifts: int = 0
    uplifts_refunded: int = 0

    def __post_init__(self) -> None:
        _check_whole(self.before, self.now, self.refunded, self.uplifts, self.uplifts_refunded)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement: its band is None for mentors paid flat, and `fee` exact pence for each."""

    declaration_type: DeclarationType
    band: str | None
    additions: int
    subtractions: int
    fee: Fraction

    @property
    def output_fee(self) -> Fraction:
        """What the additions are worth."""
        return self.additions * self.fee

    @property
    def clawbacks(self) -> Fraction:
        """What the subtractions are worth; taken off."""
        return self.subtractions * self.fee


@dataclass(frozen=True, slots=True)
class Amounts(Generic[Pence]):
    """A statement’s amounts in pence, exact or whole, none with its sign turned; `total` is before VAT."""

    service_fee: Pence
    output_fee: Pence
    clawbacks: Pence
    mentor_output_fee: Pence
    mentor_clawbacks: Pence
    uplift: Pence
    refunded_uplifts: Pence
    adjustments: Pence
    total: Pence
    vat: Pence
    total_with_vat: Pence


TAKEN_OFF = frozenset({"clawbacks", "mentor_clawbacks", "refunded_uplifts"})
"""What lowers the total; the rest adds to it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a statement shows. `lines` has every declaration type in every band, `mentor_lines` mentors
    paid flat, `unpaid` how many of a type found no room in any band.
    """

    lines: tuple[Line, ...]
    mentor_lines: tuple[Line, ...]
    unpaid: Mapping[DeclarationType, int]
    exact: Amounts[Fraction]

    def pence(self) -> Amounts[int]:
        """The amounts to show and store, each the exact one rounded: the total isn’t a sum of rounded ones."""
        return Amounts(**{each.name: pence(getattr(self.exact, each.name)) for each in fields(Amounts)})


def figures(contract: Contract, counts: Iterable[Counts], adjustments: Iterable[Adjustment] = ()) -> Figures:
    """The figures of one statement under its contract version; without counts, of the service fee only.

    Counts of one type add up. With a mentor price mentors are paid flat, and neither fill a band nor get an
    uplift; without one they share bands and uplift with ECTs.
    """
    every = tuple(counts)
    flat = Course.ECF_MENTOR if contract.mentor_price_pence is not None else None
    banded = [each for each in every if each.course != flat]
    lines, unpaid = _banded_lines(contract.bands, banded)
    mentor_lines = _mentor_lines(contract.mentor_price_pence, [each for each in every if each.course == flat])
    started = [each for each in banded if each.declaration_type == DeclarationType.STARTED]
    parts = {
        "service_fee": service_fee(contract),
        "output_fee": sum((line.output_fee for line in lines), NOTHING),
        "clawbacks": sum((line.clawbacks for line in lines), NOTHING),
        "mentor_output_fee": sum((line.output_fee for line in mentor_lines), NOTHING),
        "mentor_clawbacks": sum((line.clawbacks for line in mentor_lines), NOTHING),
        "uplift": Fraction(contract.uplift_pence * sum(each.uplifts for each in started)),
        "refunded_uplifts": Fraction(contract.uplift_pence * sum(each.uplifts_refunded for each in started)),
        "adjustments": Fraction(sum(each.amount_pence for each in adjustments)),
    }
    total = sum((-part if name in TAKEN_OFF else part for name, part in parts.items()), NOTHING)
    vat = total * VAT if contract.vat else NOTHING
    return Figures(
        lines, mentor_lines, unpaid, Amounts(**parts, total=total, vat=vat, total_with_vat=total + vat)
    )


def _banded_lines(
    bands: Sequence[Band], counts: Sequence[Counts]
) -> tuple[tuple[Line, ...], Mapping[DeclarationType, int]]:
    lines, unpaid = [], {}
    for each in DeclarationType:
        before, now, refunded = _sums(counts, each)
        paid = allocate(before, now, refunded, bands)
        unpaid[each] = now - sum(paid.additions)
        for band, added, taken in zip(bands, paid.additions, paid.subtractions, strict=True):
            lines.append(Line(each, band.letter, added, taken, fee(each, band)))
    return tuple(lines), MappingProxyType(unpaid)


def _mentor_lines(price_pence: int | None, counts: Sequence[Counts]) -> tuple[Line, ...]:
    """The lines of mentors paid flat; a type that isn’t paid for has one, of nothing, if it was declared."""
    if price_pence is None:
        return ()
    sums = {each: _sums(counts, each)[1:] for each in DeclarationType}
    fees = {each: MENTOR_SHARES.get(each, NOTHING) * price_pence for each in sums}
    return tuple(
        Line(each, None, *sums[each], fees[each]) for each in sums if each in MENTOR_SHARES or any(sums[each])
    )


def _sums(counts: Sequence[Counts], declaration_type: DeclarationType) -> tuple[int, int, int]:
    """Before, now and refunded of one type, all rows together."""
    rows = [row for row in counts if row.declaration_type == declaration_type]
    return sum(row.before for row in rows), sum(row.now for row in rows), sum(row.refunded for row in rows)
