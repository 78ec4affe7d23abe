"""The pages of a new version of a contract: the form, and the check before it is stored."""

from __future__ import annotations

from collections.abc import Mapping

from app.data.queries.finance import Place
from app.domain.payments import BAND_LETTERS, Contract
from app.web.finance.contract_form import BEFORE_BANDS, PARTS, Typed, fields, name_of
from app.web.finance.contract_pages import bands_table, terms_rows
from app.web.finance.pages import FieldGroup, FormPage
from app.web.finance.refusing import contract_address
from app.web.journeys.page import FieldView, OptionView, SummaryRow
from app.web.offices.pages import CheckPage
from app.web.render import PageError

LABELS: Mapping[str, str] = {
    "recruitment_target": "Recruitment target",
    "set_up_fee": "Set-up fee in pounds",
    "monthly_service_fee": "Monthly service fee in pounds (optional)",
    "uplift": "Uplift for each participant in pounds",
    "vat": "Does the lead provider charge VAT?",
    "mentor_price": "Price of each mentor in pounds",
}
HINTS: Mapping[str, str] = {
    "recruitment_target": "How many participants the service fee is worked out for",
    "set_up_fee": "For example, 149,651.00",
    "monthly_service_fee": "Leave this blank to work it out from the bands. 0 means no fee",
    "uplift": "For started declarations with pupil premium or sparsity. 0 means no uplift",
    "mentor_price": "Half is paid when a mentor starts, half when they complete",
}
BAND_LABELS: Mapping[str, str] = {
    "min": "Band {letter}: first participant",
    "max": "Band {letter}: last participant",
    "price": "Band {letter}: price of each in pounds",
    "output": "Band {letter}: percentage for declarations",
    "service": "Band {letter}: percentage for months",
}
OPTIONAL = "Leave this band blank if the contract does not have it."
PINNED = "It counts for statements whose deadline has not passed. The others keep the version they have."


def form_page(
    place: Place, mentor_funding: bool, values: Mapping[str, str], errors: Mapping[str, str]
) -> FormPage:
    """The form, with what was typed and what is wrong with it."""
    here = contract_address(place.lead_provider_id, place.cohort)
    general = tuple(
        _field(name, values, errors) for name in BEFORE_BANDS if mentor_funding or name != "mentor_price"
    )
    bands = tuple(_band(letter, values, errors) for letter in BAND_LETTERS)
    return FormPage(
        title=f"Set up version {_next(place)} of the contract",
        back=here,
        button="Continue",
        before=(f"{place.lead_provider_name}, {place.cohort} cohort.", PINNED),
        groups=(FieldGroup("", general), *bands),
        hidden={"version": str(place.version or 0)},
        errors=tuple(PageError(text, f"#{name}") for name, text in errors.items()),
        tab="contracts",
    )


def check_page(place: Place, mentor_funding: bool, typed: Typed, terms: Contract) -> CheckPage:
    """What was typed, in the contract’s words."""
    said = {name: typed.values[name] for name in fields(mentor_funding)}
    return CheckPage(
        title=f"Check version {_next(place)} of the contract",
        back=contract_address(place.lead_provider_id, place.cohort),
        button=f"Set up version {_next(place)}",
        sentences=(f"{PINNED} A version cannot be changed once it is set up.",),
        rows=(
            SummaryRow("Lead provider", place.lead_provider_name),
            SummaryRow("Cohort", str(place.cohort)),
            *terms_rows(terms),
        ),
        bands=bands_table(terms.bands, "Bands"),
        hidden={"version": str(place.version or 0), **said},
    )


def _next(place: Place) -> int:
    return (place.version or 0) + 1


def _field(name: str, values: Mapping[str, str], errors: Mapping[str, str]) -> FieldView:
    value, error, hint = values.get(name, ""), errors.get(name, ""), HINTS.get(name, "")
    if name == "vat":
        options = tuple(
            OptionView(each, words, checked=value == each) for each, words in (("yes", "Yes"), ("no", "No"))
        )
        return FieldView("radios", name, LABELS[name], error=error, options=options)
    return FieldView(
        "text", name, LABELS[name], hint=hint, error=error, value=value, width="10", spellcheck=False
    )


def _band(letter: str, values: Mapping[str, str], errors: Mapping[str, str]) -> FieldGroup:
    views = []
    for part in PARTS:
        name, label = name_of(letter, part), BAND_LABELS[part].format(letter=letter)
        error, value = errors.get(name, ""), values.get(name, "")
        views.append(FieldView("text", name, label, error=error, value=value, width="10", spellcheck=False))
    return FieldGroup(f"Band {letter}", tuple(views), "" if letter == "A" else OPTIONAL)
