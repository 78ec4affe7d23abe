"""From the options of an upstream fixture to the arguments of our macro: the pieces that aren’t fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from app.web.render import Link, PageError
from tests.support import upstream_adapters as fields
from tests.support.upstream import Given, NotOffered
from tests.support.upstream_adapters import macro, within


def back_link(given: Given) -> str:
    """A back link with an address."""
    words, href = given.words() or "Back", given.take("href") or "#"
    given.end()
    return macro("components/back_link.back_link")(href, words)


def error_summary(given: Given) -> str:
    """An error summary of PageErrors."""
    title = given.words("titleText", "titleHtml")
    errors = []
    for item in map(Given, given.take("errorList") or ()):
        errors.append(PageError(item.words(), item.take("href") or ""))
        item.end()
    if not errors or "disableAutoFocus" in given.left:
        raise NotOffered("no errors")
    given.end()
    return macro("components/error_summary.error_summary")(tuple(errors), title)


def notification_banner(given: Given) -> str:
    """The bare banner: a heading, or any HTML."""
    words, html = given.take("text"), given.take("html")
    title, kind = given.words("titleText", "titleHtml"), given.take("type")
    named = {"title_id": given.take("titleId")} if "titleId" in given.left else {}
    if "disableAutoFocus" in given.left:
        raise NotOffered("disableAutoFocus")
    given.end()
    content = html or macro("components/notification_banner.banner_heading")(words)
    place = "components/notification_banner.notification_banner"
    return within(place, content, title, success=kind == "success", **named)


def tag(given: Given) -> str:
    """A tag with a colour."""
    words, colour = given.words(), given.modifier("govuk-tag")
    given.end()
    return macro("components/tag.tag")(words, colour)


def details(given: Given) -> str:
    """A details element with anything inside."""
    summary, html, plain = given.words("summaryText", "summaryHtml"), given.take("html"), given.take("text")
    opened = bool(given.take("open"))
    given.end()
    return within("components/details.details", html or _escaped(plain), summary, opened)


def panel(given: Given) -> str:
    """A confirmation panel; its title is the h1."""
    title, html, plain = given.words("titleText", "titleHtml"), given.take("html"), given.take("text")
    given.end()
    if html or plain:
        return within("components/panel.panel", html or _escaped(plain), title)
    return macro("components/panel.panel")(title)


def inset_text(given: Given) -> str:
    """Inset text."""
    words = given.words()
    given.end()
    return macro("components/inset_text.inset_text")(words)


def breadcrumbs(given: Given) -> str:
    """Links, the last perhaps without an address."""
    trail = []
    for item in map(Given, given.take("items")):
        trail.append(Link(item.words(), item.take("href") or ""))
        item.end()
    given.end()
    return macro("components/breadcrumbs.breadcrumbs")(trail)


def table(given: Given) -> str:
    """Texts in rows; a caption of any size; figures to the right."""
    caption, size = given.take("caption") or "", (given.take("captionClasses") or "")
    head = [_cell(item) for item in given.take("head") or ()]
    rows = [[_cell(item) for item in row] for row in given.take("rows") if row]
    headers = bool(given.take("firstCellIsHeader"))
    given.end()
    columns = {at for row in (head, *rows) for at, (_, numeric) in enumerate(row) if numeric}
    if any((at in columns) != numeric for row in (*rows, head) for at, (_, numeric) in enumerate(row)):
        raise NotOffered("a column with figures in some of its cells")
    words = [[text for text, _ in row] for row in rows]
    return macro("components/table.table")(
        caption,
        [text for text, _ in head],
        words,
        size.removeprefix("govuk-table__caption--"),
        row_headers=headers,
        numeric=columns,
    )


def _cell(item: Mapping[str, Any]) -> tuple[str, bool]:
    cell = Given(item)
    words, numeric = cell.words(), cell.take("format") == "numeric"
    cell.end()
    return words, numeric


def pagination(given: Given) -> str:
    """Numbered pages with the one before and the one after."""
    ends = {}
    for name in ("previous", "next"):
        end = given.within(name)
        ends[name] = end.take("href") or ""
        end.end()
    items = given.take("items")
    given.end()
    if not items or not all(items):
        raise NotOffered("items")
    pages = [None if item.get("ellipsis") else _page(Given(item)) for item in items]
    return macro("components/pagination.pagination")(SimpleNamespace(items=pages, **ends))


def _page(item: Given) -> tuple[Any, str, bool]:
    made = (item.take("number"), item.take("href"), bool(item.take("current")))
    item.end()
    return made


def _escaped(text: str | None) -> str:
    return str(fields.ENV.from_string("{{ text }}").render(text=text or ""))


# How many of each component’s cases are held. A number that falls means that a macro has lost an option.
ADAPTERS: Mapping[str, tuple[Callable[[Given], str], int]] = {
    "radios": (fields.radios, 23),
    "input": (fields.text, 17),
    "date-input": (fields.date, 9),
    "select": (fields.select, 3),
    "label": (fields.label, 14),
    "fieldset": (fields.fieldset, 14),
    "hint": (fields.hint, 4),
    "button": (fields.button, 12),
    "summary-list": (fields.summary_list, 11),
    "back-link": (back_link, 4),
    "error-summary": (error_summary, 9),
    "notification-banner": (notification_banner, 13),
    "tag": (tag, 11),
    "details": (details, 6),
    "panel": (panel, 6),
    "inset-text": (inset_text, 3),
    "breadcrumbs": (breadcrumbs, 6),
    "table": (table, 9),
    "pagination": (pagination, 4),
}
