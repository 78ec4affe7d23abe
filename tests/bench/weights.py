"""How many bytes a page is on the wire: with all it needs on a first visit, and by itself on the next.

Files never change under their address, so a browser asks for each of them once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from werkzeug.test import Client

from tests.bench.contenders import HEADERS
from tests.bench.world import SESSION_COOKIE, filled
from tests.support.client import InspectingClient
from tests.support.databases import Store
from tests.support.document import Document
from tests.support.registering import Registering

ALWAYS = re.compile(r"^import (?:[^'\"]* from )?['\"]([^'\"]+)['\"]", re.MULTILINE)
# site.js: “if the page has …, import …”.
WHERE_NEEDED = re.compile(r"querySelector\('\w+\[([\w-]+)\]'\)\) \{\s+import\('([^']+)'\)")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes sent for one page, headers not counted."""

    page: str
    first: int
    after: int


def weigh(store: Store) -> tuple[Weight, ...]:
    """The start page, a question, and a question with the autocomplete."""
    client = filled(store)
    start = _weight(client, "start", "/")
    going = Registering(client)
    going.to("appropriate_body")
    typed = _weight(client, "autocomplete", client.last_path)
    going.see()
    going.to("delivery_partner", same_organisation="no")
    return start, _weight(client, "radios and the 3 jobs", client.last_path), typed


def _weight(client: InspectingClient, name: str, path: str) -> Weight:
    page = client.see(path)
    files = {file: _sent(client, file) for file in _files(client, page)}
    sent = _sent(client, path)
    return Weight(name, sent + sum(files.values()), sent)


def _files(client: InspectingClient, page: Document) -> set[str]:
    """Addresses of all the files that a browser fetches for a page."""
    linked = {each.get("href", "") for each in page.all("link")}
    linked |= {each.get("src", "") for each in page.all("script", "img")} - {""}
    found: set[str] = set()
    while more := linked - found:
        found |= more
        linked = {
            file for script in more if script.endswith(".js") for file in _imported(client, script, page)
        }
    return found


def _imported(client: InspectingClient, script: str, page: Document) -> Iterator[str]:
    source = client.get(script).get_data(as_text=True)
    for file in ALWAYS.findall(source):
        yield urljoin(script, file)
    for marker, file in WHERE_NEEDED.findall(source):
        if any(marker in each.attrib for each in page.elements):
            yield urljoin(script, file)


def _sent(client: InspectingClient, path: str) -> int:
    """The size of the answer to a browser that takes compressed ones, which the inspecting client doesn’t."""
    browser = Client(client.application)
    if cookie := client.get_cookie(SESSION_COOKIE):
        browser.set_cookie(SESSION_COOKIE, cookie.value)
    with browser.get(path, headers=HEADERS) as response:
        return len(response.data)
