"""Page rules about forms, fields and errors. Each yields what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.document import CONTROLS, Document, text_of
from tests.support.pages import Visit
from tests.support.rules_structure import shown

REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns")
OWN_TOKENS = frozenset({"name", "email", "tel", "organization", "one-time-code"})
LABELLED = frozenset({"button", "meter", "output", "progress"}) | CONTROLS
OTHER_BUTTONS = ("govuk-button--secondary", "govuk-button--warning", "govuk-button--inverse")


def has_existing_targets(page: Document, visit: Visit) -> Iterator[str]:
    """Whatever a label or an aria attribute names is there."""
    for element in page.elements:
        for attribute in REFERENCES:
            for identity in element.get(attribute, "").split():
                if identity not in page.by_id:
                    yield f"{attribute}=“{identity}” leads nowhere: {shown(element)}"
        if element.tag == "label":
            target = page.by_id.get(element.get("for", ""))
            if target is None or target.tag not in LABELLED:
                yield f"a label for nothing: {shown(element)}"


def has_named_fields(page: Document, visit: Visit) -> Iterator[str]:
    """Every field and button has a name; groups of radios and dates have a legend."""
    labelled = {label.get("for") for label in page.all("label") if text_of(label)}
    for control in page.all(*CONTROLS):
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        if control.get("id") not in labelled and not {"aria-label", "aria-labelledby"} & set(control.attrib):
            yield f"a field without a label: {shown(control)}"
    for button in page.all("button"):
        if not (text_of(button) or button.get("aria-label")):
            yield f"a button without words: {shown(button)}"
    for fieldset in page.all("fieldset"):
        legend = page.one("legend", within=fieldset)
        if legend is None or not text_of(legend):
            yield "a fieldset without a legend"


def leaves_judging_to_the_server(page: Document, visit: Visit) -> Iterator[str]:
    """Forms are novalidate; nothing is required, patterned or capped in the browser."""
    for form in page.all("form"):
        if "novalidate" not in form.attrib:
            yield f"a form without novalidate: {shown(form)}"
    for control in page.all(*CONTROLS):
        if {"required", "pattern", "maxlength", "aria-required"} & set(control.attrib):
            yield f"a field that the browser judges: {shown(control)}"


def has_csrf_token(page: Document, visit: Visit) -> Iterator[str]:
    """Every form that posts carries a token."""
    for form in page.all("form"):
        tokens = [c.get("value") for c in page.all("input", within=form) if c.get("name") == "csrf_token"]
        if form.get("method", "get").lower() == "post" and (len(tokens) != 1 or not tokens[0]):
            yield f"a form that posts without one CSRF token: {shown(form)}"


def has_one_main_button(page: Document, visit: Visit) -> Iterator[str]:
    """At most one main button; the ones that post are guarded against a double click."""
    if page.main is None or visit.is_own_details:
        return
    buttons = [e for e in page.all("a", "button", cls="govuk-button", within=page.main) if _is_main(e)]
    if len(buttons) > 1:
        yield f"more than one main button: {[text_of(button) for button in buttons]}"
    for button in buttons:
        form = page.inside(button, "form")
        posts = button.tag == "button" and form is not None and form.get("method", "").lower() == "post"
        if posts and button.get("data-prevent-double-click") != "true":
            yield f"the button “{text_of(button)}” can be pressed twice"


def fills_in_own_details_only(page: Document, visit: Visit) -> Iterator[str]:
    """No autofill tokens on someone else’s details."""
    allowed = OWN_TOKENS if visit.is_own_details else frozenset()
    for control in page.all("form", *CONTROLS):
        token = control.get("autocomplete", "off")
        if token != "off" and token not in allowed:
            yield f"autofill “{token}” on {shown(control)}"


def has_plain_labels_and_hints(page: Document, visit: Visit) -> Iterator[str]:
    """No asterisks; hints have no link and, like errors, no full stop; empty fields are empty."""
    for label in page.all("label", "legend"):
        if "*" in text_of(label):
            yield f"an asterisk in “{text_of(label)}”"
    if visit.is_round:
        return
    for hint in page.all(cls="govuk-hint"):
        if page.one("a", within=hint) is not None:
            yield f"a link in the hint “{text_of(hint)}”"
    for element in (*page.all(cls="govuk-hint"), *page.all(cls="govuk-error-message")):
        if text_of(element).endswith((".", "!", ":")) or not text_of(element):
            yield f"a hint or error with a full stop, or empty: “{text_of(element)}”"
    for control in page.all(*CONTROLS):
        if "placeholder" in control.attrib:
            yield f"a placeholder on {shown(control)}"


def has_summary_first(page: Document, visit: Visit) -> Iterator[str]:
    """The error summary comes first in main, above the h1, and the answer is a 422."""
    summary = page.one(cls="govuk-error-summary")
    if summary is None:
        return
    if visit.status != 422:
        yield f"an error summary with status {visit.status}"
    if page.main is None or summary not in page.all(within=page.main):
        yield "the error summary is outside main"
    elif not text_of(page.main).startswith(text_of(summary)):
        yield "the error summary is not first in main"
    if not text_of(summary).startswith("There is a problem") or not page.error_links:
        yield f"the error summary says “{text_of(summary)}”"
    if summary.get("data-module") != "govuk-error-summary":
        yield "the error summary takes no focus"


def has_errors_that_agree(page: Document, visit: Visit) -> Iterator[str]:
    """Summary lines and inline messages are the same, in field order, and each line lands on its field."""
    inline = [message_of(element) for element in page.all(cls="govuk-error-message")]
    lines = [text for text, _ in page.error_links]
    if lines != inline:
        yield f"the summary says {lines}, the fields say {inline}"
    order: list[int] = []
    for text, address in page.error_links:
        target = page.by_id.get(address.removeprefix("#"))
        if target is None or target.tag not in CONTROLS or page.inside(target, "form") is None:
            yield f"the summary link “{text}” leads to {address}, which is not a field"
        elif text not in _described(page, target):
            yield f"{address} is not described by its error “{text}”"
        else:
            order.append(page.elements.index(target))
    if order != sorted(order):
        yield "the summary is not in the order of the fields"


def message_of(element: Element) -> str:
    """An inline error’s text without its hidden “Error:”."""
    return text_of(element).removeprefix("Error:").strip()


def _described(page: Document, target: Element) -> set[str]:
    around = [target, *(e for e in page.ancestors(target) if e.tag == "fieldset")]
    names = " ".join(element.get("aria-describedby", "") for element in around).split()
    return {message_of(page.by_id[name]) for name in names if name in page.by_id}


def _is_main(element: Element) -> bool:
    return not set(OTHER_BUTTONS) & set(element.get("class", "").split())


RULES = (
    has_existing_targets,
    has_named_fields,
    leaves_judging_to_the_server,
    has_csrf_token,
    has_one_main_button,
    fills_in_own_details_only,
    has_plain_labels_and_hints,
    has_summary_first,
    has_errors_that_agree,
)
