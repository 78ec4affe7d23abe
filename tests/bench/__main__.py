"""Measures speed, rendering and weight, and prints them beside the goals."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.serve import cores
from tests.bench import api_speed, rendering, speed, weights
from tests.bench.load import Load, generator
from tests.bench.speed import Speeds
from tests.bench.world import make_app, question_pages
from tests.support.databases import KINDS, Store, postgresql_store, sqlite_store
from tests.support.postgres import running_server

OF_CONSTANT = {"sqlite": 0.12}
OF_READS = 0.5
FIRST_VISIT, AFTER = 40_000, 6_000


def main() -> None:
    """Everything, in one run."""
    with tempfile.TemporaryDirectory() as name, generator() as load:
        folder = Path(name)
        print("Requests a second: medians of", speed.ROUNDS, "rounds in which each has its turn.")
        print("Ratios are those of one round: the median, and the lowest and highest.")
        print("“Processor” is the time that the service’s own processes work for one answer.")
        for kind in KINDS:
            with database(kind, folder) as store:
                print_speeds(store, folder, load)
        with database("sqlite", folder) as store:
            print_rendering(store)
            print_weights(store)
    api_speed.main()


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Store]:
    """An empty database of this kind."""
    if kind == "sqlite":
        yield sqlite_store(folder, make_app)
        return
    with running_server() as server:
        yield postgresql_store(server, "bench", make_app)


def print_speeds(store: Store, folder: Path, load: Load) -> None:
    """Each page with one process and with as many as there are cores."""
    world = question_pages(store)
    for workers in sorted({1, cores()}):
        with speed.server_with(store, world, folder, workers) as site:
            most = speed.ceiling(load, site, workers)
            print(f"\n{store.kind}, workers: {workers} (the load can ask {most:,.0f} a second)")
            for page in world.pages:
                print_one(store.kind, speed.compare(load, site, world, page, workers))


def print_one(kind: str, speeds: Speeds) -> None:
    """One page beside its contenders."""
    rates = ", ".join(f"{name} {speeds.rate(name):,.0f}" for name in speed.NAMES)
    costs = ", ".join(f"{speeds.processor(name):,.0f} µs" for name in speed.NAMES)
    print(f"  {speeds.page}: {rates}; processor {costs}")
    for name, goal in (("reads", OF_READS), ("constant", OF_CONSTANT.get(kind))):
        shares = f"{speeds.share_of(name)}, by processor time {speeds.processor_share_of(name):.3f}"
        print(f"    of the {name:9} {shares}{f'   goal {goal}' if goal else ''}")


def print_rendering(store: Store) -> None:
    """Microseconds for each kind of page."""
    print("\nRendering, µs                        ours   stock")
    for each in rendering.measure(store):
        stock = f"{each.stock:7,.0f}" if each.stock else "      –"
        print(f"  {each.kind:32} {each.ours:6,.0f} {stock}")


def print_weights(store: Store) -> None:
    """Bytes on the wire."""
    print(f"\nBytes sent, compressed          first visit    next   goals {FIRST_VISIT:,} and {AFTER:,}")
    for each in weights.weigh(store):
        print(f"  {each.page:30} {each.first:10,} {each.after:7,}")


if __name__ == "__main__":
    main()
