"""`flask serve`: the service on granian, one worker per core."""

from __future__ import annotations

import os

import click


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, envvar="HOST", help="The address to listen on."
)
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=int, help="The port to listen on."
)
@click.option("--workers", type=int, help="How many processes; as many as there are cores when not given.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve the application.

    One blocking thread a worker: measured faster, with far shorter waits, than more (they share a lock).
    """
    from granian import Granian
    from granian.constants import Interfaces

    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    Granian(
        target="app.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or len(os.sched_getaffinity(0)),
        blocking_threads=1,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
    ).serve()
