"""The lead provider API at national size: each request beside the least it could cost, and at a hundredth of the size.

`python -m tests.bench.api_speed` prints these alone.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from werkzeug.test import EnvironBuilder

from app.data import clock
from tests.bench.api_floor import Floor
from tests.bench.api_world import Side, sides

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "45"))
WARM = 12
"""So often something is asked before it counts: until then a database still weighs how to go about it."""

OF_FLOOR, OF_SMALL = 2.0, 1.5
USUAL, MOST = 100, 3000
PATHS = {"participants": "/participants/ecf", "declarations": "/participant-declarations"}
DEEP = {"participants": 300, "declarations": 1500}

Ask = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """A page of a list; `since` is how many have changed since the moment that is asked for, if one is."""

    kind: str
    page: int
    per_page: int
    since: str = ""

    def __str__(self) -> str:
        changed = f", {self.since} changed" if self.since else ""
        return f"{self.kind}, page {self.page:,} of {self.per_page:,}{changed}"


def cases(kind: str, records: int) -> tuple[Case, ...]:
    """What is asked of a list with so many records; the deep page where it has one."""
    deep = min(DEEP[kind], max(1, records // USUAL))
    pages = (Case(kind, 1, USUAL), Case(kind, deep, USUAL), Case(kind, 1, MOST))
    last = Case(kind, max(1, records // MOST), MOST)
    return (
        *pages,
        last,
        Case(kind, 1, USUAL, "1 %"),
        Case(kind, 1, MOST, "1 %"),
        Case(kind, 1, USUAL, "100"),
    )


def asking(side: Side, case: Case) -> Ask:
    """The request, through everything that a request in production goes through but the socket."""
    query = {"page[page]": str(case.page), "page[per_page]": str(case.per_page)}
    if case.since:
        query["filter[updated_since]"] = side.since[case.kind, case.since]
    headers = {"Authorization": f"Bearer {side.token}"}
    environ = EnvironBuilder(f"/api/v3{PATHS[case.kind]}", query_string=query, headers=headers).get_environ()

    def ask() -> bytes:
        said: list[str] = []
        sent: Any = side.app.wsgi_app(
            {**environ, "wsgi.input": io.BytesIO()}, lambda status, *_: said.append(status)
        )
        body = b"".join(sent)
        if close := getattr(sent, "close", None):
            close()
        if said != ["200 OK"]:
            raise RuntimeError(f"{case}: {said}")
        return body

    return ask


def flooring(side: Side, case: Case) -> Ask:
    """The least for the same records."""
    floor = Floor(side.url, case.kind, side.provider, clock.today())
    since = side.since[case.kind, case.since] if case.since else ""
    return lambda: floor.page(case.page, case.per_page, since)


def measured(asks: Mapping[str, Ask]) -> dict[str, float]:
    """Milliseconds of each, the median of rounds in which each has its turn."""
    for ask in asks.values():
        for _ in range(WARM):
            ask()
    turns: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            begun = time.perf_counter()
            ask()
            turns[name].append((time.perf_counter() - begun) * 1000)
    return {name: median(values) for name, values in turns.items()}


def print_ratios(tell: Callable[[str], None] = print) -> None:
    """Everything, at both sizes."""
    tell("\nThe lead provider API: medians in milliseconds, and ratios")
    with sides(tell) as (large, small), Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        tell(f"  {'':44}  rows    ours   floor   ratio     at 1/100   ratio")
        tell(f"  {'goals':44} {'':5} {'':7} {'':7} {OF_FLOOR:7.2f} {'':12} {OF_SMALL:7.2f}")
        for kind in PATHS:
            for case in cases(kind, records(large, kind)):
                tell(compared(large, small, case))


def records(side: Side, kind: str) -> int:
    """How many records the list has: counted page by page."""
    page = 1
    while (found := len(_data(asking(side, Case(kind, page, MOST))()))) == MOST:
        page += 1
    return (page - 1) * MOST + found


def compared(large: Side, small: Side, case: Case) -> str:
    """A line: the request, its floor, and, where it answers the same number of records, the small database’s."""
    asks = {"ours": asking(large, case), "floor": flooring(large, case)}
    answer, least = _data(asks["ours"]()), _data(asks["floor"]())
    if answer != least:
        raise RuntimeError(f"{case}: the floor is not the same")
    small_too = case.page == 1 and case.per_page == USUAL and case.since != "1 %"
    if small_too:
        asks["small"] = asking(small, case)
    found = measured(asks)
    ours, floor = found["ours"], found["floor"]
    line = f"  {case!s:44} {len(answer):5,} {ours:7.1f} {floor:7.1f} {ours / floor:7.2f}"
    return line + (f" {found['small']:12.1f} {ours / found['small']:7.2f}" if small_too else "")


def _data(answer: bytes) -> list[Mapping[str, Any]]:
    data: list[Mapping[str, Any]] = orjson.loads(answer)["data"]
    return data


def main() -> None:
    """Print them, as they come."""
    print_ratios(lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
