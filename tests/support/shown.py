"""What a page shows, as the sentences of the acceptance cases speak of it: options, notices, rows, errors."""

from __future__ import annotations

from tests.support.document import Document, text_of
from tests.support.rules_forms import message_of


def options(page: Document) -> list[str]:
    """What can be chosen, in order: the labels of the radios, or the options of the select but its empty one."""
    radios = [text_of(each) for each in page.all("label", cls="govuk-radios__label")]
    return radios or [text_of(each) for each in page.all("option") if each.get("value")]


def hints(page: Document) -> dict[str, str]:
    """The hint under each radio that has one, by its label."""
    found = {}
    for item in page.all(cls="govuk-radios__item"):
        hint = page.one(cls="govuk-radios__hint", within=item)
        if hint is not None:
            found[text_of(page.all("label", within=item)[0])] = text_of(hint)
    return found


def chosen(page: Document) -> list[str]:
    """What is chosen as the page comes: labels of checked radios, texts of selected options."""
    radios = [each for each in page.all("input") if each.get("type") == "radio" and "checked" in each.attrib]
    labels = [text_of(each) for each in page.all("label") if each.get("for") in {r.get("id") for r in radios}]
    return labels + [text_of(each) for each in page.all("option") if "selected" in each.attrib]


def notices(page: Document) -> list[str]:
    """The lines of each notification banner, joined by blanks, without its “Important” and its links."""
    return [
        " ".join(text_of(line) for line in page.all("p", within=each) if page.one("a", within=line) is None)
        for each in page.all(cls="govuk-notification-banner__content")
    ]


def notice_links(page: Document) -> list[str]:
    """Where the links in notification banners lead."""
    return [each.get("href", "") for each in page.all("a", cls="govuk-notification-banner__link")]


def rows(page: Document) -> dict[str, str]:
    """The rows of summary lists: label to value, with the smaller lines below it."""
    found = {}
    for row in page.all(cls="govuk-summary-list__row"):
        label = page.one("dt", within=row)
        value = page.one("dd", within=row)
        if label is not None and value is not None:
            found[text_of(label)] = " · ".join(filter(None, _lines(page, value)))
    return found


def _lines(page: Document, value: object) -> list[str]:
    notes = [text_of(each) for each in page.all("p", within=value)]  # type: ignore[arg-type]
    whole = text_of(value)  # type: ignore[arg-type]
    for note in notes:
        whole = whole.removesuffix(note).strip() if whole.endswith(note) else whole.replace(note, "").strip()
    return [whole, *notes]


def changes(page: Document) -> dict[str, str]:
    """Where each Change link of check answers leads: hidden text to the page’s part of the address."""
    return {
        text_of(link).removeprefix("Change "): link.get("href", "").split("?")[0].rsplit("/", 1)[1]
        for link in page.all("a")
        if text_of(link).startswith("Change ") and "changing=yes" in link.get("href", "")
    }


def inline_errors(page: Document) -> list[str]:
    """The messages beside the fields."""
    return [message_of(each) for each in page.all(cls="govuk-error-message")]
