"""`flask serve`: the service on granian, one worker per core."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from granian import Granian


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, envvar="HOST", help="The address to listen on."
)
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=int, help="The port to listen on."
)
@click.option("--workers", type=int, help="How many processes; as many as there are cores when not given.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve the application."""
    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    server("app.wsgi:app", host, port, workers or cores()).serve()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


def server(target: str, host: str, port: int, workers: int, *, factory: bool = False) -> Granian:
    """The server, ready to serve `target` (“module:name”; with `factory` a function that makes the application).

    One blocking thread a worker: measured faster, with far shorter waits, than more (they share a lock).
    """
    from granian import Granian
    from granian.constants import Interfaces

    return Granian(
        target=target,
        factory=factory,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
    )
