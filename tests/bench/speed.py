"""Requests per second of a page beside its contenders, taken in turns so that a noisy moment meets all of them."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from e2e.support.site import Site, serving
from tests.bench.contenders import NAMES, address
from tests.bench.load import Load, Order
from tests.bench.world import World
from tests.support.databases import Store

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
SECONDS = 0.4
CONNECTIONS_A_WORKER = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One contender’s turn of one round; `worked` is the service’s processor time in seconds."""

    answers: int
    seconds: float
    worked: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


@dataclass(frozen=True, slots=True)
class Share:
    """Round by round, one rate divided by another of the same round."""

    values: tuple[float, ...]

    def __str__(self) -> str:
        return f"{median(self.values):.3f} ({min(self.values):.3f}–{max(self.values):.3f})"


@dataclass(frozen=True, slots=True)
class Speeds:
    """The turns of one page and its contenders."""

    page: str
    turns: dict[str, tuple[Turn, ...]]

    def rate(self, name: str) -> float:
        """Answers a second, the median."""
        return median(turn.rate for turn in self.turns[name])

    def processor(self, name: str) -> float:
        """Microseconds of processor time for an answer, over all rounds: the system counts in hundredths of seconds."""
        turns = self.turns[name]
        return sum(turn.worked for turn in turns) / sum(turn.answers for turn in turns) * 1e6

    def share_of(self, name: str) -> Share:
        """What part of a contender’s rate the page reaches."""
        pairs = zip(self.turns["page"], self.turns[name], strict=True)
        return Share(tuple(page.rate / other.rate for page, other in pairs))

    def processor_share_of(self, name: str) -> float:
        """The same by processor time, which other work on the machine disturbs less."""
        own = self.processor("page")
        return self.processor(name) / own if own else math.nan


@contextmanager
def server_with(store: Store, world: World, folder: Path, workers: int) -> Iterator[Site]:
    """The service and the contenders, in processes of their own."""
    store.let_go()
    with serving(
        store,
        folder,
        workers=workers,
        module=("tests.bench.served",),
        BENCH_COOKIE=world.cookie,
        BENCH_PAGES=json.dumps(dict(world.pages)),
    ) as site:
        yield site


def ceiling(load: Load, site: Site, workers: int) -> float:
    """What the load itself can do: answers a second of the server without any application."""
    return max(_turn(load, site, _order(site, "/bare", "", workers)).rate for _ in range(3))


def compare(load: Load, site: Site, world: World, page: str, workers: int) -> Speeds:
    """A page and its contenders, in turns."""
    orders = {
        "constant": _order(site, address("constant", page), "", workers),
        "reads": _order(site, address("reads", page), world.cookie, workers),
        "page": _order(site, world.pages[page], world.cookie, workers),
    }
    for order in orders.values():
        _turn(load, site, order)
    rounds = [{name: _turn(load, site, orders[name]) for name in NAMES} for _ in range(ROUNDS)]
    return Speeds(page, {name: tuple(each[name] for each in rounds) for name in NAMES})


def _turn(load: Load, site: Site, order: Order) -> Turn:
    before = _worked(site.process.pid)
    answers, seconds = load.ask(order)
    return Turn(answers, seconds, _worked(site.process.pid) - before)


def _worked(group: int) -> float:
    """Seconds of processor time of all processes of a group so far; 0 where the system doesn’t tell."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _order(site: Site, path: str, cookie: str, workers: int) -> Order:
    port = int(site.address.rsplit(":", 1)[1])
    return Order(port, path, cookie, SECONDS, CONNECTIONS_A_WORKER * workers)
