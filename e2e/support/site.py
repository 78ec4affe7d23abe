"""The service as people meet it: its own `serve` command in a process of its own, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy.orm import Session

from app.data.transaction import write
from tests.support.acceptance import ACCEPTANCE_CLOCK, load
from tests.support.databases import Store
from tests.support.tree import ROOT

START_SECONDS = 30
T = TypeVar("T")


@dataclass(slots=True)
class Site:
    """A running service. `address` has no slash at the end; `log` is what it printed."""

    address: str
    store: Store
    process: subprocess.Popen[bytes]
    log: Path

    def write(self, work: Callable[[Session], T]) -> T:
        """Change the database beside the running service, as an importer does."""
        with self.store.app.app_context():
            return write(work)

    def read(self, work: Callable[[], T]) -> T:
        """Ask the database through the application’s own queries."""
        with self.store.session():
            return work()

    def fill(self) -> None:
        """Only the acceptance fixture, whatever was there."""
        self.store.reset()
        self.store.fill(load)

    def kill(self) -> None:
        """Stop every process of the service at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(
    store: Store,
    folder: Path,
    *,
    clock: datetime | None = ACCEPTANCE_CLOCK,
    workers: int = 1,
    module: Sequence[str] = ("flask", "serve"),
    **env: str,
) -> Iterator[Site]:
    """Run the service on this database until the block ends. `clock` stands still; None is the real time.

    `module` is what Python runs; `env` are more settings, by the names of their environment variables.
    """
    port, log = free_port(), folder / f"{store.kind}-{time.monotonic_ns()}.log"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FLASK_APP": "app.wsgi",
        "ENVIRONMENT": "test",
        "DEMO_SIGN_IN": "true",
        "DATABASE_URL": store.url,
        "FROZEN_CLOCK": clock.isoformat() if clock else "",
        **env,
    }
    command = [sys.executable, "-m", *module, "--port", str(port), "--workers", str(workers)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    site = Site(f"http://127.0.0.1:{port}", store, process, log)
    try:
        _wait_until_ready(site)
        yield site
    finally:
        _stop(process)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(f"{site.address}/health/ready", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError) as error:
            if site.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The service did not start: {site.log.read_text()}") from error
            time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
