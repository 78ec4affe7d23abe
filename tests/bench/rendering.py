"""How long each kind of page takes to render, inside the request that shows it, and where simple beside stock macros.

Rendering is everything from the page’s dataclass to the response: frame, template, the form’s token.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from flask import Response, g

from app.web.quick_templates import QuickTemplate
from app.web.render import render
from tests.bench.stock import Stock
from tests.bench.world import filled, make_app
from tests.support import acceptance
from tests.support.client import InspectingClient
from tests.support.databases import Store
from tests.support.registering import Registering

TIMES = 300
STOCK_TIMES = 60
UNKNOWN_TRN, NOT_FOUND = "0000000", 404


@dataclass(frozen=True, slots=True)
class Rendered:
    """Microseconds for one kind of page; `stock` is None where a stock page isn’t simple."""

    kind: str
    ours: float
    stock: float | None


@dataclass(slots=True)
class Watch:
    """Times the page of the next response, when it has been told what kind that is."""

    stock: Stock
    kind: str = ""
    printed: tuple[str, Any] = ("", None)
    found: list[Rendered] = field(default_factory=list)

    def time(self, response: Response) -> Response:
        """Render the response’s page again and again, in its own request."""
        if self.kind and response.mimetype == "text/html":
            template, page = self.printed
            ours = micros(lambda: _printed(template, page), TIMES)
            stock = self.stock.way_to_print(page)
            self.found.append(Rendered(self.kind, ours, micros(stock, STOCK_TIMES) if stock else None))
            self.kind = ""
        return response


def measure(store: Store) -> tuple[Rendered, ...]:
    """Every kind of page, once."""
    filled(store)
    app = make_app(store.app.config["SETTINGS"])
    watch = Watch(Stock(app))
    app.after_request(watch.time)
    client: InspectingClient = app.test_client()  # type: ignore[assignment]
    with noting_templates(watch):
        for kind, open_page in visits(client):
            watch.kind = kind
            open_page()
    return tuple(watch.found)


def visits(client: InspectingClient) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each kind of page, and how to open it once its turn has come."""
    going = Registering(client)
    for kind, page in (
        ("question: text", "email"),
        ("question: date", "start_date"),
        ("question: autocomplete", "appropriate_body"),
        ("question: radios", "lead_provider"),
    ):
        going.to(page)
        yield kind, lambda page=page: going.see(page)
    going.to("delivery_partner", same_organisation="no")
    yield "question: radios and the 3 jobs", lambda: going.see("delivery_partner")
    yield "question with an error", going.refused
    going.to("check_answers")
    yield "check answers", lambda: going.see("check_answers")
    going.send()
    yield "done", lambda: client.see(client.last_path)
    yield from _school(client)
    stopped = Registering(client)
    stopped.to("find_ect")
    stopped.answer(**stopped.born(trn=UNKNOWN_TRN))
    yield "stop", stopped.see
    yield "guidance", lambda: client.see("/guidance/who-does-what")
    yield "error", lambda: client.get("/no-such-page", status=NOT_FOUND)


def _school(client: InspectingClient) -> Iterator[tuple[str, Callable[[], object]]]:
    base = f"/schools/{acceptance.OAKFIELD_URN}"
    yield "Your ECTs", lambda: client.see(f"{base}/ects")
    links = [each.get("href", "") for each in client.page.all("a")]
    ect = next(href for href in links if href.startswith(f"{base}/ects/"))
    yield "an ECT", lambda: client.see(ect)
    yield "partnerships", lambda: client.see(f"{base}/partnerships")


def micros(work: Callable[[], object], times: int) -> float:
    """The median of so many times, in microseconds of processor time."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken) * 1e6


def _printed(template: str, page: Any) -> Response:
    g.pop("csrf_token", None)
    return render(template, page)


@contextmanager
def noting_templates(watch: Watch) -> Iterator[None]:
    """Let the watch know which template printed which page last."""
    plain = QuickTemplate.render

    def noting(template: QuickTemplate, *args: Any, **values: Any) -> str:
        watch.printed = (str(template.name), values.get("page"))
        return plain(template, *args, **values)

    QuickTemplate.render = noting  # type: ignore[method-assign]
    try:
        yield
    finally:
        QuickTemplate.render = plain  # type: ignore[method-assign]
