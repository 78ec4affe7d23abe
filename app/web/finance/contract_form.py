"""The form for a new version of a contract: what was typed, what it means, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain import contracts as rules
from app.domain import payments
from app.domain.payments import BAND_LETTERS, Band, Contract
from app.domain.pounds import in_pounds, read_count, read_pounds, typed_again
from app.domain.refusals import Refused

PARTS = ("min", "max", "price", "output", "service")
USUAL = {"output": str(payments.OUTPUT_PERCENT), "service": str(payments.SERVICE_PERCENT)}
NEEDED = ("min", "max", "price")
BEFORE_BANDS = ("recruitment_target", "set_up_fee", "monthly_service_fee", "uplift", "vat", "mentor_price")
LARGEST_COUNT = 1_000_000
_CALLED: Mapping[str, str] = {
    "recruitment_target": "the recruitment target",
    "set_up_fee": "the set-up fee",
    "monthly_service_fee": "the monthly service fee",
    "uplift": "the uplift for each participant",
    "mentor_price": "the price of each mentor",
    "min": "where band {letter} begins",
    "max": "where band {letter} ends",
    "price": "the price of a participant in band {letter}",
    "output": "the percentage for declarations in band {letter}",
    "service": "the percentage for months in band {letter}",
}
_ENDINGS: Mapping[str, str] = {
    "blank": "",
    "not_an_amount": " in pounds, like 995 or 1,234.56",
    "not_whole": " as a whole number",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed by field, the terms it means, and a sentence for each field at fault, in page order."""

    values: Mapping[str, str]
    terms: Contract | None
    errors: Mapping[str, str]


def fields(mentor_funding: bool) -> tuple[str, ...]:
    """The names of the fields, in page order."""
    before = tuple(name for name in BEFORE_BANDS if mentor_funding or name != "mentor_price")
    return (*before, *(name_of(letter, part) for letter in BAND_LETTERS for part in PARTS))


def name_of(letter: str, part: str) -> str:
    """The field of a part of a band: “band_a_min”."""
    return f"band_{letter.lower()}_{part}"


def begin(latest: Contract | None, cohort: int) -> dict[str, str]:
    """What the form begins with: the latest version, or what is usual."""
    usual = {name_of(letter, part): percent for letter in BAND_LETTERS for part, percent in USUAL.items()}
    if latest is None:
        return {**usual, "uplift": typed_again(payments.usual_uplift(cohort))}
    monthly, mentor = latest.monthly_service_fee_pence, latest.mentor_price_pence
    values = {
        "recruitment_target": str(latest.recruitment_target),
        "set_up_fee": typed_again(latest.set_up_fee_pence),
        "monthly_service_fee": "" if monthly is None else typed_again(monthly),
        "uplift": typed_again(latest.uplift_pence),
        "vat": "yes" if latest.vat else "no",
        "mentor_price": "" if mentor is None else typed_again(mentor),
    }
    for band in latest.bands:
        parts = (band.min, band.max, typed_again(band.price_pence), band.output_percent, band.service_percent)
        values |= {name_of(band.letter, part): str(value) for part, value in zip(PARTS, parts, strict=True)}
    return {**usual, **values}


def read(form: Mapping[str, str], cohort: int, mentor_funding: bool) -> Typed:
    """A new version from the form."""
    reading = _Reading({name: form.get(name, "") for name in fields(mentor_funding)})
    terms = _terms(reading, mentor_funding)
    if terms is not None:
        try:
            rules.check(terms, cohort, has_place=True, mentor_funding=mentor_funding)
        except Refused as refused:
            reading.errors[_at_fault(refused)] = rules.MESSAGES[refused.reason].format(**refused.detail)
    in_order = {name: reading.errors[name] for name in fields(mentor_funding) if name in reading.errors}
    return Typed(reading.values, None if in_order else terms, in_order)


class _Reading:
    """The values of a form, read one by one; what can’t be read is noted and taken as 0."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.errors: dict[str, str] = {}

    def take(self, name: str, read: Callable[[str], int], letter: str = "", part: str = "") -> int:
        """The number in a field."""
        try:
            return read(self.values[name])
        except Refused as refused:
            called = _CALLED[part or name].format(letter=letter)
            if largest := refused.detail.get("largest"):
                most = in_pounds(int(str(largest))) if read is read_pounds else f"{largest:,}"
                self.errors[name] = f"{called[0].upper()}{called[1:]} must be {most} or less"
            else:
                self.errors[name] = f"Enter {called}{_ENDINGS[refused.reason]}"
            return 0

    def has(self, letter: str) -> bool:
        """Whether anything is typed in a band; the percentages stand there from the beginning."""
        return any(self.values[name_of(letter, part)].strip() for part in NEEDED)


def _terms(reading: _Reading, mentor_funding: bool) -> Contract | None:
    """None when something couldn’t be read."""
    monthly = reading.values["monthly_service_fee"].strip()
    vat = reading.values["vat"]
    if vat not in ("yes", "no"):
        reading.errors["vat"] = "Select yes if the lead provider charges VAT"
    target = reading.take("recruitment_target", _count)
    set_up, uplift = reading.take("set_up_fee", read_pounds), reading.take("uplift", read_pounds)
    fee = reading.take("monthly_service_fee", read_pounds) if monthly else None
    mentor = reading.take("mentor_price", read_pounds) if mentor_funding else None
    last = max((at for at, letter in enumerate(BAND_LETTERS) if reading.has(letter)), default=0)
    bands = tuple(_band(reading, letter) for letter in BAND_LETTERS[: last + 1])
    if reading.errors:
        return None
    sound = tuple(each for each in bands if each is not None)
    return Contract(sound, target, set_up, fee, uplift, vat == "yes", mentor)


def _band(reading: _Reading, letter: str) -> Band | None:
    """A band; None when it ends before it begins, or couldn’t be read."""
    read = {"min": _count, "max": _count, "price": read_pounds, "output": _percent, "service": _percent}
    numbers = {part: reading.take(name_of(letter, part), how, letter, part) for part, how in read.items()}
    wrong = {part for part in PARTS if name_of(letter, part) in reading.errors}
    if not wrong and numbers["max"] < numbers["min"]:
        reading.errors[name_of(letter, "max")] = f"Band {letter} must not end before it begins"
        return None
    return None if wrong else Band(letter, *numbers.values())


def _count(text: str) -> int:
    return read_count(text, LARGEST_COUNT)


def _percent(text: str) -> int:
    return read_count(text, 100)


def _at_fault(refused: Refused) -> str:
    """The field that a rule about the whole contract is shown at."""
    if refused.field == "mentor_price_pence":
        return "mentor_price"
    part = "max" if refused.reason == "empty_band" else "min"
    return name_of(str(refused.detail["letter"]), part)
