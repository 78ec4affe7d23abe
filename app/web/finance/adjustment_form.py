"""The form for an adjustment: a name and an amount, with or without a minus sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.pounds import read_signed_pounds
from app.domain.refusals import Refused
from app.domain.statements import Adjustment
from app.services.finance import StatementView, adjustments_seen
from app.web.finance.pages import FieldGroup, FormPage
from app.web.finance.statement_page import address
from app.web.finance.wording import statement_title
from app.web.journeys.page import FieldView
from app.web.render import PageError

LONGEST_NAME = 100
NAME, AMOUNT = "name", "amount"
MESSAGES: Mapping[tuple[str, str], str] = {
    (NAME, "blank"): "Enter a name for the adjustment",
    (NAME, "too_long"): f"The name must be {LONGEST_NAME} characters or fewer",
    (AMOUNT, "blank"): "Enter the amount in pounds",
    (AMOUNT, "not_an_amount"): "Enter the amount in pounds, like 995 or 1,234.56",
    (AMOUNT, "too_large"): "The amount must be less than £21 million",
    (AMOUNT, "zero"): "The amount must not be 0",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, what it means, and what is wrong with it: a sentence for each field at fault."""

    values: Mapping[str, str]
    adjustment: Adjustment | None
    errors: Mapping[str, str]


def read(form: Mapping[str, str]) -> Typed:
    """An adjustment from the form."""
    values = {field: form.get(field, "") for field in (NAME, AMOUNT)}
    name, errors = " ".join(values[NAME].split()), {}
    if not name:
        errors[NAME] = MESSAGES[NAME, "blank"]
    elif len(name) > LONGEST_NAME:
        errors[NAME] = MESSAGES[NAME, "too_long"]
    try:
        pence = read_signed_pounds(values[AMOUNT])
        if pence == 0:
            raise Refused("zero")
    except Refused as refused:
        errors[AMOUNT] = MESSAGES[AMOUNT, refused.reason]
    return Typed(values, None if errors else Adjustment(name, pence), errors)


def form_page(view: StatementView, typed: Typed | None = None) -> FormPage:
    """The form, with what was typed and what is wrong with it."""
    values, errors = (typed.values, typed.errors) if typed else ({}, {})
    fields = (
        FieldView(
            "text",
            NAME,
            "Name of the adjustment",
            hint="It is shown on the statement",
            value=values.get(NAME, ""),
            error=errors.get(NAME, ""),
        ),
        FieldView(
            "text",
            AMOUNT,
            "Amount in pounds",
            hint="For example, 1,234.56. To take it off, start with a minus sign",
            value=values.get(AMOUNT, ""),
            error=errors.get(AMOUNT, ""),
            width="10",
            spellcheck=False,
        ),
    )
    return FormPage(
        title="Add an adjustment",
        back=address(view),
        button="Add the adjustment",
        before=(f"It changes the total of this statement: {statement_title(view.statement)}.",),
        groups=(FieldGroup("", fields),),
        hidden={"seen": adjustments_seen(view.statement.id)},
        errors=tuple(PageError(text, f"#{field}") for field, text in errors.items()),
    )
