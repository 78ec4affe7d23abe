"""Page rules about the frame, headings, links, tables and what a page may load. Each yields what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from tests.support.document import CONTROLS, Document, text_of
from tests.support.pages import Visit

FOOTER_LINKS = ("/accessibility", "/cookies", "/privacy", "/guidance/who-does-what")
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}
SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})


def is_valid_html(page: Document, visit: Visit) -> Iterator[str]:
    """A strict HTML5 parser has nothing to object to."""
    yield from page.errors


def has_language_and_viewport(page: Document, visit: Visit) -> Iterator[str]:
    """The language is set, and nobody is kept from zooming."""
    if page.root.get("lang") != "en":
        yield 'html has no lang="en"'
    viewport = [e.get("content", "") for e in page.all("meta") if e.get("name") == "viewport"]
    if len(viewport) != 1 or "user-scalable" in viewport[0] or "maximum-scale" in viewport[0]:
        yield f"viewport is {viewport}"


def has_one_h1(page: Document, visit: Visit) -> Iterator[str]:
    """Exactly one h1, with words in it."""
    found = [text_of(element) for element in page.all("h1")]
    if len(found) != 1 or not found[0]:
        yield f"h1 elements: {found}"


def has_matching_title(page: Document, visit: Visit) -> Iterator[str]:
    """`[Error: ]<h1> – <service>[ – GOV.UK]`, “Error: ” exactly when there is an error summary."""
    title = page.title
    failed = page.one(cls="govuk-error-summary") is not None
    if title.startswith("Error: ") != failed:
        yield f"title “{title}” and {'an' if failed else 'no'} error summary"
    title = title.removeprefix("Error: ")
    ending = f"{visit.service} – GOV.UK" if visit.brand == "govuk" else visit.service
    if not title.startswith(page.h1):
        yield f"title “{title}” does not start with the h1 “{page.h1}”"
    if not (title.endswith(f" – {ending}") or title == ending == page.h1):
        yield f"title “{title}” does not end with “ – {ending}”"


def starts_with_skip_link(page: Document, visit: Visit) -> Iterator[str]:
    """The first thing that takes focus is the skip link, and its target exists."""
    first = page.one("a", "button", *CONTROLS, within=page.body)
    if first is None or "govuk-skip-link" not in first.get("class", ""):
        yield "the first link is not the skip link"
    elif first.get("href", "").removeprefix("#") not in page.by_id:
        yield f"the skip link leads to {first.get('href')}, which is not there"


def has_one_main(page: Document, visit: Visit) -> Iterator[str]:
    """One main landmark."""
    if len(page.all("main")) != 1:
        yield f"{len(page.all('main'))} main elements"


def has_unique_ids(page: Document, visit: Visit) -> Iterator[str]:
    """No id stands twice."""
    seen: set[str] = set()
    for identity in (e.get("id") for e in page.elements if "id" in e.attrib):
        if not identity or identity in seen:
            yield f"id “{identity}” is empty or stands twice"
        seen.add(identity or "")


def has_footer(page: Document, visit: Visit) -> Iterator[str]:
    """The footer leads to the statements and the guidance page, on every page."""
    footer = page.one("footer")
    links = set() if footer is None else {e.get("href", "") for e in page.all("a", within=footer)}
    yield from (f"the footer has no link to {path}" for path in FOOTER_LINKS if path not in links)


def has_no_inline_code(page: Document, visit: Visit) -> Iterator[str]:
    """No style attributes or elements, no handlers; scripts have this response’s nonce or are our files."""
    for element in page.elements:
        handlers = [name for name in element.attrib if name.startswith("on")]
        if element.tag == "style" or "style" in element.attrib or handlers:
            yield f"inline style or handler on {shown(element)}"
        if element.get("href", "").strip().lower().startswith("javascript:"):
            yield f"a javascript address on {shown(element)}"
        if element.tag == "script" and not _is_allowed(element, visit):
            yield f"a script that the policy does not allow: {shown(element)}"


def loads_nothing_from_elsewhere(page: Document, visit: Visit) -> Iterator[str]:
    """No script, style, image or frame from another host."""
    for element in page.elements:
        address = urlsplit(element.get(LOADS.get(element.tag.rpartition("}")[2], ""), ""))
        if address.netloc or address.scheme not in ("", "data"):
            yield f"a request to another host: {shown(element)}"


def has_named_links(page: Document, visit: Visit) -> Iterator[str]:
    """Links have words and an address; in main, the same words never lead to two places."""
    places: dict[str, str] = {}
    for link in page.all("a"):
        name, address = (
            link.get("aria-label") or text_of(link) or _alternative(page, link),
            link.get("href", ""),
        )
        if not name or address in ("", "#"):
            yield f"a link without words or address: {shown(link)}"
        elif page.inside(link, "main") is not None and places.setdefault(name, address) != address:
            yield f"two links say “{name}” and lead to {places[name]} and {address}"
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"an image without alt: {shown(image)}"


def has_back_link_in_place(page: Document, visit: Visit) -> Iterator[str]:
    """Question pages have a back link before main, a real address; never together with breadcrumbs."""
    links = page.all("a", cls="govuk-back-link")
    if visit.is_question and page.main is not None and not links and _asks(page):
        yield "a question page without a back link"
    for link in links:
        if page.inside(link, "main") is not None or link.get("href", "#").startswith(("#", "javascript")):
            yield f"a back link inside main or without an address: {shown(link)}"
        elif page.main is not None and page.elements.index(link) > page.elements.index(page.main):
            yield "the back link stands after main"
    if links and page.one(cls="govuk-breadcrumbs") is not None:
        yield "a back link and breadcrumbs together"


def has_described_tables(page: Document, visit: Visit) -> Iterator[str]:
    """Tables have a caption, and headers say what they head."""
    for table in page.all("table"):
        caption = page.one("caption", within=table)
        if caption is None or not text_of(caption):
            yield "a table without a caption"
        headers = page.all("th", within=table)
        if not headers or any(header.get("scope") not in SCOPES for header in headers):
            yield f"a table with unscoped headers: {[text_of(header) for header in headers]}"


def hides_nothing_twice(page: Document, visit: Visit) -> Iterator[str]:
    """Details are never nested; live questions never reveal a field under an option."""
    for element in page.all("details"):
        if page.inside(element, "details") is not None:
            yield "details inside details"
    if not visit.is_round:
        for element in page.all("input"):
            if "data-aria-controls" in element.attrib:
                yield f"an option reveals a field: {shown(element)}"


def leaves_no_list_empty(page: Document, visit: Visit) -> Iterator[str]:
    """A list has something in it: an empty one is read out as one, and leaves its heading with nothing under it."""
    yield from (
        f"a list with nothing in it: {shown(each)}" for each in page.all("dl", "ul", "ol") if not len(each)
    )


def shown(element: Element) -> str:
    """An element’s start tag, for a message."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return re.sub(r"\s+", " ", f"<{element.tag}{attributes}>")[:200]


def _asks(page: Document) -> bool:
    controls = page.all(*CONTROLS, within=page.main)
    return any(control.get("type") != "hidden" for control in controls)


def _is_allowed(script: Element, visit: Visit) -> bool:
    if "nonce" in script.attrib:
        return bool(visit.nonce) and script.get("nonce") == visit.nonce
    return script.get("src", "").startswith("/static/")


def _alternative(page: Document, link: Element) -> str:
    return "".join(e.get("alt", "") + e.get("aria-label", "") for e in page.all(within=link))


RULES = (
    is_valid_html,
    has_language_and_viewport,
    has_one_h1,
    has_matching_title,
    starts_with_skip_link,
    has_one_main,
    has_unique_ids,
    has_footer,
    has_no_inline_code,
    loads_nothing_from_elsewhere,
    has_named_links,
    has_back_link_in_place,
    has_described_tables,
    hides_nothing_twice,
    leaves_no_list_empty,
)
